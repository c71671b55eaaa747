/** The parts of Instantly's answers that we read: extra fields are tolerated, missing ones are errors, lists row by row. */
import { z } from 'zod';
import { rowsOf, timeOrNone } from '../rows.ts';

const count = z.number().int();

/** A count whose absence means 0. */
const countOrNone = z.number().int().nullish().transform((value) => value ?? 0);

/** `{ items, next_starting_after? }`; the cursor is opaque. */
export function pageOf<T>(item: z.ZodType<T>, list: string) {
  return z.object({ items: rowsOf(list, item), next_starting_after: z.string().nullish() });
}

export const workspace = z.object({ id: z.string(), name: z.string() });

export const campaign = z.object({
  id: z.string(),
  name: z.string(),
  status: z.number().int().nullish(),
  timestamp_created: timeOrNone,
  timestamp_updated: timeOrNone,
});
export type InstantlyCampaign = z.infer<typeof campaign>;

export const campaignTotals = z.object({
  campaign_id: z.string(),
  leads_count: count.nullish(),
  emails_sent_count: count,
  contacted_count: count,
  new_leads_contacted_count: count,
  open_count: count,
  open_count_unique: count.nullish(),
  reply_count: count,
  reply_count_unique: count.nullish(),
  reply_count_automatic: count.nullish(),
  link_click_count: count,
  link_click_count_unique: count.nullish(),
  bounced_count: count,
  unsubscribed_count: count,
  completed_count: count,
  total_opportunities: count,
  total_opportunity_value: z.number(),
});

export const campaignDay = z.object({
  date: z.string(),
  sent: countOrNone,
  contacted: count.nullish(),
  new_leads_contacted: count.nullish(),
  opened: countOrNone,
  unique_opened: countOrNone,
  replies: countOrNone,
  unique_replies: countOrNone,
  replies_automatic: count.nullish(),
  clicks: countOrNone,
  unique_clicks: countOrNone,
  opportunities: count.nullish(),
});

/** Step and variant are text here; null = unknown to Instantly. */
export const campaignStep = z.object({
  step: z.string().nullish(),
  variant: z.string().nullish(),
  sent: countOrNone,
  unique_opened: countOrNone,
  unique_replies: countOrNone,
  replies_automatic: countOrNone,
  unique_clicks: countOrNone,
  /** Only when asked for: leads that became an opportunity, and of these the ones that are "meeting booked" or won now. */
  unique_opportunities: count.nullish(),
  meetings_booked: count.nullish(),
  won: count.nullish(),
});
export type InstantlyCampaignStep = z.infer<typeof campaignStep>;

const text = z.string().nullish();

export const lead = z.object({
  id: z.string(),
  email: text,
  status: z.number().int().nullish(),
  first_name: text,
  last_name: text,
  company_name: text,
  job_title: text,
  website: text,
  phone: text,
  email_open_count: countOrNone,
  email_reply_count: countOrNone,
  email_click_count: countOrNone,
  status_summary: z.looseObject({
    lastStep: z.looseObject({ timestamp_executed: timeOrNone }).nullish(),
  }).nullish(),
  payload: z.record(z.string(), z.unknown()).nullish(),
  lt_interest_status: z.number().nullish(),
  last_contacted_from: text,
  timestamp_updated: timeOrNone,
  timestamp_last_contact: timeOrNone,
  timestamp_last_open: timeOrNone,
  timestamp_last_reply: timeOrNone,
  timestamp_last_click: timeOrNone,
  timestamp_last_interest_change: timeOrNone,
});
export type InstantlyLead = z.infer<typeof lead>;

export const leadLabel = z.object({
  label: z.string(),
  interest_status: z.number().int(),
  interest_status_label: z.string(),
});

/** Both parts are null when nothing is known, as of a draft. */
export const sendingStatus = z.object({
  diagnostics: z.object({ status: z.string().nullish() }).nullish().catch(null),
  summary: z.object({
    status: z.string().nullish(),
    status_message: z.string().nullish(),
    issue_started_at: timeOrNone,
    last_healthy_send_at: timeOrNone,
  }).nullish().catch(null),
});

export const addedLeads = z.object({
  total_sent: count,
  leads_uploaded: count,
  in_blocklist: count.nullish(),
  duplicated_leads: count.nullish(),
  skipped_count: count.nullish(),
  invalid_email_count: count.nullish(),
  incomplete_count: count.nullish(),
  duplicate_email_count: count.nullish(),
  /** How many more leads the plan accepts; null = unlimited. */
  remaining_in_plan: count.nullish(),
  message: text,
  created_leads: z.array(z.object({ index: z.number().int(), id: z.string(), email: z.string().nullish() })),
});
