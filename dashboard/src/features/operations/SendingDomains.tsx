import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  recordKinds,
  type SendingDomain,
  sendingDomainsQuery,
  type Verdict,
} from '../../data/sending-domains.ts';
import { Ago } from '../../shared/Ago.tsx';
import { TwoLines } from '../../shared/columns.tsx';
import { DataTable } from '../../shared/DataTable.tsx';
import { formatCount, plural } from '../../shared/format.ts';
import { RateCell } from '../../shared/RateCell.tsx';
import { rateIfEnough } from '../../shared/signal.ts';
import { Sparkline } from '../../shared/Sparkline.tsx';
import { StateCard } from '../../shared/StateCard.tsx';
import type { Column } from '../../shared/table-types.ts';
import { Badge } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { Button } from '../../ui/button.tsx';
import { SendingDomainDialog } from './SendingDomainDialog.tsx';
import { Blacklisted, LandedShares } from './Placement.tsx';
import { PlacementReadings } from './PlacementReadings.tsx';
import { blacklistsText, kindNames, verdicts } from './sending-domain-text.ts';

/** The domains of the mailboxes: whether receivers trust them, how bounces and replies go, and how much of the limits is used. */
export function SendingDomains({ clientId, connectionId }: {
  clientId: string | undefined;
  connectionId: string | undefined;
}) {
  const domains = useQuery(sendingDomainsQuery(clientId, connectionId));
  const [opened, setOpened] = useState<string>();
  const domain = domains.data?.find((row) => row.domain === opened);
  return (
    <Card aria-labelledby='sending-domains'>
      <DataTable
        label='Sending domains'
        title='Sending domains'
        titleId='sending-domains'
        hint='DNS records are checked once a day; bounces and replies of the last 30 days'
        columns={columns(setOpened)}
        rows={domains.data}
        rowKey={(row) => row.domain}
        error={domains.error}
        onRetry={() => void domains.refetch()}
        pageSize={10}
        csvName='sending domains'
        csvPeriod='last 30 days'
        empty={
          <StateCard
            kind='empty'
            title='No sending domains'
            advice='They appear with their mailboxes, after the next hourly sync.'
          />
        }
      />
      <PlacementReadings connectionId={connectionId} />
      {domain && <SendingDomainDialog domain={domain} onClose={() => setOpened(undefined)} />}
    </Card>
  );
}

const columns = (open: (domain: string) => void): Column<SendingDomain>[] => [
  {
    id: 'domain',
    header: 'Domain',
    value: (row) => row.domain,
    onPhone: 'title',
    cell: (row) => (
      <TwoLines
        className='min-w-36 font-medium break-words'
        first={row.domain}
        second={
          <>
            {`${plural(row.mailboxes ?? 0, 'mailbox', 'mailboxes')} · ${
              row.client_names?.join(', ') ?? 'Shared'
            }`}
            {isOverdue(row) && (
              <span className='mt-1 block'>
                Checked <Ago at={row.checked_at} staleAfterSeconds={0} never='not yet' />
              </span>
            )}
          </>
        }
      />
    ),
  },
  {
    id: 'records',
    header: 'DNS records',
    // The worst first.
    value: (row) => recordKinds.filter((kind) => verdictOf(row, kind) === 'bad').length,
    onPhone: 'wide',
    inCsv: false,
    cell: (row) => <Records row={row} />,
  },
  ...recordKinds.map((kind): Column<SendingDomain> => ({
    id: kind,
    header: kindNames[kind],
    value: (row) => verdicts[verdictOf(row, kind)].label,
    inTable: false,
  })),
  {
    id: 'blacklists',
    header: 'Blacklists',
    value: (row) =>
      row.blacklists.length > 0
        ? blacklistsText(row.blacklists)
        : row.blacklists_checked_at
        ? 'None'
        : 'Not checked',
    cell: (row) => <Blacklisted row={row} />,
  },
  {
    id: 'inbox_rate',
    header: 'In inbox',
    value: (row) => row.inbox_rate,
    align: 'right',
    cell: (row) => <LandedShares row={row} />,
  },
  { id: 'promotions_rate', header: 'In promotions', value: (row) => row.promotions_rate, inTable: false },
  { id: 'spam_rate', header: 'In spam', value: (row) => row.spam_rate, inTable: false },
  { id: 'placement_tested_on', header: 'Tested', value: (row) => row.placement_tested_on, inTable: false },
  {
    id: 'bounce_rate',
    header: 'Bounces',
    value: (row) => rateIfEnough(row.bounce_rate, row.enough_signal ?? false),
    align: 'right',
    onPhone: 'wide',
    cell: (row) => (
      <Trend
        label={`Bounces of ${row.domain} per day`}
        series={row.bounced_series}
        className='text-bad'
        rate={row.bounce_rate}
        part={row.bounced}
        row={row}
      />
    ),
  },
  {
    id: 'reply_rate',
    header: 'Replies',
    value: (row) => rateIfEnough(row.reply_rate, row.enough_signal ?? false),
    align: 'right',
    onPhone: 'wide',
    cell: (row) => (
      <Trend
        label={`Replies to ${row.domain} per day`}
        series={row.replied_series}
        className='text-good'
        rate={row.reply_rate}
        part={row.replied}
        row={row}
      />
    ),
  },
  {
    id: 'capacity',
    header: 'Used today',
    value: (row) => row.daily_limit ? (row.sent_today ?? 0) / row.daily_limit : null,
    align: 'right',
    cell: (row) => <Capacity sent={row.sent_today ?? 0} limit={row.daily_limit} />,
  },
  {
    id: 'warmup_score',
    header: 'Warm-up score',
    value: (row) => row.warmup_score,
    // The list of mailboxes below shows it.
    inTable: false,
  },
  {
    id: 'checked_at',
    header: 'Checked',
    value: (row) => row.checked_at,
    // The details show it; an old one is below the name.
    inTable: false,
  },
  {
    id: 'details',
    header: '',
    value: () => null,
    sortable: false,
    inCsv: false,
    onPhone: 'action',
    cell: (row) => (
      <Button
        variant='secondary'
        size='small'
        onClick={() => open(row.domain)}
        aria-label={`Details of ${row.domain}`}
      >
        Details
      </Button>
    ),
  },
];

/** The last look failed, or there was none for two days. */
const isOverdue = ({ check_error, checked_at }: SendingDomain): boolean =>
  check_error !== null || checked_at === null || Date.now() - Date.parse(checked_at) > 2 * 86_400_000;

const verdictOf = (row: SendingDomain, kind: typeof recordKinds[number]): Verdict | 'unchecked' =>
  row.checks[kind]?.verdict ?? 'unchecked';

/** What there is to do comes first, with the records that need it; good ones are named only where all are. */
const order = ['bad', 'warning', 'unknown', 'unchecked'] as const;

function Records({ row }: { row: SendingDomain }) {
  const found = order.map((verdict) => ({
    verdict,
    kinds: recordKinds.filter((kind) => verdictOf(row, kind) === verdict),
  })).filter(({ kinds }) => kinds.length > 0);
  if (found.length === 0) return <Badge tone='good'>{verdicts.good.label}</Badge>;
  return (
    <span className='inline-flex flex-wrap gap-1'>
      {found.map(({ verdict, kinds }) => (
        <Badge
          key={verdict}
          tone={verdicts[verdict].tone}
          title={kinds.map((kind) => row.checks[kind]?.sentence).filter(Boolean).join(' ')}
        >
          {kinds.length === recordKinds.length
            ? verdicts[verdict].label
            : `${verdicts[verdict].label}: ${kinds.map((kind) => kindNames[kind]).join(', ')}`}
        </Badge>
      ))}
    </span>
  );
}

function Trend({ label, series, className, rate, part, row }: {
  label: string;
  series: number[] | null;
  className: string;
  rate: number | null;
  part: number | null;
  row: SendingDomain;
}) {
  return (
    <span className='inline-flex items-center gap-2' title={label}>
      <Sparkline values={series ?? []} className={`h-5 w-12 ${className}`} />
      <RateCell rate={rate} enoughSignal={row.enough_signal ?? false} part={part} whole={row.sent} />
    </span>
  );
}

/** Emails of today against what the mailboxes may send. */
function Capacity({ sent, limit }: { sent: number; limit: number | null }) {
  if (limit === null) return <>{formatCount(sent)}</>;
  return (
    <span className='inline-grid gap-1 whitespace-nowrap'>
      {formatCount(sent)} of {formatCount(limit)}
      <span aria-hidden className='h-1 w-full overflow-hidden rounded-full bg-raised'>
        <span
          className='block h-full rounded-full bg-brand'
          style={{ width: `${limit === 0 ? 0 : Math.min(100, Math.round(100 * sent / limit))}%` }}
        />
      </span>
    </span>
  );
}
