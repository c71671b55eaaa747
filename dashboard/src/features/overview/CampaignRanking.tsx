import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { campaignsQuery } from '../../data/campaigns.ts';
import type { ChosenRange } from '../../data/range.ts';
import { bestOf, campaignsBetweenQuery, performersQuery, rankWholeLives } from '../../data/ranking.ts';
import { rankingColumns } from '../../shared/campaign-columns.tsx';
import { periodName } from '../../shared/csv-name.ts';
import { DataTable } from '../../shared/DataTable.tsx';
import { StateCard } from '../../shared/StateCard.tsx';
import { Card } from '../../ui/card.tsx';
import { DimWhileLoading } from './DimWhileLoading.tsx';

/** The campaigns in the chosen period, the best first. */
export function CampaignRanking({ clientId, range }: { clientId: string; range: ChosenRange }) {
  const lives = useQuery(campaignsQuery(clientId));
  // Without a period the whole lives are ranked instead.
  const between = useQuery({
    ...campaignsBetweenQuery(clientId, range.period ?? { from: '', to: '' }),
    enabled: range.period !== null,
  });
  const rows = useMemo(
    () => range.period ? between.data : lives.data && rankWholeLives(lives.data),
    [range.period, between.data, lives.data],
  );
  const isCompared = range.previous !== null;
  const performers = useQuery(performersQuery(clientId)).data;
  const best = useMemo(() => bestOf(performers), [performers]);
  const columns = useMemo(
    () =>
      rankingColumns({
        isCompared,
        best,
        lives: new Map(lives.data?.map((life) => [life.campaign_id, life])),
      }),
    [isCompared, best, lives.data],
  );
  const asked = range.period ? between : lives;
  return (
    <Card aria-labelledby='campaign-ranking'>
      <DimWhileLoading isLoading={range.period !== null && between.isPlaceholderData}>
        <DataTable
          label='Campaigns'
          title='Campaigns'
          titleId='campaign-ranking'
          hint={`${range.period ? 'This period' : 'All time'}, best positive rate first${
            isCompared ? '; change in percentage points from the previous period' : ''
          }`}
          columns={columns}
          rows={rows}
          rowKey={(row) => row.campaign_id}
          error={asked.error}
          onRetry={() => void asked.refetch()}
          sort={{ id: 'positive_rate', desc: true }}
          pageSize={10}
          csvName='campaigns'
          csvPeriod={periodName(range.period)}
          empty={
            <StateCard
              kind='empty'
              title='No campaigns yet'
              advice='Your agency can tell you when the first one starts.'
            />
          }
        />
      </DimWhileLoading>
    </Card>
  );
}
