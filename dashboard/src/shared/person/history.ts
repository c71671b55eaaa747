// A person's history: one line per thing that happened, by day.
import { eventLabels, type EventType } from '../../data/events.ts';
import { dayIn } from '../../data/range.ts';
import { providerNames } from '../../data/supabase.ts';
import type { TimelineRow } from '../../data/timeline.ts';

export interface TimelineEntry extends TimelineRow {
  isAutomatic: boolean;
}

export interface TimelineDay {
  /** YYYY-MM-DD */
  day: string;
  entries: TimelineEntry[];
}

const mailOf: Record<string, string> = {
  email_sent: 'message_sent',
  reply_received: 'message_received',
  auto_reply_received: 'message_received',
};

/** What a person or the CRM recorded. */
const meetingLabels: Record<string, string> = {
  meeting_booked: 'Meeting booked',
  meeting_held: 'Meeting held',
  meeting_no_show: 'No-show at the meeting',
  meeting_cancelled: 'Meeting cancelled',
  meeting_won: 'Deal won',
  meeting_lost: 'Deal lost',
  meeting_removed: 'Meeting removed',
};

/** An event and its message are no further apart than this. */
const maxDistanceMs = 2 * 60_000;

/** An email is in the history twice, as event and as message: where there is a message, it is shown for both. */
export function withoutRepeats(rows: readonly TimelineRow[]): TimelineEntry[] {
  const taken = new Set<TimelineRow>();
  const entries: TimelineEntry[] = [];
  for (const row of rows) {
    if (row.kind !== 'message') continue;
    const event = rows.filter((other) =>
      other.kind === 'event' && !taken.has(other) && mailOf[other.type] === row.type &&
      other.lead_id === row.lead_id &&
      isSameStep(other.step, row) &&
      distance(other, row) <= maxDistanceMs
    ).sort((first, second) =>
      distance(first, row) - distance(second, row)
    )[0];
    if (event) taken.add(event);
    entries.push({ ...row, isAutomatic: event?.type === 'auto_reply_received' });
  }
  for (const row of rows) {
    if (row.kind !== 'message' && !taken.has(row)) entries.push({ ...row, isAutomatic: false });
  }
  return entries.sort((first, second) => first.position < second.position ? 1 : -1);
}

/** What a person wrote is no mail of a step, however near. */
const isSameStep = (step: number | null, { step: known, answered_in }: TimelineRow): boolean =>
  step === null || (answered_in === null && (known === null || step === known));

const distance = (first: TimelineRow, second: TimelineRow): number =>
  Math.abs(Date.parse(first.occurred_at) - Date.parse(second.occurred_at));

/** Newest day of the zone first, and within it the newest first. */
export function byDay(entries: readonly TimelineEntry[], zone: string): TimelineDay[] {
  const days = new Map<string, TimelineEntry[]>();
  for (const entry of entries) {
    const day = dayIn(zone, new Date(entry.occurred_at));
    days.set(day, [...days.get(day) ?? [], entry]);
  }
  return [...days].map(([day, some]) => ({ day, entries: some }));
}

export function entryLabel({ type, isAutomatic, answered_in, provider }: TimelineEntry): string {
  if (type === 'message_sent') {
    if (answered_in === null) return 'Email sent';
    return answered_in === 'here'
      ? 'Answer'
      : `Answer written in ${provider ? providerNames[provider] : 'the sending tool'}`;
  }
  if (type === 'message_received') return isAutomatic ? 'Automatic reply' : 'Reply';
  return eventLabels[type as EventType] ?? meetingLabels[type] ?? type;
}

/** Campaigns that wrote to the person, the newest first. */
export function campaignsOf(rows: readonly TimelineRow[]): { id: string; name: string }[] {
  return [...new Map(rows.map((row) => [row.campaign_id, row.campaign_name]))]
    .map(([id, name]) => ({ id, name }));
}
