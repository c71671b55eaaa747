// What an operator should look at first.
import { queryOptions } from '@tanstack/react-query';
import { type AnsweredApproval, readAnsweredApprovals } from './approvals.ts';
import { read } from './failure.ts';
import { supabase } from './supabase.ts';

export interface Attention {
  openAlerts: number;
  unmapped: number;
  heldEvents: number;
  deadLetters: number;
  failingJobs: number;
  unhealthy: number;
  down: number;
  /** Names of connections that a person of their client paused or removed. */
  stopped: string[];
  /** What clients answered, and what waits for the agency now. */
  answered: AnsweredApproval[];
}

/** The reasons as operator_health gives them. */
const stopReasons = ['The client paused this connection', 'The client removed this connection'];

export const attentionQuery = queryOptions({
  queryKey: ['attention'],
  queryFn: async (): Promise<Attention> => {
    const [alerts, unmapped, dead, health, answered] = await Promise.all([
      count(
        supabase().from('alerts').select('id', { count: 'exact', head: true }).is('closed_at', null)
          .is('acknowledged_at', null),
      ),
      read(supabase().from('unmapped_campaigns').select('held_events').limit(1_000)),
      count(
        supabase().from('dead_letters').select('id', { count: 'exact', head: true }).is('dismissed_at', null),
      ),
      read(
        supabase().from('operator_health').select('connection_name, health, reason, failing_jobs').limit(
          1_000,
        ),
      ),
      readAnsweredApprovals(),
    ]);
    return {
      openAlerts: alerts,
      unmapped: unmapped.length,
      heldEvents: unmapped.reduce((sum, row) => sum + (row.held_events ?? 0), 0),
      deadLetters: dead,
      failingJobs: health.reduce((sum, row) => sum + (row.failing_jobs ?? 0), 0),
      unhealthy: health.filter((row) => row.health === 'degraded' || row.health === 'down').length,
      down: health.filter((row) => row.health === 'down').length,
      stopped: health.filter(({ reason }) => reason !== null && stopReasons.includes(reason)).map((row) =>
        row.connection_name ?? ''
      ),
      answered,
    };
  },
});

async function count(
  request: PromiseLike<
    {
      count: number | null;
      data: unknown;
      error: { code: string; message: string; details?: unknown } | null;
      status: number;
    }
  >,
): Promise<number> {
  const answer = await request;
  await read(Promise.resolve(answer));
  return answer.count ?? 0;
}
