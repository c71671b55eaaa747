import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import { startSync } from '../../../data/connections.ts';
import { hasEnded, type JobRow, startedJobsQuery } from '../../../data/jobs.ts';
import { formatCount, formatDuration, plural } from '../../../shared/format.ts';
import { Button } from '../../../ui/button.tsx';
import { countsText, explainResult } from '../../operations/job-text.ts';
import { ActionStatus, KeyFailure } from './ActionStatus.tsx';

/** Starts a sync and shows how far it is. It continues when the page is left. */
export function SyncNow({ connectionId }: { connectionId: string }) {
  const queryClient = useQueryClient();
  const [jobIds, setJobIds] = useState<readonly string[]>([]);
  const start = useMutation({
    mutationFn: () => startSync(connectionId),
    onSuccess: (ids) => setJobIds(ids),
  });
  const jobs = useQuery(startedJobsQuery(jobIds));
  const job = jobs.data?.[0];
  const isOver = job !== undefined && hasEnded(job);
  useEffect(() => {
    if (isOver) void queryClient.invalidateQueries();
  }, [isOver, queryClient]);
  const isRunning = start.isPending || (jobIds.length > 0 && !isOver);
  return (
    <>
      <Button disabled={isRunning} onClick={() => start.mutate()}>
        <RefreshCw aria-hidden className={isRunning ? 'animate-spin' : undefined} />
        {isRunning ? 'Syncing …' : 'Sync now'}
      </Button>
      <div aria-live='polite' className='order-last min-w-0 basis-full text-sm'>
        {start.error
          ? <KeyFailure error={start.error} />
          : isRunning
          ? <span className='text-ink-soft'>{progressText(job)}</span>
          : job && isOver
          ? <Outcome job={job} />
          : <span className='text-ink-soft'>Syncs automatically every hour.</span>}
      </div>
    </>
  );
}

export function progressText(job: Pick<JobRow, 'done' | 'total'> | undefined): string {
  if (!job || job.total === null || job.total === 0) return 'Syncing the workspace …';
  return `Synced ${formatCount(job.done)} of ${formatCount(job.total)} campaigns`;
}

function Outcome({ job }: { job: JobRow }) {
  const { counts, errors } = explainResult(job.result);
  if (job.status === 'failed') {
    return (
      <ActionStatus tone='bad' title='The sync failed'>{job.error_message} ({job.error_code})</ActionStatus>
    );
  }
  if (job.status === 'partial') {
    return (
      <ActionStatus tone='warm' title={`Partly synced: ${plural(errors.length, 'error')}`}>
        {errors[0]?.message ?? job.error_message}
      </ActionStatus>
    );
  }
  return (
    <ActionStatus tone='good' title={`Synced in ${formatDuration(job.duration_seconds)}`}>
      {countsText(counts)}
    </ActionStatus>
  );
}
