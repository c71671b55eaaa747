export const minute = 60_000;
export const hour = 60 * minute;
export const dayLength = 24 * hour;

export const iso = (instant: number): string => new Date(instant).toISOString();

export const isoOrNull = (instant: number | null | undefined): string | null =>
  instant === null || instant === undefined ? null : iso(instant);

export const utcDay = (instant: number): string => iso(instant).slice(0, 10);

export interface SendingWindow {
  /** Local calendar day, the day that daily limits belong to. */
  day: string;
  /** Part of the window that has passed at the end of this tick, from 0 to 1. */
  passed: number;
}

const minutesOf = (clock: string): number => {
  const [hours, minutes] = clock.split(':');
  return Number(hours) * 60 + Number(minutes);
};

/** The window between two times of the day, if this local instant lies in it. */
export function windowAt(local: number, from: string, to: string, tick: number): SendingWindow | undefined {
  const now = (local % dayLength) / minute;
  const start = minutesOf(from);
  const end = minutesOf(to);
  if (now < start || now >= end) return undefined;
  return { day: utcDay(local), passed: Math.min(1, (now + tick / minute - start) / (end - start)) };
}

const formatters = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();

/**
 * Difference between local time in the zone and UTC. Cached by zone and quarter hour, because
 * formatting takes several microseconds and the engine asks for every tick.
 */
export function zoneOffset(zone: string, instant: number): number {
  const quarter = Math.floor(instant / (hour / 4));
  const key = `${zone} ${quarter}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  // Swedes write dates nearly as ISO does.
  const formatter = formatters.get(zone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  formatters.set(zone, formatter);
  const start = quarter * (hour / 4);
  const offset = Date.parse(`${formatter.format(start).replace(' ', 'T')}Z`) - start;
  if (offsets.size > 50_000) offsets.clear();
  offsets.set(key, offset);
  return offset;
}
