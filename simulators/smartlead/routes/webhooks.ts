import { z } from 'zod';
import { ApiError, type Routes } from '../../shared/api.ts';
import { iso } from '../../shared/time.ts';
import { uuidFrom } from '../../shared/random.ts';
import { anything, reading, type Route, type RouteContext, rowOf, writing } from '../api.ts';
import { instant, read, TextAnswer, ValidationError } from '../errors.ts';
import { eventTypes } from '../payloads.ts';
import { newWebhook, type Webhook, type WebhookScope, type WebhookSettings } from '../records.ts';
import type { JsonObject } from '../../shared/records.ts';
import type { SmartleadCampaign } from '../state.ts';

const types = z.array(z.enum(eventTypes)).min(1);
const url = z.string().refine((text) => URL.canParse(text), 'must be a valid uri');

/** Makes a webhook or writes over one that is known. Saving gives maps, listing gives arrays. */
function save(
  { world, workspace, delivery }: RouteContext,
  known: Webhook | undefined,
  settings: WebhookSettings,
  scope: WebhookScope = { level: 'campaign', clientId: null },
): JsonObject {
  const { record } = workspace;
  const { secretKeyPer, testEventOnSave } = world.behaviour;
  const id = known?.id ?? world.takeId('webhook');
  const secret = secretKeyPer === 'workspace' ? record.secretKey : uuidFrom(`secret of webhook ${id}`);
  const webhook = newWebhook(id, secret, scope, settings, world.isoNow());
  if (known !== undefined) webhook.shown.created_at = known.shown.created_at;
  if (known === undefined) record.webhooks.push(webhook);
  else Object.assign(known, webhook);
  if (testEventOnSave) delivery.offerTest(workspace, webhook);
  const categories = settings.categories.map((name) => workspace.categoryNamed(name)?.id);
  return {
    ok: true,
    id,
    name: settings.name,
    webhook_url: settings.webhook_url,
    email_campaign_id: settings.email_campaign_id,
    event_type_map: Object.fromEntries(settings.event_types.map((type) => [type, true])),
    category_id_map: Object.fromEntries(categories.map((category) => [category, true])),
    user_id: record.userId,
  };
}

const hooksOf = ({ workspace: { record } }: RouteContext, { data: { id } }: SmartleadCampaign): Webhook[] =>
  record.webhooks.filter(({ shown }) => shown.email_campaign_id === id);

const campaignBody = z.strictObject({
  id: z.number().nullable(),
  name: z.string(),
  webhook_url: url,
  event_types: types,
  categories: z.array(z.string()).default([]),
});

const saveOfCampaign = writing(campaignBody, (campaign, { id: wanted, ...settings }, context) => {
  const { workspace, world } = context;
  const { categories } = settings;
  if (categories.length === 0 && world.behaviour.emptyCategories === 'refused') {
    throw new ValidationError('"categories" must contain at least 1 items');
  }
  const unknown = categories.find((name) => workspace.categoryNamed(name) === undefined);
  if (unknown !== undefined) throw new ValidationError(`"categories" has an unknown category: ${unknown}`);
  const known = hooksOf(context, campaign).find(({ id }) => id === wanted);
  if (known === undefined && wanted !== null) throw new ApiError(404, 'Webhook not found');
  return save(context, known, { ...settings, email_campaign_id: campaign.data.id });
});

const listOfCampaign = reading(
  anything,
  (campaign, _, context) => hooksOf(context, campaign).map(({ shown }) => shown),
);

function drop({ record }: RouteContext['workspace'], matches: (webhook: Webhook) => boolean): { ok: true } {
  if (!record.webhooks.some(matches)) throw new ApiError(404, 'Webhook not found');
  record.webhooks = record.webhooks.filter((webhook) => !matches(webhook));
  return { ok: true };
}

/** The id stands in the body of the DELETE. */
const removeOfCampaign = writing(
  z.strictObject({ id: z.number() }),
  ({ data }, wanted, { workspace }) =>
    drop(workspace, ({ id, shown }) => id === wanted.id && shown.email_campaign_id === data.id),
);

const timeRange = { fromTime: instant, toTime: instant };

/** Final outcomes per event type; tries that were repeated do not count. */
const summary = reading(z.object(timeRange), ({ data }, { fromTime: from, toTime: to }, { workspace }) => {
  const rows = workspace.record.log.filter(({ campaign, at }) =>
    campaign === data.id && at >= from && at <= to
  );
  const perType = Map.groupBy(rows, ({ eventType }) => eventType);
  const shown = [...perType].map(([type, ofType]) => {
    const succeeded = ofType.filter(({ success }) => success).length;
    return {
      event_type: type,
      attempted: ofType.length,
      succeeded,
      failed: ofType.length - succeeded,
      success_rate: `${Math.round((100 * succeeded) / ofType.length)}%`,
    };
  });
  return { data: { summary: shown, timeRange: { from: iso(from), to: iso(to) } } };
});

const retrigger = writing(z.strictObject(timeRange), ({ data }, { fromTime, toTime }, context) => {
  const count = context.delivery.retrigger(context.workspace, data.id, fromTime, toTime);
  const id = uuidFrom(`retrigger ${data.id} ${fromTime} ${toTime} ${count}`);
  return { ok: true, message: 'Failed events retrigger initiated', retrigger_id: id };
});

const map = z.record(z.string(), z.boolean())
  .transform((chosen) => Object.keys(chosen).filter((name) => chosen[name] === true));
const accountBody = z.strictObject({
  name: z.string(),
  webhook_url: url,
  association_type: z.enum(['user', 'client']),
  event_type_map: map.pipe(types),
  category_id_map: map.default([]),
  client_id: z.number().nullable().default(null),
});

function saveOfAccount(context: RouteContext): unknown {
  const { event_type_map: event_types, ...body } = read(accountBody, context.body);
  const { name, webhook_url, association_type: level, client_id: clientId } = body;
  const categories = body.category_id_map.flatMap((id) => context.workspace.category(Number(id))?.name ?? []);
  const settings = { name, webhook_url, event_types, categories, email_campaign_id: null };
  return save(context, undefined, settings, { level, clientId });
}

const findOfAccount = (context: RouteContext): Webhook =>
  rowOf(context, 'webhookId', context.workspace.record.webhooks, 'Webhook');

/** The family that only the docs have, for webhooks above a single campaign. */
const accountRoutes: Routes<Route> = {
  'POST /webhook/create': saveOfAccount,
  'GET /webhook/:webhookId': (context) => findOfAccount(context).shown,
  'DELETE /webhook/delete/:webhookId': (context) => {
    const wanted = findOfAccount(context);
    return drop(context.workspace, (webhook) => webhook === wanted);
  },
};

/** The route, or Express' own 404 where the family does not exist. */
const documented = ([name, handle]: [string, Route]): [string, Route] => [name, (context) => {
  if (context.world.behaviour.accountWebhooks === 'documented') return handle(context);
  return new TextAnswer(404, `Cannot ${name.replace('/', '/api/v1/')}`);
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
