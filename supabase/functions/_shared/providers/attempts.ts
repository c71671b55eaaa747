/** Shared by the HTTP clients of all providers: taking from the rate budget, the call log, and what a status means. */
import { AppError } from '../platform/errors.ts';
import type { CallLog } from './call-log.ts';
import { ProviderError, type ProviderErrorKind } from './provider.ts';
import type { Bucket, RateBudget, RateToken } from './rate-budget.ts';

const kindOf: Record<number, ProviderErrorKind> = {
  400: 'bad_request',
  401: 'unauthorized',
  402: 'payment_required',
  403: 'forbidden',
  404: 'not_found',
  429: 'rate_limited',
};

export interface AttemptOptions {
  fetch: typeof fetch;
  budget?: RateBudget;
  callLog?: CallLog;
  method: string;
  /** As written to the call log: from the root, without the query. */
  path: string;
  bucket: Bucket;
  /** Seconds to wait after a 429 without Retry-After. */
  cooldownSeconds: number;
}

/** The attempts of one call: each waits for the rate budget, is sent, and is written to the call log. */
export class Attempts {
  /** Why an attempt was not sent (no budget, or no database to ask for it) or its answer not accepted; never retried. */
  refusal: unknown;
  readonly #options: AttemptOptions;
  #token: RateToken | undefined;
  #count = 0;

  constructor(options: AttemptOptions) {
    this.#options = options;
  }

  async takeTurn(): Promise<undefined> {
    try {
      this.#token = await this.#options.budget?.take(this.#options.bucket);
    } catch (error) {
      this.refusal = error;
      throw error;
    }
  }

  async send(input: Parameters<typeof fetch>[0], init: Parameters<typeof fetch>[1]): Promise<Response> {
    const { budget, callLog, method, path, cooldownSeconds } = this.#options;
    const token = this.#token;
    const entry = callLog?.begin(method, path, ++this.#count);
    let response: Response;
    try {
      response = await this.#options.fetch(input, init);
    } catch (error) {
      // The address is not allowed: nothing was sent, and nothing else is to be expected from the next attempt.
      if (error instanceof AppError) {
        this.refusal = error;
        entry?.end(null, 'blocked');
        throw error;
      }
      if (error instanceof ProviderError) {
        this.refusal = error;
        entry?.end(error.status ?? null, error.kind);
        throw error;
      }
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
      // The answer counts even if the block cannot be saved; then only this call waits.
      await budget?.block(asked ?? cooldownSeconds).catch(() => undefined);
    }
    return response;
  }
}

export function kindOfStatus(status: number): ProviderErrorKind {
  return kindOf[status] ?? (status >= 500 ? 'unavailable' : 'unexpected_answer');
}

export type Query = Record<string, string | string[] | number | boolean | undefined>;

export function searchParameters(query: Query | undefined): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value === undefined) continue;
    for (const single of Array.isArray(value) ? value : [value]) parameters.append(name, String(single));
  }
  return parameters;
}

/** Seconds from a Retry-After header (a number or a date). */
export function retryAfter(header: string | null): number | undefined {
  if (!header) return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - Date.now()) / 1000));
}
