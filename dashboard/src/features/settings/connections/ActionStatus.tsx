import { CircleAlert, CircleCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { explainKeyFailure } from '../../../data/connections.ts';
import { cn } from '../../../ui/class-names.ts';

/** The outcome of an action, announced when it appears. */
export function ActionStatus(
  { tone, title, children }: { tone: 'good' | 'bad' | 'warm'; title: string; children?: ReactNode },
) {
  const Icon = tone === 'good' ? CircleCheck : CircleAlert;
  return (
    <div
      role={tone === 'bad' ? 'alert' : 'status'}
      className={cn(
        'flex items-start gap-2.5 rounded-lg px-3 py-2 text-sm',
        tone === 'good' && 'bg-good-wash text-good',
        tone === 'warm' && 'bg-warm-wash text-warm-ink',
        tone === 'bad' && 'bg-bad-wash text-bad',
      )}
    >
      <Icon aria-hidden className='mt-0.5 size-4 shrink-0' />
      <div className='min-w-0'>
        <p className='font-medium'>{title}</p>
        {children && <div className='break-words'>{children}</div>}
      </div>
    </div>
  );
}

/** Why a key, a plan, a scope or a call was refused, in the function's own sentence. */
export function KeyFailure({ error }: { error: unknown }) {
  const { title, sentence, code } = explainKeyFailure(error);
  return (
    <ActionStatus tone='bad' title={title}>
      {sentence} <span className='text-xs whitespace-nowrap'>({code})</span>
    </ActionStatus>
  );
}

export const keyFailure = (error: unknown) => <KeyFailure error={error} />;
