// How well each connection works, for operators.
import { queryOptions } from '@tanstack/react-query';
import { read } from './failure.ts';
import { cut, readList } from './paging.ts';
import { type Filled, supabase, type Views } from './supabase.ts';

export type HealthRow = Filled<
  Views['operator_health']['Row'],
  | 'client_id'
  | 'client_name'
  | 'last_webhook_at'
  | 'last_sync_at'
  | 'sync_age_seconds'
  | 'oldest_waiting_seconds'
  | 'webhook_state'
  | 'webhook_checked_at'
  | 'reason'
>;

export const healthQuery = queryOptions({
  queryKey: ['operator-health'],
  queryFn: async () =>
    await readList(
      async (page) =>
        await read(cut(supabase().from('operator_health').select('*'), page, 'connection_id')) as HealthRow[],
      { id: 'connection_name', desc: false },
    ),
});
