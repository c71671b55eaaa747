import type { DryRun } from '../../../data/export-check.ts';
import type { ExportRow } from '../../../data/exports.ts';
import type { State } from '../../../shared/columns.tsx';

const states: Record<ExportRow['status'], State> = {
  queued: { label: 'Waiting', tone: 'neutral' },
  running: { label: 'Running', tone: 'brand' },
  paused: { label: 'Paused', tone: 'warm' },
  completed: { label: 'Completed', tone: 'good' },
  partial: { label: 'Partly done', tone: 'warm' },
  failed: { label: 'Failed', tone: 'bad' },
};

export const exportState = (status: ExportRow['status']) => states[status];

/** The share that has an answer, 0 to 1; null while the total is unknown. */
export function exportProgress(row: Pick<ExportRow, 'done' | 'total' | 'status'>): number | null {
  if (row.total === null) return null;
  return row.total === 0 ? 1 : Math.min(1, row.done / row.total);
}

/** Why nothing would be sent, or undefined when something would. */
export function nothingToSend(check: Pick<DryRun, 'total' | 'to_send' | 'reasons'>): string | undefined {
  if (check.to_send > 0) return undefined;
  if (check.total === 0) return 'This campaign has no leads.';
  return check.reasons['already_exported']
    ? 'Every verified lead has already been exported. No lead is sent twice.'
    : 'No lead has an address that can be emailed.';
}
