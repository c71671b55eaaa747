import { useQuery, useQueryClient } from '@tanstack/react-query';
import { RotateCcw } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useClientId } from '../../app/use-client.ts';
import { clientNamesQuery } from '../../data/clients.ts';
import {
  type DeadLetter,
  type DeadLetterFilter,
  readDeadLetters,
  replayWishOf,
} from '../../data/deliveries.ts';
import { eventLabels, type EventType } from '../../data/events.ts';
import { collect, readWhole } from '../../data/paging.ts';
import type { Column } from '../../shared/table-types.ts';
import { formatMoment, nothing, plural } from '../../shared/format.ts';
import { RangePicker } from '../../shared/RangePicker.tsx';
import { StateCard } from '../../shared/StateCard.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ConnectionFilter, TextFilter } from './filters.tsx';
import { PagedTable } from './PagedTable.tsx';
import { type Replay, ReplayDialog } from './ReplayDialog.tsx';
import { useListRange, useListSearch } from './use-list.ts';

/** Deliveries that could not be processed: why, and another try for one, for some, or for all that the filters leave. */
export function DeadLettersPage() {
  const clientId = useClientId();
  const queryClient = useQueryClient();
  const [search] = useListSearch();
  // Trouble is rare: all of it, unless somebody asks for a period.
  const [range, setRange] = useListRange(true);
  const names = useQuery(clientNamesQuery);
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const [replay, setReplay] = useState<Replay>();
  const filter: DeadLetterFilter = {
    clientId,
    connectionId: search.connection,
    reason: search.q,
    period: range.period,
  };
  const columns = useMemo(
    () =>
      columnsWith({
        names: new Map((names.data ?? []).map(({ id, name }) => [id, name])),
        selected,
        onSelect: (id, isSelected) =>
          setSelected((kept) => {
            const next = new Set(kept);
            if (isSelected) next.add(id);
            else next.delete(id);
            return next;
          }),
        onReplay: (row) => setReplay({ what: 'this dead letter', wish: () => ({ ids: [row.id] }) }),
      }),
    [names.data, selected],
  );

  const replayAll = () =>
    setReplay({
      what: 'all dead letters that the filters leave',
      wish: async () =>
        clientId === undefined
          ? replayWishOf(filter, new Date())
          // The function knows no clients, so the rows are named one by one.
          : {
            ids: (await collect(
              readWhole((wish) => readDeadLetters(filter, wish), { id: 'id', desc: true }),
            )).map((row) => row.id),
          },
    });

  return (
    <>
      <PagedTable
        label='Dead letters'
        queryKey={['dead-letters', filter]}
        read={(wish) => readDeadLetters(filter, wish)}
        columns={columns}
        rowKey={(row) => String(row.id)}
        defaultSort={{ id: 'received_at', desc: true }}
        toolbar={
          <>
            <ConnectionFilter />
            <TextFilter label='Find in the reason' />
            <RangePicker range={range} onChange={setRange} canCompare={false} />
          </>
        }
        summary={() => (
          <div className='flex w-full flex-wrap items-center gap-2 pt-1'>
            <Button
              size='small'
              variant='primary'
              disabled={selected.size === 0}
              onClick={() =>
                setReplay({
                  what: plural(selected.size, 'selected dead letter'),
                  wish: () => ({ ids: [...selected] }),
                })}
            >
              <RotateCcw aria-hidden /> Replay selected ({selected.size})
            </Button>
            <Button size='small' onClick={replayAll}>Replay all that are found</Button>
          </div>
        )}
        empty={
          <StateCard
            kind='empty'
            title='No dead letters'
            advice='A delivery comes here when it cannot be read, or failed five times. Nothing is ever thrown away.'
          />
        }
      />
      {replay && (
        <ReplayDialog
          replay={replay}
          onClose={() => setReplay(undefined)}
          onReplayed={() => {
            setSelected(new Set());
            void queryClient.invalidateQueries({ queryKey: ['list', 'dead-letters'] });
            void queryClient.invalidateQueries({ queryKey: ['attention'] });
            void queryClient.invalidateQueries({ queryKey: ['operator-health'] });
          }}
        />
      )}
    </>
  );
}

const typeLabel = (type: string | null): string =>
  type === null ? 'Unreadable' : eventLabels[type as EventType] ?? type;

const columnsWith = ({ names, selected, onSelect, onReplay }: {
  names: ReadonlyMap<string, string>;
  selected: ReadonlySet<number>;
  onSelect: (id: number, isSelected: boolean) => void;
  onReplay: (row: DeadLetter) => void;
}): Column<DeadLetter>[] => [
  {
    id: 'select',
    header: 'Select',
    value: () => null,
    sortable: false,
    inCsv: false,
    cell: (row) => (
      <input
        type='checkbox'
        aria-label={`Select dead letter ${row.id}`}
        className='size-4 accent-brand'
        disabled={!row.replayable}
        checked={selected.has(row.id)}
        onChange={(event) => onSelect(row.id, event.target.checked)}
      />
    ),
  },
  {
    id: 'reason',
    header: 'Reason',
    value: (row) => row.reason ?? nothing,
    onPhone: 'title',
    cell: (row) => <span className='block break-words'>{row.reason ?? nothing}</span>,
  },
  { id: 'type', header: 'Event', value: (row) => typeLabel(row.type), sortable: false },
  {
    id: 'connection_name',
    header: 'Connection',
    onPhone: 'wide',
    value: (row) => row.connection_name,
    cell: (row) => (
      <span className='grid'>
        {row.connection_name}
        <span className='text-xs text-ink-soft'>
          {row.client_id ? names.get(row.client_id) ?? '' : 'Shared'}
        </span>
      </span>
    ),
  },
  {
    id: 'received_at',
    header: 'Received',
    onPhone: 'wide',
    value: (row) => row.received_at,
    cell: (row) => <time dateTime={row.received_at}>{formatMoment(row.received_at)}</time>,
  },
  { id: 'attempts', header: 'Tries', value: (row) => row.attempts, align: 'right', onPhone: 'hidden' },
  {
    id: 'replayable',
    header: 'Replay',
    onPhone: 'action',
    value: (row) => row.replayable ? 'can be replayed' : 'could not be read',
    sortable: false,
    align: 'right',
    cell: (row) =>
      row.replayable
        ? (
          <Button size='small' aria-label={`Replay dead letter ${row.id}`} onClick={() => onReplay(row)}>
            Replay
          </Button>
        )
        : <Badge>Could not be read</Badge>,
  },
];
