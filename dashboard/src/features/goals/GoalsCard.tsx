import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { type Goal, goalNames, goalsQuery, goalText, pastGoalsQuery } from '../../data/goals.ts';
import { useSession } from '../../data/session.ts';
import { formatCount, plural } from '../../shared/format.ts';
import { FailureCard, StateCard } from '../../shared/StateCard.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card, CardBody, CardHeader } from '../../ui/card.tsx';
import { cn } from '../../ui/class-names.ts';

const GoalsDialog = lazy(() =>
  import('./GoalsDialog.tsx').then((module) => ({ default: module.GoalsDialog }))
);

const monthName = (month: string): string =>
  new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(month));

const states = {
  reached: { label: 'Reached', tone: 'good' },
  on_track: { label: 'On track', tone: 'good' },
  behind: { label: 'Behind', tone: 'warm' },
  missed: { label: 'Missed', tone: 'neutral' },
  too_early: { label: 'Too early', tone: 'neutral' },
} as const;

/** Goals of this month with their pace, and of the months before. A client without goals sees no card, an operator how to set them. */
export function GoalsCard({ clientId }: { clientId: string }) {
  const isOperator = useSession()?.role === 'operator';
  const goals = useQuery(goalsQuery(clientId));
  const [isEditing, setEditing] = useState(false);
  const rows = goals.data;
  if (goals.error && !rows) {
    return (
      <Card aria-labelledby='goals'>
        <CardHeader id='goals' title='Goals' />
        <FailureCard error={goals.error} onRetry={() => void goals.refetch()} />
      </Card>
    );
  }
  if (!rows || (rows.length === 0 && !isOperator)) return null;
  const month = rows[0]?.month;
  const left = rows[0]?.days_left;
  return (
    <Card aria-labelledby='goals'>
      <CardHeader
        id='goals'
        title={month ? `Goals of ${monthName(month)}` : 'Goals'}
        {...(typeof left === 'number' ? { hint: `${plural(left, 'working day')} left, today included` } : {})}
      >
        {isOperator && rows.length > 0 && <Button onClick={() => setEditing(true)}>Change goals</Button>}
      </CardHeader>
      {rows.length === 0
        ? (
          <StateCard
            kind='empty'
            title='No goals yet'
            advice='Set what this client is to reach each month. You both see how far it is and where the month ends.'
            action={<Button onClick={() => setEditing(true)}>Set goals</Button>}
          />
        )
        : (
          <CardBody className='grid gap-5'>
            <ul className='grid gap-5 sm:grid-cols-3'>
              {rows.map((row) => <Progress key={row.metric} row={row} />)}
            </ul>
            {month && <PastMonths clientId={clientId} month={month} />}
          </CardBody>
        )}
      {isEditing && (
        <Suspense>
          <GoalsDialog clientId={clientId} goals={rows} onClose={() => setEditing(false)} />
        </Suspense>
      )}
    </Card>
  );
}

function Progress({ row }: { row: Goal }) {
  const share = (count: number) => `${Math.min(100, 100 * count / row.goal)}%`;
  const { label, tone } = states[row.state];
  return (
    <li className='grid content-start gap-1.5'>
      <span className='flex items-center justify-between gap-2 text-sm text-ink-soft'>
        {goalNames[row.metric]} <Badge tone={tone}>{label}</Badge>
      </span>
      <span className='text-2xl font-semibold tracking-tight'>
        {formatCount(row.reached)}
        <span className='text-base font-normal text-ink-soft'>of {formatCount(row.goal)}</span>
      </span>
      <span aria-hidden className='relative h-2 overflow-hidden rounded-full bg-raised'>
        {row.pace !== null && row.state !== 'reached' && (
          <span
            className='absolute inset-y-0 left-0 rounded-full bg-brand/25'
            style={{ width: share(row.pace) }}
          />
        )}
        <span
          className={cn(
            'absolute inset-y-0 left-0 rounded-full',
            row.state === 'behind' ? 'bg-warm' : 'bg-brand',
          )}
          style={{ width: share(row.reached) }}
        />
      </span>
      <span className='text-sm'>{goalText(row)}</span>
    </li>
  );
}

function PastMonths({ clientId, month }: { clientId: string; month: string }) {
  const past = useQuery(pastGoalsQuery(clientId, month));
  const months = [...Map.groupBy(past.data ?? [], (row) => row.month)];
  if (months.length === 0) return null;
  return (
    <details>
      <summary className='cursor-pointer text-sm font-medium'>Months before</summary>
      <dl className='mt-3 grid gap-2 text-sm'>
        {months.map(([of, rows]) => (
          <div key={of} className='grid gap-x-4 border-b border-line pb-2 sm:grid-cols-[9rem_1fr]'>
            <dt className='text-ink-soft'>{monthName(of)}</dt>
            <dd>
              {rows.map((row) =>
                `${goalNames[row.metric]} ${goalText(row)}`
              ).join(' · ')}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
