import { AppError } from '../../platform/errors.ts';

/** The only names that Instantly accepts; America/New_York, Europe/London and UTC are not among them. */
export const allowedTimeZones = [
  'Etc/GMT+12',
  'Etc/GMT+11',
  'Etc/GMT+10',
  'America/Anchorage',
  'America/Dawson',
  'America/Creston',
  'America/Chihuahua',
  'America/Boise',
  'America/Belize',
  'America/Chicago',
  'America/Bahia_Banderas',
  'America/Regina',
  'America/Bogota',
  'America/Detroit',
  'America/Indiana/Marengo',
  'America/Caracas',
  'America/Asuncion',
  'America/Glace_Bay',
  'America/Campo_Grande',
  'America/Anguilla',
  'America/Santiago',
  'America/St_Johns',
  'America/Sao_Paulo',
  'America/Argentina/La_Rioja',
  'America/Araguaina',
  'America/Godthab',
  'America/Montevideo',
  'America/Bahia',
  'America/Noronha',
  'America/Scoresbysund',
  'Atlantic/Cape_Verde',
  'America/Danmarkshavn',
  'Europe/Isle_of_Man',
  'Atlantic/Canary',
  'Africa/Abidjan',
  // Last among those with the same clock: Morocco has changed its rules several times.
  'Africa/Casablanca',
  'Arctic/Longyearbyen',
  'Europe/Belgrade',
  'Africa/Ceuta',
  'Europe/Sarajevo',
  'Africa/Algiers',
  'Africa/Windhoek',
  'Asia/Nicosia',
  'Asia/Beirut',
  'Africa/Cairo',
  'Asia/Damascus',
  'Europe/Bucharest',
  'Africa/Blantyre',
  'Europe/Helsinki',
  'Europe/Istanbul',
  'Asia/Jerusalem',
  'Africa/Tripoli',
  'Asia/Amman',
  'Asia/Baghdad',
  'Europe/Kaliningrad',
  'Asia/Aden',
  'Africa/Addis_Ababa',
  'Europe/Kirov',
  'Europe/Astrakhan',
  'Asia/Tehran',
  'Asia/Dubai',
  'Asia/Baku',
  'Indian/Mahe',
  'Asia/Tbilisi',
  'Asia/Yerevan',
  'Asia/Kabul',
  'Antarctica/Mawson',
  'Asia/Yekaterinburg',
  'Asia/Karachi',
  'Asia/Kolkata',
  'Asia/Colombo',
  'Asia/Kathmandu',
  'Antarctica/Vostok',
  'Asia/Dhaka',
  'Asia/Rangoon',
  'Antarctica/Davis',
  'Asia/Novokuznetsk',
  'Asia/Hong_Kong',
  'Asia/Krasnoyarsk',
  'Asia/Brunei',
  'Australia/Perth',
  'Asia/Taipei',
  'Asia/Choibalsan',
  'Asia/Irkutsk',
  'Asia/Dili',
  'Asia/Pyongyang',
  'Australia/Adelaide',
  'Australia/Darwin',
  'Australia/Brisbane',
  'Australia/Melbourne',
  'Antarctica/DumontDUrville',
  'Australia/Currie',
  'Asia/Chita',
  'Antarctica/Macquarie',
  'Asia/Sakhalin',
  'Pacific/Auckland',
  'Etc/GMT-12',
  'Pacific/Fiji',
  'Asia/Anadyr',
  'Asia/Kamchatka',
  'Etc/GMT-13',
  'Pacific/Apia',
] as const;

/** Minutes east of UTC in a zone at a moment. */
function offsetAt(formatter: Intl.DateTimeFormat, moment: Date): number {
  const parts = Object.fromEntries(formatter.formatToParts(moment).map((part) => [part.type, part.value]));
  const local = Date.UTC(
    Number(parts['year']),
    Number(parts['month']) - 1,
    Number(parts['day']),
    Number(parts['hour']),
    Number(parts['minute']),
  );
  return Math.round((local - moment.getTime()) / 60_000);
}

function formatterFor(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
  } catch {
    return undefined;
  }
}

/** Half months of the coming year: on a date in each, zones with equal offsets keep the same clock, summer time included. */
const year = Array.from({ length: 24 }, (_, half) => half);
/** Half a year apart. */
const twoSeasons = [0, 12];

/** UTC offsets on these dates. */
function clockOf(timeZone: string, now: Date, halfMonths: readonly number[]): number[] | undefined {
  const formatter = formatterFor(timeZone);
  if (!formatter) return undefined;
  return halfMonths.map((half) => {
    const moment = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1 + half * 15.25, 12));
    return offsetAt(formatter, moment);
  });
}

/** Minutes by which two clocks differ: at worst, and summed over the year. */
function distance(left: number[], right: number[]): { worst: number; sum: number } {
  const differences = left.map((offset, index) => Math.abs(offset - (right[index] ?? 0)));
  return { worst: Math.max(...differences), sum: differences.reduce((total, one) => total + one, 0) };
}

const found = new Map<string, string>();

/** Pacific time has no exact counterpart in the list; an hour off for half the year is the best available. */
const maxMinutesOff = 60;

/**
 * The allowed name with the clock of an IANA zone in the coming year: Europe/Amsterdam → Europe/Belgrade,
 * America/New_York → America/Detroit. Where none keeps the same clock, the nearest one that is never more than an hour
 * off (America/Los_Angeles → America/Dawson). Of equals, one on the same continent is preferred.
 */
export function allowedTimeZone(timeZone: string, now: Date): string {
  if ((allowedTimeZones as readonly string[]).includes(timeZone)) return timeZone;
  const cacheKey = `${timeZone} ${now.getUTCFullYear()}-${now.getUTCMonth()}`;
  const known = found.get(cacheKey);
  if (known) return known;

  const clock = clockOf(timeZone, now, year);
  if (clock === undefined) {
    throw new AppError(
      'VALIDATION_FAILED',
      `"${timeZone}" is not a time zone; use an IANA name such as "Europe/Amsterdam"`,
    );
  }
  const continent = timeZone.split('/')[0] ?? '';
  const seasons = twoSeasons.map((half) => clock[half] ?? 0);
  const candidates = allowedTimeZones
    // Most are too far off on two dates already: the whole year of all hundred takes 40 ms, in which no lead is sent.
    .filter((name) => distance(seasons, clockOf(name, now, twoSeasons) ?? []).worst <= maxMinutesOff)
    .map((name) => ({
      name,
      abroad: !name.startsWith(`${continent}/`),
      ...distance(clock, clockOf(name, now, year) ?? []),
    }))
    .filter((candidate) => candidate.worst <= maxMinutesOff)
    .sort((left, right) => left.sum - right.sum || Number(left.abroad) - Number(right.abroad));
  const match = candidates[0]?.name;
  if (match === undefined) {
    throw new AppError(
      'VALIDATION_FAILED',
      `Instantly has no time zone with the clock of "${timeZone}"; choose another one`,
    );
  }
  found.set(cacheKey, match);
  return match;
}
