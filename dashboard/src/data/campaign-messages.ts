import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { read } from './failure.ts';
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
      const { campaignId, direction, below } = question;
      let request = supabase().from('messages').select(columns).eq('campaign_id', campaignId);
      if (direction) request = request.eq('direction', direction);
      if (below) {
        request = request.or(
          `occurred_at.lt."${below.occurred_at}",and(occurred_at.eq."${below.occurred_at}",id.gt.${below.id})`,
        );
      }
      // In the order of the index; one more than is shown tells whether there is a next page.
      const rows = await read(
        request.order('occurred_at', { ascending: false }).order('id').limit(messagePageSize + 1),
      );
      return { rows: rows.slice(0, messagePageSize), hasMore: rows.length > messagePageSize };
    },
    placeholderData: keepPreviousData,
    refetchInterval: question.below ? false : 15_000,
  });

export type MessageRow = Awaited<
  ReturnType<NonNullable<ReturnType<typeof campaignMessagesQuery>['queryFn']>>
>['rows'][number];
