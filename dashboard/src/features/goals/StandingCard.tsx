import { useQuery } from '@tanstack/react-query';
import { lazy, memo, Suspense, useState } from 'react';
import { useSession } from '../../data/session.ts';
import {
  comparedFrom,
  type ComparedRate,
  type Standing,
  type StandingRow,
  standingsQuery,
} from '../../data/standing.ts';
import { formatRate, nothing, plural } from '../../shared/format.ts';
import { FailureCard, StateCard } from '../../shared/StateCard.tsx';
import { Button } from '../../ui/button.tsx';
import { Card, CardBody, CardHeader } from '../../ui/card.tsx';
import { cn } from '../../ui/class-names.ts';

const ShowStandingsDialog = lazy(() =>
  import('./ShowStandingsDialog.tsx').then((module) => ({ default: module.ShowStandingsDialog }))
);

const perThousand = (value: number | null) =>
  value === null ? nothing : value.toLocaleString('en-GB', { maximumFractionDigits: 1 });

const rates: Record<ComparedRate, { label: string; format: (value: number | null) => string }> = {
  reply_rate: { label: 'Reply rate', format: formatRate },
  positive_rate: { label: 'Positive-reply rate', format: formatRate },
  meetings_per_1000: { label: 'Meetings per 1,000 contacted', format: perThousand },
};

const words: Record<Standing, string> = {
  top: 'Better than most',
  upper: 'Better than half',
  middle: 'In the middle',
  lower: 'Below the middle',
  bottom: 'In the lowest quarter',
};

// From the lowest quarter to the best; the middle is where two of them meet.
const quarters: readonly (readonly Standing[])[] = [['bottom'], ['lower', 'middle'], ['upper', 'middle'], [
  'top',
]];

/** How a client compares with the agency's others, in words; clients see it only where the agency shows it. */
export const StandingCard = memo(function StandingCard({ clientId }: { clientId: string }) {
  const isOperator = useSession()?.role === 'operator';
  const standings = useQuery(standingsQuery(clientId));
  const [isAsking, setAsking] = useState(false);
  const rows = standings.data;
  const first = rows?.[0];
  if (standings.error && !rows) {
    return (
      <Card aria-labelledby='standing'>
        <CardHeader id='standing' title='Among the agency’s clients' />
        <FailureCard error={standings.error} onRetry={() => void standings.refetch()} />
      </Card>
    );
  }
  if (!rows || !first) return null;
  const compared = Math.max(...rows.map((row) => row.clients ?? comparedFrom));
  return (
    <Card aria-labelledby='standing'>
      <CardHeader
        id='standing'
        title={isOperator ? 'Among your clients' : 'Among this agency’s clients'}
        hint={`The last 90 days${first.clients === null ? '' : `, ${plural(compared, 'client')} compared`}`}
      >
        {isOperator && compared >= comparedFrom && (
          <Button onClick={() => setAsking(true)}>
            {first.shown_to_clients ? 'Hide from clients …' : 'Show to clients …'}
          </Button>
        )}
      </CardHeader>
      {compared < comparedFrom
        ? (
          <StateCard
            kind='empty'
            title='Too few clients to compare'
            advice='From five clients with 100 contacted leads in 90 days on, you see here how this one compares.'
          />
        )
        : first.value === null
        ? (
          <StateCard
            kind='empty'
            title='Too few leads to compare'
            advice='A comparison needs 100 contacted leads in the last 90 days.'
          />
        )
        : (
          <CardBody className='grid gap-4'>
            <ul className='grid gap-5 sm:grid-cols-3'>
              {rows.map((row) => <Rate key={row.rate} row={row} />)}
            </ul>
            <p className='text-xs text-ink-soft'>
              {isOperator && !first.shown_to_clients
                ? 'Only your agency sees this.'
                : 'No client sees the name or the numbers of another.'} Counted once a night.
            </p>
          </CardBody>
        )}
      {isAsking && (
        <Suspense>
          <ShowStandingsDialog isShown={first.shown_to_clients} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </Card>
  );
});

function Rate({ row }: { row: StandingRow }) {
  const { label, format } = rates[row.rate];
  return (
    <li className='grid content-start gap-1.5'>
      <span className='text-sm text-ink-soft'>{label}</span>
      <span className='text-2xl font-semibold tracking-tight'>{format(row.value)}</span>
      <span aria-hidden className='grid grid-cols-4 gap-1'>
        {quarters.map((standings) => (
          <span
            key={standings[0]}
            className={cn(
              'h-2 rounded-full',
              row.standing !== null && standings.includes(row.standing) ? 'bg-brand' : 'bg-raised',
            )}
          />
        ))}
      </span>
      <span className='text-sm'>{row.standing === null ? nothing : words[row.standing]}</span>
      {row.median !== null && (
        <span className='text-xs text-ink-soft'>
          Quarters end at about {format(row.lower_border)}, {format(row.median)} and{' '}
          {format(row.upper_border)}
        </span>
      )}
    </li>
  );
}
