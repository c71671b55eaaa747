/** No event is older: neither provider existed. */
const earliest = Date.UTC(2015, 0, 1);
export const earliestBelieved = new Date(earliest).toISOString();

/** Milliseconds by which a time may be in the future: clock skew, and other dates in other time zones. */
const maxFuture = 86_400_000;

const isoTime = /^(\d{4})-(\d{2})-(\d{2})[T ]\d{2}:\d{2}/;
const isoDay = /^(\d{4})-(\d{2})-(\d{2})$/;
const zone = /(?:Z|[+-]\d{2}:?\d{2})$/i;

/**
 * A provider's time as ISO 8601 UTC; undefined for another format (a custom variable can replace the time), an impossible
 * date, or a time before 2015. Whether it is in the future is checked where the time of arrival is known
 * (`private.believed_time` in SQL), so that the same text always gives the same time.
 */
export function readTime(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  const date = isoTime.exec(text);
  if (date === null || !isCalendarDay(date)) return undefined;
  const time = Date.parse(zone.test(text) ? text : `${text.replace(' ', 'T')}Z`);
  return Number.isNaN(time) || time < earliest ? undefined : new Date(time).toISOString();
}

/** A time from the provider's lists; null also when it is more than a day in the future. */
export function readBelievedTime(value: unknown, now: number = Date.now()): string | null {
  const time = readTime(value);
  return time === undefined || Date.parse(time) > now + maxFuture ? null : time;
}

/** True for a plausible day (YYYY-MM-DD) of the provider's numbers. */
export function isBelievedDay(value: string, now: number = Date.now()): boolean {
  const date = isoDay.exec(value);
  if (date === null || !isCalendarDay(date)) return false;
  const time = Date.parse(value);
  return time >= earliest && time <= now + maxFuture;
}

/** A day beyond its month, or a month beyond its year, would be one of another month. */
function isCalendarDay([, year, month, day]: RegExpExecArray): boolean {
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1;
}
