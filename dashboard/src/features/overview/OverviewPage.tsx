import { useQuery } from '@tanstack/react-query';
import { Navigate } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { clientLogoQuery } from '../../data/client-logo.ts';
import { clientQuery, dayRebuildQuery } from '../../data/clients.ts';
import { clientCostsQuery, spent } from '../../data/costs.ts';
import { useSession } from '../../data/session.ts';
import { rangeStatsQuery } from '../../data/stats.ts';
import { useClientId } from '../../routing/use-client.ts';
import { useRange } from '../../routing/use-range.ts';
import { Age } from '../../shared/Age.tsx';
import { formatTimeZone } from '../../shared/format.ts';
import { PageHeader } from '../../shared/PageHeader.tsx';
import { RangePicker, rangeText } from '../../shared/RangePicker.tsx';
import { FailureCard } from '../../shared/StateCard.tsx';
import { Card } from '../../ui/card.tsx';
import { cn } from '../../ui/class-names.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { DailySeries } from './DailySeries.tsx';
import { DimWhileLoading } from './DimWhileLoading.tsx';
import { FunnelCard } from './FunnelCard.tsx';
import { KeyNumbers } from './KeyNumbers.tsx';

// Below the first screen, tables and all: not part of the first load.
const CampaignRanking = lazy(() =>
  import('./CampaignRanking.tsx').then((module) => ({ default: module.CampaignRanking }))
);
const SegmentsCard = lazy(() =>
  import('./SegmentsCard.tsx').then((module) => ({ default: module.SegmentsCard }))
);
const PipelineCard = lazy(() =>
  import('../meetings/PipelineCard.tsx').then((module) => ({ default: module.PipelineCard }))
);
const StandingCard = lazy(() =>
  import('../goals/StandingCard.tsx').then((module) => ({ default: module.StandingCard }))
);
const CostsCard = lazy(() => import('./CostsCard.tsx').then((module) => ({ default: module.CostsCard })));

/** A client's home: the numbers of the period, in the order in which they matter. */
export function OverviewPage() {
  const clientId = useClientId();
  // An operator who has not chosen a client yet.
  if (!clientId) return <Navigate to='/clients' />;
  return <ClientOverview clientId={clientId} />;
}

function ClientOverview({ clientId }: { clientId: string }) {
  const isOperator = useSession()?.role === 'operator';
  const [range, setRange] = useRange();
  const stats = useQuery(rangeStatsQuery({ clientId }, range));
  const costs = useQuery({ ...clientCostsQuery(clientId), select: spent });
  const logo = useQuery(clientLogoQuery(clientId));
  const showsCosts = isOperator || (costs.data?.length ?? 0) > 0;
  return (
    <>
      <PageHeader
        title={stats.data?.client_name ?? (isOperator ? 'Client' : 'Your results')}
        {...(logo.data
          ? { above: <img src={logo.data} alt='' className='mb-2 h-9 max-w-48 object-contain object-left' /> }
          : {})}
        note={
          <>
            <span>{rangeText(range)}</span>
            <DayZone clientId={clientId} />
            {stats.data && <Age asOf={stats.data.as_of} />}
          </>
        }
      >
        <RangePicker range={range} onChange={setRange} />
      </PageHeader>
      {stats.error && !stats.data
        ? (
          <Card>
            <FailureCard error={stats.error} onRetry={() => void stats.refetch()} />
          </Card>
        )
        : (
          <div className='grid grid-cols-[minmax(0,1fr)] gap-4'>
            <DimWhileLoading isLoading={stats.isPlaceholderData}>
              <KeyNumbers stats={stats.data} isCompared={range.previous !== null} />
              <div className='grid grid-cols-[minmax(0,1fr)] gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]'>
                <DailySeries days={stats.data?.days} range={range} />
                <FunnelCard stats={stats.data?.current} />
              </div>
            </DimWhileLoading>
            <Suspense fallback={<Skeleton className='h-72' />}>
              <CampaignRanking clientId={clientId} range={range} />
              <PipelineCard clientId={clientId} />
              <StandingCard clientId={clientId} />
              <div
                className={cn(
                  'grid grid-cols-[minmax(0,1fr)] gap-4',
                  showsCosts && 'xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]',
                )}
              >
                <SegmentsCard clientId={clientId} />
                <CostsCard
                  costs={costs}
                  of='All campaigns, all time, regardless of the period above'
                />
              </div>
            </Suspense>
          </div>
        )}
    </>
  );
}

/** Where the client's days begin at midnight, and how far they are recounted after a change. */
function DayZone({ clientId }: { clientId: string }) {
  const client = useQuery(clientQuery(clientId));
  const rebuild = useQuery(dayRebuildQuery(clientId));
  if (!client.data) return null;
  return (
    <>
      <span title='Each day begins and ends at midnight there.'>
        Days in {formatTimeZone(client.data.time_zone)}
      </span>
      {rebuild.data && (
        <span
          role='status'
          title='Totals are right meanwhile; days may still be those of the time zone before.'
        >
          Days are being recounted: {Math.floor((rebuild.data.progress ?? 0) * 100)}%
        </span>
      )}
    </>
  );
}
