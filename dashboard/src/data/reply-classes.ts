// What a reply is, and how a person corrects it.
import { read } from './failure.ts';
import { type Enums, supabase } from './supabase.ts';

export type ReplyClass = Enums['reply_class'];

/** As an operator goes through them: what wants an answer first. */
export const replyClasses = [
  'interested',
  'question',
  'referral',
  'not_now',
  'wrong_person',
  'not_interested',
  'unsubscribe',
  'out_of_office',
  'automatic',
  'bounce',
] as const satisfies readonly ReplyClass[];

export interface Classified {
  reply_class: ReplyClass | null;
  reply_class_source: Enums['reply_class_source'] | null;
  reply_class_confidence: number | null;
  /** The day to write again, or of the return; YYYY-MM-DD. */
  reply_date: string | null;
}

/** Null removes what a person set. */
export async function classifyReply(messageId: string, replyClass: ReplyClass | null): Promise<void> {
  await read(
    supabase().rpc('classify_reply', {
      target_message_id: messageId,
      // Null removes it; the generated type does not know that an argument may be null.
      new_class: replyClass as ReplyClass,
    }),
  );
}
