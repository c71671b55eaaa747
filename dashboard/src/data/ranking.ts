// Campaigns side by side: in a period compared with the previous one, or over all time.
import { queryOptions } from '@tanstack/react-query';
import type { CampaignRow } from './campaigns.ts';
import { read } from './failure.ts';
import type { Period } from './range.ts';
import { minimumSample } from './stats.ts';
import { supabase } from './supabase.ts';

export interface RankedCampaign {
  campaign_id: string;
  client_id: string;
  name: string;
  sent: number;
  contacted: number;
  replied: number;
  positive: number;
  reply_rate: number | null;
  positive_rate: number | null;
  enough_signal: boolean;
  /** In points of the positive rate; null = there was too little to compare with, undefined = not compared. */
  change: number | null | undefined;
}

interface Between extends Omit<RankedCampaign, 'change'> {
  previous_contacted: number;
  positive_rate_change: number | null;
}

export const campaignsBetweenQuery = (clientId: string, period: Period) =>
  queryOptions({
    queryKey: ['campaigns-between', clientId, period],
    queryFn: async () => {
      const rows = await read(
        supabase().rpc('campaigns_between', {
          from_day: period.from,
          to_day: period.to,
          only_client: clientId,
        }),
      ) as Between[];
      return rows.map((row): RankedCampaign => ({ ...row, change: comparableChange(row) }));
    },
    // Of the same client the last ones stay until the new ones are there.
    placeholderData: (last, lastQuery) => lastQuery?.queryKey[1] === clientId ? last : undefined,
  });

/** A rate over a handful of leads is nothing to compare with. */
export const comparableChange = (
  row: Pick<Between, 'enough_signal' | 'previous_contacted' | 'positive_rate_change'>,
): number | null =>
  row.enough_signal && row.previous_contacted >= minimumSample ? row.positive_rate_change : null;

/** The same over all time. */
export const rankWholeLives = (rows: readonly CampaignRow[]): RankedCampaign[] =>
  rows.map((row) => ({ ...row, change: undefined }));

export interface Performer extends Between {
  client_name: string;
  rank: number | null;
  is_best: boolean;
}

/** Who did best in the last 30 days: of one client the first three, of all clients the first of each. */
export const bestPerformersQuery = (clientId: string | undefined) =>
  queryOptions({
    queryKey: ['best-performers', clientId ?? 'all'],
    queryFn: async () => {
      const all = supabase().from('campaign_comparison').select('*').gt('positive', 0);
      const some = clientId ? all.eq('client_id', clientId).lte('rank', 3) : all.eq('is_best', true);
      return await read(
        some.order('positive_rate', { ascending: false }).order('campaign_id').limit(clientId ? 3 : 6),
      ) as Performer[];
    },
  });

/**
 * The best performer of each client, by the id of the campaign: the highest positive rate of the last 30 days among the
 * campaigns that have enough data. It has this one meaning on every page, regardless of the period of a table.
 */
export const bestOfEachQuery = queryOptions({
  queryKey: ['best-performers', 'of each'],
  queryFn: async () => {
    const rows = await read(
      supabase().from('campaign_comparison').select('campaign_id').eq('is_best', true).limit(1_000),
    );
    return new Set(rows.flatMap((row) => row.campaign_id ?? []));
  },
});
