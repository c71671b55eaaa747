/** What a Smartlead delivery contains beyond the event itself: the bounce reason, and what a reply belongs to. */
import type { JsonObject, WebhookEvent } from '../../events/webhook-event.ts';
import { asText } from '../custom-fields.ts';
import { type BounceClass, classifyBounce, readBounceWord } from '../bounce-text.ts';

/** Completes an event that has its identity. */
export function addEventDetails(event: WebhookEvent, body: JsonObject): void {
  if (event.type === 'email_bounced') {
    const bounceClass = readSmartleadBounce(body);
    if (bounceClass !== undefined) event.bounce_class = bounceClass;
  }
  if (event.type !== 'reply_received' && event.type !== 'auto_reply_received') return;

  // A delivery with another category gets its own key: the projector finds the mail by its id and corrects it.
  if (event.identity !== undefined) {
    if (event.type === 'auto_reply_received') event.identity += ' automatic';
    else if (event.category_id !== undefined) event.identity += ` of category ${event.category_id}`;
  }

  const answers = [body['stats_id'], body['message_id'], fieldOf(body['sent_message'], 'message_id')]
    .map(asText).filter((id) => id !== null);
  if (answers.length > 0) event.answers = [...new Set(answers)];
  const thread = asText(body['stats_thread_id']);
  if (thread !== null) event.thread_id = thread;
}

const textFields = [
  'bounce_reply_email_preview',
  'bounce_reply_email',
  'bounce_reason',
  'bounce_message',
  'bounce_error',
] as const;

/** The class of a Smartlead bounce; undefined without a reason. */
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
  return name !== null && /^sender[\s_-](?:originated|side)?[\s_-]?bounce$/i.test(name);
}

function fieldOf(value: unknown, name: string): unknown {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    ? (value as JsonObject)[name]
    : undefined;
}
