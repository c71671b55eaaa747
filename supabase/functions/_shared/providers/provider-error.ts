import type { ProviderName } from '../events/webhook-event.ts';

export type ProviderErrorKind =
  | 'unauthorized'
  | 'payment_required'
  | 'forbidden'
  /** Refused by the provider's edge before it checked the key. */
  | 'blocked'
  | 'not_found'
  | 'bad_request'
  /** The workspace's plan accepts no more leads. */
  | 'plan_limit'
  | 'rate_limited'
  | 'unavailable'
  | 'unreachable'
  | 'timeout'
  | 'unexpected_answer';

/** A call to a provider that failed. The message names method, path and status, never a key or a body. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  readonly kind: ProviderErrorKind;
  readonly provider: ProviderName;
  readonly status: number | undefined;
  readonly retryAfterSeconds: number | undefined;
  /** The provider's own short message, safe to show: without ids, URLs or anything that looks like a key. */
  readonly providerMessage: string | undefined;

  constructor(
    kind: ProviderErrorKind,
    message: string,
    options: {
      provider: ProviderName;
      status?: number | undefined;
      retryAfterSeconds?: number | undefined;
      providerMessage?: string | undefined;
      cause?: unknown;
    },
  ) {
    super(message, { cause: options.cause });
    this.kind = kind;
    this.provider = options.provider;
    this.status = options.status;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.providerMessage = options.providerMessage === undefined
      ? undefined
      : readable(options.providerMessage);
  }

  /** True when the same call may succeed a little later. */
  get isTemporary(): boolean {
    return this.kind === 'rate_limited' || this.kind === 'unavailable' || this.kind === 'unreachable' ||
      this.kind === 'timeout';
  }

  /** True when a call that changes something may have been carried out all the same. */
  get mayHaveActed(): boolean {
    return this.kind === 'unavailable' || this.kind === 'unreachable' || this.kind === 'timeout' ||
      this.kind === 'unexpected_answer';
  }

  /** True when every call of this connection would fail the same way. */
  get concernsConnection(): boolean {
    return this.kind === 'unauthorized' || this.kind === 'payment_required' ||
      this.kind === 'forbidden' || this.kind === 'blocked';
  }
}

/** Drops words that look like ids of the provider (hidden from clients) or keys (hidden from everybody). */
function readable(sentence: string): string | undefined {
  const text = sentence
    .replace(/https?:\/\/\S+/gi, '…')
    .replace(/\b(?=[\w+=~-]*\d)[\w+=~-]{16,}/g, '…')
    .replace(/[\w+=~-]{24,}/g, '…')
    .replace(/\b\d{5,}\b/g, '…')
    .replace(/\s+/g, ' ').trim().slice(0, 200);
  return text === '' ? undefined : text;
}

/** True for a message that says that the plan accepts no more leads, whatever its status. */
export function isPlanLimit(providerMessage: string | undefined): boolean {
  return providerMessage !== undefined &&
    /\b(?:lead|contact|upload|plan|prospect)s?\b/i.test(providerMessage) &&
    /\blimit\b|\bquota\b/i.test(providerMessage) &&
    /reach|exceed|exhaust|used up/i.test(providerMessage) && !/rate limit/i.test(providerMessage);
}
