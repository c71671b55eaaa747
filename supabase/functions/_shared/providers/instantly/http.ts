import ky, { HTTPError, type KyInstance, TimeoutError } from 'ky';
import { z } from 'zod';
import type { CallLog } from '../call-log.ts';
import { ProviderError, type ProviderErrorKind } from '../provider.ts';
import type { Bucket, RateBudget, RateToken } from '../rate-budget.ts';

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

const kindOf: Record<number, ProviderErrorKind> = {
  400: 'bad_request',
  401: 'unauthorized',
  402: 'payment_required',
  403: 'forbidden',
  404: 'not_found',
  429: 'rate_limited',
};

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
    const attempts = new Attempts(method, path, this.#options);
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

/** The attempts of one call: each waits for its turn, is sent, and is written to the call log. */
class Attempts {
  /** Why an attempt was not even sent: no budget, or no database to ask for it. */
  refusal: unknown;
  readonly #options: InstantlyHttpOptions;
  readonly #method: string;
  readonly #path: string;
  readonly #bucket: Bucket;
  #token: RateToken | undefined;
  #count = 0;

  constructor(method: string, path: string, options: InstantlyHttpOptions) {
    this.#options = options;
    this.#method = method;
    this.#path = path;
    this.#bucket = method === 'GET' && path === 'emails' ? 'emails' : 'calls';
  }

  async takeTurn(): Promise<undefined> {
    try {
      this.#token = await this.#options.budget?.take(this.#bucket);
    } catch (error) {
      this.refusal = error;
      throw error;
    }
  }

  async send(input: Parameters<typeof fetch>[0], init: Parameters<typeof fetch>[1]): Promise<Response> {
    const { budget, callLog } = this.#options;
    const token = this.#token;
    const entry = callLog?.begin(this.#method, `/api/v2/${this.#path}`, ++this.#count);
    let response: Response;
    try {
      response = await this.#options.fetch(input, init);
    } catch (error) {
      const aborted = error instanceof Error &&
        (error.name === 'AbortError' || error.name === 'TimeoutError');
      entry?.end(null, aborted ? 'timeout' : 'unreachable');
      throw error;
    } finally {
      token?.answered();
    }
    entry?.end(response.status, response.ok ? null : kindOfStatus(response.status));
    const asked = retryAfter(response.headers.get('retry-after'));
    if (response.status === 429 || (response.status === 503 && asked !== undefined)) {
      // The answer counts even if the block cannot be written; then only this call waits.
      await budget?.block(asked ?? silence).catch(() => undefined);
    }
    return response;
  }
}

function kindOfStatus(status: number): ProviderErrorKind {
  return kindOf[status] ?? (status >= 500 ? 'unavailable' : 'unexpected_answer');
}

function searchParameters(query: InstantlyRequest<unknown>['query']): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value === undefined) continue;
    for (const single of Array.isArray(value) ? value : [value]) parameters.append(name, String(single));
  }
  return parameters;
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

/** Seconds from a Retry-After header (a number or a date). */
function retryAfter(header: string | null): number | undefined {
  if (!header) return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - Date.now()) / 1000));
}
