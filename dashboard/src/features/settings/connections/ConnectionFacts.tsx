import { Webhook } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Connection } from '../../../data/connections.ts';
import type { HealthRow } from '../../../data/health.ts';
import { explainWebhook, type WebhookRow } from '../../../data/webhooks.ts';
import { Ago } from '../../../shared/Ago.tsx';
import { nothing } from '../../../shared/format.ts';
import { HealthBadge } from '../../operations/ReasonBadge.tsx';
import { WebhookBadge } from '../../operations/WebhookBadge.tsx';

/** Seconds; a sync runs every hour. */
const syncIsStaleAfter = 3 * 3_600;

/** What is known about a connection without asking the provider. */
export function ConnectionFacts({ connection, health, isRemoved }: {
  connection: Connection;
  /** Operators see it. */
  health: HealthRow | undefined;
  isRemoved: boolean;
}) {
  // The first sync starts by itself; only after a while is a missing one a problem.
  const isNew = connection.last_synced_at === null &&
    Date.now() - Date.parse(connection.created_at) < syncIsStaleAfter * 1_000;
  return (
    <dl className='grid grid-cols-2 gap-x-6 gap-y-3 text-sm md:grid-cols-3 xl:grid-cols-5'>
      <Fact label='API key'>
        {connection.api_key_last4
          ? (
            <span className='font-mono' aria-label={`ends in ${connection.api_key_last4}`}>
              •••• {connection.api_key_last4}
            </span>
          )
          : nothing}
      </Fact>
      <Fact label='Workspace'>
        {connection.workspace_name
          ? (
            <span title={[connection.workspace_name, connection.workspace_id].filter(Boolean).join(', ')}>
              {connection.workspace_name}
            </span>
          )
          : (
            <span className='text-ink-soft'>
              {connection.last_validated_at ? 'Unnamed' : 'Not tested yet'}
            </span>
          )}
      </Fact>
      <Fact label='Last checked'>
        <Ago at={connection.last_validated_at} never='never' />
      </Fact>
      <Fact label='Last sync'>
        <Ago
          at={connection.last_synced_at}
          never={isNew && connection.api_key_last4 ? 'starts automatically' : 'none yet'}
          staleAfterSeconds={connection.status === 'active' && connection.api_key_last4 && !isNew
            ? syncIsStaleAfter
            : undefined}
        />
      </Fact>
      {health && !isRemoved && (
        <Fact label='Health'>
          <HealthBadge health={health.health} reason={health.reason} />
        </Fact>
      )}
    </dl>
  );
}

/** The state of the webhook, what it means, and the last event. */
export function WebhookFacts({ row, provider }: { row: WebhookRow; provider: string }) {
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

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className='min-w-0'>
      <dt className='text-xs text-ink-soft'>{label}</dt>
      <dd className='mt-0.5 truncate'>{children}</dd>
    </div>
  );
}
