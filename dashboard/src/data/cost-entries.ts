// Entering what campaigns cost, and what the reports of a client know about it.
import { queryOptions } from '@tanstack/react-query';
import { read } from './failure.ts';
import { cut, type PageWish } from './paging.ts';
import { type Enums, type Filled, supabase, type Tables, type Views } from './supabase.ts';

export type CostEntry = Tables['cost_entries']['Row'];
export type CostKind = Enums['cost_kind'];

export const costKinds: Record<CostKind, string> = {
  scraping: 'Scraping',
  enrichment: 'Enrichment',
  verification: 'Verification',
  sending: 'Sending',
  other: 'Other',
};

export async function readCosts(clientId: string, wish: PageWish): Promise<CostEntry[]> {
  return await read(cut(supabase().from('cost_entries').select('*').eq('client_id', clientId), wish, 'id'));
}

export type ClientCosts = Filled<
  Views['client_costs']['Row'],
  | 'cost_per_email'
  | 'cost_per_lead'
  | 'cost_per_reply'
  | 'cost_per_positive_reply'
  | 'estimated_revenue'
  | 'roi'
>;

/** One row per currency: money of different currencies is never added. */
export const clientCostsQuery = (clientId: string) =>
  queryOptions({
    queryKey: ['client-costs', clientId],
    queryFn: async () =>
      await read(
        supabase().from('client_costs').select('*').eq('client_id', clientId).order('currency'),
      ) as ClientCosts[],
  });

/** Of one client, to say what a cost was for. */
export const campaignNamesQuery = (clientId: string) =>
  queryOptions({
    queryKey: ['campaign-names', clientId],
    queryFn: () =>
      read(
        supabase().from('campaigns').select('id, name').eq('client_id', clientId).order('name').limit(1_000),
      ),
    staleTime: 60_000,
  });

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

export type ReportSettings = Pick<
  Tables['clients']['Row'],
  | 'id'
  | 'name'
  | 'integration_enabled'
  | 'may_see_costs'
  | 'may_see_connection'
  | 'positive_reply_value'
  | 'currency'
>;

/** A client finds itself, an operator all. */
export const reportSettingsQuery = queryOptions({
  queryKey: ['report-settings'],
  queryFn: async (): Promise<ReportSettings[]> =>
    await read(
      supabase().from('clients')
        .select(
          'id, name, integration_enabled, may_see_costs, may_see_connection, positive_reply_value, currency',
        )
        .order('name').limit(1_000),
    ),
});

export async function setReportSettings(
  clientId: string,
  settings: {
    maySeeCosts: boolean;
    maySeeConnection: boolean;
    positiveReplyValue: number | null;
    currency: string;
  },
): Promise<void> {
  await read(
    supabase().rpc('set_client_report_settings', {
      target_client_id: clientId,
      may_see_costs: settings.maySeeCosts,
      may_see_connection: settings.maySeeConnection,
      // Null is a value here: unknown.
      positive_reply_value: settings.positiveReplyValue as number,
      currency: settings.currency,
    }),
  );
}

export async function setIntegration(clientId: string, isEnabled: boolean): Promise<void> {
  await read(supabase().rpc('set_client_integration', { target_client_id: clientId, enabled: isEnabled }));
}

/** "12.50" and "12,50" alike; undefined where it is no amount of money above zero. */
export function parseAmount(text: string): number | undefined {
  const plain = text.trim().replace(',', '.');
  if (!/^\d{1,11}(\.\d{1,2})?$/.test(plain)) return undefined;
  const amount = Number(plain);
  return amount > 0 ? amount : undefined;
}
