// What became of deliveries: campaigns that nobody has mapped, dead letters, the ledger, and how far both witnesses differ.
import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { read } from './failure.ts';
import { anywhere, cut, type PageWish, readList } from './paging.ts';
import type { Period } from './range.ts';
import { type Filled, supabase, type Views } from './supabase.ts';

export type UnmappedCampaign = Filled<
  Views['unmapped_campaigns']['Row'],
  'client_id' | 'name' | 'first_event_at' | 'last_event_at'
>;

export const unmappedQuery = queryOptions({
  queryKey: ['unmapped-campaigns'],
  queryFn: async () =>
    await readList(
      async (wish) =>
        await read(cut(supabase().from('unmapped_campaigns').select('*'), wish, 'id')) as UnmappedCampaign[],
      { id: 'held_events', desc: true },
    ),
});

const mapped = z.object({ campaign_id: z.string(), released: z.number(), projected: z.number() });

/** Says whose campaign it is; without a campaign of theirs a new one is made. */
export async function mapCampaign(wish: {
  unmappedId: string;
  clientId: string;
  campaignId: string | undefined;
}): Promise<z.infer<typeof mapped>> {
  return mapped.parse(
    await read(
      supabase().rpc('map_campaign', {
        unmapped_campaign_id: wish.unmappedId,
        target_client_id: wish.clientId,
        ...(wish.campaignId ? { target_campaign_id: wish.campaignId } : {}),
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

export type DeadLetter = Filled<
  Views['dead_letters']['Row'],
  'client_id' | 'campaign_id' | 'type' | 'reason' | 'dismissed_at' | 'dismissed_by_name' | 'dismissed_reason'
>;

export interface DeadLetterFilter {
  clientId: string | undefined;
  connectionId: string | undefined;
  reason: string | undefined;
  period: Period | null;
  /** Those that an operator does not want to see again, and no others. */
  dismissed: boolean;
}

export async function readDeadLetters(filter: DeadLetterFilter, wish: PageWish): Promise<DeadLetter[]> {
  let request = supabase().from('dead_letters').select('*');
  request = filter.dismissed ? request.not('dismissed_at', 'is', null) : request.is('dismissed_at', null);
  if (filter.clientId) request = request.eq('client_id', filter.clientId);
  if (filter.connectionId) request = request.eq('connection_id', filter.connectionId);
  if (filter.reason) request = request.ilike('reason', anywhere(filter.reason));
  if (filter.period) {
    request = request.gte('received_at', startOf(filter.period)).lt('received_at', endOf(filter.period));
  }
  return await read(cut(request, wish, 'id')) as DeadLetter[];
}

const startOf = (period: Period): string => `${period.from}T00:00:00Z`;
/** The first moment after the period. */
const endOf = (period: Period): string =>
  new Date(Date.parse(`${period.to}T00:00:00Z`) + 86_400_000).toISOString();

/** Which dead letters: to be replayed or dismissed. */
export interface ReplayWish {
  ids?: number[];
  target_connection_id?: string;
  reason_like?: string;
  received_from?: string;
  received_to?: string;
}

/** The same criteria as those of the list. Without any it names everything that has arrived until now. */
export function replayWishOf(
  filter: Omit<DeadLetterFilter, 'clientId' | 'dismissed'>,
  now: Date,
): ReplayWish {
  return {
    ...(filter.connectionId ? { target_connection_id: filter.connectionId } : {}),
    ...(filter.reason ? { reason_like: anywhere(filter.reason) } : {}),
    ...(filter.period
      ? { received_from: startOf(filter.period), received_to: endOf(filter.period) }
      : { received_to: now.toISOString() }),
  };
}

const replayed = z.object({ matched: z.number(), replayable: z.number(), replayed: z.number() });
export type ReplayAnswer = z.infer<typeof replayed>;

/** Counts, or puts back to pending; the next sweep projects them within ten seconds. */
export async function replayDeadLetters(wish: ReplayWish, isDryRun: boolean): Promise<ReplayAnswer> {
  return replayed.parse(
    await read(supabase().rpc('replay_dead_letters', { ...wish, dry_run: isDryRun })),
  );
}

const dismissedAnswer = z.object({ matched: z.number(), dismissed: z.number() });

/** They stay stored, and dead in the ledger, but need nobody any more. */
export async function dismissDeadLetters(
  wish: ReplayWish,
  why: string,
): Promise<z.infer<typeof dismissedAnswer>> {
  return dismissedAnswer.parse(
    await read(supabase().rpc('dismiss_dead_letters', { ...wish, why, dry_run: false })),
  );
}

export const restoreDeadLetter = (id: number): Promise<number> =>
  read(supabase().rpc('restore_dead_letters', { ids: [id] }));

export type LedgerRow = Filled<Views['webhook_ledger']['Row'], 'client_id'>;

export async function readLedger(
  filter: { clientId: string | undefined; connectionId: string | undefined; period: Period | null },
  wish: PageWish,
): Promise<LedgerRow[]> {
  let request = supabase().from('webhook_ledger').select('*');
  if (filter.clientId) request = request.eq('client_id', filter.clientId);
  if (filter.connectionId) request = request.eq('connection_id', filter.connectionId);
  if (filter.period) request = request.gte('day', filter.period.from).lte('day', filter.period.to);
  return await read(cut(request, wish, 'connection_name', 'connection_id', 'day')) as LedgerRow[];
}

export const driftCounts = ['sent', 'opened', 'clicked', 'replied'] as const;

export type DriftRow = Filled<
  Views['analytics_drift']['Row'],
  | `${typeof driftCounts[number]}_observed`
  | `${typeof driftCounts[number]}_reported`
  | `${typeof driftCounts[number]}_difference`
  | 'observed_at'
  | 'synced_at'
  | 'observed_age_seconds'
  | 'synced_age_seconds'
>;

export async function readDrift(
  filter: { clientId: string | undefined; period: Period | null; onlyDifferent: boolean },
  wish: PageWish,
): Promise<DriftRow[]> {
  let request = supabase().from('analytics_drift').select('*');
  if (filter.clientId) request = request.eq('client_id', filter.clientId);
  if (filter.period) request = request.gte('day', filter.period.from).lte('day', filter.period.to);
  if (filter.onlyDifferent) {
    request = request.or(driftCounts.map((name) => `${name}_difference.neq.0`).join(','));
  }
  return await read(cut(request, wish, 'campaign_id', 'day')) as DriftRow[];
}
