// When a conversation that is put off comes back: in the morning, by the clock of the page.
import { addDays, dayIn } from '../../../data/range.ts';
import { fromWallClock } from '../../../shared/wall-clock.ts';

export interface SnoozeTime {
  label: string;
  until: Date;
}

const morning = (day: string, zone: string): Date => fromWallClock(`${day}T09:00`, zone);

export function snoozeTimes(now: Date, zone: string): SnoozeTime[] {
  const today = dayIn(zone, now);
  const untilMonday = (8 - new Date(today).getUTCDay()) % 7 || 7;
  const later = (days: number) => morning(addDays(today, days), zone);
  return [
    { label: 'In three hours', until: new Date(now.getTime() + 3 * 3_600_000) },
    { label: 'Tomorrow morning', until: later(1) },
    { label: 'Next Monday', until: later(untilMonday) },
    { label: 'In a week', until: later(7) },
    { label: 'In a month', until: later(30) },
  ];
}

/** The morning of a day that was typed, or undefined where it is not in the future. */
export function morningOf(day: string, now: Date, zone: string): Date | undefined {
  if (Number.isNaN(Date.parse(day))) return undefined;
  const at = morning(day, zone);
  return at.getTime() > now.getTime() ? at : undefined;
}
