import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { describeFailure } from '../../../data/failure.ts';
import {
  type DeliveryFilter,
  type DeliveryRow,
  type Endpoint,
  eventName,
  readDeliveries,
  replayDelivery,
} from '../../../data/outgoing.ts';
import { actionColumn, momentColumn, RowButton, TwoLines } from '../../../shared/columns.tsx';
import { type ListState, PagedTable } from '../../../shared/PagedTable.tsx';
import { StateCard } from '../../../shared/StateCard.tsx';
import type { Column } from '../../../shared/table-types.ts';
import { Select } from '../../../ui/select.tsx';
import { toast } from '../../../ui/toast.tsx';
import { deliveryStateColumn, DeliveryStateFilter } from './delivery-state.tsx';
import { DeliveryDialog } from './DeliveryDialog.tsx';

/** What was sent in the last 30 days, newest first. */
export function DeliveryLog(
  { clientId, endpoints }: { clientId: string | undefined; endpoints: Endpoint[] },
) {
  const queryClient = useQueryClient();
  const [list, setList] = useState<ListState>({});
  const [endpointId, setEndpointId] = useState('');
  const [state, setState] = useState('');
  const [shown, setShown] = useState<DeliveryRow>();
  const filter: DeliveryFilter = { clientId, endpointId: endpointId || undefined, state: state || undefined };
  const changeFilter = (change: (value: string) => void) => (value: string) => {
    change(value);
    setList((before) => ({ ...before, page: undefined }));
  };
  const replay = useMutation({
    mutationFn: replayDelivery,
    onSuccess: () => toast('Sending it again'),
    onError: (error) => {
      const { title, advice } = describeFailure(error);
      toast(`${title}. ${advice}`, 'bad');
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['list', 'outgoing-log'] }),
  });
  return (
    <>
      <PagedTable
        title='Sent events'
        hint='What was sent to these addresses in the last 30 days, newest first.'
        label='Sent events'
        queryKey={['outgoing-log', filter]}
        read={(page) => readDeliveries(filter, page)}
        columns={columns(setShown, (row) => replay.mutate(row))}
        rowKey={(row) => `${row.event_id} ${row.endpoint_id}`}
        defaultSort={{ id: 'wanted_at', desc: true }}
        state={list}
        onStateChange={(next) => setList((before) => ({ ...before, page: undefined, ...next }))}
        toolbar={
          <>
            <Select
              aria-label='Endpoint'
              value={endpointId}
              onValueChange={changeFilter(setEndpointId)}
              choices={[
                { value: '', label: 'All endpoints' },
                ...endpoints.map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
            <DeliveryStateFilter value={state} onValueChange={changeFilter(setState)} />
          </>
        }
        empty={
          <StateCard
            kind='empty'
            title='No events sent'
            advice='Events show here as soon as an endpoint gets one. They are kept for 30 days.'
          />
        }
      />
      {shown && <DeliveryDialog row={shown} onClose={() => setShown(undefined)} />}
    </>
  );
}

const columns = (
  onShow: (row: DeliveryRow) => void,
  onReplay: (row: DeliveryRow) => void,
): Column<DeliveryRow>[] => [
  {
    id: 'type',
    header: 'Event',
    onPhone: 'title',
    value: (row) => eventName(row.type),
    cell: (row) => <TwoLines className='font-medium' first={eventName(row.type)} second={row.client_name} />,
  },
  { id: 'endpoint_name', header: 'Endpoint', onPhone: 'wide', value: (row) => row.endpoint_name },
  deliveryStateColumn(),
  {
    id: 'last_status',
    header: 'Answer',
    onPhone: 'text',
    value: (row) => row.last_error ?? (row.last_status === null ? null : `Status ${row.last_status}`),
    cell: (row) => (
      <span className='block min-w-36 text-ink-soft'>
        {row.last_error ?? (row.last_status && `Status ${row.last_status}`)}
      </span>
    ),
  },
  momentColumn('wanted_at', 'Sent'),
  actionColumn('Actions', (row) => (
    <span className='inline-flex gap-2'>
      <RowButton
        label={`Details of ${eventName(row.type)} to ${row.endpoint_name}`}
        onClick={() => onShow(row)}
      >
        Details
      </RowButton>
      {row.type !== 'test' && (
        <RowButton
          label={`Replay ${eventName(row.type)} to ${row.endpoint_name}`}
          onClick={() => onReplay(row)}
        >
          Replay
        </RowButton>
      )}
    </span>
  )),
];
