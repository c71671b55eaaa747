import type { Database } from '../platform/database.types.ts';

export type ProviderName = 'instantly' | 'smartlead';

export type EmailEventType = Database['public']['Enums']['email_event_type'];

/** A JSON object as it arrived. */
export type JsonObject = { [name: string]: unknown };

/** The lead's data in an event. */
export interface EventLead {
  first_name: string | null;
  last_name: string | null;
  company_name: string | null;
  job_title: string | null;
  industry: string | null;
  company_size: string | null;
  website: string | null;
  phone: string | null;
}

/**
 * Where the payload holds the mail: names of fields, with dots where they are nested. The texts themselves are stored only
 * in the payload.
 */
export interface MessageFields {
  subject?: string;
  text?: string;
  html?: string;
  snippet?: string;
  /** The link into the provider's inbox. */
  inbox_url?: string;
}

/** One delivery, normalised: what the projector reads. Field names are those of `private.resolve_webhook_events`. */
export interface WebhookEvent {
  type: EmailEventType;
  /** Text of a custom label, or the provider's name of an unknown type. */
  label?: string;
  /** The provider's time, ISO 8601 UTC; when absent, the time of arrival counts. */
  occurred_at?: string;
  /** Every value that may be the campaign id, the likeliest first: a custom variable can replace the real one. */
  provider_campaign_ids: string[];
  campaign_name?: string;
  email?: string;
  /**
   * Set when it is uncertain which address is the lead's: all candidates, the likeliest first. The projector takes the one
   * that is a lead of the campaign, otherwise one that is not our mailbox.
   */
  emails?: string[];
  /** Who wrote a reply, if not the lead. */
  written_by?: string;
  /** The provider's id of the category that labels the lead or the reply. */
  category_id?: number;
  /** Ids of our mails that a reply may answer, and of its thread: they find the lead when the writer is unknown. */
  answers?: string[];
  thread_id?: string;
  /** Why a mail bounced; absent without a reason. */
  bounce_class?: Database['public']['Enums']['bounce_class'];
  email_account?: string;
  step?: number;
  variant?: number;
  /** The provider's id of the mail that the event is about. */
  email_id?: string;
  /** What makes the fact unique, where there is something better than type, mail id and time. */
  identity?: string;
  /** The organisation within the workspace that the campaign belongs to. */
  provider_org_id?: string;
  /** Set for a sent mail or reply with content, also from somebody who is in no campaign. */
  message?: MessageFields;
  lead?: EventLead;
  /** Names of the payload's custom variables. */
  variables?: string[];
}

/**
 * The result of reading a delivery: an event, or the reason why it is none (then kept as a dead letter), or the provider's
 * own test delivery.
 */
export type WebhookReading =
  | { event: WebhookEvent; reason?: undefined; isTest?: undefined }
  | { event?: undefined; reason: string; isTest?: undefined }
  | { event?: undefined; reason?: undefined; isTest: true };

/** Types that happen once per mail: its id alone makes them unique. */
const oncePerMail: ReadonlySet<EmailEventType> = new Set([
  'email_sent',
  'email_delivered',
  'reply_received',
  'auto_reply_received',
  'email_bounced',
]);

/** Types that need both a lead and a campaign. */
const aboutLead = new Set<string>([
  'email_sent',
  'email_delivered',
  'email_opened',
  'email_clicked',
  'reply_received',
  'auto_reply_received',
  'email_bounced',
  'email_spam_reported',
]);

export function isOncePerMail(type: EmailEventType): boolean {
  return oncePerMail.has(type);
}

/** An unsubscribe without a campaign applies to everything. */
export function needsCampaign(type: EmailEventType, label: string | undefined): boolean {
  return needsLead(type) && type !== 'lead_unsubscribed' && type !== 'email_spam_reported' &&
    !(label !== undefined &&
      /^\s*(?:do[\s_-]*not[\s_-]*(?:contact|email|mail)|dnc|unsubscribed?)\b/i.test(label));
}

export function needsLead(type: EmailEventType): boolean {
  return aboutLead.has(type) || type.startsWith('lead_');
}
