// How fast people who wrote are answered, in working time.
import { queryOptions } from '@tanstack/react-query';
import { read } from './failure.ts';
import { type Filled, supabase, type Views } from './supabase.ts';

export type ReplyTimes = Filled<
  Views['client_reply_times']['Row'],
  'median_seconds' | 'share_under_5_minutes'
>;

/** Of one client; null without a client. */
export const replyTimesQuery = (clientId: string | undefined) =>
  queryOptions({
    queryKey: ['reply-times', clientId ?? 'none'] as const,
    queryFn: async () =>
      await read(
        supabase().from('client_reply_times').select('*').eq('client_id', clientId ?? '').maybeSingle(),
      ) as ReplyTimes | null,
    enabled: clientId !== undefined,
    staleTime: 60_000,
  });

const readAll = () => read(supabase().rpc('reply_times'));

export type AllReplyTimes = Awaited<ReturnType<typeof readAll>>[number];

/** Of all clients where somebody was answered, by client; for operators. */
export const allReplyTimesQuery = queryOptions({
  queryKey: ['reply-times', 'all'] as const,
  queryFn: async () => new Map((await readAll()).map((row) => [row.client_id, row])),
  staleTime: 60_000,
});

/** What the number is made of. */
export function replyTimeNote(
  { answered, answered_at_provider: there }: Pick<ReplyTimes, 'answered' | 'answered_at_provider'>,
): string {
  const where = there === 0
    ? ''
    : there === answered
    ? ', all in the provider’s inbox'
    : `, ${there} of them in the provider’s inbox`;
  return `Median of the last 90 days: ${answered} answered${where}. Only Monday to Friday, 9 to 17 o’clock in the client’s time zone, counts.`;
}
