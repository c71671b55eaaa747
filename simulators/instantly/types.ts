import type { CampaignRecord, JsonObject, LeadState, PendingDelivery, Sentiment } from '../shared/records.ts';
import type { StepMark, WorkspaceRecord as CommonRecord } from '../shared/records.ts';

// What is only stored and returned is kept in the API's own field names.

export type Scalar = string | number | boolean | null;

export interface SendingAccount extends JsonObject {
  email: string;
  timestamp_created: string;
  status: number;
  daily_limit: number;
  stat_warmup_score: number;
}

export interface LeadLabel extends JsonObject {
  timestamp_created: string;
  label: string;
  interest_status_label: Sentiment;
  interest_status: number;
}

export interface BlockListEntry {
  id: string;
  timestamp_created: string;
  organization_id: string;
  bl_value: string;
  is_domain: boolean;
}

interface SequenceStep {
  type: string;
  delay: number;
  delay_unit?: 'minutes' | 'hours' | 'days';
  variants: Array<{ subject: string; body: string; v_disabled?: boolean }>;
}

interface Schedule {
  name: string;
  timing: { from: string; to: string };
  days: Record<string, boolean>;
  timezone: string;
}

export interface CampaignData extends JsonObject {
  id: string;
  name: string;
  status: number;
  campaign_schedule: { start_date?: string | null; end_date?: string | null; schedules: Schedule[] };
  sequences: Array<{ steps: SequenceStep[] }>;
  email_list: string[];
  timestamp_updated: string;
}

export const leadStatus = { active: 1, completed: 3, bounced: -1, unsubscribed: -2 } as const;

export const leadFields = [
  'personalization',
  'website',
  'last_name',
  'first_name',
  'company_name',
  'job_title',
  'phone',
] as const;

export interface Lead extends LeadState {
  id: string;
  email: string;
  status: number;
  updated: number;
  campaign: string;
  fields: Record<(typeof leadFields)[number], string | null>;
  variables: Record<string, Scalar>;
  labelled: number | null;
  lastOpen: StepMark | null;
  lastClick: StepMark | null;
  lastReply: StepMark & { text: string } | null;
}

export interface Webhook extends JsonObject {
  id: string;
  campaign: string | null;
  target_hook_url: string;
  event_type: string | null;
  custom_interest_value: number | null;
  headers: Record<string, string> | null;
  status: number;
  timestamp_error: string | null;
}

/** One delivery attempt. */
export interface DeliveryLogRow extends JsonObject {
  id: string;
  timestamp_created_date: string;
  /** The text that was sent. */
  payload: string;
  success: boolean;
  webhook_url: string;
  retry_group_id: string | null;
  retry_successful: boolean | null;
  lead_email: string | null;
}

export interface Delivery extends PendingDelivery {
  leadEmail: string | null;
  /** Of a first try and its retries; made when the first one fails. */
  group: string | null;
}

export interface WorkspaceRecord extends CommonRecord {
  owner: string;
  blockListId: string;
  accounts: SendingAccount[];
  labels: LeadLabel[];
  blockList: BlockListEntry[];
  webhooks: Webhook[];
  /** By webhook: groups of tries that failed in a row. */
  failedGroups: Record<string, number>;
  log: DeliveryLogRow[];
  campaigns: Array<CampaignRecord<CampaignData>>;
  leads: Lead[];
}
