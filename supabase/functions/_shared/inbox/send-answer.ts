/** Sending one answer so that it leaves once, whatever dies in between. */
import { z } from 'zod';
import { type ConnectionOptions, openConnection, recordKeyAnswer } from '../connections/open-connection.ts';
import { callFunction, type ServiceClient } from '../platform/database.ts';
import { AppError, toAppError } from '../platform/errors.ts';
import { type AnsweredMail, ProviderError, type ProviderReplies } from '../providers/provider.ts';
import { RateBudgetExhausted } from '../providers/rate-budget.ts';
import { composeAnswer, isAnswer } from './compose.ts';
import { explainRefusal } from './explain.ts';

/** What worker.reserve_answer and worker.take_answer_in_doubt hand over. */
export const reservedAnswer = z.object({
  answer_id: z.uuid(),
  lease_token: z.uuid(),
  connection_id: z.uuid(),
  tried_at: z.string(),
  last_tried_at: z.string(),
  subject: z.string(),
  text: z.string(),
  is_quoted: z.boolean(),
  provider_campaign_id: z.string().nullable(),
  provider_lead_id: z.string().nullable(),
  email: z.string(),
  writer: z.string(),
  writer_name: z.string().nullable(),
  email_account: z.string().nullable(),
  account_error: z.string().nullable(),
  mail_id: z.string().nullable(),
  received_at: z.string(),
  received_text: z.string().nullable(),
  other_mail_ids: z.array(z.string()),
  others_without_id: z.number(),
});
export type ReservedAnswer = z.infer<typeof reservedAnswer>;

const recorded = z.object({
  state: z.enum(['sending', 'sent', 'failed', 'unknown']),
  message_id: z.uuid().nullable(),
  sent_at: z.string().nullable(),
});
export type RecordedAnswer = z.infer<typeof recorded>;

/** Milliseconds by which the provider's clock may be behind ours. */
const skew = 120_000;

export interface Words {
  subject: string;
  text: string;
  is_quoted: boolean;
}

/**
 * Sends a reserved answer. One in doubt (`words` given: those to send now) is looked for at the provider first, and is sent only when
 * it is certain that it is not there.
 */
export async function sendAnswer(
  reserved: ReservedAnswer,
  options: ConnectionOptions,
  inDoubt?: Words,
): Promise<RecordedAnswer> {
  // Until it is known that the provider lacks it, no error means that nothing was sent.
  const progress = { isInDoubt: inDoubt !== undefined };
  return await atProvider(reserved, options, progress, async (replies, mail) => {
    let answer = reserved;
    if (inDoubt !== undefined) {
      const found = await findAnswer(reserved, mail, replies);
      if (found !== undefined) return await record(options.database, reserved, { result: 'sent', ...found });
      const wait = secondsToWait(reserved, replies, options.now());
      if (wait > 0) {
        throw new AppError(
          'API_UNAVAILABLE',
          `It is not known yet whether this answer was sent; try again in ${wait} seconds. Your draft is kept`,
          { details: { state: 'unknown', retry_after_seconds: wait } },
        );
      }
      const isStillOurs = await callFunction(options.database, 'rearm_answer', {
        target_answer_id: reserved.answer_id,
        token: reserved.lease_token,
        new_subject: inDoubt.subject,
        new_text: inDoubt.text,
        quoted: inDoubt.is_quoted,
      }, z.boolean());
      if (!isStillOurs) return { state: 'sending', message_id: null, sent_at: null };
      answer = { ...reserved, ...inDoubt };
      progress.isInDoubt = false;
    }
    const original = answer.is_quoted
      ? {
        writer: answer.writer,
        writerName: answer.writer_name,
        receivedAt: answer.received_at,
        text: answer.received_text,
      }
      : null;
    const composed = composeAnswer(answer.subject, answer.text, original);
    const sent = await replies.send(mail, composed);
    return await record(options.database, answer, {
      result: 'sent',
      mail_id: sent.id,
      at: sent.at,
      html: composed.html,
    });
  });
}

/** Looks whether an interrupted answer arrived, and writes down what it found; nothing is sent. */
export async function settleAnswer(
  reserved: ReservedAnswer,
  options: ConnectionOptions,
): Promise<RecordedAnswer> {
  return await atProvider(reserved, options, { isInDoubt: true }, async (replies, mail) => {
    const found = await findAnswer(reserved, mail, replies);
    if (found !== undefined) return await record(options.database, reserved, { result: 'sent', ...found });
    const isEarly = secondsToWait(reserved, replies, options.now()) > 0;
    return await record(options.database, reserved, {
      result: isEarly ? 'unknown' : 'failed',
      code: 'API_UNAVAILABLE',
      message: isEarly
        ? 'It is not known yet whether this answer was sent'
        : 'Sending was interrupted and the provider does not have this answer; send it again',
    });
  });
}

/** The answer among the mails of the thread: same words, not older than its first attempt, and no other answer of ours. */
async function findAnswer(
  reserved: ReservedAnswer,
  mail: AnsweredMail,
  replies: ProviderReplies,
): Promise<{ mail_id: string | null; at: string } | undefined> {
  const since = new Date(Date.parse(reserved.tried_at) - skew).toISOString();
  const mails = (await replies.listSent(mail, since)).filter(({ id, html }) =>
    isAnswer(html, reserved.text) && !(id !== null && reserved.other_mail_ids.includes(id))
  ).toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
  // An equal answer that the provider gave no id is one of them.
  const found = mails[reserved.others_without_id];
  return found && { mail_id: found.id, at: found.at };
}

function secondsToWait(reserved: ReservedAnswer, replies: ProviderReplies, now: Date): number {
  const shown = Date.parse(reserved.last_tried_at) + replies.shownAfter * 1000;
  return Math.max(0, Math.ceil((shown - now.getTime()) / 1000));
}

async function atProvider(
  reserved: ReservedAnswer,
  options: ConnectionOptions,
  progress: { isInDoubt: boolean },
  act: (replies: ProviderReplies, mail: AnsweredMail) => Promise<RecordedAnswer>,
): Promise<RecordedAnswer> {
  let finish: () => Promise<void> = () => Promise.resolve();
  try {
    const open = await openConnection(reserved.connection_id, options);
    finish = open.finish;
    if (open.connection.status === 'paused') {
      throw new AppError(
        'VALIDATION_FAILED',
        'The provider connection of this reply is paused; resume it, then send the answer',
      );
    }
    const { replies } = open.session;
    if (replies === undefined || reserved.provider_campaign_id === null) {
      throw new AppError(
        'VALIDATION_FAILED',
        'This reply cannot be answered from here; answer it at the provider',
      );
    }
    return await act(replies, {
      providerCampaignId: reserved.provider_campaign_id,
      providerLeadId: reserved.provider_lead_id,
      email: reserved.email,
      writer: reserved.writer,
      mailId: reserved.mail_id,
      account: reserved.email_account,
      receivedAt: reserved.received_at,
    });
  } catch (error) {
    throw await explain(reserved, options, error, progress.isInDoubt);
  } finally {
    await finish();
  }
}

/** Writes down how the attempt ended, and says it in a sentence. */
async function explain(
  reserved: ReservedAnswer,
  options: ConnectionOptions,
  error: unknown,
  wasInDoubt: boolean,
): Promise<AppError> {
  let known = toAppError(error);
  // A call that the rate budget refused was never made.
  let isInDoubt = wasInDoubt || (known.code === 'INTERNAL' && !(error instanceof RateBudgetExhausted));
  if (error instanceof ProviderError) {
    await recordKeyAnswer(options.database, reserved.connection_id, error).catch(() => undefined);
    isInDoubt = wasInDoubt || error.mayHaveActed;
    known = explainRefusal(error, reserved);
  } else if (error instanceof RateBudgetExhausted) {
    known = new AppError(
      'RATE_LIMIT_EXCEEDED',
      'The provider is busy with other calls; send the answer again in a minute',
      {
        cause: error,
      },
    );
  }
  await record(options.database, reserved, {
    result: isInDoubt ? 'unknown' : 'failed',
    code: known.code,
    message: known.message,
  });
  return known;
}

interface Result {
  result: 'sent' | 'failed' | 'unknown';
  mail_id?: string | null;
  at?: string | null;
  html?: string;
  code?: string;
  message?: string;
}

async function record(
  database: ServiceClient,
  reserved: ReservedAnswer,
  result: Result,
): Promise<RecordedAnswer> {
  return await callFunction(database, 'record_answer', {
    target_answer_id: reserved.answer_id,
    token: reserved.lease_token,
    ...result,
  }, recorded);
}
