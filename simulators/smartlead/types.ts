/** Records the simulator keeps. All of them are plain data, so the whole state can be written as JSON. */

export type JsonObject = Record<string, unknown>;

/** How the edge answers a workspace's keys, to play a revoked key or a plan without API access. */
export type WorkspaceAccess = 'ok' | 'unauthorized' | 'payment-required' | 'forbidden';

export type Sentiment = 'positive' | 'negative' | 'neutral';

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

export interface Variant {
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

export interface Campaign {
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
  trackSettings: string[];
  schedule: Schedule | null;
  scheduleStart: string | null;
  minutesBetween: number;
  newLeadsPerDay: number;
  stopLeadSettings: string;
  unsubscribeText: string;
  plainText: boolean;
  followUpPercentage: number;
  espMatching: boolean;
  steps: Step[];
  accountIds: number[];
}

/** A person. One per address in the whole workspace, whatever the number of campaigns. */
export interface Lead {
  id: number;
  created: number;
  email: string;
  fields: Record<LeadField, string | null>;
  customFields: Record<string, string>;
  isUnsubscribed: boolean;
  unsubscribedClients: number[];
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

export type LinkStatus = 'STARTED' | 'INPROGRESS' | 'COMPLETED' | 'PAUSED' | 'STOPPED' | 'BLOCKED';

/** A lead in a campaign, the `campaign_lead_map` of the API. */
export interface Link {
  id: number;
  created: number;
  lead: number;
  email: string;
  status: LinkStatus;
  category: number | null;
  account: string | null;
  lastStep: number;
  lastVariant: number;
  lastSent: number | null;
  lastEvent: number | null;
  opens: number;
  clicks: number;
  replies: number;
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
  account: string | null;
  sentAt: number;
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

export type EventType =
  | 'email_sent'
  | 'email_opened'
  | 'link_clicked'
  | 'reply_received'
  | 'auto_reply_received'
  | 'email_bounced'
  | 'lead_unsubscribed'
  | 'interest_changed'
  | 'lead_completed'
  | 'campaign_completed'
  | 'campaign_status_changed'
  | 'manual_step_reached';

/** One thing that happened. The truth counts these; the statistics do not. */
export interface EventRecord {
  id: string;
  at: number;
  type: EventType;
  campaign: number;
  link: number | null;
  email: string | null;
  account: string | null;
  step: number | null;
  variant: number | null;
  first: boolean;
  /** New category, null when it was taken away. */
  category?: number | null;
  previousCategory?: number | null;
  text?: string;
  /** Of a bounce that was the sender's fault. */
  senderSide?: true;
  /** Of a reply that somebody else than the lead wrote. */
  writtenBy?: string;
  withheld?: true;
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

/** One delivery attempt. The body is kept as the text that was sent, so a retry is the same to the byte. */
export interface DeliveryLogRow {
  at: number;
  webhook: number;
  campaign: number | null;
  eventType: string;
  success: boolean;
  statusCode: number | null;
  attempt: number;
  willRetry: boolean;
}

export interface PendingDelivery {
  workspace: string;
  webhook: number;
  campaign: number | null;
  eventType: string;
  body: string;
  requestId: string;
  attempt: number;
}

/** A delivery that was given up; `retrigger-failed-events` sends it again. */
export interface FailedDelivery extends PendingDelivery {
  failedAt: number;
  statusCode: number | null;
}

/** Something the engine will do to a lead later. */
export interface AgendaItem {
  at: number;
  order: number;
  workspace: string;
  campaign: number;
  link: number;
  action:
    | 'send'
    | 'follow-up'
    | 'open'
    | 'click'
    | 'reply'
    | 'auto-reply'
    | 'bounce'
    | 'unsubscribe'
    | 'category';
  step: number;
  variant: number;
  category?: number | null;
}
