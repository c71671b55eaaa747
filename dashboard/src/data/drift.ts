// How far the numbers reported by the provider and those observed by webhooks differ.
import { read } from './failure.ts';
import { cut, type PageRequest, where } from './paging.ts';
import type { Period } from './range.ts';
import { type Filled, supabase, type Views } from './supabase.ts';

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
  page: PageRequest,
): Promise<DriftRow[]> {
  let request = where(supabase().from('analytics_drift').select('*'), { client_id: filter.clientId });
  if (filter.period) request = request.gte('day', filter.period.from).lte('day', filter.period.to);
  if (filter.onlyDifferent) {
    request = request.or(driftCounts.map((name) => `${name}_difference.neq.0`).join(','));
  }
  return await read(cut(request, page, 'campaign_id', 'day')) as DriftRow[];
}
