// How long each kind of data is kept, and what a shorter period would remove.
import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { read } from './failure.ts';
import { supabase } from './supabase.ts';

export interface RetentionSetting {
  kind: string;
  /** Null = for ever. */
  keep_days: number | null;
  default_days: number;
  minimum_days: number;
  checked_at: string | null;
  /** When some were removed last, and how many on that day. */
  removed_at: string | null;
  removed_rows: number;
}

export const retentionQuery = queryOptions({
  queryKey: ['retention'] as const,
  queryFn: async (): Promise<RetentionSetting[]> => await read(supabase().rpc('retention_periods')),
});

const preview = z.object({ before: z.nullable(z.string()), rows: z.number() });

/** The server counts no further. */
export const mostCounted = 100_000;

// The generated types know no argument that may be null; null is "for ever".
const days = (keepDays: number | null) => keepDays as number;

export const retentionPreviewQuery = (kind: string, keepDays: number | null) =>
  queryOptions({
    queryKey: ['retention', 'preview', kind, keepDays] as const,
    queryFn: async () =>
      preview.parse(
        await read(supabase().rpc('preview_retention', { of_kind: kind, keep_days: days(keepDays) })),
      ),
    staleTime: 0,
    refetchInterval: false,
  });

export const changeRetention = (kind: string, keepDays: number | null) =>
  read(supabase().rpc('change_retention', { of_kind: kind, keep_days: days(keepDays) }));
