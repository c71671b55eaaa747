import { useQuery } from '@tanstack/react-query';
import type { CampaignRow } from '../../data/campaigns.ts';
import { campaignCostsQuery, spent } from '../../data/costs.ts';
import { formatCount, formatRate } from '../../shared/format.ts';
import { tooFew } from '../../shared/signal.ts';
import { Card, CardBody, CardHeader } from '../../ui/card.tsx';
import { PipelineCard } from '../meetings/PipelineCard.tsx';
import { CostsCard } from '../overview/CostsCard.tsx';

/** What is the same whatever the period: meetings, all time, costs. */
export function LowerResults({ campaign }: { campaign: CampaignRow }) {
  const costs = useQuery({ ...campaignCostsQuery(campaign.campaign_id), select: spent });
  return (
    <>
      <PipelineCard clientId={campaign.client_id} campaignId={campaign.campaign_id} />
      <div className='grid grid-cols-[minmax(0,1fr)] gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)] xl:[&>:only-child]:col-span-2'>
        <AllTime campaign={campaign} />
        <CostsCard costs={costs} of='This campaign, all time, regardless of the period above' />
      </div>
    </>
  );
}

function AllTime({ campaign }: { campaign: CampaignRow }) {
  const rate = (value: number | null) => campaign.enough_signal ? ` (${formatRate(value)})` : '';
  const hint = campaign.enough_signal
    ? 'Regardless of the period above'
    : `Regardless of the period above. ${tooFew}: counts only`;
  const facts: [string, string][] = [
    ['Leads', formatCount(campaign.leads)],
    ['Emails sent', formatCount(campaign.sent)],
    ['Contacted', formatCount(campaign.contacted)],
    ['Opened*', formatCount(campaign.opened) + rate(campaign.open_rate)],
    ['Clicked', formatCount(campaign.clicked) + rate(campaign.click_rate)],
    ['Replied', formatCount(campaign.replied) + rate(campaign.reply_rate)],
    ['Positive', formatCount(campaign.positive) + rate(campaign.positive_rate)],
    ['Automatic replies', formatCount(campaign.auto_replies)],
    ['Bounced', formatCount(campaign.bounced)],
    ['Unsubscribed', formatCount(campaign.unsubscribed)],
  ];
  return (
    <Card aria-labelledby='all-time'>
      <CardHeader id='all-time' title='All time' hint={hint} />
      <CardBody>
        <dl className='grid gap-x-8 gap-y-2 text-sm sm:grid-cols-2'>
          {facts.map(([label, value]) => (
            <div
              key={label}
              className='flex items-baseline justify-between gap-3 border-b border-line pb-1.5'
            >
              <dt className='text-ink-soft'>{label}</dt>
              <dd className='font-medium'>{value}</dd>
            </div>
          ))}
        </dl>
      </CardBody>
    </Card>
  );
}
