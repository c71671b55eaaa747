// One message and its person.
import { queryOptions } from '@tanstack/react-query';
import { read } from './failure.ts';
import type { Reply, ReplyRow } from './replies.ts';
import { type Enums, supabase } from './supabase.ts';

export type Direction = Enums['message_direction'];

/** What the reading pane shows: a reply with its context, or an email of ours that the search found. */
export type Message =
  & ReplyRow
  & Pick<
    Reply,
    | 'job_title'
    | 'business_id'
    | 'body_text'
    | 'body_html'
    | 'body_removed_at'
    | 'pushed_at'
    | 'push_error'
    | 'email_account'
    | 'provider'
    | 'inbox_url'
  >
  & { direction: Direction };

/** Null: it does not exist, or the reader has no access. */
export const messageQuery = (messageId: string, isOperator: boolean) =>
  queryOptions({
    queryKey: ['message', messageId, isOperator] as const,
    queryFn: async (): Promise<Message | null> =>
      await readReply(messageId, isOperator) ?? await readSentMessage(messageId),
  });

async function readReply(messageId: string, isOperator: boolean): Promise<Message | null> {
  const request = isOperator
    ? supabase().from('operator_replies').select('*')
    : supabase().from('client_replies').select('*');
  const row = await read(request.eq('message_id', messageId).maybeSingle()) as Reply | null;
  return row &&
    { ...row, client_name: row.client_name ?? null, inbox_url: row.inbox_url ?? null, direction: 'received' };
}

async function readSentMessage(messageId: string): Promise<Message | null> {
  const row = await read(
    supabase().from('messages').select('*, campaigns(name)').eq('id', messageId).maybeSingle(),
  );
  if (!row) return null;
  const lead = await read(
    supabase().from('synced_leads')
      .select('first_name, last_name, company_name, job_title, business_id, interest_status')
      .eq('id', row.lead_id).maybeSingle(),
  );
  const { id, campaigns, direction, ...message } = row;
  return {
    ...message,
    first_name: lead?.first_name ?? null,
    last_name: lead?.last_name ?? null,
    company_name: lead?.company_name ?? null,
    job_title: lead?.job_title ?? null,
    business_id: lead?.business_id ?? null,
    interest_status: lead?.interest_status ?? null,
    message_id: id,
    campaign_name: campaigns?.name ?? '',
    business_name: null,
    city: null,
    client_name: null,
    inbox_url: null,
    direction,
  };
}

/** What the scraping knew of the business behind a person. */
export const businessQuery = (businessId: string | null) =>
  queryOptions({
    queryKey: ['business', businessId],
    queryFn: () =>
      read(
        supabase().from('businesses').select('name, category, city, website, phone').eq('id', businessId!)
          .maybeSingle(),
      ),
    enabled: businessId !== null,
    staleTime: 60_000,
    refetchInterval: false,
  });

/** The text of one message of the history, loaded when it is opened. */
export const messageBodyQuery = (messageId: string) =>
  queryOptions({
    queryKey: ['message-body', messageId],
    queryFn: () =>
      read(
        supabase().from('messages').select('body_text, body_html, snippet, occurred_at, body_removed_at').eq(
          'id',
          messageId,
        ).maybeSingle(),
      ),
    staleTime: 60_000,
    refetchInterval: false,
  });
