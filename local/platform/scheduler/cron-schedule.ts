// The schedules of pg_cron: five fields in GMT, or `N seconds`. `cron.schedule_is_valid` has refused wrong ones.

export type Schedule =
  | { kind: 'seconds'; seconds: number }
  | { kind: 'minutes'; matches: (time: Date) => boolean };

const shortcuts: Record<string, string> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
};
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

export function parseSchedule(text: string): Schedule {
  const trimmed = text.trim().toLowerCase();
  const interval = /^(\d+)\s+seconds?$/.exec(trimmed);
  if (interval) return { kind: 'seconds', seconds: Number(interval[1]) };

  const [minute, hour, day, month, weekday] = (shortcuts[trimmed] ?? trimmed).split(/[ \t]+/);
  if (!minute || !hour || !day || !month || !weekday) throw new Error(`Invalid schedule: ${text}`);
  const minutes = parseField(minute, 0, 59, []);
  const hours = parseField(hour, 0, 23, []);
  const lastDay = day === '$';
  const days = lastDay ? new Set<number>() : parseField(day, 1, 31, []);
  const wantedMonths = parseField(month, 1, 12, months);
  const wantedWeekdays = parseField(weekday, 0, 7, weekdays);
  if (wantedWeekdays.has(7)) wantedWeekdays.add(0);
  // As in every cron: with both day fields restricted, either one is enough.
  const bothRestricted = !day.startsWith('*') && !weekday.startsWith('*');

  return {
    kind: 'minutes',
    matches: (time) => {
      const dayMatches = lastDay ? isLastDayOfMonth(time) : days.has(time.getUTCDate());
      const weekdayMatches = wantedWeekdays.has(time.getUTCDay());
      return minutes.has(time.getUTCMinutes()) && hours.has(time.getUTCHours()) &&
        wantedMonths.has(time.getUTCMonth() + 1) &&
        (bothRestricted ? dayMatches || weekdayMatches : dayMatches && weekdayMatches);
    },
  };
}

function parseField(field: string, lowest: number, highest: number, names: string[]): Set<number> {
  const values = new Set<number>();
  const valueOf = (text: string) => names.includes(text) ? names.indexOf(text) + lowest : Number(text);
  for (const item of field.split(',')) {
    const [range = '', step = '1'] = item.split('/');
    const [first = '', last = first] = range.split('-');
    const from = range === '*' ? lowest : valueOf(first);
    const to = range === '*' ? highest : valueOf(last);
    for (let value = from; value <= to; value += Number(step)) values.add(value);
  }
  return values;
}

function isLastDayOfMonth(time: Date): boolean {
  return new Date(time.getTime() + 86_400_000).getUTCDate() === 1;
}
