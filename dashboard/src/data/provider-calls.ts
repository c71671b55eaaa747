// Calls to the providers, for operators: without query, body or key.
import { read } from './failure.ts';
import { cut, type PageRequest, where } from './paging.ts';
import { supabase, type Tables } from './supabase.ts';

export type CallRow = Tables['provider_api_calls']['Row'];

export async function readCalls(
  filter: { clientId: string | undefined; connectionId: string | undefined; onlyFailed: boolean },
  page: PageRequest,
): Promise<CallRow[]> {
  let request = where(supabase().from('provider_api_calls').select('*'), {
    client_id: filter.clientId,
    connection_id: filter.connectionId,
  });
  if (filter.onlyFailed) request = request.not('error_kind', 'is', null);
  return await read(cut(request, page, 'id'));
}
