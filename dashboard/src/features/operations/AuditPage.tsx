import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type AuditRow, readAudit } from '../../data/audit-log.ts';
import { clientNamesQuery } from '../../data/clients.ts';
import { membersQuery } from '../../data/members.ts';
import { useClientId } from '../../routing/use-client.ts';
import { LongName, momentColumn } from '../../shared/columns.tsx';
import { nothing } from '../../shared/format.ts';
import { StateCard } from '../../shared/StateCard.tsx';
import type { Column } from '../../shared/table-types.ts';
import { auditActions, auditDetails, auditLabel } from './audit-text.ts';
import { ChoiceFilter } from './filters.tsx';
import { PagedTable } from './PagedTable.tsx';
import { useListSearch } from './use-list.ts';

/** Who did what. */
export function AuditPage() {
  const clientId = useClientId();
  const [search] = useListSearch();
  const members = useQuery(membersQuery);
  const clients = useQuery(clientNamesQuery);
  const filter = {
    clientId,
    action: search.kind && Object.hasOwn(auditActions, search.kind) ? search.kind : undefined,
  };
  const columns = useMemo(
    () =>
      columnsWith(
        new Map((members.data ?? []).map((row) => [row.user_id, row.name ?? row.email ?? row.user_id])),
        new Map((clients.data ?? []).map(({ id, name }) => [id, name])),
      ),
    [members.data, clients.data],
  );
  return (
    <PagedTable
      label='Audit log'
      queryKey={['audit', filter]}
      read={(page) => readAudit(filter, page)}
      columns={columns}
      rowKey={(row) => String(row.id)}
      defaultSort={{ id: 'occurred_at', desc: true }}
      toolbar={
        <ChoiceFilter
          label='Action'
          part='kind'
          all='All actions'
          choices={Object.entries(auditActions).map(([value, label]) => ({ value, label }))}
        />
      }
      empty={
        <StateCard
          kind='empty'
          title='No activity yet'
          advice='Exports and syncs that people start, and changes that operators make, appear here.'
        />
      }
    />
  );
}

const columnsWith = (
  people: ReadonlyMap<string, string>,
  clients: ReadonlyMap<string, string>,
): Column<AuditRow>[] => {
  const actor = (row: AuditRow) =>
    row.actor_id === null ? 'A script' : people.get(row.actor_id) ?? 'A former member';
  return [
    {
      id: 'action',
      header: 'Action',
      value: (row) => auditLabel(row.action),
      onPhone: 'title',
      cell: (row) => <span className='font-medium'>{auditLabel(row.action)}</span>,
    },
    { id: 'actor_id', header: 'Who', value: actor, sortable: false, onPhone: 'wide' },
    {
      id: 'client_id',
      header: 'Client',
      onPhone: 'wide',
      value: (row) => row.client_id ? clients.get(row.client_id) ?? nothing : nothing,
      cell: (row) => <LongName>{clients.get(row.client_id ?? '') ?? nothing}</LongName>,
      sortable: false,
    },
    {
      id: 'details',
      header: 'Details',
      onPhone: 'text',
      value: (row) => auditDetails(row.details),
      sortable: false,
      cell: (row) => <span className='text-ink-soft'>{auditDetails(row.details) || nothing}</span>,
    },
    momentColumn('occurred_at', 'Time'),
  ];
};
