import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import {
  acknowledgeAlert,
  type AlertRow,
  type AlertState,
  alertStates,
  readAlerts,
} from '../../data/alerts.ts';
import { describeFailure } from '../../data/failure.ts';
import { useClientId } from '../../routing/use-client.ts';
import { actionColumn, momentColumn, RowButton, type State, TwoLines } from '../../shared/columns.tsx';
import { Moment } from '../../shared/moments.tsx';
import { StateCard } from '../../shared/StateCard.tsx';
import type { Column } from '../../shared/table-types.ts';
import { Badge } from '../../ui/badge.tsx';
import { toast } from '../../ui/toast.tsx';
import { ChoiceFilter, ConnectionFilter } from './filters.tsx';
import { NoteDialog } from '../../shared/NoteDialog.tsx';
import { PagedTable } from './PagedTable.tsx';
import { ReasonBadge } from './ReasonBadge.tsx';
import { useListSearch } from './use-list.ts';

const deliveries: Record<string, State> = {
  waiting: { label: 'Not sent', tone: 'neutral' },
  sending: { label: 'Sending', tone: 'brand' },
  delivered: { label: 'Sent', tone: 'good' },
  failed: { label: 'Not delivered', tone: 'bad' },
};

/** What went wrong and until when, also what recovered by itself; and whether the agency was notified. */
export function AlertsPage() {
  const clientId = useClientId();
  const [search] = useListSearch();
  const queryClient = useQueryClient();
  const state: AlertState = alertStates.find((one) => one === search.status) ?? 'open';
  const filter = { clientId, connectionId: search.connection, state };
  const [acknowledged, setAcknowledged] = useState<AlertRow>();
  const changed = () =>
    Promise.all(
      [['list', 'alerts'], ['attention'], ['operator-health'], ['operator-clients']].map((queryKey) =>
        queryClient.invalidateQueries({ queryKey })
      ),
    );
  const reopen = useMutation({
    mutationFn: (row: AlertRow) => acknowledgeAlert({ id: row.id, note: '', undo: true }),
    onSuccess: () => toast('The alert is open again'),
    onError: (error) => toast(describeFailure(error).title, 'bad'),
    onSettled: changed,
  });
  const { mutate } = reopen;
  const columns = useMemo(
    () => [...facts, actions({ onAcknowledge: setAcknowledged, onReopen: mutate })],
    [mutate],
  );
  return (
    <>
      <PagedTable
        label='Alerts'
        queryKey={['alerts', filter]}
        read={(page) => readAlerts(filter, page)}
        columns={columns}
        rowKey={(row) => row.id}
        defaultSort={{ id: 'opened_at', desc: true }}
        toolbar={
          <>
            <ChoiceFilter
              label='State'
              part='status'
              all='Open alerts'
              choices={[
                { value: 'acknowledged', label: 'Acknowledged alerts' },
                { value: 'closed', label: 'Closed alerts' },
                { value: 'all', label: 'All alerts' },
              ]}
            />
            <ConnectionFilter />
          </>
        }
        empty={state === 'open'
          ? (
            <StateCard
              kind='empty'
              title='No open alerts'
              advice='An alert opens when a key is refused, a sync is late, jobs fail or a webhook stops. It closes by itself once the problem is solved.'
            />
          )
          : <StateCard kind='empty' title='No alerts' advice='Try other filters.' />}
      />
      {acknowledged && (
        <NoteDialog
          title={`Acknowledge “${acknowledged.title}”`}
          description='It no longer counts as new and is not sent again. It stays open until the problem is solved; the next one of its kind shows up as new.'
          action='Acknowledge'
          busy='Saving …'
          label='Note'
          hint='For your colleagues. Optional.'
          save={(note) => acknowledgeAlert({ id: acknowledged.id, note })}
          onSaved={async () => {
            await changed();
            toast(`Acknowledged “${acknowledged.title}”`);
          }}
          onClose={() => setAcknowledged(undefined)}
        />
      )}
    </>
  );
}

const facts: Column<AlertRow>[] = [
  {
    id: 'kind',
    header: 'Alert',
    value: (row) => row.title,
    onPhone: 'title',
    cell: (row) => (
      <span className='inline-flex flex-wrap items-center gap-2'>
        <span className='font-medium'>{row.title}</span>
        <Badge tone={row.closed_at ? 'neutral' : row.acknowledged_at ? 'warm' : 'bad'}>
          {row.closed_at ? 'Closed' : row.acknowledged_at ? 'Acknowledged' : 'Open'}
        </Badge>
      </span>
    ),
  },
  {
    id: 'text',
    header: 'What happened',
    value: (row) => row.text,
    sortable: false,
    onPhone: 'text',
    cell: (row) => (
      <span className='grid gap-1 md:min-w-68'>
        {row.text}
        <Link
          to='/docs/$page'
          params={{ page: 'runbook' }}
          hash={row.kind}
          aria-label={`What to do: ${row.title}`}
          className='w-fit text-sm text-brand underline underline-offset-4 print:hidden'
        >
          What to do
        </Link>
        {row.acknowledged_at && (
          <span className='text-xs text-ink-soft'>
            Acknowledged by {row.acknowledged_by_name ?? 'a script'}, <Moment at={row.acknowledged_at} />
            {row.acknowledged_note && <>: “{row.acknowledged_note}”</>}
          </span>
        )}
      </span>
    ),
  },
  {
    id: 'connection_name',
    header: 'Connection',
    onPhone: 'wide',
    value: (row) => row.connection_name,
    cell: (row) => (
      <TwoLines
        className=''
        first={row.connection_name ?? 'This installation'}
        second={row.client_name ?? (row.connection_id ? 'Shared' : 'No single connection')}
      />
    ),
  },
  {
    id: 'occurrences',
    header: 'Count',
    value: (row) => row.occurrences,
    align: 'right',
    onPhone: 'hidden',
    isExtra: true,
  },
  momentColumn('opened_at', 'Opened', {
    cell: (row) => (
      <TwoLines
        className=''
        first={<Moment at={row.opened_at} />}
        second={row.closed_at && (
          <>
            closed <Moment at={row.closed_at} />
          </>
        )}
      />
    ),
  }),
  // The file has it as a column of its own; the table needs the room for what happened.
  momentColumn('closed_at', 'Closed', { inTable: false }),
  {
    id: 'delivery',
    header: 'Notification',
    onPhone: 'wide',
    value: (row) => deliveries[row.delivery]?.label ?? row.delivery,
    cell: (row) => (
      <ReasonBadge
        state={deliveries[row.delivery] ?? { label: row.delivery, tone: 'neutral' }}
        reason={row.delivery_error}
      />
    ),
  },
];

const actions = ({ onAcknowledge, onReopen }: {
  onAcknowledge: (row: AlertRow) => void;
  onReopen: (row: AlertRow) => void;
}): Column<AlertRow> =>
  actionColumn('Acknowledged', (row) => {
    const about = `${row.title}, ${row.connection_name ?? 'this installation'}`;
    if (row.closed_at) return null;
    return row.acknowledged_at
      ? <RowButton label={`Reopen ${about}`} onClick={() => onReopen(row)}>Reopen</RowButton>
      : <RowButton label={`Acknowledge ${about}`} onClick={() => onAcknowledge(row)}>Acknowledge</RowButton>;
  }, { id: 'acknowledged', value: (row) => row.acknowledged_at ? 'yes' : 'no', inCsv: true });
