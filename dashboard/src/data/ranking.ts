// Campaigns side by side: in a period compared with the previous one, or over all time.
import { queryOptions } from '@tanstack/react-query';
import type { CampaignRow } from './campaigns.ts';
import { read } from './failure.ts';
import { addDays, dayIn, type Period } from './range.ts';
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
  rank: number | null;
  is_best: boolean;
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

export type Performer = Between;

/** Clients that are compared in one query: of 1,000 it takes five seconds, two more than a query has. */
export const mostCompared = 300;

/**
 * Campaigns with a positive lead in the last 30 days, compared with the 30 days before, the highest positive rate first: of one client, on
 * its own days, or the best one of each client, on UTC days. Best = the highest rate among those with enough data, regardless of the
 * period of a table.
 */
export const performersQuery = (clientId: string | undefined, clientCount?: number | undefined) =>
  queryOptions({
    queryKey: ['performers', clientId ?? 'all'],
    queryFn: async () =>
      (clientId
        ? await readOfClient(clientId)
        : await readBestOfEach(dayIn('UTC', new Date()))) as Performer[],
    enabled: clientId !== undefined || (clientCount !== undefined && clientCount <= mostCompared),
  });

const readOfClient = (clientId: string) =>
  read(
    supabase().from('campaign_comparison').select('*').eq('client_id', clientId).gt('positive', 0)
      .order('positive_rate', { ascending: false }).order('campaign_id'),
  );

const readBestOfEach = (today: string) =>
  read(
    supabase().rpc('campaigns_between', { from_day: addDays(today, -29), to_day: today }).eq('is_best', true)
      .order('positive_rate', { ascending: false }).order('campaign_id'),
  );

/** The ids of the best ones. */
export const bestOf = (rows: readonly Performer[] | undefined): ReadonlySet<string> =>
  new Set(rows?.filter((row) => row.is_best).map((row) => row.campaign_id));
