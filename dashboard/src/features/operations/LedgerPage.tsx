import { Link } from '@tanstack/react-router';
import { useClientId } from '../../app/use-client.ts';
import { type LedgerRow, readLedger } from '../../data/deliveries.ts';
import { periodName } from '../../shared/csv-name.ts';
import type { Column } from '../../shared/table-types.ts';
import { formatCount, formatDay } from '../../shared/format.ts';
import { RangePicker } from '../../shared/RangePicker.tsx';
import { StateCard } from '../../shared/StateCard.tsx';
import { Badge } from '../../ui/badge.tsx';
import { ConnectionFilter } from './filters.tsx';
import { PagedTable } from './PagedTable.tsx';
import { useListRange, useListSearch } from './use-list.ts';

const parts = [
  { id: 'received', label: 'Received' },
  { id: 'projected', label: 'Projected' },
  { id: 'duplicate', label: 'Duplicate' },
  { id: 'quarantined', label: 'Held' },
  { id: 'test', label: 'Test' },
  { id: 'waiting', label: 'Waiting' },
  { id: 'dead', label: 'Dead' },
] as const;

/** The proof that nothing was lost: each delivery is in exactly one column. */
export function LedgerPage() {
  const clientId = useClientId();
  const [search] = useListSearch();
  const [range, setRange] = useListRange();
  const filter = { clientId, connectionId: search.connection, period: range.period };
  return (
    <PagedTable
      label='Ledger'
      csvPeriod={periodName(range.period)}
      queryKey={['ledger', filter]}
      read={(wish) => readLedger(filter, wish)}
      columns={columns}
      rowKey={(row) => `${row.connection_id} ${row.day}`}
      defaultSort={{ id: 'day', desc: true }}
      toolbar={
        <>
          <ConnectionFilter />
          <RangePicker range={range} onChange={setRange} canCompare={false} />
        </>
      }
      summary={(rows) => <Sums rows={rows} />}
      empty={
        <StateCard
          kind='empty'
          title='Nothing was received'
          advice='Choose a longer period, or check in the settings whether the webhook is registered.'
        />
      }
    />
  );
}

function Sums({ rows }: { rows: readonly LedgerRow[] }) {
  const unbalanced = rows.filter((row) => !row.balanced).length;
  return (
    <dl aria-label='Sums of these days' className='flex w-full flex-wrap gap-x-8 gap-y-2 pt-2 pb-1'>
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
            : <Badge tone='bad'>{formatCount(unbalanced)} days do not add up</Badge>}
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
  { id: 'received', header: 'Received', value: (row) => row.received, align: 'right' },
  { id: 'projected', header: 'Projected', value: (row) => row.projected, align: 'right' },
  { id: 'duplicate', header: 'Duplicate', value: (row) => row.duplicate, align: 'right' },
  {
    id: 'quarantined',
    header: 'Held',
    value: (row) => row.quarantined,
    align: 'right',
    cell: (row) =>
      row.quarantined === 0 ? '0' : (
        <Link
          to='/operations/unmapped'
          search={({ client }) => ({ client, connection: row.connection_id })}
          aria-label={`${row.quarantined} held on ${row.day} at ${row.connection_name}`}
          className='font-medium text-brand underline-offset-4 hover:underline'
        >
          {formatCount(row.quarantined)}
        </Link>
      ),
  },
  { id: 'test', header: 'Test', value: (row) => row.test, align: 'right' },
  { id: 'waiting', header: 'Waiting', value: (row) => row.waiting, align: 'right' },
  {
    id: 'dead',
    header: 'Dead',
    value: (row) => row.dead,
    align: 'right',
    cell: (row) =>
      row.dead === 0 ? '0' : (
        <Link
          to='/operations/dead-letters'
          search={({ client }) => ({
            client,
            connection: row.connection_id,
            range: 'custom' as const,
            from: row.day,
            to: row.day,
          })}
          aria-label={`${row.dead} dead on ${row.day} at ${row.connection_name}`}
          className='font-medium text-bad underline-offset-4 hover:underline'
        >
          {formatCount(row.dead)}
        </Link>
      ),
  },
  {
    id: 'balanced',
    header: 'Balance',
    value: (row) => row.balanced ? 'balanced' : 'not balanced',
    sortable: false,
    onPhone: 'hidden',
    cell: (row) =>
      row.balanced ? <Badge tone='good'>Balanced</Badge> : <Badge tone='bad'>Not balanced</Badge>,
  },
];
