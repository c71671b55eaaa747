// Numbers, rates and moments as people read them. One place, so that the same thing looks the same everywhere.
const locale = 'en-GB';
const whole = new Intl.NumberFormat(locale);
const oneDecimal = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const compact = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });

export const nothing = '–';

export function formatCount(value: number | null | undefined): string {
  return value === null || value === undefined ? nothing : whole.format(value);
}

/** "12.4K", for axes and narrow places. */
export const formatCompact = (value: number): string => compact.format(value);

/** A fraction as "4.2%". */
export function formatRate(value: number | null | undefined): string {
  return value === null || value === undefined ? nothing : `${oneDecimal.format(value * 100)}%`;
}

export interface Change {
  text: string;
  direction: 'up' | 'down' | 'same';
}

/** Counts change by a share of what they were. */
export function countChange(now: number, before: number): Change | null {
  if (before === 0) return now === 0 ? { text: 'no change', direction: 'same' } : null;
  const share = (now - before) / before;
  return signed(Math.round(share * 100), (size) => `${whole.format(size)}%`);
}

/** Rates change by points: from 4 % to 5 % is one point, not 25 %. */
export function rateChange(now: number | null, before: number | null): Change | null {
  if (now === null || before === null) return null;
  return signed(Math.round((now - before) * 1_000) / 10, (size) => `${oneDecimal.format(size)} pts`);
}

function signed(value: number, format: (size: number) => string): Change {
  if (value === 0) return { text: 'no change', direction: 'same' };
  return value > 0
    ? { text: `+${format(value)}`, direction: 'up' }
    : { text: `−${format(-value)}`, direction: 'down' };
}

/** "9 Nov 2026" for a day. */
export function formatDay(day: string, options: { year?: boolean } = { year: true }): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString(locale, {
    day: 'numeric',
    month: 'short',
    ...(options.year === false ? {} : { year: 'numeric' }),
    timeZone: 'UTC',
  });
}

/** "3 min", "2 h 10 min", "4 days". */
export function formatAge(seconds: number): string {
  if (seconds < 60) return 'less than a minute';
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 === 0 || hours > 5 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  const days = Math.floor(hours / 24);
  return days === 1 ? '1 day' : `${days} days`;
}

/** "12 s", "1 min 20 s": how long work took. */
export function formatDuration(seconds: number | null): string {
  if (seconds === null) return nothing;
  if (seconds < 60) return `${oneDecimal.format(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** "days in Europe/Amsterdam": where days begin at midnight. */
export const daysText = (timeZone: string | undefined): string =>
  `days in ${(timeZone ?? 'UTC').replaceAll('_', ' ')}`;
