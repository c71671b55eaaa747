import { type SendingWindow, windowAt } from '../shared/sending-window.ts';
import { zoneOffset } from '../shared/zone-offset.ts';
import type { Campaign } from './types.ts';

/** The window the campaign is in, if it may send at all; days and hours are those of the schedule's own zone. */
export function openWindow(campaign: Campaign, instant: number, tick: number): SendingWindow | undefined {
  const { start_date: firstDay, end_date: lastDay, schedules } = campaign.campaign_schedule;
  for (const schedule of schedules) {
    const local = instant + zoneOffset(schedule.timezone, instant);
    if (schedule.days[String(new Date(local).getUTCDay())] !== true) continue;
    const window = windowAt(local, schedule.timing.from, schedule.timing.to, tick);
    if (window === undefined) continue;
    if (typeof firstDay === 'string' && window.day < firstDay) continue;
    if (typeof lastDay === 'string' && window.day > lastDay) continue;
    return window;
  }
  return undefined;
}
