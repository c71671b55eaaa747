import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Archive, RotateCcw } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useClientId } from '../../app/use-client.ts';
import { clientNamesQuery } from '../../data/clients.ts';
import {
  type DeadLetter,
  type DeadLetterFilter,
  readDeadLetters,
  type ReplayWish,
  replayWishOf,
  restoreDeadLetter,
} from '../../data/deliveries.ts';
import { describeFailure } from '../../data/failure.ts';
import { eventLabels, type EventType } from '../../data/events.ts';
import { collect, readWhole } from '../../data/paging.ts';
import type { Column } from '../../shared/table-types.ts';
import { formatMoment, nothing, plural } from '../../shared/format.ts';
import { RangePicker } from '../../shared/RangePicker.tsx';
import { StateCard } from '../../shared/StateCard.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { toast } from '../../ui/toast.tsx';
import { type Dismissal, DismissDialog } from './DismissDialog.tsx';
import { ChoiceFilter, ConnectionFilter, TextFilter } from './filters.tsx';
import { PagedTable } from './PagedTable.tsx';
import { type Replay, ReplayDialog } from './ReplayDialog.tsx';
import { useListRange, useListSearch } from './use-list.ts';

/**
 * Deliveries that could not be processed: why, and another try or a dismissal for one, for some, or for all that the filters
 * leave.
 */
export function DeadLettersPage() {
  const clientId = useClientId();
  const queryClient = useQueryClient();
  const [search] = useListSearch();
  // Trouble is rare: all of it, unless somebody asks for a period.
  const [range, setRange] = useListRange(true);
  const names = useQuery(clientNamesQuery);
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const [replay, setReplay] = useState<Replay>();
  const [dismissal, setDismissal] = useState<Dismissal>();
  const isDismissed = search.status === 'dismissed';
  const filter: DeadLetterFilter = {
    clientId,
    connectionId: search.connection,
    reason: search.q,
    period: range.period,
    dismissed: isDismissed,
  };
  const changed = () => {
    setSelected(new Set());
    for (const key of [['list', 'dead-letters'], ['attention'], ['operator-health'], ['operator-clients']]) {
      void queryClient.invalidateQueries({ queryKey: key });
    }
  };
  const restore = useMutation({
    mutationFn: (row: DeadLetter) => restoreDeadLetter(row.id),
    onSuccess: () => toast('The dead letter is back in the list'),
    onError: (error) => toast(describeFailure(error).title, 'bad'),
    onSettled: changed,
  });
  const { mutate: onRestore } = restore;
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
        onDismiss: (row) => setDismissal({ what: 'this dead letter', wish: () => ({ ids: [row.id] }) }),
        onRestore,
      }),
    [names.data, selected, onRestore],
  );

  const allFound = 'all dead letters that the filters leave';
  const wishForAll = async (): Promise<ReplayWish> =>
    clientId === undefined && !isDismissed
      ? replayWishOf(filter, new Date())
      // The functions know no clients, and dismissed ones only by their ids.
      : {
        ids: (await collect(readWhole((wish) => readDeadLetters(filter, wish), { id: 'id', desc: true })))
          .map(({ id }) => id),
      };
  const selection = {
    what: plural(selected.size, 'selected dead letter'),
    wish: () => ({ ids: [...selected] }),
  };

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
            <ChoiceFilter
              label='State'
              part='status'
              all='Not dismissed'
              choices={[{ value: 'dismissed', label: 'Dismissed' }]}
            />
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
              onClick={() => setReplay(selection)}
            >
              <RotateCcw aria-hidden /> Replay selected ({selected.size})
            </Button>
            <Button size='small' onClick={() => setReplay({ what: allFound, wish: wishForAll })}>
              Replay all that are found
            </Button>
            {!isDismissed && (
              <>
                <Button size='small' disabled={selected.size === 0} onClick={() => setDismissal(selection)}>
                  <Archive aria-hidden /> Dismiss selected ({selected.size})
                </Button>
                <Button size='small' onClick={() => setDismissal({ what: allFound, wish: wishForAll })}>
                  Dismiss all that are found
                </Button>
              </>
            )}
          </div>
        )}
        empty={
          <StateCard
            kind='empty'
            title={isDismissed ? 'No dismissed dead letters' : 'No dead letters'}
            advice='A delivery comes here when it cannot be read, or failed five times. Nothing is ever thrown away.'
          />
        }
      />
      {replay && (
        <ReplayDialog
          replay={replay}
          onClose={() => setReplay(undefined)}
          onReplayed={changed}
        />
      )}
      {dismissal && (
        <DismissDialog
          dismissal={dismissal}
          onClose={() => setDismissal(undefined)}
          onDismissed={changed}
        />
      )}
    </>
  );
}

const typeLabel = (type: string | null): string =>
  type === null ? 'Unreadable' : eventLabels[type as EventType] ?? type;

const columnsWith = ({ names, selected, onSelect, onReplay, onDismiss, onRestore }: {
  names: ReadonlyMap<string, string>;
  selected: ReadonlySet<number>;
  onSelect: (id: number, isSelected: boolean) => void;
  onReplay: (row: DeadLetter) => void;
  onDismiss: (row: DeadLetter) => void;
  onRestore: (row: DeadLetter) => void;
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
    cell: (row) => (
      <span className='grid gap-1'>
        <span className='block break-words'>{row.reason ?? nothing}</span>
        {row.dismissed_at && (
          <span className='text-xs text-ink-soft'>
            Dismissed by {row.dismissed_by_name ?? 'a script'},{' '}
            {formatMoment(row.dismissed_at)}: “{row.dismissed_reason}”
          </span>
        )}
      </span>
    ),
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
    header: 'What to do',
    onPhone: 'action',
    value: (row) => row.replayable ? 'can be replayed' : 'could not be read',
    sortable: false,
    align: 'right',
    cell: (row) => (
      <span className='inline-flex flex-wrap items-center justify-end gap-1.5'>
        {row.replayable
          ? (
            <Button size='small' aria-label={`Replay dead letter ${row.id}`} onClick={() => onReplay(row)}>
              Replay
            </Button>
          )
          : <Badge>Could not be read</Badge>}
        {row.dismissed_at
          ? (
            <Button size='small' aria-label={`Restore dead letter ${row.id}`} onClick={() => onRestore(row)}>
              Restore
            </Button>
          )
          : (
            <Button
              size='small'
              variant='ghost'
              aria-label={`Dismiss dead letter ${row.id}`}
              onClick={() => onDismiss(row)}
            >
              Dismiss
            </Button>
          )}
      </span>
    ),
  },
];
