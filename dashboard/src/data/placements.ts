// Placement tests of the providers, for operators: where test emails of a mailbox landed, and whether they can be read.
import { queryOptions } from '@tanstack/react-query';
import { read } from './failure.ts';
import { where } from './paging.ts';
import { type Filled, supabase, type Views } from './supabase.ts';

export type Placement = Filled<Views['operator_placements']['Row'], never>;

export const placementsQuery = (domain: string) =>
  queryOptions({
    queryKey: ['placements', domain] as const,
    queryFn: async (): Promise<Placement[]> =>
      await read(
        supabase().from('operator_placements').select('*').eq('domain', domain).order('spam', {
          ascending: false,
        }).order('email').limit(1_000),
      ) as Placement[],
  });

export type PlacementReading = Filled<
  Views['operator_placement_readings']['Row'],
  'error' | 'attempted_at' | 'read_at'
>;

export const placementReadingsQuery = (connectionId: string | undefined) =>
  queryOptions({
    queryKey: ['placement-readings', connectionId] as const,
    queryFn: async (): Promise<PlacementReading[]> =>
      await read(
        where(supabase().from('operator_placement_readings').select('*'), { connection_id: connectionId })
          .order('connection_name').order('connection_id').limit(200),
      ) as PlacementReading[],
  });
