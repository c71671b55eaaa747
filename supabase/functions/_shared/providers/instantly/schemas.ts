/** Instantly's answers as far as we read them: tolerant of extra fields, loud about missing ones. */
import { z } from 'zod';

const count = z.number().int();

/** `{ items, next_starting_after? }`; the cursor is opaque. */
export function pageOf<T>(item: z.ZodType<T>) {
  return z.object({ items: z.array(item), next_starting_after: z.string().nullish() });
}

export const workspace = z.object({ id: z.string(), name: z.string() });

export const campaign = z.object({
  id: z.string(),
  name: z.string(),
  status: z.number().int().nullish(),
  timestamp_created: z.string().nullish(),
  timestamp_updated: z.string().nullish(),
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
  sent: count,
  contacted: count.nullish(),
  new_leads_contacted: count.nullish(),
  opened: count,
  unique_opened: count,
  replies: count,
  unique_replies: count,
  replies_automatic: count.nullish(),
  clicks: count,
  unique_clicks: count,
  opportunities: count.nullish(),
});

/** Step and variant are texts here; null = Instantly could not tell. */
export const campaignStep = z.object({
  step: z.string().nullable(),
  variant: z.string().nullable(),
  sent: count,
  unique_opened: count,
  unique_replies: count,
  replies_automatic: count,
  unique_clicks: count,
});
export type InstantlyCampaignStep = z.infer<typeof campaignStep>;

const text = z.string().nullish();

export const lead = z.object({
  id: z.string(),
  email: text,
  status: z.number().int(),
  first_name: text,
  last_name: text,
  company_name: text,
  job_title: text,
  website: text,
  phone: text,
  email_open_count: count,
  email_reply_count: count,
  email_click_count: count,
  status_summary: z.looseObject({
    lastStep: z.looseObject({ timestamp_executed: text }).nullish(),
  }).nullish(),
  payload: z.record(z.string(), z.unknown()).nullish(),
  lt_interest_status: z.number().nullish(),
  last_contacted_from: text,
  timestamp_updated: text,
  timestamp_last_contact: text,
  timestamp_last_open: text,
  timestamp_last_reply: text,
  timestamp_last_click: text,
  timestamp_last_interest_change: text,
});
export type InstantlyLead = z.infer<typeof lead>;

export const leadLabel = z.object({
  label: z.string(),
  interest_status: z.number().int(),
  interest_status_label: z.string(),
});

export const account = z.object({ email: z.string(), status: z.number().int() });

export const addedLeads = z.object({
  total_sent: count,
  leads_uploaded: count,
  in_blocklist: count.nullish(),
  duplicated_leads: count.nullish(),
  skipped_count: count.nullish(),
  invalid_email_count: count.nullish(),
  incomplete_count: count.nullish(),
  duplicate_email_count: count.nullish(),
  /** How many more leads the plan takes; null where it has no limit. */
  remaining_in_plan: count.nullish(),
  message: text,
  created_leads: z.array(z.object({ index: z.number().int(), id: z.string(), email: z.string().nullish() })),
});
