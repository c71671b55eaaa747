/** One attempt: an event posted to an endpoint, and what came of it. Never throws. */
import { z } from 'zod';
import { decryptKey } from '../connections/encryption.ts';
import { endpointPurpose } from '../connections/reencrypt.ts';
import { readText, storableText } from '../platform/bounded-text.ts';
import { AppError, describeError } from '../platform/errors.ts';
import type { MasterKeys } from '../platform/environment.ts';
import { payload } from './payload.ts';
import { signatureHeaders } from './signature.ts';
import { slackMessage } from './slack.ts';
import { teamsMessage } from './teams.ts';
import { wordsOf } from './words.ts';

/** A delivery under a lease, as worker.take_outgoing gives it. */
export const takenDelivery = z.object({
  event_id: z.uuid(),
  endpoint_id: z.uuid(),
  token: z.uuid(),
  url: z.string(),
  format: z.enum(['json', 'slack', 'teams']),
  payload: z.unknown(),
  encrypted_secret: z.string(),
  master_key_id: z.string(),
  encrypted_previous: z.string().nullable(),
  previous_master_key_id: z.string().nullable(),
});

export type TakenDelivery = z.infer<typeof takenDelivery>;

export interface DeliveryResult {
  event_id: string;
  endpoint_id: string;
  token: string;
  /** null = there was no answer. */
  status: number | null;
  answer: string | null;
  /** null = it was delivered. */
  error: string | null;
  retry_after: number | null;
  duration_ms: number;
}

export interface DeliverOptions {
  fetch: typeof fetch;
  now: () => Date;
  masterKeys: MasterKeys | undefined;
  /** Milliseconds for the whole of it, answer included. @default 10000 */
  timeout?: number;
}

/** Bytes of an answer that are read; the log keeps 2,048 characters. */
const maxAnswer = 8 * 1024;

export async function deliver(taken: TakenDelivery, options: DeliverOptions): Promise<DeliveryResult> {
  const started = performance.now();
  const result = (rest: Partial<Pick<DeliveryResult, 'status' | 'answer' | 'error' | 'retry_after'>>) => ({
    event_id: taken.event_id,
    endpoint_id: taken.endpoint_id,
    token: taken.token,
    status: null,
    answer: null,
    error: null,
    retry_after: null,
    ...rest,
    duration_ms: Math.round(performance.now() - started),
  });
  try {
    const response = await post(taken, options);
    const answer = await readStart(response).catch(() => null);
    return result({
      status: response.status,
      answer,
      error: complaintOf(response),
      retry_after: retryAfter(response, options.now()),
    });
  } catch (error) {
    return result({ error: describeFailure(error) });
  }
}

async function post(taken: TakenDelivery, options: DeliverOptions): Promise<Response> {
  const { body, secrets } = await prepare(taken, options);
  return await options.fetch(taken.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Replyloop/0.1',
      ...await signatureHeaders({ id: taken.event_id, sentAt: options.now(), body }, secrets),
    },
    body,
    // The signature and a client's data are for this address and no other.
    redirect: 'manual',
    signal: AbortSignal.timeout(options.timeout ?? 10_000),
  });
}

async function prepare(
  taken: TakenDelivery,
  { masterKeys }: DeliverOptions,
): Promise<{ body: string; secrets: string[] }> {
  // A chat's address is its secret; it verifies no signature.
  if (taken.format !== 'json') {
    const words = wordsOf(payload.parse(taken.payload));
    return {
      body: JSON.stringify(taken.format === 'slack' ? slackMessage(words) : teamsMessage(words)),
      secrets: [],
    };
  }
  const purpose = endpointPurpose(taken.endpoint_id);
  const secrets = [
    await decryptKey(masterKeys, purpose, {
      encryptedKey: taken.encrypted_secret,
      masterKeyId: taken.master_key_id,
    }),
  ];
  if (taken.encrypted_previous !== null && taken.previous_master_key_id !== null) {
    secrets.push(
      await decryptKey(masterKeys, purpose, {
        encryptedKey: taken.encrypted_previous,
        masterKeyId: taken.previous_master_key_id,
      }),
    );
  }
  return { body: JSON.stringify(taken.payload), secrets };
}

/** The first characters of an answer, in a form that the database stores; the rest is not read. */
async function readStart(response: Response): Promise<string | null> {
  if (response.body === null) return null;
  const { text } = await readText(response, maxAnswer);
  return storableText(text, 2048);
}

function complaintOf({ status, ok, type }: Response): string | null {
  if (ok) return null;
  if (type === 'opaqueredirect' || (status >= 300 && status < 400)) {
    return `It answered with a redirect (${status}), which is not followed; enter the address that it leads to`;
  }
  if (status === 410) return 'It answered 410 Gone: the endpoint does not exist any more';
  return `It answered with status ${status}`;
}

/** Seconds that the endpoint asks us to wait; only where the status means "later". */
function retryAfter({ status, headers }: Response, now: Date): number | null {
  const header = headers.get('retry-after');
  if (header === null || (status !== 429 && status !== 503)) return null;
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) : (Date.parse(header) - now.getTime()) / 1000;
  return Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : null;
}

/** For the log that operators read; what fetch says of an address holds its path, which can be a key. */
function describeFailure(error: unknown): string {
  if (error instanceof AppError) return error.message;
  if (error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError')) {
    return 'It did not answer within ten seconds';
  }
  if (error instanceof z.ZodError) return 'This event has a form that no card can be made of';
  const text = describeError(error);
  if (/ENOTFOUND|dns|lookup|getaddrinfo|EAI_AGAIN/i.test(text)) {
    return 'The name in its address does not exist';
  }
  if (/certificate|tls|ssl/i.test(text)) return 'Its certificate is not valid';
  if (/refused/i.test(text)) return 'It refused the connection';
  return 'It could not be reached';
}
