// Between moments and what the clock on the wall shows in a zone, for files and fields.
import { inZone } from './moments.tsx';

/** "2026-11-09T14:05:00" */
export const wallClock = (moment: string | Date, zone: string): string =>
  inZone(moment, zone, { dateStyle: 'short', timeStyle: 'medium' }, 'sv-SE').replace(' ', 'T');

/** How far the clocks of a zone are ahead of UTC at a moment, in minutes. */
export const offsetAt = (moment: Date, zone: string): number =>
  Math.round((Date.parse(`${wallClock(moment, zone)}Z`) - moment.getTime()) / 60_000);

/**
 * The moment at which the clocks show "2026-11-09T14:05". An hour that is skipped when they go forward is taken as the one after
 * it; of an hour that comes twice, one of the two.
 */
export function fromWallClock(text: string, zone: string): Date {
  const utc = Date.parse(`${text}Z`);
  const before = (at: number) => utc - offsetAt(new Date(at), zone) * 60_000;
  return new Date(before(before(utc)));
}

/** "2026-11-09T14:05:00+01:00": the clock that the page shows, and no doubt about the moment. */
export function withOffset(moment: string, zone: string): string {
  const minutes = offsetAt(new Date(moment), zone);
  const two = (value: number) => String(Math.trunc(Math.abs(value))).padStart(2, '0');
  return `${wallClock(moment, zone)}${minutes < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
}
