import { useQuery } from '@tanstack/react-query';
import { clientCostsQuery, spent } from '../../data/costs.ts';
import type { ChosenRange } from '../../data/range.ts';
import { useSession } from '../../data/session.ts';
import { cn } from '../../ui/class-names.ts';
import { GoalsCard } from '../goals/GoalsCard.tsx';
import { StandingCard } from '../goals/StandingCard.tsx';
import { PipelineCard } from '../meetings/PipelineCard.tsx';
import { CampaignRanking } from './CampaignRanking.tsx';
import { CostsCard } from './CostsCard.tsx';
import { SegmentsCard } from './SegmentsCard.tsx';

/** What is below the first screen of the overview: goals, campaigns, pipeline, comparison, segments and costs. */
export function LowerOverview({ clientId, range }: { clientId: string; range: ChosenRange }) {
  const isOperator = useSession()?.role === 'operator';
  const costs = useQuery({ ...clientCostsQuery(clientId), select: spent });
  const showsCosts = isOperator || (costs.data?.length ?? 0) > 0;
  return (
    <>
      <GoalsCard clientId={clientId} />
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
        <CostsCard costs={costs} of='All campaigns, all time, regardless of the period above' />
      </div>
    </>
  );
}
