/** Reports the skipped rows of a provider's lists with the sync. */
import type { SyncRun } from './context.ts';
import type { SyncError } from './report.ts';

/** Named rows per list; the others are only counted. */
const maxOfOneList = 10;

/** A report is for people; beyond this the rows are only logged. */
const maxRows = 200;

/** Records the rows skipped since the last call; returns how many. */
export function recordOddRows(run: SyncRun, where: Pick<SyncError, 'campaign_id' | 'step'>): number {
  const odd = run.context.session.takeOddRows();
  const lists = new Map<string, string[]>();
  for (const { list, problem } of odd) lists.set(list, [...lists.get(list) ?? [], problem]);
  for (const [list, problems] of lists) {
    problems.slice(0, maxOfOneList).forEach((problem) =>
      recordRow(
        run,
        where,
        list,
        `A row of the provider's list of ${list} has an unknown shape and was skipped: ${problem}`,
      )
    );
    if (problems.length > maxOfOneList) {
      recordRow(
        run,
        where,
        list,
        `${problems.length - maxOfOneList} more rows of the provider's list of ${list} were skipped`,
      );
    }
  }
  return odd.length;
}

export function recordRow(
  run: SyncRun,
  where: Pick<SyncError, 'campaign_id' | 'step'>,
  row: string,
  message: string,
): void {
  if (run.report.errors.filter((error) => error.row !== undefined).length >= maxRows) return;
  run.report.errors.push({ ...where, row, code: 'ROW_SKIPPED', message });
}
