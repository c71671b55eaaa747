// What a job did, in words.
import * as z from 'zod/mini';
import type { Enums } from '../../data/supabase.ts';
import type { State } from '../../shared/columns.tsx';
import { formatCount, plural } from '../../shared/format.ts';

export const jobStates: Record<Enums['job_status'], State> = {
  queued: { label: 'Waiting', tone: 'neutral' },
  running: { label: 'Running', tone: 'brand' },
  paused: { label: 'Paused', tone: 'warm' },
  completed: { label: 'Completed', tone: 'good' },
  partial: { label: 'Partly done', tone: 'warm' },
  failed: { label: 'Failed', tone: 'bad' },
};

const labels: Record<string, string> = {
  campaigns_imported: 'New campaigns',
  campaigns_updated: 'Campaigns updated',
  campaigns_synced: 'Campaigns synced',
  accounts_imported: 'New mailboxes',
  accounts_updated: 'Mailboxes updated',
  leads: 'Leads synced',
  events_replayed: 'Events replayed from the log',
  replies_reconciled: 'Replies found in the inbox',
  answers_read: 'Answers found at the provider',
  mails_recovered: 'Emails recovered',
  events_inferred: 'Events inferred',
  workspaces_left: 'Workspaces without our webhooks',
};

const resultSchema = z.record(z.string(), z.unknown());
const errorSchema = z.object({
  step: z.catch(z.optional(z.string()), undefined),
  code: z.catch(z.string(), ''),
  message: z.catch(z.string(), ''),
});

export interface JobResult {
  counts: { label: string; count: number }[];
  errors: { where: string; code: string; message: string }[];
}

/** The counts and errors of a result; what is unknown is named by its own name. */
export function explainResult(result: unknown): JobResult {
  const parsed = resultSchema.safeParse(result);
  if (!parsed.success) return { counts: [], errors: [] };
  const { errors, removed, ...rest } = parsed.data;
  return {
    counts: Object.entries({ ...rest, ...removedRows(removed) }).flatMap(([name, count]) =>
      typeof count === 'number' ? [{ label: labels[name] ?? name.replaceAll('_', ' '), count }] : []
    ),
    errors: (Array.isArray(errors) ? errors : []).flatMap((entry: unknown) => {
      const error = errorSchema.safeParse(entry);
      return error.success
        ? [{ where: error.data.step ?? 'a campaign', code: error.data.code, message: error.data.message }]
        : [];
    }),
  };
}

/** What a removal deleted, by table. */
function removedRows(removed: unknown): Record<string, unknown> {
  const rows = resultSchema.safeParse(removed);
  return rows.success
    ? Object.fromEntries(
      Object.entries(rows.data).map((
        [table, count],
      ) => [`Removed from ${table.replaceAll('_', ' ')}`, count]),
    )
    : {};
}

/** The result as one short line, errors first. */
export function resultLine(result: unknown): string {
  const { counts, errors } = explainResult(result);
  return [errors.length > 0 && plural(errors.length, 'error'), countsText(counts, 3)].filter(Boolean).join(
    ', ',
  );
}

/** "campaigns synced: 12, leads synced: 340" */
export const countsText = (counts: JobResult['counts'], maxCounts = counts.length): string =>
  counts.filter(({ count }) => count > 0).slice(0, maxCounts)
    .map(({ label, count }) => `${label.toLowerCase()}: ${formatCount(count)}`).join(', ');
