import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import type { CampaignRow } from '../../data/campaigns.ts';
import { campaignCostsQuery, spent } from '../../data/costs.ts';
import { rangeStatsQuery } from '../../data/stats.ts';
import { useRange } from '../../routing/use-range.ts';
import { daysText, formatCount, formatRate } from '../../shared/format.ts';
import { RangePicker, rangeText } from '../../shared/RangePicker.tsx';
import { tooFew } from '../../shared/signal.ts';
import { FailureCard } from '../../shared/StateCard.tsx';
import { Card, CardBody, CardHeader } from '../../ui/card.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { DimWhileLoading } from '../overview/DimWhileLoading.tsx';
import { KeyNumbers } from '../overview/KeyNumbers.tsx';

// The numbers are there before the drawings and their files.
const DailySeries = lazy(() =>
  import('../overview/DailySeries.tsx').then((module) => ({ default: module.DailySeries }))
);
const FunnelCard = lazy(() =>
  import('../overview/FunnelCard.tsx').then((module) => ({ default: module.FunnelCard }))
);
const PipelineCard = lazy(() =>
  import('../meetings/PipelineCard.tsx').then((module) => ({ default: module.PipelineCard }))
);
const CostsCard = lazy(() =>
  import('../overview/CostsCard.tsx').then((module) => ({ default: module.CostsCard }))
);

/** A campaign's results in the chosen period, as the overview shows its client's, and all time beside them. */
export function ResultsTab({ campaign }: { campaign: CampaignRow }) {
  const [range, setRange] = useRange({ clientId: campaign.client_id });
  const stats = useQuery(
    rangeStatsQuery({ clientId: campaign.client_id, campaignId: campaign.campaign_id }, range),
  );
  const costs = useQuery({ ...campaignCostsQuery(campaign.campaign_id), select: spent });
  return (
    <div className='grid grid-cols-[minmax(0,1fr)] gap-4'>
      <div className='flex flex-wrap items-center justify-between gap-x-6 gap-y-2'>
        <p className='text-sm text-ink-soft'>{rangeText(range)}, {daysText(range.timeZone)}</p>
        <div className='flex flex-wrap items-center gap-2'>
          <RangePicker range={range} onChange={setRange} />
        </div>
      </div>
      {stats.error && !stats.data
        ? (
          <Card>
            <FailureCard error={stats.error} onRetry={() => void stats.refetch()} />
          </Card>
        )
        : (
          <DimWhileLoading isLoading={stats.isPlaceholderData}>
            <KeyNumbers stats={stats.data} isCompared={range.previous !== null} />
            <div className='grid grid-cols-[minmax(0,1fr)] gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]'>
              <Suspense fallback={<Skeleton className='h-72' />}>
                <DailySeries days={stats.data?.days} range={range} />
                <FunnelCard stats={stats.data?.current} />
              </Suspense>
            </div>
          </DimWhileLoading>
        )}
      <Suspense fallback={<Skeleton className='h-48' />}>
        <PipelineCard clientId={campaign.client_id} campaignId={campaign.campaign_id} />
      </Suspense>
      <div className='grid grid-cols-[minmax(0,1fr)] gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)] xl:[&>:only-child]:col-span-2'>
        <AllTime campaign={campaign} />
        <Suspense>
          <CostsCard costs={costs} of='This campaign, all time, regardless of the period above' />
        </Suspense>
      </div>
    </div>
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
