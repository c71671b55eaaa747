import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import type { CampaignRow } from '../../data/campaigns.ts';
import { rangeStatsQuery } from '../../data/stats.ts';
import { useRange } from '../../routing/use-range.ts';
import { daysText } from '../../shared/format.ts';
import { RangePicker, rangeText } from '../../shared/RangePicker.tsx';
import { FailureCard } from '../../shared/StateCard.tsx';
import { Card } from '../../ui/card.tsx';
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
const LowerResults = lazy(() =>
  import('./LowerResults.tsx').then((module) => ({ default: module.LowerResults }))
);

/** A campaign's results in the chosen period, as the overview shows its client's, and all time beside them. */
export function ResultsTab({ campaign }: { campaign: CampaignRow }) {
  const [range, setRange] = useRange({ clientId: campaign.client_id });
  const stats = useQuery(
    rangeStatsQuery({ clientId: campaign.client_id, campaignId: campaign.campaign_id }, range),
  );
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
        <LowerResults campaign={campaign} />
      </Suspense>
    </div>
  );
}
