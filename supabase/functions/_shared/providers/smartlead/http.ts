import ky, { HTTPError, type KyInstance, TimeoutError } from 'ky';
import type { z } from 'zod';
import { Attempts, kindOfStatus, type Query, retryAfter, searchParameters } from '../attempts.ts';
import type { CallLog } from '../call-log.ts';
import { ProviderError, type ProviderErrorKind } from '../provider.ts';
import type { RateBudget } from '../rate-budget.ts';
import { createRedaction, type Redact } from './redaction.ts';

export interface SmartleadHttpOptions {
  baseUrl: string;
  apiKey: string;
  fetch: typeof fetch;
  /** Milliseconds before the first retry; doubles each time. Tests make it small. */
  retryDelay?: number;
  budget?: RateBudget;
  callLog?: CallLog;
}

export interface SmartleadRequest<T> {
  method: 'GET' | 'POST' | 'DELETE';
  /** Below /api/v1, e.g. `campaigns/12/leads`. */
  path: string;
  query?: Query;
  body?: unknown;
  answer: z.ZodType<T>;
  /** False for calls that must not run twice: then only a 429 (nothing was done) is repeated. */
  repeatable: boolean;
  /** A missing campaign or lead is answered with 200 and `{}` or nothing: true makes that a "not found". */
  emptyIsMissing?: boolean;
  timeout?: number;
}

const retries = 3;

/** The longest Retry-After that we wait for inside a call; a longer one gives the job back until then. */
const longestWait = 30_000;

/** Seconds of silence after a 429 that names none: the limit belongs to the account and counts whole minutes. */
const silence = 15;

/**
 * Sends requests to Smartlead. The key is part of every address there, so it is added in the innermost call and nowhere
 * else: no request, error or log of the layers above ever holds it.
 */
export class SmartleadHttp {
  readonly #ky: KyInstance;
  readonly #options: SmartleadHttpOptions;
  readonly #retryDelay: number;
  readonly #redact: Redact;

  constructor(options: SmartleadHttpOptions) {
    this.#redact = createRedaction(options.apiKey);
    this.#options = { ...options, fetch: this.#withKey(options) };
    this.#retryDelay = options.retryDelay ?? 500;
    this.#ky = ky.create({
      prefixUrl: `${options.baseUrl}/api/v1`,
      headers: {
        // Cloudflare refuses calls that look like a bare script.
        'user-agent': 'Replyloop/0.1',
        accept: 'application/json',
      },
    });
  }

  async request<T>(request: SmartleadRequest<T>): Promise<T> {
    const { method, path } = request;
    const call = `${method} /api/v1/${path}`;
    const attempts = new Attempts({
      ...this.#options,
      method,
      path: `/api/v1/${path}`,
      bucket: 'calls',
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
          methods: ['get', 'post', 'delete'],
          statusCodes: request.repeatable ? [429, 500, 502, 503, 504] : [429],
          afterStatusCodes: [429, 503],
          retryOnTimeout: request.repeatable,
          delay: (attempt) => this.#retryDelay * 2 ** (attempt - 1),
          backoffLimit: 10_000,
          jitter: (delay) => delay * (0.5 + Math.random() / 2),
          shouldRetry: ({ error }) => {
            if (attempts.refusal !== undefined) return false;
            if (!(error instanceof HTTPError)) return request.repeatable ? undefined : false;
            const wait = retryAfter(error.response.headers.get('retry-after'));
            return wait !== undefined && wait * 1000 > longestWait ? false : undefined;
          },
        },
      });
      text = await response.text();
    } catch (error) {
      if (attempts.refusal !== undefined) throw attempts.refusal;
      throw await this.#toProviderError(error, call);
    }
    return readAnswer(text, response.status, call, request);
  }

  #withKey(options: SmartleadHttpOptions): typeof fetch {
    return async (input, init) => {
      const request = new Request(input, init);
      const url = new URL(request.url);
      url.searchParams.set('api_key', options.apiKey);
      const body = request.body === null ? undefined : await request.text();
      try {
        return await options.fetch(url.href, {
          method: request.method,
          headers: request.headers,
          signal: request.signal,
          ...(body === undefined ? {} : { body }),
        });
      } catch (error) {
        // Deno names the whole address in the message of a failed call; the original error stays here.
        const clean = new TypeError(this.#redact(error instanceof Error ? error.message : String(error)));
        if (error instanceof Error) clean.name = error.name;
        throw clean;
      }
    };
  }

  async #toProviderError(error: unknown, call: string): Promise<ProviderError> {
    if (error instanceof HTTPError) {
      const { status } = error.response;
      const said = await readErrorMessage(error.response, this.#redact);
      return new ProviderError(
        kindOfRefusal(status, said),
        `Smartlead answered ${call} with ${status}${said ? ` "${said}"` : ''}`,
        {
          provider: 'smartlead',
          status,
          retryAfterSeconds: retryAfter(error.response.headers.get('retry-after')),
        },
      );
    }
    const isTimeout = error instanceof TimeoutError ||
      (error instanceof Error && error.name === 'TimeoutError');
    return new ProviderError(
      isTimeout ? 'timeout' : 'unreachable',
      isTimeout ? `Smartlead did not answer ${call} in time` : `Smartlead could not be reached for ${call}`,
      { provider: 'smartlead', cause: error },
    );
  }
}

function kindOfRefusal(status: number, said: string | undefined): ProviderErrorKind {
  // A 403 without a sentence comes from Cloudflare, which looks at the User-Agent and not at the key.
  if (status === 403 && said === undefined) return 'blocked';
  // Express answers an unknown route so: our mistake, not a missing campaign.
  if (status === 404 && said?.startsWith('Cannot ')) return 'unexpected_answer';
  if (status === 409 || status === 422) return 'bad_request';
  return kindOfStatus(status);
}

/** JSON where it is JSON, else the text: Smartlead's content types do not tell. */
function parseContent(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text.trim();
  }
}

function isEmpty(body: unknown): boolean {
  return body === '' || body === null ||
    (typeof body === 'object' && !Array.isArray(body) && Object.keys(body).length === 0);
}

function readAnswer<T>(text: string, status: number, call: string, request: SmartleadRequest<T>): T {
  const body = parseContent(text);
  if (request.emptyIsMissing && isEmpty(body)) {
    throw new ProviderError('not_found', `Smartlead answered ${call} with nothing: there is no such thing`, {
      provider: 'smartlead',
      status,
    });
  }
  const parsed = request.answer.safeParse(body);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.slice(0, 5).map((issue) =>
    `${issue.path.join('.')}: ${issue.message}`
  );
  throw new ProviderError(
    'unexpected_answer',
    `Smartlead answered ${call} in a shape that we do not know (${problems.join('; ')})`,
    { provider: 'smartlead', status },
  );
}

/** Smartlead's own sentence: error.message, error, message, or plain text; an HTML page says nothing useful. */
async function readErrorMessage(response: Response, redact: Redact): Promise<string | undefined> {
  const said = findMessage(parseContent(await response.text().catch(() => '')));
  return said === undefined || said === '' || said.startsWith('<') ? undefined : redact(said).slice(0, 200);
}

function findMessage(body: unknown): string | undefined {
  if (typeof body === 'string') return body;
  if (typeof body !== 'object' || body === null) return undefined;
  const { error, message } = body as Record<string, unknown>;
  if (typeof error === 'object' && error !== null) {
    return findMessage({ message: (error as { message?: unknown }).message });
  }
  if (typeof error === 'string') return error;
  return typeof message === 'string' ? message : undefined;
}
