import { errorOf, postTest } from '../delivery.ts';
import { badRequest, found } from '../errors.ts';
import { pageOf } from '../paging.ts';
import { date, each, flag, nullable, number, object, paging, strict, text, uuid } from '../schemas.ts';
import type { Routes } from '../../shared/api.ts';
import type { Route, RouteContext } from '../api.ts';
import { type DeliveryLogRow, newWebhook, type Webhook } from '../records.ts';

const find = ({ workspace, parameters }: RouteContext): Webhook =>
  found(workspace.record.webhooks.find(({ id }) => id === parameters.id));

/** The body with a campaign that is there; header values are shown in clear, as the real service does. */
function readFields({ workspace, body }: RouteContext): Partial<Webhook> {
  const { campaign } = body;
  if (typeof campaign === 'string' && !workspace.campaigns.has(campaign)) {
    throw badRequest('Campaign not found');
  }
  return body;
}

const list = (context: RouteContext): unknown => pageOf(context, context.workspace.record.webhooks, {});

function create(context: RouteContext): unknown {
  const { world, workspace } = context;
  const webhook = { ...newWebhook(world.nextId(), workspace.id, world.isoNow()), ...readFields(context) };
  workspace.record.webhooks.push(webhook);
  return webhook;
}

const change = (context: RouteContext, fields: Partial<Webhook>): unknown =>
  Object.assign(find(context), fields);

function remove(context: RouteContext): unknown {
  const webhook = find(context);
  const { record } = context.workspace;
  record.webhooks = record.webhooks.filter((other) => other !== webhook);
  return webhook;
}

function resume(context: RouteContext): unknown {
  context.workspace.record.failedGroups[find(context).id] = 0;
  return change(context, { status: 1, timestamp_error: null });
}

/** Answers 200 even when the delivery failed; the outcome is in the body. */
async function test(context: RouteContext): Promise<unknown> {
  const webhook = find(context);
  const { event_type: type } = webhook;
  const body = JSON.stringify({
    timestamp: context.world.isoNow(),
    event_type: type === null || type === 'all_events' ? 'email_sent' : type,
    workspace: context.workspace.id,
    campaign_id: webhook.campaign,
    campaign_name: 'Test campaign',
    lead_email: 'test@example.com',
  });
  const attempt = await postTest(webhook, body, context.delivery.options.timeoutMs);
  const error = errorOf(attempt);
  return {
    success: attempt.success,
    message: attempt.success ? 'Webhook test successful' : 'Webhook test failed',
    response_time_ms: attempt.milliseconds,
    ...(attempt.statusCode !== null && { status_code: attempt.statusCode }),
    ...(error !== null && { error }),
  };
}

function inWindow({ query: { from, to } }: RouteContext, { timestamp_created_date: day }: DeliveryLogRow) {
  return (typeof from !== 'string' || day >= from) && (typeof to !== 'string' || day <= to);
}

function events(context: RouteContext): unknown {
  const { query: { success, search }, workspace } = context;
  return pageOf(context, workspace.record.log, {
    accepts: (row) =>
      inWindow(context, row) && (success === undefined || row.success === success) &&
      (search === undefined || row.webhook_url === search || row.lead_email === search),
    show: (row) => ({ ...row, payload: JSON.parse(row.payload) as unknown }),
  });
}

function summary(context: RouteContext): unknown {
  const rows = context.workspace.record.log.filter((row) => inWindow(context, row));
  const successful = rows.filter(({ success }) => success).length;
  const percent = (part: number): number => (rows.length === 0 ? 0 : (100 * part) / rows.length);
  return {
    total_events: rows.length,
    successful_events: successful,
    failed_events: rows.length - successful,
    success_rate: percent(successful),
    failure_rate: percent(rows.length - successful),
  };
}

const subscriptionNames =
  `all_events email_sent email_opened email_link_clicked reply_received email_bounced lead_unsubscribed
  campaign_completed account_error lead_neutral lead_interested lead_not_interested lead_meeting_booked
  lead_meeting_completed lead_closed lead_out_of_office lead_wrong_person lead_no_show
  supersearch_enrichment_completed`.split(/\s+/);

const fields = {
  campaign: nullable(uuid),
  name: nullable(text),
  target_hook_url: { type: 'string', format: 'uri', pattern: '^https?://' },
  event_type: { type: ['string', 'null'], enum: [...subscriptionNames, null] },
  custom_interest_value: nullable(number),
  headers: { type: ['object', 'null'], additionalProperties: text },
};
const created = strict(fields, ['target_hook_url']);
const update = (context: RouteContext) => change(context, readFields(context));
const window = each('from to', date);
const logged = object({ ...paging, ...window, success: flag, search: text });

export const webhookRoutes: Routes<Route> = {
  'GET /webhooks': ['webhooks:read', list, { query: object(paging) }],
  'POST /webhooks': ['webhooks:create', create, { body: created }],
  'GET /webhooks/:id': ['webhooks:read', find],
  'PATCH /webhooks/:id': ['webhooks:update', update, { body: strict(fields) }],
  'DELETE /webhooks/:id': ['webhooks:delete', remove],
  'POST /webhooks/:id/test': ['webhooks:update', test],
  'POST /webhooks/:id/resume': ['webhooks:update', resume],
  'GET /webhook-events': ['webhook_events:read', events, { query: logged }],
  'GET /webhook-events/summary': ['webhook_events:read', summary, { query: object(window) }],
};
