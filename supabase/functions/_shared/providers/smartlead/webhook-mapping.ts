import { normalizeEmailAddress } from '../../email-address.ts';
import {
  type EmailEventType,
  type EventLead,
  type JsonObject,
  type MessageFields,
  needsCampaign,
  needsLead,
  type WebhookEvent,
  type WebhookReading,
} from '../../webhooks/webhook-event.ts';
import { ownValue } from '../../own-value.ts';
import { asText, readCustomerProfile } from '../custom-fields.ts';
import { readAftermath } from './aftermath.ts';
import { isAutomatic, readCategory } from './interest.ts';

type Kind = EmailEventType | 'category' | 'campaign_status';

/** Names that Smartlead sends, names that its pages print, and the eleven names of the older schema; in lower case. */
const kinds: Record<string, Kind> = {
  email_sent: 'email_sent',
  first_email_sent: 'email_sent',
  email_delivered: 'email_delivered',
  email_open: 'email_opened',
  email_opened: 'email_opened',
  email_follow_up_opened: 'email_opened',
  email_link_click: 'email_clicked',
  email_link_clicked: 'email_clicked',
  email_clicked: 'email_clicked',
  email_follow_up_clicked: 'email_clicked',
  email_reply: 'reply_received',
  email_replied: 'reply_received',
  replied: 'reply_received',
  lead_replied: 'reply_received',
  email_follow_up_replied: 'reply_received',
  email_bounce: 'email_bounced',
  email_bounced: 'email_bounced',
  lead_unsubscribed: 'lead_unsubscribed',
  email_unsubscribed: 'lead_unsubscribed',
  email_spam_report: 'email_spam_reported',
  email_spam_reported: 'email_spam_reported',
  lead_category_updated: 'category',
  campaign_status_changed: 'campaign_status',
  email_account_disconnected: 'account_error',
  linkedin_disconnected: 'account_error',
  untracked_replies: 'unknown',
  manual_step_reached: 'unknown',
};

const campaignStatuses: Record<string, EmailEventType> = {
  active: 'campaign_started',
  start: 'campaign_started',
  started: 'campaign_started',
  paused: 'campaign_paused',
  stopped: 'campaign_paused',
  completed: 'campaign_completed',
};

/** The field that holds the moment of the event itself; `event_timestamp` stands in every body. */
const ownTime: Partial<Record<EmailEventType, string>> = {
  email_sent: 'time_sent',
  email_opened: 'time_opened',
  email_clicked: 'time_clicked',
  reply_received: 'time_replied',
};

/** What events, leads and messages are read from; in a large delivery the rest (the history of the thread) is cut first. */
export const neededSmartleadFields: ReadonlySet<string> = new Set([
  'lead',
  'lead_category',
  'lead_data',
  'leadCorrespondence',
  'lead_correspondence',
  'reply',
  'reply_message',
  'reply_body',
  'sent_message',
  'sent_message_body',
  'custom_email_message',
  'last_reply',
  'lastReply',
  'data',
]);

/** Reads one delivery of Smartlead. Only a delivery without type, or without what its type needs, is no event. */
export function readSmartleadWebhook(payload: unknown): WebhookReading {
  if (payload === null || typeof payload !== 'object' || Array.isArray(payload)) {
    return { reason: 'The delivery is not a JSON object' };
  }
  const body = payload as JsonObject;
  const name = asText(body['event_type']);
  if (name === null) return { reason: 'The field event_type is missing' };
  const kind = ownValue(kinds, name.toLowerCase()) ?? 'unknown';
  const meaning = kind === 'category' ? readCategoryChange(body) : undefined;
  const type = typeOf(kind, meaning?.type, body);

  const email = leadAddress(type, body);
  const campaignId = asText(body['campaign_id']) ?? asText(body['email_campaign_id']);
  if (needsLead(type) && email === undefined) {
    return {
      reason:
        'None of the fields that name the lead (sl_lead_email, lead_email, leadCorrespondence) is there',
    };
  }
  if (needsCampaign(type, meaning?.label) && campaignId === null) {
    return { reason: 'The field campaign_id is missing' };
  }

  const event: WebhookEvent = { type, provider_campaign_ids: campaignId === null ? [] : [campaignId] };
  if (type === 'unknown') event.label = name;
  else if (meaning?.label !== undefined) event.label = meaning.label;
  const occurredAt = moment(body[ownTime[type] ?? '']) ?? moment(body['event_timestamp']);
  if (occurredAt !== undefined) event.occurred_at = occurredAt;
  const campaignName = asText(body['campaign_name']);
  if (campaignName !== null) event.campaign_name = campaignName;
  const organization = asText(body['client_id']);
  if (organization !== null) event.provider_org_id = organization;
  const account = ourMailbox(type, body, email);
  if (account !== undefined) event.email_account = account;
  const step = wholeNumber(body['sequence_number']) ??
    (name.toLowerCase().includes('_follow_up_') ? 2 : undefined);
  if (step !== undefined && campaignId !== null) event.step = step;
  if (email !== undefined) {
    event.email = email;
    event.lead = readLeadData(body);
  }
  const message = readMessage(type, body);
  if (message !== undefined) event.message = message;
  identify(event, body);
  readAftermath(event, body);
  return { event };
}

function typeOf(kind: Kind, categoryType: EmailEventType | undefined, body: JsonObject): EmailEventType {
  if (kind === 'category') return categoryType ?? 'lead_neutral';
  if (kind === 'campaign_status') {
    const status = asText(body['campaign_status']) ?? asText(body['status']) ?? asText(body['new_status']);
    return ownValue(campaignStatuses, status?.toLowerCase() ?? '') ?? 'unknown';
  }
  return kind === 'reply_received' && isAutomatic(asText(body['reply_category']))
    ? 'auto_reply_received'
    : kind;
}

/** A category that was taken away leaves the lead neutral. */
function readCategoryChange(body: JsonObject): { type: EmailEventType; label?: string } {
  const change = asObject(body['lead_category']);
  const described = asObject(asObject(body['lead_data'])?.['category']);
  const name = asText(change?.['new_name']) ?? asText(body['category']) ?? asText(described?.['name']);
  if (name === null) return { type: 'lead_neutral' };
  const meaning = readCategory(name, asText(described?.['sentiment_type']));
  return meaning.isStandard ? { type: meaning.type } : { type: meaning.type, label: meaning.label };
}

/**
 * The lead's address. In a reply `from_email` and `to_email` follow the mail that we sent in most captures and the reply
 * in some, so neither says who the lead is there.
 */
function leadAddress(type: EmailEventType, body: JsonObject): string | undefined {
  const correspondence = asObject(body['leadCorrespondence']) ?? asObject(body['lead_correspondence']);
  const isReply = type === 'reply_received' || type === 'auto_reply_received';
  const address = asText(body['sl_lead_email']) ?? asText(body['lead_email']) ??
    asText(correspondence?.['targetLeadEmail']) ?? asText(asObject(body['lead_data'])?.['email']) ??
    (isReply || !needsLead(type) ? null : asText(body['to_email']));
  return address === null ? undefined : normalizeEmailAddress(address) ?? undefined;
}

/** The identity of an address; what is none is kept as it was said. */
function mailbox(address: string | null): string | undefined {
  return address === null ? undefined : normalizeEmailAddress(address) ?? address.toLowerCase();
}

/** Our mailbox is the side that is not the lead. */
function ourMailbox(type: EmailEventType, body: JsonObject, lead: string | undefined): string | undefined {
  if (type.startsWith('account_')) {
    return mailbox(asText(body['from_email']) ?? asText(body['email']) ?? asText(body['email_account']));
  }
  const sides = [asText(body['from_email']), asText(body['to_email'])].map(mailbox);
  const isReply = type === 'reply_received' || type === 'auto_reply_received';
  if (!isReply) return sides[0] === lead ? undefined : sides[0];
  return sides.find((side) => side !== undefined && side !== lead);
}

/**
 * What makes the fact unique. There is no id of an event in the body and the message id of the sent mail is shared by all
 * that happens to it; `stats_id` names the sent mail, in the statistics as well, so that a fact read there is the same fact.
 * FIRST_EMAIL_SENT and EMAIL_SENT of one mail are one sent mail.
 */
function identify(event: WebhookEvent, body: JsonObject): void {
  const mail = asText(body['stats_id']);
  if (event.type === 'reply_received' || event.type === 'auto_reply_received') {
    const reply = asText(asObject(body['reply_message'])?.['message_id']);
    if (reply === null) return;
    event.email_id = reply;
    // Not by type: whether the category was known at the time does not make it another reply.
    event.identity = `reply ${reply}`;
    return;
  }
  if (mail === null) return;
  event.email_id = mail;
  if (event.type === 'email_sent' || event.type === 'email_delivered' || event.type === 'email_bounced') {
    event.identity = `${event.type} ${mail}`;
  } else if (
    (event.type === 'email_opened' || event.type === 'email_clicked') && event.occurred_at !== undefined
  ) {
    event.identity = `${event.type} ${mail} ${event.occurred_at}`;
  }
}

/** Where the mail's parts stand, of those that are there. The inbox link is left out: it names the provider's lead. */
const messageFields: Partial<Record<EmailEventType, MessageFields>> = {
  email_sent: { subject: 'subject', text: 'sent_message.text', html: 'sent_message.html' },
  reply_received: {
    subject: 'subject',
    text: 'reply_message.text',
    html: 'reply_message.html',
    snippet: 'preview_text',
  },
};

function readMessage(type: EmailEventType, body: JsonObject): MessageFields | undefined {
  const fields = messageFields[type === 'auto_reply_received' ? 'reply_received' : type];
  const present = Object.entries(fields ?? {}).filter(([, path]) => {
    const [first = '', second] = String(path).split('.');
    return asText(second === undefined ? body[first] : asObject(body[first])?.[second]) !== null;
  });
  // A subject alone says nothing.
  return present.some(([part]) => part !== 'subject') ? Object.fromEntries(present) : undefined;
}

function readLeadData(body: JsonObject): EventLead {
  const data = asObject(body['lead_data']) ?? {};
  const name = asText(body['to_name']) ?? asText(body['lead_name']) ?? '';
  const [first, ...rest] = name.split(/\s+/);
  return {
    first_name: asText(data['first_name']) ?? asText(first),
    last_name: asText(data['last_name']) ?? asText(rest.join(' ')),
    company_name: asText(data['company_name']),
    ...readCustomerProfile(asObject(data['custom_fields']) ?? {}),
    website: asText(data['website']),
    phone: asText(data['phone_number']),
  };
}

function asObject(value: unknown): JsonObject | undefined {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    ? value as JsonObject
    : undefined;
}

function wholeNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d{1,4}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) && number >= 0 && number <= 32_767
    ? number
    : undefined;
}

function moment(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}[T ]/.test(value)) return undefined;
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
