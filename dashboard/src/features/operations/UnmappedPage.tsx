import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { providers } from '../../data/connections.ts';
import { type UnmappedCampaign, unmappedQuery } from '../../data/unmapped-campaigns.ts';
import { useClientId } from '../../routing/use-client.ts';
import { actionColumn, momentColumn, RowButton } from '../../shared/columns.tsx';
import { DataTable } from '../../shared/DataTable.tsx';
import { StateCard } from '../../shared/StateCard.tsx';
import type { Column } from '../../shared/table-types.ts';
import { Card } from '../../ui/card.tsx';
import { AssignDialog } from './AssignDialog.tsx';
import { ConnectionFilter } from './filters.tsx';
import { useListSearch } from './use-list.ts';

/** Campaigns of shared workspaces that have no client yet; their events are held until one is assigned. */
export function UnmappedPage() {
  const clientId = useClientId();
  const [search, change] = useListSearch();
  const unmapped = useQuery(unmappedQuery);
  const rows = useMemo(
    () =>
      unmapped.data?.filter((row) =>
        (!search.connection || row.connection_id === search.connection) &&
        // A campaign of a shared workspace may belong to any client.
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
            advice='New campaigns in shared workspaces appear here after the next sync or their first event.'
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
    value: (row) => row.name ?? 'Unnamed',
    onPhone: 'title',
    cell: (row) => <span className={row.name ? 'font-medium' : 'text-ink-soft'}>{row.name ?? 'Unnamed'}
    </span>,
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
  momentColumn('first_event_at', 'First event'),
  momentColumn('last_event_at', 'Last event'),
  actionColumn(
    'Action',
    (row) => (
      <RowButton
        label={`Assign ${row.name ?? 'this campaign'} to a client`}
        onClick={() => open(row.id)}
      >
        Assign
      </RowButton>
    ),
  ),
];
