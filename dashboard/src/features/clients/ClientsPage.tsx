import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type OperatorClient, operatorClientsQuery } from '../../data/clients.ts';
import { Ago } from '../../shared/Ago.tsx';
import { rateColumn } from '../../shared/columns.tsx';
import { DataTable } from '../../shared/DataTable.tsx';
import { formatCount, nothing, plural } from '../../shared/format.ts';
import { PageHeader } from '../../shared/PageHeader.tsx';
import { StateCard } from '../../shared/StateCard.tsx';
import type { Column } from '../../shared/table-types.ts';
import { Badge } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { cn } from '../../ui/class-names.ts';
import { HealthBadge, healthLabel } from '../operations/ReasonBadge.tsx';
import { AttentionStrip } from './AttentionStrip.tsx';

/** Syncs run hourly; a client that sends gets some event every day. */
const syncIsStaleAfter = 3 * 3_600;
const webhookIsStaleAfter = 24 * 3_600;

/** The operators' home: what needs attention, and every client with what came back, the best first. */
export function ClientsPage() {
  const clients = useQuery(operatorClientsQuery);
  return (
    <>
      <PageHeader
        title='Clients'
        note={clients.data && <span>{plural(clients.data.length, 'client')}, all-time rates</span>}
      />
      <AttentionStrip />
      <Card>
        <DataTable
          label='Clients'
          columns={columns}
          rows={clients.data}
          rowKey={(row) => row.client_id}
          error={clients.error}
          onRetry={() => void clients.refetch()}
          sort={{ id: 'positive_rate', desc: true }}
          isWhole
          csvName='clients'
          title='All clients'
          hint='Best positive rate first'
          empty={
            <StateCard
              kind='empty'
              title='No clients yet'
              advice='See docs/operations.md for how to add a client and its people.'
            />
          }
        />
      </Card>
    </>
  );
}

const columns: Column<OperatorClient>[] = [
  {
    id: 'client_name',
    header: 'Client',
    value: (row) => row.client_name,
    onPhone: 'title',
    cell: (row) => (
      <span className='inline-flex flex-wrap items-center gap-2'>
        <Link
          to='/overview'
          search={(kept) => ({ ...kept, client: row.client_id })}
          className='font-medium underline-offset-4 hover:underline'
        >
          {row.client_name}
        </Link>
        {!row.integration_enabled && <Badge tone='warm'>Turned off</Badge>}
      </span>
    ),
  },
  {
    id: 'health',
    header: 'Health',
    value: (row) => healthLabel(row.health),
    cell: (row) => <HealthBadge health={row.health} reason={row.reason} />,
  },
  rateColumn('positive'),
  rateColumn('reply', { onPhone: 'hidden' }),
  {
    id: 'sent_7_days',
    header: 'Sent, 7 days',
    value: (row) => row.sent_7_days ?? 0,
    align: 'right',
    inTable: false,
  },
  {
    id: 'replied_7_days',
    header: 'Replies, 7 days',
    value: (row) => row.replied_7_days ?? 0,
    align: 'right',
    onPhone: 'wide',
    cell: (row) => (
      <span>
        {formatCount(row.replied_7_days ?? 0)}{' '}
        <span className='text-xs text-ink-soft md:block'>of {formatCount(row.sent_7_days ?? 0)} sent</span>
      </span>
    ),
  },
  {
    id: 'active_campaigns',
    header: 'Campaigns',
    value: (row) => row.active_campaigns,
    align: 'right',
    cell: (row) => `${formatCount(row.active_campaigns)} of ${formatCount(row.campaigns)}`,
    onPhone: 'hidden',
  },
  {
    id: 'last_webhook_at',
    header: 'Last webhook',
    onPhone: 'wide',
    value: (row) => row.last_webhook_at,
    cell: (row) => (
      <span className='grid justify-items-start'>
        <Ago
          at={row.last_webhook_at}
          never='none yet'
          // No events are a problem only where emails are being sent, and only after the first event.
          staleAfterSeconds={row.integration_enabled && row.active_campaigns > 0 && row.health !== 'waiting'
            ? webhookIsStaleAfter
            : undefined}
        />
        <span className='inline-flex items-center gap-1 text-xs text-ink-soft'>
          synced{' '}
          <Ago
            at={row.last_sync_at}
            never='not yet'
            staleAfterSeconds={row.integration_enabled && row.connections > 0 && row.health !== 'waiting'
              ? syncIsStaleAfter
              : undefined}
          />
        </span>
      </span>
    ),
  },
  { id: 'last_sync_at', header: 'Last sync', value: (row) => row.last_sync_at, inTable: false },
  { id: 'waiting', header: 'Waiting', value: (row) => row.waiting, inTable: false },
  { id: 'quarantined', header: 'Held', value: (row) => row.quarantined, inTable: false },
  { id: 'dead_letters', header: 'Dead letters', value: (row) => row.dead_letters, inTable: false },
  {
    id: 'backlog',
    header: 'Not counted yet',
    onPhone: 'wide',
    value: (row) => row.waiting + row.quarantined + row.dead_letters,
    inCsv: false,
    cell: (row) => <Backlog row={row} />,
  },
];

/** Deliveries that are not counted yet, in words. */
function Backlog({ row }: { row: OperatorClient }) {
  const parts = [
    row.waiting > 0 && `${formatCount(row.waiting)} waiting`,
    row.quarantined > 0 && `${formatCount(row.quarantined)} held`,
    row.dead_letters > 0 && plural(row.dead_letters, 'dead letter'),
  ].filter((part) => part !== false);
  if (parts.length === 0) return <span className='text-ink-soft'>{nothing}</span>;
  return (
    <span className='grid'>
      {parts.map((part) => (
        <span key={part} className={cn('whitespace-nowrap', part.includes('dead') && 'font-medium text-bad')}>
          {part}
        </span>
      ))}
    </span>
  );
}
