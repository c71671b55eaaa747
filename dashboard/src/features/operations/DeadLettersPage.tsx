import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Archive, RotateCcw } from 'lucide-react';
import { useMemo, useState } from 'react';
import { clientNamesQuery } from '../../data/clients.ts';
import {
  criteriaOf,
  type DeadLetter,
  type DeadLetterFilter,
  dismissDeadLetters,
  readDeadLetters,
  restoreDeadLetter,
} from '../../data/dead-letters.ts';
import { eventLabels, type EventType } from '../../data/events.ts';
import { describeFailure } from '../../data/failure.ts';
import { collect, readWhole } from '../../data/paging.ts';
import { useClientId } from '../../routing/use-client.ts';
import { actionColumn, momentColumn, RowButton, selectColumn, TwoLines } from '../../shared/columns.tsx';
import { nothing, plural } from '../../shared/format.ts';
import { Moment } from '../../shared/moments.tsx';
import { RangePicker } from '../../shared/RangePicker.tsx';
import { StateCard } from '../../shared/StateCard.tsx';
import type { Column } from '../../shared/table-types.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { toast } from '../../ui/toast.tsx';
import { ChoiceFilter, ConnectionFilter, TextFilter } from './filters.tsx';
import { NoteDialog } from '../../shared/NoteDialog.tsx';
import { PagedTable } from './PagedTable.tsx';
import { type DeadLetterSelection, ReplayDialog } from './ReplayDialog.tsx';
import { useListRange, useListSearch } from './use-list.ts';

/**
 * Deliveries that could not be processed: why, and another try or a dismissal for one, for some, or for all that the filters
 * leave.
 */
export function DeadLettersPage() {
  const clientId = useClientId();
  const queryClient = useQueryClient();
  const [search] = useListSearch();
  // They are rare: all of them are shown until a period is chosen.
  const [range, setRange] = useListRange({ isAllByDefault: true });
  const names = useQuery(clientNamesQuery);
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const [replay, setReplay] = useState<DeadLetterSelection>();
  const [dismissal, setDismissal] = useState<DeadLetterSelection>();
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
    onSuccess: () => toast('Dead letter restored'),
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
        onReplay: (row) => setReplay(single(row)),
        onDismiss: (row) => setDismissal(single(row)),
        onRestore,
      }),
    [names.data, selected, onRestore],
  );

  const matching: DeadLetterSelection = {
    what: 'all matching dead letters',
    criteria: async () =>
      clientId === undefined && !isDismissed
        ? criteriaOf(filter, new Date())
        // The functions filter by no client, and find dismissed ones by their ids only.
        : {
          ids: (await collect(readWhole((page) => readDeadLetters(filter, page), { id: 'id', desc: true })))
            .map(({ id }) => id),
        },
  };
  const selection: DeadLetterSelection = {
    what: plural(selected.size, 'selected dead letter'),
    criteria: () => ({ ids: [...selected] }),
  };

  return (
    <>
      <PagedTable
        label='Dead letters'
        queryKey={['dead-letters', filter]}
        read={(page) => readDeadLetters(filter, page)}
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
            <TextFilter label='Search reasons' />
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
            <Button size='small' onClick={() => setReplay(matching)}>
              Replay all matching
            </Button>
            {!isDismissed && (
              <>
                <Button size='small' disabled={selected.size === 0} onClick={() => setDismissal(selection)}>
                  <Archive aria-hidden /> Dismiss selected ({selected.size})
                </Button>
                <Button size='small' onClick={() => setDismissal(matching)}>
                  Dismiss all matching
                </Button>
              </>
            )}
          </div>
        )}
        empty={
          <StateCard
            kind='empty'
            title={isDismissed ? 'No dismissed dead letters' : 'No dead letters'}
            advice='A delivery lands here when it cannot be read or has failed five times. Nothing is ever deleted.'
          />
        }
      />
      {replay && (
        <ReplayDialog
          selection={replay}
          onClose={() => setReplay(undefined)}
          onReplayed={changed}
        />
      )}
      {dismissal && (
        <NoteDialog
          title={`Dismiss ${dismissal.what}`}
          description='They are kept and stay in the ledger, but no longer need attention. You can restore them.'
          action='Dismiss'
          busy='Dismissing …'
          label='Reason'
          hint='Shown beside the dismissed dead letters.'
          isRequired
          save={async (reason) => {
            const { dismissed } = await dismissDeadLetters(await dismissal.criteria(), reason);
            toast(`${plural(dismissed, 'dead letter')} dismissed`);
          }}
          onSaved={changed}
          onClose={() => setDismissal(undefined)}
        />
      )}
    </>
  );
}

const single = ({ id }: DeadLetter): DeadLetterSelection => ({
  what: 'this dead letter',
  criteria: () => ({ ids: [id] }),
});

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
  selectColumn(
    (row) => `dead letter ${row.id}`,
    (row) => selected.has(row.id),
    (row, isSelected) => onSelect(row.id, isSelected),
  ),
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
            <Moment at={row.dismissed_at} />: “{row.dismissed_reason}”
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
      <TwoLines
        className=''
        first={row.connection_name}
        second={row.client_id ? names.get(row.client_id) ?? '' : 'Shared'}
      />
    ),
  },
  momentColumn('received_at', 'Received'),
  { id: 'attempts', header: 'Attempts', value: (row) => row.attempts, align: 'right', onPhone: 'hidden' },
  actionColumn('Actions', (row) => (
    <span className='inline-flex flex-wrap items-center justify-end gap-1.5'>
      {row.replayable
        ? (
          <RowButton label={`Replay dead letter ${row.id}`} onClick={() => onReplay(row)}>
            Replay
          </RowButton>
        )
        : <Badge>Unreadable</Badge>}
      {row.dismissed_at
        ? (
          <RowButton label={`Restore dead letter ${row.id}`} onClick={() => onRestore(row)}>
            Restore
          </RowButton>
        )
        : (
          <RowButton variant='ghost' label={`Dismiss dead letter ${row.id}`} onClick={() => onDismiss(row)}>
            Dismiss
          </RowButton>
        )}
    </span>
  ), {
    id: 'replayable',
    value: (row) => row.replayable ? 'can be replayed' : 'unreadable',
    inCsv: true,
  }),
];
