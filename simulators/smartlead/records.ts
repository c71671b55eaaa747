import { type PendingDelivery, type Sentiment, type StepMark, untouchedLead } from '../shared/records.ts';
import { iso } from '../shared/time.ts';
import type { AccountOptions } from './options.ts';
import type { CampaignRecord as CommonCampaign, WorkspaceRecord as CommonRecord } from '../shared/state.ts';

// What the API only shows is kept in its own field names.

export interface Category {
  id: number;
  name: string;
  sentiment_type: Sentiment | null;
  created_at: string;
}

export const newAccount = (
  id: number,
  created: number,
  clientId: number | null,
  { email, dailyLimit = 50, smtpFailure = null }: Omit<AccountOptions, 'client'>,
) => ({
  id,
  created_at: iso(created),
  updated_at: iso(created),
  from_name: email.split('@')[0] ?? '',
  from_email: email,
  username: email,
  // Smartlead hands the passwords out, so there must be some that a test can look for.
  password: `password-of-${email}`,
  imap_password: `imap-password-of-${email}`,
  message_per_day: dailyLimit,
  is_smtp_success: smtpFailure === null,
  is_imap_success: true,
  smtp_failure_error: smtpFailure,
  imap_failure_error: null,
  type: 'SMTP',
  client_id: clientId,
  warmup_details: {
    id: id + 900_000,
    status: 'ACTIVE',
    total_sent_count: 84,
    total_spam_count: 2,
    warmup_reputation: 90 + (email.length % 11),
  },
});
export type EmailAccount = ReturnType<typeof newAccount>;

interface Mail {
  id: number;
  subject: string;
  email_body: string;
}

/** One step; its delay counts from the step before. */
export interface Step extends Mail {
  seq_number: number;
  seq_delay_details: { delayInDays: number };
  sequence_variants: Array<Mail & { variant_label: string }>;
}

export const newCampaignData = (
  id: number,
  userId: number,
  created: number,
  name: string,
  clientId: number | null,
) => ({
  id,
  user_id: userId,
  created_at: iso(created),
  updated_at: iso(created),
  name,
  status: 'DRAFTED' as 'DRAFTED' | 'ACTIVE' | 'PAUSED' | 'STOPPED' | 'COMPLETED',
  client_id: clientId,
  /** Set on a subsequence. */
  parent_campaign_id: null as number | null,
  scheduler_cron_value: null as { tz: string; days: number[]; startHour: string; endHour: string } | null,
  schedule_start_time: null as string | null,
  max_leads_per_day: 50,
  min_time_btwn_emails: 10,
  track_settings: [] as string[],
  stop_lead_settings: 'REPLY_TO_AN_EMAIL',
  unsubscribe_text: '' as string | null,
  send_as_plain_text: false,
  follow_up_percentage: 60,
  enable_ai_esp_matching: false,
});
export type CampaignData = ReturnType<typeof newCampaignData>;

export const leadFields = [
  'first_name',
  'last_name',
  'phone_number',
  'company_name',
  'website',
  'location',
  'linkedin_profile',
  'company_url',
] as const;
export type LeadField = (typeof leadFields)[number];

/** A person. One per address in the whole workspace, whatever the number of campaigns. */
export const newPerson = (id: number, created: number, email: string) => ({
  id,
  created_at: iso(created),
  ...Object.fromEntries(leadFields.map((name) => [name, null])) as Record<LeadField, string | null>,
  email,
  custom_fields: {} as Record<string, string>,
  is_unsubscribed: false,
  /** The clients whose mails the person does not want. */
  unsubscribed_client_id_map: {} as Record<string, true>,
});
export type Person = ReturnType<typeof newPerson>;

export const linkStatuses = ['STARTED', 'INPROGRESS', 'COMPLETED', 'PAUSED', 'STOPPED', 'BLOCKED'] as const;
export type LinkStatus = (typeof linkStatuses)[number];

/** A person in a campaign, the `campaign_lead_map` of the API. */
export const newLink = (id: number, created: number, person: Person) => ({
  ...untouchedLead,
  id,
  created,
  person: person.id,
  email: person.email,
  status: 'STARTED' as LinkStatus,
  lastEvent: null as number | null,
  bounced: false,
  unsubscribed: false,
  lastReply: null as { at: number; text: string; messageId: string } | null,
});
export type Link = ReturnType<typeof newLink>;

/** One sent e-mail; kept beside the event log and never computed from it. */
export const newMail = (link: Link, messageId: string, statsId: string, sent: StepMark, step?: Step) => ({
  messageId,
  link: link.id,
  variant: sent.variant,
  row: {
    stats_id: statsId,
    sequence_number: sent.step,
    email_campaign_seq_id: step?.id ?? null,
    seq_variant_id: step?.sequence_variants[sent.variant - 1]?.id ?? null,
    sent_time: iso(sent.at),
    open_time: null as string | null,
    click_time: null as string | null,
    reply_time: null as string | null,
    open_count: 0,
    click_count: 0,
    is_unsubscribed: false,
    is_bounced: false,
    /** The reply on this row is an automatic one. */
    ignore_reply: false,
  },
});
export type SentMail = ReturnType<typeof newMail>;

export interface WebhookSettings {
  name: string;
  webhook_url: string;
  email_campaign_id: number | null;
  event_types: string[];
  /** Names; empty means every category. */
  categories: string[];
}

/** What it hears of: a campaign, all those of a client, or everything. */
export interface WebhookScope {
  level: 'campaign' | 'client' | 'user';
  clientId: number | null;
}

export const newWebhook = (
  id: number,
  key: string,
  scope: WebhookScope,
  set: WebhookSettings,
  now: string,
) => ({
  id,
  ...scope,
  secretKey: key,
  failuresInARow: 0,
  isActive: true,
  shown: { id, ...set, created_at: now, updated_at: now },
});
export type Webhook = ReturnType<typeof newWebhook>;

export interface Delivery extends PendingDelivery {
  campaign: number | null;
  eventType: string;
  requestId: string;
}

export interface CampaignRecord extends CommonCampaign<CampaignData> {
  steps: Step[];
  accountIds: number[];
  /** Of a subsequence: a lead of the parent that gets this category enters it. */
  onCategory: number | null;
  mails: SentMail[];
  links: Link[];
}

export interface WorkspaceRecord extends CommonRecord {
  userId: number;
  secretKey: string;
  /** Organisations that an agency serves from its one workspace. */
  clients: Array<{ id: number; name: string; email: string; created_at: string }>;
  categories: Category[];
  accounts: EmailAccount[];
  blockList: string[];
  bounceList: string[];
  webhooks: Webhook[];
  log: Array<{ at: number; campaign: number | null; eventType: string; success: boolean }>;
  /** Deliveries that were given up; `retrigger-failed-events` sends them again. */
  failed: Array<{ delivery: Delivery; failedAt: number }>;
  campaigns: CampaignRecord[];
  people: Person[];
}
