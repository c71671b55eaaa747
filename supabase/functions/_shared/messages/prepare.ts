import { z } from 'zod';
import { callFunction, type ServiceClient } from '../platform/database.ts';
import { describeError } from '../platform/errors.ts';
import { isDataError } from '../platform/database.ts';
import { bookProcessorTime } from '../platform/processor-time.ts';
import { classifyReply } from '../replies/classify.ts';
import type { ReplyClass } from '../replies/reply-class.ts';
import { sanitiseHtml, textOfHtml } from './sanitise.ts';

/** 50 mails of 10 kB are sanitised in about 50 ms and written in one call. */
const batchSize = 50;

const waitingReply = z.object({
  subject: z.string().nullable(),
  text: z.string().nullable(),
  occurred_at: z.coerce.date(),
  /** By the provider. */
  is_automatic: z.boolean(),
});

const waiting = z.array(z.object({
  message_id: z.uuid(),
  raw_html: z.string().nullable(),
  /** Null for a mail that we sent. */
  reply: waitingReply.nullable(),
}));

interface Content {
  message_id: string;
  html: string | null;
  text: string | null;
}

/** What a reply is by its own words. */
interface Opinion {
  message_id: string;
  reply_class: ReplyClass;
  confidence: number;
  reply_date: string | null;
}

/**
 * Prepares waiting messages until none is left or it should stop: sanitises their HTML, derives the text if the provider
 * sent none, makes them searchable and says what each reply is. Concurrent runs share the work; what a dead run claimed can be claimed again after
 * two minutes.
 */
export async function prepareMessages(
  database: ServiceClient,
  shouldStop: () => boolean,
  /** Called with the milliseconds of processor time of each batch. */
  spend: (milliseconds: number) => void = () => undefined,
): Promise<void> {
  while (!shouldStop()) {
    const taken = await callFunction(database, 'take_message_contents', { batch_size: batchSize }, waiting);
    if (taken.length === 0) return;
    const started = performance.now();
    const contents = taken.map(({ message_id, raw_html }) => prepare(message_id, raw_html));
    const opinions = taken.flatMap(({ message_id, reply }, at) =>
      opinionOn(message_id, reply, contents[at]?.text ?? null)
    );
    const cost = performance.now() - started;
    bookProcessorTime(cost);
    spend(cost);
    // Classes first: a message whose contents are recorded is not prepared again.
    if (opinions.length > 0) await callFunction(database, 'record_reply_opinions', { opinions }, z.unknown());
    await record(database, contents);
  }
}

function prepare(messageId: string, rawHtml: string | null): Content {
  const nothing = { message_id: messageId, html: null, text: null };
  if (rawHtml === null) return nothing;
  try {
    const html = sanitiseHtml(rawHtml);
    return { message_id: messageId, html: html === '' ? null : html, text: textOfHtml(html) || null };
  } catch (error) {
    // One mail that breaks the parser must not block the others; its text is still shown.
    console.error(JSON.stringify({
      message: 'The HTML of a message could not be sanitised',
      message_id: messageId,
      error: describeError(error),
    }));
    return nothing;
  }
}

/** None on a mail of ours and on a reply without words. */
function opinionOn(
  messageId: string,
  reply: z.infer<typeof waitingReply> | null,
  textOfItsHtml: string | null,
): Opinion[] {
  const text = reply?.text ?? textOfItsHtml;
  if (reply === null || (text === null && reply.subject === null)) return [];
  try {
    const { replyClass, confidence, date } = classifyReply({
      subject: reply.subject,
      text: text ?? '',
      // Providers pass no headers on; their own mark says the same as this one.
      headers: reply.is_automatic ? { 'auto-submitted': 'auto-replied' } : undefined,
      receivedAt: reply.occurred_at,
    });
    return [{ message_id: messageId, reply_class: replyClass, confidence, reply_date: date }];
  } catch (error) {
    // A reply without a class is still shown, and a person can name it.
    console.error(JSON.stringify({
      message: 'A reply could not be classified',
      message_id: messageId,
      error: describeError(error),
    }));
    return [];
  }
}

async function record(database: ServiceClient, contents: Content[]): Promise<void> {
  const write = (some: Content[]) =>
    callFunction(database, 'record_message_contents', { contents: some }, z.unknown());
  try {
    await write(contents);
  } catch (error) {
    if (!isDataError(error)) throw error;
    for (const content of contents) {
      try {
        await write([content]);
      } catch (alone) {
        if (!isDataError(alone)) throw alone;
        await write([{ ...content, html: null, text: null }]);
      }
    }
  }
}
