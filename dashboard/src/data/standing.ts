// How a client's rates compare with those of the agency's other clients.
import { queryOptions } from '@tanstack/react-query';
import { read } from './failure.ts';
import { type Enums, type Filled, supabase, type Views } from './supabase.ts';

export type ComparedRate = Enums['compared_rate'];
export type Standing = Enums['standing'];
export type StandingRow = Filled<
  Views['client_standings']['Row'],
  'value' | 'standing' | 'lower_border' | 'median' | 'upper_border' | 'clients'
>;

/** From how many clients with enough signal on a standing is given. */
export const comparedFrom = 5;

/** A client gets no rows unless the agency shows them. */
export const standingsQuery = (clientId: string) =>
  queryOptions({
    queryKey: ['standings', clientId] as const,
    queryFn: async () =>
      await read(
        supabase().from('client_standings').select('*').eq('client_id', clientId).order('rate'),
      ) as StandingRow[],
    // Counted once a night.
    staleTime: 600_000,
  });

export async function showStandings(shown: boolean): Promise<void> {
  await read(supabase().rpc('show_standings', { shown }));
}
