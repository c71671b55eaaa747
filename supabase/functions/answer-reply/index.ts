/**
 * POST /answer-reply { answer_id, message_id, text, … }: answers a reply through its provider, from the mailbox that received it. For
 * operators and secret keys. { answer_id } alone, from the scheduler: looks whether an interrupted one arrived.
 */
import { handleAnswer } from '../_shared/inbox/handle-answer.ts';
import { createSignedInFunction } from '../_shared/platform/signed-in-function.ts';

export default { fetch: createSignedInFunction(handleAnswer) };
