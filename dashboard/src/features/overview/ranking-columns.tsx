import { Link } from '@tanstack/react-router';
import { type CampaignRow, campaignState } from '../../data/campaigns.ts';
import type { RankedCampaign } from '../../data/ranking.ts';
import { ageColumn } from '../../shared/age-column.tsx';
import { BestBadge } from '../../shared/BestBadge.tsx';
import type { Column } from '../../shared/table-types.ts';
import { nothing, rateChange } from '../../shared/format.ts';
import { RateCell } from '../../shared/RateCell.tsx';
import { judged } from '../../shared/signal.ts';
import { ChangeNote } from '../../shared/Tile.tsx';
import { Badge } from '../../ui/badge.tsx';

/** The columns of campaigns side by side; state and age come from their whole lives. */
export function rankingColumns({ isCompared, lives, best }: {
  isCompared: boolean;
  best: ReadonlySet<string>;
  lives: ReadonlyMap<string, CampaignRow>;
}): Column<RankedCampaign>[] {
  const change: Column<RankedCampaign> = {
    id: 'change',
    header: 'Change',
    value: (row) => row.change,
    align: 'right',
    cell: (row) =>
      row.enough_signal
        ? (
          <span className='text-xs whitespace-nowrap'>
            <ChangeNote change={rateChange(row.change ?? null, 0)} />
          </span>
        )
        : nothing,
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
    {
      id: 'state',
      header: 'State',
      onPhone: 'wide',
      value: (row) => {
        const life = lives.get(row.campaign_id);
        return life && campaignState(life).label;
      },
      cell: (row) => {
        const life = lives.get(row.campaign_id);
        if (!life) return null;
        const { label, tone } = campaignState(life);
        return <Badge tone={tone}>{label}</Badge>;
      },
    },
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
    ...(isCompared ? [change] : []),
    ageColumn([...lives.values()], (row) => lives.get(row.campaign_id)?.as_of ?? null),
  ];
}
