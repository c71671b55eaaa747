import { iso } from '../dates.ts';
import { ApiError, Missing, TextAnswer, ValidationError } from '../errors.ts';
import { uuidFrom } from '../identifiers.ts';
import { eventTypes } from '../payloads.ts';
import { campaignOf, webhookIdOf } from '../router.ts';
import { check, instantOf, textOf } from '../validate.ts';
import type { Route, RouteContext } from '../router.ts';
import type { JsonObject, Webhook, WebhookLevel } from '../types.ts';

function checkTypes(types: readonly unknown[], name: string): string[] {
  const known: readonly string[] = eventTypes;
  for (const [index, type] of types.entries()) {
    if (known.includes(String(type))) continue;
    throw new ValidationError(`"${name}[${index}]" must be one of [${eventTypes.join(', ')}]`);
  }
  if (types.length === 0) throw new ValidationError(`"${name}" must contain at least 1 items`);
  return types.map(String);
}

function checkUrl(value: unknown): string {
  const url = String(value);
  if (!URL.canParse(url)) throw new ValidationError('"webhook_url" must be a valid uri');
  return url;
}

function checkCategories({ workspace, behaviour }: RouteContext, names: string[]): string[] {
  if (names.length === 0 && behaviour.emptyCategories === 'refused') {
    throw new ValidationError('"categories" must contain at least 1 items');
  }
  const unknown = names.find((name) => workspace.categoryNamed(name) === undefined);
  if (unknown !== undefined) throw new ValidationError(`"categories" has an unknown category: ${unknown}`);
  return names;
}

function makeWebhook(
  context: RouteContext,
  level: WebhookLevel,
  parts: Pick<Webhook, 'campaign' | 'clientId' | 'name' | 'url' | 'eventTypes' | 'categories'>,
): Webhook {
  const { world, workspace: { record }, behaviour } = context;
  const id = world.identifiers.take('webhook');
  const webhook: Webhook = {
    id,
    created: world.simulatedNow,
    updated: world.simulatedNow,
    level,
    ...parts,
    secretKey: behaviour.secretKeyPer === 'workspace'
      ? record.secretKey
      : uuidFrom(`secret of webhook ${id}`),
    failuresInARow: 0,
    isActive: true,
  };
  record.webhooks.push(webhook);
  return webhook;
}

function saved(context: RouteContext, webhook: Webhook): Webhook {
  context.world.dirty = true;
  if (context.behaviour.testEventOnSave) context.delivery.offerTest(context.workspace, webhook);
  return webhook;
}

/** Saving gives maps, listing gives arrays. */
function showSaved({ workspace }: RouteContext, webhook: Webhook): JsonObject {
  const ids = webhook.categories.map((name) => workspace.categoryNamed(name)?.id);
  return {
    ok: true,
    id: webhook.id,
    name: webhook.name,
    webhook_url: webhook.url,
    email_campaign_id: webhook.campaign,
    event_type_map: Object.fromEntries(webhook.eventTypes.map((type) => [type, true])),
    category_id_map: Object.fromEntries(ids.map((id) => [id, true])),
    user_id: workspace.record.userId,
  };
}

const showListed = (webhook: Webhook): JsonObject => ({
  id: webhook.id,
  name: webhook.name,
  webhook_url: webhook.url,
  email_campaign_id: webhook.campaign,
  event_types: webhook.eventTypes,
  categories: webhook.categories,
  created_at: iso(webhook.created),
  updated_at: iso(webhook.updated),
});

function saveOfCampaign(context: RouteContext): unknown {
  const { data } = campaignOf(context, 'write');
  const body = check(context.body, {
    id: { type: 'number', required: true, nullable: true },
    name: { type: 'string', required: true },
    webhook_url: { type: 'string', required: true },
    event_types: { type: 'array', required: true },
    categories: { type: 'array' },
  });
  const parts = {
    name: String(body.name),
    url: checkUrl(body.webhook_url),
    eventTypes: checkTypes(body.event_types as unknown[], 'event_types'),
    categories: checkCategories(context, ((body.categories ?? []) as unknown[]).map(String)),
  };
  if (body.id === null) {
    const made = makeWebhook(context, 'campaign', { ...parts, campaign: data.id, clientId: null });
    return showSaved(context, saved(context, made));
  }
  const known = context.workspace.record.webhooks.find(({ id, campaign }) =>
    id === body.id && campaign === data.id
  );
  if (known === undefined) throw new ApiError(404, 'Webhook not found');
  Object.assign(known, parts, { updated: context.world.simulatedNow, isActive: true, failuresInARow: 0 });
  return showSaved(context, saved(context, known));
}

const ofCampaign = (context: RouteContext): Webhook[] => {
  const { data } = campaignOf(context);
  return context.workspace.record.webhooks.filter(({ campaign }) => campaign === data.id);
};

/** The id stands in the body of the DELETE. */
function removeOfCampaign(context: RouteContext): unknown {
  const { data } = campaignOf(context, 'write');
  const body = check(context.body, { id: { type: 'number', required: true } });
  return drop(context, ({ id, campaign }) => id === body.id && campaign === data.id);
}

function drop(
  { workspace: { record }, world }: RouteContext,
  matches: (webhook: Webhook) => boolean,
): unknown {
  if (!record.webhooks.some(matches)) throw new ApiError(404, 'Webhook not found');
  record.webhooks = record.webhooks.filter((webhook) => !matches(webhook));
  world.dirty = true;
  return { ok: true };
}

function timeRange(source: JsonObject): { from: number; to: number } {
  const read = (name: string): number => {
    const instant = instantOf(source, name);
    if (instant === undefined) throw new ValidationError(`"${name}" is required`);
    return instant;
  };
  return { from: read('fromTime'), to: read('toTime') };
}

/** Final outcomes per event type; tries that were repeated do not count. */
function summary(context: RouteContext): unknown {
  const { data } = campaignOf(context);
  const { from, to } = timeRange(context.query);
  const types = new Map<string, { succeeded: number; failed: number }>();
  for (const row of context.workspace.record.log) {
    if (row.campaign !== data.id || row.willRetry || row.at < from || row.at > to) continue;
    const counts = types.get(row.eventType) ?? { succeeded: 0, failed: 0 };
    if (row.success) counts.succeeded += 1;
    else counts.failed += 1;
    types.set(row.eventType, counts);
  }
  const rows = [...types].map(([type, { succeeded, failed }]) => ({
    event_type: type,
    attempted: succeeded + failed,
    succeeded,
    failed,
    success_rate: `${Math.round((100 * succeeded) / (succeeded + failed))}%`,
  }));
  return { data: { summary: rows, timeRange: { from: iso(from), to: iso(to) } } };
}

function retrigger(context: RouteContext): unknown {
  const { data } = campaignOf(context, 'write');
  const body = check(context.body, {
    fromTime: { type: 'string', required: true },
    toTime: { type: 'string', required: true },
  });
  const { from, to } = timeRange(body);
  const count = context.delivery.retrigger(context.workspace, data.id, from, to);
  return {
    ok: true,
    message: 'Failed events retrigger initiated',
    retrigger_id: uuidFrom(`retrigger ${data.id} ${from} ${to} ${count}`),
  };
}

const levels: Readonly<Record<string, WebhookLevel>> = {
  '1': 'user',
  '2': 'client',
  '3': 'campaign',
  user: 'user',
  client: 'client',
  campaign: 'campaign',
};

/** The family that only the docs have, for webhooks above a single campaign. */
function saveOfAccount(context: RouteContext, known?: Webhook): unknown {
  const body = check(context.body, {
    webhook_url: { type: 'string', required: true },
    association_type: { type: 'any', required: true },
    email_campaign_id: { type: 'number', nullable: true },
    name: { type: 'string', required: true },
    event_type_map: { type: 'object', required: true },
    category_id_map: { type: 'object' },
    client_id: { type: 'number', nullable: true },
    force_create: { type: 'boolean' },
  });
  const level = levels[String(body.association_type)];
  if (level === undefined) {
    throw new ValidationError('"association_type" must be one of [user, client, campaign, 1, 2, 3]');
  }
  const chosen = (map: unknown) =>
    Object.entries((map ?? {}) as JsonObject).filter(([, on]) => on === true).map(([name]) => name);
  const parts = {
    campaign: level === 'campaign' ? Number(body.email_campaign_id) : null,
    clientId: level === 'client' ? Number(body.client_id) : null,
    name: String(body.name),
    url: checkUrl(body.webhook_url),
    eventTypes: checkTypes(chosen(body.event_type_map), 'event_type_map'),
    categories: chosen(body.category_id_map).flatMap((id) =>
      context.workspace.category(Number(id))?.name ?? []
    ),
  };
  if (parts.campaign !== null && !context.workspace.campaigns.has(parts.campaign)) {
    throw new ApiError(404, 'Campaign not found');
  }
  if (known === undefined) return showSaved(context, saved(context, makeWebhook(context, level, parts)));
  Object.assign(known, parts, {
    level,
    updated: context.world.simulatedNow,
    isActive: true,
    failuresInARow: 0,
  });
  return showSaved(context, saved(context, known));
}

function findOfAccount(context: RouteContext): Webhook {
  const id = webhookIdOf(context);
  const webhook = context.workspace.record.webhooks.find((candidate) => candidate.id === id);
  if (webhook === undefined) throw new Missing('Webhook');
  return webhook;
}

/** The route, or Express' own 404 where the family does not exist. */
const documented = (method: Route['method'], path: string, handle: Route['handle']): Route => ({
  method,
  path,
  handle: (context) => {
    if (context.behaviour.accountWebhooks === 'documented') return handle(context);
    const full = path.replace(':webhookId', textOf(context.parameters.webhookId) ?? '');
    return new TextAnswer(404, `Cannot ${method} /api/v1${full}`);
  },
});

const webhooks = '/campaigns/:campaignId/webhooks';

export const webhookRoutes: readonly Route[] = [
  { method: 'GET', path: webhooks, handle: (context) => ofCampaign(context).map(showListed) },
  { method: 'POST', path: webhooks, handle: saveOfCampaign },
  { method: 'DELETE', path: webhooks, handle: removeOfCampaign },
  { method: 'GET', path: `${webhooks}/summary`, handle: summary },
  { method: 'POST', path: `${webhooks}/retrigger-failed-events`, handle: retrigger },
  documented('POST', '/webhook/create', (context) => saveOfAccount(context)),
  documented('GET', '/webhook/:webhookId', (context) => showListed(findOfAccount(context))),
  documented(
    'PUT',
    '/webhook/update/:webhookId',
    (context) => saveOfAccount(context, findOfAccount(context)),
  ),
  documented('DELETE', '/webhook/delete/:webhookId', (context) => {
    const { id } = findOfAccount(context);
    return drop(context, (webhook) => webhook.id === id);
  }),
];
