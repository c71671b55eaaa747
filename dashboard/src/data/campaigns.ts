import { queryOptions } from '@tanstack/react-query';
import { read } from './failure.ts';
import { cut, longestAnswer, type PageWish } from './paging.ts';
import { type Enums, type Filled, supabase, type Views } from './supabase.ts';

export type CampaignRow = Filled<
  Views['client_campaigns']['Row'],
  | 'provider_status'
  | 'connection_stopped'
  | 'synced_at'
  | 'observed_at'
  | 'last_event_at'
  | 'as_of'
  | 'age_seconds'
  | 'open_rate'
  | 'reply_rate'
  | 'click_rate'
  | 'bounce_rate'
  | 'positive_rate'
>;

/** The campaigns of one client, or of all whom the reader may see. */
export const campaignsQuery = (clientId: string | undefined) =>
  queryOptions({
    queryKey: ['campaigns', clientId ?? 'all'],
    queryFn: () =>
      readCampaigns(clientId, { from: 0, to: longestAnswer - 1, sort: { id: 'name', desc: false } }),
  });

export async function readCampaigns(clientId: string | undefined, wish: PageWish): Promise<CampaignRow[]> {
  let request = supabase().from('client_campaigns').select('*');
  if (clientId) request = request.eq('client_id', clientId);
  return await read(cut(request, wish, 'campaign_id')) as CampaignRow[];
}

export const campaignQuery = (campaignId: string) =>
  queryOptions({
    queryKey: ['campaign', campaignId],
    queryFn: async () =>
      await read(
        supabase().from('client_campaigns').select('*').eq('campaign_id', campaignId).maybeSingle(),
      ) as CampaignRow | null,
  });

/** What a person calls the state of a campaign: its leads first, then what the provider does with it. */
export function campaignState(row: {
  generation_status: Enums['generation_status'];
  provider_status: Enums['provider_campaign_status'] | null;
  connection_stopped: string | null;
}): { label: string; tone: 'neutral' | 'good' | 'warm' | 'bad' | 'brand' } {
  // Whether it still sends nobody knows who no longer listens.
  if (
    row.connection_stopped &&
    (row.provider_status === 'active' || row.provider_status === 'running_subsequences')
  ) {
    return row.connection_stopped === 'removed'
      ? { label: 'Connection removed', tone: 'neutral' }
      : { label: 'Connection paused', tone: 'warm' };
  }
  if (row.provider_status) return providerStates[row.provider_status];
  return generationStates[row.generation_status];
}

const providerStates = {
  draft: { label: 'Draft', tone: 'neutral' },
  active: { label: 'Active', tone: 'good' },
  paused: { label: 'Paused', tone: 'warm' },
  completed: { label: 'Completed', tone: 'brand' },
  running_subsequences: { label: 'In follow-ups', tone: 'good' },
  accounts_unhealthy: { label: 'Mailboxes unhealthy', tone: 'bad' },
  bounce_protect: { label: 'Stopped by bounces', tone: 'bad' },
  account_suspended: { label: 'Account suspended', tone: 'bad' },
  deleted: { label: 'Deleted at the provider', tone: 'neutral' },
  moved: { label: 'Moved away', tone: 'warm' },
} as const;

const generationStates = {
  pending: { label: 'Leads pending', tone: 'neutral' },
  running: { label: 'Finding leads', tone: 'neutral' },
  completed: { label: 'Ready to export', tone: 'warm' },
  failed: { label: 'Lead search failed', tone: 'bad' },
} as const;
