import { badRequest, notFound } from '../errors.ts';
import { limitOf, pageOf, textOf } from '../paging.ts';
import { campaignCreate, campaignPatch, campaignStatus, object, paging, text, uuid } from '../schemas.ts';
import type { Route, RouteContext } from '../router.ts';
import type { CampaignSpace } from '../state.ts';
import { LeadBook } from '../lead-book.ts';
import type { Campaign, JsonObject } from '../types.ts';

/** What a campaign shows for every field the caller did not set. */
const defaults: JsonObject = {
  pl_value: null,
  is_evergreen: false,
  email_gap: null,
  random_wait_max: null,
  text_only: false,
  first_email_text_only: null,
  daily_limit: null,
  stop_on_reply: true,
  email_tag_list: [],
  link_tracking: true,
  open_tracking: true,
  stop_on_auto_reply: null,
  daily_max_leads: null,
  prioritize_new_leads: null,
  auto_variant_select: null,
  match_lead_esp: null,
  not_sending_status: null,
  stop_for_company: null,
  core_variables: null,
  custom_variables: null,
  insert_unsubscribe_header: null,
  allow_risky_contacts: null,
  disable_bounce_protect: null,
  limit_emails_per_company_override: null,
  cc_list: [],
  bcc_list: [],
  owned_by: null,
  ai_sdr_id: null,
};

/** The body has passed its schema, so its fields have the types of a campaign. */
function fromBody(body: unknown): Partial<Campaign> {
  const fields = { ...(body as Partial<Campaign>) };
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

function checkDates({ campaign_schedule: schedule }: Partial<Campaign>): void {
  const start = schedule?.start_date;
  const end = schedule?.end_date;
  if (typeof start === 'string' && typeof end === 'string' && start > end) {
    throw badRequest('Start Date must be earlier than End Date');
  }
}

export function findCampaign({ workspace, parameters }: RouteContext): CampaignSpace {
  const campaign = workspace.campaigns.get(parameters.id ?? '');
  if (campaign === undefined) throw notFound();
  return campaign;
}

function create({ world, workspace, body }: RouteContext): unknown {
  const fields = fromBody(body);
  checkDates(fields);
  const now = world.isoNow();
  const id = world.nextId();
  const data: Campaign = {
    ...structuredClone(defaults),
    name: '',
    campaign_schedule: { schedules: [] },
    sequences: [],
    email_list: [],
    ...fields,
    id,
    status: 0,
    organization: workspace.id,
    timestamp_created: now,
    timestamp_updated: now,
  };
  const progress = { day: '', sent: 0, newLeads: 0, lastNewLead: '', followUps: [] };
  const ordinal = workspace.record.campaignsMade += 1;
  workspace.campaigns.set(id, { data, ordinal, events: [], progress, leads: new LeadBook() });
  world.dirty = true;
  return data;
}

function list(context: RouteContext): unknown {
  const { workspace, query } = context;
  const search = textOf(query.search)?.toLowerCase();
  return pageOf(context, [...workspace.campaigns.values()], {
    limit: limitOf(query),
    after: textOf(query.starting_after),
    keyOf: ({ data }) => data.id,
    order: 'newest-first',
    accepts: ({ data }) =>
      (search === undefined || data.name.toLowerCase().includes(search)) &&
      (query.status === undefined || data.status === query.status) &&
      (query.exclude_status === undefined || data.status !== query.exclude_status) &&
      query.tag_ids === undefined && query.ai_sales_agent_id === undefined,
    show: ({ data }) => data,
  });
}

function touch({ world }: RouteContext, { data }: CampaignSpace): Campaign {
  data.timestamp_updated = world.isoNow();
  world.dirty = true;
  return data;
}

function update(context: RouteContext): unknown {
  const campaign = findCampaign(context);
  const fields = fromBody(context.body);
  checkDates(fields);
  Object.assign(campaign.data, fields);
  return touch(context, campaign);
}

function activate(context: RouteContext): unknown {
  const campaign = findCampaign(context);
  const { data } = campaign;
  if ((data.sequences[0]?.steps.length ?? 0) === 0) {
    throw badRequest('Campaign must have at least one sequence step');
  }
  if (data.email_list.length === 0) throw badRequest('Campaign must have at least one sending account');
  data.status = 1;
  return touch(context, campaign);
}

function pause(context: RouteContext): unknown {
  const campaign = findCampaign(context);
  campaign.data.status = 2;
  return touch(context, campaign);
}

function remove(context: RouteContext): unknown {
  const campaign = findCampaign(context);
  context.world.removeCampaign(context.workspace, campaign);
  return campaign.data;
}

const byId = object({ id: uuid });

export const campaignRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/campaigns',
    scope: ['campaigns', 'read'],
    query: object({
      ...paging,
      search: text,
      tag_ids: text,
      ai_sales_agent_id: uuid,
      status: campaignStatus,
      exclude_status: campaignStatus,
    }),
    handle: list,
  },
  {
    method: 'POST',
    path: '/campaigns',
    scope: ['campaigns', 'create'],
    body: campaignCreate,
    handle: create,
  },
  {
    method: 'GET',
    path: '/campaigns/:id',
    scope: ['campaigns', 'read'],
    parameters: byId,
    handle: (context) => findCampaign(context).data,
  },
  {
    method: 'PATCH',
    path: '/campaigns/:id',
    scope: ['campaigns', 'update'],
    parameters: byId,
    body: campaignPatch,
    handle: update,
  },
  {
    method: 'DELETE',
    path: '/campaigns/:id',
    scope: ['campaigns', 'delete'],
    parameters: byId,
    handle: remove,
  },
  {
    method: 'POST',
    path: '/campaigns/:id/activate',
    scope: ['campaigns', 'update'],
    parameters: byId,
    handle: activate,
  },
  {
    method: 'POST',
    path: '/campaigns/:id/pause',
    scope: ['campaigns', 'update'],
    parameters: byId,
    handle: pause,
  },
];
