import { Link } from '@tanstack/react-router';
import { type CampaignRow, campaignState } from '../../data/campaigns.ts';
import { ageColumn } from '../../shared/age-column.tsx';
import { BestBadge } from '../../shared/BestBadge.tsx';
import type { Column } from '../../shared/table-types.ts';
import { RateCell } from '../../shared/RateCell.tsx';
import { judged } from '../../shared/signal.ts';
import { Badge } from '../../ui/badge.tsx';

/** The columns of every list of campaigns. */
export function campaignColumns({ all, best, clientNames }: {
  /** Every campaign of the list. */
  all: readonly CampaignRow[];
  best: ReadonlySet<string>;
  /** Names by id, where the campaigns of several clients stand together. */
  clientNames?: ReadonlyMap<string, string>;
}): Column<CampaignRow>[] {
  const clientColumn: Column<CampaignRow> = {
    id: 'client',
    header: 'Client',
    onPhone: 'wide',
    value: (row) => clientNames?.get(row.client_id) ?? '',
    cell: (row) => <span className='block md:min-w-24'>{clientNames?.get(row.client_id) ?? ''}</span>,
  };
  return [
    {
      id: 'name',
      header: 'Campaign',
      value: (row) => row.name,
      onPhone: 'title',
      cell: (row) => (
        <span className='inline-flex flex-wrap items-center gap-x-2 gap-y-1'>
          <Link
            to='/campaigns/$campaignId'
            params={{ campaignId: row.campaign_id }}
            className='font-medium underline-offset-4 hover:underline'
          >
            {row.name}
          </Link>
          {best.has(row.campaign_id) && <BestBadge />}
        </span>
      ),
    },
    ...(clientNames ? [clientColumn] : []),
    {
      id: 'state',
      header: 'State',
      onPhone: 'wide',
      value: (row) => campaignState(row).label,
      cell: (row) => {
        const { label, tone } = campaignState(row);
        return <Badge tone={tone}>{label}</Badge>;
      },
    },
    { id: 'leads', header: 'Leads', value: (row) => row.leads, align: 'right', onPhone: 'hidden' },
    { id: 'contacted', header: 'Contacted', value: (row) => row.contacted, align: 'right' },
    { id: 'replied', header: 'Replied', value: (row) => row.replied, align: 'right', onPhone: 'hidden' },
    {
      id: 'reply_rate',
      header: 'Reply rate',
      value: (row) => judged(row.reply_rate, row.enough_signal),
      align: 'right',
      cell: (row) => (
        <RateCell
          rate={row.reply_rate}
          enoughSignal={row.enough_signal}
          part={row.replied}
          whole={row.contacted}
        />
      ),
    },
    { id: 'positive', header: 'Positive', value: (row) => row.positive, align: 'right' },
    {
      id: 'positive_rate',
      header: 'Positive rate',
      value: (row) => judged(row.positive_rate, row.enough_signal),
      align: 'right',
      cell: (row) => (
        <RateCell
          rate={row.positive_rate}
          enoughSignal={row.enough_signal}
          part={row.positive}
          whole={row.contacted}
          isStrong
        />
      ),
    },
    ageColumn(all, (row) => row.as_of),
  ];
}
