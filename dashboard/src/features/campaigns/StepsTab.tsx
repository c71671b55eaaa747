import { useQuery } from '@tanstack/react-query';
import { Trophy } from 'lucide-react';
import { groupSteps, type StepRow, stepsQuery } from '../../data/steps.ts';
import { Chart } from '../../shared/Chart.tsx';
import type { CsvValue } from '../../shared/csv.ts';
import { formatCount, formatRate, plural } from '../../shared/format.ts';
import { countOf, openRateNote, rateIfEnough, rateText, tooFew, tooFewHint } from '../../shared/signal.ts';
import { FailureCard, StateCard } from '../../shared/StateCard.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Card, CardBody } from '../../ui/card.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import { explainResult, variantResult } from './variant-result.ts';

/** Which email works: each step, and its variants side by side. */
export function StepsTab({ campaignId, campaignName }: { campaignId: string; campaignName: string }) {
  const steps = useQuery(stepsQuery(campaignId));
  const rows = steps.data;
  if (!rows || rows.length === 0) {
    return (
      <Card>
        {steps.error
          ? <FailureCard error={steps.error} onRetry={() => void steps.refetch()} />
          : rows
          ? (
            <StateCard
              kind='empty'
              title='No steps sent yet'
              advice='Steps and their variants appear with the first emails, or after the next hourly sync.'
            />
          )
          : (
            <CardBody className='grid gap-3 pt-5'>
              {[1, 2, 3].map((row) => <Skeleton key={row} className='h-16' />)}
            </CardBody>
          )}
      </Card>
    );
  }
  const best = rows.find((row) => row.is_best);
  const grouped = groupSteps(rows);
  return (
    <Chart
      title='Steps and variants'
      hint='All time. Rates are shares of emails sent.'
      summary={`${grouped.length} steps with ${rows.length} variants.${
        best
          ? ` Best in step ${best.step}: ${best.variant_letter}, with a reply rate of ${
            formatRate(best.reply_rate)
          }.`
          : ''
      }`}
      csvName={`steps and variants of ${campaignName}`}
      table={{
        headings: [
          'Step',
          'Sent',
          'Opened',
          'Open rate*',
          'Clicked',
          'Click rate',
          'Replied',
          'Reply rate',
          'Automatic replies',
          'Meetings',
          'Meetings at the provider',
          'Result',
          'p-value',
        ],
        rows: rows.map((row) =>
          tableRow(row, (rate, part) => rateText(rate, row.enough_signal, part, row.sent))
        ),
      }}
      csvRows={async function* () {
        yield rows.map((row) => tableRow(row, (rate) => rateIfEnough(rate, row.enough_signal)));
      }}
    >
      <ol className='grid gap-6'>
        {grouped.map(({ step, variants }) => (
          <li key={step}>
            <h3 className='mb-2 flex items-baseline gap-2 text-sm font-semibold'>
              Step {step}
              <span className='text-xs font-normal text-ink-soft'>
                {formatCount(variants.reduce((sum, row) => sum + row.sent, 0))} sent
              </span>
            </h3>
            <ul className='grid gap-2'>
              {variants.map((row) => (
                <Variant key={row.variant} row={row} top={highest(rows)} isAlone={variants.length === 1} />
              ))}
            </ul>
          </li>
        ))}
      </ol>
      <p className='mt-5 text-xs text-ink-soft'>
        {openRateNote}
      </p>
    </Chart>
  );
}

const tableRow = (
  row: StepRow,
  asRate: (rate: number | null, part: number) => CsvValue,
): CsvValue[] => [
  `${row.step} ${row.variant_letter}`,
  row.sent,
  row.opened,
  asRate(row.open_rate, row.opened),
  row.clicked,
  asRate(row.click_rate, row.clicked),
  row.replied,
  asRate(row.reply_rate, row.replied),
  row.auto_replies,
  row.meetings,
  meetingsThere(row),
  variantResult(row)?.text ?? 'Only variant',
  row.p_value,
];

/** What the provider counts by its own labels of now; null where it reports none. */
const meetingsThere = (row: StepRow): number | null =>
  row.meetings_reported === null ? null : row.meetings_reported + (row.won_reported ?? 0);

function meetingsText(row: StepRow): string {
  const there = meetingsThere(row);
  return [
    row.meetings > 0 ? plural(row.meetings, 'meeting') : '',
    there && there !== row.meetings ? `${formatCount(there)} at the provider` : '',
  ].filter(Boolean).join(', ');
}

const highest = (rows: readonly StepRow[]) =>
  Math.max(...rows.map((row) => row.enough_signal ? row.reply_rate ?? 0 : 0), 0.001);

const share = (row: StepRow, rate: number | null, part: number) =>
  row.enough_signal ? formatRate(rate) : formatCount(part);

function Variant({ row, top, isAlone }: { row: StepRow; top: number; isAlone: boolean }) {
  const result = variantResult(row);
  return (
    <li className='grid grid-cols-[auto_1fr] items-center gap-x-3 gap-y-1 rounded-lg border border-line px-3 py-2.5 text-sm md:grid-cols-[auto_9rem_1fr_12rem]'>
      <span
        className={`grid size-8 place-items-center rounded-md font-semibold ${
          row.is_best ? 'bg-brand text-brand-ink' : 'bg-raised'
        }`}
      >
        <span className='sr-only'>Variant</span>
        {row.variant_letter}
      </span>
      <span className='text-xs text-ink-soft'>
        {formatCount(row.sent)} sent
        <span className='md:block'>
          <span className='md:hidden'>,</span> {share(row, row.open_rate, row.opened)} opened*,{' '}
          {share(row, row.click_rate, row.clicked)} clicked
        </span>
        {meetingsText(row) && (
          <span
            className='font-medium text-ink md:block'
            title='Meetings of leads whose last email before their reply was this one. The provider counts leads that are labelled “meeting booked” or won now.'
          >
            <span className='md:hidden'>,</span> {meetingsText(row)}
          </span>
        )}
      </span>
      <span className='flex items-center gap-3 max-md:col-span-2'>
        {row.enough_signal
          ? (
            <>
              <span aria-hidden className='h-4 min-w-0 flex-1 overflow-hidden rounded-sm bg-raised'>
                <span
                  className='block h-full rounded-sm bg-(--chart-line)'
                  style={{ width: `${Math.min(1, (row.reply_rate ?? 0) / top) * 100}%` }}
                />
              </span>
              <span className='w-32 text-right whitespace-nowrap'>
                <span className='font-semibold'>{formatRate(row.reply_rate)}</span>{' '}
                <span className='text-xs text-ink-soft'>{formatCount(row.replied)} replied</span>
              </span>
            </>
          )
          : (
            <span className='text-xs text-ink-soft' title={tooFewHint}>
              {countOf(row.replied, row.sent)} replied, {tooFew.toLowerCase()}
            </span>
          )}
      </span>
      <span className='flex flex-wrap items-center gap-1.5 max-md:col-span-2 md:justify-end'>
        {row.is_best && (
          <Badge tone='warm'>
            <Trophy aria-hidden /> Best
          </Badge>
        )}
        {isAlone || !result
          ? <span className='text-xs text-ink-soft'>Only variant</span>
          : (
            <Tooltip content={explainResult(row)}>
              <button type='button' className='rounded-full' aria-label={`${result.text}: why`}>
                <Badge tone={result.tone}>{result.text}</Badge>
              </button>
            </Tooltip>
          )}
      </span>
    </li>
  );
}
