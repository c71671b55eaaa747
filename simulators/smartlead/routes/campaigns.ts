import { iso } from '../dates.ts';
import { ApiError, ValidationError } from '../errors.ts';
import { campaignOf } from '../router.ts';
import { check, textOf } from '../validate.ts';
import { showAccount } from './accounts.ts';
import type { Route, RouteContext } from '../router.ts';
import type { Campaign, CampaignStatus, JsonObject, Step } from '../types.ts';

/** Written under these names and read under others. */
const trackSettings = {
  DONT_TRACK_EMAIL_OPEN: 'DONT_EMAIL_OPEN',
  DONT_TRACK_LINK_CLICK: 'DONT_LINK_CLICK',
  DONT_TRACK_REPLY_TO_AN_EMAIL: 'DONT_REPLY_TO_AN_EMAIL',
} as const;
const stopSettings = ['REPLY_TO_AN_EMAIL', 'CLICK_ON_A_LINK', 'OPEN_AN_EMAIL'];

function show({ workspace, query }: RouteContext, campaign: Campaign): JsonObject {
  return {
    id: campaign.id,
    user_id: workspace.record.userId,
    created_at: iso(campaign.created),
    updated_at: iso(campaign.updated),
    status: campaign.status,
    name: campaign.name,
    track_settings: campaign.trackSettings,
    scheduler_cron_value: campaign.schedule,
    min_time_btwn_emails: campaign.minutesBetween,
    max_leads_per_day: campaign.newLeadsPerDay,
    stop_lead_settings: campaign.stopLeadSettings,
    schedule_start_time: campaign.scheduleStart,
    enable_ai_esp_matching: campaign.espMatching,
    send_as_plain_text: campaign.plainText,
    follow_up_percentage: campaign.followUpPercentage,
    unsubscribe_text: campaign.unsubscribeText,
    parent_campaign_id: campaign.parentId,
    client_id: campaign.clientId,
    ...(query.include_tags === 'true' && { tags: [] }),
  };
}

/** Newest first, all of them, subsequences among them. */
function list(context: RouteContext): unknown {
  const { query, workspace } = context;
  const client = textOf(query.client_id);
  return [...workspace.campaigns.values()].reverse()
    .filter(({ data }) => client === undefined || String(data.clientId) === client)
    .map(({ data }) => show(context, data));
}

function knownClient({ workspace }: RouteContext, value: unknown): number | null {
  if (typeof value !== 'number') return null;
  if (workspace.client(value) === undefined) throw new ApiError(400, 'Client not found');
  return value;
}

function create(context: RouteContext): unknown {
  const body = check(context.body, {
    name: { type: 'string', nullable: true },
    client_id: { type: 'number', nullable: true },
  });
  const name = textOf(body.name) ?? 'Untitled campaign';
  const { data } = context.world.createCampaign(
    context.workspace,
    name,
    knownClient(context, body.client_id),
  );
  return { ok: true, id: data.id, name: data.name, created_at: iso(data.created) };
}

function touch({ world }: RouteContext, campaign: Campaign): { ok: true } {
  campaign.updated = world.simulatedNow;
  world.dirty = true;
  return { ok: true };
}

function setStatus(context: RouteContext): unknown {
  const campaign = campaignOf(context, 'write');
  const { data } = campaign;
  const body = check(context.body, {
    status: { type: 'string', required: true, oneOf: ['START', 'PAUSED', 'STOPPED'] },
  });
  if (body.status === 'START') {
    if (data.steps.length === 0) throw new ApiError(400, 'Campaign has no sequences');
    if (data.accountIds.length === 0) throw new ApiError(400, 'Campaign has no email accounts');
    if (data.schedule === null) throw new ApiError(400, 'Campaign has no schedule');
  }
  // START is the verb, ACTIVE is the state.
  const status = body.status === 'START' ? 'ACTIVE' : (body.status as CampaignStatus);
  for (const { data: each } of [campaign, ...context.workspace.subsequencesOf(data)]) each.status = status;
  touch(context, data);
  context.recorder.record(context.workspace, campaign, {
    type: 'campaign_status_changed',
    at: context.world.simulatedNow,
  });
  return { ok: true };
}

function setSettings(context: RouteContext): unknown {
  const { data } = campaignOf(context, 'write');
  const body = check(context.body, {
    name: { type: 'string' },
    track_settings: { type: 'array' },
    stop_lead_settings: { type: 'string', oneOf: stopSettings },
    unsubscribe_text: { type: 'string', nullable: true },
    send_as_plain_text: { type: 'boolean' },
    force_plain_text: { type: 'boolean' },
    follow_up_percentage: { type: 'number' },
    client_id: { type: 'number', nullable: true },
    enable_ai_esp_matching: { type: 'boolean' },
    auto_pause_domain_leads_on_reply: { type: 'boolean' },
  });
  for (const setting of (body.track_settings as unknown[] | undefined) ?? []) {
    if (String(setting) in trackSettings) continue;
    throw new ValidationError(
      `"track_settings[0]" must be one of [${Object.keys(trackSettings).join(', ')}]`,
    );
  }
  if (body.track_settings !== undefined) {
    data.trackSettings = (body.track_settings as Array<keyof typeof trackSettings>).map((name) =>
      trackSettings[name]
    );
  }
  if (typeof body.name === 'string') data.name = body.name;
  if (typeof body.stop_lead_settings === 'string') data.stopLeadSettings = body.stop_lead_settings;
  if (typeof body.unsubscribe_text === 'string') data.unsubscribeText = body.unsubscribe_text;
  if (typeof body.send_as_plain_text === 'boolean') data.plainText = body.send_as_plain_text;
  if (typeof body.follow_up_percentage === 'number') data.followUpPercentage = body.follow_up_percentage;
  if (typeof body.enable_ai_esp_matching === 'boolean') data.espMatching = body.enable_ai_esp_matching;
  if (body.client_id !== undefined) data.clientId = knownClient(context, body.client_id);
  return touch(context, data);
}

const hours = /^([01]\d|2[0-3]):[0-5]\d$/;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function setSchedule(context: RouteContext): unknown {
  const { data } = campaignOf(context, 'write');
  const body = check(context.body, {
    timezone: { type: 'string', required: true },
    days_of_the_week: { type: 'array', required: true },
    start_hour: { type: 'string', required: true },
    end_hour: { type: 'string', required: true },
    min_time_btw_emails: { type: 'number' },
    max_new_leads_per_day: { type: 'number' },
    schedule_start_time: { type: 'string', nullable: true },
  });
  const tz = String(body.timezone);
  if (!isTimeZone(tz)) throw new ValidationError('"timezone" must be a valid timezone');
  const days = body.days_of_the_week as number[];
  const [low, high] = context.behaviour.weekdays === 'sunday-is-0' ? [0, 6] : [1, 7];
  for (const [index, day] of days.entries()) {
    if (Number.isInteger(day) && day >= low && day <= high) continue;
    throw new ValidationError(`"days_of_the_week[${index}]" must be between ${low} and ${high}`);
  }
  for (const name of ['start_hour', 'end_hour']) {
    if (!hours.test(String(body[name]))) throw new ValidationError(`"${name}" must be in HH:MM format`);
  }
  data.schedule = { tz, days, startHour: String(body.start_hour), endHour: String(body.end_hour) };
  data.scheduleStart = textOf(body.schedule_start_time) ?? null;
  if (typeof body.min_time_btw_emails === 'number') data.minutesBetween = body.min_time_btw_emails;
  if (typeof body.max_new_leads_per_day === 'number') data.newLeadsPerDay = body.max_new_leads_per_day;
  return touch(context, data);
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

function readStep({ world }: RouteContext, value: unknown, index: number): Step {
  const path = `sequences[${index}]`;
  const step = check(value, {
    id: { type: 'number', nullable: true },
    seq_number: { type: 'number', required: true },
    seq_delay_details: { type: 'object', required: true },
    seq_type: { type: 'string' },
    subject: { type: 'string', nullable: true },
    email_body: { type: 'string', nullable: true },
    seq_variants: { type: 'array' },
    variant_distribution_type: { type: 'string' },
    lead_distribution_percentage: { type: 'number' },
    winning_metric_property: { type: 'string' },
  }, path);
  const delay = check(
    step.seq_delay_details,
    { delay_in_days: { type: 'number', required: true } },
    `${path}.seq_delay_details`,
  );
  const variants = (step.seq_variants as unknown[] | undefined) ?? [];
  return {
    id: world.identifiers.take('step'),
    number: Number(step.seq_number),
    delayDays: Number(delay.delay_in_days),
    subject: textOf(step.subject) ?? '',
    body: textOf(step.email_body) ?? '',
    variants: variants.map((variant, at) => {
      const fields = check(variant, {
        id: { type: 'number', nullable: true },
        subject: { type: 'string', nullable: true },
        email_body: { type: 'string', required: true },
        variant_label: { type: 'string' },
        variant_distribution_percentage: { type: 'number' },
      }, `${path}.seq_variants[${at}]`);
      return {
        id: world.identifiers.take('variant'),
        label: textOf(fields.variant_label) ?? String.fromCharCode(65 + at),
        subject: textOf(fields.subject) ?? '',
        body: String(fields.email_body),
      };
    }),
  };
}

/** Replaces all steps, whatever was there. */
function setSequences(context: RouteContext): unknown {
  const { data } = campaignOf(context, 'write');
  const body = check(context.body, { sequences: { type: 'array', required: true } });
  data.steps = (body.sequences as unknown[]).map((step, index) => readStep(context, step, index))
    .sort((one, other) => one.number - other.number);
  touch(context, data);
  return { ok: true, data: 'success' };
}

function accountIds({ body, workspace }: RouteContext): number[] {
  const fields = check(body, { email_account_ids: { type: 'array', required: true } });
  const ids = fields.email_account_ids as number[];
  const unknown = ids.find((id) => workspace.record.accounts.every((account) => account.id !== id));
  if (unknown !== undefined) throw new ApiError(400, `Email account ${unknown} not found`);
  return ids;
}

function addAccounts(context: RouteContext): unknown {
  const { data } = campaignOf(context, 'write');
  data.accountIds = [...new Set([...data.accountIds, ...accountIds(context)])];
  touch(context, data);
  return { ok: true, result: { email_account_ids: data.accountIds } };
}

function removeAccounts(context: RouteContext): unknown {
  const { data } = campaignOf(context, 'write');
  const removed = accountIds(context);
  data.accountIds = data.accountIds.filter((id) => !removed.includes(id));
  return touch(context, data);
}

function remove(context: RouteContext): unknown {
  context.world.removeCampaign(context.workspace, campaignOf(context, 'write'));
  return { ok: true };
}

export const campaignRoutes: readonly Route[] = [
  { method: 'GET', path: '/campaigns', handle: list },
  { method: 'POST', path: '/campaigns/create', handle: create },
  {
    method: 'GET',
    path: '/campaigns/:campaignId',
    handle: (context) => show(context, campaignOf(context).data),
  },
  { method: 'DELETE', path: '/campaigns/:campaignId', handle: remove },
  { method: 'POST', path: '/campaigns/:campaignId/status', handle: setStatus },
  { method: 'PATCH', path: '/campaigns/:campaignId/status', handle: setStatus },
  { method: 'POST', path: '/campaigns/:campaignId/settings', handle: setSettings },
  { method: 'POST', path: '/campaigns/:campaignId/schedule', handle: setSchedule },
  {
    method: 'GET',
    path: '/campaigns/:campaignId/sequences',
    handle: (context) => campaignOf(context).data.steps.map(showStep),
  },
  { method: 'POST', path: '/campaigns/:campaignId/sequences', handle: setSequences },
  {
    method: 'GET',
    path: '/campaigns/:campaignId/email-accounts',
    handle: (context) =>
      context.workspace.accountsOf(campaignOf(context).data).map((account) =>
        showAccount(context, account, 'list')
      ),
  },
  { method: 'POST', path: '/campaigns/:campaignId/email-accounts', handle: addAccounts },
  { method: 'DELETE', path: '/campaigns/:campaignId/email-accounts', handle: removeAccounts },
];
