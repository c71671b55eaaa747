// Syncs, exports and other jobs, for operators.
import { queryOptions } from '@tanstack/react-query';
import { read } from './failure.ts';
import { cut, type PageRequest, where } from './paging.ts';
import { type Enums, type Filled, supabase, type Views } from './supabase.ts';

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
  replay: 'Delivery-log replay',
  verdicts: 'Verdict push',
  removal: 'Deletion of a client',
  erase: 'Erasure of a person',
};

export async function readJobs(
  filter: {
    clientId: string | undefined;
    connectionId: string | undefined;
    kind: Enums['job_kind'] | undefined;
    statuses: readonly Enums['job_status'][];
  },
  page: PageRequest,
): Promise<JobRow[]> {
  let request = where(supabase().from('operator_jobs').select('*'), {
    client_id: filter.clientId,
    connection_id: filter.connectionId,
    kind: filter.kind,
  });
  if (filter.statuses.length > 0) request = request.in('status', [...filter.statuses]);
  return await read(cut(request, page, 'job_id')) as JobRow[];
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
