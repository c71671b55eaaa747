import { useClientId } from '../../app/use-client.ts';
import { type AlertRow, readAlerts } from '../../data/machinery.ts';
import type { Column } from '../../shared/table-types.ts';
import { formatMoment } from '../../shared/format.ts';
import { StateCard } from '../../shared/StateCard.tsx';
import { Badge, type BadgeTone } from '../../ui/badge.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import { ChoiceFilter, ConnectionFilter } from './filters.tsx';
import { PagedTable } from './PagedTable.tsx';
import { useListSearch } from './use-list.ts';

const kinds: Record<string, string> = {
  key_invalid: 'Key refused',
  plan_needed: 'Plan needed',
  workspace_doubled: 'Workspace connected twice',
  scheduled_calls_failing: 'Scheduled calls fail',
  sync_stale: 'Sync too old',
  job_failed: 'Job failed',
  dead_letters: 'Dead letters',
  bounce_threshold: 'Too many bounces',
  mailbox_disconnected: 'Mailbox disconnected',
  webhook_switched_off: 'Webhook switched off',
  webhook_missing: 'Webhook missing',
};

const deliveries: Record<string, { label: string; tone: BadgeTone }> = {
  waiting: { label: 'Not posted', tone: 'neutral' },
  sending: { label: 'Being posted', tone: 'brand' },
  delivered: { label: 'Posted', tone: 'good' },
  failed: { label: 'Not delivered', tone: 'bad' },
};

/** What went wrong and until when, also what healed itself; and whether somebody was told. */
export function AlertsPage() {
  const clientId = useClientId();
  const [search] = useListSearch();
  const isOpen = search.status === 'closed' ? false : search.status === 'all' ? undefined : true;
  const filter = { clientId, connectionId: search.connection, open: isOpen };
  return (
    <PagedTable
      label='Alerts'
      queryKey={['alerts', filter]}
      read={(wish) => readAlerts(filter, wish)}
      columns={columns}
      rowKey={(row) => row.id}
      defaultSort={{ id: 'opened_at', desc: true }}
      toolbar={
        <>
          <ChoiceFilter
            label='State'
            part='status'
            all='Open alerts'
            choices={[{ value: 'closed', label: 'Closed alerts' }, { value: 'all', label: 'All alerts' }]}
          />
          <ConnectionFilter />
        </>
      }
      empty={isOpen
        ? (
          <StateCard
            kind='empty'
            title='Nothing is wrong'
            advice='An alert opens when a key is refused, a sync is late, jobs fail or a webhook stops, and closes by itself.'
          />
        )
        : <StateCard kind='empty' title='No alerts' advice='Choose other filters.' />}
    />
  );
}

const columns: Column<AlertRow>[] = [
  {
    id: 'kind',
    header: 'Alert',
    value: (row) => kinds[row.kind] ?? row.kind.replaceAll('_', ' '),
    onPhone: 'title',
    cell: (row) => (
      <span className='inline-flex flex-wrap items-center gap-2'>
        <span className='font-medium'>{kinds[row.kind] ?? row.kind.replaceAll('_', ' ')}</span>
        <Badge tone={row.closed_at ? 'neutral' : 'bad'}>{row.closed_at ? 'Closed' : 'Open'}</Badge>
      </span>
    ),
  },
  { id: 'text', header: 'What happened', value: (row) => row.text, sortable: false, onPhone: 'text' },
  {
    id: 'connection_name',
    header: 'Connection',
    onPhone: 'wide',
    value: (row) => row.connection_name,
    cell: (row) => (
      <span className='grid'>
        {row.connection_name ?? 'The installation'}
        <span className='text-xs text-ink-soft'>
          {row.client_name ?? (row.connection_id ? 'Shared' : 'No connection of its own')}
        </span>
      </span>
    ),
  },
  { id: 'occurrences', header: 'Times', value: (row) => row.occurrences, align: 'right', onPhone: 'hidden' },
  {
    id: 'opened_at',
    header: 'Since',
    onPhone: 'wide',
    value: (row) => row.opened_at,
    cell: (row) => <time dateTime={row.opened_at}>{formatMoment(row.opened_at)}</time>,
  },
  {
    id: 'closed_at',
    header: 'Until',
    value: (row) => row.closed_at,
    onPhone: 'hidden',
    cell: (row) => formatMoment(row.closed_at),
  },
  {
    id: 'delivery',
    header: 'Posted',
    onPhone: 'wide',
    value: (row) => deliveries[row.delivery]?.label ?? row.delivery,
    cell: (row) => {
      const looks = deliveries[row.delivery] ?? { label: row.delivery, tone: 'neutral' as const };
      if (!row.delivery_error) return <Badge tone={looks.tone}>{looks.label}</Badge>;
      return (
        <Tooltip content={row.delivery_error}>
          <button type='button' aria-label={`${looks.label}: ${row.delivery_error}`} className='rounded-full'>
            <Badge tone={looks.tone}>{looks.label}</Badge>
          </button>
        </Tooltip>
      );
    },
  },
];
