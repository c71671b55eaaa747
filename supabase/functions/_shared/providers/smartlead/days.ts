import type { CampaignDay } from '../provider.ts';

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const dayLength = 86_400_000;

/** Days per call: few enough that a date without a year is unambiguous. */
export const maxDays = 30;

export function dayOf(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10);
}

/** The range in pieces of at most 30 days, both ends inclusive, YYYY-MM-DD. */
export function pieces(from: string, to: string): { from: string; to: string }[] {
  const list: { from: string; to: string }[] = [];
  const end = Date.parse(to);
  for (let start = Date.parse(from); start <= end; start += maxDays * dayLength) {
    list.push({ from: dayOf(start), to: dayOf(Math.min(end, start + (maxDays - 1) * dayLength)) });
  }
  return list;
}

/**
 * "20 Apr" has no year: it means the 20 April within the requested range, across New Year too. Undefined for a date outside
 * the range or in another format.
 */
export function dateInRange(text: string, from: string, to: string): string | undefined {
  const words = /^\s*(?:(\d{1,2})\s+([a-z]{3})|([a-z]{3})[a-z]*\s+(\d{1,2}))/i.exec(text);
  if (!words) return undefined;
  const day = Number(words[1] ?? words[4]);
  const month = months.indexOf((words[2] ?? words[3] ?? '').toLowerCase());
  for (let moment = Date.parse(from); moment <= Date.parse(to); moment += dayLength) {
    const date = new Date(moment);
    if (date.getUTCDate() === day && date.getUTCMonth() === month) return dayOf(moment);
  }
  return undefined;
}

/** Smartlead reports no clicks per day and no distinct leads; those columns keep what the webhooks show. */
export function readDay(
  day: string,
  metrics: { sent: number; opened: number; replied: number; bounced: number; unsubscribed: number },
): CampaignDay {
  return {
    day,
    sent: metrics.sent,
    contacted: 0,
    new_contacted: 0,
    opens: metrics.opened,
    opened: 0,
    clicks: 0,
    clicked: 0,
    replies: metrics.replied,
    replied: 0,
    auto_replies: 0,
    opportunities: 0,
    bounced: metrics.bounced,
    unsubscribed: metrics.unsubscribed,
  };
}
