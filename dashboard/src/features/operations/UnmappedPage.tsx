import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useClientId } from '../../app/use-client.ts';
import { type UnmappedCampaign, unmappedQuery } from '../../data/deliveries.ts';
import { providers } from '../../data/connections.ts';
import { DataTable } from '../../shared/DataTable.tsx';
import type { Column } from '../../shared/table-types.ts';
import { formatMoment } from '../../shared/format.ts';
import { StateCard } from '../../shared/StateCard.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { AssignDialog } from './AssignDialog.tsx';
import { ConnectionFilter } from './filters.tsx';
import { useListSearch } from './use-list.ts';

/** Campaigns of shared workspaces that belong to nobody yet; their events wait until somebody says whose they are. */
export function UnmappedPage() {
  const clientId = useClientId();
  const [search, change] = useListSearch();
  const unmapped = useQuery(unmappedQuery);
  const rows = useMemo(
    () =>
      unmapped.data?.filter((row) =>
        (!search.connection || row.connection_id === search.connection) &&
        // A campaign of a shared workspace may be anybody's.
        (!clientId || row.client_id === null || row.client_id === clientId)
      ),
    [unmapped.data, search.connection, clientId],
  );
  const open = unmapped.data?.find((row) => row.id === search.open);
  const columns = useMemo(() => columnsWith((id) => change({ open: id, page: search.page })), [
    change,
    search.page,
  ]);
  return (
    <Card className='pt-4'>
      <DataTable
        label='Unmapped campaigns'
        columns={columns}
        rows={rows}
        readCount={unmapped.data?.length}
        rowKey={(row) => row.id}
        error={unmapped.error}
        onRetry={() => void unmapped.refetch()}
        sort={{ id: search.sort ?? 'held_events', desc: search.desc ?? true }}
        onSortChange={({ id, desc }) => change({ sort: id, desc })}
        page={search.page ?? 1}
        onPageChange={(page) => change({ page })}
        pageSize={100}
        isWhole
        csvName='unmapped campaigns'
        toolbar={<ConnectionFilter />}
        empty={
          <StateCard
            kind='empty'
            title='Every campaign has a client'
            advice='A campaign that somebody makes in a shared workspace appears here with the first sync or event.'
          />
        }
      />
      {open && (
        <AssignDialog
          campaign={open}
          onClose={() => change({ open: undefined, page: search.page })}
        />
      )}
    </Card>
  );
}

const columnsWith = (open: (id: string) => void): Column<UnmappedCampaign>[] => [
  {
    id: 'name',
    header: 'Campaign at the provider',
    value: (row) => row.name ?? 'Without a name',
    onPhone: 'title',
    cell: (row) => (
      <span className={row.name ? 'font-medium' : 'text-ink-soft'}>{row.name ?? 'Without a name'}</span>
    ),
  },
  {
    id: 'connection_name',
    header: 'Connection',
    onPhone: 'wide',
    value: (row) => row.connection_name,
    cell: (row) => `${row.connection_name} (${providers[row.provider].name})`,
  },
  {
    id: 'held_events',
    header: 'Held events',
    value: (row) => row.held_events,
    align: 'right',
    onPhone: 'wide',
  },
  {
    id: 'first_event_at',
    header: 'First event',
    onPhone: 'wide',
    value: (row) => row.first_event_at,
    cell: (row) => formatMoment(row.first_event_at),
  },
  {
    id: 'last_event_at',
    header: 'Last event',
    onPhone: 'wide',
    value: (row) => row.last_event_at,
    cell: (row) => formatMoment(row.last_event_at),
  },
  {
    id: 'assign',
    header: 'Action',
    onPhone: 'action',
    value: () => null,
    sortable: false,
    inCsv: false,
    align: 'right',
    cell: (row) => (
      <Button
        size='small'
        aria-label={`Assign ${row.name ?? 'this campaign'} to a client`}
        onClick={() => open(row.id)}
      >
        Assign
      </Button>
    ),
  },
];
