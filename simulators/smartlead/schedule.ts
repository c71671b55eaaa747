import { type SendingWindow, windowAt } from '../shared/sending-window.ts';
import { zoneOffset } from '../shared/zone-offset.ts';
import type { Behaviour } from './options.ts';
import type { Campaign } from './types.ts';

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
  return windowAt(local, schedule.startHour, schedule.endHour, tick);
}
