import { Link } from '@tanstack/react-router';
import { Inbox, TrendingDown } from 'lucide-react';
import { lazy, Suspense } from 'react';
import type { Home, HomeClient, HomeTotals } from '../../data/home.ts';
import type { Period } from '../../data/range.ts';
import { Ago } from '../../shared/Ago.tsx';
import { Chart } from '../../shared/Chart.tsx';
import { periodName } from '../../shared/csv-name.ts';
import { countChange, formatCount, formatRate, plural, rateChange } from '../../shared/format.ts';
import { countOf, tooFew } from '../../shared/signal.ts';
import { StateCard } from '../../shared/StateCard.tsx';
import { Tile } from '../../shared/Tile.tsx';
import { Card, CardBody, CardHeader } from '../../ui/card.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { behindText } from './behind.ts';

const DailyChart = lazy(() =>
  import('../overview/DailyChart.tsx').then((module) => ({ default: module.DailyChart }))
);

const counts: readonly { name: 'sent' | 'replied' | 'positive' | 'meetings'; label: string; hint: string }[] =
  [
    { name: 'sent', label: 'Emails sent', hint: 'By all clients in this period, follow-ups included.' },
    {
      name: 'replied',
      label: 'Replies',
      hint: 'Leads who replied, each counted once. Automatic replies do not count.',
    },
    {
      name: 'positive',
      label: 'Positive replies',
      hint: 'Leads whose latest label is positive, on the day they got it.',
    },
    {
      name: 'meetings',
      label: 'Meetings',
      hint: 'Leads whose first meeting was booked or held, or whose deal was closed.',
    },
  ];

/** All clients together: what happened, how it moved, and what waits for a person. */
export function HomeNumbers({ home, period }: { home: Home | undefined; period: Period }) {
  return (
    <div className='mb-5 grid grid-cols-[minmax(0,1fr)] gap-4'>
      <div className='grid grid-cols-2 gap-3 sm:grid-cols-3 xl:grid-cols-5'>
        <PositiveRate home={home} />
        {counts.map(({ name, label, hint }) => (
          <Tile
            key={name}
            label={label}
            hint={hint}
            value={home ? formatCount(home.current[name]) : null}
            change={home?.previous ? countChange(home.current[name], home.previous[name]) : undefined}
            goodWhen={name === 'sent' ? 'neither' : 'up'}
            {...(home && name !== 'meetings' ? { series: home.days.map((day) => day[name]) } : {})}
          />
        ))}
      </div>
      <div className='grid grid-cols-[minmax(0,1fr)] gap-4 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]'>
        <Trend home={home} period={period} />
        <Waiting clients={home?.clients} />
      </div>
    </div>
  );
}

function PositiveRate({ home }: { home: Home | undefined }) {
  const { current, previous } = home ?? {};
  const rateOf = (totals: HomeTotals | null | undefined) =>
    totals?.enough_signal ? totals.positive_rate : null;
  const hasEnough = current?.enough_signal ?? true;
  return (
    <Tile
      isHero
      className='max-sm:col-span-2'
      label='Positive-reply rate'
      hint='Leads whose latest label is positive, as a share of leads contacted, over all clients.'
      value={!current
        ? null
        : hasEnough
        ? formatRate(current.positive_rate)
        : countOf(current.positive, current.contacted)}
      change={previous && hasEnough ? rateChange(rateOf(current), rateOf(previous)) : undefined}
      {...(hasEnough ? {} : { caution: tooFew })}
    />
  );
}

function Trend({ home, period }: { home: Home | undefined; period: Period }) {
  const title = 'Sent and replied, all clients';
  if (!home) {
    return (
      <Card>
        <CardHeader title={title} />
        <CardBody>
          <Skeleton className='h-72' />
        </CardBody>
      </Card>
    );
  }
  if (home.current.sent === 0 && home.current.replied === 0) {
    return (
      <Card>
        <CardHeader title={title} />
        <StateCard
          kind='empty'
          title='Nothing sent in this period'
          advice='Numbers appear with the first email that a client’s campaign sends.'
        />
      </Card>
    );
  }
  return (
    <Chart
      title={title}
      hint={`Per ${home.unit === 'week' ? 'seven days' : 'day'}, each client in its own time zone`}
      summary={`${formatCount(home.current.sent)} emails sent and ${
        formatCount(home.current.replied)
      } replies.`}
      csvName='sent and replied'
      csvPeriod={periodName(period)}
      table={{
        headings: [home.unit === 'week' ? 'From' : 'Day', 'Sent', 'Replied', 'Positive'],
        rows: home.days.map(({ day, sent, replied, positive }) => [day, sent, replied, positive]),
      }}
    >
      <Suspense fallback={<Skeleton className='h-72' />}>
        <DailyChart unit={home.unit} points={home.days} />
      </Suspense>
    </Chart>
  );
}

const maxListed = 5;

/** Replies without a verdict, and clients that do less than they did. */
function Waiting({ clients }: { clients: HomeClient[] | undefined }) {
  const waiting = [...clients ?? []].filter((client) => client.unanswered > 0)
    .sort((one, other) => (one.oldest_unanswered_at ?? '').localeCompare(other.oldest_unanswered_at ?? ''));
  const behind = (clients ?? []).filter((client) => client.behind !== null);
  const total = waiting.reduce((sum, client) => sum + client.unanswered, 0);
  return (
    <Card>
      <CardHeader
        title='Waiting for you'
        hint={clients && (total === 0
          ? 'Every reply has a verdict.'
          : `${plural(total, 'reply', 'replies')} without a verdict`)}
      />
      <CardBody className='grid grid-cols-[minmax(0,1fr)] gap-5'>
        {!clients && <Skeleton className='h-40' />}
        {waiting.length > 0 && (
          <ul aria-label='Replies without a verdict' className='grid grid-cols-[minmax(0,1fr)] gap-1'>
            {waiting.slice(0, maxListed).map((client) => (
              <li key={client.client_id}>
                <Link
                  to='/inbox'
                  search={{ client: client.client_id, show: 'unanswered' }}
                  className='-mx-2 flex items-center gap-3 rounded-lg px-2 py-1.5 text-sm hover:bg-raised'
                >
                  <Inbox aria-hidden className='size-4 shrink-0 text-ink-soft' />
                  <span className='min-w-0 flex-1 truncate font-medium' title={client.client_name}>
                    {client.client_name}
                  </span>
                  <span className='text-right'>
                    <span className='block'>{plural(client.unanswered, 'reply', 'replies')}</span>
                    <span className='block text-xs text-ink-soft'>
                      oldest <Ago at={client.oldest_unanswered_at} />
                    </span>
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        )}
        {behind.length > 0 && (
          <section aria-label='Behind' className='grid grid-cols-[minmax(0,1fr)] gap-1'>
            <h3 className='text-sm font-medium'>Behind</h3>
            <ul className='grid grid-cols-[minmax(0,1fr)] gap-1'>
              {behind.slice(0, maxListed).map((client) => (
                <li key={client.client_id}>
                  <Link
                    to='/overview'
                    search={(kept) => ({ ...kept, client: client.client_id })}
                    className='-mx-2 flex items-center gap-3 rounded-lg px-2 py-1.5 text-sm hover:bg-raised'
                  >
                    <TrendingDown aria-hidden className='size-4 shrink-0 text-warm-ink' />
                    <span className='min-w-0 flex-1'>
                      <span className='block truncate font-medium' title={client.client_name}>
                        {client.client_name}
                      </span>
                      <span className='block text-xs text-ink-soft'>{behindText(client)}</span>
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
            {behind.length > maxListed && (
              <p className='text-xs text-ink-soft'>
                and {formatCount(behind.length - maxListed)} more in the list below
              </p>
            )}
          </section>
        )}
      </CardBody>
    </Card>
  );
}
