import { useQuery } from '@tanstack/react-query';
import { describeFailure, Failure } from '../../data/failure.ts';
import { jobKinds, startedJobsQuery } from '../../data/jobs.ts';
import { formatCount, formatDuration, nothing } from '../../shared/format.ts';
import { Moment } from '../../shared/moments.tsx';
import { FailureCard, StateCard } from '../../shared/StateCard.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { explainResult, jobStates } from './job-text.ts';

/** Everything that is known about one job. */
export function JobDialog({ jobId, onClose }: { jobId: string; onClose: () => void }) {
  const jobs = useQuery(startedJobsQuery([jobId]));
  const job = jobs.data?.[0];
  const result = explainResult(job?.result);
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={job ? jobKinds[job.kind] : 'Job'}
      description={job
        ? [job.connection_name, job.client_name, job.campaign_name].filter(Boolean).join(' · ')
        : undefined}
    >
      {jobs.isPending && <Skeleton className='h-24' />}
      {jobs.error && <FailureCard error={jobs.error} onRetry={() => void jobs.refetch()} className='py-4' />}
      {jobs.data && !job && (
        <StateCard
          kind='empty'
          title='Job not found'
          advice='Jobs are kept for 30 days.'
          className='py-6'
        />
      )}
      {job && (
        <>
          <dl className='grid gap-1.5 text-sm'>
            <Line label='State'>
              <Badge tone={jobStates[job.status].tone}>{jobStates[job.status].label}</Badge>
            </Line>
            <Line label='Started'>
              <Moment at={job.created_at} />
            </Line>
            <Line label='Duration'>{formatDuration(job.duration_seconds)}</Line>
            <Line label='Started by'>{job.requested_by_name ?? 'Schedule or script'}</Line>
            <Line label='Done'>
              {job.total === null ? nothing : `${formatCount(job.done)} of ${formatCount(job.total)}`}
            </Line>
            <Line label='Worker runs'>{formatCount(job.attempts)}</Line>
            {result.counts.map(({ label, count }) => (
              <Line key={label} label={label}>{formatCount(count)}</Line>
            ))}
          </dl>
          {job.error_code && <JobError code={job.error_code} message={job.error_message ?? ''} />}
          {result.errors.length > 0 && (
            <section className='grid gap-2' aria-label='Errors'>
              <h3 className='text-sm font-medium'>What failed</h3>
              <ul className='grid gap-1.5 text-sm'>
                {result.errors.map((error, index) => (
                  <li key={index} className='rounded-lg bg-bad-wash px-3 py-2 text-bad'>
                    {error.message} <span className='text-xs'>({error.where}, {error.code})</span>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </>
      )}
    </Dialog>
  );
}

function Line({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className='flex justify-between gap-4 border-t border-line pt-1.5'>
      <dt className='text-ink-soft'>{label}</dt>
      <dd className='text-right font-medium'>{children}</dd>
    </div>
  );
}

function JobError({ code, message }: { code: string; message: string }) {
  const { title, advice } = describeFailure(new Failure(code, message));
  return (
    <div role='alert' className='grid gap-1 rounded-lg bg-bad-wash px-3 py-2 text-sm text-bad'>
      <p className='font-medium'>{title}</p>
      <p>{advice}</p>
      <p className='text-xs'>{message} ({code})</p>
    </div>
  );
}
