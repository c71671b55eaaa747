/** What was left out of a provider's lists, told in the report of the sync. */
import type { SyncRun } from './context.ts';
import type { SyncError } from './report.ts';

/** More than this of one list say nothing new. */
const maxOfOneList = 10;

/** A report is read by people; beyond this only the log knows. */
const maxRows = 200;

/** Notes the rows that were left out since the last time; returns how many. */
export function recordLeftOut(run: SyncRun, where: Pick<SyncError, 'campaign_id' | 'step'>): number {
  const odd = run.context.session.takeOddRows();
  const lists = new Map<string, string[]>();
  for (const { list, problem } of odd) lists.set(list, [...lists.get(list) ?? [], problem]);
  for (const [list, problems] of lists) {
    problems.slice(0, maxOfOneList).forEach((problem) =>
      recordRow(
        run,
        where,
        list,
        `A row of the provider\'s list of ${list} is not as we know it and was left out: ${problem}`,
      )
    );
    if (problems.length > maxOfOneList) {
      recordRow(
        run,
        where,
        list,
        `${problems.length - maxOfOneList} more rows of the provider\'s list of ${list} were left out`,
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
