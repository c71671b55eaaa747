import { type AccountRow, readAccounts } from '../../data/email-accounts.ts';
import type { Enums } from '../../data/supabase.ts';
import { useClientId } from '../../routing/use-client.ts';
import { Ago } from '../../shared/Ago.tsx';
import { type State, TwoLines } from '../../shared/columns.tsx';
import { formatCount, formatRate, nothing } from '../../shared/format.ts';
import { RateCell } from '../../shared/RateCell.tsx';
import { rateIfEnough } from '../../shared/signal.ts';
import { StateCard } from '../../shared/StateCard.tsx';
import type { Column } from '../../shared/table-types.ts';
import { Badge } from '../../ui/badge.tsx';
import { ChoiceFilter, ConnectionFilter, TextFilter } from './filters.tsx';
import { PagedTable } from './PagedTable.tsx';
import { SendingDomains } from './SendingDomains.tsx';
import { useListSearch } from './use-list.ts';

const states: Record<Enums['email_account_status'], State> = {
  active: { label: 'Active', tone: 'good' },
  paused: { label: 'Paused', tone: 'warm' },
  error: { label: 'Error', tone: 'bad' },
  suspended: { label: 'Suspended', tone: 'bad' },
};

/** Sending domains and mailboxes: their records and limits, what they sent in 30 days, and whether it arrived. */
export function EmailAccountsPage() {
  const clientId = useClientId();
  const [search] = useListSearch();
  const status = search.status === 'bouncing' || (search.status && search.status in states)
    ? search.status as Enums['email_account_status'] | 'bouncing'
    : undefined;
  const filter = { clientId, connectionId: search.connection, status, email: search.q };
  return (
    <div className='grid grid-cols-[minmax(0,1fr)] gap-6'>
      <SendingDomains clientId={clientId} connectionId={search.connection} />
      <PagedTable
        label='Email accounts'
        queryKey={['email-accounts', filter]}
        csvPeriod='last 30 days'
        read={(page) => readAccounts(filter, page)}
        columns={columns}
        rowKey={(row) => row.account_id}
        defaultSort={{ id: 'email', desc: false }}
        toolbar={
          <>
            <TextFilter label='Find a mailbox' />
            <ChoiceFilter
              label='State'
              part='status'
              all='All states'
              choices={[
                { value: 'bouncing', label: 'Bounces above 5%' },
                ...Object.entries(states).map(([value, { label }]) => ({ value, label })),
              ]}
            />
            <ConnectionFilter />
          </>
        }
        empty={
          <StateCard
            kind='empty'
            title='No mailboxes'
            advice='Try other filters, or wait for the next hourly sync.'
          />
        }
      />
    </div>
  );
}

const columns: Column<AccountRow>[] = [
  {
    id: 'email',
    header: 'Mailbox',
    value: (row) => row.email,
    onPhone: 'title',
    cell: (row) => (
      <TwoLines
        className='font-medium break-all'
        first={row.email}
        second={`${row.connection_name} · ${row.client_name ?? 'Shared'}`}
      />
    ),
  },
  {
    id: 'status',
    header: 'State',
    onPhone: 'wide',
    value: (row) => states[row.status].label,
    cell: (row) => (
      <span className='grid justify-items-start gap-0.5'>
        <Badge tone={states[row.status].tone}>{states[row.status].label}</Badge>
        {row.status_reason && <span className='text-xs text-ink-soft'>{row.status_reason}</span>}
      </span>
    ),
  },
  {
    id: 'sent_today',
    header: 'Sent today',
    value: (row) => row.sent_today,
    align: 'right',
    cell: (row) =>
      row.sent_today === null
        ? nothing
        : `${formatCount(row.sent_today)}${
          row.daily_limit === null ? '' : ` of ${formatCount(row.daily_limit)}`
        }`,
  },
  { id: 'sent', header: 'Sent, 30 days', value: (row) => row.sent, align: 'right' },
  { id: 'replied', header: 'Replied', value: (row) => row.replied, align: 'right', onPhone: 'hidden' },
  {
    id: 'bounce_rate',
    header: 'Bounce rate',
    value: (row) => rateIfEnough(row.bounce_rate, row.enough_signal),
    align: 'right',
    cell: (row) =>
      row.enough_signal && row.is_bouncing
        ? <Badge tone='bad'>{formatRate(row.bounce_rate)}</Badge>
        : (
          <RateCell
            rate={row.bounce_rate}
            enoughSignal={row.enough_signal}
            part={row.bounced}
            whole={row.sent}
          />
        ),
  },
  {
    id: 'warmup_score',
    header: 'Warm-up score',
    value: (row) => row.warmup_score,
    align: 'right',
    cell: (row) => row.warmup_score === null ? nothing : formatCount(row.warmup_score),
  },
  {
    id: 'warmup_spam_rate',
    header: 'In spam',
    value: (row) => row.warmup_spam_rate,
    align: 'right',
    onPhone: 'hidden',
    cell: (row) => formatRate(row.warmup_spam_rate),
  },
  {
    id: 'last_synced_at',
    header: 'Synced',
    value: (row) => row.last_synced_at,
    onPhone: 'hidden',
    cell: (row) => <Ago at={row.last_synced_at} staleAfterSeconds={3 * 3_600} never='never' />,
  },
];
