// The operators' home: every client in a period, and the first steps of a new agency.
import { queryOptions } from '@tanstack/react-query';
import { read } from './failure.ts';
import { addDays, type ChosenRange, dayIn, daysIn, type Period } from './range.ts';
import { type DayNumbers, maxRangeDays, minimumSample, rate } from './stats.ts';
import { supabase } from './supabase.ts';

type Row = Awaited<ReturnType<typeof readRows>>[number];

const readRows = (period: Period) =>
  read(supabase().rpc('home_between', { from_day: period.from, to_day: period.to }));

export type Behind = 'not_sending' | 'no_campaign' | 'fewer_sent' | 'fewer_positive';

export type HomeClient =
  & Omit<Row, 'behind' | 'oldest_unanswered_at' | 'last_positive_at' | 'reply_rate' | 'positive_rate'>
  & {
    behind: Behind | null;
    oldest_unanswered_at: string | null;
    last_positive_at: string | null;
    reply_rate: number | null;
    positive_rate: number | null;
  };

export interface HomeTotals {
  sent: number;
  contacted: number;
  replied: number;
  positive: number;
  meetings: number;
  positive_rate: number | null;
  enough_signal: boolean;
}

export interface Home {
  clients: HomeClient[];
  current: HomeTotals;
  /** Null: nothing to compare with. */
  previous: HomeTotals | null;
  days: Pick<DayNumbers, 'day' | 'sent' | 'replied' | 'positive'>[];
  unit: 'day' | 'week';
}

/** The days that are asked for; of all time the newest three years. */
export function homePeriod(range: ChosenRange, now = new Date()): Period {
  const today = dayIn(range.timeZone, now);
  return range.period ?? { from: addDays(today, 1 - maxRangeDays), to: today };
}

export const homeQuery = (range: ChosenRange) =>
  queryOptions({
    queryKey: ['home', range.period, range.previous, range.timeZone],
    queryFn: async (): Promise<Home> => {
      const period = homePeriod(range);
      return addUp(await readRows(period) as HomeClient[], period, range.previous !== null);
    },
    placeholderData: (last) => last,
  });

type Count = 'sent' | 'contacted' | 'replied' | 'positive' | 'meetings';

/** One number per point of the period, zeros included. */
export function seriesOf(
  client: HomeClient,
  name: 'sent' | 'replied' | 'positive',
  length: number,
): number[] {
  const values = client[`${name}_series`];
  const series = Array.from({ length }, () => 0);
  client.points.forEach((point, index) => {
    if (point < length) series[point] = values[index] ?? 0;
  });
  return series;
}

export const pointsIn = (period: Period, daysPerPoint: number): number =>
  Math.ceil(daysIn(period) / daysPerPoint);

/** All clients together. */
export function addUp(clients: HomeClient[], period: Period, isCompared: boolean): Home {
  const step = clients[0]?.days_per_point ?? 1;
  const length = pointsIn(period, step);
  const days = Array.from({ length }, (_, point) => ({
    day: addDays(period.from, point * step),
    sent: 0,
    replied: 0,
    positive: 0,
  }));
  for (const client of clients) {
    client.points.forEach((point, index) => {
      const day = days[point];
      if (!day) return;
      day.sent += client.sent_series[index] ?? 0;
      day.replied += client.replied_series[index] ?? 0;
      day.positive += client.positive_series[index] ?? 0;
    });
  }
  const totals = (of: (client: HomeClient, name: Count) => number): HomeTotals => {
    const sum = (name: Count) => clients.reduce((total, client) => total + of(client, name), 0);
    const contacted = sum('contacted');
    const positive = sum('positive');
    return {
      sent: sum('sent'),
      contacted,
      replied: sum('replied'),
      positive,
      meetings: sum('meetings'),
      positive_rate: rate(positive, contacted),
      enough_signal: contacted >= minimumSample,
    };
  };
  return {
    clients,
    current: totals((client, name) => client[name]),
    previous: isCompared ? totals((client, name) => client[`${name}_before`]) : null,
    days,
    unit: step === 1 ? 'day' : 'week',
  };
}

export type ChecklistStep = 'agency' | 'connection' | 'client' | 'campaign' | 'leads' | 'export' | 'webhook';

/** Ticked by what is in the database. */
export const checklistQuery = queryOptions({
  queryKey: ['checklist'],
  queryFn: async () => {
    const rows = await read(supabase().from('operator_checklist').select('*').order('place'));
    return {
      isHidden: rows.some((row) => row.hidden === true),
      steps: rows.map((row) => ({
        step: row.step as ChecklistStep,
        clientId: row.client_id,
        isDone: row.done === true,
      })),
    };
  },
});

export async function hideChecklist(): Promise<void> {
  await read(supabase().rpc('hide_checklist', { hidden: true }));
}
