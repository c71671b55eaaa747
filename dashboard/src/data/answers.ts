// Answers to replies: drafts, sending, and what became of those that were sent from here.
import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { Failure, functionFailure, read } from './failure.ts';
import { type Filled, supabase, type Views } from './supabase.ts';

export type Answer = Filled<
  Views['operator_answers']['Row'],
  'message_id' | 'asked_by' | 'asked_by_name' | 'sent_at' | 'error_code' | 'error'
>;

/** Answers to one lead, the newest first; for operators. One that is under way is read again soon. */
export const answersQuery = (leadId: string, isOperator: boolean) =>
  queryOptions({
    queryKey: ['answers', leadId],
    queryFn: async () =>
      await read(
        supabase().from('operator_answers').select('*').eq('lead_id', leadId)
          .order('asked_at', { ascending: false }).limit(100),
      ) as Answer[],
    enabled: isOperator,
    refetchInterval: ({ state }) =>
      state.data?.some((answer) => answer.state === 'sending' || answer.state === 'unknown') ? 3_000 : false,
  });

const draft = z.nullable(z.object({ id: z.string(), body_text: z.string() }));

export const answerDraftQuery = (messageId: string) =>
  queryOptions({
    queryKey: ['answer-draft', messageId],
    queryFn: async () =>
      draft.parse(await read(supabase().rpc('answer_draft', { target_message_id: messageId })) ?? null),
    staleTime: Infinity,
    refetchInterval: false,
  });

/** Returns the id with which it is sent; null when the text is empty. */
export async function saveDraft(messageId: string, text: string): Promise<string | null> {
  return await read(
    supabase().rpc('save_answer_draft', { target_message_id: messageId, draft: text }),
  ) as string | null;
}

export const warningReasons = ['suppressed', 'answered'] as const;
export type WarningReason = typeof warningReasons[number];

export interface AnswerRequest {
  answerId: string;
  messageId: string;
  text: string;
  isQuoted: boolean;
  confirmed: WarningReason[];
}

const sent = z.object({ state: z.enum(['sending', 'sent', 'failed', 'unknown']) });

export async function sendAnswer(request: AnswerRequest): Promise<'sending' | 'sent' | 'failed' | 'unknown'> {
  const { data, error } = await supabase().functions.invoke<unknown>('answer-reply', {
    body: {
      answer_id: request.answerId,
      message_id: request.messageId,
      text: request.text,
      quote: request.isQuoted,
      confirm: request.confirmed,
    },
  });
  if (error) throw await functionFailure(error);
  return sent.parse(data).state;
}

const warned = z.object({
  warnings: z.array(z.object({ reason: z.enum(warningReasons), message: z.string() })),
});

/** What the person has to confirm, where that is why it was not sent. */
export function warningsOf(error: unknown): { reason: WarningReason; message: string }[] {
  if (!(error instanceof Failure) || error.code !== 'CONFIRMATION_NEEDED') return [];
  return warned.safeParse(error.details).data?.warnings ?? [];
}
