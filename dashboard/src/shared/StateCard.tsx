import { Inbox, Lock, RotateCw, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { describeFailure } from '../data/failure.ts';
import { Button } from '../ui/button.tsx';
import { cn } from '../ui/class-names.ts';

const looks = {
  empty: { Icon: Inbox, tone: 'bg-raised text-ink-soft' },
  error: { Icon: TriangleAlert, tone: 'bg-bad-wash text-bad' },
  forbidden: { Icon: Lock, tone: 'bg-warm-wash text-warm-ink' },
};

/** In place of content: nothing there yet, something went wrong, or not for this person. */
export function StateCard({ kind, title, advice, action, className }: {
  kind: keyof typeof looks;
  title: string;
  /** What to do about it. */
  advice?: ReactNode;
  action?: ReactNode;
  className?: string;
}) {
  const { Icon, tone } = looks[kind];
  return (
    <div
      role={kind === 'error' ? 'alert' : undefined}
      className={cn('grid justify-items-center gap-2 px-6 py-12 text-center', className)}
    >
      <span className={cn('mb-1 grid size-11 place-items-center rounded-full', tone)}>
        <Icon aria-hidden className='size-5' />
      </span>
      <p className='font-medium'>{title}</p>
      {advice && <p className='max-w-md text-sm text-balance text-ink-soft'>{advice}</p>}
      {action && <div className='mt-2'>{action}</div>}
    </div>
  );
}

/** What happened, what to do, and the code to look it up by. */
export function FailureCard({ error, onRetry, className }: {
  error: unknown;
  onRetry?: () => void;
  className?: string;
}) {
  const { title, advice, code } = describeFailure(error);
  return (
    <StateCard
      kind={code === 'FORBIDDEN' ? 'forbidden' : 'error'}
      title={title}
      advice={
        <>
          {advice} <span className='whitespace-nowrap text-xs'>({code})</span>
        </>
      }
      action={onRetry && (
        <Button onClick={onRetry}>
          <RotateCw aria-hidden /> Try again
        </Button>
      )}
      className={className ?? ''}
    />
  );
}
