import { z } from 'zod';
import {
  type EmailEventType,
  type JsonObject,
  type MessageFields,
  needsCampaign,
  needsLead,
  type WebhookEvent,
  type WebhookReading,
} from '../../events/webhook-event.ts';
import { isTestAddress, readAddress } from '../../events/email-address.ts';
import { readTime } from '../../events/provider-time.ts';
import { asText, isScalar, readCustomerProfile } from '../custom-fields.ts';
import { baseFields } from './base-fields.ts';
import { type BounceClass, classifyBounce, readBounceWord } from '../bounce-text.ts';

/** Names that Instantly sends, older names, and both spellings of a click. */
const types = new Map<string, EmailEventType>(Object.entries({
  email_sent: 'email_sent',
  email_delivered: 'email_delivered',
  email_opened: 'email_opened',
  link_clicked: 'email_clicked',
  email_link_clicked: 'email_clicked',
  email_clicked: 'email_clicked',
  reply_received: 'reply_received',
  auto_reply_received: 'auto_reply_received',
  email_bounced: 'email_bounced',
  email_spam_report: 'email_spam_reported',
  email_spam_reported: 'email_spam_reported',
  lead_unsubscribed: 'lead_unsubscribed',
  email_unsubscribed: 'lead_unsubscribed',
  lead_interested: 'lead_interested',
  lead_meeting_booked: 'lead_meeting_booked',
  lead_meeting_completed: 'lead_meeting_completed',
  lead_closed: 'lead_closed',
  lead_not_interested: 'lead_not_interested',
  lead_wrong_person: 'lead_wrong_person',
  lead_lost: 'lead_lost',
  lead_neutral: 'lead_neutral',
  lead_out_of_office: 'lead_out_of_office',
  lead_no_show: 'lead_no_show',
  lead_completed: 'lead_completed',
  lead_error: 'lead_error',
  campaign_started: 'campaign_started',
  campaign_paused: 'campaign_paused',
  campaign_completed: 'campaign_completed',
  account_error: 'account_error',
  account_suspended: 'account_suspended',
  supersearch_enrichment_completed: 'enrichment_completed',
}));

/**
 * A delivery is one flat object: custom variables share it with the event's own fields and may override them, so each field
 * is read on its own, and an unexpected value makes that field absent instead of the delivery unreadable.
 */
const uuid = z.uuid();
const wholeNumber = z.union([z.number().int(), z.string().regex(/^\d{1,4}$/).transform(Number)])
  .pipe(z.number().int().min(0).max(32_767));
function read<T>(schema: z.ZodType<T>, value: unknown): T | undefined {
  const parsed = schema.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

/** The id is in `campaign` and in `campaign_id`; a custom variable can override either. */
function campaignIds(payload: JsonObject): string[] {
  const ids = [payload['campaign'], payload['campaign_id']]
    .map((value) => read(uuid, value)?.toLowerCase())
    .filter((value): value is string => value !== undefined);
  return [...new Set(ids)];
}

const sentFields: MessageFields = { subject: 'email_subject', text: 'email_text', html: 'email_html' };
const replyFields: MessageFields = {
  subject: 'reply_subject',
  text: 'reply_text',
  html: 'reply_html',
  snippet: 'reply_text_snippet',
  inbox_url: 'unibox_url',
};
const messageFields = new Map<EmailEventType, MessageFields>([
  ['email_sent', sentFields],
  ['reply_received', replyFields],
  ['auto_reply_received', replyFields],
]);

function isReply(type: EmailEventType): boolean {
  return type === 'reply_received' || type === 'auto_reply_received';
}

/** Which fields of a mail this delivery has; undefined for events about other things. */
function readMessage(type: EmailEventType, body: JsonObject): MessageFields | undefined {
  const fields = messageFields.get(type);
  if (fields === undefined) return undefined;
  const present = Object.entries(fields).filter(([, name]) => {
    const value = body[name];
    return typeof value === 'string' && value.trim() !== '';
  });
  return present.length === 0 ? undefined : Object.fromEntries(present);
}

/**
 * What happened. A custom variable named `event_type` overrides it; only replies carry a link into the inbox, so an unknown
 * type with one is a reply. A custom label arrives with its own text as type, and always with a lead.
 */
function readType(typeText: string, hasLead: boolean, body: JsonObject): EmailEventType {
  const known = types.get(typeText.toLowerCase());
  if (known !== undefined) return known;
  if (!hasLead) return 'unknown';
  return isWebAddress(body['unibox_url']) && readMessage('reply_received', body)?.text !== undefined
    ? 'reply_received'
    : 'lead_labelled';
}

function isWebAddress(value: unknown): boolean {
  return typeof value === 'string' && /^https?:\/\//i.test(value);
}

/** The provider's test delivery names no campaign, and neither do events about a mailbox or a person. */
function isTest(
  type: EmailEventType,
  typeText: string,
  body: JsonObject,
  email: string | undefined,
  hasCampaign: boolean,
): boolean {
  if (isTestAddress(email)) return true;
  if (hasCampaign || !Object.hasOwn(body, 'campaign_id') || asText(body['campaign_id']) !== null) {
    return false;
  }
  return needsCampaign(type, typeText) || type.startsWith('campaign_');
}

/** Instantly documents no bounce reason; if one of these fields is present, it is read. */
function readBounce(body: JsonObject): BounceClass | undefined {
  const named = readBounceWord(asText(body['bounce_type']));
  if (named !== undefined) return named;
  const reason = asText(body['bounce_reason']) ?? asText(body['bounce_message']);
  return reason === null ? undefined : classifyBounce(reason.slice(0, 20_000));
}

/**
 * Reads one delivery of Instantly. It is an event unless its type, or what the type needs, is missing. A value counts only
 * in the format of its field, because a custom variable of the same name may have replaced it.
 */
export function readInstantlyWebhook(payload: unknown): WebhookReading {
  if (payload === null || typeof payload !== 'object' || Array.isArray(payload)) {
    return { reason: 'The delivery is not a JSON object' };
  }
  const body = payload as JsonObject;
  const typeText = asText(body['event_type']);
  if (typeText === null) return { reason: 'The field event_type is missing' };

  const emails = [
    ...new Set(
      [readAddress(body['lead_email']), readAddress(body['email'])].filter((one) => one !== undefined),
    ),
  ];
  const [email] = emails;
  const type = readType(typeText, email !== undefined, body);
  const provider_campaign_ids = campaignIds(body);

  if (isTest(type, typeText, body, email, provider_campaign_ids.length > 0)) return { isTest: true };
  if (needsLead(type) && email === undefined) {
    const isThere = asText(body['lead_email']) !== null || asText(body['email']) !== null;
    return {
      reason: isThere ? 'The field lead_email holds no usable address' : 'The field lead_email is missing',
    };
  }
  if (needsCampaign(type, typeText) && provider_campaign_ids.length === 0) {
    return { reason: 'The fields campaign and campaign_id hold no campaign id' };
  }

  const event: WebhookEvent = { type, provider_campaign_ids };
  if (type === 'unknown' || type === 'lead_labelled') event.label = typeText;
  const occurredAt = readTime(body['timestamp']);
  if (occurredAt !== undefined) event.occurred_at = occurredAt;
  const campaignName = asText(body['campaign_name']);
  if (campaignName !== null) event.campaign_name = campaignName;
  const account = readAddress(body['email_account']);
  if (account !== undefined) event.email_account = account;
  const step = read(wholeNumber, body['step']);
  if (step !== undefined) event.step = step;
  const variant = read(wholeNumber, body['variant']);
  if (variant !== undefined) event.variant = variant;
  const emailId = read(uuid, body['email_id']);
  if (emailId !== undefined) event.email_id = emailId.toLowerCase();
  const writer = readAddress(body['from_address_email']);
  if (writer !== undefined && isReply(type) && !emails.includes(writer)) event.written_by = writer;
  // Only a mail from the inbox has both fields; in a delivery either would be a variable of the lead.
  const thread = Object.hasOwn(body, 'from_address_email') ? asText(body['thread_id']) : null;
  if (thread !== null) event.thread_id = thread;
  const bounceClass = type === 'email_bounced' ? readBounce(body) : undefined;
  if (bounceClass !== undefined) event.bounce_class = bounceClass;
  const message = readMessage(type, body);
  if (message !== undefined) event.message = message;

  if (email !== undefined) {
    event.email = email;
    if (emails.length > 1) event.emails = emails;
    const variables = Object.keys(body).filter((name) => !baseFields.has(name) && isScalar(body[name]));
    const profile = readCustomerProfile(body);
    event.lead = {
      first_name: asText(body['firstName']),
      last_name: asText(body['lastName']),
      company_name: asText(body['companyName']),
      job_title: asText(body['jobTitle']) ?? profile.job_title,
      industry: profile.industry,
      company_size: profile.company_size,
      website: asText(body['website']),
      phone: asText(body['phone']),
    };
    if (variables.length > 0) event.variables = variables;
  }
  return { event };
}
