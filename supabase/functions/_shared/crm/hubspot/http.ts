/** One call of HubSpot's API: bounded, with its errors in our words, and without the token in any of them. */
import type { z } from 'zod';
import { readText, storableText } from '../../platform/bounded-text.ts';
import { bookProviderCall } from '../../platform/processor-time.ts';
import { retryAfter as readPause } from '../../providers/attempts.ts';
import { AppError } from '../../platform/errors.ts';
import { CrmError, type CrmFailure } from '../crm.ts';
import { errorBody } from './schemas.ts';

export interface HubSpotOptions {
  /** Without a trailing slash. */
  baseUrl: string;
  token: string;
  fetch: typeof fetch;
  /** Milliseconds. @default 20000 */
  timeout?: number;
}

export type HubSpotCall = <T>(
  method: 'GET' | 'POST' | 'PATCH' | 'PUT',
  path: string,
  body: unknown,
  answer: z.ZodType<T>,
) => Promise<T>;

/** Bytes of an answer: a page of 200 deals has 200 kB, the properties of a large account two megabytes. */
const maxAnswer = 8 * 1024 * 1024;

/** How long each of HubSpot's limits lasts where it does not say; the daily one ends at midnight of the account. */
const pauses: Record<string, number> = { SECONDLY: 1, TEN_SECONDLY_ROLLING: 10, DAILY: 3600 };

/** Calls that change nothing, so that they may be made twice. */
const isReading = (method: string, path: string): boolean =>
  method === 'GET' || /\/(search|batch\/read|access-token-info)$/.test(path);

/** A connection that was closed while it was idle fails the next call on it: what only reads is tried once more, at once. */
async function twiceIfReading<T>(method: string, path: string, attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (
      error instanceof CrmError || error instanceof AppError || isTimeout(error) || !isReading(method, path)
    ) throw error;
    return await attempt();
  }
}

export function createCall({ baseUrl, token, fetch, timeout = 20_000 }: HubSpotOptions): HubSpotCall {
  const scrub = (text: string) => text.replaceAll(token, '…');
  return async (method, path, body, answer) => {
    let response: Response;
    let text: string;
    try {
      [response, text] = await twiceIfReading(method, path, async () => {
        const answered = await fetch(`${baseUrl}${path}`, {
          method,
          headers: {
            authorization: `Bearer ${token}`,
            accept: 'application/json',
            'user-agent': 'Replyloop/0.1',
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          // The token is for this address and no other.
          redirect: 'manual',
          signal: AbortSignal.timeout(timeout),
        });
        const read = await readText(answered, maxAnswer);
        bookProviderCall(read.text.length);
        if (read.isCut) throw new CrmError('later', 'HubSpot’s answer was too long to be read');
        return [answered, storableText(scrub(read.text))] as const;
      });
    } catch (error) {
      if (error instanceof CrmError) throw error;
      // Its address is not allowed: the installation’s setting; a later attempt finds it repaired.
      if (error instanceof AppError) throw new CrmError('later', error.message);
      throw new CrmError('later', describeNoAnswer(error));
    }
    if (!response.ok) throw failureOf(response, text);
    const parsed = answer.safeParse(readJson(text));
    if (!parsed.success) {
      const where = parsed.error.issues[0]?.path.join('.') ?? '';
      throw new CrmError('later', `HubSpot’s answer has a form that is not known${where && ` (${where})`}`, {
        status: response.status,
        answer: text.slice(0, 2048),
      });
    }
    return parsed.data;
  };
}

const isTimeout = (error: unknown): boolean => error instanceof Error && /Timeout|Abort/.test(error.name);

const describeNoAnswer = (error: unknown): string =>
  isTimeout(error) ? 'HubSpot did not answer in time' : 'HubSpot could not be reached';

function readJson(text: string): unknown {
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function failureOf(response: Response, text: string): CrmError {
  const { status } = response;
  const parsed = errorBody.safeParse(readJson(text));
  const body = parsed.success ? parsed.data : { errors: [] };
  const complaint = body.message ? `: ${body.message.slice(0, 300)}` : '';
  const details = { status, answer: text.slice(0, 2048) };
  const named = readPause(response.headers.get('retry-after'));
  const fail = (
    kind: CrmFailure,
    message: string,
    more: { retryAfter?: number | null; properties?: string[] } = {},
  ) => new CrmError(kind, message, { ...details, ...more });
  if (status === 401) {
    return fail('refused', 'HubSpot refuses the token: it was deleted or replaced; enter a new one');
  }
  if (status === 403) {
    const scopes = scopesOf(body);
    return scopes.length > 0 || body.category === 'MISSING_SCOPES'
      ? fail(
        'refused',
        `The token lacks permissions${
          scopes.length > 0 ? `: ${scopes.join(', ')}` : ''
        }; add them in HubSpot`,
      )
      : fail('rejected', `HubSpot does not allow it${complaint}`);
  }
  if (status === 404) return fail('gone', `HubSpot does not know it${complaint}`);
  if (status === 429) {
    return fail('later', 'HubSpot asks for a pause: too many requests', {
      retryAfter: named ?? pauses[body.policyName ?? ''] ?? 10,
    });
  }
  // A conflict with another writer, a locked record, a migration of the account: all of them pass.
  if ([408, 409, 423, 477].includes(status) || status >= 500) {
    return fail('later', `HubSpot answered with status ${status}`, { retryAfter: named ?? null });
  }
  if (status >= 300 && status < 400) {
    return fail('later', 'HubSpot answered with a redirect, which is not followed');
  }
  return fail('rejected', `HubSpot refused it${complaint}`, { properties: propertiesOf(body) });
}

type ErrorBody = z.infer<typeof errorBody>;

function scopesOf({ errors }: Pick<ErrorBody, 'errors'>): string[] {
  return [
    ...new Set(
      errors.flatMap((
        { context },
      ) => [...context.requiredGranularScopes, ...context.requiredScopes, ...context.missingScopes]),
    ),
  ];
}

/** Which properties it complains about: in the list of errors, or as JSON inside the message. */
function propertiesOf({ errors, message }: Pick<ErrorBody, 'errors' | 'message'>): string[] {
  const inMessage = [...(message ?? '').matchAll(/"name":"([a-z0-9_]+)"/gi)].map(([, name]) => name ?? '');
  return [...new Set([...errors.flatMap(({ context }) => context.propertyName), ...inMessage])];
}
