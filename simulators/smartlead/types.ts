import type { CampaignRecord as CommonCampaign, LeadState, PendingDelivery } from '../shared/records.ts';
import type { Sentiment, WorkspaceRecord as CommonRecord } from '../shared/records.ts';

/** An organisation that an agency serves from its one workspace. */
export interface Client {
  id: number;
  created: number;
  name: string;
  email: string;
  uuid: string;
}

export interface Category {
  id: number;
  created: number;
  name: string;
  sentiment: Sentiment | null;
}

export interface EmailAccount {
  id: number;
  created: number;
  email: string;
  name: string;
  password: string;
  type: 'GMAIL' | 'OUTLOOK' | 'SMTP' | 'ZOHO';
  perDay: number;
  clientId: number | null;
  warmupReputation: number;
  smtpFailure: string | null;
  imapFailure: string | null;
}

export type CampaignStatus = 'DRAFTED' | 'ACTIVE' | 'PAUSED' | 'STOPPED' | 'COMPLETED';

export interface Schedule {
  tz: string;
  days: number[];
  startHour: string;
  endHour: string;
}

interface Variant {
  id: number;
  label: string;
  subject: string;
  body: string;
}

/** One step; `delayDays` counts from the step before. */
export interface Step {
  id: number;
  number: number;
  delayDays: number;
  subject: string;
  body: string;
  variants: Variant[];
}

/** What is only stored and returned is under the API's own names in `shown`. */
export interface CampaignData {
  id: number;
  created: number;
  updated: number;
  name: string;
  status: CampaignStatus;
  clientId: number | null;
  /** Set on a subsequence. */
  parentId: number | null;
  /** A lead of the parent that gets this category enters the subsequence. */
  onCategory: number | null;
  schedule: Schedule | null;
  scheduleStart: string | null;
  newLeadsPerDay: number;
  shown: {
    track_settings: string[];
    stop_lead_settings: string;
    min_time_btwn_emails: number;
    unsubscribe_text: string | null;
    send_as_plain_text: boolean;
    follow_up_percentage: number;
    enable_ai_esp_matching: boolean;
  };
  steps: Step[];
  accountIds: number[];
}

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
export interface Person {
  id: number;
  created: number;
  email: string;
  fields: Record<LeadField, string | null>;
  customFields: Record<string, string>;
  isUnsubscribed: boolean;
  unsubscribedClients: number[];
}

export const linkStatuses = ['STARTED', 'INPROGRESS', 'COMPLETED', 'PAUSED', 'STOPPED', 'BLOCKED'] as const;
export type LinkStatus = (typeof linkStatuses)[number];

/** A person in a campaign, the `campaign_lead_map` of the API. */
export interface Link extends LeadState {
  id: number;
  person: number;
  email: string;
  status: LinkStatus;
  lastEvent: number | null;
  bounced: boolean;
  unsubscribed: boolean;
  lastReply: { at: number; text: string; messageId: string } | null;
}

/** One sent e-mail, a row of `/statistics`; kept beside the event log and never computed from it. */
export interface SentMail {
  statsId: string;
  messageId: string;
  link: number;
  step: number;
  variant: number;
  stepId: number | null;
  variantId: number | null;
  sentAt: number;
  account: string | null;
  openAt: number | null;
  clickAt: number | null;
  replyAt: number | null;
  opens: number;
  clicks: number;
  isUnsubscribed: boolean;
  isBounced: boolean;
  /** The reply on this row is an automatic one. */
  ignoreReply: boolean;
}

export type WebhookLevel = 'campaign' | 'client' | 'user';

export interface Webhook {
  id: number;
  created: number;
  updated: number;
  level: WebhookLevel;
  campaign: number | null;
  clientId: number | null;
  name: string;
  url: string;
  eventTypes: string[];
  /** Names; empty means every category. */
  categories: string[];
  secretKey: string;
  failuresInARow: number;
  isActive: boolean;
}

export interface Delivery extends PendingDelivery {
  campaign: number | null;
  eventType: string;
  requestId: string;
}

/** How a delivery ended, after all its tries. */
export interface FinishedDelivery {
  at: number;
  campaign: number | null;
  eventType: string;
  success: boolean;
}

/** A delivery that was given up; `retrigger-failed-events` sends it again. */
export interface FailedDelivery {
  delivery: Delivery;
  failedAt: number;
}

export interface CampaignRecord extends CommonCampaign<CampaignData> {
  mails: SentMail[];
  links: Link[];
}

export interface WorkspaceRecord extends CommonRecord {
  userId: number;
  keys: string[];
  secretKey: string;
  clients: Client[];
  categories: Category[];
  accounts: EmailAccount[];
  blockList: string[];
  bounceList: string[];
  webhooks: Webhook[];
  attempts: number;
  log: FinishedDelivery[];
  failed: FailedDelivery[];
  campaigns: CampaignRecord[];
  people: Person[];
}
