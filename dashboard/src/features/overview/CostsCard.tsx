import type { UseQueryResult } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { memo, type ReactNode } from 'react';
import type { CostRow } from '../../data/costs.ts';
import { useSession } from '../../data/session.ts';
import { formatMoney, formatReturn } from '../../shared/money.ts';
import { FailureCard, StateCard } from '../../shared/StateCard.tsx';
import { Button } from '../../ui/button.tsx';
import { Card, CardBody, CardHeader } from '../../ui/card.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';

/**
 * Cost per reply and what it is made of, one block per currency. A client that may not see costs gets no rows, and so no
 * card; an operator is shown where to enter the first one.
 */
export const CostsCard = memo(
  function CostsCard({ costs, of }: { costs: UseQueryResult<CostRow[]>; of: string }) {
    const isOperator = useSession()?.role === 'operator';
    const rows = costs.data;
    if (!isOperator && (!rows || rows.length === 0)) return null;
    return (
      <Card aria-labelledby='costs' className='flex flex-col'>
        <CardHeader id='costs' title='Cost per reply' hint={of} />
        {costs.error && !rows
          ? (
            <FailureCard
              error={costs.error}
              onRetry={() => void costs.refetch()}
            />
          )
          : !rows
          ? (
            <CardBody>
              <Skeleton className='h-24' />
            </CardBody>
          )
          : rows.length === 0
          ? (
            <StateCard
              kind='empty'
              title='No costs entered yet'
              advice='Enter what was spent to see what a reply costs and what it returns.'
              action={
                <Button asChild>
                  <Link to='/settings' search={{ tab: 'costs' }}>Enter a cost</Link>
                </Button>
              }
            />
          )
          : (
            <CardBody className='grid flex-1 content-start gap-5'>
              {rows.map((row) => <Currency key={row.currency} row={row} isAlone={rows.length === 1} />)}
              {rows.length > 1 && (
                <p className='text-xs text-ink-soft'>
                  Currencies are not converted or added up. Each block covers its own currency only.
                </p>
              )}
            </CardBody>
          )}
      </Card>
    );
  },
);

function Currency({ row, isAlone }: { row: CostRow; isAlone: boolean }) {
  const money = (value: number | null) => formatMoney(value, row.currency);
  return (
    <section
      aria-label={`Costs in ${row.currency}`}
      className='grid gap-3 not-first:border-t not-first:border-line not-first:pt-4'
    >
      <p>
        <span className='mr-2 text-3xl font-semibold tracking-tight'>{money(row.cost_per_reply)}</span>
        <span className='text-sm text-ink-soft'>per reply{isAlone ? '' : `, in ${row.currency}`}</span>
      </p>
      <dl className='grid gap-x-5 sm:grid-cols-2 xl:grid-cols-1 2xl:grid-cols-2 gap-y-2 text-sm'>
        <Line label='Per positive reply'>{money(row.cost_per_positive_reply)}</Line>
        {row.cost_per_meeting_held !== null && (
          <Line label='Per meeting held'>{money(row.cost_per_meeting_held)}</Line>
        )}
        <Line label='Spent'>{money(row.cost)}</Line>
        {row.estimated_revenue !== null && (
          <>
            <Line label='Estimated revenue'>{money(row.estimated_revenue)}</Line>
            <Line label='Return'>
              {formatReturn(row.roi)}
            </Line>
          </>
        )}
      </dl>
    </section>
  );
}

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className='flex items-baseline justify-between gap-3 border-b border-line pb-1.5'>
      <dt className='text-ink-soft'>{label}</dt>
      <dd className='font-medium'>{children}</dd>
    </div>
  );
}
