import { useQuery, useQueryClient } from '@tanstack/react-query';
import { CircleAlert, CircleCheck, LoaderCircle } from 'lucide-react';
import { useEffect } from 'react';
import { erasedRows, type Erasure, erasureQuery, hasEnded } from '../../data/personal-data.ts';
import { plural } from '../../shared/format.ts';
import { FailureCard } from '../../shared/StateCard.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { CountList } from './CountList.tsx';

/** One erasure while it runs, and its report. */
export function ErasureDialog({ erasureId, onClose }: { erasureId: string; onClose: () => void }) {
  const queryClient = useQueryClient();
  const erasure = useQuery(erasureQuery(erasureId));
  const isOver = erasure.data !== undefined && hasEnded(erasure.data);
  useEffect(() => {
    if (isOver) {
      void queryClient.invalidateQueries({ predicate: ({ queryKey: [first] }) => first !== 'erasure' });
    }
  }, [isOver, queryClient]);
  const isFailed = erasure.data?.status === 'failed';
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={isFailed
        ? 'The erasure stopped'
        : erasure.data?.status === 'partial'
        ? 'Erased, but not at every provider'
        : isOver
        ? 'The person is erased'
        : 'Erasing'}
      description={isOver
        ? undefined
        : 'You can close this: the work continues, and Settings, Personal data shows it.'}
      footer={<Button variant={isOver ? 'primary' : 'secondary'} onClick={onClose}>Close</Button>}
    >
      {erasure.error && !erasure.data
        ? <FailureCard error={erasure.error} onRetry={() => void erasure.refetch()} className='py-4' />
        : erasure.data && <Report erasure={erasure.data} />}
    </Dialog>
  );
}

function Report({ erasure }: { erasure: Erasure }) {
  const { report, status, done, total } = erasure;
  const isOver = hasEnded(erasure);
  const counted = (what: 'removed' | 'anonymised') =>
    Object.fromEntries(Object.entries(report.tables).map(([table, counts]) => [table, counts[what] ?? 0]));
  const left = report.providers.filter(({ error }) => error !== null);
  return (
    <div className='grid gap-3 text-sm'>
      <p role='status' className='flex items-center gap-2 font-medium'>
        {isOver && status === 'completed'
          ? <CircleCheck aria-hidden className='size-4 text-good' />
          : isOver
          ? <CircleAlert aria-hidden className='size-4 text-bad' />
          : <LoaderCircle aria-hidden className='size-4 animate-spin text-brand' />}
        {isOver
          ? erasure.error_message ?? `${plural(erasedRows(erasure), 'row')} removed or anonymised`
          : total
          ? `${Math.min(99, Math.floor(done / total * 100))}% looked through, ${
            plural(erasedRows(erasure), 'row')
          } so far`
          : 'Waiting to start'}
      </p>
      <Counts title='Removed' counts={counted('removed')} />
      <Counts title='Anonymised' counts={counted('anonymised')} />
      {isOver && (
        <section aria-label='At the providers' className='grid gap-1'>
          <h3 className='font-medium'>At the providers</h3>
          <ul className='grid gap-1'>
            {report.providers.map(({ name, removed, blocked, error }, index) => (
              <li key={index} className='border-t border-line pt-1 text-ink-soft'>
                <span className='font-medium text-ink'>{name}:</span> {error ??
                  `${plural(removed, 'lead')} deleted${
                    blocked === null
                      ? ''
                      : blocked
                      ? ', address blocked'
                      : ', not blocked because clients share this workspace'
                  }`}
              </li>
            ))}
            {report.providers.length === 0 && <li className='text-ink-soft'>No workspace is connected.</li>}
          </ul>
        </section>
      )}
      {left.length > 0 && (
        <p className='rounded-lg bg-warm-wash px-3 py-2 text-warm-ink'>
          Delete the lead there, or erase the same address again when it works.
        </p>
      )}
      {isOver && report.crm_contacts > 0 && (
        <p className='rounded-lg bg-warm-wash px-3 py-2 text-warm-ink'>
          {plural(report.crm_contacts, 'contact')} in the CRM {report.crm_contacts === 1 ? 'was' : 'were'}
          {' '}
          not deleted; delete there, too.
        </p>
      )}
    </div>
  );
}

function Counts({ title, counts }: { title: string; counts: Record<string, number> }) {
  if (Object.values(counts).every((count) => count === 0)) return null;
  return (
    <section className='grid gap-1'>
      <h3 className='font-medium'>{title}</h3>
      <CountList label={title} counts={counts} />
    </section>
  );
}
