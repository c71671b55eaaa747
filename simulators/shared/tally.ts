import type { EventRecord, EventType } from './records.ts';

export interface Range {
  from: number;
  to: number;
}

export const always: Range = { from: -Infinity, to: Infinity };

/** How often each sort of event is in a group, such as a campaign, a day or a step, and to which leads it happened. */
export class Tally<Type extends string = EventType> {
  readonly #counters = new Map<Type, { count: number; leads: Set<string> }>();

  of(type: Type): { count: number; leads: Set<string> } {
    let counter = this.#counters.get(type);
    if (counter === undefined) this.#counters.set(type, counter = { count: 0, leads: new Set() });
    return counter;
  }
}

/** Groups the events of a range; each counts as the sorts that `typesOf` names, which is asked of those before the range, too. */
export function tallyBy<Type extends string>(
  events: readonly EventRecord[],
  range: Range,
  keyOf: (event: EventRecord) => string | undefined,
  leadOf: (event: EventRecord) => string,
  typesOf: (event: EventRecord) => readonly Type[],
): Map<string, Tally<Type>> {
  const tallies = new Map<string, Tally<Type>>();
  for (const event of events) {
    const types = typesOf(event);
    if (event.at < range.from || event.at >= range.to) continue;
    const key = keyOf(event);
    if (key === undefined) continue;
    let tally = tallies.get(key);
    if (tally === undefined) tallies.set(key, tally = new Tally());
    for (const type of types) {
      const counter = tally.of(type);
      counter.count += 1;
      counter.leads.add(leadOf(event));
    }
  }
  return tallies;
}
