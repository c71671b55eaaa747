import { badRequest, notFound } from '../errors.ts';
import { matchesSearch, pageOf } from '../paging.ts';
import {
  campaignCreate,
  campaignPatch,
  campaignStatus,
  each,
  object,
  paging,
  text,
  uuid,
} from '../schemas.ts';
import { nulls } from '../state.ts';
import type { Routes } from '../../shared/api.ts';
import type { JsonObject } from '../../shared/records.ts';
import type { Route, RouteContext } from '../api.ts';
import type { InstantlyCampaign } from '../state.ts';
import type { CampaignData } from '../types.ts';

/** What a campaign shows for every field the caller did not set. */
const defaults = {
  ...nulls('pl_value email_gap random_wait_max first_email_text_only daily_limit stop_on_auto_reply'),
  ...nulls('daily_max_leads prioritize_new_leads auto_variant_select match_lead_esp not_sending_status'),
  ...nulls('stop_for_company core_variables custom_variables insert_unsubscribe_header owned_by ai_sdr_id'),
  ...nulls('allow_risky_contacts disable_bounce_protect limit_emails_per_company_override'),
  is_evergreen: false,
  text_only: false,
  stop_on_reply: true,
  link_tracking: true,
  open_tracking: true,
  email_tag_list: [],
  cc_list: [],
  bcc_list: [],
  name: '',
  campaign_schedule: { schedules: [] },
  sequences: [],
  email_list: [],
};

/** The body has passed its schema, so its fields have the types of a campaign. */
function readFields(body: JsonObject): Partial<CampaignData> {
  const fields = { ...body as Partial<CampaignData> };
  const { start_date: start, end_date: end } = fields.campaign_schedule ?? {};
  if (typeof start === 'string' && typeof end === 'string' && start > end) {
    throw badRequest('Start Date must be earlier than End Date');
  }
  if (fields.email_list !== undefined) {
    fields.email_list = fields.email_list.map((email) => email.toLowerCase());
  }
  if (fields.sequences !== undefined) {
    fields.sequences = fields.sequences.map(({ steps }) => ({
      steps: steps.map((step) => ({ delay_unit: 'days', ...step })),
    }));
  }
  return fields;
}

function find({ workspace, parameters }: RouteContext): InstantlyCampaign {
  const campaign = workspace.campaigns.get(parameters.id ?? '');
  if (campaign === undefined) throw notFound();
  return campaign;
}

function create({ world, workspace, body }: RouteContext): unknown {
  const data: CampaignData = {
    ...structuredClone(defaults),
    ...readFields(body),
    id: world.nextId(),
    status: 0,
    organization: workspace.id,
    timestamp_created: world.isoNow(),
    timestamp_updated: world.isoNow(),
  };
  world.addCampaign(workspace, data);
  return data;
}

function list(context: RouteContext): unknown {
  const { workspace, query } = context;
  const campaigns = [...workspace.campaigns.values()].map(({ data }) => data);
  return pageOf(context, campaigns, {
    accepts: ({ name, status }) =>
      matchesSearch(query.search, name) && (query.status === undefined || status === query.status) &&
      (query.exclude_status === undefined || status !== query.exclude_status) &&
      query.tag_ids === undefined && query.ai_sales_agent_id === undefined,
  });
}

function change(
  { world }: RouteContext,
  { data }: InstantlyCampaign,
  fields: Partial<CampaignData>,
): unknown {
  world.dirty = true;
  return Object.assign(data, fields, { timestamp_updated: world.isoNow() });
}

function activate(context: RouteContext): unknown {
  const campaign = find(context);
  const { sequences, email_list: senders } = campaign.data;
  if ((sequences[0]?.steps.length ?? 0) === 0) {
    throw badRequest('Campaign must have at least one sequence step');
  }
  if (senders.length === 0) throw badRequest('Campaign must have at least one sending account');
  return change(context, campaign, { status: 1 });
}

function remove(context: RouteContext): unknown {
  const campaign = find(context);
  context.world.removeCampaign(context.workspace, campaign);
  return campaign.data;
}

const query = object({
  ...paging,
  ...each('search tag_ids', text),
  ai_sales_agent_id: uuid,
  ...each('status exclude_status', campaignStatus),
});

export const campaignRoutes: Routes<Route> = {
  'GET /campaigns': { scope: 'campaigns:read', handle: list, query },
  'POST /campaigns': { scope: 'campaigns:create', handle: create, body: campaignCreate },
  'GET /campaigns/:id': { scope: 'campaigns:read', handle: (context) => find(context).data },
  'PATCH /campaigns/:id': {
    scope: 'campaigns:update',
    handle: (context) => change(context, find(context), readFields(context.body)),
    body: campaignPatch,
  },
  'DELETE /campaigns/:id': { scope: 'campaigns:delete', handle: remove },
  'POST /campaigns/:id/activate': { scope: 'campaigns:update', handle: activate },
  'POST /campaigns/:id/pause': {
    scope: 'campaigns:update',
    handle: (context) => change(context, find(context), { status: 2 }),
  },
};
