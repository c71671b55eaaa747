import { mondayOf } from '../../data/range.ts';
import type { DayNumbers } from '../../data/stats.ts';

/** Beyond so many days a chart shows weeks. */
export const longestDaily = 100;

/** Days added up by week; the row is named after its Monday. */
export function toWeeks(days: readonly DayNumbers[]): DayNumbers[] {
  const weeks = new Map<string, DayNumbers>();
  for (const entry of days) {
    const monday = mondayOf(entry.day);
    const week = weeks.get(monday);
    weeks.set(monday, week ? add(week, entry) : { ...entry, day: monday });
  }
  return [...weeks.values()];
}

function add(week: DayNumbers, entry: DayNumbers): DayNumbers {
  const sums = { ...week };
  for (const name of Object.keys(sums) as (keyof DayNumbers)[]) {
    if (name !== 'day') sums[name] = week[name] + entry[name];
  }
  return sums;
}
