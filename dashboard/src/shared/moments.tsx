// Moments as people read them, in the zone of the page: the client's on a page about one client, else the reader's own.
import { createContext, useContext } from 'react';
import { nothing } from './format.ts';

/** Set by the frame, and by a page that is about one client. */
export const ZoneContext = createContext('UTC');

export const useZone = (): string => useContext(ZoneContext);

/** "New York" reads better than "New_York". */
export const zoneName = (zone: string): string => zone.replaceAll('_', ' ');

const formats = new Map<string, Intl.DateTimeFormat>();

/** A list asks for hundreds of them, and to make a format takes a hundred times as long as to use it. */
export function inZone(
  moment: string | Date,
  zone: string,
  options: Intl.DateTimeFormatOptions,
  locale = 'en-GB',
): string {
  const key = zone + locale + JSON.stringify(options);
  let format = formats.get(key);
  if (!format) {
    try {
      format = new Intl.DateTimeFormat(locale, { ...options, timeZone: zone });
    } catch {
      // The browser does not know the zone; the days of a period are cut in UTC then, too.
      format = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
    }
    formats.set(key, format);
  }
  return format.format(new Date(moment));
}

export const timeOfDay = { hour: '2-digit', minute: '2-digit' } as const;
export const toTheDay = { day: 'numeric', month: 'short', year: 'numeric' } as const;
const toTheMinute = { ...toTheDay, ...timeOfDay };

/** "9 Nov 2026, 14:05" */
export const formatMoment = (moment: string, zone: string): string => inZone(moment, zone, toTheMinute);

/** "9 Nov 2026, 14:05 UTC+1 · Europe/Amsterdam": the offset tells the two hours apart that a day has when the clocks go back. */
export function fullMoment(moment: string, zone: string): string {
  const text = inZone(moment, zone, { ...toTheMinute, timeZoneName: 'shortOffset' }).replace(
    /GMT(\+0$)?/,
    'UTC',
  );
  return zone === 'UTC' ? text : `${text} · ${zoneName(zone)}`;
}

/** A moment in a list or a sentence; its zone is a hover away. */
export function Moment({ at, as = toTheMinute, className = 'whitespace-nowrap' }: {
  at: string | null | undefined;
  /** What is shown of it. @default day and time */
  as?: Intl.DateTimeFormatOptions;
  className?: string;
}) {
  const zone = useZone();
  return at
    ? (
      <time dateTime={at} title={fullMoment(at, zone)} className={className}>
        {inZone(at, zone, as)}
      </time>
    )
    : nothing;
}
