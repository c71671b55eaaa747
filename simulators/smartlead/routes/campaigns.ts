import { z } from 'zod';
import { iso } from '../../shared/time.ts';
import { campaignOf, type Route, type RouteContext } from '../api.ts';
import { ApiError, read, ValidationError } from '../errors.ts';
import { showAccount } from './accounts.ts';
import type { Routes } from '../../shared/api.ts';
import type { JsonObject } from '../../shared/records.ts';
import type { CampaignData, Step } from '../types.ts';

const text = z.string();
const number = z.number();
const flag = z.boolean();

/** Newest first, all of them, subsequences among them. */
function list(context: RouteContext): unknown {
  const { query: { client_id: client }, workspace } = context;
  return [...workspace.campaigns.values()].reverse()
    .filter(({ data }) => client === undefined || String(data.clientId) === client)
    .map(({ data }) => show(context, data));
}

const show = ({ workspace, query }: RouteContext, campaign: CampaignData): JsonObject => ({
  id: campaign.id,
  user_id: workspace.record.userId,
  created_at: iso(campaign.created),
  updated_at: iso(campaign.updated),
  status: campaign.status,
  name: campaign.name,
  ...campaign.shown,
  scheduler_cron_value: campaign.schedule,
  max_leads_per_day: campaign.newLeadsPerDay,
  schedule_start_time: campaign.scheduleStart,
  parent_campaign_id: campaign.parentId,
  client_id: campaign.clientId,
  ...(query.include_tags === 'true' && { tags: [] }),
});

function checkClient({ workspace }: RouteContext, id: number | null | undefined): void {
  if (typeof id === 'number' && workspace.record.clients.every((client) => client.id !== id)) {
    throw new ApiError(400, 'Client not found');
  }
}

const createBody = z.strictObject({ name: text.nullish(), client_id: number.nullish() });

function create(context: RouteContext): unknown {
  const { name, client_id: client } = read(createBody, context.body);
  checkClient(context, client);
  const { world, workspace } = context;
  const { data } = world.createCampaign(workspace, name || 'Untitled campaign', client ?? null);
  return { ok: true, id: data.id, name: data.name, created_at: iso(data.created) };
}

/** Every change of a campaign ends here. */
function changed({ world }: RouteContext, campaign: CampaignData): { ok: true } {
  campaign.updated = world.simulatedNow;
  world.dirty = true;
  return { ok: true };
}

const statusBody = z.strictObject({ status: z.enum(['START', 'PAUSED', 'STOPPED']) });

function setStatus(context: RouteContext): unknown {
  const { workspace, recorder, world } = context;
  const campaign = campaignOf(context, 'write');
  const { data } = campaign;
  const { status } = read(statusBody, context.body);
  if (status === 'START') {
    if (data.steps.length === 0) throw new ApiError(400, 'Campaign has no sequences');
    if (data.accountIds.length === 0) throw new ApiError(400, 'Campaign has no email accounts');
    if (data.schedule === null) throw new ApiError(400, 'Campaign has no schedule');
  }
  for (const { data: each } of [campaign, ...workspace.subsequencesOf(data)]) {
    // START is the verb, ACTIVE is the state.
    each.status = status === 'START' ? 'ACTIVE' : status;
  }
  recorder.record(workspace, campaign, { type: 'campaign_status_changed', at: world.simulatedNow });
  return changed(context, data);
}

/** Written under these names and read without the second word. */
const trackSetting = z.enum([
  'DONT_TRACK_EMAIL_OPEN',
  'DONT_TRACK_LINK_CLICK',
  'DONT_TRACK_REPLY_TO_AN_EMAIL',
]).transform((name) => name.replace('TRACK_', ''));

const settingsBody = z.strictObject({
  name: text,
  track_settings: z.array(trackSetting),
  stop_lead_settings: z.enum(['REPLY_TO_AN_EMAIL', 'CLICK_ON_A_LINK', 'OPEN_AN_EMAIL']),
  unsubscribe_text: text.nullable(),
  send_as_plain_text: flag,
  force_plain_text: flag,
  follow_up_percentage: number,
  client_id: number.nullable(),
  enable_ai_esp_matching: flag,
  auto_pause_domain_leads_on_reply: flag,
}).partial();

function setSettings(context: RouteContext): unknown {
  const { data } = campaignOf(context, 'write');
  const { name, client_id: client, force_plain_text: _, auto_pause_domain_leads_on_reply: __, ...shown } =
    read(
      settingsBody,
      context.body,
    );
  checkClient(context, client);
  if (name !== undefined) data.name = name;
  if (client !== undefined) data.clientId = client;
  Object.assign(data.shown, shown);
  return changed(context, data);
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const hours = text.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be in HH:MM format');
const scheduleBody = z.strictObject({
  timezone: text.refine(isTimeZone, 'must be a valid timezone'),
  days_of_the_week: z.array(number),
  start_hour: hours,
  end_hour: hours,
  min_time_btw_emails: number.optional(),
  max_new_leads_per_day: number.optional(),
  schedule_start_time: text.nullish(),
});

function setSchedule(context: RouteContext): unknown {
  const { data } = campaignOf(context, 'write');
  const body = read(scheduleBody, context.body);
  const { timezone: tz, days_of_the_week: days, start_hour: startHour, end_hour: endHour } = body;
  const [low, high] = context.behaviour.weekdays === 'sunday-is-0' ? [0, 6] : [1, 7];
  for (const [index, day] of days.entries()) {
    if (Number.isInteger(day) && day >= low && day <= high) continue;
    throw new ValidationError(`"days_of_the_week[${index}]" must be between ${low} and ${high}`);
  }
  data.schedule = { tz, days, startHour, endHour };
  data.scheduleStart = body.schedule_start_time || null;
  data.shown.min_time_btwn_emails = body.min_time_btw_emails ?? data.shown.min_time_btwn_emails;
  data.newLeadsPerDay = body.max_new_leads_per_day ?? data.newLeadsPerDay;
  return changed(context, data);
}

/** `delayInDays` and `sequence_variants` on the way out, `delay_in_days` and `seq_variants` on the way in. */
const showStep = (step: Step): JsonObject => ({
  id: step.id,
  seq_number: step.number,
  seq_delay_details: { delayInDays: step.delayDays },
  subject: step.subject,
  email_body: step.body,
  sequence_variants: step.variants.map(({ id, label, subject, body }) => ({
    id,
    variant_label: label,
    subject,
    email_body: body,
  })),
});

const variantShape = z.strictObject({
  id: number.nullish(),
  subject: text.nullish(),
  email_body: text,
  variant_label: text.optional(),
  variant_distribution_percentage: number.optional(),
});
const stepShape = z.strictObject({
  id: number.nullish(),
  seq_number: number,
  seq_delay_details: z.strictObject({ delay_in_days: number }),
  seq_type: text.optional(),
  subject: text.nullish(),
  email_body: text.nullish(),
  seq_variants: z.array(variantShape).default([]),
  variant_distribution_type: text.optional(),
  lead_distribution_percentage: number.optional(),
  winning_metric_property: text.optional(),
});
const sequencesBody = z.strictObject({ sequences: z.array(stepShape) });

/** Replaces all steps, whatever was there. */
function setSequences(context: RouteContext): unknown {
  const { world } = context;
  const { data } = campaignOf(context, 'write');
  const { sequences } = read(sequencesBody, context.body);
  data.steps = sequences.map((step) => ({
    id: world.takeId('step'),
    number: step.seq_number,
    delayDays: step.seq_delay_details.delay_in_days,
    subject: step.subject ?? '',
    body: step.email_body ?? '',
    variants: step.seq_variants.map((variant, index) => ({
      id: world.takeId('variant'),
      label: variant.variant_label || String.fromCharCode(65 + index),
      subject: variant.subject ?? '',
      body: variant.email_body,
    })),
  })).sort((one, other) => one.number - other.number);
  return { ...changed(context, data), data: 'success' };
}

const accountsBody = z.strictObject({ email_account_ids: z.array(number) });

function accountIds({ body, workspace }: RouteContext): number[] {
  const { email_account_ids: ids } = read(accountsBody, body);
  const unknown = ids.find((id) => workspace.record.accounts.every((account) => account.id !== id));
  if (unknown !== undefined) throw new ApiError(400, `Email account ${unknown} not found`);
  return ids;
}

function addAccounts(context: RouteContext): unknown {
  const { data } = campaignOf(context, 'write');
  data.accountIds = [...new Set([...data.accountIds, ...accountIds(context)])];
  return { ...changed(context, data), result: { email_account_ids: data.accountIds } };
}

function removeAccounts(context: RouteContext): unknown {
  const { data } = campaignOf(context, 'write');
  const removed = accountIds(context);
  data.accountIds = data.accountIds.filter((id) => !removed.includes(id));
  return changed(context, data);
}

function accounts(context: RouteContext): unknown {
  const { data } = campaignOf(context);
  return context.workspace.accountsOf(data).map((account) => showAccount(context, account));
}

function remove(context: RouteContext): unknown {
  context.world.removeCampaign(context.workspace, campaignOf(context, 'write'));
  return { ok: true };
}

const one = '/campaigns/:campaignId';

export const campaignRoutes: Routes<Route> = {
  'GET /campaigns': list,
  'POST /campaigns/create': create,
  [`GET ${one}`]: (context) => show(context, campaignOf(context).data),
  [`DELETE ${one}`]: remove,
  [`POST ${one}/status`]: setStatus,
  [`PATCH ${one}/status`]: setStatus,
  [`POST ${one}/settings`]: setSettings,
  [`POST ${one}/schedule`]: setSchedule,
  [`GET ${one}/sequences`]: (context) => campaignOf(context).data.steps.map(showStep),
  [`POST ${one}/sequences`]: setSequences,
  [`GET ${one}/email-accounts`]: accounts,
  [`POST ${one}/email-accounts`]: addAccounts,
  [`DELETE ${one}/email-accounts`]: removeAccounts,
};
