import type { CampaignRow } from '../../../data/campaigns.ts';
import type { ExportRow } from '../../../data/exports.ts';
import { isOpen } from '../../../data/exports.ts';
import { describeFailure, Failure } from '../../../data/failure.ts';
import { useSession } from '../../../data/session.ts';
import { formatCount, formatDuration, plural } from '../../../shared/format.ts';
import { Moment } from '../../../shared/moments.tsx';
import { StateCard } from '../../../shared/StateCard.tsx';
import { Button } from '../../../ui/button.tsx';
import { cn } from '../../../ui/class-names.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { exportProgress } from './export-state.ts';
import { reasonSentences } from './reasons.ts';

/** How far an export is, and how it ended. Closing the dialog stops nothing. */
export function ExportProgress({ row, campaign, isLoaded, onClose, onRetry, onReceipts, onCampaign }: {
  campaign: CampaignRow;
  row: ExportRow | undefined;
  isLoaded: boolean;
  onClose: () => void;
  onRetry: () => void;
  onReceipts: () => void;
  /** Leads to the campaign's numbers. */
  onCampaign: () => void;
}) {
  const isRunning = row !== undefined && isOpen(row);
  const hasFailed = row?.status === 'failed' || row?.status === 'partial';
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={!row
        ? 'Export'
        : isRunning
        ? 'Exporting leads'
        : hasFailed
        ? 'The export did not finish'
        : 'Export completed'}
      description={isRunning ? 'You can close this or leave the page. The export continues.' : undefined}
      footer={row && (
        <>
          {!isRunning && <Button onClick={onReceipts}>Show receipts</Button>}
          {hasFailed && <Button variant='primary' onClick={onRetry}>Try again</Button>}
          {!hasFailed && !isRunning && (
            <Button variant='primary' onClick={onCampaign}>Go to the campaign</Button>
          )}
          {isRunning && <Button onClick={onClose}>Close</Button>}
        </>
      )}
    >
      {!row
        ? isLoaded
          ? (
            <StateCard
              kind='empty'
              title='Export not found'
              advice='Close this and check the Exports tab.'
              className='py-6'
            />
          )
          : <Skeleton className='h-16' />
        : (
          <>
            <ProgressBar row={row} />
            {hasFailed && <FailureReason row={row} />}
            {isRunning && row.error_message && (
              <p className='rounded-lg bg-warm-wash px-3 py-2 text-sm text-warm-ink'>
                {describeFailure(new Failure(row.error_code ?? 'INTERNAL', row.error_message)).title}. The
                export resumes automatically.
              </p>
            )}
            {!isRunning && <Outcomes row={row} />}
            {!isRunning && <SkippedReasons row={row} />}
            {row.status === 'completed' && <NextSteps isSending={campaign.provider_status === 'active'} />}
            <p className='text-xs text-ink-soft'>
              Started by {row.requested_by_name ?? 'your agency'}, <Moment at={row.created_at} />
            </p>
          </>
        )}
    </Dialog>
  );
}

function ProgressBar({ row }: { row: ExportRow }) {
  const share = exportProgress(row);
  const text = row.total === null
    ? 'Checking the addresses …'
    : `${formatCount(row.done)} of ${plural(row.total, 'lead')}`;
  return (
    <div className='grid gap-2'>
      <p aria-live='polite' className='text-2xl font-semibold tracking-tight'>{text}</p>
      <div
        role='progressbar'
        aria-label='Leads sent'
        aria-valuetext={text}
        {...(share === null
          ? {}
          : { 'aria-valuenow': Math.round(share * 100), 'aria-valuemin': 0, 'aria-valuemax': 100 })}
        className='h-2.5 overflow-hidden rounded-full bg-raised'
      >
        <div
          className={cn(
            'h-full rounded-full transition-[width] duration-500',
            row.status === 'failed' || row.status === 'partial' ? 'bg-bad' : 'bg-brand',
            share === null && 'w-1/4 animate-pulse',
          )}
          style={share === null ? undefined : { width: `${share * 100}%` }}
        />
      </div>
    </div>
  );
}

function FailureReason({ row }: { row: ExportRow }) {
  const { title, advice, code } = describeFailure(
    new Failure(row.error_code ?? 'INTERNAL', row.error_message ?? ''),
  );
  return (
    <div role='alert' className='grid gap-1 rounded-lg bg-bad-wash px-3 py-2 text-sm text-bad'>
      <p className='font-medium'>{title}</p>
      <p>{advice} No lead is sent twice.</p>
      <p className='text-xs'>{row.error_message} ({code})</p>
    </div>
  );
}

function SkippedReasons({ row }: { row: ExportRow }) {
  const sentences = reasonSentences(row.reasons);
  if (sentences.length === 0) return null;
  return (
    <section className='grid gap-1 text-sm text-ink-soft'>
      <h3 className='font-medium text-ink'>Why some leads were not sent</h3>
      <ul className='list-disc pl-5'>
        {sentences.map((sentence) => <li key={sentence}>{sentence}</li>)}
      </ul>
    </section>
  );
}

function NextSteps({ isSending }: { isSending: boolean }) {
  const isOperator = useSession()?.role === 'operator';
  return (
    <section className='grid gap-1 rounded-lg bg-brand-wash px-3 py-2.5 text-sm'>
      <h3 className='font-medium'>What happens next</h3>
      <p>
        {isSending
          ? 'The campaign is active. Its first emails go out in the next sending window.'
          : isOperator
          ? 'The campaign waits at the provider. Press “Start” on its page when it may send.'
          : 'The campaign waits at the provider until your agency starts it.'}{' '}
        Opens, replies and bounces appear here seconds after they happen.
      </p>
    </section>
  );
}

function Outcomes({ row }: { row: ExportRow }) {
  const outcomes: [string, number][] = [
    ['Created at the provider', row.sent],
    ['Already there', row.duplicate],
    ['Skipped', row.skipped],
    ['Blocked', row.blocked],
    ['Invalid', row.invalid],
    ['Failed', row.failed],
  ];
  return (
    <dl className='grid gap-1.5 text-sm'>
      {outcomes.filter(([, count], index) => index === 0 || count > 0).map(([label, count]) => (
        <div key={label} className='flex justify-between gap-4 border-t border-line pt-1.5'>
          <dt className='text-ink-soft'>{label}</dt>
          <dd className='font-medium'>{formatCount(count)}</dd>
        </div>
      ))}
      <div className='flex justify-between gap-4 border-t border-line pt-1.5'>
        <dt className='text-ink-soft'>Duration</dt>
        <dd className='font-medium'>{formatDuration(row.duration_seconds)}</dd>
      </div>
    </dl>
  );
}
