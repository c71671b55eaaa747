import type { ReactNode } from 'react';
import type { Connection } from '../../../data/connections.ts';
import type { HealthRow } from '../../../data/machinery.ts';
import { Ago } from '../../../shared/Ago.tsx';
import { nothing } from '../../../shared/format.ts';
import { HealthBadge } from '../../operations/HealthBadge.tsx';

/** Seconds; a sync runs every hour. */
const syncIsStaleAfter = 3 * 3_600;

/** What is known about a connection, without asking the provider. */
export function Facts({ connection, health, isRemoved }: {
  connection: Connection;
  /** Operators see it. */
  health: HealthRow | undefined;
  isRemoved: boolean;
}) {
  // Its first sync starts by itself; only after a while is it strange that there was none.
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
              {connection.last_validated_at ? 'Not named by the provider' : 'Not tested yet'}
            </span>
          )}
      </Fact>
      <Fact label='Last validated'>
        <Ago at={connection.last_validated_at} never='never' />
      </Fact>
      <Fact label='Last sync'>
        <Ago
          at={connection.last_synced_at}
          never={isNew && connection.api_key_last4 ? 'first one starts by itself' : 'none yet'}
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

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className='min-w-0'>
      <dt className='text-xs text-ink-soft'>{label}</dt>
      <dd className='mt-0.5 truncate'>{children}</dd>
    </div>
  );
}
