import { timeZones } from './time-zones.ts';
import type { Schema } from './validate.ts';

/** The request schemas the routes check against, written by hand from the public contract. */

export const text: Schema = { type: 'string' };
export const number: Schema = { type: 'number' };
export const flag: Schema = { type: 'boolean' };
export const uuid: Schema = { type: 'string', format: 'uuid' };
export const nullable = (schema: Schema): Schema => ({ ...schema, type: [schema.type, 'null'].flat() });
export const listOf = (items: Schema, more: Schema = {}): Schema => ({ type: 'array', items, ...more });
export const oneOf = (...values: Array<string | number>): Schema => ({
  type: typeof values[0],
  enum: values,
});

export const object = (properties: Record<string, Schema>, required: string[] = []): Schema => ({
  type: 'object',
  properties,
  required,
});

export const strict = (properties: Record<string, Schema>, required: string[] = []): Schema => ({
  ...object(properties, required),
  additionalProperties: false,
});

export const paging = { limit: { type: 'integer', minimum: 1, maximum: 100 }, starting_after: text };
export const campaignStatus = oneOf(-99, -1, -2, 0, 1, 2, 3, 4);
const staticInterest = oneOf(1, 2, 3, 4, 0, -1, -2, -3, -4);

const clock: Schema = { type: 'string', pattern: '^([01][0-9]|2[0-3]):([0-5][0-9])$' };
const date: Schema = { type: 'string', format: 'date' };
const delayUnit = oneOf('minutes', 'hours', 'days');

const days = {
  ...object({ '0': flag, '1': flag, '2': flag, '3': flag, '4': flag, '5': flag, '6': flag }),
  minProperties: 1,
};

const campaignSchedule = object({
  start_date: nullable(date),
  end_date: nullable(date),
  schedules: listOf(
    object({
      name: text,
      timing: object({ from: clock, to: clock }, ['from', 'to']),
      days,
      timezone: { type: 'string', enum: timeZones },
    }, ['name', 'timing', 'days', 'timezone']),
    { minItems: 1 },
  ),
}, ['schedules']);

const step = object({
  type: oneOf('email'),
  delay: number,
  delay_unit: delayUnit,
  pre_delay: number,
  pre_delay_unit: delayUnit,
  variants: listOf(object({ subject: text, body: text, v_disabled: flag }, ['subject', 'body'])),
}, ['type', 'delay', 'variants']);

const email: Schema = { type: 'string', format: 'email' };
const mailProvider = oneOf('all', 'google', 'outlook', 'other');

const campaignFields: Record<string, Schema> = {
  name: text,
  pl_value: nullable(number),
  is_evergreen: nullable(flag),
  campaign_schedule: campaignSchedule,
  sequences: listOf(object({ steps: listOf(step) }, ['steps'])),
  email_gap: nullable(number),
  random_wait_max: nullable(number),
  text_only: nullable(flag),
  first_email_text_only: nullable(flag),
  email_list: listOf(text),
  daily_limit: nullable(number),
  stop_on_reply: nullable(flag),
  email_tag_list: listOf(uuid),
  link_tracking: nullable(flag),
  open_tracking: flag,
  stop_on_auto_reply: nullable(flag),
  daily_max_leads: nullable({ type: 'integer', minimum: 0 }),
  prioritize_new_leads: nullable(flag),
  auto_variant_select: nullable(
    object({ trigger: oneOf('reply_rate', 'click_rate', 'open_rate') }, ['trigger']),
  ),
  match_lead_esp: nullable(flag),
  stop_for_company: nullable(flag),
  insert_unsubscribe_header: nullable(flag),
  allow_risky_contacts: nullable(flag),
  disable_bounce_protect: nullable(flag),
  limit_emails_per_company_override: nullable(
    object({
      mode: oneOf('custom', 'disabled'),
      daily_limit: { type: 'number', minimum: 1 },
      scope: oneOf('per_campaign', 'across_workspace'),
    }, ['mode']),
  ),
  cc_list: listOf(email),
  bcc_list: listOf(email),
  owned_by: nullable(uuid),
  provider_routing_rules: listOf(
    object({
      action: oneOf('send', 'do_not_send'),
      recipient_esp: listOf(mailProvider),
      sender_esp: listOf(mailProvider),
    }),
  ),
};

export const campaignCreate = strict({ ...campaignFields, ai_sdr_id: nullable(uuid) }, [
  'name',
  'campaign_schedule',
]);
export const campaignPatch = strict(campaignFields);

const leadFields: Record<string, Schema> = {
  personalization: nullable(text),
  website: nullable(text),
  last_name: nullable(text),
  first_name: nullable(text),
  company_name: nullable(text),
  job_title: nullable(text),
  phone: nullable(text),
  lt_interest_status: staticInterest,
  pl_value_lead: nullable(text),
  assigned_to: nullable(uuid),
  custom_variables: {
    type: 'object',
    additionalProperties: { type: ['string', 'number', 'boolean', 'null'] },
  },
};

const skipFlags = { skip_if_in_workspace: flag, skip_if_in_campaign: flag, skip_if_in_list: flag };
const verifyFlag = { verify_leads_on_import: flag };

export const leadPatch = strict(leadFields);
export const leadCreate = strict({
  ...leadFields,
  ...skipFlags,
  ...verifyFlag,
  campaign: nullable(uuid),
  list_id: nullable(uuid),
  email: nullable(text),
  blocklist_id: uuid,
  verify_leads_for_lead_finder: flag,
});

export const leadsAdd = object({
  ...skipFlags,
  ...verifyFlag,
  campaign_id: uuid,
  list_id: uuid,
  leads: listOf(strict({ ...leadFields, email: nullable(text) }), { minItems: 1, maxItems: 1000 }),
  blocklist_id: nullable(uuid),
  assigned_to: uuid,
}, ['leads']);

export const leadsList = object({
  ...paging,
  search: text,
  filter: text,
  campaign: uuid,
  list_id: uuid,
  in_campaign: flag,
  in_list: flag,
  ids: listOf(uuid),
  excluded_ids: listOf(uuid),
  contacts: listOf(email),
  distinct_contacts: flag,
  organization_user_ids: listOf(uuid),
  smart_view_id: uuid,
  is_website_visitor: flag,
  enrichment_status: oneOf(1, -1, 11, -2),
  esg_code: oneOf('0', '1', '2', '3', '4', 'all', 'none'),
  queries: listOf(object({ actionType: text, values: object({}) }, ['actionType', 'values'])),
});

export const leadsDelete = object({
  campaign_id: uuid,
  list_id: uuid,
  status: oneOf(1, 2, 3, -1, -2, -3),
  ids: listOf(uuid),
  limit: { type: 'integer', minimum: 1, maximum: 10_000 },
});

export const interestUpdate = object({
  lead_email: text,
  interest_value: nullable(number),
  campaign_id: text,
  list_id: text,
  ai_interest_value: number,
  disable_auto_interest: flag,
}, ['lead_email', 'interest_value']);

export const subscriptionNames = [
  'all_events',
  'email_sent',
  'email_opened',
  'email_link_clicked',
  'reply_received',
  'email_bounced',
  'lead_unsubscribed',
  'campaign_completed',
  'account_error',
  'lead_neutral',
  'lead_interested',
  'lead_not_interested',
  'lead_meeting_booked',
  'lead_meeting_completed',
  'lead_closed',
  'lead_out_of_office',
  'lead_wrong_person',
  'lead_no_show',
  'supersearch_enrichment_completed',
] as const;

const webhookFields = {
  campaign: nullable(uuid),
  name: nullable(text),
  target_hook_url: { type: 'string', format: 'uri', pattern: '^https?://' },
  event_type: { type: ['string', 'null'], enum: [...subscriptionNames, null] },
  custom_interest_value: nullable(number),
  headers: { type: ['object', 'null'], additionalProperties: text },
};

export const webhookCreate = strict(webhookFields, ['target_hook_url']);
export const webhookPatch = strict(webhookFields);
