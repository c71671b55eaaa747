import { type Range, Tally, tallyBy as groupBy } from '../shared/tally.ts';
import { badRequest } from './errors.ts';
import type { EventRecord, EventType, JsonObject } from '../shared/records.ts';
import type { RouteContext } from './api.ts';

/** A bare date is UTC midnight, so as an end it leaves the whole day out. */
export function readRange({ query }: RouteContext): Range {
  const read = (name: string, missing: number): number => {
    if (query[name] === undefined) return missing;
    const instant = Date.parse(String(query[name]));
    if (Number.isNaN(instant)) throw badRequest(`querystring/${name} must be a valid date`);
    return instant;
  };
  const range = { from: read('start_date', -Infinity), to: read('end_date', Infinity) };
  if (range.from > range.to) throw badRequest('Start Date must be earlier than End Date');
  return range;
}

const leadOf = ({ lead }: EventRecord): string => String(lead ?? '');

/** "New lead" and "opportunity" belong to the first such event of a lead's whole history. */
type Sort = EventType | 'new_lead' | 'opportunity';
export type InstantlyTally = Tally<Sort>;

export function tallyBy(
  { workspace }: RouteContext,
  events: readonly EventRecord[],
  range: Range,
  keyOf: (event: EventRecord) => string | undefined,
): Map<string, InstantlyTally> {
  const known = new Set<string>();
  const isNew = (key: string): boolean => !known.has(key) && known.add(key) !== undefined;
  const inOrder = events.toSorted((one, other) => one.at - other.at);
  return groupBy(inOrder, range, keyOf, leadOf, (event): Sort[] => {
    const { type, label } = event;
    const isPositive = type === 'label_changed' && typeof label === 'number' && workspace.isPositive(label);
    if (type === 'email_sent' && isNew(`contact ${leadOf(event)}`)) return [type, 'new_lead'];
    return isPositive && isNew(`interest ${leadOf(event)}`) ? [type, 'opportunity'] : [type];
  });
}

/** Adds the rows of several campaigns that fall on the same key, field by field. */
export function addRow(rows: Map<string, JsonObject>, key: string, row: JsonObject): void {
  const known = rows.get(key);
  if (known === undefined) return void rows.set(key, row);
  for (const [name, value] of Object.entries(row)) {
    if (typeof value === 'number') known[name] = Number(known[name] ?? 0) + value;
  }
}

export const sendingCounters = (tally: InstantlyTally): JsonObject => ({
  sent: tally.of('email_sent').count,
  contacted: tally.of('email_sent').leads.size,
  new_leads_contacted: tally.of('new_lead').leads.size,
});

export function activityCounters(tally: InstantlyTally): JsonObject {
  const [opened, clicked] = [tally.of('email_opened'), tally.of('link_clicked')];
  const [replied, automatic] = [tally.of('reply_received'), tally.of('auto_reply_received')];
  return {
    opened: opened.count,
    unique_opened: opened.leads.size,
    replies: replied.count,
    unique_replies: replied.leads.size,
    replies_automatic: automatic.count,
    unique_replies_automatic: automatic.leads.size,
    clicks: clicked.count,
    unique_clicks: clicked.leads.size,
  };
}
