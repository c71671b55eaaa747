// One request to an OpenAI-compatible address. The answer is bounded, redirects are not followed, and no error names the key.
import { z } from 'zod';
import { readText } from '../platform/bounded-text.ts';
import { AppError } from '../platform/errors.ts';

export interface ChatModel {
  baseUrl: string;
  model: string;
  /** Undefined for a server that wants none. */
  key: string | undefined;
}

export interface ChatOptions {
  fetch: typeof fetch;
  /** Milliseconds, answer included. @default 15000 */
  timeout?: number;
}

/** Bytes; a class takes a few hundred, a draft a few thousand. */
const maxAnswer = 64 * 1024;

const completion = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string().nullable() }) })).min(1),
  usage: z.object({ total_tokens: z.number().int().nonnegative() }).nullish().catch(null),
});

/** @throws {AppError} API_UNAVAILABLE with one sentence on what went wrong. */
export async function askChat(
  { baseUrl, model, key }: ChatModel,
  [system, user]: readonly [system: string, user: string],
  { fetch, timeout = 15_000 }: ChatOptions,
  wantsJson: boolean,
): Promise<{ text: string; tokens: number }> {
  const signal = AbortSignal.timeout(timeout);
  let response: Response;
  let body: string;
  try {
    response = await fetch(`${baseUrl.replace(/\/+$/, '')}/chat/completions`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      },
      body: JSON.stringify({
        model,
        messages: [{ role: 'system', content: system }, { role: 'user', content: user }],
        ...(wantsJson ? { response_format: { type: 'json_object' } } : {}),
      }),
      redirect: 'manual',
      signal,
    });
    const { text, isCut } = await readText(response, maxAnswer);
    if (isCut) throw unavailable(`answered with more than ${maxAnswer} bytes`);
    body = text;
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw unavailable(
      error instanceof Error && error.name === 'TimeoutError'
        ? `did not answer within ${timeout / 1000} seconds`
        : 'could not be reached',
      error,
    );
  }
  if (response.status === 401 || response.status === 403) throw unavailable('refused the key');
  if (response.status === 404) throw unavailable(`does not know the model "${model}" or the address`);
  if (response.status === 429) throw unavailable('is busy, or its own budget is used up');
  if (!response.ok) throw unavailable(`answered with status ${response.status}`);
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw unavailable('answered with something that is no JSON');
  }
  const read = completion.safeParse(value);
  const text = read.data?.choices[0]?.message.content;
  if (!read.success || typeof text !== 'string' || text.trim() === '') {
    throw unavailable('answered in another form than an OpenAI-compatible server');
  }
  return { text, tokens: read.data.usage?.total_tokens ?? 0 };
}

const unavailable = (what: string, cause?: unknown) =>
  new AppError('API_UNAVAILABLE', `The language model ${what}`, { cause });
