import { digestUuid, sha256Hex } from '../digest.ts';
import { isOncePerMail, type WebhookEvent } from './webhook-event.ts';

/** JSON with sorted keys: the same content gives the same text however the sender ordered it. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).sort((
      [left],
      [right],
    ) => (left < right ? -1 : left > right ? 1 : 0));
    return `{${entries.map(([name, item]) => `${JSON.stringify(name)}:${canonicalJson(item)}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

/**
 * The business key of a delivery: the same fact gives the same key however often it arrives. By mail id for what can
 * happen once per mail; else by who, where and the provider's time; without a time by the whole content. The server's
 * clock is never part of it.
 */
export function businessKey(provider: string, event: WebhookEvent | undefined, payload: unknown): string {
  if (event?.identity !== undefined) {
    return digestUuid(JSON.stringify([provider, 'identity', event.provider_campaign_ids, event.identity]));
  }
  if (event?.email_id && isOncePerMail(event.type)) {
    return digestUuid(JSON.stringify([provider, event.type, event.email_id]));
  }
  if (event?.occurred_at) {
    return digestUuid(JSON.stringify([
      provider,
      event.type,
      event.label ?? null,
      event.provider_campaign_ids,
      event.email ?? null,
      event.email_account ?? null,
      event.step ?? null,
      event.variant ?? null,
      event.occurred_at,
    ]));
  }
  return digestUuid(JSON.stringify([provider, 'content', sha256Hex(canonicalJson(payload))]));
}
