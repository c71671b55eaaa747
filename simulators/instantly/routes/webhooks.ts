import { errorOf, postTest } from '../delivery.ts';
import { badRequest, notFound } from '../errors.ts';
import { pageOf } from '../paging.ts';
import { each, flag, object, oneOf, paging, subscriptionNames, text, uuid } from '../schemas.ts';
import { date, webhookCreate, webhookPatch } from '../schemas.ts';
import type { Routes } from '../../shared/api.ts';
import type { JsonObject } from '../../shared/records.ts';
import type { Route, RouteContext } from '../api.ts';
import type { DeliveryLogRow, Webhook } from '../types.ts';

function find({ workspace, parameters }: RouteContext): Webhook {
  const webhook = workspace.record.webhooks.find(({ id }) => id === parameters.id);
  if (webhook === undefined) throw notFound();
  return webhook;
}

/** The body with a campaign that is there; header values are shown in clear, as the real service does. */
function readFields({ workspace, body }: RouteContext): Partial<Webhook> {
  const { campaign } = body;
  if (typeof campaign === 'string' && !workspace.campaigns.has(campaign)) {
    throw badRequest('Campaign not found');
  }
  return body;
}

function create(context: RouteContext): unknown {
  const { world, workspace } = context;
  const webhook: Webhook = {
    id: world.nextId(),
    organization: workspace.id,
    campaign: null,
    name: null,
    target_hook_url: '',
    event_type: null,
    custom_interest_value: null,
    headers: null,
    ...readFields(context),
    timestamp_created: world.isoNow(),
    status: 1,
    timestamp_error: null,
  };
  workspace.record.webhooks.push(webhook);
  world.dirty = true;
  return webhook;
}

function change(context: RouteContext, fields: Partial<Webhook>): unknown {
  context.world.dirty = true;
  return Object.assign(find(context), fields);
}

function remove(context: RouteContext): unknown {
  const webhook = find(context);
  const { record } = context.workspace;
  record.webhooks = record.webhooks.filter((other) => other !== webhook);
  context.world.dirty = true;
  return webhook;
}

function resume(context: RouteContext): unknown {
  const { id } = find(context);
  context.workspace.record.failedGroups[id] = 0;
  return change(context, { status: 1, timestamp_error: null });
}

function eventTypes({ workspace }: RouteContext): unknown {
  const title = (name: string) =>
    name.split('_').map((word) => word[0]?.toUpperCase() + word.slice(1)).join(' ');
  const own = workspace.record.labels.map(({ label, interest_status: value }) => ({
    id: String(value),
    label,
  }));
  return {
    event_types: [
      ...subscriptionNames.map((name) => ({ id: name, label: title(name), type: 'standard' })),
      ...own.map((label) => ({ ...label, type: 'custom' })),
    ],
  };
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
  const attempt = await postTest(webhook, body, context.delivery.timeoutMs);
  const error = errorOf(attempt);
  return {
    success: attempt.success,
    message: attempt.success ? 'Webhook test successful' : 'Webhook test failed',
    response_time_ms: attempt.milliseconds,
    ...(attempt.statusCode !== null && { status_code: attempt.statusCode }),
    ...(error !== null && { error }),
  };
}

function list(context: RouteContext): unknown {
  const { query, workspace } = context;
  return pageOf(context, workspace.record.webhooks, {
    accepts: ({ campaign, event_type: type }) =>
      (query.campaign === undefined || campaign === query.campaign) &&
      (query.event_type === undefined || type === query.event_type),
  });
}

const showEvent = (row: DeliveryLogRow): JsonObject => ({
  ...row,
  payload: JSON.parse(row.payload) as unknown,
});

/** Both ends of the window are included. */
function inWindow({ query: { from, to } }: RouteContext, { timestamp_created_date: day }: DeliveryLogRow) {
  return (typeof from !== 'string' || day >= from) && (typeof to !== 'string' || day <= to);
}

function events(context: RouteContext): unknown {
  const { query: { success, search }, workspace } = context;
  return pageOf(context, workspace.record.log, {
    accepts: (row) =>
      inWindow(context, row) && (success === undefined || row.success === success) &&
      (search === undefined || row.webhook_url === search || row.lead_email === search),
    show: showEvent,
  });
}

function counts(rows: readonly DeliveryLogRow[]): JsonObject {
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

const rowsInWindow = (context: RouteContext): DeliveryLogRow[] =>
  context.workspace.record.log.filter((row) => inWindow(context, row));

function summaryByDate(context: RouteContext): unknown {
  const all = rowsInWindow(context);
  const days = [...new Set(all.map((row) => row.timestamp_created_date))].sort();
  const items = days.map((date) => {
    const { failure_rate: _, ...shown } = counts(all.filter((row) => row.timestamp_created_date === date));
    return { date, ...shown };
  });
  return { items };
}

function findEvent({ workspace, parameters }: RouteContext): unknown {
  const row = workspace.record.log.find(({ id }) => id === parameters.id);
  if (row === undefined) throw notFound();
  return showEvent(row);
}

const unlisted = ['lead_no_show', 'supersearch_enrichment_completed'];
const filters = oneOf(...subscriptionNames.filter((name) => !unlisted.includes(name)));
const window = each('from to', date);
const scope = 'webhook_events:read';

export const webhookRoutes: Routes<Route> = {
  'GET /webhooks': {
    scope: 'webhooks:read',
    handle: list,
    query: object({ ...paging, campaign: uuid, event_type: filters }),
  },
  'POST /webhooks': { scope: 'webhooks:create', handle: create, body: webhookCreate },
  'GET /webhooks/event-types': { scope: 'webhooks:read', handle: eventTypes },
  'GET /webhooks/:id': { scope: 'webhooks:read', handle: find },
  'PATCH /webhooks/:id': {
    scope: 'webhooks:update',
    handle: (context) => change(context, readFields(context)),
    body: webhookPatch,
  },
  'DELETE /webhooks/:id': { scope: 'webhooks:delete', handle: remove },
  'POST /webhooks/:id/test': { scope: 'webhooks:update', handle: test },
  'POST /webhooks/:id/resume': { scope: 'webhooks:update', handle: resume },
  'GET /webhook-events': {
    scope,
    handle: events,
    query: object({ ...paging, ...window, success: flag, search: text }),
  },
  'GET /webhook-events/summary': {
    scope,
    handle: (context) => counts(rowsInWindow(context)),
    query: object(window),
  },
  'GET /webhook-events/summary-by-date': { scope, handle: summaryByDate, query: object(window) },
  'GET /webhook-events/:id': { scope, handle: findEvent },
};
