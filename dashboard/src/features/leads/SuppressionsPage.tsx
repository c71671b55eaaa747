import { useQueryClient } from '@tanstack/react-query';
import { Ban } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useSession } from '../../data/session.ts';
import {
  readSuppressions,
  type SuppressionReason,
  suppressionReasons,
  type SuppressionRow,
} from '../../data/suppressions.ts';
import { useClientId } from '../../routing/use-client.ts';
import { actionColumn, momentColumn, RowButton, stateColumn, TwoLines } from '../../shared/columns.tsx';
import { nothing } from '../../shared/format.ts';
import { PagedTable } from '../../shared/PagedTable.tsx';
import { SearchField } from '../../shared/SearchField.tsx';
import { StateCard } from '../../shared/StateCard.tsx';
import type { Column } from '../../shared/table-types.ts';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/select.tsx';
import { LiftDialog } from './LiftDialog.tsx';
import { SuppressDialog } from './SuppressDialog.tsx';
import { useLeadsSearch } from './use-leads-search.ts';

/** Who is not emailed, why and since when. */
export function SuppressionsPage() {
  const clientId = useClientId();
  const isOperator = useSession()?.role === 'operator';
  const queryClient = useQueryClient();
  const [search, change] = useLeadsSearch();
  const [isAdding, setAdding] = useState(false);
  const [removed, setRemoved] = useState<SuppressionRow>();
  const reason = search.reason && search.reason in suppressionReasons
    ? search.reason as SuppressionReason
    : undefined;
  const filter = { clientId, text: search.q, reason, kind: search.kind };
  const isFiltered = Boolean(search.q ?? reason ?? search.kind);
  const changed = () => {
    for (const key of [['list', 'suppressions'], ['leads'], ['lead']]) {
      void queryClient.invalidateQueries({ queryKey: key });
    }
  };
  const columns = useMemo(
    () => isOperator ? [...listed, ofClient, removal(setRemoved)] : listed,
    [isOperator],
  );
  return (
    <>
      <PagedTable
        label='Suppressions'
        state={search}
        onStateChange={change}
        queryKey={['suppressions', filter]}
        read={(page) => readSuppressions(filter, page)}
        columns={columns}
        rowKey={(row) => `${row.client_id ?? ''} ${row.entry}`}
        defaultSort={{ id: 'suppressed_at', desc: true }}
        toolbar={
          <>
            <SearchField
              label='Find an address or domain'
              value={search.q}
              onChange={(q) => change({ q })}
            />
            <Select
              aria-label='Reason'
              value={reason ?? ''}
              onValueChange={(next) => change({ reason: next || undefined })}
              choices={[
                { value: '', label: 'All reasons' },
                ...Object.entries(suppressionReasons).map(([value, label]) => ({ value, label })),
              ]}
            />
            <Select
              aria-label='Addresses or domains'
              value={search.kind ?? ''}
              onValueChange={(next) => change({ kind: next || undefined })}
              choices={[
                { value: '', label: 'Addresses and domains' },
                { value: 'addresses', label: 'Addresses' },
                { value: 'domains', label: 'Domains' },
              ]}
            />
            {isOperator && (
              <Button size='small' variant='primary' onClick={() => setAdding(true)}>
                <Ban aria-hidden /> Suppress
              </Button>
            )}
          </>
        }
        empty={
          <StateCard
            kind='empty'
            title={isFiltered ? 'Nothing found' : 'No suppressions yet'}
            advice={isFiltered
              ? 'Try other filters.'
              : 'People who unsubscribe, report spam or do not exist are added automatically.'}
          />
        }
      />
      {isAdding && <SuppressDialog clientId={clientId} onDone={changed} onClose={() => setAdding(false)} />}
      {removed && (
        <LiftDialog
          entry={removed.entry}
          clientId={removed.client_id}
          onLifted={changed}
          onClose={() => setRemoved(undefined)}
        />
      )}
    </>
  );
}

const tones = {
  unsubscribed: 'warm',
  bounced: 'neutral',
  spam_report: 'bad',
  erased: 'neutral',
  do_not_contact: 'warm',
} as const;

const listed: Column<SuppressionRow>[] = [
  {
    id: 'entry',
    header: 'Address or domain',
    value: (row) => row.entry,
    onPhone: 'title',
    cell: (row) => (
      <TwoLines
        className='font-medium break-all'
        first={row.entry}
        second={row.is_domain ? 'every address of this domain' : undefined}
      />
    ),
  },
  stateColumn('reason', 'Reason', (row) => ({
    label: suppressionReasons[row.reason],
    tone: tones[row.reason],
  })),
  { id: 'note', header: 'Note', value: (row) => row.note ?? nothing, onPhone: 'wide', sortable: false },
  momentColumn('suppressed_at', 'Since'),
];

const ofClient: Column<SuppressionRow> = {
  id: 'client_name',
  header: 'For',
  value: (row) => row.client_name ?? 'All clients',
  onPhone: 'wide',
};

const removal = (onRemove: (row: SuppressionRow) => void) =>
  actionColumn<SuppressionRow>(
    'Action',
    (row) =>
      row.reason !== 'erased' && (
        <RowButton
          label={`Remove the suppression of ${row.entry}`}
          onClick={() => onRemove(row)}
        >
          Remove
        </RowButton>
      ),
  );
