import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import {
  type CrmConnection,
  type PushFilter,
  type PushRow,
  readPushes,
  refreshPushes,
  retryPush,
} from '../../../data/crm.ts';
import { describeFailure } from '../../../data/failure.ts';
import { eventName } from '../../../data/outgoing.ts';
import { actionColumn, momentColumn, RowButton, TwoLines } from '../../../shared/columns.tsx';
import { type ListState, PagedTable } from '../../../shared/PagedTable.tsx';
import { StateCard } from '../../../shared/StateCard.tsx';
import type { Column } from '../../../shared/table-types.ts';
import { Select } from '../../../ui/select.tsx';
import { toast } from '../../../ui/toast.tsx';
import { deliveryStateColumn, DeliveryStateFilter } from '../outgoing/delivery-state.tsx';
import { PushDialog } from './PushDialog.tsx';

/** What was pushed in the last 30 days, newest first. */
export function CrmLog({ clientId, connections, nameOf }: {
  clientId: string | undefined;
  connections: readonly CrmConnection[];
  nameOf: (clientId: string | null) => string;
}) {
  const queryClient = useQueryClient();
  const [list, setList] = useState<ListState>({});
  const [connectionId, setConnectionId] = useState('');
  const [state, setState] = useState('');
  const [shown, setShown] = useState<PushRow>();
  const filter: PushFilter = {
    clientId,
    connectionId: connectionId || undefined,
    state: state || undefined,
  };
  const changeFilter = (change: (value: string) => void) => (value: string) => {
    change(value);
    setList((before) => ({ ...before, page: undefined }));
  };
  const retry = useMutation({
    mutationFn: retryPush,
    onSuccess: () => toast('Pushing it again'),
    onError: (error) => {
      const { title, advice } = describeFailure(error);
      toast(`${title}. ${advice}`, 'bad');
    },
    onSettled: () => refreshPushes(queryClient),
  });
  return (
    <>
      <PagedTable
        title='Pushed leads'
        hint='What was sent to HubSpot in the last 30 days, newest first.'
        label='Pushed leads'
        queryKey={['crm-log', filter]}
        read={(page) => readPushes(filter, page)}
        columns={columns(setShown, (row) => retry.mutate(row))}
        rowKey={(row) => row.push_id}
        defaultSort={{ id: 'created_at', desc: true }}
        state={list}
        onStateChange={(next) => setList((before) => ({ ...before, page: undefined, ...next }))}
        toolbar={
          <>
            {connections.length > 1 && (
              <Select
                aria-label='Account'
                value={connectionId}
                onValueChange={changeFilter(setConnectionId)}
                choices={[
                  { value: '', label: 'All accounts' },
                  ...connections.map(({ id, client_id: owner }) => ({ value: id, label: nameOf(owner) })),
                ]}
              />
            )}
            <DeliveryStateFilter value={state} onValueChange={changeFilter(setState)} />
          </>
        }
        empty={
          <StateCard
            kind='empty'
            title='Nothing pushed'
            advice='Leads show here as soon as one replies positively or books a meeting. The log is kept for 30 days.'
          />
        }
      />
      {shown && <PushDialog row={shown} onClose={() => setShown(undefined)} />}
    </>
  );
}

const columns = (onShow: (row: PushRow) => void, onRetry: (row: PushRow) => void): Column<PushRow>[] => [
  {
    id: 'lead_email',
    header: 'Lead',
    onPhone: 'title',
    value: (row) => row.lead_email,
    cell: (row) => (
      <TwoLines
        first={
          <Link
            to='/leads/$clientId/$email'
            params={{ clientId: row.client_id, email: row.lead_email }}
            className='wrap-anywhere underline-offset-4 hover:underline'
          >
            {row.lead_email}
          </Link>
        }
        second={row.client_name}
      />
    ),
  },
  {
    id: 'type',
    header: 'Because of',
    onPhone: 'wide',
    value: (row) => row.is_by_hand ? 'Pushed by hand' : eventName(row.type),
  },
  deliveryStateColumn(),
  {
    id: 'last_error',
    header: 'Result',
    onPhone: 'text',
    sortable: false,
    value: resultOf,
    cell: (row) => <span className='block min-w-56 text-ink-soft'>{resultOf(row)}</span>,
  },
  momentColumn('created_at', 'Wanted'),
  actionColumn('Actions', (row) => (
    <span className='inline-flex gap-2'>
      <RowButton label={`Details of the push of ${row.lead_email}`} onClick={() => onShow(row)}>
        Details
      </RowButton>
      {row.state !== 'delivered' && (
        <RowButton
          label={`${row.state === 'failed' ? 'Retry' : 'Push now'}: ${row.lead_email}`}
          onClick={() => onRetry(row)}
        >
          {row.state === 'failed' ? 'Retry' : 'Push now'}
        </RowButton>
      )}
    </span>
  )),
];

/** Why it failed, what was left out, or what was made. */
function resultOf(row: PushRow): string | null {
  if (row.last_error ?? row.note) return row.last_error ?? row.note;
  if (row.state !== 'delivered') return null;
  const sent = row.sent !== null && typeof row.sent === 'object' ? Object.keys(row.sent) : [];
  return sent.includes('deal') ? 'Contact and deal' : sent.includes('contact') ? 'Contact' : null;
}
