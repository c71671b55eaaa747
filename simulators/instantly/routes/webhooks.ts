import { errorOf, postWebhook } from '../delivery.ts';
import { badRequest, notFound } from '../errors.ts';
import { limitOf, pageOf, textOf } from '../paging.ts';
import { object, oneOf, paging, subscriptionNames, uuid, webhookCreate, webhookPatch } from '../schemas.ts';
import type { Route, RouteContext } from '../router.ts';
import type { JsonObject, Webhook } from '../types.ts';

interface WebhookBody {
  campaign?: string | null;
  name?: string | null;
  target_hook_url?: string;
  event_type?: string | null;
  custom_interest_value?: number | null;
  headers?: Record<string, string> | null;
}

/** Header values are shown in clear, as the real service does. */
function show({ workspace }: RouteContext, webhook: Webhook): JsonObject {
  return {
    id: webhook.id,
    organization: workspace.id,
    campaign: webhook.campaign,
    name: webhook.name,
    target_hook_url: webhook.url,
    event_type: webhook.eventType,
    custom_interest_value: webhook.customInterest,
    headers: webhook.headers,
    timestamp_created: new Date(webhook.created).toISOString(),
    status: webhook.status,
    timestamp_error: webhook.failedAt === null ? null : new Date(webhook.failedAt).toISOString(),
  };
}

function find({ workspace, parameters }: RouteContext): Webhook {
  const webhook = workspace.record.webhooks.find(({ id }) => id === parameters.id);
  if (webhook === undefined) throw notFound();
  return webhook;
}

function checkCampaign({ workspace }: RouteContext, campaign: string | null | undefined): void {
  if (typeof campaign === 'string' && !workspace.campaigns.has(campaign)) {
    throw badRequest('Campaign not found');
  }
}

function create(context: RouteContext): unknown {
  const { world, workspace } = context;
  const body = context.body as WebhookBody;
  checkCampaign(context, body.campaign);
  const webhook: Webhook = {
    id: world.nextId(),
    created: world.simulatedNow,
    campaign: body.campaign ?? null,
    name: body.name ?? null,
    url: body.target_hook_url ?? '',
    eventType: body.event_type ?? null,
    customInterest: body.custom_interest_value ?? null,
    headers: body.headers ?? null,
    status: 1,
    failedAt: null,
    failedGroups: 0,
  };
  workspace.record.webhooks.push(webhook);
  world.dirty = true;
  return show(context, webhook);
}

function update(context: RouteContext): unknown {
  const webhook = find(context);
  const body = context.body as WebhookBody;
  checkCampaign(context, body.campaign);
  if (body.campaign !== undefined) webhook.campaign = body.campaign;
  if (body.name !== undefined) webhook.name = body.name;
  if (body.target_hook_url !== undefined) webhook.url = body.target_hook_url;
  if (body.event_type !== undefined) webhook.eventType = body.event_type;
  if (body.custom_interest_value !== undefined) webhook.customInterest = body.custom_interest_value;
  if (body.headers !== undefined) webhook.headers = body.headers;
  context.world.dirty = true;
  return show(context, webhook);
}

function remove(context: RouteContext): unknown {
  const webhook = find(context);
  const { record } = context.workspace;
  record.webhooks = record.webhooks.filter((other) => other !== webhook);
  context.world.dirty = true;
  return show(context, webhook);
}

function resume(context: RouteContext): unknown {
  const webhook = find(context);
  Object.assign(webhook, { status: 1, failedAt: null, failedGroups: 0 });
  context.world.dirty = true;
  return show(context, webhook);
}

function eventTypes({ workspace }: RouteContext): unknown {
  const title = (name: string) =>
    name.split('_').map((word) => word[0]?.toUpperCase() + word.slice(1)).join(' ');
  return {
    event_types: [
      ...subscriptionNames.map((name) => ({ id: name, label: title(name), type: 'standard' })),
      ...workspace.record.labels.map(({ label, interestStatus }) => ({
        id: String(interestStatus),
        label,
        type: 'custom',
      })),
    ],
  };
}

/** Answers 200 even when the delivery failed; the outcome is in the body. */
async function test(context: RouteContext): Promise<unknown> {
  const webhook = find(context);
  const body = JSON.stringify({
    timestamp: context.world.isoNow(),
    event_type: webhook.eventType === null || webhook.eventType === 'all_events'
      ? 'email_sent'
      : webhook.eventType,
    workspace: context.workspace.id,
    campaign_id: webhook.campaign,
    campaign_name: 'Test campaign',
    lead_email: 'test@example.com',
  });
  const attempt = await postWebhook(webhook, body, context.delivery.timeoutMs);
  const error = errorOf(attempt);
  return {
    success: attempt.success,
    message: attempt.success ? 'Webhook test successful' : 'Webhook test failed',
    response_time_ms: attempt.milliseconds,
    ...(attempt.statusCode !== null && { status_code: attempt.statusCode }),
    ...(error !== null && { error }),
  };
}

const byId = object({ id: uuid });
const filterNames = subscriptionNames.filter((name) =>
  name !== 'lead_no_show' && name !== 'supersearch_enrichment_completed'
);

function list(context: RouteContext): unknown {
  const { query, workspace } = context;
  return pageOf(context, workspace.record.webhooks, {
    limit: limitOf(query),
    after: textOf(query.starting_after),
    keyOf: (webhook) => webhook.id,
    order: 'newest-first',
    accepts: (webhook) =>
      (query.campaign === undefined || webhook.campaign === query.campaign) &&
      (query.event_type === undefined || webhook.eventType === query.event_type),
    show: (webhook) => show(context, webhook),
  });
}

export const webhookRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/webhooks',
    scope: ['webhooks', 'read'],
    query: object({ ...paging, campaign: uuid, event_type: oneOf(...filterNames) }),
    handle: list,
  },
  { method: 'POST', path: '/webhooks', scope: ['webhooks', 'create'], body: webhookCreate, handle: create },
  { method: 'GET', path: '/webhooks/event-types', scope: ['webhooks', 'read'], handle: eventTypes },
  {
    method: 'GET',
    path: '/webhooks/:id',
    scope: ['webhooks', 'read'],
    parameters: byId,
    handle: (context) => show(context, find(context)),
  },
  {
    method: 'PATCH',
    path: '/webhooks/:id',
    scope: ['webhooks', 'update'],
    parameters: byId,
    body: webhookPatch,
    handle: update,
  },
  {
    method: 'DELETE',
    path: '/webhooks/:id',
    scope: ['webhooks', 'delete'],
    parameters: byId,
    handle: remove,
  },
  {
    method: 'POST',
    path: '/webhooks/:id/test',
    scope: ['webhooks', 'update'],
    parameters: byId,
    handle: test,
  },
  {
    method: 'POST',
    path: '/webhooks/:id/resume',
    scope: ['webhooks', 'update'],
    parameters: byId,
    handle: resume,
  },
];
