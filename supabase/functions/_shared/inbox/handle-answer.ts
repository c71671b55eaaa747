import { z } from 'zod';
import type { Caller } from '../platform/caller.ts';
import { callFunction } from '../platform/database.ts';
import { AppError } from '../platform/errors.ts';
import { jsonResponse, readBody, requireMethod } from '../platform/http.ts';
import type { FunctionOptions } from '../platform/signed-in-function.ts';
import { subjectOf } from './compose.ts';
import { type RecordedAnswer, reservedAnswer, sendAnswer, settleAnswer, type Words } from './send-answer.ts';

/** Seconds that a run holds an answer; longer than the slowest call with its waiting. */
const leaseSeconds = 90;

export const requestBody = z.union([
  z.strictObject({
    /** Made by the caller; the same id again is the same answer. */
    answer_id: z.uuid(),
    message_id: z.uuid(),
    text: z.string().trim().min(1).max(20_000),
    /** @default the subject of the thread */
    subject: z.string().trim().max(250).regex(/^[^\r\n]*$/).optional(),
    /** Whether the reply is quoted below. @default true */
    quote: z.boolean().optional(),
    /** What the person has confirmed of the warnings. */
    confirm: z.array(z.enum(['suppressed', 'answered'])).max(2).optional(),
  }),
  /** From the scheduler. */
  z.strictObject({ answer_id: z.uuid() }),
]);

const reservation = z.discriminatedUnion('outcome', [
  reservedAnswer.extend({ outcome: z.literal('send') }),
  reservedAnswer.extend({ outcome: z.literal('look') }),
  z.object({ outcome: z.literal('sending') }),
  z.object({ outcome: z.literal('sent'), message_id: z.uuid().nullable(), sent_at: z.string().nullable() }),
  z.object({
    outcome: z.literal('confirm'),
    warnings: z.array(z.object({ reason: z.string(), message: z.string() })),
  }),
]);

/** POST; answers 200 when the provider has taken the answer, 202 while another request is sending it. */
export async function handleAnswer(
  request: Request,
  caller: Caller,
  options: FunctionOptions,
): Promise<Response> {
  requireMethod(request, 'POST');
  if (caller.kind === 'client') {
    throw new AppError('FORBIDDEN', 'Only operators of the agency answer from here');
  }
  const body = await readBody(request, requestBody);
  if (!('text' in body)) {
    if (caller.kind !== 'service') throw new AppError('FORBIDDEN', 'Only the scheduler looks for an answer');
    return await settle(body.answer_id, options);
  }
  const words: Words = {
    subject: subjectOf(body.subject, await readSubject(body.message_id, options)),
    text: body.text,
    is_quoted: body.quote ?? true,
  };
  const reserved = await callFunction(options.database, 'reserve_answer', {
    target_answer_id: body.answer_id,
    target_reply_id: body.message_id,
    new_subject: words.subject,
    new_text: words.text,
    quoted: words.is_quoted,
    confirmations: body.confirm ?? [],
    actor: caller.userId,
    lease_seconds: leaseSeconds,
  }, reservation);
  switch (reserved.outcome) {
    case 'confirm':
      throw new AppError(
        'CONFIRMATION_NEEDED',
        `${
          reserved.warnings.map(({ message }) => message).join('. ')
        }. Send it with confirm to answer all the same`,
        { details: { warnings: reserved.warnings } },
      );
    case 'sending':
      return show(body.answer_id, { state: 'sending', message_id: null, sent_at: null });
    case 'sent':
      return show(body.answer_id, {
        state: 'sent',
        message_id: reserved.message_id,
        sent_at: reserved.sent_at,
      });
    case 'send':
      return show(body.answer_id, await sendAnswer(reserved, options));
    case 'look':
      return show(body.answer_id, await sendAnswer(reserved, options, words));
  }
}

function show(answerId: string, answer: RecordedAnswer): Response {
  return jsonResponse({ answer_id: answerId, ...answer }, answer.state === 'sending' ? 202 : 200);
}

async function settle(answerId: string, options: FunctionOptions): Promise<Response> {
  const taken = await callFunction(options.database, 'take_answer_in_doubt', {
    target_answer_id: answerId,
    lease_seconds: leaseSeconds,
  }, reservedAnswer.nullable());
  if (taken === null) return jsonResponse({ answer_id: answerId, state: 'nothing_to_do' });
  return show(answerId, await settleAnswer(taken, options));
}

async function readSubject(messageId: string, options: FunctionOptions): Promise<string | null> {
  const { data, error } = await options.database.from('messages').select('subject').eq('id', messageId)
    .maybeSingle();
  if (error) throw new AppError('INTERNAL', 'The reply could not be read; try again', { cause: error });
  return data?.subject ?? null;
}
