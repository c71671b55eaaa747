import { normalizeEmailAddress } from '../../email-address.ts';
import { z } from 'zod';
import {
  type EmailEventType,
  type JsonObject,
  type MessageFields,
  needsCampaign,
  needsLead,
  type WebhookEvent,
  type WebhookReading,
} from '../../webhooks/webhook-event.ts';
import { ownValue } from '../../own-value.ts';
import { asText, isScalar, readCustomerProfile } from '../custom-fields.ts';
import { readBounce } from './bounce.ts';

/** Names that Instantly sends, names that older plans expected, and both spellings of a click. */
const types: Record<string, EmailEventType> = {
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
};

/** Fields of Instantly's own; everything else at the top level is a custom variable of the lead. */
const baseFields = new Set([
  'timestamp',
  'event_type',
  'workspace',
  'campaign_id',
  'campaign_name',
  'campaign',
  'organization',
  'lead_email',
  'email_account',
  'unibox_url',
  'step',
  'variant',
  'is_first',
  'email_id',
  'email_subject',
  'email_text',
  'email_html',
  'reply_text_snippet',
  'reply_subject',
  'reply_text',
  'reply_html',
  'email',
  'phone',
  'website',
  'firstName',
  'lastName',
  'companyName',
  'jobTitle',
  'personalization',
  'list_id',
  'thread_id',
  'from_address_email',
]);

/**
 * A delivery is one flat object in which lead data and custom variables stand beside the event's own fields and may hide
 * them, so each field is read on its own and a strange value makes that field absent, not the delivery unreadable.
 */
const uuid = z.uuid();
const wholeNumber = z.union([z.number().int(), z.string().regex(/^\d{1,4}$/).transform(Number)])
  .pipe(z.number().int().min(0).max(32_767));
const moment = z.string().transform((text, context) => {
  const time = /^\d{4}-\d{2}-\d{2}[T ]/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) {
    context.addIssue({ code: 'custom', message: 'is no ISO time' });
    return z.NEVER;
  }
  return new Date(time).toISOString();
});

function read<T>(schema: z.ZodType<T>, value: unknown): T | undefined {
  const parsed = schema.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

/** The real id stands in `campaign` and in `campaign_id`, and a custom variable can hide either. */
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
const messageFields: Partial<Record<EmailEventType, MessageFields>> = {
  email_sent: sentFields,
  reply_received: replyFields,
  auto_reply_received: replyFields,
};

/** Which of a mail's fields this delivery has; events about other things cost one look. */
function readMessage(type: EmailEventType, body: JsonObject): MessageFields | undefined {
  const fields = messageFields[type];
  if (fields === undefined) return undefined;
  const present = Object.entries(fields).filter(([, name]) => {
    const value = body[name];
    return typeof value === 'string' && value.trim() !== '';
  });
  return present.length === 0 ? undefined : Object.fromEntries(present);
}

/** Reads one delivery of Instantly. Only a delivery without type, or without what its type needs, is no event. */
export function readInstantlyWebhook(payload: unknown): WebhookReading {
  if (payload === null || typeof payload !== 'object' || Array.isArray(payload)) {
    return { reason: 'The delivery is not a JSON object' };
  }
  const body = payload as JsonObject;
  const typeText = asText(body['event_type']);
  if (typeText === null) return { reason: 'The field event_type is missing' };

  const address = asText(body['lead_email']) ?? asText(body['email']);
  const email = address === null ? undefined : normalizeEmailAddress(address) ?? undefined;
  const known = ownValue(types, typeText.toLowerCase());
  // A custom label arrives with its own text as type, and always with a lead; anything else is a type we do not know.
  const type = known ?? (email ? 'lead_labelled' : 'unknown');
  const provider_campaign_ids = campaignIds(body);

  if (needsLead(type) && !email) {
    return {
      reason: address === null
        ? 'The field lead_email is missing'
        : 'The field lead_email holds no usable address',
    };
  }
  if (needsCampaign(type, typeText) && provider_campaign_ids.length === 0) {
    return { reason: 'The fields campaign and campaign_id hold no campaign id' };
  }

  const event: WebhookEvent = { type, provider_campaign_ids };
  if (known === undefined) event.label = typeText;
  const occurredAt = read(moment, body['timestamp']);
  if (occurredAt !== undefined) event.occurred_at = occurredAt;
  const campaignName = asText(body['campaign_name']);
  if (campaignName !== null) event.campaign_name = campaignName;
  const account = asText(body['email_account']);
  if (account !== null) event.email_account = normalizeEmailAddress(account) ?? account.toLowerCase();
  const step = read(wholeNumber, body['step']);
  if (step !== undefined) event.step = step;
  const variant = read(wholeNumber, body['variant']);
  if (variant !== undefined) event.variant = variant;
  const emailId = asText(body['email_id']);
  if (emailId !== null) event.email_id = emailId;
  // Only a mail of the inbox has both fields; in a delivery either would be a variable of the lead.
  const thread = Object.hasOwn(body, 'from_address_email') ? asText(body['thread_id']) : null;
  if (thread !== null) event.thread_id = thread;
  const bounceClass = type === 'email_bounced' ? readBounce(body) : undefined;
  if (bounceClass !== undefined) event.bounce_class = bounceClass;
  const message = readMessage(type, body);
  if (message !== undefined) event.message = message;

  if (email !== undefined) {
    event.email = email;
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
