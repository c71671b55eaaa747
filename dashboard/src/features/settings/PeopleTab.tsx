import { useQuery } from '@tanstack/react-query';
import { type MemberRow, membersQuery } from '../../data/members.ts';
import { useClientId } from '../../routing/use-client.ts';
import { Ago } from '../../shared/Ago.tsx';
import { stateColumn, TwoLines } from '../../shared/columns.tsx';
import { DataTable } from '../../shared/DataTable.tsx';
import { formatDay, nothing } from '../../shared/format.ts';
import { StateCard } from '../../shared/StateCard.tsx';
import type { Column } from '../../shared/table-types.ts';
import { Card } from '../../ui/card.tsx';

/** Who may sign in, as what. */
export function PeopleTab() {
  const clientId = useClientId();
  const members = useQuery(membersQuery);
  const rows = clientId
    ? members.data?.filter((row) => row.client_id === clientId || row.role === 'operator')
    : members.data;
  return (
    <Card>
      <DataTable
        title='People'
        hint='Invite people in Supabase under Authentication, then add them to the members table (see docs/operations.md). Changes take effect within an hour.'
        label='People'
        columns={columns}
        rows={rows}
        readCount={members.data?.length}
        rowKey={(row) => row.user_id}
        error={members.error}
        onRetry={() => void members.refetch()}
        sort={{ id: 'role', desc: false }}
        isWhole
        csvName='people'
        empty={
          <StateCard
            kind='empty'
            title='No people yet'
            advice='See docs/operations.md for how to add people.'
          />
        }
      />
    </Card>
  );
}

const columns: Column<MemberRow>[] = [
  {
    id: 'email',
    header: 'Person',
    value: (row) => row.email,
    onPhone: 'title',
    cell: (row) => (
      <TwoLines
        className='font-medium break-all'
        first={row.name ?? row.email ?? 'Deleted account'}
        second={row.name && row.email}
      />
    ),
  },
  stateColumn(
    'role',
    'Role',
    (row) =>
      row.role === 'operator' ? { label: 'Operator', tone: 'brand' } : { label: 'Client', tone: 'neutral' },
    { onPhone: 'wide' },
  ),
  { id: 'client_name', header: 'Client', value: (row) => row.client_name ?? nothing, onPhone: 'wide' },
  {
    id: 'last_sign_in_at',
    header: 'Last sign-in',
    onPhone: 'wide',
    value: (row) => row.last_sign_in_at,
    cell: (row) => <Ago at={row.last_sign_in_at} never='never' />,
  },
  {
    id: 'created_at',
    header: 'Member since',
    onPhone: 'wide',
    value: (row) => row.created_at,
    cell: (row) => formatDay(row.created_at.slice(0, 10)),
  },
];
