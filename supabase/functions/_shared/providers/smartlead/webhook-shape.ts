/**
 * Where each shape of Smartlead's deliveries keeps the same value: the flat one of live captures, the official examples,
 * the nested `{ event, lead, reply }` and `{ type, data }`. Nested places are written with dots.
 */
import { type EmailEventType, type JsonObject, type MessageFields } from '../../events/webhook-event.ts';
import { readPath } from '../../events/business-key.ts';
import { readAddress } from '../../events/email-address.ts';
import { asText } from '../custom-fields.ts';

export function asObject(value: unknown): JsonObject | undefined {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    ? value as JsonObject
    : undefined;
}

/** The first of these places that holds a text or a number. */
export function textAt(body: JsonObject, ...places: string[]): string | null {
  for (const place of places) {
    const text = asText(readPath(body, place));
    if (text !== null) return text;
  }
  return null;
}

/** The first of these places that holds an address. */
export function addressAt(body: JsonObject, ...places: string[]): string | undefined {
  for (const place of places) {
    const address = readAddress(readPath(body, place));
    if (address !== undefined) return address;
  }
  return undefined;
}

/** `{ type, data: { … } }` flattened; every other body unchanged. */
export function unwrapped(body: JsonObject): JsonObject {
  const data = asObject(body['data']);
  return data === undefined ? body : { ...data, ...body };
}

export const places = {
  name: ['event_type', 'event', 'type'],
  campaign: ['campaign_id', 'email_campaign_id', 'campaign.id'],
  lead: [
    'sl_lead_email',
    'lead_email',
    'leadCorrespondence.targetLeadEmail',
    'lead_correspondence.targetLeadEmail',
    'lead.email',
    'lead_data.email',
  ],
  writer: [
    'leadCorrespondence.replyReceivedFrom',
    'lead_correspondence.replyReceivedFrom',
    'reply.from_email',
    'reply.from',
  ],
  replyId: ['reply_message.message_id', 'reply.message_id'],
  time: ['event_timestamp', 'timestamp', 'created_at'],
} as const;

/** The time of the event itself; those of `places.time` are in every body and may be the time of delivery. */
const ownTimes = new Map<EmailEventType, string[]>([
  ['email_sent', ['time_sent', 'sent_message.time']],
  ['email_opened', ['time_opened']],
  ['email_clicked', ['time_clicked']],
  ['reply_received', [
    'time_replied',
    'reply_message.time',
    'reply.time',
    'reply.timestamp',
    'reply.replied_at',
  ]],
]);

/** Where the time of an event may be, the best place first. */
export function timePlaces(type: EmailEventType): string[] {
  return [...ownTimes.get(isReply(type) ? 'reply_received' : type) ?? [], ...places.time];
}

export function isReply(type: EmailEventType): boolean {
  return type === 'reply_received' || type === 'auto_reply_received' || type === 'untracked_reply';
}

/** Without the inbox link, which contains the provider's lead id. */
const sentMail: Partial<Record<keyof MessageFields, string[]>> = {
  subject: ['subject', 'custom_subject'],
  text: ['sent_message.text'],
  html: ['sent_message.html', 'sent_message_body', 'custom_email_message'],
};
const reply: Partial<Record<keyof MessageFields, string[]>> = {
  subject: ['subject', 'reply.subject', 'custom_subject'],
  text: ['reply_message.text', 'reply.text', 'visible_text'],
  html: ['reply_message.html', 'reply_body', 'reply.html', 'reply.body'],
  snippet: ['preview_text', 'reply.preview_text'],
};

/** Where the present parts of the mail are in the delivery as it came; undefined when it has no content. */
export function readMessage(type: EmailEventType, payload: JsonObject): MessageFields | undefined {
  const parts = isReply(type) ? reply : type === 'email_sent' ? sentMail : undefined;
  if (parts === undefined) return undefined;
  const present: [string, string][] = [];
  for (const [part, candidates] of Object.entries(parts)) {
    const place = candidates.flatMap((candidate) => [candidate, `data.${candidate}`])
      .find((candidate) => textAt(payload, candidate) !== null);
    if (place !== undefined) present.push([part, place]);
  }
  // A subject alone is not content.
  return present.some(([part]) => part !== 'subject') ? Object.fromEntries(present) : undefined;
}

/** Objects and long texts that are read; in a large delivery the rest (the thread's history) is cut first. */
export const neededSmartleadFields: ReadonlySet<string> = new Set([
  'account',
  'bounce_message',
  'bounce_reply_email',
  'bounce_reply_email_preview',
  'campaign',
  'category',
  'custom_email_message',
  'data',
  'email_account',
  'lead',
  'lead_category',
  'lead_correspondence',
  'lead_data',
  'leadCorrespondence',
  'new_category',
  'recipient_detail',
  'reply',
  'reply_body',
  'reply_category',
  'reply_message',
  'sender_detail',
  'sent_message',
  'sent_message_body',
  'visible_text',
]);

/** A number that can be an id or a count, also as text. */
export function wholeNumber(value: unknown): number | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
