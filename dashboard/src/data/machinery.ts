// The machinery behind the numbers, for operators: connections, jobs, alerts, mailboxes, who did what, calls to providers.
import { queryOptions } from '@tanstack/react-query';
import { read } from './failure.ts';
import { anywhere, cut, type PageWish, readList } from './paging.ts';
import { type Enums, type Filled, supabase, type Tables, type Views } from './supabase.ts';

export type HealthRow = Filled<
  Views['operator_health']['Row'],
  | 'client_id'
  | 'client_name'
  | 'last_webhook_at'
  | 'last_sync_at'
  | 'sync_age_seconds'
  | 'oldest_waiting_seconds'
  | 'webhook_state'
  | 'webhook_checked_at'
  | 'reason'
>;

export const healthQuery = queryOptions({
  queryKey: ['operator-health'],
  queryFn: async () =>
    await readList(
      async (wish) =>
        await read(cut(supabase().from('operator_health').select('*'), wish, 'connection_id')) as HealthRow[],
      { id: 'connection_name', desc: false },
    ),
});

export type JobRow = Filled<
  Views['operator_jobs']['Row'],
  | 'client_id'
  | 'client_name'
  | 'campaign_id'
  | 'campaign_name'
  | 'total'
  | 'result'
  | 'error_code'
  | 'error_message'
  | 'started_at'
  | 'finished_at'
  | 'duration_seconds'
  | 'requested_by'
  | 'requested_by_name'
>;

export const jobKinds: Record<Enums['job_kind'], string> = {
  sync: 'Sync',
  export: 'Export',
  replay: 'Replay of the log',
  verdicts: 'Verdicts told',
};

export async function readJobs(
  filter: {
    clientId: string | undefined;
    connectionId: string | undefined;
    kind: Enums['job_kind'] | undefined;
    statuses: readonly Enums['job_status'][];
  },
  wish: PageWish,
): Promise<JobRow[]> {
  let request = supabase().from('operator_jobs').select('*');
  if (filter.clientId) request = request.eq('client_id', filter.clientId);
  if (filter.connectionId) request = request.eq('connection_id', filter.connectionId);
  if (filter.kind) request = request.eq('kind', filter.kind);
  if (filter.statuses.length > 0) request = request.in('status', [...filter.statuses]);
  return await read(cut(request, wish, 'job_id')) as JobRow[];
}

/** Jobs that this page started, until they have ended. */
export const startedJobsQuery = (jobIds: readonly string[]) =>
  queryOptions({
    queryKey: ['started-jobs', jobIds],
    queryFn: async () =>
      await read(supabase().from('operator_jobs').select('*').in('job_id', [...jobIds])) as JobRow[],
    enabled: jobIds.length > 0,
    refetchInterval: (query) => query.state.data?.every(hasEnded) ? false : 700,
  });

export const hasEnded = (job: { status: Enums['job_status'] }): boolean =>
  !['queued', 'running', 'paused'].includes(job.status);

export type AlertRow = Filled<
  Views['alerts']['Row'],
  | 'client_id'
  | 'client_name'
  | 'connection_id'
  | 'connection_name'
  | 'text'
  | 'closed_at'
  | 'delivery_error'
  | 'sent_at'
  | 'acknowledged_at'
  | 'acknowledged_by_name'
  | 'acknowledged_note'
>;

/** Open alerts are those that nobody has seen yet; acknowledged ones stay open until they are over. */
export const alertStates = ['acknowledged', 'closed', 'all'] as const;
export type AlertState = typeof alertStates[number] | 'open';

/** Says that somebody has seen an open alert, or takes that back. */
export async function acknowledgeAlert(wish: { id: string; note: string; undo?: boolean }): Promise<number> {
  return await read(
    supabase().rpc('acknowledge_alerts', {
      ids: [wish.id],
      ...(wish.note.trim() ? { note: wish.note } : {}),
      ...(wish.undo ? { undo: true } : {}),
    }),
  );
}

export async function readAlerts(
  filter: { clientId: string | undefined; connectionId: string | undefined; state: AlertState },
  wish: PageWish,
): Promise<AlertRow[]> {
  let request = supabase().from('alerts').select('*');
  if (filter.clientId) request = request.eq('client_id', filter.clientId);
  if (filter.connectionId) request = request.eq('connection_id', filter.connectionId);
  if (filter.state === 'open') request = request.is('closed_at', null).is('acknowledged_at', null);
  if (filter.state === 'acknowledged') {
    request = request.is('closed_at', null).not('acknowledged_at', 'is', null);
  }
  if (filter.state === 'closed') request = request.not('closed_at', 'is', null);
  return await read(cut(request, wish, 'id')) as AlertRow[];
}

export type AccountRow = Filled<
  Views['operator_email_accounts']['Row'],
  | 'client_id'
  | 'client_name'
  | 'daily_limit'
  | 'sent_today'
  | 'sent'
  | 'bounced'
  | 'replied'
  | 'provider_kind'
  | 'status_reason'
  | 'bounce_rate'
  | 'warmup_score'
  | 'warmup_sent'
  | 'warmup_spam_rate'
  | 'warmup_status'
>;

export async function readAccounts(
  filter: {
    clientId: string | undefined;
    connectionId: string | undefined;
    status: Enums['email_account_status'] | 'bouncing' | undefined;
    email: string | undefined;
  },
  wish: PageWish,
): Promise<AccountRow[]> {
  let request = supabase().from('operator_email_accounts').select('*');
  if (filter.clientId) request = request.eq('client_id', filter.clientId);
  if (filter.connectionId) request = request.eq('connection_id', filter.connectionId);
  if (filter.status === 'bouncing') request = request.is('is_bouncing', true);
  else if (filter.status) request = request.eq('status', filter.status);
  if (filter.email) request = request.ilike('email', anywhere(filter.email));
  return await read(cut(request, wish, 'account_id')) as AccountRow[];
}

export type AuditRow = Tables['audit_log']['Row'];

export async function readAudit(
  filter: { clientId: string | undefined; action: string | undefined },
  wish: PageWish,
): Promise<AuditRow[]> {
  let request = supabase().from('audit_log').select('*');
  if (filter.clientId) request = request.eq('client_id', filter.clientId);
  if (filter.action) request = request.eq('action', filter.action);
  return await read(cut(request, wish, 'id'));
}

export type CallRow = Tables['provider_api_calls']['Row'];

export async function readCalls(
  filter: { clientId: string | undefined; connectionId: string | undefined; onlyFailed: boolean },
  wish: PageWish,
): Promise<CallRow[]> {
  let request = supabase().from('provider_api_calls').select('*');
  if (filter.clientId) request = request.eq('client_id', filter.clientId);
  if (filter.connectionId) request = request.eq('connection_id', filter.connectionId);
  if (filter.onlyFailed) request = request.not('error_kind', 'is', null);
  return await read(cut(request, wish, 'id'));
}

export interface Attention {
  openAlerts: number;
  unmapped: number;
  heldEvents: number;
  deadLetters: number;
  failingJobs: number;
  unwell: number;
  down: number;
  /** Names of connections that a person of their client paused or removed. */
  stopped: string[];
}

/** As operator_health says it. */
const stopReasons = ['The client paused this connection', 'The client removed this connection'];

/** What an operator should look at first. */
export const attentionQuery = queryOptions({
  queryKey: ['attention'],
  queryFn: async (): Promise<Attention> => {
    const [alerts, unmapped, dead, health] = await Promise.all([
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
    ]);
    return {
      openAlerts: alerts,
      unmapped: unmapped.length,
      heldEvents: unmapped.reduce((sum, row) => sum + (row.held_events ?? 0), 0),
      deadLetters: dead,
      failingJobs: health.reduce((sum, row) => sum + (row.failing_jobs ?? 0), 0),
      unwell: health.filter((row) => row.health === 'degraded' || row.health === 'down').length,
      down: health.filter((row) => row.health === 'down').length,
      stopped: health.filter(({ reason }) => reason !== null && stopReasons.includes(reason)).map((row) =>
        row.connection_name ?? ''
      ),
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
