/** Records the simulator keeps. All of them are plain data, so the whole state can be written as JSON. */

export type Scalar = string | number | boolean | null;
export type JsonObject = Record<string, unknown>;

export interface ApiKey {
  key: string;
  scopes: string[];
}

/** How the edge answers a workspace's keys, to play a revoked key, an unpaid plan or a blocked plan. */
export type WorkspaceAccess = 'ok' | 'unauthorized' | 'payment-required' | 'forbidden';

export interface SendingAccount {
  email: string;
  created: number;
  firstName: string;
  lastName: string;
  status: number;
  dailyLimit: number;
  providerCode: number;
  warmupScore: number;
}

export interface LeadLabel {
  id: string;
  created: number;
  label: string;
  kind: 'positive' | 'negative' | 'neutral';
  interestStatus: number;
}

export interface BlockListEntry {
  id: string;
  created: number;
  value: string;
  isDomain: boolean;
}

export interface SequenceStep {
  type: string;
  delay: number;
  delay_unit?: 'minutes' | 'hours' | 'days';
  variants: Array<{ subject: string; body: string; v_disabled?: boolean }>;
}

export interface Schedule {
  name: string;
  timing: { from: string; to: string };
  days: Record<string, boolean>;
  timezone: string;
}

/** A campaign in the API's own field names, because nearly all of them are only stored and returned. */
export interface Campaign extends JsonObject {
  id: string;
  name: string;
  status: number;
  campaign_schedule: { start_date?: string | null; end_date?: string | null; schedules: Schedule[] };
  sequences: Array<{ steps: SequenceStep[] }>;
  email_list: string[];
  timestamp_created: string;
  timestamp_updated: string;
}

export interface StepMark {
  step: number;
  variant: number;
  at: number;
}

export const leadStatus = {
  active: 1,
  paused: 2,
  completed: 3,
  bounced: -1,
  unsubscribed: -2,
  skipped: -3,
} as const;

export interface Lead {
  id: string;
  created: number;
  updated: number;
  email: string | null;
  campaign: string | null;
  list: string | null;
  status: number;
  fields: Record<LeadField, string | null>;
  variables: Record<string, Scalar>;
  opens: number;
  replies: number;
  clicks: number;
  /** Absent on a lead nobody has labelled; zero would mean "out of office". */
  interest?: number;
  interestChanged?: number;
  account?: string;
  lastSent?: StepMark;
  lastOpen?: StepMark;
  lastReply?: StepMark & { text: string };
  lastClick?: StepMark;
  opportunityValue: string | null;
  assignedTo: string | null;
}

export const leadFields = [
  'personalization',
  'website',
  'last_name',
  'first_name',
  'company_name',
  'job_title',
  'phone',
] as const;
export type LeadField = (typeof leadFields)[number];

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
  | 'campaign_completed';

/** One thing that happened. The list of these is the only source of the analytics and of the truth. */
export interface EventRecord {
  /** Also the email's id when the event is a sent or received email. */
  id: string;
  at: number;
  type: EventType;
  campaign: string;
  lead: string | null;
  email: string | null;
  account: string | null;
  step: number | null;
  variant: number | null;
  first: boolean;
  interest?: number | null;
  text?: string;
  /** Of a reply that somebody else than the lead wrote. */
  writtenBy?: string;
  /** Of an automatic reply whose delivery calls it a reply like any other. */
  deliveredAsReply?: true;
  withheld?: true;
}

export interface Webhook {
  id: string;
  created: number;
  campaign: string | null;
  name: string | null;
  url: string;
  eventType: string | null;
  customInterest: number | null;
  headers: Record<string, string> | null;
  status: number;
  failedAt: number | null;
  failedGroups: number;
}

/** One delivery attempt. The body is kept as the text that was sent, so a retry is the same to the byte. */
export interface DeliveryLogRow {
  id: string;
  at: number;
  webhook: string;
  url: string;
  body: string;
  success: boolean;
  retryCount: number;
  willRetry: boolean;
  nextRetry: number | null;
  group: string | null;
  groupSucceeded: boolean | null;
  statusCode: number | null;
  error: string | null;
  leadEmail: string | null;
  milliseconds: number | null;
}

export interface PendingDelivery {
  workspace: string;
  webhook: string;
  body: string;
  leadEmail: string | null;
  attempt: number;
  group: string | null;
}

/** Something the engine will do to a lead later. */
export interface AgendaItem {
  at: number;
  order: number;
  workspace: string;
  campaign: string;
  lead: string;
  action:
    | 'send'
    | 'follow-up'
    | 'open'
    | 'click'
    | 'reply'
    | 'auto-reply'
    | 'bounce'
    | 'unsubscribe'
    | 'interest';
  step: number;
  variant: number;
  interest?: number | null;
}
