import { useQuery } from '@tanstack/react-query';
import { memo, useMemo, useState } from 'react';
import {
  maxPipelineRows,
  type PipelineCut,
  pipelineCutQuery,
  pipelineCuts,
  pipelineQuery,
  type PipelineRow,
} from '../../data/meetings.ts';
import { DataTable } from '../../shared/DataTable.tsx';
import { formatCount, formatRate, nothing } from '../../shared/format.ts';
import { formatMoney } from '../../shared/money.ts';
import { FailureCard, StateCard } from '../../shared/StateCard.tsx';
import type { Column } from '../../shared/table-types.ts';
import { Card, CardBody, CardHeader } from '../../ui/card.tsx';
import { Select } from '../../ui/select.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';

/** From positive reply to won deal: of a campaign, or of a client with its campaigns and segments. */
export const PipelineCard = memo(function PipelineCard({ clientId, campaignId }: {
  clientId: string;
  campaignId?: string;
}) {
  const whole = useQuery(pipelineQuery(clientId, campaignId));
  const row = whole.data?.[0];
  return (
    <Card aria-labelledby='pipeline'>
      <CardHeader id='pipeline' title='Pipeline' hint='All time, as the meetings are now' />
      {whole.error && !whole.data
        ? <FailureCard error={whole.error} onRetry={() => void whole.refetch()} />
        : !whole.data
        ? (
          <CardBody>
            <Skeleton className='h-24' />
          </CardBody>
        )
        : !row
        ? (
          <StateCard
            kind='empty'
            title='No positive replies yet'
            advice='Positive replies, meetings and won deals are shown here as they come.'
          />
        )
        : (
          <>
            <CardBody className='grid gap-5'>
              <Stages row={row} />
            </CardBody>
            {!campaignId && <Cuts clientId={clientId} />}
          </>
        )}
    </Card>
  );
});

function Stages({ row }: { row: PipelineRow }) {
  const money = (value: number | null) => formatMoney(value, row.currency);
  const stages = [
    { label: 'Positive replies', count: row.positive, rate: undefined, of: '' },
    { label: 'Meetings booked', count: row.booked, rate: row.booked_rate, of: 'of positive' },
    { label: 'Held', count: row.held, rate: row.held_rate, of: 'of booked' },
    { label: 'Won', count: row.won, rate: row.won_rate, of: 'of held' },
  ];
  const facts: [string, string][] = [
    ['Won', money(row.won_value)],
    ['Still open', money(row.open_value)],
    ['No-shows', formatCount(row.no_show)],
    ['Lost', formatCount(row.lost)],
    ...(row.cost === null ? [] : [
      ['Cost per meeting held', money(row.cost_per_meeting_held)],
      ['Cost per won deal', money(row.cost_per_won)],
    ] as [string, string][]),
  ];
  return (
    <>
      <ol className='grid grid-cols-2 gap-3 sm:grid-cols-4'>
        {stages.map(({ label, count, rate, of }) => (
          <li key={label} className='rounded-lg bg-raised/60 px-3 py-2.5'>
            <span className='block text-sm text-ink-soft'>{label}</span>
            <span className='block text-2xl font-semibold tracking-tight'>{formatCount(count)}</span>
            <span className='block min-h-4 text-xs text-ink-soft'>
              {rate === undefined ? '' : rate === null ? 'too few for a rate' : `${formatRate(rate)} ${of}`}
            </span>
          </li>
        ))}
      </ol>
      <dl className='grid gap-x-8 gap-y-2 text-sm sm:grid-cols-2'>
        {facts.map(([label, value]) => (
          <div key={label} className='flex items-baseline justify-between gap-3 border-b border-line pb-1.5'>
            <dt className='text-ink-soft'>{label}</dt>
            <dd className='font-medium'>{value}</dd>
          </div>
        ))}
      </dl>
      {row.in_other_currencies > 0 && (
        <p className='text-xs text-ink-soft'>
          {formatCount(row.in_other_currencies)} with a value in another currency than {row.currency}{' '}
          are not in these sums.
        </p>
      )}
    </>
  );
}

function Cuts({ clientId }: { clientId: string }) {
  const [by, setBy] = useState<PipelineCut>('campaign');
  const rows = useQuery(pipelineCutQuery(clientId, by));
  const columns = useMemo(() => groupColumns(by, rows.data ?? []), [by, rows.data]);
  return (
    <div className='border-t border-line pt-3'>
      <DataTable
        key={by}
        label={`Pipeline by ${pipelineCuts[by].toLowerCase()}`}
        columns={columns}
        rows={rows.data}
        rowKey={(row) => row.campaign_id ?? row.segment ?? ''}
        error={rows.error}
        onRetry={() => void rows.refetch()}
        readCount={rows.data?.length}
        limit={maxPipelineRows}
        cutAdvice='choose one campaign to see more.'
        pageSize={10}
        csvName={`pipeline-by-${by}`}
        toolbar={
          <Select
            aria-label='Pipeline by'
            choices={Object.entries(pipelineCuts).map(([value, label]) => ({
              value: value as PipelineCut,
              label: `By ${label.toLowerCase()}`,
            }))}
            value={by}
            onValueChange={setBy}
          />
        }
        empty={
          <p className='px-5 pb-4 text-sm text-ink-soft'>
            No {pipelineCuts[by].toLowerCase()} known of these leads.
          </p>
        }
      />
    </div>
  );
}

function groupColumns(by: PipelineCut, rows: readonly PipelineRow[]): Column<PipelineRow>[] {
  const count = (id: 'positive' | 'booked' | 'held' | 'won', header: string): Column<PipelineRow> => ({
    id,
    header,
    value: (row) => row[id],
    align: 'right',
  });
  return [
    {
      id: 'segment',
      header: pipelineCuts[by],
      value: (row) => row.segment,
      onPhone: 'title',
      cell: (row) => <span dir='auto' className='line-clamp-2 wrap-anywhere'>{row.segment}</span>,
    },
    count('positive', 'Positive'),
    count('booked', 'Booked'),
    count('held', 'Held'),
    count('won', 'Won'),
    {
      id: 'won_value',
      header: 'Won value',
      value: (row) => row.won_value,
      align: 'right',
      cell: (row) => row.won_value > 0 ? formatMoney(row.won_value, row.currency) : nothing,
    },
    {
      id: 'cost_per_meeting_held',
      header: 'Per meeting held',
      value: (row) => row.cost_per_meeting_held,
      align: 'right',
      cell: (row) => formatMoney(row.cost_per_meeting_held, row.currency),
      inTable: by === 'campaign' && rows.some(({ cost }) => cost !== null),
    },
    { id: 'currency', header: 'Currency', value: (row) => row.currency, inTable: false },
  ];
}
