import type { JsonObject } from '../../events/webhook-event.ts';
import { asText } from '../custom-fields.ts';
import { type BounceClass, classifyBounce, readBounceWord } from '../bounce-text.ts';

const textFields = [
  'bounce_reply_email_preview',
  'bounce_reply_email',
  'bounce_reason',
  'bounce_message',
  'bounce_error',
] as const;

/** The class of a bounce as Smartlead tells it; undefined when it tells no reason. */
export function readSmartleadBounce(body: JsonObject): BounceClass | undefined {
  if (body['is_sender_originated_bounce'] === true || body['is_sender_bounced'] === true) return 'sender';
  const categories = [body['reply_category'], body['lead_category'], body['category']]
    .flatMap((value) => [value, fieldOf(value, 'name'), fieldOf(value, 'new_name')]);
  if (categories.some((value) => isSenderBounce(asText(value)))) return 'sender';
  const named = readBounceWord(asText(body['bounce_type']));
  if (named !== undefined) return named;
  const texts = textFields.flatMap((name) => {
    const value = body[name];
    return [asText(value), asText(fieldOf(value, 'text')), asText(fieldOf(value, 'html'))];
  }).filter((text) => text !== null);
  return texts.length === 0 ? undefined : classifyBounce(texts.join('\n').slice(0, 20_000));
}

function isSenderBounce(name: string | null): boolean {
  return name !== null && /^sender[\s_-](?:originated|side)?[\s_-]?bounce$/i.test(name.trim());
}

function fieldOf(value: unknown, name: string): unknown {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    ? (value as JsonObject)[name]
    : undefined;
}
