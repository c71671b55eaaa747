import { digestUuid, sha256Hex } from '../platform/digest.ts';
import { isOncePerMail, type JsonObject, type MessageFields, type WebhookEvent } from './webhook-event.ts';

/** JSON with sorted keys: equal content gives equal text. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const fields = value as JsonObject;
    const names = Object.keys(fields).sort();
    return `{${names.map((name) => `${JSON.stringify(name)}:${canonicalJson(fields[name])}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

/**
 * The business key of a delivery: the same fact gives the same key however often it arrives. Campaign and lead are part of
 * every key, because a custom variable, equal for many leads, can replace the mail id or the time. Once-per-mail events use
 * the mail id; others lead, campaign, the provider's time and the mail's text; without a time the whole content. The server's
 * clock is never part of it.
 */
export function businessKey(provider: string, event: WebhookEvent | undefined, payload: unknown): string {
  if (event === undefined) return contentKey(provider, payload);
  const place = [provider, event.provider_campaign_ids[0] ?? null, event.email ?? event.emails ?? null];
  if (event.identity !== undefined) return digestUuid(JSON.stringify([...place, 'identity', event.identity]));
  if (event.email_id && isOncePerMail(event.type)) {
    return digestUuid(JSON.stringify([...place, event.type, event.email_id]));
  }
  if (event.occurred_at) {
    return digestUuid(JSON.stringify([
      ...place,
      event.type,
      event.label ?? null,
      event.email_account ?? null,
      event.step ?? null,
      event.variant ?? null,
      event.occurred_at,
      ...mailTexts(event.message, payload),
    ]));
  }
  return contentKey(provider, payload);
}

function contentKey(provider: string, payload: unknown): string {
  return digestUuid(JSON.stringify([provider, 'content', sha256Hex(canonicalJson(payload))]));
}

/** Digest of a mail's text: distinguishes two replies of one lead when a variable replaces both id and time. */
function mailTexts(fields: MessageFields | undefined, payload: unknown): string[] {
  if (fields === undefined) return [];
  const texts = [fields.subject, fields.text, fields.html, fields.snippet].map((path) =>
    readPath(payload, path)
  );
  return [sha256Hex(JSON.stringify(texts))];
}

/** The value at a place like "reply_message.text". */
export function readPath(payload: unknown, path: string | undefined): unknown {
  if (path === undefined) return null;
  let value: unknown = payload;
  for (const name of path.split('.')) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, name)) return null;
    value = (value as JsonObject)[name];
  }
  return value;
}
