// What was spent and what it brought. Row level security gives a client nothing where it may not see costs.
import { queryOptions } from '@tanstack/react-query';
import { read } from './failure.ts';
import { supabase } from './supabase.ts';

/** Of a client or a campaign in one currency; currencies are never added. */
export interface CostRow {
  currency: string;
  cost: number;
  cost_per_email: number | null;
  cost_per_lead: number | null;
  cost_per_reply: number | null;
  cost_per_positive_reply: number | null;
  estimated_revenue: number | null;
  roi: number | null;
}

const columns =
  'currency, cost, cost_per_email, cost_per_lead, cost_per_reply, cost_per_positive_reply, estimated_revenue, roi';

export const clientCostsQuery = (clientId: string) =>
  queryOptions({
    queryKey: ['costs', 'client', clientId],
    queryFn: async () =>
      spent(
        await read(supabase().from('client_costs').select(columns).eq('client_id', clientId)) as CostRow[],
      ),
  });

export const campaignCostsQuery = (campaignId: string) =>
  queryOptions({
    queryKey: ['costs', 'campaign', campaignId],
    queryFn: async () =>
      spent(
        await read(
          supabase().from('campaign_costs').select(columns).eq('campaign_id', campaignId),
        ) as CostRow[],
      ),
  });

/** Where nothing was spent there is nothing to say; the largest sum first. */
export const spent = (rows: readonly CostRow[]): CostRow[] =>
  rows.filter((row) => row.cost > 0).toSorted((first, second) => second.cost - first.cost);
