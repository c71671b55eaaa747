import { useClientId } from '../../app/use-client.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import {
  acknowledgeAlert,
  type AlertRow,
  type AlertState,
  alertStates,
  readAlerts,
} from '../../data/machinery.ts';
import { describeFailure } from '../../data/failure.ts';
import type { Column } from '../../shared/table-types.ts';
import { formatMoment } from '../../shared/format.ts';
import { StateCard } from '../../shared/StateCard.tsx';
import { Badge, type BadgeTone } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { toast } from '../../ui/toast.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import { AcknowledgeDialog } from './AcknowledgeDialog.tsx';
import { ChoiceFilter, ConnectionFilter } from './filters.tsx';
import { PagedTable } from './PagedTable.tsx';
import { useListSearch } from './use-list.ts';

const deliveries: Record<string, { label: string; tone: BadgeTone }> = {
  waiting: { label: 'Not posted', tone: 'neutral' },
  sending: { label: 'Being posted', tone: 'brand' },
  delivered: { label: 'Posted', tone: 'good' },
  failed: { label: 'Not delivered', tone: 'bad' },
};

/** What went wrong and until when, also what healed itself; and whether somebody was told. */
export function AlertsPage() {
  const clientId = useClientId();
  const [search] = useListSearch();
  const queryClient = useQueryClient();
  const state: AlertState = alertStates.find((one) => one === search.status) ?? 'open';
  const filter = { clientId, connectionId: search.connection, state };
  const [seen, setSeen] = useState<AlertRow>();
  const changed = () =>
    Promise.all(
      [['list', 'alerts'], ['attention'], ['operator-health'], ['operator-clients']].map((queryKey) =>
        queryClient.invalidateQueries({ queryKey })
      ),
    );
  const reopen = useMutation({
    mutationFn: (row: AlertRow) => acknowledgeAlert({ id: row.id, note: '', undo: true }),
    onSuccess: () => toast('The alert counts as new again'),
    onError: (error) => toast(describeFailure(error).title, 'bad'),
    onSettled: changed,
  });
  const { mutate } = reopen;
  const columns = useMemo(() => [...facts, actions({ onSeen: setSeen, onReopen: mutate })], [mutate]);
  return (
    <>
      <PagedTable
        label='Alerts'
        queryKey={['alerts', filter]}
        read={(wish) => readAlerts(filter, wish)}
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
              title='Nothing is wrong'
              advice='An alert opens when a key is refused, a sync is late, jobs fail or a webhook stops, and closes by itself.'
            />
          )
          : <StateCard kind='empty' title='No alerts' advice='Choose other filters.' />}
      />
      {seen && <AcknowledgeDialog alert={seen} onClose={() => setSeen(undefined)} onDone={changed} />}
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
      <span className='grid gap-1'>
        {row.text}
        {row.acknowledged_at && (
          <span className='text-xs text-ink-soft'>
            Acknowledged by {row.acknowledged_by_name ?? 'a script'}, {formatMoment(row.acknowledged_at)}
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
      <span className='grid'>
        {row.connection_name ?? 'The installation'}
        <span className='text-xs text-ink-soft'>
          {row.client_name ?? (row.connection_id ? 'Shared' : 'No connection of its own')}
        </span>
      </span>
    ),
  },
  { id: 'occurrences', header: 'Times', value: (row) => row.occurrences, align: 'right', onPhone: 'hidden' },
  {
    id: 'opened_at',
    header: 'Since',
    onPhone: 'wide',
    value: (row) => row.opened_at,
    cell: (row) => <time dateTime={row.opened_at}>{formatMoment(row.opened_at)}</time>,
  },
  {
    id: 'closed_at',
    header: 'Until',
    value: (row) => row.closed_at,
    onPhone: 'hidden',
    cell: (row) => formatMoment(row.closed_at),
  },
  {
    id: 'delivery',
    header: 'Posted',
    onPhone: 'wide',
    value: (row) => deliveries[row.delivery]?.label ?? row.delivery,
    cell: (row) => {
      const looks = deliveries[row.delivery] ?? { label: row.delivery, tone: 'neutral' as const };
      if (!row.delivery_error) return <Badge tone={looks.tone}>{looks.label}</Badge>;
      return (
        <Tooltip content={row.delivery_error}>
          <button type='button' aria-label={`${looks.label}: ${row.delivery_error}`} className='rounded-full'>
            <Badge tone={looks.tone}>{looks.label}</Badge>
          </button>
        </Tooltip>
      );
    },
  },
];

const actions = ({ onSeen, onReopen }: {
  onSeen: (row: AlertRow) => void;
  onReopen: (row: AlertRow) => void;
}): Column<AlertRow> => ({
  id: 'acknowledge',
  header: 'Seen',
  onPhone: 'action',
  value: (row) => row.acknowledged_at ? 'acknowledged' : '',
  sortable: false,
  align: 'right',
  cell: (row) => {
    if (row.closed_at) return null;
    return row.acknowledged_at
      ? (
        <Button
          size='small'
          aria-label={`Take back: ${row.title}, ${row.connection_name ?? 'everything'}`}
          onClick={() => onReopen(row)}
        >
          Take back
        </Button>
      )
      : (
        <Button
          size='small'
          aria-label={`Acknowledge ${row.title}, ${row.connection_name ?? 'everything'}`}
          onClick={() => onSeen(row)}
        >
          Acknowledge
        </Button>
      );
  },
});
