import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { memo, useMemo } from 'react';
import {
  type Dimension,
  dimensionLabels,
  dimensions,
  maxSegments,
  orderSegments,
  readSegments,
  segmentsQuery,
} from '../../data/segments.ts';
import type { SegmentRow } from '../../data/segments.ts';
import { Chart } from '../../shared/Chart.tsx';
import type { CsvValue } from '../../shared/csv.ts';
import { CutNote } from '../../shared/CutNote.tsx';
import { formatCount, formatRate, plural } from '../../shared/format.ts';
import { countOf, rateIfEnough, rateText, tooFew, tooFewHint } from '../../shared/signal.ts';
import { FailureCard, StateCard } from '../../shared/StateCard.tsx';
import { Card, CardBody, CardHeader } from '../../ui/card.tsx';
import { cn } from '../../ui/class-names.ts';
import { Skeleton } from '../../ui/skeleton.tsx';

const route = getRouteApi('/shell/overview');

/** How many are drawn; the table has all. */
const drawn = 8;

/** Who replies: leads grouped by what is known about them. */
export const SegmentsCard = memo(function SegmentsCard({ clientId }: { clientId: string }) {
  const dimension = route.useSearch({ select: ({ by }) => by ?? 'industry' });
  const navigate = route.useNavigate();
  const segments = useQuery(segmentsQuery(clientId, dimension));
  const rows = useMemo(() => segments.data && orderSegments(segments.data, dimension), [
    segments.data,
    dimension,
  ]);
  const choice = (
    <DimensionChoice
      value={dimension}
      onChange={(by) =>
        void navigate({
          search: (kept) => ({ ...kept, by: by === 'industry' ? undefined : by }),
          replace: true,
          resetScroll: false,
        })}
    />
  );
  const title = 'Who replies';
  if (!rows || rows.length === 0) {
    return (
      <Card>
        <CardHeader title={title}>{choice}</CardHeader>
        {segments.error
          ? <FailureCard error={segments.error} onRetry={() => void segments.refetch()} />
          : rows
          ? (
            <StateCard
              kind='empty'
              title={`No ${dimensionLabels[dimension].toLowerCase()} known for any lead`}
              advice='Choose another grouping, or enrich the leads before the next campaign.'
            />
          )
          : (
            <CardBody className='grid gap-3'>
              {[1, 2, 3, 4].map((row) => <Skeleton key={row} className='h-9' />)}
            </CardBody>
          )}
      </Card>
    );
  }
  const best = rows.find((row) => row.enough_signal);
  return (
    <Chart
      title={title}
      hint='All campaigns, all time, regardless of the period above'
      summary={`${plural(rows.length, 'segment')} by ${dimensionLabels[dimension].toLowerCase()}.${
        best ? ` Best: ${best.segment}, with a positive rate of ${formatRate(best.positive_rate)}.` : ''
      }`}
      csvName={`segments by ${dimensionLabels[dimension]}`}
      action={choice}
      table={{
        headings: [
          dimensionLabels[dimension],
          'Leads',
          'Contacted',
          'Replied',
          'Reply rate',
          'Positive',
          'Positive rate',
        ],
        rows: rows.map((row) =>
          tableRow(row, (rate, part) => rateText(rate, row.enough_signal, part, row.contacted))
        ),
      }}
      csvRows={async function* () {
        for await (const some of readSegments(clientId, dimension)) {
          yield orderSegments(some, dimension).map((row) =>
            tableRow(row, (rate) => rateIfEnough(rate, row.enough_signal))
          );
        }
      }}
    >
      <Bars rows={rows.slice(0, drawn)} />
      {rows.length > drawn && (
        <p className='mt-3 text-xs text-ink-soft'>
          {plural(rows.length - drawn, 'more segment')} in the table.
        </p>
      )}
      <CutNote read={segments.data?.length} limit={maxSegments} className='mt-3 text-xs'>
        smaller segments are in the CSV.
      </CutNote>
    </Chart>
  );
});

const tableRow = (
  row: SegmentRow,
  asRate: (rate: number | null, part: number) => CsvValue,
): CsvValue[] => [
  row.segment,
  row.leads,
  row.contacted,
  row.replied,
  asRate(row.reply_rate, row.replied),
  row.positive,
  asRate(row.positive_rate, row.positive),
];

function Bars({ rows }: { rows: readonly SegmentRow[] }) {
  const top = Math.max(...rows.map((row) => row.enough_signal ? row.reply_rate ?? 0 : 0), 0.001);
  return (
    <>
      <p aria-hidden className='mb-3 flex gap-4 text-xs text-ink-soft'>
        <LegendItem className='bg-(--chart-line)'>Reply rate</LegendItem>
        <LegendItem className='bg-brand'>Positive rate</LegendItem>
      </p>
      <ul className='grid gap-3'>
        {rows.map((row) => (
          <li
            key={row.segment}
            className='grid grid-cols-[minmax(0,9.5rem)_1fr] items-center gap-x-3 text-sm sm:grid-cols-[minmax(0,11rem)_1fr]'
          >
            <span className='min-w-0'>
              <span className='block truncate' title={row.segment}>{row.segment}</span>
              <span className='block text-xs text-ink-soft'>{formatCount(row.contacted)} contacted</span>
            </span>
            {row.enough_signal
              ? (
                <span className='grid gap-1'>
                  <Bar
                    share={(row.reply_rate ?? 0) / top}
                    className='bg-(--chart-line)'
                    label='reply'
                    rate={row.reply_rate}
                  />
                  <Bar
                    share={(row.positive_rate ?? 0) / top}
                    className='bg-brand'
                    label='positive'
                    rate={row.positive_rate}
                  />
                </span>
              )
              : (
                <span className='text-xs text-ink-soft' title={tooFewHint}>
                  {countOf(row.replied, row.contacted)} replied, {tooFew.toLowerCase()}
                </span>
              )}
          </li>
        ))}
      </ul>
    </>
  );
}

function LegendItem({ className, children }: { className: string; children: string }) {
  return (
    <span className='inline-flex items-center gap-1.5'>
      <span className={cn('size-2.5 rounded-sm', className)} />
      {children}
    </span>
  );
}

function Bar({ share, rate, label, className }: {
  share: number;
  rate: number | null;
  label: string;
  className: string;
}) {
  return (
    <span className='flex items-center gap-2'>
      <span className='h-2.5 min-w-0 flex-1' aria-hidden>
        <span
          className={cn('block h-full rounded-sm', className)}
          style={{ width: `${Math.max(0.5, Math.min(1, share) * 100)}%` }}
        />
      </span>
      <span className='w-24 text-right text-xs leading-3.5 whitespace-nowrap'>
        <span className='font-medium'>{formatRate(rate)}</span> <span className='text-ink-soft'>{label}</span>
      </span>
    </span>
  );
}

/** One of three, as radio buttons that look like a switch. */
function DimensionChoice({ value, onChange }: { value: Dimension; onChange: (next: Dimension) => void }) {
  return (
    <fieldset className='flex rounded-lg bg-raised p-0.5 text-sm'>
      <legend className='sr-only'>Segments by</legend>
      {dimensions.map((dimension) => (
        <label
          key={dimension}
          className='cursor-pointer rounded-md px-2.5 py-1 text-ink-soft has-checked:bg-surface has-checked:text-ink has-checked:shadow-card has-focus-visible:outline-2 has-focus-visible:outline-brand'
        >
          <input
            type='radio'
            name='dimension'
            className='sr-only'
            checked={dimension === value}
            onChange={() => onChange(dimension)}
          />
          {dimensionLabels[dimension]}
        </label>
      ))}
    </fieldset>
  );
}
