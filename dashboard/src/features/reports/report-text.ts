// Words about reports that several parts of the page share.
import type { ReportMail, ReportRow } from '../../data/client-reports.ts';
import { formatDay, plural } from '../../shared/format.ts';
import type { BadgeTone } from '../../ui/badge.tsx';

export const weekdays = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const;

export const skippedText: Record<string, string> = {
  no_data: 'Nothing happened in this period and the one before, so no report was sent.',
  no_recipients: 'There was no one to send it to.',
};

export const mailStates: Record<'waiting' | 'delivered' | 'failed', { label: string; tone: BadgeTone }> = {
  waiting: { label: 'Waiting', tone: 'brand' },
  delivered: { label: 'Sent', tone: 'good' },
  failed: { label: 'Failed', tone: 'bad' },
};

const months = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** "November 2026", or "23 Nov – 29 Nov 2026". */
export const periodText = (
  { kind, from_day, to_day }: Pick<ReportRow, 'kind' | 'from_day' | 'to_day'>,
): string =>
  kind === 'monthly'
    ? months.format(new Date(`${from_day}T00:00:00Z`))
    : `${formatDay(from_day, { year: false })} – ${formatDay(to_day)}`;

/** How a report fared; of a client's own there are only those that were sent. */
export function stateOfReport(
  row: ReportRow,
  emails: readonly ReportMail[] | undefined,
): { label: string; tone: BadgeTone } {
  if (row.skipped) return { label: row.skipped === 'no_data' ? 'No data' : 'No recipients', tone: 'neutral' };
  const own = emails?.filter((mail) => mail.report_id === row.id) ?? [];
  const count = (state: ReportMail['state']) => own.filter((mail) => mail.state === state).length;
  if (count('failed') > 0) {
    return { label: `${count('failed')} of ${plural(own.length, 'email')} failed`, tone: 'bad' };
  }
  if (count('waiting') > 0) return mailStates.waiting;
  return row.sent_at ? mailStates.delivered : { label: 'Not sent', tone: 'neutral' };
}
