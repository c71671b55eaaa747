import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { connectionNamesQuery } from '../../data/connections.ts';
import { type CallRow, readCalls } from '../../data/provider-calls.ts';
import { useClientId } from '../../routing/use-client.ts';
import { formatCount, nothing } from '../../shared/format.ts';
import { Moment } from '../../shared/moments.tsx';
import { StateCard } from '../../shared/StateCard.tsx';
import type { Column } from '../../shared/table-types.ts';
import { Badge } from '../../ui/badge.tsx';
import { ChoiceFilter, ConnectionFilter } from './filters.tsx';
import { PagedTable } from './PagedTable.tsx';
import { useListSearch } from './use-list.ts';

/** Every call to a provider of the last 30 days, without query, body or key. */
export function CallsPage() {
  const clientId = useClientId();
  const [search] = useListSearch();
  const connections = useQuery(connectionNamesQuery);
  const filter = { clientId, connectionId: search.connection, onlyFailed: search.status === 'failed' };
  const columns = useMemo(
    () => columnsWith(new Map((connections.data ?? []).map(({ id, name }) => [id, name]))),
    [connections.data],
  );
  return (
    <PagedTable
      label='Provider calls'
      queryKey={['calls', filter]}
      csvPeriod='last 30 days'
      read={(page) => readCalls(filter, page)}
      columns={columns}
      rowKey={(row) => String(row.id)}
      defaultSort={{ id: 'called_at', desc: true }}
      toolbar={
        <>
          <ConnectionFilter />
          <ChoiceFilter
            label='Outcome'
            part='status'
            all='All calls'
            choices={[{ value: 'failed', label: 'Failed calls' }]}
          />
        </>
      }
      empty={
        <StateCard kind='empty' title='No calls' advice='Try other filters. Calls are kept for 30 days.' />
      }
    />
  );
}

const toTheSecond = {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
} as const;

const columnsWith = (connections: ReadonlyMap<string, string>): Column<CallRow>[] => [
  {
    id: 'path',
    header: 'Call',
    value: (row) => `${row.method} ${row.path}`,
    onPhone: 'title',
    cell: (row) => (
      <span className='font-mono text-xs break-all'>
        <span className='text-ink-soft'>{row.method}</span> {row.path}
      </span>
    ),
  },
  {
    id: 'status',
    header: 'Status',
    onPhone: 'wide',
    value: (row) => row.status,
    cell: (row) => (
      <Badge tone={row.error_kind ? 'bad' : 'good'}>
        {row.status ?? 'No response'}
        {row.error_kind && `, ${row.error_kind.replaceAll('_', ' ')}`}
      </Badge>
    ),
  },
  {
    id: 'duration_ms',
    header: 'Duration',
    value: (row) => row.duration_ms,
    align: 'right',
    cell: (row) => <span className='whitespace-nowrap'>{formatCount(row.duration_ms)} ms</span>,
  },
  { id: 'attempt', header: 'Attempt', value: (row) => row.attempt, align: 'right', onPhone: 'hidden' },
  {
    id: 'connection_id',
    header: 'Connection',
    onPhone: 'wide',
    value: (row) => connections.get(row.connection_id) ?? nothing,
    sortable: false,
  },
  {
    id: 'called_at',
    header: 'Time',
    onPhone: 'wide',
    value: (row) => row.called_at,
    cell: (row) => <Moment at={row.called_at} as={toTheSecond} />,
  },
];
