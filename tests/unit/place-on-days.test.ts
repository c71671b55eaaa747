import { describe, expect, it } from 'vitest';
import {
  type DayRoom,
  placeOnDays,
  type Unplaced,
} from '../../supabase/functions/_shared/sync/outage/place-on-days.ts';
import { createRandom } from '../support/random.ts';

const day = (number: number) => `2026-10-${String(number + 1).padStart(2, '0')}`;

/** Leads with known days, and the counts per day that follow; the last day of each is known, as from the provider. */
function scene(seed: number, days: number, leads: number) {
  const random = createRandom(seed);
  const room = new Map<string, DayRoom>(
    Array.from({ length: days }, (_, n) => [day(n), { events: 0, leads: 0 }]),
  );
  const unplaced: Unplaced[] = [];
  for (let lead = 0; lead < leads; lead++) {
    const first = random.integer(days);
    const truth = Array.from({ length: 1 + random.integer(4) }, () => first + random.integer(days - first))
      .sort();
    const last = truth.pop() ?? first;
    for (const one of truth) {
      const at = room.get(day(one));
      if (at) at.events++;
    }
    for (const one of new Set(truth)) {
      const at = room.get(day(one));
      if (at && one !== last) at.leads++;
    }
    unplaced.push({ count: truth.length, first: day(first), last: day(last), days: new Set([day(last)]) });
  }
  return { room, unplaced };
}

/** How many events and distinct leads the placing gives each day. */
function result(unplaced: Unplaced[], placed: string[][], room: Map<string, DayRoom>) {
  return new Map([...room.keys()].map((one) => [one, {
    events: placed.flat().filter((at) => at === one).length,
    leads: placed.filter((days, lead) => days.includes(one) && !unplaced[lead]?.days.has(one)).length,
  }]));
}

describe('placing events on days', () => {
  it('gives each day of an outage over two days its events and its leads', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const { room, unplaced } = scene(seed, 2, 60);
      const placed = placeOnDays(unplaced, room);
      expect(result(unplaced, placed, room)).toEqual(room);
      expect(placed.map((days) => days.length)).toEqual(unplaced.map((lead) => lead.count));
    }
  });

  it('over many days gives each lead all of its events, within its span, and each day at most a few too many or few', () => {
    let off = 0;
    let events = 0;
    for (let seed = 1; seed <= 100; seed++) {
      const { room, unplaced } = scene(seed, 5, 200);
      const placed = placeOnDays(unplaced, room);
      expect(placed.map((days) => days.length)).toEqual(unplaced.map((lead) => lead.count));
      placed.forEach((days, lead) => {
        for (const one of days) {
          expect(one >= String(unplaced[lead]?.first) && one <= String(unplaced[lead]?.last)).toBe(true);
        }
      });
      const given = result(unplaced, placed, room);
      for (const [one, wanted] of room) {
        off += Math.abs((given.get(one)?.events ?? 0) - wanted.events);
        events += wanted.events;
      }
    }
    expect(off / events).toBeLessThan(0.02);
  });

  it('omits what the days have no room for', () => {
    const leads = [{ count: 5, first: day(0), last: day(1), days: new Set<string>() }];
    expect(placeOnDays(leads, new Map([[day(0), { events: 2, leads: 1 }]]))).toEqual([[day(0), day(0)]]);
    expect(placeOnDays(leads, new Map())).toEqual([[]]);
  });
});
