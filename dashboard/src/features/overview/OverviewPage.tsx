import { useQuery } from '@tanstack/react-query';
import { Navigate } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { clientLogoQuery } from '../../data/client-logo.ts';
import { clientQuery, dayRebuildQuery } from '../../data/clients.ts';
import { useSession } from '../../data/session.ts';
import { rangeStatsQuery } from '../../data/stats.ts';
import { useClientId } from '../../routing/use-client.ts';
import { useRange } from '../../routing/use-range.ts';
import { Age } from '../../shared/Age.tsx';
import { formatTimeZone } from '../../shared/time-zone.tsx';
import { PageHeader } from '../../shared/PageHeader.tsx';
import { RangePicker, rangeText } from '../../shared/RangePicker.tsx';
import { FailureCard } from '../../shared/StateCard.tsx';
import { Card } from '../../ui/card.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { DailySeries } from './DailySeries.tsx';
import { DimWhileLoading } from './DimWhileLoading.tsx';
import { FunnelCard } from './FunnelCard.tsx';
import { KeyNumbers } from './KeyNumbers.tsx';
import { WaitingApprovals } from './WaitingApprovals.tsx';

// Below the first screen, tables and all: not part of the first load.
const LowerOverview = lazy(() =>
  import('./LowerOverview.tsx').then((module) => ({ default: module.LowerOverview }))
);

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
  const logo = useQuery(clientLogoQuery(clientId));
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
      <WaitingApprovals clientId={clientId} />
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
              <LowerOverview clientId={clientId} range={range} />
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
