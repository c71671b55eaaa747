// The numbers of a period, of a client or of one of its campaigns. The only file that knows where they come from.
//
// A period asks stats_between, in which a person counts once, on the day of the first time; so days add up to periods.
// "All time" asks the views of the whole life. docs/metrics.md, "Ranges of days".
import { queryOptions } from '@tanstack/react-query';
import { read } from './failure.ts';
import { addDays, type ChosenRange, dayIn, type Period } from './range.ts';
import { supabase } from './supabase.ts';

export interface DayNumbers {
  day: string;
  sent: number;
  contacted: number;
  opened: number;
  clicked: number;
  replied: number;
  bounced: number;
  unsubscribed: number;
  auto_replies: number;
  positive: number;
  meetings: number;
  /** Set where a part is known from the provider only, which cuts its days in this zone. */
  provider_zone?: string | null;
}

type Count = Exclude<keyof DayNumbers, 'day' | 'provider_zone'>;

export const counts: readonly Count[] = [
  'sent',
  'contacted',
  'opened',
  'clicked',
  'replied',
  'bounced',
  'unsubscribed',
  'auto_replies',
  'positive',
  'meetings',
];

export interface Stats extends Record<Count, number> {
  open_rate: number | null;
  reply_rate: number | null;
  click_rate: number | null;
  bounce_rate: number | null;
  positive_rate: number | null;
  enough_signal: boolean;
}

export interface RangeStats {
  client_name: string;
  current: Stats;
  /** Null: nothing to compare with (all time, or comparison off). */
  previous: Stats | null;
  /** Every day of the period, also those on which nothing happened. */
  days: DayNumbers[];
  as_of: string | null;
  age_seconds: number | null;
}

/** Below this many contacted leads a rate is not shown: private.minimum_sample() of the database. */
export const minimumSample = 100;

/** The most days that stats_between accepts; of a longer life the newest are drawn. */
export const maxRangeDays = 3 * 365;

/** Whose numbers: a client's, or those of one of its campaigns. */
export interface Subject {
  clientId: string;
  campaignId?: string;
}

export const rangeStatsQuery = (subject: Subject, range: ChosenRange) =>
  queryOptions({
    queryKey: ['range-stats', subject, range.period, range.previous, range.timeZone],
    queryFn: () =>
      range.period
        ? readPeriod(subject, range.period, range.previous)
        : readWholeLife(subject, dayIn(range.timeZone, new Date())),
    // Of the same subject the last numbers stay, dimmed, until the new ones are there: nothing jumps, and the press is
    // answered at once.
    placeholderData: (last, lastQuery) => isSame(lastQuery?.queryKey[1], subject) ? last : undefined,
  });

const isSame = (one: unknown, other: Subject): boolean => JSON.stringify(one) === JSON.stringify(other);

async function readPeriod(subject: Subject, period: Period, previous: Period | null): Promise<RangeStats> {
  const [current, before, days] = await Promise.all([
    readStats(subject, period),
    previous ? readStats(subject, previous) : null,
    readDays(subject, period),
  ]);
  const { client_name, as_of, age_seconds, ...numbers } = current;
  return { client_name, as_of, age_seconds, current: numbers, previous: before, days };
}

async function readWholeLife(subject: Subject, today: string): Promise<RangeStats> {
  const [life, first] = await Promise.all([readLife(subject), readFirstDay(subject)]);
  const earliest = addDays(today, 1 - maxRangeDays);
  const from = first === null || first > today ? today : first < earliest ? earliest : first;
  const days = await readDays(subject, { from, to: today });
  // West of UTC the first day may be the one before, and be the only one of the two.
  if (days.length > 1 && !counts.some((name) => days[0]![name] !== 0)) days.shift();
  // The views of the whole life count no meetings; its days do.
  const meetings = days.reduce((sum, entry) => sum + entry.meetings, 0);
  const { client_name, as_of, age_seconds, ...numbers } = life;
  return { client_name, as_of, age_seconds, current: { ...numbers, meetings }, previous: null, days };
}

type Answer = Stats & Pick<RangeStats, 'client_name' | 'as_of' | 'age_seconds'>;

const own = ({ clientId, campaignId }: Subject) => ({
  only_client: clientId,
  ...(campaignId ? { only_campaign: campaignId } : {}),
});

async function readStats(subject: Subject, { from, to }: Period): Promise<Answer> {
  return await read(
    supabase().rpc('stats_between', { from_day: from, to_day: to, ...own(subject) }).single(),
  ) as Answer;
}

async function readDays(subject: Subject, { from, to }: Period): Promise<DayNumbers[]> {
  const ask = (first: string, last: string) =>
    read(supabase().rpc('daily_stats_between', { from_day: first, to_day: last, ...own(subject) }));
  // An answer holds a thousand rows; a longer period comes in two.
  const middle = addDays(from, 999);
  if (middle >= to) return await ask(from, to);
  return (await Promise.all([ask(from, middle), ask(addDays(middle, 1), to)])).flat();
}

async function readLife({ clientId, campaignId }: Subject): Promise<Omit<Answer, 'meetings'>> {
  if (!campaignId) {
    return await read(
      supabase().from('client_overview').select('*').eq('client_id', clientId).single(),
    ) as Omit<Answer, 'meetings'>;
  }
  const row = await read(
    supabase().from('client_campaigns').select('*').eq('campaign_id', campaignId).single(),
  );
  return { ...row, client_name: '' } as Omit<Answer, 'meetings'>;
}

/** A day before the first UTC day that either source reports, because the client's may be; null = nothing yet. */
async function readFirstDay({ clientId, campaignId }: Subject): Promise<string | null> {
  const ask = async (source: 'campaign_analytics' | 'campaign_activity') => {
    const all = supabase().from(source).select('day').order('day').limit(1);
    const rows = await read(
      campaignId ? all.eq('campaign_id', campaignId) : all.eq('client_id', clientId),
    );
    return rows[0]?.day;
  };
  const days = await Promise.all([ask('campaign_analytics'), ask('campaign_activity')]);
  const first = days.filter((day) => day !== undefined).sort()[0];
  return first === undefined ? null : addDays(first, -1);
}

/**
 * The rate of the days up to and including each day: of a week, or of as many days as it takes to have enough data. A day
 * without enough data before it has none.
 */
export function rollingRate(days: readonly DayNumbers[], part: Count, whole: Count, length = 7): number[] {
  // Of a short period, of which every stretch would be nearly all.
  const stretch = Math.min(length, Math.max(1, Math.ceil(days.length / 3)));
  const until = (name: Count) => {
    let total = 0;
    return [0, ...days.map((entry) => total += entry[name])];
  };
  const parts = until(part);
  const wholes = until(whole);
  const rates: number[] = [];
  for (let end = stretch; end <= days.length; end += 1) {
    let start = end - stretch;
    while (start > 0 && wholes[end]! - wholes[start]! < minimumSample) start -= 1;
    const over = wholes[end]! - wholes[start]!;
    if (over >= minimumSample) rates.push(rate(parts[end]! - parts[start]!, over)!);
  }
  return rates;
}

export function rate(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000;
}
