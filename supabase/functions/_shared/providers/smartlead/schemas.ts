/**
 * The parts of Smartlead's answers that we read. Counters and some ids arrive as text, so both forms are accepted; all other
 * fields are dropped here, among them the passwords of mailboxes.
 */
import { z } from 'zod';
import { rowsOf, timeOrNone } from '../rows.ts';

/** A number, or a number as text. */
export const numeric = z.union([
  z.number(),
  z.string().trim().regex(/^-?\d+(\.\d+)?$/).transform(Number),
]);
const count = numeric.nullish().transform((value) => Math.max(0, Math.trunc(value ?? 0)));

/** Ids are integers, sometimes as text; we keep them as text. */
export const id = z.union([z.number().int(), z.string().min(1)]).transform(String);
const text = z.string().nullish();

export const campaign = z.object({
  id,
  user_id: id.nullish(),
  name: z.string(),
  status: text,
  created_at: timeOrNone,
  updated_at: timeOrNone,
  parent_campaign_id: id.nullish(),
  client_id: id.nullish(),
});
export type SmartleadCampaign = z.infer<typeof campaign>;

export const createdCampaign = z.object({ id, name: text, created_at: text });

export const organization = z.object({ id, name: text, email: text, logo: text });

export const analytics = z.object({
  id: id.nullish(),
  sent_count: count,
  unique_sent_count: count,
  unique_open_count: count,
  unique_click_count: count,
  reply_count: count,
  bounce_count: count,
  unsubscribed_count: count,
  campaign_lead_stats: z.object({
    total: count,
    completed: count,
    interested: count,
    revenue: numeric.nullish().transform((value) => value ?? 0),
  }).nullish(),
});

const dayRow = z.object({
  /** "20 Apr": no year. */
  date: z.string(),
  email_engagement_metrics: z.object({
    sent: count,
    opened: count,
    replied: count,
    bounced: count,
    unsubscribed: count,
  }),
});

/** `data: {}` when there are no days. */
export const dayStatistics = z.object({
  data: z.object({
    day_wise_stats: rowsOf('days', dayRow).nullish(),
  }),
});

export const mailStatistics = z.object({
  stats_id: z.string(),
  lead_email: z.string(),
  lead_name: text,
  sequence_number: numeric.nullish(),
  seq_variant_id: id.nullish(),
  email_subject: text,
  sent_time: timeOrNone,
  open_time: timeOrNone,
  click_time: timeOrNone,
  reply_time: timeOrNone,
  open_count: count,
  click_count: count,
  is_unsubscribed: z.boolean().nullish(),
  is_bounced: z.boolean().nullish(),
  ignore_reply: z.boolean().nullish(),
});
export type MailStatistics = z.infer<typeof mailStatistics>;

export const mailStatisticsPage = z.object({ total_stats: count, data: rowsOf('mails', mailStatistics) });

const customFields = z.record(z.string(), z.unknown()).nullish().catch(null);

export const lead = z.object({
  id,
  email: text,
  first_name: text,
  last_name: text,
  company_name: text,
  phone_number: z.union([z.string(), z.number()]).nullish(),
  website: text,
  location: text,
  linkedin_profile: text,
  company_url: text,
  custom_fields: customFields,
  is_unsubscribed: z.boolean().nullish(),
});

export const campaignLead = z.object({
  campaign_lead_map_id: id.nullish(),
  lead_category_id: numeric.nullish(),
  status: text,
  created_at: text,
  lead,
});
export type CampaignLead = z.infer<typeof campaignLead>;

export const campaignLeads = z.object({ total_leads: count, data: rowsOf('leads', campaignLead) });

/** `GET /leads/?email=`: `{}` for an unknown address. */
export const leadByEmail = z.object({
  id: id.nullish(),
  lead_campaign_data: z.array(z.object({ campaign_id: id })).nullish(),
});

const idByEmail = z.record(z.string(), id).nullish().catch(null);

export const addedLeads = z.object({
  /** How many were really added, despite the name. */
  total_leads: count,
  block_count: count,
  duplicate_count: count,
  invalid_email_count: count,
  invalid_emails: z.array(z.string()).nullish().catch(null),
  already_added_to_campaign: count,
  unsubscribed_leads: z.array(z.unknown()).nullish().catch(null),
  is_lead_limit_exhausted: z.boolean().nullish(),
  lead_import_stopped_count: count,
  bounce_count: count,
  error: text.catch(null),
  message: text.catch(null),
  emailToLeadIdMap: z.object({
    newlyAddedLeads: idByEmail,
    existingLeads: idByEmail,
    existingLeadsInOtherCampaigns: idByEmail,
  }).nullish().catch(null),
});
export type AddedLeads = z.infer<typeof addedLeads>;

export const category = z.object({ id: numeric, name: z.string(), sentiment_type: text });

export const account = z.object({
  id,
  from_email: z.string(),
  type: text,
  message_per_day: numeric.nullish(),
  is_smtp_success: z.boolean().nullish(),
  is_imap_success: z.boolean().nullish(),
  smtp_failure_error: text,
  imap_failure_error: text,
  updated_at: timeOrNone,
  warmup_details: z.object({
    status: text,
    total_sent_count: numeric.nullish(),
    total_spam_count: numeric.nullish(),
    /** "95%" in the list, 95 in the single form. */
    warmup_reputation: z.union([z.string(), z.number()]).nullish(),
  }).nullish(),
});
export type SmartleadAccount = z.infer<typeof account>;

export const webhook = z.object({
  id,
  name: text,
  webhook_url: z.string(),
  event_types: z.array(z.string()).nullish(),
  event_type_map: z.record(z.string(), z.boolean()).nullish(),
});
export type SmartleadWebhook = z.infer<typeof webhook>;

const historyRow = z.object({
  type: text,
  message_id: text,
  stats_id: text,
  time: timeOrNone,
  email_body: text,
  subject: text,
  email_seq_number: numeric.nullish(),
});

export type HistoryRow = z.infer<typeof historyRow>;

export const messageHistory = z.object({
  history: rowsOf('correspondence', historyRow).nullish(),
  from: text,
  to: text,
});
