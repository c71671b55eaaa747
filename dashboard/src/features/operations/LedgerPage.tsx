import { Link } from '@tanstack/react-router';
import { type LedgerRow, readLedger } from '../../data/ledger.ts';
import { useClientId } from '../../routing/use-client.ts';
import { stateColumn } from '../../shared/columns.tsx';
import { periodName } from '../../shared/csv-name.ts';
import { daysText, formatCount, formatDay, plural } from '../../shared/format.ts';
import { RangePicker } from '../../shared/RangePicker.tsx';
import { StateCard } from '../../shared/StateCard.tsx';
import type { Column } from '../../shared/table-types.ts';
import { Badge } from '../../ui/badge.tsx';
import { cn } from '../../ui/class-names.ts';
import { ConnectionFilter } from './filters.tsx';
import { PagedTable } from './PagedTable.tsx';
import { useListRange, useListSearch } from './use-list.ts';

const parts = [
  { id: 'received', label: 'Received' },
  { id: 'projected', label: 'Counted' },
  { id: 'duplicate', label: 'Duplicate' },
  { id: 'quarantined', label: 'Held' },
  { id: 'test', label: 'Test' },
  { id: 'waiting', label: 'Waiting' },
  { id: 'dead', label: 'Dead' },
  { id: 'erased', label: 'Erased' },
] as const;

/** Proof that nothing was lost: each delivery is counted in exactly one column. */
export function LedgerPage() {
  const clientId = useClientId();
  const [search] = useListSearch();
  const [range, setRange] = useListRange({ timeZone: 'UTC' });
  const filter = { clientId, connectionId: search.connection, period: range.period };
  return (
    <PagedTable
      label='Ledger'
      csvPeriod={periodName(range.period)}
      queryKey={['ledger', filter]}
      read={(page) => readLedger(filter, page)}
      columns={columns}
      rowKey={(row) => `${row.connection_id} ${row.day}`}
      defaultSort={{ id: 'day', desc: true }}
      toolbar={
        <>
          <ConnectionFilter />
          <RangePicker range={range} onChange={setRange} canCompare={false} />
          <span className='text-sm text-ink-soft'>{daysText('UTC')}</span>
        </>
      }
      summary={(rows) => <Totals rows={rows} />}
      empty={
        <StateCard
          kind='empty'
          title='Nothing received'
          advice='Try a longer period, or check the webhook in the settings.'
        />
      }
    />
  );
}

function Totals({ rows }: { rows: readonly LedgerRow[] }) {
  const unbalanced = rows.filter((row) => !row.balanced).length;
  return (
    <dl aria-label='Totals of these days' className='flex w-full flex-wrap gap-x-8 gap-y-2 pt-2 pb-1'>
      {parts.map(({ id, label }) => (
        <div key={id}>
          <dt className='text-xs text-ink-soft'>{label}</dt>
          <dd className='text-xl font-semibold tracking-tight'>
            {formatCount(rows.reduce((sum, row) => sum + row[id], 0))}
          </dd>
        </div>
      ))}
      <div>
        <dt className='text-xs text-ink-soft'>Balance</dt>
        <dd className='pt-1'>
          {unbalanced === 0
            ? <Badge tone='good'>Every delivery is accounted for</Badge>
            : <Badge tone='bad'>{plural(unbalanced, 'day')} unbalanced</Badge>}
        </dd>
      </div>
    </dl>
  );
}

const columns: Column<LedgerRow>[] = [
  {
    id: 'day',
    header: 'Day',
    value: (row) => row.day,
    onPhone: 'title',
    cell: (row) => <time dateTime={row.day} className='whitespace-nowrap'>{formatDay(row.day)}</time>,
  },
  { id: 'connection_name', header: 'Connection', value: (row) => row.connection_name, onPhone: 'wide' },
  ...parts.map(({ id, label }): Column<LedgerRow> => ({
    id,
    header: label,
    value: (row) => row[id],
    align: 'right',
    ...(id === 'quarantined' || id === 'dead' ? { cell: (row) => <HeldCount row={row} part={id} /> } : {}),
  })),
  stateColumn(
    'balanced',
    'Balance',
    (row) => row.balanced ? { label: 'Balanced', tone: 'good' } : { label: 'Not balanced', tone: 'bad' },
    { sortable: false, onPhone: 'hidden' },
  ),
];

/** Leads to the list of what is held or dead. */
function HeldCount({ row, part }: { row: LedgerRow; part: 'quarantined' | 'dead' }) {
  if (row[part] === 0) return '0';
  const isDead = part === 'dead';
  return (
    <Link
      to={isDead ? '/operations/dead-letters' : '/operations/unmapped'}
      search={({ client }) => ({
        client,
        connection: row.connection_id,
        ...(isDead ? { range: 'custom' as const, from: row.day, to: row.day } : {}),
      })}
      aria-label={`${row[part]} ${isDead ? 'dead' : 'held'} on ${row.day} at ${row.connection_name}`}
      className={cn('font-medium underline-offset-4 hover:underline', isDead ? 'text-bad' : 'text-brand')}
    >
      {formatCount(row[part])}
    </Link>
  );
}
