import ky, { isHTTPError, isTimeoutError, type KyInstance } from 'ky';
import type { z } from 'zod';
import { Attempts, kindOfStatus, type Query, retryAfter, searchParameters } from './attempts.ts';
import { boundedFetch } from './bounded-fetch.ts';
import type { CallLog } from './call-log.ts';
import { collectOddRows, type OddRow } from './rows.ts';
import { ProviderError, type ProviderErrorKind, type ProviderName } from './provider.ts';
import { isPlanLimit } from './provider-error.ts';
import type { Bucket, RateBudget } from './rate-budget.ts';

export interface HttpOptions {
  baseUrl: string;
  apiKey: string;
  fetch: typeof fetch;
  /** Milliseconds before the first retry; doubles each time. */
  retryDelay?: number;
  /** Asked before every attempt; without it calls are unlimited. */
  budget?: RateBudget;
  callLog?: CallLog;
}

export interface HttpRequest<T> {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below the root of the API, e.g. `campaigns`. */
  path: string;
  query?: Query;
  body?: unknown;
  answer: z.ZodType<T>;
  /** False for calls that must not run twice: then only a 429 (nothing was done) is retried. */
  repeatable: boolean;
  timeout?: number;
}

/** What differs between providers. */
export interface Dialect {
  provider: ProviderName;
  /** Its name in messages. */
  title: string;
  /** Where its API begins, e.g. `/api/v2`. */
  root: string;
  headers?: Record<string, string>;
  /** Seconds to wait after a 429 without Retry-After. */
  cooldownSeconds: number;
  /** Which limit a call counts against. @default 'calls' */
  bucketOf?(request: Pick<HttpRequest<unknown>, 'method' | 'path'>): Bucket;
  /** The provider's own message in the body of a refusal, if any, with secrets removed. */
  readRefusal(body: string): string | undefined;
  /** What a refusal means where the status alone is ambiguous. */
  kindOfRefusal?(status: number, providerMessage: string | undefined): ProviderErrorKind | undefined;
}

/** A successful answer, not parsed yet. */
export interface HttpAnswer {
  /** Method and path, for messages. */
  call: string;
  status: number;
  text: string;
}

const retries = 3;

/** The longest Retry-After, in milliseconds, that a call waits for; a longer one postpones the job. */
const maxWait = 30_000;

/** Enough to show what is wrong when every row of a list is odd. */
const maxOddRows = 1000;

/** Sends requests to a provider: User-Agent, rate budget, timeout, retries, typed errors, validated answers. */
export class ProviderHttp {
  readonly #ky: KyInstance;
  readonly #options: HttpOptions;
  readonly #dialect: Dialect;
  readonly #oddRows: OddRow[] = [];

  constructor(options: HttpOptions, dialect: Dialect) {
    this.#options = options;
    this.#dialect = dialect;
    this.#ky = ky.create({
      prefix: `${options.baseUrl}${dialect.root}`,
      // The edges of both providers refuse calls without a User-Agent, with the same 403 as for a wrong key.
      headers: { 'user-agent': 'Replyloop/0.1', accept: 'application/json', ...dialect.headers },
      // Keeps the body of a refusal as text; the dialect parses it.
      parseJson: (text) => text,
    });
  }

  async send(request: HttpRequest<unknown>): Promise<HttpAnswer> {
    const { method, repeatable } = request;
    const path = `${this.#dialect.root}/${request.path}`;
    const attempts = new Attempts({
      ...this.#options,
      fetch: boundedFetch(this.#dialect.provider, this.#dialect.title, this.#options.fetch),
      method,
      path,
      bucket: this.#dialect.bucketOf?.(request) ?? 'calls',
      cooldownSeconds: this.#dialect.cooldownSeconds,
    });
    const call = `${method} ${path}`;
    try {
      const response = await this.#ky(request.path, {
        method,
        // Before the first attempt and every retry; waiting for the budget does not count towards the timeout.
        hooks: { beforeRequest: [() => attempts.takeTurn()], beforeRetry: [() => attempts.takeTurn()] },
        fetch: (input, init) => attempts.send(input, init),
        searchParams: searchParameters(request.query),
        ...(request.body === undefined ? {} : { json: request.body }),
        timeout: request.timeout ?? 30_000,
        retry: {
          limit: retries,
          methods: ['get', 'post', 'patch', 'delete'],
          statusCodes: repeatable ? [429, 500, 502, 503, 504] : [429],
          afterStatusCodes: [429, 503],
          retryOnTimeout: repeatable,
          delay: (attempt) => (this.#options.retryDelay ?? 500) * 2 ** (attempt - 1),
          backoffLimit: 10_000,
          jitter: (delay) => delay * (0.5 + Math.random() / 2),
          shouldRetry: ({ error }) => {
            if (attempts.refusal !== undefined) return false;
            // A network failure leaves open whether the call was carried out. Decided here, because ky by default retries
            // only network errors whose text it knows, and a truncated body is not one of them.
            if (!isHTTPError(error)) return repeatable;
            // A long Retry-After postpones the job; ky would shorten it and call too early.
            const wait = retryAfter(error.response.headers.get('retry-after'));
            return wait !== undefined && wait * 1000 > maxWait ? false : undefined;
          },
        },
      });
      return { call, status: response.status, text: await response.text() };
    } catch (error) {
      if (attempts.refusal !== undefined) throw attempts.refusal;
      throw this.#toProviderError(error, call);
    }
  }

  /** The rows skipped in lists since the last call. */
  takeOddRows(): OddRow[] {
    return this.#oddRows.splice(0);
  }

  /** The parsed body, bare or wrapped as `{ ok, data }`; throws ProviderError `unexpected_answer` for another shape. */
  check<T>(answer: HttpAnswer, body: unknown, shape: z.ZodType<T>): T {
    if (typeof body === 'string' && saysPlanEnded(body)) {
      throw this.error(
        'payment_required',
        `answered ${answer.call} with ${answer.status} "${body.slice(0, 200)}"`,
        answer.status,
      );
    }
    const bare = collectOddRows(() => shape.safeParse(body));
    const wrapped = bare.read.success || !isWrapped(body)
      ? bare
      : collectOddRows(() => shape.safeParse(body.data));
    const { read: parsed, odd } = wrapped.read.success ? wrapped : bare;
    if (parsed.success) {
      this.#oddRows.push(...odd.slice(0, maxOddRows - this.#oddRows.length));
      return parsed.data;
    }
    const problems = parsed.error.issues.slice(0, 5).map((issue) =>
      `${issue.path.join('.')}: ${issue.message}`
    );
    throw this.error(
      'unexpected_answer',
      `answered ${answer.call} in an unknown shape (${problems.join('; ')})`,
      answer.status,
    );
  }

  error(kind: ProviderErrorKind, what: string, status: number): ProviderError {
    const { provider, title } = this.#dialect;
    return new ProviderError(kind, `${title} ${what}`, { provider, status });
  }

  #toProviderError(error: unknown, call: string): ProviderError {
    const { provider, title } = this.#dialect;
    if (isHTTPError(error)) {
      const { status, headers } = error.response;
      const providerMessage = this.#dialect.readRefusal(typeof error.data === 'string' ? error.data : '')
        ?.slice(0, 200);
      // The API's own refusal has a message; a 403 without one comes from the edge, which checks the User-Agent, not the
      // key.
      const kind = status === 403 && providerMessage === undefined
        ? 'blocked'
        : status < 429 && isPlanLimit(providerMessage)
        ? 'plan_limit'
        : status < 404 && providerMessage !== undefined && saysPlanEnded(providerMessage)
        ? 'payment_required'
        : this.#dialect.kindOfRefusal?.(status, providerMessage) ?? kindOfStatus(status);
      return new ProviderError(
        kind,
        `${title} answered ${call} with ${status}${providerMessage ? ` "${providerMessage}"` : ''}`,
        {
          provider,
          status,
          retryAfterSeconds: retryAfter(headers.get('retry-after')),
          providerMessage,
        },
      );
    }
    if (isTimeoutError(error)) {
      return new ProviderError('timeout', `${title} did not answer ${call} in time`, { provider });
    }
    // The cause may name the URL but never the key, which is in a header or was removed.
    return new ProviderError('unreachable', `${title} could not be reached for ${call}`, {
      provider,
      cause: error,
    });
  }
}

function isWrapped(body: unknown): body is { data: unknown } {
  return body !== null && typeof body === 'object' && 'data' in body && ('ok' in body || 'success' in body);
}

/** True for a refusal, or a bare text instead of an answer, that says that the plan has ended. */
export function saysPlanEnded(text: string): boolean {
  return /\b(plan|subscription|trial)\b.{0,40}\b(expired|ended|inactive|cancell?ed|over)\b|\b(expired|inactive|cancell?ed)\b.{0,20}\b(plan|subscription|trial)\b/i
    .test(text);
}
