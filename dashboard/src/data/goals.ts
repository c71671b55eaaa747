// What a client is to reach in a month, and where the month ends.
import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod/mini';
import { read } from './failure.ts';
import { type Enums, type Filled, supabase } from './supabase.ts';

const readMonths = (months: { from_month?: string; to_month?: string; only_client?: string }) =>
  read(supabase().rpc('goals_between', months));

export type Goal = Filled<
  Awaited<ReturnType<typeof readMonths>>[number],
  'pace' | 'days_over' | 'days_left'
>;
export type GoalMetric = Enums['goal_metric'];

export const goalMetrics: readonly GoalMetric[] = ['contacted', 'positive_replies', 'meetings'];

export const goalNames: Record<GoalMetric, string> = {
  contacted: 'Leads contacted',
  positive_replies: 'Positive replies',
  meetings: 'Meetings',
};

/** The present month of a client, in its own time zone. */
export const goalsQuery = (clientId: string) =>
  queryOptions({
    queryKey: ['goals', clientId] as const,
    queryFn: async () => await readMonths({ only_client: clientId }) as Goal[],
    staleTime: 60_000,
  });

/** The six months before this one, the newest first. */
export const pastGoalsQuery = (clientId: string, month: string) => {
  const before = (months: number) => {
    const day = new Date(`${month}T00:00:00Z`);
    day.setUTCMonth(day.getUTCMonth() - months);
    return day.toISOString().slice(0, 10);
  };
  return queryOptions({
    queryKey: ['goals', clientId, 'before', month] as const,
    queryFn: async () => {
      const rows = await readMonths({ only_client: clientId, from_month: before(6), to_month: before(1) });
      return (rows as Goal[]).toReversed();
    },
    staleTime: 300_000,
  });
};

/** The present month of all clients that have goals, by client; for operators. */
export const allGoalsQuery = queryOptions({
  queryKey: ['goals', 'all'] as const,
  queryFn: async () => Map.groupBy(await readMonths({}) as Goal[], ({ client_id }) => client_id),
  staleTime: 60_000,
});

const goals = z.record(z.string(), z.nullable(z.number()));

export async function setGoals(clientId: string, wanted: Record<GoalMetric, number | null>): Promise<void> {
  goals.parse(await read(supabase().rpc('set_client_goals', { target_client_id: clientId, goals: wanted })));
}

/** "14 of 20, on pace for 19". */
export function goalText({ goal, reached, pace, state }: Goal): string {
  const count = new Intl.NumberFormat('en');
  const so = `${count.format(reached)} of ${count.format(goal)}`;
  if (state === 'reached') return `${so}, reached`;
  if (state === 'missed') return `${so}, missed`;
  return pace === null ? `${so}, too early for a pace` : `${so}, on pace for ${count.format(pace)}`;
}
