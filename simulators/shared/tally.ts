import type { EventRecord, EventType } from './records.ts';

export interface Range {
  from: number;
  to: number;
}

export const always: Range = { from: -Infinity, to: Infinity };

/** How often each sort of event is in a group, such as a campaign, a day or a step, and to which leads it happened. */
export class Tally {
  readonly #counters = new Map<EventType, { count: number; leads: Set<string> }>();

  of(type: EventType): { count: number; leads: Set<string> } {
    let counter = this.#counters.get(type);
    if (counter === undefined) this.#counters.set(type, counter = { count: 0, leads: new Set() });
    return counter;
  }
}

export function tallyBy(
  events: readonly EventRecord[],
  range: Range,
  keyOf: (event: EventRecord) => string | undefined,
  leadOf: (event: EventRecord) => string,
): Map<string, Tally> {
  const tallies = new Map<string, Tally>();
  for (const event of events) {
    if (event.at < range.from || event.at >= range.to) continue;
    const key = keyOf(event);
    if (key === undefined) continue;
    let tally = tallies.get(key);
    if (tally === undefined) tallies.set(key, tally = new Tally());
    const counter = tally.of(event.type);
    counter.count += 1;
    counter.leads.add(leadOf(event));
  }
  return tallies;
}
