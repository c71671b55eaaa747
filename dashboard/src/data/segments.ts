import { queryOptions } from '@tanstack/react-query';
import { read } from './failure.ts';
import { cut, readWhole } from './paging.ts';
import { type Filled, supabase, type Views } from './supabase.ts';

export const dimensions = ['industry', 'job_title', 'company_size'] as const;
export type Dimension = typeof dimensions[number];

export const dimensionLabels: Record<Dimension, string> = {
  industry: 'Industry',
  job_title: 'Job title',
  company_size: 'Company size',
};

export type SegmentRow = Filled<Views['client_segments']['Row'], 'reply_rate' | 'positive_rate'>;

export const maxSegments = 200;

/** The largest segments of one dimension, over all campaigns and their whole lives. */
export const segmentsQuery = (clientId: string, dimension: Dimension) =>
  queryOptions({
    queryKey: ['segments', clientId, dimension],
    queryFn: async () =>
      await read(
        supabase().from('client_segments').select('*').eq('client_id', clientId).eq('dimension', dimension)
          .order('contacted', { ascending: false }).order('segment').limit(maxSegments),
      ) as SegmentRow[],
    // Counted from all leads: asked again by looking again.
    refetchInterval: false,
    staleTime: 60_000,
  });

/** All of them, for a file. */
export const readSegments = (clientId: string, dimension: Dimension) =>
  readWhole(async (page) =>
    await read(
      cut(
        supabase().from('client_segments').select('*').eq('client_id', clientId).eq('dimension', dimension),
        page,
        'segment',
      ),
    ) as SegmentRow[], { id: 'contacted', desc: true });

/** Those with enough data first, the best on top; company sizes in their own order. */
export function orderSegments(rows: readonly SegmentRow[], dimension: Dimension): SegmentRow[] {
  if (dimension === 'company_size') {
    return rows.toSorted((first, second) =>
      first.segment.localeCompare(second.segment, 'en', { numeric: true })
    );
  }
  return rows.toSorted((first, second) =>
    Number(second.enough_signal) - Number(first.enough_signal) ||
    (first.enough_signal ? (second.positive_rate ?? 0) - (first.positive_rate ?? 0) : 0) ||
    second.contacted - first.contacted
  );
}
