// Periods of whole days, cut at midnight in a time zone as the numbers are, and their presets.
import * as z from 'zod/mini';

export interface Period {
  /** First and last day, both included, as YYYY-MM-DD. */
  from: string;
  to: string;
  /** Where its days begin at midnight; without one in UTC. */
  timeZone?: string | undefined;
}

export const presets = [
  { value: '7d', label: 'Last 7 days' },
  { value: '30d', label: 'Last 30 days' },
  { value: '90d', label: 'Last 90 days' },
  { value: 'week', label: 'This week' },
  { value: 'month', label: 'This month' },
  { value: 'quarter', label: 'This quarter' },
  { value: 'last_month', label: 'Last month' },
  { value: 'all', label: 'All time' },
  { value: 'custom', label: 'Custom' },
] as const;

export type Preset = typeof presets[number]['value'];

const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
const day = z.string().check(z.refine(isDay));

/** The search parameters that every page with numbers shares. An invalid one is ignored. */
export const rangeSearch = {
  range: z.catch(z.optional(z.enum(presets.map((preset) => preset.value))), undefined),
  from: z.catch(z.optional(day), undefined),
  to: z.catch(z.optional(day), undefined),
  /** False hides the comparison with the period before. */
  compare: z.catch(z.optional(z.boolean()), undefined),
};

export interface RangeSearch {
  range?: Preset | undefined;
  from?: string | undefined;
  to?: string | undefined;
  compare?: boolean | undefined;
}

export interface ChosenRange {
  preset: Preset;
  /** Null: all time. */
  period: Period | null;
  previous: Period | null;
  timeZone?: string | undefined;
}

const dayLength = 86_400_000;

const toDay = (moment: Date): string => moment.toISOString().slice(0, 10);

const calendars = new Map<string, Intl.DateTimeFormat>();

/** The day of a moment in a time zone; in UTC where the browser does not know the zone. */
export function dayIn(timeZone: string | undefined, moment: Date): string {
  if (!timeZone || timeZone === 'UTC') return toDay(moment);
  let calendar = calendars.get(timeZone);
  if (!calendar) {
    const options = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
    try {
      calendar = new Intl.DateTimeFormat('en-CA', { ...options, timeZone });
    } catch {
      calendar = new Intl.DateTimeFormat('en-CA', { ...options, timeZone: 'UTC' });
    }
    calendars.set(timeZone, calendar);
  }
  return calendar.format(moment);
}

/** The latest date that it is anywhere. */
export const latestToday = (now: Date): string => dayIn('Pacific/Kiritimati', now);

export const addDays = (text: string, days: number): string =>
  toDay(new Date(Date.parse(`${text}T00:00:00Z`) + days * dayLength));
export const daysIn = (period: Period): number =>
  Math.round((Date.parse(period.to) - Date.parse(period.from)) / dayLength) + 1;

export function chooseRange(search: RangeSearch, now: Date, timeZone?: string): ChosenRange {
  const preset = search.range ?? '30d';
  const days = periodOf(preset, search, dayIn(timeZone, now));
  const period = days && { ...days, timeZone };
  const isCompared = search.compare !== false && period !== null;
  return { preset, period, previous: isCompared ? periodBefore(period) : null, timeZone };
}

function periodOf(preset: Preset, search: RangeSearch, today: string): Period | null {
  switch (preset) {
    case 'all':
      return null;
    case 'week':
      return { from: mondayOf(today), to: today };
    case 'month':
      return { from: firstOfMonth(today), to: today };
    case 'quarter': {
      const month = Number(today.slice(5, 7));
      const first = month - (month - 1) % 3;
      return { from: `${today.slice(0, 4)}-${String(first).padStart(2, '0')}-01`, to: today };
    }
    case 'last_month': {
      const to = addDays(firstOfMonth(today), -1);
      return { from: firstOfMonth(to), to };
    }
    case 'custom': {
      const to = search.to ?? today;
      const from = search.from ?? addDays(to, -29);
      return from <= to ? { from, to } : { from: to, to: from };
    }
    default:
      return { from: addDays(today, 1 - Number.parseInt(preset)), to: today };
  }
}

const firstOfMonth = (day: string): string => `${day.slice(0, 7)}-01`;

/** Weeks begin on Monday. */
export function mondayOf(day: string): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return addDays(day, -((weekday + 6) % 7));
}

/** As many days, right before. */
export function periodBefore(period: Period): Period {
  const to = addDays(period.from, -1);
  return { from: addDays(to, 1 - daysIn(period)), to, timeZone: period.timeZone };
}

/** The first moment of a period, and the first one after it. */
export const startOf = (period: Period): string => midnight(period.from, period.timeZone);
export const endOf = (period: Period): string => midnight(addDays(period.to, 1), period.timeZone);

/**
 * The first minute of a day. Looked for and not computed: where the clocks change at midnight, there may be two of it or none. No
 * zone is more than fourteen hours from UTC.
 */
function midnight(day: string, timeZone: string | undefined): string {
  const utc = Date.parse(`${day}T00:00:00Z`);
  if (!timeZone || timeZone === 'UTC') return `${day}T00:00:00Z`;
  const minute = 60_000;
  let before = -15 * 60;
  let after = 15 * 60;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (dayIn(timeZone, new Date(utc + middle * minute)) < day) before = middle;
    else after = middle;
  }
  return new Date(utc + after * minute).toISOString();
}

export function everyDay(period: Period): string[] {
  return Array.from({ length: daysIn(period) }, (_, index) => addDays(period.from, index));
}
