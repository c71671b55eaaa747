import { type Range, Tally, tallyBy as groupBy } from '../shared/tally.ts';
import { dayLength } from '../shared/time.ts';
import { badRequest } from './errors.ts';
import type { EventRecord, JsonObject } from '../shared/records.ts';
import type { RouteContext } from './api.ts';
import type { InstantlyWorkspace } from './state.ts';

/** A bare date is UTC midnight, so as an end it leaves the whole day out unless the switch says otherwise. */
export function readRange({ query, behaviour }: RouteContext): Range {
  const read = (name: string): number | undefined => {
    const value = query[name];
    if (typeof value !== 'string') return undefined;
    const instant = Date.parse(value);
    if (Number.isNaN(instant)) throw badRequest(`querystring/${name} must be a valid date`);
    return instant;
  };
  const from = read('start_date') ?? -Infinity;
  const to = read('end_date') ?? Infinity;
  if (from > to) throw badRequest('Start Date must be earlier than End Date');
  const coversDay = behaviour.endDateCoversDay && String(query.end_date).length === 10;
  return { from, to: coversDay ? to + dayLength : to };
}

const leadOf = ({ lead }: EventRecord): string => String(lead ?? '');

function inOrder(events: readonly EventRecord[]): readonly EventRecord[] {
  const sorted = events.every((event, index) => (events[index - 1]?.at ?? -Infinity) <= event.at);
  return sorted ? events : events.toSorted((one, other) => one.at - other.at);
}

/** "New lead" and "opportunity" belong to the first such event of a lead's whole history. */
export class InstantlyTally {
  readonly newLeads = new Set<string>();
  /** Leads whose opportunity began in this group. */
  readonly opportunities = new Set<string>();

  constructor(readonly tally = new Tally(), readonly repliesIncludeAutomatic = false) {}

  get replies(): number {
    const automatic = this.repliesIncludeAutomatic ? this.tally.of('auto_reply_received').count : 0;
    return this.tally.of('reply_received').count + automatic;
  }
}

/** Groups the events of a range; the pass for firsts has to see the events before the range as well. */
export function tallyBy(
  { workspace, behaviour }: RouteContext,
  events: readonly EventRecord[],
  range: Range,
  keyOf: (event: EventRecord) => string | undefined,
): Map<string, InstantlyTally> {
  const ordered = inOrder(events);
  const groups = new Map(
    [...groupBy(ordered, range, keyOf, leadOf)].map(([key, tally]) =>
      [key, new InstantlyTally(tally, behaviour.repliesIncludeAutomatic)] as const
    ),
  );
  const contacted = new Set<string>();
  const positive = new Set<string>();
  for (const event of ordered) {
    const lead = leadOf(event);
    const isContact = event.type === 'email_sent' && !contacted.has(lead);
    const isOpportunity = isPositiveChange(workspace, event) && !positive.has(lead);
    if (!isContact && !isOpportunity) continue;
    (isContact ? contacted : positive).add(lead);
    const key = event.at >= range.from && event.at < range.to ? keyOf(event) : undefined;
    const group = key === undefined ? undefined : groups.get(key);
    (isContact ? group?.newLeads : group?.opportunities)?.add(lead);
  }
  return groups;
}

const isPositiveChange = (workspace: InstantlyWorkspace, { type, label }: EventRecord): boolean =>
  type === 'label_changed' && typeof label === 'number' && workspace.isPositive(label);

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
    if (event.type !== 'label_changed') continue;
    const lead = leadOf(event);
    const previous = lastChange.get(lead);
    lastChange.set(lead, event.at);
    if (previous !== undefined && event.at - previous < 10 * 60_000) continue;
    if (typeof event.label !== 'number') continue;
    const key = `${lead} ${event.label}`;
    if (!everyEvent && seen.has(key)) continue;
    seen.add(key);
    if (event.at >= range.from && event.at < range.to) {
      totals.set(event.label, (totals.get(event.label) ?? 0) + 1);
    }
  }
  return totals;
}

/** Adds the rows of several campaigns that fall on the same key, field by field. */
export function addRow(rows: Map<string, JsonObject>, key: string, row: JsonObject): void {
  const known = rows.get(key);
  if (known === undefined) return void rows.set(key, row);
  for (const [name, value] of Object.entries(row)) {
    if (typeof value === 'number') known[name] = Number(known[name] ?? 0) + value;
  }
}

/** What every daily and step series counts. */
export function activityCounters(group: InstantlyTally): JsonObject {
  const { tally } = group;
  const [opened, clicked] = [tally.of('email_opened'), tally.of('link_clicked')];
  const automatic = tally.of('auto_reply_received');
  return {
    opened: opened.count,
    unique_opened: opened.leads.size,
    replies: group.replies,
    unique_replies: tally.of('reply_received').leads.size,
    replies_automatic: automatic.count,
    unique_replies_automatic: automatic.leads.size,
    clicks: clicked.count,
    unique_clicks: clicked.leads.size,
  };
}
