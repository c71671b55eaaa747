import { type driftCounts, type DriftRow, readDrift } from '../../data/drift.ts';
import { useClientId } from '../../routing/use-client.ts';
import { Ago } from '../../shared/Ago.tsx';
import { CampaignLink } from '../../shared/columns.tsx';
import { periodName } from '../../shared/csv-name.ts';
import { daysText, formatCount, formatDay } from '../../shared/format.ts';
import { RangePicker } from '../../shared/RangePicker.tsx';
import { StateCard } from '../../shared/StateCard.tsx';
import type { Column } from '../../shared/table-types.ts';
import { cn } from '../../ui/class-names.ts';
import { ChoiceFilter } from './filters.tsx';
import { PagedTable } from './PagedTable.tsx';
import { useListRange, useListSearch } from './use-list.ts';

/** Counts observed by webhooks against those reported by the provider, day by day. */
export function DriftPage() {
  const clientId = useClientId();
  const [search] = useListSearch();
  const [range, setRange] = useListRange({ timeZone: 'UTC' });
  const filter = { clientId, period: range.period, onlyDifferent: search.status !== 'all' };
  return (
    <PagedTable
      label='Drift'
      csvPeriod={periodName(range.period)}
      queryKey={['drift', filter]}
      read={(page) => readDrift(filter, page)}
      columns={columns}
      rowKey={(row) => `${row.campaign_id} ${row.day}`}
      defaultSort={{ id: 'day', desc: true }}
      toolbar={
        <>
          <ChoiceFilter
            label='Days'
            part='status'
            all='Days with differences'
            choices={[{ value: 'all', label: 'All days' }]}
          />
          <RangePicker range={range} onChange={setRange} canCompare={false} />
          <span className='text-sm text-ink-soft'>{daysText('UTC')}</span>
        </>
      }
      summary={() => (
        <p className='w-full pt-1 text-sm text-ink-soft'>
          Counts observed by webhooks, and how far they are from those reported by the provider. Reports show
          the higher of the two. Smartlead reports only the sent emails of each day.
        </p>
      )}
      empty={
        <StateCard
          kind='empty'
          title='No differences'
          advice='In this period, webhooks and provider agree on every campaign and day.'
        />
      }
    />
  );
}

function pair(name: typeof driftCounts[number], header: string): Column<DriftRow>[] {
  return [
    {
      id: `${name}_observed`,
      header,
      value: (row) => row[`${name}_observed`],
      align: 'right',
      // Beside its difference; a column of its own in the file alone, because eight of them are wider than a laptop.
      inTable: false,
    },
    {
      id: `${name}_difference`,
      header: `${header} ±`,
      value: (row) => row[`${name}_difference`],
      align: 'right',
      cell: (row) => (
        <span className='grid whitespace-nowrap md:justify-items-end'>
          <span>{formatCount(row[`${name}_observed`])}</span>
          <span className='text-xs'>
            <Difference value={row[`${name}_difference`]} wasRead={row.provider_read === true} />
          </span>
        </span>
      ),
    },
  ];
}

/** Some providers do not report everything per day. */
function Difference({ value, wasRead }: { value: number | null; wasRead: boolean }) {
  if (value === null) {
    return <span className='text-ink-soft'>{wasRead ? 'not reported' : 'not synced yet'}</span>;
  }
  if (value === 0) return <span className='text-ink-soft'>0</span>;
  return (
    <span className={cn('font-medium', value < 0 ? 'text-bad' : 'text-warm-ink')}>
      {value > 0 ? `+${formatCount(value)}` : `−${formatCount(-value)}`}
    </span>
  );
}

const columns: Column<DriftRow>[] = [
  {
    id: 'campaign_name',
    header: 'Campaign',
    value: (row) => row.campaign_name,
    onPhone: 'title',
    cell: (row) => <CampaignLink id={row.campaign_id}>{row.campaign_name}</CampaignLink>,
  },
  {
    id: 'day',
    header: 'Day',
    onPhone: 'wide',
    value: (row) => row.day,
    cell: (row) => <time dateTime={row.day} className='whitespace-nowrap'>{formatDay(row.day)}</time>,
  },
  ...pair('sent', 'Sent'),
  ...pair('opened', 'Opened'),
  ...pair('clicked', 'Clicked'),
  ...pair('replied', 'Replied'),
  {
    id: 'synced_at',
    header: 'Provider synced',
    value: (row) => row.synced_at,
    onPhone: 'hidden',
    cell: (row) => <Ago at={row.synced_at} never='never' />,
  },
];
