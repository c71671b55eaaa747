import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { healthQuery, type HealthRow } from '../../data/health.ts';
import { type WebhookRow, webhooksQuery } from '../../data/webhooks.ts';
import { useClientId } from '../../routing/use-client.ts';
import { Ago } from '../../shared/Ago.tsx';
import { TwoLines } from '../../shared/columns.tsx';
import { DataTable } from '../../shared/DataTable.tsx';
import { formatAge, formatCount, nothing } from '../../shared/format.ts';
import { StateCard } from '../../shared/StateCard.tsx';
import type { Column } from '../../shared/table-types.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { HealthBadge, healthLabel } from './ReasonBadge.tsx';
import { useListSearch } from './use-list.ts';
import { WebhookBadge, webhookLabel } from './WebhookBadge.tsx';

/** A sync runs every hour; after three hours the database calls it stale too. */
const syncIsStaleAfter = 3 * 3_600;

/** Every workspace, the unhealthy ones first. */
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
        hint='Unhealthy first; hover a badge for the reason'
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
    cell: (row) => <TwoLines first={row.connection_name} second={row.client_name ?? 'Shared'} />,
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
  countColumn('quarantined', 'Held', '/operations/unmapped'),
  countColumn('dead_letters', 'Dead', '/operations/dead-letters'),
  countColumn('failing_jobs', 'Failing jobs', '/operations/jobs'),
  countColumn('open_incidents', 'Alerts', '/operations/alerts'),
];

const countColumn = (
  id: 'quarantined' | 'dead_letters' | 'failing_jobs' | 'open_incidents',
  header: string,
  to: Destination,
): Column<HealthRow> => ({
  id,
  header,
  value: (row) => row[id],
  align: 'right',
  cell: (row) => row[id] === 0 ? '0' : <LinkedCount to={to} count={row[id]} row={row} />,
});

type Destination =
  | '/operations/unmapped'
  | '/operations/dead-letters'
  | '/operations/jobs'
  | '/operations/alerts';

function LinkedCount({ to, count, row }: {
  to: Destination;
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
