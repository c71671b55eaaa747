import type { Behaviour } from './options.ts';
import type { JsonObject } from './types.ts';

const codes: Readonly<Record<number, string>> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  422: 'VALIDATION_ERROR',
  500: 'INTERNAL_ERROR',
};

/** An answer that is no success. Its body depends on which of Smartlead's documents one believes. */
export class ApiError extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
    this.name = 'ApiError';
  }

  body(scheme: Behaviour['errorScheme']): JsonObject {
    if (scheme === 'nested') return { error: { code: codes[this.status] ?? 'ERROR', message: this.message } };
    // Server errors were only ever seen in the flat form.
    return scheme === 'flat' || this.status === 500 ? { error: this.message } : { message: this.message };
  }
}

/** A body that failed a check; whether that is 400 or 422 is not settled. */
export class ValidationError extends Error {}

/** An answer that is not JSON: Express' own 404, Cloudflare's refusal, the bare word `success`. */
export class TextAnswer {
  constructor(
    readonly status: number,
    readonly text: string,
    readonly contentType = 'text/html; charset=utf-8',
  ) {}
}

/** Reading something that is not there; the route answers as `behaviour.missing` says. */
export class Missing extends Error {
  constructor(readonly what: 'Campaign' | 'Lead' | 'Email account' | 'Webhook') {
    super(`${what} not found`);
  }
}
