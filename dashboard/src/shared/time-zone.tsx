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

/** In which zone the moments of the page are. */
export function ZoneNote() {
  return <span>Times in {formatTimeZone(useZone())}</span>;
}
