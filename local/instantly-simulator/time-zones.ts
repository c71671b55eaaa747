/** The closed list of zone names a campaign schedule may use; common names such as UTC are not in it. */
export const timeZones: readonly string[] = [
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
  'Africa/Casablanca',
  'America/Danmarkshavn',
  'Europe/Isle_of_Man',
  'Atlantic/Canary',
  'Africa/Abidjan',
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
];

const hour = 3_600_000;
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
  let formatter = formatters.get(zone);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
    formatters.set(zone, formatter);
  }
  const start = quarter * (hour / 4);
  const part = new Map(formatter.formatToParts(start).map(({ type, value }) => [type, Number(value)]));
  const local = Date.UTC(
    part.get('year') ?? 1970,
    (part.get('month') ?? 1) - 1,
    part.get('day') ?? 1,
    part.get('hour') ?? 0,
    part.get('minute') ?? 0,
  );
  if (offsets.size > 50_000) offsets.clear();
  offsets.set(key, local - start);
  return local - start;
}
