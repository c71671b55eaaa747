import ky, { HTTPError, type KyInstance, TimeoutError } from 'ky';
import { z } from 'zod';
import type { CallLog } from '../call-log.ts';
import { Attempts, kindOfStatus, retryAfter, searchParameters } from '../attempts.ts';
import { ProviderError } from '../provider.ts';
import type { RateBudget } from '../rate-budget.ts';

export interface InstantlyHttpOptions {
  baseUrl: string;
  apiKey: string;
  fetch: typeof fetch;
  /** Milliseconds before the first retry; doubles each time. Tests make it small. */
  retryDelay?: number;
  /** Asked before every attempt; without it nothing limits the calls. */
  budget?: RateBudget;
  callLog?: CallLog;
}

export interface InstantlyRequest<T> {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below /api/v2, e.g. `campaigns`. */
  path: string;
  query?: Record<string, string | string[] | number | boolean | undefined>;
  body?: unknown;
  answer: z.ZodType<T>;
  /** False for calls that must not run twice: then only a 429 (nothing was done) is repeated. */
  repeatable: boolean;
  timeout?: number;
}

const retries = 3;

/** The longest Retry-After that we wait for inside a call; a longer one gives the job back until then. */
const longestWait = 30_000;

/** Seconds of silence after a 429 that names none; Instantly's windows roll, so there is room again soon. */
const silence = 2;

/** Sends requests to Instantly: bearer key, User-Agent, timeout, retries, typed errors, checked answers. */
export class InstantlyHttp {
  readonly #ky: KyInstance;
  readonly #options: InstantlyHttpOptions;
  readonly #retryDelay: number;

  constructor(options: InstantlyHttpOptions) {
    this.#options = options;
    this.#retryDelay = options.retryDelay ?? 500;
    this.#ky = ky.create({
      prefixUrl: `${options.baseUrl}/api/v2`,
      fetch: options.fetch,
      headers: {
        authorization: `Bearer ${options.apiKey}`,
        // Instantly's edge answers 403 to calls without a User-Agent, which looks just like a wrong key.
        'user-agent': 'Replyloop/0.1',
        accept: 'application/json',
      },
    });
  }

  async request<T>(request: InstantlyRequest<T>): Promise<T> {
    const { method, path } = request;
    const call = `${method} /api/v2/${path}`;
    const attempts = new Attempts({
      ...this.#options,
      method,
      path: `/api/v2/${path}`,
      bucket: method === 'GET' && path === 'emails' ? 'emails' : 'calls',
      silence,
    });
    let response: Response;
    let text: string;
    try {
      response = await this.#ky(path, {
        method,
        // Both run for every retry as well; the wait for the budget lies outside of the timeout.
        hooks: { beforeRequest: [() => attempts.takeTurn()] },
        fetch: (input, init) => attempts.send(input, init),
        searchParams: searchParameters(request.query),
        ...(request.body === undefined ? {} : { json: request.body }),
        timeout: request.timeout ?? 30_000,
        retry: {
          limit: retries,
          methods: ['get', 'post', 'patch', 'delete'],
          statusCodes: request.repeatable ? [429, 500, 502, 503, 504] : [429],
          afterStatusCodes: [429, 503],
          retryOnTimeout: request.repeatable,
          delay: (attempt) => this.#retryDelay * 2 ** (attempt - 1),
          backoffLimit: 10_000,
          jitter: (delay) => delay * (0.5 + Math.random() / 2),
          shouldRetry: ({ error }) => {
            if (attempts.refusal !== undefined) return false;
            // A network failure leaves open whether the call was carried out.
            if (!(error instanceof HTTPError)) return request.repeatable ? undefined : false;
            // A long Retry-After is obeyed by giving the job back; ky would cut it short and call too early.
            const wait = retryAfter(error.response.headers.get('retry-after'));
            return wait !== undefined && wait * 1000 > longestWait ? false : undefined;
          },
        },
      });
      text = await response.text();
    } catch (error) {
      if (attempts.refusal !== undefined) throw attempts.refusal;
      throw await toProviderError(error, call);
    }
    return readAnswer(text, response.status, call, request.answer);
  }
}

function readAnswer<T>(text: string, status: number, call: string, schema: z.ZodType<T>): T {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new ProviderError('unexpected_answer', `Instantly answered ${call} with ${status} and no JSON`, {
      status,
    });
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.slice(0, 5).map((issue) =>
    `${issue.path.join('.')}: ${issue.message}`
  );
  throw new ProviderError(
    'unexpected_answer',
    `Instantly answered ${call} in a shape that we do not know (${problems.join('; ')})`,
    { status },
  );
}

const errorBody = z.object({ message: z.string() });

async function toProviderError(error: unknown, call: string): Promise<ProviderError> {
  if (error instanceof HTTPError) {
    const { status } = error.response;
    const said = await readErrorMessage(error.response);
    // The API's own refusal is JSON; a 403 without it comes from the edge, which looks at the User-Agent and not at the key.
    const kind = status === 403 && said === undefined ? 'blocked' : kindOfStatus(status);
    return new ProviderError(kind, `Instantly answered ${call} with ${status}${said ? ` "${said}"` : ''}`, {
      status,
      retryAfterSeconds: retryAfter(error.response.headers.get('retry-after')),
    });
  }
  if (error instanceof TimeoutError) {
    return new ProviderError('timeout', `Instantly did not answer ${call} in time`);
  }
  // The cause may name the address but never the key: that stands only in a header.
  return new ProviderError('unreachable', `Instantly could not be reached for ${call}`, { cause: error });
}

/** The provider's own sentence, when it is JSON and short; an HTML page says nothing useful. */
async function readErrorMessage(response: Response): Promise<string | undefined> {
  try {
    const parsed = errorBody.safeParse(JSON.parse(await response.text()));
    return parsed.success ? parsed.data.message.slice(0, 200) : undefined;
  } catch {
    return undefined;
  }
}
