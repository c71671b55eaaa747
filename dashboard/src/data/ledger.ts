// What became of every delivery, day by day.
import { read } from './failure.ts';
import { cut, type PageRequest, where } from './paging.ts';
import type { Period } from './range.ts';
import { type Filled, supabase, type Views } from './supabase.ts';

export type LedgerRow = Filled<Views['webhook_ledger']['Row'], 'client_id'>;

export async function readLedger(
  filter: { clientId: string | undefined; connectionId: string | undefined; period: Period | null },
  page: PageRequest,
): Promise<LedgerRow[]> {
  let request = where(supabase().from('webhook_ledger').select('*'), {
    client_id: filter.clientId,
    connection_id: filter.connectionId,
  });
  if (filter.period) request = request.gte('day', filter.period.from).lte('day', filter.period.to);
  return await read(cut(request, page, 'connection_name', 'connection_id', 'day')) as LedgerRow[];
}
