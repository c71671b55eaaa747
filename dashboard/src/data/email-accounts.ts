// Sending mailboxes, for operators.
import { read } from './failure.ts';
import { anywhere, cut, type PageRequest, where } from './paging.ts';
import { type Enums, type Filled, supabase, type Views } from './supabase.ts';

export type AccountRow = Filled<
  Views['operator_email_accounts']['Row'],
  | 'client_id'
  | 'client_name'
  | 'daily_limit'
  | 'sent_today'
  | 'sent'
  | 'bounced'
  | 'replied'
  | 'provider_kind'
  | 'status_reason'
  | 'bounce_rate'
  | 'warmup_score'
  | 'warmup_sent'
  | 'warmup_spam_rate'
  | 'warmup_status'
>;

export async function readAccounts(
  filter: {
    clientId: string | undefined;
    connectionId: string | undefined;
    status: Enums['email_account_status'] | 'bouncing' | undefined;
    email: string | undefined;
  },
  page: PageRequest,
): Promise<AccountRow[]> {
  let request = where(supabase().from('operator_email_accounts').select('*'), {
    client_id: filter.clientId,
    connection_id: filter.connectionId,
  });
  if (filter.status === 'bouncing') request = request.is('is_bouncing', true);
  else if (filter.status) request = request.eq('status', filter.status);
  if (filter.email) request = request.ilike('email', anywhere(filter.email));
  return await read(cut(request, page, 'account_id')) as AccountRow[];
}
