// Who did what, for operators.
import { read } from './failure.ts';
import { cut, type PageRequest, where } from './paging.ts';
import { supabase, type Tables } from './supabase.ts';

export type AuditRow = Tables['audit_log']['Row'];

export async function readAudit(
  filter: { clientId: string | undefined; action: string | undefined },
  page: PageRequest,
): Promise<AuditRow[]> {
  const request = where(supabase().from('audit_log').select('*'), {
    client_id: filter.clientId,
    action: filter.action,
  });
  return await read(cut(request, page, 'id'));
}
