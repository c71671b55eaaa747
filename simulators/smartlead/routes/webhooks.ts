import { z } from 'zod';
import { iso } from '../../shared/time.ts';
import { campaignOf, idOf, type Route, type RouteContext } from '../api.ts';
import { ApiError, instant, Missing, read, TextAnswer, ValidationError } from '../errors.ts';
import { uuidFrom } from '../identifiers.ts';
import { eventTypes } from '../payloads.ts';
import type { Routes } from '../../shared/api.ts';
import type { JsonObject } from '../../shared/records.ts';
import type { Webhook } from '../types.ts';

const types = z.array(z.enum(eventTypes)).min(1);
const url = z.string().refine((text) => URL.canParse(text), 'must be a valid uri');

type Parts = Pick<Webhook, 'level' | 'campaign' | 'clientId' | 'name' | 'url' | 'eventTypes' | 'categories'>;

/** Makes a webhook or writes over one that is known. Saving gives maps, listing gives arrays. */
function save(context: RouteContext, known: Webhook | undefined, parts: Parts): JsonObject {
  const { world, workspace, behaviour, delivery } = context;
  const { record } = workspace;
  const state = { ...parts, updated: world.simulatedNow, isActive: true, failuresInARow: 0 };
  const id = known?.id ?? world.takeId('webhook');
  const secretKey = behaviour.secretKeyPer === 'workspace'
    ? record.secretKey
    : uuidFrom(`secret of webhook ${id}`);
  const webhook = Object.assign(known ?? { id, created: world.simulatedNow, secretKey }, state);
  if (known === undefined) record.webhooks.push(webhook);
  world.dirty = true;
  if (behaviour.testEventOnSave) delivery.offerTest(workspace, webhook);
  const categories = webhook.categories.map((name) => workspace.categoryNamed(name)?.id);
  return {
    ok: true,
    id,
    name: webhook.name,
    webhook_url: webhook.url,
    email_campaign_id: webhook.campaign,
    event_type_map: Object.fromEntries(webhook.eventTypes.map((type) => [type, true])),
    category_id_map: Object.fromEntries(categories.map((category) => [category, true])),
    user_id: record.userId,
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

const campaignBody = z.strictObject({
  id: z.number().nullable(),
  name: z.string(),
  webhook_url: url,
  event_types: types,
  categories: z.array(z.string()).default([]),
});

function saveOfCampaign(context: RouteContext): unknown {
  const { workspace, behaviour } = context;
  const { data } = campaignOf(context, 'write');
  const body = read(campaignBody, context.body);
  const { categories } = body;
  if (categories.length === 0 && behaviour.emptyCategories === 'refused') {
    throw new ValidationError('"categories" must contain at least 1 items');
  }
  const unknown = categories.find((name) => workspace.categoryNamed(name) === undefined);
  if (unknown !== undefined) throw new ValidationError(`"categories" has an unknown category: ${unknown}`);
  const known = workspace.record.webhooks.find(({ id, campaign }) => id === body.id && campaign === data.id);
  if (known === undefined && body.id !== null) throw new ApiError(404, 'Webhook not found');
  return save(context, known, {
    level: 'campaign',
    campaign: data.id,
    clientId: null,
    name: body.name,
    url: body.webhook_url,
    eventTypes: body.event_types,
    categories,
  });
}

const listOfCampaign = (context: RouteContext): unknown => {
  const { data } = campaignOf(context);
  return context.workspace.record.webhooks.filter(({ campaign }) => campaign === data.id).map(showListed);
};

const idBody = z.strictObject({ id: z.number() });

/** The id stands in the body of the DELETE. */
function removeOfCampaign(context: RouteContext): unknown {
  const { data } = campaignOf(context, 'write');
  const wanted = read(idBody, context.body).id;
  return drop(context, ({ id, campaign }) => id === wanted && campaign === data.id);
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

const timeRange = { fromTime: instant, toTime: instant };
const summaryQuery = z.object(timeRange);
const retriggerBody = z.strictObject(timeRange);

/** Final outcomes per event type; tries that were repeated do not count. */
function summary(context: RouteContext): unknown {
  const { data } = campaignOf(context);
  const { fromTime: from, toTime: to } = read(summaryQuery, context.query);
  const rows = context.workspace.record.log.filter(({ campaign, at }) =>
    campaign === data.id && at >= from && at <= to
  );
  const perType = [...new Set(rows.map(({ eventType }) => eventType))].map((type) => {
    const ofType = rows.filter(({ eventType }) => eventType === type);
    const succeeded = ofType.filter(({ success }) => success).length;
    return {
      event_type: type,
      attempted: ofType.length,
      succeeded,
      failed: ofType.length - succeeded,
      success_rate: `${Math.round((100 * succeeded) / ofType.length)}%`,
    };
  });
  return { data: { summary: perType, timeRange: { from: iso(from), to: iso(to) } } };
}

function retrigger(context: RouteContext): unknown {
  const { data } = campaignOf(context, 'write');
  const { fromTime: from, toTime: to } = read(retriggerBody, context.body);
  const count = context.delivery.retrigger(context.workspace, data.id, from, to);
  const id = uuidFrom(`retrigger ${data.id} ${from} ${to} ${count}`);
  return { ok: true, message: 'Failed events retrigger initiated', retrigger_id: id };
}

const levels = { '1': 'user', '2': 'client', '3': 'campaign' } as const;
const map = z.record(z.string(), z.boolean())
  .transform((chosen) => Object.keys(chosen).filter((name) => chosen[name] === true));
const accountBody = z.strictObject({
  webhook_url: url,
  association_type: z.unknown().transform((type) => levels[String(type) as keyof typeof levels] ?? type)
    .pipe(z.enum(['user', 'client', 'campaign'])),
  email_campaign_id: z.number().nullish(),
  name: z.string(),
  event_type_map: map.pipe(types),
  category_id_map: map.default([]),
  client_id: z.number().nullish(),
  force_create: z.boolean().optional(),
});

/** The family that only the docs have, for webhooks above a single campaign. */
function saveOfAccount(context: RouteContext, known?: Webhook): unknown {
  const { workspace } = context;
  const body = read(accountBody, context.body);
  const level = body.association_type;
  const campaign = level === 'campaign' ? body.email_campaign_id ?? 0 : null;
  if (campaign !== null && !workspace.campaigns.has(campaign)) throw new ApiError(404, 'Campaign not found');
  return save(context, known, {
    level,
    campaign,
    clientId: level === 'client' ? body.client_id ?? null : null,
    name: body.name,
    url: body.webhook_url,
    eventTypes: body.event_type_map,
    categories: body.category_id_map.flatMap((id) => workspace.category(Number(id))?.name ?? []),
  });
}

function findOfAccount(context: RouteContext): Webhook {
  const id = idOf(context, 'webhookId');
  const webhook = context.workspace.record.webhooks.find((candidate) => candidate.id === id);
  if (webhook === undefined) throw new Missing('Webhook');
  return webhook;
}

const accountRoutes: Routes<Route> = {
  'POST /webhook/create': (context) => saveOfAccount(context),
  'GET /webhook/:webhookId': (context) => showListed(findOfAccount(context)),
  'PUT /webhook/update/:webhookId': (context) => saveOfAccount(context, findOfAccount(context)),
  'DELETE /webhook/delete/:webhookId': (context) => {
    const wanted = findOfAccount(context);
    return drop(context, (webhook) => webhook === wanted);
  },
};

/** The route, or Express' own 404 where the family does not exist. */
const documented = ([name, handle]: [string, Route]): [string, Route] => [name, (context) => {
  if (context.behaviour.accountWebhooks === 'documented') return handle(context);
  const [method, path = ''] = name.split(' ');
  const full = path.replace(':webhookId', context.parameters.webhookId ?? '');
  return new TextAnswer(404, `Cannot ${method} /api/v1${full}`);
}];

const webhooks = '/campaigns/:campaignId/webhooks';

export const webhookRoutes: Routes<Route> = {
  [`GET ${webhooks}`]: listOfCampaign,
  [`POST ${webhooks}`]: saveOfCampaign,
  [`DELETE ${webhooks}`]: removeOfCampaign,
  [`GET ${webhooks}/summary`]: summary,
  [`POST ${webhooks}/retrigger-failed-events`]: retrigger,
  ...Object.fromEntries(Object.entries(accountRoutes).map(documented)),
};
