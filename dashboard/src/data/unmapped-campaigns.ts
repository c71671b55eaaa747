// Campaigns of shared workspaces that have no client yet.
import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { read } from './failure.ts';
import { cut, readList } from './paging.ts';
import { type Filled, supabase, type Views } from './supabase.ts';

export type UnmappedCampaign = Filled<
  Views['unmapped_campaigns']['Row'],
  'client_id' | 'name' | 'first_event_at' | 'last_event_at'
>;

export const unmappedQuery = queryOptions({
  queryKey: ['unmapped-campaigns'],
  queryFn: async () =>
    await readList(
      async (page) =>
        await read(cut(supabase().from('unmapped_campaigns').select('*'), page, 'id')) as UnmappedCampaign[],
      { id: 'held_events', desc: true },
    ),
});

const mapped = z.object({ campaign_id: z.string(), released: z.number(), projected: z.number() });

/** Assigns a campaign to a client: to one of its campaigns, else to a new one. */
export async function mapCampaign(input: {
  unmappedId: string;
  clientId: string;
  campaignId: string | undefined;
}): Promise<z.infer<typeof mapped>> {
  return mapped.parse(
    await read(
      supabase().rpc('map_campaign', {
        unmapped_campaign_id: input.unmappedId,
        target_client_id: input.clientId,
        ...(input.campaignId ? { target_campaign_id: input.campaignId } : {}),
      }),
    ),
  );
}

/** Campaigns of a client that may still get a counterpart in a workspace: never exported, no other workspace. */
export const mappableCampaignsQuery = (clientId: string, connectionId: string) =>
  queryOptions({
    queryKey: ['mappable-campaigns', clientId, connectionId],
    queryFn: () =>
      read(
        supabase().from('campaigns').select('id, name').eq('client_id', clientId).is('provider_status', null)
          .or(`connection_id.is.null,connection_id.eq.${connectionId}`).order('name').limit(1_000),
      ),
    enabled: clientId !== '',
  });
