import { sha256Hex } from '../../platform/digest.ts';
import { isTestAddress, readAddress } from '../../events/email-address.ts';
import { readPath } from '../../events/business-key.ts';
import { readTime } from '../../events/provider-time.ts';
import {
  type EmailEventType,
  type EventLead,
  type JsonObject,
  needsCampaign,
  needsLead,
  type WebhookEvent,
  type WebhookReading,
} from '../../events/webhook-event.ts';
import { asText, readCustomerProfile } from '../custom-fields.ts';
import { addEventDetails } from './event-details.ts';
import { type Category, readCategoryChange, readCategoryOfReply } from './webhook-category.ts';
import {
  addressAt,
  asObject,
  isReply,
  places,
  readMessage,
  textAt,
  timePlaces,
  unwrapped,
  wholeNumber,
} from './webhook-shape.ts';

type Kind = EmailEventType | 'category' | 'campaign_status';

/** Names that Smartlead sends, names in its documentation, and the eleven names of the older schema; in lower case. */
const kinds = new Map<string, Kind>(Object.entries({
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
  untracked_replies: 'untracked_reply',
  untracked_reply: 'untracked_reply',
  manual_step_reached: 'unknown',
}));

const campaignStatuses = new Map<string, EmailEventType>(Object.entries({
  active: 'campaign_started',
  start: 'campaign_started',
  started: 'campaign_started',
  paused: 'campaign_paused',
  stopped: 'campaign_paused',
  completed: 'campaign_completed',
}));

/** Smartlead's warning that too many mails bounce; its name has several spellings. */
const bounceThreshold = /bounce.*(threshold|limit|rate)|high_bounce/;

/** The placeholder for the secret in a test delivery. */
const testSecret = 'secretkey';

/**
 * Reads one delivery of Smartlead in any of its shapes. It is an event unless its type, or what the type needs, is missing.
 */
export function readSmartleadWebhook(payload: unknown): WebhookReading {
  if (payload === null || typeof payload !== 'object' || Array.isArray(payload)) {
    return { reason: 'The delivery is not a JSON object' };
  }
  const body = unwrapped(payload as JsonObject);
  const name = textAt(body, ...places.name);
  if (name === null) return { reason: 'The field event_type is missing' };
  const kind = kindOf(name);
  const category = kind === 'category'
    ? readCategoryChange(body)
    : kind === 'reply_received'
    ? readCategoryOfReply(body)
    : undefined;
  const type = typeOf(kind, category, body);

  const sides = leadAddresses(type, body);
  const [email] = sides;
  const campaignId = textAt(body, ...places.campaign);
  if (isTest(body, email, campaignId)) return { isTest: true };
  if (needsLead(type) && email === undefined) {
    return {
      reason:
        'All fields that name the lead are missing (sl_lead_email, lead_email, lead, leadCorrespondence, from_email, to_email)',
    };
  }
  if (needsCampaign(type, category?.label) && campaignId === null) {
    return { reason: 'The field campaign_id is missing' };
  }

  const isOfCampaign = campaignId !== null && type !== 'untracked_reply';
  const event: WebhookEvent = { type, provider_campaign_ids: isOfCampaign ? [campaignId] : [] };
  if (type === 'unknown') event.label = name;
  else if (category?.label !== undefined) event.label = category.label;
  if (category?.id !== undefined) event.category_id = category.id;
  const occurredAt = timeOf(type, body);
  if (occurredAt !== undefined) event.occurred_at = occurredAt;
  const campaignName = textAt(body, 'campaign_name', 'campaign.name');
  if (campaignName !== null && isOfCampaign) event.campaign_name = campaignName;
  const organization = asText(body['client_id']);
  if (organization !== null) event.provider_org_id = organization;
  const account = ourMailbox(type, body, sides);
  if (account !== undefined) event.email_account = account;
  const step = stepNumber(body['sequence_number']) ??
    (name.toLowerCase().includes('_follow_up_') ? 2 : undefined);
  if (step !== undefined && isOfCampaign) event.step = step;
  if (email !== undefined) {
    event.email = email;
    if (sides.length > 1) event.emails = sides;
    event.lead = type === 'untracked_reply' ? readStranger(body) : readLeadData(body, sides);
  }
  const writer = isReply(type) ? addressAt(body, ...places.writer) : undefined;
  if (writer !== undefined && writer !== account && !sides.includes(writer)) event.written_by = writer;
  const message = readMessage(type, payload as JsonObject);
  if (message !== undefined) event.message = message;
  identify(event, body);
  addEventDetails(event, body);
  return { event };
}

function kindOf(name: string): Kind {
  const plain = name.toLowerCase().replace(/[.\s-]+/g, '_');
  return kinds.get(plain) ?? (bounceThreshold.test(plain) ? 'bounce_threshold_reached' : 'unknown');
}

/** The test delivery of Smartlead's own pages: a placeholder for the secret, a made-up address, campaign 100. */
function isTest(body: JsonObject, email: string | undefined, campaignId: string | null): boolean {
  return body['secret_key'] === testSecret || isTestAddress(email) ||
    isTestAddress(readAddress(body['to_email'])) ||
    (campaignId === '100' && asText(body['campaign_name'])?.toLowerCase() === 'link insertion');
}

function typeOf(kind: Kind, category: Category | undefined, body: JsonObject): EmailEventType {
  // No category in it: not even a removed one.
  if (kind === 'category') return category?.type ?? 'unknown';
  if (kind === 'campaign_status') {
    const status = textAt(body, 'current_status', 'new_status', 'status', 'campaign_status');
    return campaignStatuses.get(status?.toLowerCase() ?? '') ?? 'unknown';
  }
  return category?.isAutomatic === true ? 'auto_reply_received' : kind;
}

/**
 * The addresses that may be the lead's, the likeliest first. In a reply, `from_email` and `to_email` describe the mail that
 * we sent in most captures and the reply in some, so without another field only the database can tell the sides apart.
 */
function leadAddresses(type: EmailEventType, body: JsonObject): string[] {
  if (type === 'untracked_reply') {
    const writer = addressAt(body, 'sender_detail.email', 'reply.from_email', 'from_email');
    return writer === undefined ? [] : [writer];
  }
  const named = addressAt(body, ...places.lead);
  if (named !== undefined) return [named];
  if (!needsLead(type)) return [];
  const sides = isReply(type) ? [body['to_email'], body['from_email']] : [body['to_email']];
  return [...new Set(sides.map(readAddress).filter((side) => side !== undefined))];
}

/** Our mailbox is the side that is not the lead. */
function ourMailbox(type: EmailEventType, body: JsonObject, leads: string[]): string | undefined {
  if (type.startsWith('account_')) {
    return addressAt(
      body,
      'from_email',
      'email',
      'email_account',
      'email_account.email',
      'account.email',
      'account_email',
    );
  }
  if (type === 'untracked_reply') return addressAt(body, 'recipient_detail.email', 'to_email');
  const sides = [readAddress(body['from_email']), readAddress(body['to_email'])];
  const other = (side: string | undefined) => side !== undefined && !leads.includes(side);
  if (!isReply(type)) return other(sides[0]) ? sides[0] : undefined;
  return sides.find(other) ?? addressAt(body, 'reply.to_email', 'email_account');
}

/** The best time in the body; without one the time of arrival is used, which `email_events` marks. */
function timeOf(type: EmailEventType, body: JsonObject): string | undefined {
  for (const place of timePlaces(type)) {
    const time = readTime(readPath(body, place));
    if (time !== undefined) return time;
  }
  return undefined;
}

/**
 * What makes the fact unique. The body has no event id, and all events of a mail share its message id; `stats_id` identifies
 * the sent mail in the statistics too, so a fact read there is the same fact. FIRST_EMAIL_SENT and EMAIL_SENT of one mail are
 * one fact; a second delivery with another time is not a second one.
 */
function identify(event: WebhookEvent, body: JsonObject): void {
  const sent = textAt(body, 'stats_id', 'message_id');
  if (isReply(event.type)) {
    const id = textAt(body, ...places.replyId);
    if (id !== null) {
      event.email_id = id;
      // Not by type: it is the same reply whether or not its category was known at the time.
      event.identity = `reply ${id}`;
    } else if (sent !== null && event.message !== undefined) {
      // Without its own id a reply is identified by the mail that it answers and by its text.
      const { text, html, snippet } = event.message;
      const content = textAt(body, ...[text, html, snippet].filter((place) => place !== undefined)) ?? '';
      event.identity = `reply to ${sent} ${sha256Hex(content)}`;
    }
    return;
  }
  if (sent === null) return;
  event.email_id = sent;
  if (event.type === 'email_sent' || event.type === 'email_delivered' || event.type === 'email_bounced') {
    event.identity = `${event.type} ${sent}`;
  } else if (
    (event.type === 'email_opened' || event.type === 'email_clicked') && event.occurred_at !== undefined
  ) {
    event.identity = `${event.type} ${sent} ${event.occurred_at}`;
  }
}

function readLeadData(body: JsonObject, sides: string[]): EventLead {
  const data = asObject(body['lead_data']) ?? asObject(body['lead']) ?? {};
  // The name beside `to_email` belongs to that address, which may be our own mailbox.
  const to = readAddress(body['to_email']);
  const isOfLead = to === undefined || (sides.length === 1 && to === sides[0]);
  const name = (isOfLead ? asText(body['to_name']) : null) ?? textAt(body, 'lead_name', 'lead.name') ?? '';
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

/** For somebody who is in no campaign only the name is known. */
function readStranger(body: JsonObject): EventLead {
  return {
    first_name: textAt(body, 'sender_detail.name', 'from_name'),
    last_name: null,
    company_name: null,
    job_title: null,
    industry: null,
    company_size: null,
    website: null,
    phone: null,
  };
}

function stepNumber(value: unknown): number | undefined {
  const number = wholeNumber(value);
  return number !== undefined && number <= 32_767 ? number : undefined;
}
