import { hashText } from '../shared/random.ts';
import { untouchedLead } from '../shared/records.ts';
import {
  type CampaignRecord,
  normalizeEmail,
  type WorkspaceRecord as CommonRecord,
} from '../shared/state.ts';
import { iso } from '../shared/time.ts';
import type { AccountOptions } from './options.ts';
import type { JsonObject, LeadState, PendingDelivery, Sentiment } from '../shared/records.ts';
import type { Outcome } from '../shared/delivery.ts';

// What is only stored and returned is kept in the API's own field names.

export const newAccount = (
  organization: string,
  created: number,
  { email, status = 1, dailyLimit = 50, tags = [] }: AccountOptions,
) => ({
  organization,
  email: normalizeEmail(email),
  timestamp_created: iso(created),
  timestamp_updated: iso(created),
  first_name: email.split('@')[0] ?? '',
  last_name: '',
  status,
  daily_limit: dailyLimit,
  provider_code: 2,
  warmup_status: 1,
  setup_pending: false,
  is_managed_account: false,
  stat_warmup_score: 90 + (hashText(email) % 11),
  /** Labels; shown only when asked for. */
  tags,
});
export type SendingAccount = ReturnType<typeof newAccount>;

export interface LeadLabel {
  id: string;
  timestamp_created: string;
  created_by: string;
  organization_id: string;
  label: string;
  interest_status_label: Sentiment;
  interest_status: number;
}

export const newBlockListEntry = (id: string, created: string, organization: string, value: string) => ({
  id,
  timestamp_created: created,
  organization_id: organization,
  bl_value: value,
  is_domain: !value.includes('@'),
});
export type BlockListEntry = ReturnType<typeof newBlockListEntry>;

interface SequenceStep {
  delay: number;
  delay_unit?: 'minutes' | 'hours' | 'days';
  variants: Array<{ subject: string; body: string; v_disabled?: boolean }>;
}

interface Schedule {
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
}

export const leadStatus = { active: 1, completed: 3, bounced: -1, unsubscribed: -2 } as const;

/** By the name in payloads and templates. */
export const leadFields = {
  firstName: 'first_name',
  lastName: 'last_name',
  companyName: 'company_name',
  jobTitle: 'job_title',
  website: 'website',
  phone: 'phone',
  personalization: 'personalization',
} as const;
type LeadField = (typeof leadFields)[keyof typeof leadFields];

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** A lead of a row whose schema was checked. */
export const newLead = (id: string, created: number, campaign: string, row: JsonObject) => ({
  ...untouchedLead,
  id,
  created,
  updated: created,
  email: normalizeEmail(String(row.email)),
  campaign,
  status: leadStatus.active as LeadState['status'],
  fields: Object.fromEntries(
    Object.values(leadFields).map((name) => [name, textOrNull(row[name])]),
  ) as Record<LeadField, string | null>,
  variables: { ...row.custom_variables as JsonObject | undefined },
  label: typeof row.lt_interest_status === 'number' ? row.lt_interest_status : null,
  labelled: null as number | null,
  lastOpen: null as number | null,
  lastClick: null as number | null,
  lastReply: null as { at: number; text: string } | null,
});
export type Lead = ReturnType<typeof newLead>;

export const newWebhook = (id: string, organization: string, created: string) => ({
  id,
  organization,
  timestamp_created: created,
  campaign: null as string | null,
  name: null as string | null,
  target_hook_url: '',
  event_type: null as string | null,
  custom_interest_value: null as number | null,
  headers: null as Record<string, string> | null,
  status: 1,
  timestamp_error: null as string | null,
});
export type Webhook = ReturnType<typeof newWebhook>;

type InstantlyOutcome = Outcome<WorkspaceRecord, Delivery>;

/** How one try went; rows of a group learn later whether it succeeded in the end. */
export const newLogRow = (id: string, now: string, outcome: InstantlyOutcome, error: string | null) => ({
  id,
  timestamp_created: now,
  timestamp_created_date: now.slice(0, 10),
  organization_id: outcome.delivery.workspace,
  payload: outcome.delivery.body,
  success: outcome.success,
  retry_count: outcome.delivery.attempt,
  will_retry: outcome.retryMs !== undefined,
  webhook_url: outcome.webhook?.target_hook_url ?? '',
  status_code: outcome.statusCode,
  error_message: error,
  retry_group_id: outcome.delivery.group,
  retry_successful: outcome.delivery.group === null || outcome.retryMs !== undefined ? null : outcome.success,
  lead_email: outcome.delivery.leadEmail,
});
export type DeliveryLogRow = ReturnType<typeof newLogRow>;

export interface Delivery extends PendingDelivery {
  leadEmail: string | null;
  /** Of a first try and its retries; made when the first one fails. */
  group: string | null;
}

/** A mail of a placement test at one of the addresses that Instantly keeps for it. */
export interface PlacementMail {
  id: string;
  timestamp_created: string;
  timestamp_created_date: string;
  organization_id: string;
  test_id: string;
  sender_email: string;
  recipient_email: string;
  recipient_esp: number;
  /** 1 = as it was sent, 2 = as it arrived. */
  record_type: 1 | 2;
  is_spam: boolean | null;
  has_category: boolean | null;
}

export interface PlacementReport {
  id: string;
  timestamp_created: string;
  timestamp_created_date: string;
  organization_id: string;
  test_id: string;
  domain: string;
  domain_ip: string;
  domain_blacklist_count: number;
  domain_ip_blacklist_count: number;
  spam_assassin_score: number;
  blacklist_report: JsonObject;
  spam_assassin_report: JsonObject;
}

export interface PlacementTest {
  id: string;
  timestamp_created: string;
  organization_id: string;
  name: string;
  type: number;
  status: number;
  emails: string[];
  recipients: string[];
}

export interface WorkspaceRecord extends CommonRecord {
  /** Absent in a state that was saved before there were any. */
  placement?: { tests: PlacementTest[]; mails: PlacementMail[]; reports: PlacementReport[] };
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
