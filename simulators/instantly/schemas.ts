import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { allowedTimeZones } from '../../supabase/functions/_shared/providers/instantly/time-zone.ts';
import { badRequest } from './errors.ts';
import type { ErrorObject, ValidateFunction } from 'ajv';
import type { JsonObject } from '../shared/records.ts';

// Instantly checks with Ajv and answers in its words, so the same is done here. The schemas are written by hand from the
// public contract.

export type Schema = JsonObject;

function createAjv(options: ConstructorParameters<typeof Ajv>[0]): Ajv {
  const ajv = new Ajv({ strict: false, ...options });
  formats.default(ajv);
  return ajv;
}

// Query values arrive as text and are converted; bodies are not, so an array never slips in as its only element.
const queryAjv = createAjv({ coerceTypes: 'array' });
const bodyAjv = { reject: createAjv({}), strip: createAjv({ removeAdditional: true }) };
const compiled = new Map<Ajv, WeakMap<Schema, ValidateFunction>>();

function validator(ajv: Ajv, schema: Schema): ValidateFunction {
  const known = compiled.get(ajv) ?? new WeakMap<Schema, ValidateFunction>();
  compiled.set(ajv, known);
  const found = known.get(schema) ?? ajv.compile(schema);
  known.set(schema, found);
  return found;
}

const describe = (where: string, error: ErrorObject | undefined): string =>
  `${where}${error?.instancePath ?? ''} ${error?.message ?? 'is invalid'}`;

function check(ajv: Ajv, where: string, schema: Schema, value: unknown): void {
  const validate = validator(ajv, schema);
  if (!validate(value)) throw badRequest(describe(where, validate.errors?.[0]));
}

export const text: Schema = { type: 'string' };
export const number: Schema = { type: 'number' };
export const flag: Schema = { type: 'boolean' };
export const uuid: Schema = { type: 'string', format: 'uuid' };
export const date: Schema = { type: 'string', format: 'date' };
export const nullable = (schema: Schema): Schema => ({ ...schema, type: [schema.type, 'null'].flat() });
export const listOf = (items: Schema, more: Schema = {}): Schema => ({ type: 'array', items, ...more });
export const oneOf = (...values: Array<string | number>): Schema => ({
  type: typeof values[0],
  enum: values,
});

type Properties = Record<string, Schema>;
export const object = (properties: Properties, required: string[] = []): Schema => ({
  type: 'object',
  properties,
  required,
});
export const strict = (properties: Properties, required: string[] = []): Schema => ({
  ...object(properties, required),
  additionalProperties: false,
});
/** The same schema for several properties, named in one text. */
export const each = (names: string, schema: Schema): Properties =>
  Object.fromEntries(names.split(/\s+/).map((name) => [name, schema]));

const byId = object({ id: uuid });
export const checkParameters = (value: unknown): void => check(queryAjv, 'params', byId, value);
export const checkQuery = (schema: Schema, value: unknown): void =>
  check(queryAjv, 'querystring', schema, value);
export const checkBody = (strictness: keyof typeof bodyAjv, schema: Schema, value: unknown): void =>
  check(bodyAjv[strictness], 'body', schema, value);

const emailPattern = /^[^\s@<>()[\]\\,;:"]+@[^\s@.]+(\.[^\s@.]+)+$/;
export const isEmail = (value: string): boolean => emailPattern.test(value);

export const paging = { limit: { type: 'integer', minimum: 1, maximum: 100 }, starting_after: text };
export const campaignStatus = oneOf(-99, -1, -2, 0, 1, 2, 3, 4);
const clock: Schema = { type: 'string', pattern: '^([01][0-9]|2[0-3]):([0-5][0-9])$' };
const email: Schema = { type: 'string', format: 'email' };

const campaignSchedule = object({
  ...each('start_date end_date', nullable(date)),
  schedules: listOf(
    object({
      name: text,
      timing: object(each('from to', clock), ['from', 'to']),
      days: { ...object(each('0 1 2 3 4 5 6', flag)), minProperties: 1 },
      timezone: { type: 'string', enum: allowedTimeZones },
    }, ['name', 'timing', 'days', 'timezone']),
    { minItems: 1 },
  ),
}, ['schedules']);

const step = object({
  type: oneOf('email'),
  ...each('delay pre_delay', number),
  ...each('delay_unit pre_delay_unit', oneOf('minutes', 'hours', 'days')),
  variants: listOf(object({ subject: text, body: text, v_disabled: flag }, ['subject', 'body'])),
}, ['type', 'delay', 'variants']);

const companyLimit = object({
  mode: oneOf('custom', 'disabled'),
  daily_limit: { type: 'number', minimum: 1 },
  scope: oneOf('per_campaign', 'across_workspace'),
}, ['mode']);

const routingRule = object({
  action: oneOf('send', 'do_not_send'),
  ...each('recipient_esp sender_esp', listOf(oneOf('all', 'google', 'outlook', 'other'))),
});

const campaignFields: Properties = {
  name: text,
  campaign_schedule: campaignSchedule,
  sequences: listOf(object({ steps: listOf(step) }, ['steps'])),
  ...each('pl_value email_gap random_wait_max daily_limit', nullable(number)),
  ...each('is_evergreen text_only first_email_text_only stop_on_reply link_tracking', nullable(flag)),
  ...each('stop_on_auto_reply prioritize_new_leads match_lead_esp stop_for_company', nullable(flag)),
  ...each('insert_unsubscribe_header allow_risky_contacts disable_bounce_protect', nullable(flag)),
  open_tracking: flag,
  email_list: listOf(text),
  email_tag_list: listOf(uuid),
  ...each('cc_list bcc_list', listOf(email)),
  daily_max_leads: nullable({ type: 'integer', minimum: 0 }),
  auto_variant_select: nullable(
    object({ trigger: oneOf('reply_rate', 'click_rate', 'open_rate') }, ['trigger']),
  ),
  limit_emails_per_company_override: nullable(companyLimit),
  owned_by: nullable(uuid),
  provider_routing_rules: listOf(routingRule),
};

export const campaignCreate = strict({ ...campaignFields, ai_sdr_id: nullable(uuid) }, [
  'name',
  'campaign_schedule',
]);
export const campaignPatch = strict(campaignFields);

const leadProperties: Properties = {
  ...each('personalization website last_name first_name company_name', nullable(text)),
  ...each('job_title phone pl_value_lead', nullable(text)),
  lt_interest_status: oneOf(1, 2, 3, 4, 0, -1, -2, -3, -4),
  assigned_to: nullable(uuid),
  custom_variables: {
    type: 'object',
    additionalProperties: { type: ['string', 'number', 'boolean', 'null'] },
  },
};
const importFlags = each(
  'skip_if_in_workspace skip_if_in_campaign skip_if_in_list verify_leads_on_import',
  flag,
);

export const leadPatch = strict(leadProperties);
export const leadCreate = strict({
  ...leadProperties,
  ...importFlags,
  ...each('campaign list_id', nullable(uuid)),
  email: nullable(text),
  blocklist_id: uuid,
  verify_leads_for_lead_finder: flag,
});

export const leadsAdd = object({
  ...importFlags,
  ...each('campaign_id list_id assigned_to', uuid),
  leads: listOf(strict({ ...leadProperties, email: nullable(text) }), { minItems: 1, maxItems: 1000 }),
  blocklist_id: nullable(uuid),
}, ['leads']);

export const leadsList = object({
  ...paging,
  ...each('search filter', text),
  ...each('campaign list_id smart_view_id', uuid),
  ...each('in_campaign in_list distinct_contacts is_website_visitor', flag),
  ...each('ids excluded_ids organization_user_ids', listOf(uuid)),
  contacts: listOf(email),
  enrichment_status: oneOf(1, -1, 11, -2),
  esg_code: oneOf('0', '1', '2', '3', '4', 'all', 'none'),
  queries: listOf(object({ actionType: text, values: object({}) }, ['actionType', 'values'])),
});

export const leadsDelete = object({
  ...each('campaign_id list_id', uuid),
  status: oneOf(1, 2, 3, -1, -2, -3),
  ids: listOf(uuid),
  limit: { type: 'integer', minimum: 1, maximum: 10_000 },
});

export const interestUpdate = object({
  ...each('lead_email campaign_id list_id', text),
  interest_value: nullable(number),
  ai_interest_value: number,
  disable_auto_interest: flag,
}, ['lead_email', 'interest_value']);

export const subscriptionNames =
  `all_events email_sent email_opened email_link_clicked reply_received email_bounced lead_unsubscribed
  campaign_completed account_error lead_neutral lead_interested lead_not_interested lead_meeting_booked
  lead_meeting_completed lead_closed lead_out_of_office lead_wrong_person lead_no_show
  supersearch_enrichment_completed`.split(/\s+/);

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
