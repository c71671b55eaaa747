import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { type OperatorClient, operatorClientsQuery } from '../../data/clients.ts';
import { allGoalsQuery, type Goal, goalNames, goalText } from '../../data/goals.ts';
import { type HomeClient, homePeriod, homeQuery, pointsIn, seriesOf } from '../../data/home.ts';
import { type AllReplyTimes, allReplyTimesQuery, replyTimeNote } from '../../data/reply-times.ts';
import { useRange } from '../../routing/use-range.ts';
import { Ago } from '../../shared/Ago.tsx';
import { rateColumn } from '../../shared/columns.tsx';
import { DataTable } from '../../shared/DataTable.tsx';
import { countChange, formatAge, formatCount, formatRate, nothing, plural } from '../../shared/format.ts';
import { PageHeader } from '../../shared/PageHeader.tsx';
import { periodName } from '../../shared/csv-name.ts';
import { RangePicker, rangeText } from '../../shared/RangePicker.tsx';
import { shareOrNone } from '../../shared/reply-time.ts';
import { Sparkline } from '../../shared/Sparkline.tsx';
import { FailureCard, StateCard } from '../../shared/StateCard.tsx';
import type { Column } from '../../shared/table-types.ts';
import { ChangeNote } from '../../shared/Tile.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Input } from '../../ui/input.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import { HealthBadge, healthLabel } from '../operations/ReasonBadge.tsx';
import { AttentionStrip } from './AttentionStrip.tsx';
import { behindStates, behindText } from './behind.ts';
import { Checklist } from './Checklist.tsx';
import { HomeNumbers } from './HomeNumbers.tsx';

/** A client in the period, the state of what brings its numbers, and how fast its people are answered, once these are known. */
type Row = HomeClient & {
  state: OperatorClient | undefined;
  /** Null: no reply was answered within 90 days. */
  answers: AllReplyTimes | null | undefined;
  goals: readonly Goal[];
};

/** The operators' home: what needs attention, all clients together, and each of them. */
export function ClientsPage() {
  const [range, setRange] = useRange();
  const home = useQuery(homeQuery(range));
  const states = useQuery(operatorClientsQuery);
  const times = useQuery(allReplyTimesQuery);
  const goals = useQuery(allGoalsQuery);
  const [wanted, setWanted] = useState('');
  const period = homePeriod(range);
  const byId = new Map(states.data?.map((row) => [row.client_id, row]));
  const all = home.data?.clients.map((client): Row => ({
    ...client,
    state: byId.get(client.client_id),
    answers: times.data ? times.data.get(client.client_id) ?? null : times.error ? null : undefined,
    goals: goals.data?.get(client.client_id) ?? [],
  }));
  const words = wanted.trim().toLocaleLowerCase();
  const rows = words === '' ? all : all?.filter((row) => row.client_name.toLocaleLowerCase().includes(words));
  const length = home.data ? home.data.days.length : pointsIn(period, 1);
  return (
    <>
      <PageHeader
        title='Home'
        note={
          <>
            {all && <span>{plural(all.length, 'client')}</span>}
            <span>{rangeText(range)}</span>
            <span title='Each day begins and ends at the client’s own midnight.'>
              Each client in its own time zone
            </span>
          </>
        }
      >
        <RangePicker range={range} onChange={setRange} />
      </PageHeader>
      <Checklist />
      <AttentionStrip />
      {home.error && !home.data
        ? (
          <Card className='mb-5'>
            <FailureCard error={home.error} onRetry={() => void home.refetch()} />
          </Card>
        )
        : all?.length !== 0 && <HomeNumbers home={home.data} period={period} />}
      <Card>
        <DataTable
          label='Clients'
          columns={columns(length, range.previous !== null)}
          rows={rows}
          readCount={all?.length}
          rowKey={(row) => row.client_id}
          error={home.error}
          onRetry={() => void home.refetch()}
          sort={{ id: 'positive', desc: true }}
          isWhole
          csvName='clients'
          csvPeriod={periodName(range.period)}
          title='All clients'
          toolbar={
            <Input
              type='search'
              aria-label='Find a client'
              placeholder='Find a client'
              className='max-w-64'
              value={wanted}
              onChange={(event) => setWanted(event.target.value)}
            />
          }
          empty={words === ''
            ? (
              <StateCard
                kind='empty'
                title='No clients yet'
                advice='A client is one customer of your agency, with its own campaigns, numbers and people.'
                action={
                  <Button asChild variant='primary'>
                    <Link to='/settings' search={{ tab: 'clients' }}>Create a client</Link>
                  </Button>
                }
              />
            )
            : (
              <StateCard
                kind='empty'
                title='No client has this in its name'
                advice='Try another part of the name.'
              />
            )}
        />
      </Card>
    </>
  );
}

/** Where nothing is connected and nothing is wrong there is nothing to be healthy. */
const hasHealth = ({ connections, health }: OperatorClient) => connections > 0 || health !== 'ok';

/** The median, and below it the share within five minutes. */
function ReplyTimeCell({ answers }: { answers: AllReplyTimes | null | undefined }) {
  if (answers === undefined) return <Skeleton className='ml-auto h-5 w-16' />;
  if (answers === null) return <span className='text-ink-soft'>{nothing}</span>;
  return (
    <Tooltip content={replyTimeNote(answers)}>
      <span tabIndex={0} className='grid justify-items-end rounded whitespace-nowrap'>
        <span>{formatAge(answers.median_seconds)}</span>
        <span className='text-xs text-ink-soft'>
          {shareOrNone(answers.share_under_5_minutes)} in 5 min
        </span>
      </span>
    </Tooltip>
  );
}

/** The goal that matters most, and all of them in words. */
function GoalCell({ goals }: { goals: readonly Goal[] }) {
  const shown = goals.find(({ metric }) => metric === 'positive_replies') ?? goals[0];
  if (!shown) return <span className='text-ink-soft'>{nothing}</span>;
  const isBehind = goals.some(({ state }) => state === 'behind');
  const words = goals.map((goal) => `${goalNames[goal.metric]}: ${goalText(goal)}`).join('. ');
  return (
    <Tooltip content={words}>
      <span tabIndex={0} className='grid justify-items-end rounded whitespace-nowrap'>
        <span>{formatCount(shown.reached)} of {formatCount(shown.goal)}</span>
        <span className='text-xs text-ink-soft'>
          {isBehind
            ? 'behind'
            : shown.pace === null || shown.state === 'reached'
            ? shown.state.replace('_', ' ')
            : `on pace for ${formatCount(shown.pace)}`}
        </span>
      </span>
    </Tooltip>
  );
}

const columns = (length: number, isCompared: boolean): Column<Row>[] => [
  {
    id: 'client_name',
    header: 'Client',
    value: (row) => row.client_name,
    onPhone: 'title',
    cell: (row) => (
      <span className='grid justify-items-start gap-1'>
        <Link
          to='/overview'
          search={(kept) => ({ ...kept, client: row.client_id })}
          className='font-medium underline-offset-4 hover:underline'
        >
          {row.client_name}
        </Link>
        {!row.integration_enabled && <Badge tone='warm'>Turned off</Badge>}
        {row.behind && (
          <Badge tone={behindStates[row.behind].tone} title={behindText(row)}>
            {behindStates[row.behind].label}
          </Badge>
        )}
      </span>
    ),
  },
  {
    id: 'health',
    header: 'Health',
    value: (row) => row.state && hasHealth(row.state) ? healthLabel(row.state.health) : null,
    cell: (row) =>
      row.state
        ? !hasHealth(row.state)
          ? <span className='text-ink-soft' title='Nothing is connected'>{nothing}</span>
          : <HealthBadge health={row.state.health} reason={row.state.reason} />
        : <Skeleton className='h-5 w-16' />,
  },
  {
    id: 'replied_series',
    header: 'Replies',
    value: (row) => row.replied,
    align: 'right',
    cell: (row) => (
      <span className='inline-flex items-center justify-end gap-3'>
        <Sparkline
          values={seriesOf(row, 'replied', length)}
          className='h-6 w-16 text-brand max-xl:hidden'
        />
        <span className='grid min-w-8 justify-items-end'>
          <span>{formatCount(row.replied)}</span>
          {row.enough_signal && (
            <span className='text-xs text-ink-soft' title='Reply rate'>{formatRate(row.reply_rate)}</span>
          )}
        </span>
      </span>
    ),
  },
  {
    id: 'positive',
    header: 'Positive',
    value: (row) => row.positive,
    align: 'right',
    cell: (row) => (
      <span className='grid justify-items-end'>
        <span className='font-semibold'>{formatCount(row.positive)}</span>
        {isCompared && (
          <span className='text-xs'>
            <ChangeNote change={countChange(row.positive, row.positive_before)} />
          </span>
        )}
      </span>
    ),
  },
  rateColumn('positive', { onPhone: 'hidden' }),
  rateColumn('reply', { inTable: false }),
  {
    id: 'sent',
    header: 'Sent',
    value: (row) => row.sent,
    align: 'right',
    onPhone: 'hidden',
    cell: (row) => (
      <span className='grid justify-items-end'>
        <span>{formatCount(row.sent)}</span>
        {isCompared && (
          <span className='text-xs'>
            <ChangeNote change={countChange(row.sent, row.sent_before)} goodWhen='neither' />
          </span>
        )}
      </span>
    ),
  },
  {
    id: 'unanswered',
    header: 'Waiting',
    value: (row) => row.unanswered,
    align: 'right',
    cell: (row) =>
      row.unanswered === 0 ? <span className='text-ink-soft'>{nothing}</span> : (
        <Link
          to='/inbox'
          search={{ client: row.client_id, show: 'unanswered' }}
          className='underline-offset-4 hover:underline'
        >
          {formatCount(row.unanswered)}
        </Link>
      ),
  },
  {
    id: 'goal',
    header: 'Monthly goal',
    value: (row) =>
      row.goals.map((goal) => `${goalNames[goal.metric]}: ${goalText(goal)}`).join('. ') || null,
    align: 'right',
    onPhone: 'hidden',
    cell: (row) => <GoalCell goals={row.goals} />,
  },
  {
    id: 'reply_time',
    header: 'Reply time',
    value: (row) => row.answers?.median_seconds ?? null,
    align: 'right',
    onPhone: 'hidden',
    cell: (row) => <ReplyTimeCell answers={row.answers} />,
  },
  {
    id: 'answered_in_5_minutes',
    header: 'Answered within 5 minutes',
    value: (row) => row.answers?.share_under_5_minutes ?? null,
    inTable: false,
  },
  {
    id: 'last_positive_at',
    header: 'Last good news',
    onPhone: 'wide',
    isExtra: true,
    value: (row) => row.last_positive_at,
    cell: (row) => <Ago at={row.last_positive_at} never='none yet' />,
  },
  { id: 'meetings', header: 'Meetings', value: (row) => row.meetings, inTable: false },
  { id: 'behind', header: 'Behind', value: (row) => behindText(row), inTable: false },
  {
    id: 'active_campaigns',
    header: 'Active campaigns',
    value: (row) => row.active_campaigns,
    inTable: false,
  },
  {
    id: 'last_webhook_at',
    header: 'Last webhook',
    value: (row) => row.state?.last_webhook_at ?? null,
    inTable: false,
  },
  {
    id: 'last_sync_at',
    header: 'Last sync',
    value: (row) => row.state?.last_sync_at ?? null,
    inTable: false,
  },
];
