import type { EventRecord, EventType } from './records.ts';

/** Milliseconds; the end is not included. */
export interface Range {
  from: number;
  to: number;
}

export const always: Range = { from: -Infinity, to: Infinity };

/** One sort of event in a group: how often, by how many leads, and by how many pairs of lead and step. */
export class Counter {
  count = 0;
  readonly leads = new Set<string>();
  readonly leadSteps = new Set<string>();

  add(lead: string, step: number | null): void {
    this.count += 1;
    this.leads.add(lead);
    this.leadSteps.add(`${lead} ${step}`);
  }
}

/** Counters of one group of events: a campaign, a day, a step or an account's day. */
export class Tally {
  readonly #counters = new Map<EventType, Counter>();

  of(type: EventType): Counter {
    return this.#counters.get(type) ?? new Counter();
  }

  add({ type, step }: EventRecord, lead: string): void {
    let counter = this.#counters.get(type);
    if (counter === undefined) this.#counters.set(type, counter = new Counter());
    counter.add(lead, step);
  }
}

/** Groups the events of a range in one pass. */
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
    tally.add(event, leadOf(event));
  }
  return tallies;
}
