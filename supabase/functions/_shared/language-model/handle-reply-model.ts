import { z } from 'zod';
import { encryptKey } from '../connections/encryption.ts';
import { modelPurpose } from '../connections/reencrypt.ts';
import type { Caller } from '../platform/caller.ts';
import { callFunction } from '../platform/database.ts';
import { AppError } from '../platform/errors.ts';
import { jsonResponse, readBody, requireMethod } from '../platform/http.ts';
import { requireReachableUrl } from '../platform/outbound.ts';
import type { FunctionOptions } from '../platform/signed-in-function.ts';
import { askModel } from './ask.ts';
import { askChat, type ChatOptions } from './chat.ts';
import { draftAnswer } from './draft.ts';
import { instructions, questionOf, readAnswer } from './prompt.ts';
import { openModel, readModel } from './settings.ts';

export const requestBody = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('show') }),
  z.strictObject({
    action: z.literal('save'),
    /** Up to and including /v1. */
    base_url: z.string().trim().min(1).max(500),
    model: z.string().trim().min(1).max(200),
    daily_requests: z.number().int().min(1).max(100_000),
    is_on: z.boolean(),
    /** Absent = the one that is saved, null = none. */
    api_key: z.string().trim().min(1).max(500).regex(/^[\x21-\x7e]+$/, 'is no key').nullable().optional(),
  }),
  z.strictObject({ action: z.literal('test') }),
  /** A draft of an answer to this reply. */
  z.strictObject({ action: z.literal('draft'), message_id: z.uuid() }),
  /** For the scheduler. */
  z.strictObject({ action: z.literal('ask') }),
]);

type Body = z.infer<typeof requestBody>;

/** Invented; a test sends nothing of a client. */
const sample = {
  subject: 'Re: Fewer empty shelves',
  text: 'Not this quarter. Try me again at the start of May.',
  occurredAt: new Date('2026-02-10T09:00:00Z'),
};

/** POST { action }: shows, saves and tests the language model and has it draft answers, for operators and secret keys; asks it about replies, for secret keys. */
export async function handleReplyModel(
  request: Request,
  caller: Caller,
  options: FunctionOptions,
): Promise<Response> {
  requireMethod(request, 'POST');
  if (caller.kind === 'client') {
    throw new AppError('FORBIDDEN', 'Only operators can set up the language model; ask the agency');
  }
  const body = await readBody(request, requestBody);
  const { database, environment } = options;
  const chat: ChatOptions = { fetch: options.fetch };
  switch (body.action) {
    case 'ask':
      if (caller.kind !== 'service') {
        throw new AppError('FORBIDDEN', 'Only the scheduler asks; replies are read by themselves');
      }
      options.runInBackground(askModel({ ...chat, database, masterKeys: environment.masterKeys }));
      return jsonResponse({ asking: true }, 202);
    case 'save':
      await save(body, caller.userId, options);
      return await show(options);
    case 'test':
      return jsonResponse(await test(options, chat));
    case 'draft':
      return jsonResponse(
        await draftAnswer(body.message_id, { ...chat, database, masterKeys: environment.masterKeys }),
      );
    case 'show':
      return await show(options);
  }
}

/** Never the key, only whether there is one. */
async function show({ database }: FunctionOptions): Promise<Response> {
  const stored = await readModel(database);
  if (stored === null) return jsonResponse({ model: null });
  const { encrypted_key, master_key_id: _, ...rest } = stored;
  return jsonResponse({ model: { ...rest, has_key: encrypted_key !== null } });
}

async function save(
  body: Extract<Body, { action: 'save' }>,
  actor: string | null,
  { database, environment, address }: FunctionOptions,
): Promise<void> {
  const url = await requireReachableUrl(body.base_url, address);
  if (url.search !== '' || url.hash !== '') {
    throw new AppError(
      'VALIDATION_FAILED',
      'The address ends with its path, such as /v1; leave out what follows',
    );
  }
  const { base_url, model, daily_requests, is_on, api_key } = body;
  const key = typeof api_key === 'string'
    ? await encryptKey(environment.masterKeys, modelPurpose, api_key)
    : null;
  await callFunction(database, 'save_reply_model', {
    saved: {
      base_url: base_url.replace(/\/+$/, ''),
      model,
      daily_requests,
      is_on,
      ...(api_key === undefined
        ? {}
        : { encrypted_key: key?.encryptedKey ?? null, master_key_id: key?.masterKeyId ?? null }),
    },
    actor,
  }, z.unknown());
}

/** One request within the budget, about an invented reply. */
async function test({ database, environment }: FunctionOptions, chat: ChatOptions) {
  const stored = await readModel(database);
  if (stored === null) throw new AppError('NOT_FOUND', 'There is no language model yet; save one first');
  if (stored.is_on) {
    const booked = await callFunction(database, 'book_model_requests', { wanted: 1 }, z.number());
    if (booked === 0) {
      throw new AppError(
        'RATE_LIMIT_EXCEEDED',
        'The requests of today are used up; raise their number or wait',
      );
    }
  }
  const started = performance.now();
  const model = await openModel(stored, environment.masterKeys);
  try {
    const { text, tokens } = await askChat(model, [instructions, questionOf(sample)], chat, true);
    const answer = readAnswer(text, sample.occurredAt);
    const error = answer === undefined
      ? 'The language model answered with something else than a class'
      : null;
    await callFunction(database, 'note_model_use', {
      tokens_used: tokens,
      failed: error === null ? 0 : 1,
      last_failure: error,
    }, z.unknown());
    return {
      works: error === null,
      error,
      reply: sample.text,
      reply_class: answer?.replyClass ?? null,
      reply_date: answer?.date ?? null,
      tokens,
      duration_ms: Math.round(performance.now() - started),
    };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'API_UNAVAILABLE') throw error;
    await callFunction(database, 'note_model_use', {
      tokens_used: 0,
      failed: 1,
      last_failure: error.message,
    }, z.unknown());
    return {
      works: false,
      error: error.message,
      reply: sample.text,
      reply_class: null,
      reply_date: null,
      tokens: 0,
      duration_ms: Math.round(performance.now() - started),
    };
  }
}
