import { badRequest, notFound } from '../errors.ts';
import { pageOf } from '../paging.ts';
import { campaignSchedule, each, flag, listOf, nullable, number, object, paging, uuid } from '../schemas.ts';
import { sequenceStep, strict, text } from '../schemas.ts';
import type { Routes } from '../../shared/api.ts';
import type { JsonObject } from '../../shared/records.ts';
import type { Route, RouteContext } from '../api.ts';
import type { InstantlyCampaign } from '../state.ts';
import type { CampaignData } from '../records.ts';

const fields = {
  name: text,
  campaign_schedule: campaignSchedule,
  sequences: listOf(object({ steps: listOf(sequenceStep) }, ['steps'])),
  ...each('pl_value email_gap random_wait_max daily_limit daily_max_leads', nullable(number)),
  ...each('text_only first_email_text_only is_evergreen stop_on_reply link_tracking', nullable(flag)),
  ...each('stop_on_auto_reply prioritize_new_leads match_lead_esp stop_for_company', nullable(flag)),
  ...each('insert_unsubscribe_header allow_risky_contacts disable_bounce_protect', nullable(flag)),
  open_tracking: flag,
  email_list: listOf(text),
  email_tag_list: listOf(uuid),
};

/** The body has passed its schema, so its fields have the types of a campaign. */
function readFields(body: JsonObject): Partial<CampaignData> {
  const read = { ...body as Partial<CampaignData> };
  if (read.email_list !== undefined) read.email_list = read.email_list.map((email) => email.toLowerCase());
  return read;
}

function find({ workspace, parameters }: RouteContext): InstantlyCampaign {
  const campaign = workspace.campaigns.get(parameters.id ?? '');
  if (campaign === undefined) throw notFound();
  return campaign;
}

const create = ({ world, workspace, body }: RouteContext): unknown =>
  world.addCampaign(workspace, {
    name: '',
    campaign_schedule: { schedules: [] },
    sequences: [],
    email_list: [],
    ...readFields(body),
    id: world.nextId(),
    status: 0,
    organization: workspace.id,
    timestamp_created: world.isoNow(),
    timestamp_updated: world.isoNow(),
  });

function list(context: RouteContext): unknown {
  const search = String(context.query.search ?? '').toLowerCase();
  const campaigns = context.workspace.allCampaigns.map(({ data }) => data);
  return pageOf(context, campaigns, { accepts: ({ name }) => name.toLowerCase().includes(search) });
}

function change(context: RouteContext, fields: Partial<CampaignData>): unknown {
  const { world } = context;
  world.dirty = true;
  return Object.assign(find(context).data, fields, { timestamp_updated: world.isoNow() });
}

function activate(context: RouteContext): unknown {
  const { sequences, email_list: senders } = find(context).data;
  if ((sequences[0]?.steps.length ?? 0) === 0) {
    throw badRequest('Campaign must have at least one sequence step');
  }
  if (senders.length === 0) throw badRequest('Campaign must have at least one sending account');
  return change(context, { status: 1 });
}

function remove(context: RouteContext): unknown {
  const { workspace, world } = context;
  const campaign = find(context);
  workspace.removeLeads(campaign, campaign.leads.items);
  workspace.campaigns.delete(campaign.data.id);
  world.dirty = true;
  return campaign.data;
}

const query = object({ ...paging, search: text });
const update = {
  scope: 'campaigns:update',
  handle: (context: RouteContext) => change(context, readFields(context.body)),
  body: strict(fields),
};
const pause = {
  scope: 'campaigns:update',
  handle: (context: RouteContext) => change(context, { status: 2 }),
};

export const campaignRoutes: Routes<Route> = {
  'GET /campaigns': { scope: 'campaigns:read', handle: list, query },
  'POST /campaigns': {
    scope: 'campaigns:create',
    handle: create,
    body: strict(fields, ['name', 'campaign_schedule']),
  },
  'GET /campaigns/:id': { scope: 'campaigns:read', handle: (context) => find(context).data },
  'PATCH /campaigns/:id': update,
  'DELETE /campaigns/:id': { scope: 'campaigns:delete', handle: remove },
  'POST /campaigns/:id/activate': { scope: 'campaigns:update', handle: activate },
  'POST /campaigns/:id/pause': pause,
};
