import { useQuery } from '@tanstack/react-query';
import { useClientId } from '../../app/use-client.ts';
import { type MemberRow, membersQuery } from '../../data/members.ts';
import { Ago } from '../../shared/Ago.tsx';
import { DataTable } from '../../shared/DataTable.tsx';
import type { Column } from '../../shared/table-types.ts';
import { formatDay, nothing } from '../../shared/format.ts';
import { StateCard } from '../../shared/StateCard.tsx';
import { Badge } from '../../ui/badge.tsx';
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
        hint='Invite people in Supabase under Authentication, then add them to members; docs/operations.md tells how. A change shows with their next token, within an hour.'
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
          <StateCard kind='empty' title='Nobody yet' advice='docs/operations.md tells how to add people.' />
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
      <span className='grid'>
        <span className='font-medium break-all'>{row.name ?? row.email ?? 'A deleted account'}</span>
        {row.name && <span className='text-xs text-ink-soft'>{row.email}</span>}
      </span>
    ),
  },
  {
    id: 'role',
    header: 'Role',
    onPhone: 'wide',
    value: (row) => row.role === 'operator' ? 'Operator' : 'Client',
    cell: (row) => (
      <Badge tone={row.role === 'operator' ? 'brand' : 'neutral'}>
        {row.role === 'operator' ? 'Operator' : 'Client'}
      </Badge>
    ),
  },
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
