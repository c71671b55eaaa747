/** Nothing that a provider tells happened before: neither of them existed. */
const earliest = Date.UTC(2015, 0, 1);

/** A provider's clock may run ahead of ours, and a day may have another date elsewhere. */
const ahead = 86_400_000;

const isoTime = /^(\d{4})-(\d{2})-(\d{2})[T ]\d{2}:\d{2}/;
const isoDay = /^(\d{4})-(\d{2})-(\d{2})$/;
const zone = /(?:Z|[+-]\d{2}:?\d{2})$/i;

/**
 * A time as a provider writes it, as ISO 8601 UTC; undefined for what is none, for a day that no calendar has and for
 * what lies before 2015. A custom variable can stand where the time should be. Whether it lies in the future is asked where
 * the time of arrival is known (`private.believed_time` in SQL), so that the same text is always read alike.
 */
export function readTime(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  const date = isoTime.exec(text);
  if (date === null || !isCalendarDay(date)) return undefined;
  const time = Date.parse(zone.test(text) ? text : `${text.replace(' ', 'T')}Z`);
  return Number.isNaN(time) || time < earliest ? undefined : new Date(time).toISOString();
}

/** A time that the provider's lists tell; null also when it lies more than a day ahead of now. */
export function readBelievedTime(value: unknown, now: number = Date.now()): string | null {
  const time = readTime(value);
  return time === undefined || Date.parse(time) > now + ahead ? null : time;
}

/** A day (YYYY-MM-DD) of the provider's numbers that can be believed. */
export function isBelievedDay(value: string, now: number = Date.now()): boolean {
  const date = isoDay.exec(value);
  if (date === null || !isCalendarDay(date)) return false;
  const time = Date.parse(value);
  return time >= earliest && time <= now + ahead;
}

function isCalendarDay([, year, month, day]: RegExpExecArray): boolean {
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCFullYear() === Number(year) && date.getUTCMonth() === Number(month) - 1 &&
    date.getUTCDate() === Number(day);
}
