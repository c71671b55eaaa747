import { queryOptions } from '@tanstack/react-query';
import { read } from './failure.ts';
import { cut, maxRows, type PageRequest, where } from './paging.ts';
import { type Preparation, readPreparations } from './preparation.ts';
import { type Enums, type Filled, supabase, type Views } from './supabase.ts';

export type CampaignRow =
  & Filled<
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
  >
  & {
    /** Only of a campaign that was never exported and whose leads are not being searched. */
    preparation?: Preparation;
  };

/** The campaigns of one client, or of every client that the reader may see. */
export const campaignsQuery = (clientId: string | undefined) =>
  queryOptions({
    queryKey: ['campaigns', clientId ?? 'all'],
    queryFn: () => readCampaigns(clientId, { from: 0, to: maxRows - 1, sort: { id: 'name', desc: false } }),
  });

export async function readCampaigns(clientId: string | undefined, page: PageRequest): Promise<CampaignRow[]> {
  const request = where(supabase().from('client_campaigns').select('*'), { client_id: clientId });
  return await withPreparation(await read(cut(request, page, 'campaign_id')) as CampaignRow[]);
}

/** Of one client, or of all. */
export const campaignNamesQuery = (clientId: string | undefined) =>
  queryOptions({
    queryKey: ['campaign-names', clientId ?? 'all'],
    queryFn: () =>
      read(
        where(supabase().from('campaigns').select('id, name'), { client_id: clientId }).order('name').limit(
          1_000,
        ),
      ),
    staleTime: 60_000,
  });

export const campaignQuery = (campaignId: string) =>
  queryOptions({
    queryKey: ['campaign', campaignId],
    queryFn: async () => {
      const row = await read(
        supabase().from('client_campaigns').select('*').eq('campaign_id', campaignId).maybeSingle(),
      ) as CampaignRow | null;
      return row && (await withPreparation([row]))[0]!;
    },
  });

const isBeingPrepared = (row: Pick<CampaignRow, 'provider_status' | 'generation_status'>): boolean =>
  row.provider_status === null && row.generation_status === 'completed';

/** Asks what is missing before the export only where there is a campaign before it. */
async function withPreparation(rows: CampaignRow[]): Promise<CampaignRow[]> {
  const prepared = rows.filter(isBeingPrepared);
  if (prepared.length === 0) return rows;
  const found = await readPreparations(prepared);
  return rows.map((row) => {
    const preparation = found.get(row.campaign_id);
    return preparation ? { ...row, preparation } : row;
  });
}

/** The state of a campaign in words: first of its leads, then at the provider. */
export function campaignState(row: {
  generation_status: Enums['generation_status'];
  provider_status: Enums['provider_campaign_status'] | null;
  connection_stopped: string | null;
  preparation?: Preparation;
}): { label: string; tone: 'neutral' | 'good' | 'warm' | 'bad' | 'brand' } {
  // Without a working connection we cannot know whether it still sends.
  if (
    row.connection_stopped &&
    (row.provider_status === 'active' || row.provider_status === 'running_subsequences')
  ) {
    return row.connection_stopped === 'removed'
      ? { label: 'Connection removed', tone: 'neutral' }
      : { label: 'Connection paused', tone: 'warm' };
  }
  if (row.provider_status) return providerStates[row.provider_status];
  if (isBeingPrepared(row) && row.preparation) return preparations[row.preparation];
  return generationStates[row.generation_status];
}

const providerStates = {
  draft: { label: 'Draft', tone: 'neutral' },
  active: { label: 'Active', tone: 'good' },
  paused: { label: 'Paused', tone: 'warm' },
  completed: { label: 'Completed', tone: 'brand' },
  running_subsequences: { label: 'Sending follow-ups', tone: 'good' },
  accounts_unhealthy: { label: 'Unhealthy mailboxes', tone: 'bad' },
  bounce_protect: { label: 'Too many bounces', tone: 'bad' },
  account_suspended: { label: 'Account suspended', tone: 'bad' },
  deleted: { label: 'Deleted at the provider', tone: 'neutral' },
  moved: { label: 'Moved elsewhere', tone: 'warm' },
} as const;

const preparations = {
  incomplete: { label: 'Being prepared', tone: 'neutral' },
  waiting: { label: 'Waiting for approval', tone: 'warm' },
  changes_asked: { label: 'Changes requested', tone: 'warm' },
  ready: { label: 'Ready to export', tone: 'warm' },
} as const;

const generationStates = {
  pending: { label: 'Leads pending', tone: 'neutral' },
  running: { label: 'Finding leads', tone: 'neutral' },
  completed: { label: 'Being prepared', tone: 'neutral' },
  failed: { label: 'Lead search failed', tone: 'bad' },
} as const;
