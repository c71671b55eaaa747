// What was spent and what it brought. Row level security gives a client nothing where it may not see costs.
import { queryOptions } from '@tanstack/react-query';
import { read } from './failure.ts';
import { cut, type PageRequest } from './paging.ts';
import { type Enums, supabase, type Tables } from './supabase.ts';

/** Of a client or a campaign in one currency; currencies are never added. */
export interface CostRow {
  currency: string;
  cost: number;
  cost_per_email: number | null;
  cost_per_lead: number | null;
  cost_per_reply: number | null;
  cost_per_positive_reply: number | null;
  cost_per_meeting_held: number | null;
  estimated_revenue: number | null;
  roi: number | null;
}

const columns =
  'currency, cost, cost_per_email, cost_per_lead, cost_per_reply, cost_per_positive_reply, cost_per_meeting_held, estimated_revenue, roi';

export const clientCostsQuery = (clientId: string) =>
  queryOptions({
    queryKey: ['costs', 'client', clientId],
    queryFn: async () =>
      await read(
        supabase().from('client_costs').select(columns).eq('client_id', clientId).order('currency'),
      ) as CostRow[],
  });

export const campaignCostsQuery = (campaignId: string) =>
  queryOptions({
    queryKey: ['costs', 'campaign', campaignId],
    queryFn: async () =>
      await read(
        supabase().from('campaign_costs').select(columns).eq('campaign_id', campaignId),
      ) as CostRow[],
  });

/** The currencies in which something was spent, the largest sum first. */
export const spent = (rows: readonly CostRow[]): CostRow[] =>
  rows.filter((row) => row.cost > 0).toSorted((first, second) => second.cost - first.cost);

export type CostEntry = Tables['cost_entries']['Row'];
export type CostKind = Enums['cost_kind'];

export const costKinds: Record<CostKind, string> = {
  scraping: 'Scraping',
  enrichment: 'Enrichment',
  verification: 'Verification',
  sending: 'Sending',
  other: 'Other',
};

export async function readCosts(clientId: string, page: PageRequest): Promise<CostEntry[]> {
  return await read(cut(supabase().from('cost_entries').select('*').eq('client_id', clientId), page, 'id'));
}

export interface NewCost {
  clientId: string;
  campaignId: string | undefined;
  kind: CostKind;
  amount: number;
  currency: string;
  spentOn: string;
  note: string;
}

export async function recordCost(cost: NewCost): Promise<void> {
  await read(
    supabase().rpc('record_cost', {
      target_client_id: cost.clientId,
      ...(cost.campaignId ? { target_campaign_id: cost.campaignId } : {}),
      cost_kind: cost.kind,
      cost_amount: cost.amount,
      cost_currency: cost.currency,
      spent_on: cost.spentOn,
      ...(cost.note.trim() === '' ? {} : { note: cost.note }),
    }),
  );
}

export async function removeCost(costId: string): Promise<void> {
  await read(supabase().rpc('remove_cost', { cost_id: costId }));
}
