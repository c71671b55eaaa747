import { isoOrNull } from '../../shared/time.ts';
import { badRequest, found } from '../errors.ts';
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

const find = ({ workspace, parameters }: RouteContext): InstantlyCampaign =>
  found(workspace.campaigns.get(parameters.id ?? ''));

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

const change = (context: RouteContext, fields: Partial<CampaignData>): unknown =>
  Object.assign(find(context).data, fields, { timestamp_updated: context.world.isoNow() });

function activate(context: RouteContext): unknown {
  const { sequences, email_list: senders } = find(context).data;
  if ((sequences[0]?.steps.length ?? 0) === 0) {
    throw badRequest('Campaign must have at least one sequence step');
  }
  if (senders.length === 0) throw badRequest('Campaign must have at least one sending account');
  return change(context, { status: 1 });
}

function remove(context: RouteContext): unknown {
  const { workspace } = context;
  const campaign = find(context);
  workspace.removeLeads(campaign, campaign.leads.items);
  workspace.campaigns.delete(campaign.data.id);
  return campaign.data;
}

/** Why a campaign does not send; nothing is known of drafts and paused ones. */
function sendingStatus(context: RouteContext): unknown {
  const { world, workspace, recorder: { rules } } = context;
  const campaign = find(context);
  const { data: { id, status }, leads, events } = campaign;
  if (status === 0 || status === 2) return { diagnostics: null, summary: null };
  const inSchedule = rules.window(campaign, world.simulatedNow) !== undefined;
  const hasMailbox = rules.mailboxes({ workspace, campaign }).length > 0;
  const reasons: Array<[applies: boolean, code: string, message: string]> = [
    [status === 3, 'campaign_completed', 'Campaign is completed'],
    [status === -1, 'campaign_accounts_unhealthy', 'All sending accounts of this campaign are unhealthy'],
    [status === -2, 'campaign_bounce_protect', 'Campaign is paused by bounce protection'],
    [!hasMailbox, 'no_accounts_available', 'No sending account is available'],
    [!inSchedule, 'out_of_schedule', 'Campaign is outside of its sending schedule'],
    [leads.activeCount === 0, 'waiting_for_leads', 'Campaign has no lead left to write to'],
  ];
  const reason = reasons.find(([applies]) => applies);
  const [, code, message] = reason ?? [true, 'healthy', 'Campaign is sending normally'];
  const last = events.findLast(({ type }) => type === 'email_sent');
  return {
    diagnostics: {
      campaign_id: id,
      last_updated: world.isoNow(),
      status: code,
      schedule_status: { in_schedule: inSchedule },
    },
    summary: {
      status: code,
      status_message: message,
      issue_started_at: reason === undefined ? null : world.isoNow(),
      last_healthy_send_at: isoOrNull(last?.at),
      ai_summary: null,
    },
  };
}

const query = object({ ...paging, search: text });
const statusQuery = object({ with_ai_summary: flag });
const created = strict(fields, ['name', 'campaign_schedule']);
const update = (context: RouteContext): unknown => change(context, readFields(context.body));
const pause = (context: RouteContext): unknown => change(context, { status: 2 });

export const campaignRoutes: Routes<Route> = {
  'GET /campaigns': ['campaigns:read', list, { query }],
  'POST /campaigns': ['campaigns:create', create, { body: created }],
  'GET /campaigns/:id': ['campaigns:read', (context) => find(context).data],
  'PATCH /campaigns/:id': ['campaigns:update', update, { body: strict(fields) }],
  'DELETE /campaigns/:id': ['campaigns:delete', remove],
  'POST /campaigns/:id/activate': ['campaigns:update', activate],
  'POST /campaigns/:id/pause': ['campaigns:update', pause],
  'GET /campaigns/:id/sending-status': ['campaigns:read', sendingStatus, { query: statusQuery }],
};
