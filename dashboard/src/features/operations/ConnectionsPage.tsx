import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Link } from '@tanstack/react-router';
import { useClientId } from '../../app/use-client.ts';
import { healthQuery, type HealthRow } from '../../data/machinery.ts';
import { type WebhookRow, webhooksQuery } from '../../data/webhooks.ts';
import { Ago } from '../../shared/Ago.tsx';
import { DataTable } from '../../shared/DataTable.tsx';
import type { Column } from '../../shared/table-types.ts';
import { formatAge, formatCount, nothing } from '../../shared/format.ts';
import { StateCard } from '../../shared/StateCard.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { HealthBadge, healthLabel } from './HealthBadge.tsx';
import { useListSearch } from './use-list.ts';
import { WebhookBadge, webhookLabel } from './WebhookBadge.tsx';

/** A sync runs every hour; after three hours the database calls it stale too. */
const syncIsStaleAfter = 3 * 3_600;

/** Every workspace, the unwell ones first. */
export function ConnectionsPage() {
  const clientId = useClientId();
  const [search, change] = useListSearch();
  const health = useQuery(healthQuery);
  const webhooks = useQuery(webhooksQuery);
  const columns = useMemo(
    () => columnsWith(new Map((webhooks.data ?? []).map((row) => [row.connection_id, row]))),
    [webhooks.data],
  );
  const rows = clientId
    ? health.data?.filter((row) => row.client_id === clientId || row.client_id === null)
    : health.data;
  return (
    <Card>
      <DataTable
        label='Connections'
        columns={columns}
        rows={rows}
        readCount={health.data?.length}
        rowKey={(row) => row.connection_id}
        error={health.error}
        onRetry={() => void health.refetch()}
        sort={{ id: search.sort ?? 'health', desc: search.desc ?? false }}
        onSortChange={({ id, desc }) => change({ sort: id, desc })}
        pageSize={100}
        isWhole
        csvName='connections'
        title='Connections'
        hint='The unwell ones first; hover or focus a badge to see why'
        empty={
          <StateCard
            kind='empty'
            title='No connections yet'
            advice='Connect a workspace in the settings; its health appears here.'
            action={
              <Button asChild variant='primary'>
                <Link to='/settings'>Open the settings</Link>
              </Button>
            }
          />
        }
      />
    </Card>
  );
}

const columnsWith = (webhooks: ReadonlyMap<string, WebhookRow>): Column<HealthRow>[] => [
  {
    id: 'connection_name',
    header: 'Connection',
    value: (row) => row.connection_name,
    onPhone: 'title',
    cell: (row) => (
      <span className='grid'>
        <span className='font-medium'>{row.connection_name}</span>
        <span className='text-xs text-ink-soft'>{row.client_name ?? 'Shared'}</span>
      </span>
    ),
  },
  {
    id: 'health',
    header: 'Health',
    onPhone: 'wide',
    value: (row) => healthLabel(row.health),
    cell: (row) => <HealthBadge health={row.health} reason={row.reason} />,
  },
  {
    id: 'last_webhook_at',
    header: 'Last webhook',
    onPhone: 'wide',
    value: (row) => row.last_webhook_at,
    cell: (row) => <Ago at={row.last_webhook_at} never='none yet' />,
  },
  {
    id: 'last_sync_at',
    header: 'Last sync',
    onPhone: 'wide',
    value: (row) => row.last_sync_at,
    cell: (row) => (
      <Ago
        at={row.last_sync_at}
        never='none yet'
        staleAfterSeconds={row.status === 'paused' || row.health === 'waiting' ? undefined : syncIsStaleAfter}
      />
    ),
  },
  {
    id: 'webhook_state',
    header: 'Webhook',
    value: (row) => {
      const webhook = webhooks.get(row.connection_id);
      return webhook ? webhookLabel(webhook.state) : null;
    },
    cell: (row) => {
      const webhook = webhooks.get(row.connection_id);
      return webhook ? <WebhookBadge row={webhook} /> : nothing;
    },
  },
  {
    id: 'waiting',
    header: 'Waiting',
    value: (row) => row.waiting,
    align: 'right',
    cell: (row) => (
      <span>
        {formatCount(row.waiting)}
        {row.oldest_waiting_seconds !== null && row.oldest_waiting_seconds >= 60 && (
          <span className='text-xs text-ink-soft'>, oldest {formatAge(row.oldest_waiting_seconds)}</span>
        )}
      </span>
    ),
  },
  {
    id: 'quarantined',
    header: 'Held',
    value: (row) => row.quarantined,
    align: 'right',
    cell: (row) =>
      row.quarantined === 0
        ? '0'
        : <LinkedCount to='/operations/unmapped' count={row.quarantined} row={row} />,
  },
  {
    id: 'dead_letters',
    header: 'Dead',
    value: (row) => row.dead_letters,
    align: 'right',
    cell: (row) =>
      row.dead_letters === 0
        ? '0'
        : <LinkedCount to='/operations/dead-letters' count={row.dead_letters} row={row} />,
  },
  {
    id: 'failing_jobs',
    header: 'Failing jobs',
    value: (row) => row.failing_jobs,
    align: 'right',
    cell: (row) =>
      row.failing_jobs === 0 ? '0' : <LinkedCount to='/operations/jobs' count={row.failing_jobs} row={row} />,
  },
  {
    id: 'open_incidents',
    header: 'Alerts',
    value: (row) => row.open_incidents,
    align: 'right',
    cell: (row) =>
      row.open_incidents === 0
        ? nothing
        : <LinkedCount to='/operations/alerts' count={row.open_incidents} row={row} />,
  },
];

function LinkedCount({ to, count, row }: {
  to: '/operations/unmapped' | '/operations/dead-letters' | '/operations/jobs' | '/operations/alerts';
  count: number;
  row: HealthRow;
}) {
  return (
    <Link
      to={to}
      search={({ client }) => ({ client, connection: row.connection_id })}
      aria-label={`${formatCount(count)} at ${row.connection_name}`}
      className='font-medium text-brand underline-offset-4 hover:underline'
    >
      {formatCount(count)}
    </Link>
  );
}
