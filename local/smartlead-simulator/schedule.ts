import { zoneOffset } from '../simulator/zone-offset.ts';
import { dayLength } from './dates.ts';
import type { Behaviour } from './options.ts';
import type { Campaign } from './types.ts';

const minute = 60_000;

const minutesOf = (clock: string): number => {
  const [hours, minutes] = clock.split(':');
  return Number(hours) * 60 + Number(minutes);
};

export interface SendingWindow {
  /** Local calendar day. */
  day: string;
  /** Part of the window that has passed at the end of this tick, from 0 to 1. */
  passed: number;
}

/** The window the campaign is in, if it may send at all. */
export function openWindow(
  campaign: Campaign,
  instant: number,
  tick: number,
  weekdays: Behaviour['weekdays'],
): SendingWindow | undefined {
  const { schedule, scheduleStart } = campaign;
  if (schedule === null || (scheduleStart !== null && instant < Date.parse(scheduleStart))) return undefined;
  const local = instant + zoneOffset(schedule.tz, instant);
  const sundayIsZero = new Date(local).getUTCDay();
  const weekday = weekdays === 'monday-is-1' && sundayIsZero === 0 ? 7 : sundayIsZero;
  if (!schedule.days.includes(weekday)) return undefined;
  const now = (local % dayLength) / minute;
  const from = minutesOf(schedule.startHour);
  const to = minutesOf(schedule.endHour);
  if (now < from || now >= to) return undefined;
  return {
    day: new Date(local).toISOString().slice(0, 10),
    passed: Math.min(1, (now + tick / minute - from) / (to - from)),
  };
}
