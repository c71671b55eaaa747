import { zoneOffset } from '../simulator/zone-offset.ts';
import type { Campaign } from './types.ts';

const day = 86_400_000;
const minute = 60_000;

const minutesOf = (clock: string): number => {
  const [hours, minutes] = clock.split(':');
  return Number(hours) * 60 + Number(minutes);
};

export interface SendingWindow {
  /** Local calendar day, the day the campaign's daily limit belongs to. */
  day: string;
  /** Part of the window that has passed at the end of this tick, from 0 to 1. */
  passed: number;
}

/** The window the campaign is in, if it may send at all; days and hours are those of the schedule's own zone. */
export function openWindow(campaign: Campaign, instant: number, tick: number): SendingWindow | undefined {
  const { start_date: firstDay, end_date: lastDay, schedules } = campaign.campaign_schedule;
  for (const schedule of schedules) {
    const local = instant + zoneOffset(schedule.timezone, instant);
    const localDay = new Date(local).toISOString().slice(0, 10);
    if (typeof firstDay === 'string' && localDay < firstDay) continue;
    if (typeof lastDay === 'string' && localDay > lastDay) continue;
    if (schedule.days[String(new Date(local).getUTCDay())] !== true) continue;
    const now = (local % day) / minute;
    const from = minutesOf(schedule.timing.from);
    const to = minutesOf(schedule.timing.to);
    if (now < from || now >= to) continue;
    return { day: localDay, passed: Math.min(1, (now + tick / minute - from) / (to - from)) };
  }
  return undefined;
}
