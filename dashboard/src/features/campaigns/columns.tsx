import { Link } from '@tanstack/react-router';
import { Trophy } from 'lucide-react';
import { type CampaignRow, campaignState } from '../../data/campaigns.ts';
import { Age } from '../../shared/Age.tsx';
import type { Column } from '../../shared/table-types.ts';
import { RateCell } from '../../shared/RateCell.tsx';
import { Badge } from '../../ui/badge.tsx';

/** The columns of every list of campaigns. */
export function campaignColumns({ best, clientNames }: {
  best: string | undefined;
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
          {row.campaign_id === best && (
            <Badge tone='warm'>
              <Trophy aria-hidden /> Best performer
            </Badge>
          )}
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
      value: (row) => row.reply_rate,
      align: 'right',
      cell: (row) => <RateCell rate={row.reply_rate} enoughSignal={row.enough_signal} />,
    },
    { id: 'positive', header: 'Positive', value: (row) => row.positive, align: 'right' },
    {
      id: 'positive_rate',
      header: 'Positive rate',
      // Too few leads are no rank.
      value: (row) => row.enough_signal ? row.positive_rate : null,
      align: 'right',
      cell: (row) => <RateCell rate={row.positive_rate} enoughSignal={row.enough_signal} isStrong />,
    },
    {
      id: 'as_of',
      header: 'Age',
      value: (row) => row.as_of,
      onPhone: 'hidden',
      cell: (row) => <Age asOf={row.as_of} className='text-xs whitespace-nowrap' />,
    },
  ];
}
