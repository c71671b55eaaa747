// One message, its person, what happened with them, and the search over everything that was written.
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { read } from './failure.ts';
import type { Reply } from './replies.ts';
import { type Enums, type Filled, supabase, type Views } from './supabase.ts';

export type Direction = Enums['message_direction'];

/** What the reading pane shows: a reply with everything around it, or a mail of ours that the search found. */
export interface Letter extends
  Pick<
    Reply,
    | 'message_id'
    | 'client_id'
    | 'campaign_id'
    | 'campaign_name'
    | 'lead_id'
    | 'email'
    | 'written_by'
    | 'first_name'
    | 'last_name'
    | 'company_name'
    | 'job_title'
    | 'business_id'
    | 'business_name'
    | 'city'
    | 'occurred_at'
    | 'subject'
    | 'snippet'
    | 'body_text'
    | 'body_html'
    | 'is_auto_reply'
    | 'interest_status'
    | 'verdict'
    | 'verdict_note'
    | 'verdict_by'
    | 'verdict_at'
    | 'pushed_at'
    | 'push_error'
    | 'email_account'
    | 'provider'
    | 'client_name'
    | 'inbox_url'
  > {
  direction: Direction;
}

/** Null: there is no such message, or it is not the reader's. */
export const letterQuery = (messageId: string, isOperator: boolean) =>
  queryOptions({
    queryKey: ['letter', messageId, isOperator] as const,
    queryFn: async (): Promise<Letter | null> =>
      await readReply(messageId, isOperator) ?? await readSentMail(messageId),
  });

async function readReply(messageId: string, isOperator: boolean): Promise<Letter | null> {
  const request = isOperator
    ? supabase().from('operator_replies').select('*')
    : supabase().from('client_replies').select('*');
  const row = await read(request.eq('message_id', messageId).maybeSingle()) as Reply | null;
  return row &&
    { ...row, client_name: row.client_name ?? null, inbox_url: row.inbox_url ?? null, direction: 'received' };
}

async function readSentMail(messageId: string): Promise<Letter | null> {
  const row = await read(
    supabase().from('messages').select('*, campaigns(name)').eq('id', messageId).maybeSingle(),
  );
  if (!row) return null;
  const lead = await read(
    supabase().from('synced_leads')
      .select('first_name, last_name, company_name, job_title, business_id, interest_status')
      .eq('id', row.lead_id).maybeSingle(),
  );
  const { id, campaigns, direction, ...mail } = row;
  return {
    ...mail,
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

/** The text of one mail of the history, asked for when somebody opens it. */
export const bodyQuery = (messageId: string) =>
  queryOptions({
    queryKey: ['letter-body', messageId],
    queryFn: () =>
      read(
        supabase().from('messages').select('body_text, body_html, snippet').eq('id', messageId).maybeSingle(),
      ),
    staleTime: 60_000,
    refetchInterval: false,
  });

export type TimelineRow = Filled<
  Views['lead_timeline']['Row'],
  'label' | 'step' | 'variant' | 'email_account' | 'message_id' | 'subject' | 'snippet' | 'written_by'
>;

/** More than this happens with nobody in a cold campaign. */
export const longestTimeline = 500;

/** Everything that happened with a person (an address within a client), newest first. */
export const timelineQuery = (clientId: string, email: string) =>
  queryOptions({
    queryKey: ['timeline', clientId, email],
    queryFn: async () =>
      await read(
        supabase().from('lead_timeline').select('*').eq('client_id', clientId).eq('email', email)
          .order('position', { ascending: false }).limit(longestTimeline),
      ) as TimelineRow[],
  });

export interface SearchQuestion {
  query: string;
  clientId: string | undefined;
  campaign: string | undefined;
  direction: Direction | undefined;
  page: number;
}

export const searchPageSize = 50;
/** The function gives no more. */
export const longestSearch = 100;

/** Messages of any kind by their words, the best first. */
export const searchQuery = (question: SearchQuestion) =>
  queryOptions({
    queryKey: ['message-search', question],
    queryFn: () =>
      read(
        supabase().rpc('search_messages', {
          query: question.query,
          page_size: Math.min(longestSearch, question.page * searchPageSize),
          ...(question.clientId ? { only_client: question.clientId } : {}),
          ...(question.campaign ? { only_campaign: question.campaign } : {}),
          ...(question.direction ? { only_direction: question.direction } : {}),
        }),
      ),
    enabled: question.query.trim() !== '',
    placeholderData: keepPreviousData,
    refetchInterval: false,
  });

export type SearchHit = Awaited<
  ReturnType<NonNullable<ReturnType<typeof searchQuery>['queryFn']>>
>[number];

export interface Marked {
  text: string;
  isHit: boolean;
}

const entities: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

/**
 * The highlight of a hit as pieces of plain text. Only `<mark>` means something in it; whatever else looks like HTML is
 * text, so nothing of a mail ever becomes an element.
 */
export function parseHighlight(highlight: string): Marked[] {
  const pieces: Marked[] = [];
  let isHit = false;
  for (const part of highlight.split(/(<\/?mark>)/)) {
    if (part === '<mark>') isHit = true;
    else if (part === '</mark>') isHit = false;
    else if (part !== '') {
      pieces.push({ text: part.replace(/&(?:amp|lt|gt|quot|#39);/g, (name) => entities[name]!), isHit });
    }
  }
  return pieces;
}
