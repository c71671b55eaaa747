import { Webhook } from 'lucide-react';
import { explainWebhook, type WebhookRow } from '../../../data/webhooks.ts';
import { Ago } from '../../../shared/Ago.tsx';
import { WebhookBadge } from '../../operations/WebhookBadge.tsx';

/** Whether events arrive by themselves: the state of the webhook, what it means, and the newest one. */
export function Deliveries({ row, provider }: { row: WebhookRow; provider: string }) {
  return (
    <section
      aria-label='Webhook'
      className='grid gap-x-6 gap-y-1.5 rounded-lg border border-line bg-raised/40 px-3.5 py-3 text-sm sm:grid-cols-[1fr_auto] sm:items-start'
    >
      <div className='grid min-w-0 gap-1'>
        <p className='flex flex-wrap items-center gap-2 font-medium'>
          <Webhook aria-hidden className='size-4 text-ink-soft' /> Webhook <WebhookBadge row={row} />
          {row.off_since && (
            <span className='text-xs font-normal text-ink-soft'>
              since <Ago at={row.off_since} />
            </span>
          )}
        </p>
        <p className='max-w-prose text-ink-soft'>{explainWebhook(row, provider)}</p>
      </div>
      <p className='text-ink-soft sm:text-right'>
        <span className='text-xs'>Last event</span>
        <br className='max-sm:hidden' />{' '}
        <span className='text-ink'>
          <Ago at={row.last_event_at} never='none yet' />
        </span>
      </p>
    </section>
  );
}
