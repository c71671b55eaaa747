// Asks the language model about the replies that wait for it. What it answers is an opinion beside the others; if it is away, what
// the rules found stays.
import { z } from 'zod';
import { callFunction, type ServiceClient } from '../platform/database.ts';
import { describeError } from '../platform/errors.ts';
import type { MasterKeys } from '../platform/environment.ts';
import { bookProcessorTime, processorBudget } from '../platform/processor-time.ts';
import { askChat, type ChatModel, type ChatOptions } from './chat.ts';
import { instructions, questionOf, readAnswer } from './prompt.ts';
import { openModel, readModel } from './settings.ts';

/** Requests side by side; more would only meet the model's own limit. */
const batchSize = 4;
/** Milliseconds after which a run leaves the rest to the next minute. */
const maxRun = 50_000;
/** Milliseconds of processor time of a request. */
const costOfRequest = 4;

const question = z.object({
  message_id: z.uuid(),
  subject: z.string().nullable(),
  text: z.string().nullable(),
  occurred_at: z.coerce.date(),
});

export interface AskOptions extends ChatOptions {
  database: ServiceClient;
  masterKeys: MasterKeys | undefined;
}

interface Recorded {
  message_id: string;
  reply_class?: string;
  confidence?: number;
  reply_date?: string | null;
  tokens?: number;
  error?: string;
}

/** Returns how many replies were asked about. */
export async function askModel(options: AskOptions): Promise<number> {
  const { database } = options;
  const stored = await readModel(database);
  if (stored === null || !stored.is_on) return 0;
  const model = await openModel(stored, options.masterKeys);
  const budget = processorBudget();
  const endsAt = performance.now() + maxRun;
  let asked = 0;
  while (!budget.isSpent() && performance.now() < endsAt) {
    const questions = await callFunction(
      database,
      'take_model_questions',
      { batch_size: budget.fits(costOfRequest, batchSize) },
      z.array(question),
    );
    if (questions.length === 0) break;
    const answers = await Promise.all(questions.map((each) => ask(each, model, options)));
    bookProcessorTime(costOfRequest * answers.length);
    asked += answers.length;
    await callFunction(database, 'record_model_answers', { answers }, z.unknown());
    // A model that is away is asked again in five minutes.
    if (answers.every(({ error }) => error !== undefined)) break;
  }
  return asked;
}

async function ask(
  { message_id, subject, text, occurred_at }: z.infer<typeof question>,
  model: ChatModel,
  options: ChatOptions,
): Promise<Recorded> {
  try {
    const asked = questionOf({ subject, text, occurredAt: occurred_at });
    const { text: answer, tokens } = await askChat(model, [instructions, asked], options, true);
    const read = readAnswer(answer, occurred_at);
    return read === undefined
      ? { message_id, tokens, error: 'The language model answered with something else than a class' }
      : {
        message_id,
        tokens,
        reply_class: read.replyClass,
        confidence: read.confidence,
        reply_date: read.date,
      };
  } catch (error) {
    return { message_id, error: describeError(error) };
  }
}
