/** A lead with events of unknown day. */
export interface Unplaced {
  count: number;
  /** The first and last possible day, YYYY-MM-DD. */
  first: string;
  last: string;
  /** Days on which the lead already has an event of this type. */
  days: ReadonlySet<string>;
}

/** How many events and how many distinct leads the provider counts on a day beyond what we have. */
export interface DayRoom {
  events: number;
  leads: number;
}

interface Placing {
  lead: number;
  left: number;
  first: string;
  last: string;
  days: Set<string>;
}

type Order = (one: Placing, other: Placing) => number;

const maxLeft: Order = (one, other) => other.left - one.left || (one.last < other.last ? -1 : 1);
const soonestEnd: Order = (one, other) =>
  one.last === other.last ? other.left - one.left : one.last < other.last ? -1 : 1;

/**
 * Chooses days for events so that each day gets as many events and distinct leads as the provider counts. Returns each
 * lead's days, one per event. Events beyond the room of all days are omitted: they are older than the outage. Two orders are
 * tried and the better fit wins; where leads overlap over many days, the sum is right but single days may be off.
 */
export function placeOnDays(leads: readonly Unplaced[], room: ReadonlyMap<string, DayRoom>): string[][] {
  const tries = [maxLeft, soonestEnd].map((order) => placeInOrder(leads, room, order));
  tries.sort((one, other) => one.misfit - other.misfit);
  return tries[0]?.placed ?? [];
}

function placeInOrder(
  leads: readonly Unplaced[],
  room: ReadonlyMap<string, DayRoom>,
  order: Order,
): { placed: string[][]; misfit: number } {
  const placed: string[][] = leads.map(() => []);
  const open: Placing[] = leads.map((lead, index) => ({
    lead: index,
    left: lead.count,
    first: lead.first,
    last: lead.last,
    days: new Set(lead.days),
  }));
  const put = (one: Placing, day: string) => {
    one.left--;
    one.days.add(day);
    placed[one.lead]?.push(day);
  };
  let misfit = 0;
  let spare = 0;

  for (const day of [...room.keys()].sort()) {
    let { events, leads: fresh } = room.get(day) ?? { events: 0, leads: 0 };
    events = Math.max(events, 0);
    fresh = Math.min(Math.max(fresh, 0), events);
    const possible = open.filter((one) => one.left > 0 && one.first <= day && day <= one.last);

    for (const one of possible.filter((each) => !each.days.has(day)).sort(order).slice(0, fresh)) {
      put(one, day);
      events--;
      fresh--;
    }
    // Leads without a later day go first; then one event per lead in rotation, so that many leads keep some for later days.
    for (const one of possible.filter((each) => each.last === day && each.days.has(day))) {
      while (one.left > 0 && events > 0) {
        put(one, day);
        events--;
      }
    }
    const turn = possible.filter((one) => one.left > 0 && one.days.has(day)).sort(maxLeft);
    while (events > 0 && turn.some((one) => one.left > 0)) {
      for (const one of turn) {
        if (events === 0) break;
        if (one.left === 0) continue;
        put(one, day);
        events--;
      }
    }
    misfit += events + fresh;
    spare += events;
  }

  // The provider counts this many more in total: they are real, only their day is unknown.
  for (const one of open) {
    while (one.left > 0 && spare > 0) {
      put(one, one.last);
      spare--;
    }
  }
  return { placed, misfit };
}
