// Time zones by name and offset.
import { useZone } from './moments.tsx';

/** "UTC+1" of a time zone today; the name alone where the browser does not know it. */
export function formatTimeZone(name: string, at = new Date()): string {
  try {
    const parts = new Intl.DateTimeFormat('en-GB', { timeZone: name, timeZoneName: 'shortOffset' })
      .formatToParts(at);
    const offset = parts.find((part) => part.type === 'timeZoneName')?.value.replace('GMT', 'UTC');
    return offset ? `${name.replaceAll('_', ' ')} (${offset})` : name;
  } catch {
    return name;
  }
}

// A browser lists a zone under the name that it had first; people look for what the place is called now. Postgres knows both.
const newNames: readonly string[] = [
  'Africa/Asmara',
  'America/Argentina/Buenos_Aires',
  'America/Argentina/Catamarca',
  'America/Argentina/Cordoba',
  'America/Argentina/Jujuy',
  'America/Argentina/Mendoza',
  'America/Atikokan',
  'America/Indiana/Indianapolis',
  'America/Kentucky/Louisville',
  'America/Nuuk',
  'Asia/Ho_Chi_Minh',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Yangon',
  'Atlantic/Faroe',
  'Europe/Kyiv',
  'Pacific/Chuuk',
  'Pacific/Kanton',
  'Pacific/Pohnpei',
];

function isKnown(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }) !== undefined;
  } catch {
    return false;
  }
}

/** Every zone under its old and its new name, for a list to choose from. */
export const timeZoneNames = (): string[] =>
  [...new Set([...Intl.supportedValuesOf('timeZone'), ...newNames.filter(isKnown)])].sort();

/** In which zone the moments of the page are. */
export function ZoneNote() {
  return <span>Times in {formatTimeZone(useZone())}</span>;
}
