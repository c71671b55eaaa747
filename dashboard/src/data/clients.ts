import { queryOptions } from '@tanstack/react-query';
import { read } from './failure.ts';
import { cut, readList } from './paging.ts';
import { type Filled, supabase, type Views } from './supabase.ts';

/** Names for the switcher; a client finds itself. */
export const clientNamesQuery = queryOptions({
  queryKey: ['client-names'],
  queryFn: () =>
    readList(
      async (page) => await read(cut(supabase().from('clients').select('id, name'), page, 'id')),
      { id: 'name', desc: false },
    ),
  staleTime: 60_000,
  refetchInterval: false,
});

/** What a page must know of one client beyond its numbers. */
export const clientQuery = (clientId: string) =>
  queryOptions({
    queryKey: ['client', clientId],
    queryFn: () => read(supabase().from('clients').select('id, name, time_zone').eq('id', clientId).single()),
    staleTime: 60_000,
    refetchInterval: false,
  });

/** How far the days of a client are recounted after a change of its time zone; null = they are done. */
export const dayRebuildQuery = (clientId: string) =>
  queryOptions({
    queryKey: ['day-rebuild', clientId],
    queryFn: () =>
      read(supabase().from('day_rebuilds').select('progress').eq('client_id', clientId).maybeSingle()),
    refetchInterval: (query) => query.state.data ? 3_000 : 60_000,
  });

export type OperatorClient = Filled<
  Views['operator_clients']['Row'],
  | 'as_of'
  | 'age_seconds'
  | 'open_rate'
  | 'reply_rate'
  | 'click_rate'
  | 'bounce_rate'
  | 'positive_rate'
  | 'sent_7_days'
  | 'replied_7_days'
  | 'last_webhook_at'
  | 'last_sync_at'
  | 'reason'
>;

/** Every client with its numbers and with the health of what brings them. */
export const operatorClientsQuery = queryOptions({
  queryKey: ['operator-clients'],
  queryFn: async () =>
    await readList(
      async (page) =>
        await read(
          cut(supabase().from('operator_clients').select('*'), page, 'client_id'),
        ) as OperatorClient[],
      { id: 'client_name', desc: false },
    ),
});
