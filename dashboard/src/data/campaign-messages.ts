import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { read } from './failure.ts';
import { longestAnswer } from './paging.ts';
import { supabase } from './supabase.ts';

export const messagePageSize = 100;

/** Where a page ends: the next one starts below it. */
export interface MessagePosition {
  occurred_at: string;
  id: string;
}

export interface MessageQuestion {
  campaignId: string;
  direction: 'sent' | 'received' | undefined;
  below: MessagePosition | undefined;
}

const columns =
  'id, occurred_at, direction, email, subject, snippet, is_auto_reply, step, variant, email_account, verdict';

/** The mails of a campaign that we can show, the newest first. */
export const campaignMessagesQuery = (question: MessageQuestion) =>
  queryOptions({
    queryKey: ['campaign-messages', question],
    queryFn: async () => {
      // One more than is shown tells whether there is a next page.
      const rows = await readMessages(question, messagePageSize + 1);
      return { rows: rows.slice(0, messagePageSize), hasMore: rows.length > messagePageSize };
    },
    placeholderData: keepPreviousData,
    refetchInterval: question.below ? false : 15_000,
  });

async function readMessages({ campaignId, direction, below }: MessageQuestion, size: number) {
  let request = supabase().from('messages').select(columns).eq('campaign_id', campaignId);
  if (direction) request = request.eq('direction', direction);
  if (below) {
    request = request.or(
      `occurred_at.lt."${below.occurred_at}",and(occurred_at.eq."${below.occurred_at}",id.gt.${below.id})`,
    );
  }
  // In the order of the index.
  return await read(request.order('occurred_at', { ascending: false }).order('id').limit(size));
}

/** Every mail that the filter leaves, for a file. */
export async function* readAllMessages(
  filter: Omit<MessageQuestion, 'below'>,
): AsyncGenerator<MessageRow[]> {
  let below: MessagePosition | undefined;
  for (;;) {
    const rows: MessageRow[] = await readMessages({ ...filter, below }, longestAnswer);
    if (rows.length === 0) return;
    yield rows;
    below = rows.at(-1);
  }
}

export type MessageRow = Awaited<ReturnType<typeof readMessages>>[number];
