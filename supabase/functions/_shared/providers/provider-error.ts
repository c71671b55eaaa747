import type { ProviderName } from './provider.ts';

export type ProviderErrorKind =
  | 'unauthorized'
  | 'payment_required'
  | 'forbidden'
  /** Refused by the provider's edge before it looked at the key. */
  | 'blocked'
  | 'not_found'
  | 'bad_request'
  | 'rate_limited'
  | 'unavailable'
  | 'unreachable'
  | 'timeout'
  | 'unexpected_answer';

/** A call that the provider did not answer as wished. The message names method, path and status, never a key or a body. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  readonly kind: ProviderErrorKind;
  readonly provider: ProviderName;
  readonly status: number | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    kind: ProviderErrorKind,
    message: string,
    options: {
      provider: ProviderName;
      status?: number | undefined;
      retryAfterSeconds?: number | undefined;
      cause?: unknown;
    },
  ) {
    super(message, { cause: options.cause });
    this.kind = kind;
    this.provider = options.provider;
    this.status = options.status;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }

  /** True when the same call may work a little later. */
  get isTemporary(): boolean {
    return this.kind === 'rate_limited' || this.kind === 'unavailable' || this.kind === 'unreachable' ||
      this.kind === 'timeout';
  }

  /** True when every call of this connection would fail the same way. */
  get concernsConnection(): boolean {
    return this.kind === 'unauthorized' || this.kind === 'payment_required' ||
      this.kind === 'forbidden' || this.kind === 'blocked';
  }
}
