import { badRequest } from './errors.ts';
import type { Workspace } from './state.ts';
import type { EventRecord, JsonObject } from './types.ts';

export interface Range {
  from: number;
  /** Exclusive. */
  to: number;
}

/** A bare date is UTC midnight, so as an end it leaves the whole day out unless the switch says otherwise. */
export function readRange(query: JsonObject, endDateCoversDay: boolean): Range {
  const read = (value: unknown, name: string): number | undefined => {
    if (typeof value !== 'string') return undefined;
    const instant = Date.parse(value);
    if (Number.isNaN(instant)) throw badRequest(`querystring/${name} must be a valid date`);
    return instant;
  };
  const from = read(query.start_date, 'start_date') ?? -Infinity;
  let to = read(query.end_date, 'end_date') ?? Infinity;
  if (from > to) throw badRequest('Start Date must be earlier than End Date');
  if (endDateCoversDay && typeof query.end_date === 'string' && query.end_date.length === 10) {
    to += 86_400_000;
  }
  return { from, to };
}

/** Counters of one group of events: a campaign, a day, a step or an account's day. */
export class Tally {
  sent = 0;
  newLeads = 0;
  opens = 0;
  clicks = 0;
  replies = 0;
  automaticReplies = 0;
  bounced = 0;
  unsubscribed = 0;
  completed = 0;
  opportunities = 0;
  readonly contacted = new Set<string>();
  readonly opened = new Set<string>();
  readonly openedByStep = new Set<string>();
  readonly clicked = new Set<string>();
  readonly clickedByStep = new Set<string>();
  readonly replied = new Set<string>();
  readonly repliedByStep = new Set<string>();
  readonly repliedAutomatically = new Set<string>();
  readonly repliedAutomaticallyByStep = new Set<string>();
  /** Leads whose opportunity began in this group. */
  readonly opportunityLeads = new Set<string>();

  add(event: EventRecord): void {
    const lead = event.lead ?? '';
    const leadStep = `${lead} ${event.step}`;
    switch (event.type) {
      case 'email_sent':
        this.sent += 1;
        this.contacted.add(lead);
        break;
      case 'email_opened':
        this.opens += 1;
        this.opened.add(lead);
        this.openedByStep.add(leadStep);
        break;
      case 'link_clicked':
        this.clicks += 1;
        this.clicked.add(lead);
        this.clickedByStep.add(leadStep);
        break;
      case 'reply_received':
        this.replies += 1;
        this.replied.add(lead);
        this.repliedByStep.add(leadStep);
        break;
      case 'auto_reply_received':
        this.automaticReplies += 1;
        this.repliedAutomatically.add(lead);
        this.repliedAutomaticallyByStep.add(leadStep);
        break;
      case 'email_bounced':
        this.bounced += 1;
        break;
      case 'lead_unsubscribed':
        this.unsubscribed += 1;
        break;
      case 'lead_completed':
        this.completed += 1;
        break;
      default:
        break;
    }
  }
}

export function inOrder(events: readonly EventRecord[]): readonly EventRecord[] {
  const sorted = events.every((event, index) => (events[index - 1]?.at ?? -Infinity) <= event.at);
  return sorted ? events : events.toSorted((one, other) => one.at - other.at);
}

export const isPositive = (workspace: Workspace, interest: number): boolean =>
  (interest >= 1 && interest <= 4) || workspace.labelFor(interest)?.kind === 'positive';

/**
 * Groups the events of a range in one pass. "New lead" and "opportunity" belong to the first such event of a
 * lead's whole history, so the pass has to see the events before the range as well.
 */
export function tallyBy(
  workspace: Workspace,
  events: readonly EventRecord[],
  range: Range,
  keyOf: (event: EventRecord) => string | undefined,
): Map<string, Tally> {
  const tallies = new Map<string, Tally>();
  const everContacted = new Set<string>();
  const everOpportunity = new Set<string>();
  for (const event of inOrder(events)) {
    const lead = event.lead ?? '';
    const isNew = event.type === 'email_sent' && !everContacted.has(lead);
    if (isNew) everContacted.add(lead);
    const { interest } = event;
    const positive = event.type === 'interest_changed' && typeof interest === 'number' &&
      isPositive(workspace, interest);
    const isOpportunity = positive && !everOpportunity.has(lead);
    if (isOpportunity) everOpportunity.add(lead);
    if (event.at < range.from || event.at >= range.to) continue;
    const key = keyOf(event);
    if (key === undefined) continue;
    let tally = tallies.get(key);
    if (tally === undefined) tallies.set(key, tally = new Tally());
    tally.add(event);
    if (isNew) tally.newLeads += 1;
    if (isOpportunity) {
      tally.opportunities += 1;
      tally.opportunityLeads.add(lead);
    }
  }
  return tallies;
}

export const dayOf = (instant: number): string => new Date(instant).toISOString().slice(0, 10);

/** Interest events per stage: the first per lead, and none within ten minutes of the change before it. */
export function stageTotals(
  events: readonly EventRecord[],
  range: Range,
  everyEvent: boolean,
): Map<number, number> {
  const totals = new Map<number, number>();
  const seen = new Set<string>();
  const lastChange = new Map<string, number>();
  for (const event of inOrder(events)) {
    if (event.type !== 'interest_changed') continue;
    const lead = event.lead ?? '';
    const previous = lastChange.get(lead);
    lastChange.set(lead, event.at);
    if (previous !== undefined && event.at - previous < 10 * 60_000) continue;
    if (typeof event.interest !== 'number') continue;
    const key = `${lead} ${event.interest}`;
    if (!everyEvent && seen.has(key)) continue;
    seen.add(key);
    if (event.at >= range.from && event.at < range.to) {
      totals.set(event.interest, (totals.get(event.interest) ?? 0) + 1);
    }
  }
  return totals;
}
