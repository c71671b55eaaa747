import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { read } from './failure.ts';
import { maxRows, type Position, readBelow, toPage } from './paging.ts';
import { supabase } from './supabase.ts';

export const messagePageSize = 100;

export interface MessagesRequest {
  /** Whose campaign it is: without it the database looks through the messages of all clients that an operator sees. */
  clientId: string;
  campaignId: string;
  direction: 'sent' | 'received' | undefined;
  below: Position | undefined;
}

const columns =
  'id, occurred_at, direction, email, subject, snippet, is_auto_reply, step, variant, email_account, verdict';

/** The messages of a campaign that we can show, the newest first. */
export const campaignMessagesQuery = (request: MessagesRequest) =>
  queryOptions({
    queryKey: ['campaign-messages', request],
    queryFn: async () => toPage(await readMessages(request, messagePageSize + 1), messagePageSize),
    placeholderData: keepPreviousData,
    refetchInterval: request.below ? false : 15_000,
  });

async function readMessages({ clientId, campaignId, direction, below }: MessagesRequest, size: number) {
  let request = supabase().from('messages').select(columns)
    .eq('client_id', clientId).eq('campaign_id', campaignId);
  if (direction) request = request.eq('direction', direction);
  if (below) {
    request = request.or(
      `occurred_at.lt."${below.occurred_at}",and(occurred_at.eq."${below.occurred_at}",id.gt.${below.id})`,
    );
  }
  // In the order of the index.
  return await read(request.order('occurred_at', { ascending: false }).order('id').limit(size));
}

/** Every message that the filter leaves, for a file. */
export const readAllMessages = (filter: Omit<MessagesRequest, 'below'>): AsyncGenerator<MessageRow[]> =>
  readBelow<MessageRow>((below) => readMessages({ ...filter, below }, maxRows));

export type MessageRow = Awaited<ReturnType<typeof readMessages>>[number];
