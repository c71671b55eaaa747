/** What a delivery of Smartlead tells beyond the fact itself: why a mail came back, and what a reply belongs to. */
import { normalizeEmailAddress } from '../../events/email-address.ts';
import type { JsonObject, WebhookEvent } from '../../events/webhook-event.ts';
import { asText } from '../custom-fields.ts';
import { readSmartleadBounce } from './bounce.ts';

/** Adds to an event that is read already; what another reader has set stays. */
export function readAftermath(event: WebhookEvent, body: JsonObject): void {
  if (event.type === 'email_bounced') {
    const bounceClass = readSmartleadBounce(body);
    if (bounceClass !== undefined) event.bounce_class = bounceClass;
  }
  if (event.type !== 'reply_received' && event.type !== 'auto_reply_received') return;

  const category = body['reply_category'];
  if (event.category_id === undefined && typeof category === 'number' && Number.isInteger(category)) {
    event.category_id = category;
  }
  // A telling that names another category has a key of its own: the projector knows the mail by its id and corrects it.
  if (event.identity !== undefined) {
    if (event.type === 'auto_reply_received') event.identity += ' automatic';
    else if (event.category_id !== undefined) event.identity += ` of category ${event.category_id}`;
  }

  const answers = [body['stats_id'], body['message_id'], fieldOf(body['sent_message'], 'message_id')]
    .map(asText).filter((id) => id !== null);
  if (answers.length > 0) event.answers = [...new Set(answers)];
  const thread = asText(body['stats_thread_id']);
  if (thread !== null) event.thread_id = thread;

  const correspondence = body['leadCorrespondence'] ?? body['lead_correspondence'];
  const writer = normalizeEmailAddress(asText(fieldOf(correspondence, 'replyReceivedFrom')) ?? '');
  if (
    event.written_by === undefined && writer !== null && writer !== event.email &&
    writer !== event.email_account
  ) {
    event.written_by = writer;
  }
}

function fieldOf(value: unknown, name: string): unknown {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    ? (value as JsonObject)[name]
    : undefined;
}
