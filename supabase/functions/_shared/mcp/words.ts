/** How numbers, ages and names are written in the text of an answer. */

/** At most `length` characters, never half of a surrogate pair. */
export function clip(text: string, length: number): string {
  if (text.length <= length) return text;
  return `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

export const number = (value: number): string => value.toLocaleString('en-US');

export const percent = (rate: number): string => `${(rate * 100).toFixed(1)} %`;

export function money(value: number | null, currency: string): string {
  return value === null
    ? 'unknown'
    : `${value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })} ${currency}`;
}

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${number(count)} ${count === 1 ? one : many}`;

/** How long ago, in the largest unit that fits. */
export function age(seconds: number | null): string {
  if (seconds === null) return 'of unknown age';
  if (seconds < 90) return 'about a minute old';
  if (seconds < 90 * 60) return `${plural(Math.round(seconds / 60), 'minute')} old`;
  if (seconds < 36 * 3600) return `${plural(Math.round(seconds / 3600), 'hour')} old`;
  return `${plural(Math.round(seconds / 86_400), 'day')} old`;
}

/** The age of the oldest of several numbers. */
export function oldest(rows: { age_seconds: number | null }[]): number | null {
  const known = rows.map((row) => row.age_seconds).filter((value) => value !== null);
  return known.length === 0 ? null : Math.max(...known);
}

/** A name in one line, so that it cannot look like another line of the answer. */
export const oneLine = (text: string, length = 120): string =>
  clip(text.replace(/\s+/gu, ' ').trim(), length);
