import { z } from 'zod';
import { ApiError, type Routes } from '../../shared/api.ts';
import { dayLength, utcDay } from '../../shared/time.ts';
import { anything, changed, reading, type Route, type RouteContext, rowOf, writing } from '../api.ts';
import { page, read, ValidationError } from '../errors.ts';
import type { EmailAccount } from '../records.ts';

const text = z.string();
const number = z.number();
const flag = z.boolean();

/** Newest first, all of them, subsequences among them. */
const list = ({ query: { client_id: client }, workspace }: RouteContext): unknown =>
  workspace.allCampaigns.map(({ data }) => data).reverse()
    .filter((data) => client === undefined || String(data.client_id) === client);

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
  return { ok: true, id: data.id, name: data.name, created_at: data.created_at };
}

const statusBody = z.strictObject({ status: z.enum(['START', 'PAUSED', 'STOPPED']) });

const setStatus = writing(statusBody, (campaign, { status }, context) => {
  const { workspace, recorder, world } = context;
  const { data, record } = campaign;
  if (status === 'START') {
    if (record.steps.length === 0) throw new ApiError(400, 'Campaign has no sequences');
    if (record.accountIds.length === 0) throw new ApiError(400, 'Campaign has no email accounts');
    if (data.scheduler_cron_value === null) throw new ApiError(400, 'Campaign has no schedule');
  }
  for (const each of workspace.withSubsequences(campaign)) {
    // START is the verb, ACTIVE is the state.
    each.data.status = status === 'START' ? 'ACTIVE' : status;
  }
  recorder.record({ workspace, campaign }, { type: 'campaign_status_changed', at: world.simulatedNow });
  return changed(context, data);
});

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
  follow_up_percentage: number,
  client_id: number.nullable(),
  enable_ai_esp_matching: flag,
  auto_pause_domain_leads_on_reply: flag,
}).partial();

const setSettings = writing(settingsBody, ({ data }, settings, context) => {
  checkClient(context, settings.client_id);
  Object.assign(data, settings);
  return changed(context, data);
});

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

const setSchedule = writing(scheduleBody, ({ data }, body, context) => {
  const { timezone: tz, days_of_the_week: days, start_hour: startHour, end_hour: endHour } = body;
  const [low, high] = context.world.behaviour.weekdays === 'sunday-is-0' ? [0, 6] : [1, 7];
  for (const [index, day] of days.entries()) {
    if (Number.isInteger(day) && day >= low && day <= high) continue;
    throw new ValidationError(`"days_of_the_week[${index}]" must be between ${low} and ${high}`);
  }
  data.scheduler_cron_value = { tz, days, startHour, endHour };
  data.schedule_start_time = body.schedule_start_time || null;
  data.min_time_btwn_emails = body.min_time_btw_emails ?? data.min_time_btwn_emails;
  data.max_leads_per_day = body.max_new_leads_per_day ?? data.max_leads_per_day;
  return changed(context, data);
});

const variantShape = z.strictObject({
  id: number.nullish(),
  subject: text.nullish(),
  email_body: text,
  variant_label: text.optional(),
  variant_distribution_percentage: number.optional(),
});
const sequencesBody = z.strictObject({
  sequences: z.array(z.strictObject({
    id: number.nullish(),
    seq_number: number,
    seq_delay_details: z.strictObject({ delay_in_days: number }),
    subject: text.nullish(),
    email_body: text.nullish(),
    seq_variants: z.array(variantShape).default([]),
    variant_distribution_type: text.optional(),
  })),
});

/**
 * Replaces all steps, whatever was there. `delay_in_days` and `seq_variants` on the way in, `delayInDays` and
 * `sequence_variants` on the way out.
 */
const setSequences = writing(sequencesBody, ({ data, record }, { sequences }, context) => {
  const { world } = context;
  record.steps = sequences.map((step) => ({
    id: world.takeId('step'),
    seq_number: step.seq_number,
    seq_delay_details: { delayInDays: step.seq_delay_details.delay_in_days },
    subject: step.subject ?? '',
    email_body: step.email_body ?? '',
    sequence_variants: step.seq_variants.map((variant, index) => ({
      id: world.takeId('variant'),
      variant_label: variant.variant_label || String.fromCharCode(65 + index),
      subject: variant.subject ?? '',
      email_body: variant.email_body,
    })),
  })).sort((one, other) => one.seq_number - other.seq_number);
  return { ...changed(context, data), data: 'success' };
});

const accountsBody = z.strictObject({ email_account_ids: z.array(number) });

const addAccounts = writing(accountsBody, ({ data, record }, { email_account_ids: ids }, context) => {
  const { accounts } = context.workspace.record;
  const unknown = ids.find((id) => accounts.every((account) => account.id !== id));
  if (unknown !== undefined) throw new ApiError(400, `Email account ${unknown} not found`);
  record.accountIds = [...new Set([...record.accountIds, ...ids])];
  return { ...changed(context, data), result: { email_account_ids: record.accountIds } };
});

const remove = writing(anything, ({ data: { id } }, _, { workspace: { campaigns, record } }) => {
  campaigns.delete(id);
  record.webhooks = record.webhooks.filter(({ shown }) => shown.email_campaign_id !== id);
  return { ok: true };
});

const findAccount = (context: RouteContext): EmailAccount =>
  rowOf(context, 'accountId', context.workspace.record.accounts, 'Email account');

const accountsQuery = z.object(page(100));

/** With the passwords, as the real service answers. The reputation is text in lists and a number alone. */
function listAccounts({ workspace, query }: RouteContext): unknown {
  const { offset, limit } = read(accountsQuery, query);
  return workspace.record.accounts.slice(offset, offset + limit).map((account) => {
    const reputation = `${account.warmup_details.warmup_reputation}%`;
    return { ...account, warmup_details: { ...account.warmup_details, warmup_reputation: reputation } };
  });
}

function warmup(context: RouteContext): unknown {
  const { id } = findAccount(context);
  const days = Array.from({ length: 7 }, (_, index) => ({
    date: utcDay(context.world.simulatedNow - (6 - index) * dayLength),
    sent_count: 12,
    reply_count: 4,
    save_from_spam_count: index % 3 === 0 ? 1 : 0,
  }));
  return { id, sent_count: '84', spam_count: '2', stats_by_date: days };
}

const one = '/campaigns/:campaignId';

/** Campaigns and the mailboxes that send them. */
export const campaignRoutes: Routes<Route> = {
  'GET /campaigns': list,
  'POST /campaigns/create': create,
  [`GET ${one}`]: reading(anything, ({ data }) => data),
  [`DELETE ${one}`]: remove,
  [`POST ${one}/status`]: setStatus,
  [`POST ${one}/settings`]: setSettings,
  [`POST ${one}/schedule`]: setSchedule,
  [`GET ${one}/sequences`]: reading(anything, ({ record }) => record.steps),
  [`POST ${one}/sequences`]: setSequences,
  [`POST ${one}/email-accounts`]: addAccounts,
  'GET /email-accounts': listAccounts,
  'GET /email-accounts/:accountId': findAccount,
  'GET /email-accounts/:accountId/warmup-stats': warmup,
  'GET /client': ({ workspace: { record } }) => record.clients,
};
