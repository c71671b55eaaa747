import { normalizeEmail } from '../../shared/state.ts';
import { iso, isoOrNull } from '../../shared/time.ts';
import { badRequest, found } from '../errors.ts';
import { pageOf } from '../paging.ts';
import { leadVariables } from '../payloads.ts';
import { each, email, flag, listOf, nullable, number, object, oneOf, paging } from '../schemas.ts';
import { isEmail, strict, text, uuid } from '../schemas.ts';
import { type Lead, leadStatus, newLead } from '../records.ts';
import type { Routes } from '../../shared/api.ts';
import type { JsonObject } from '../../shared/records.ts';
import type { Route, RouteContext } from '../api.ts';
import type { InstantlyCampaign, InstantlyWorkspace } from '../state.ts';

/** A lead as the API shows it. Custom variables appear only inside `payload`. */
const show = (workspace: InstantlyWorkspace, lead: Lead): JsonObject => ({
  id: lead.id,
  timestamp_created: iso(lead.created),
  timestamp_updated: iso(lead.updated),
  organization: workspace.id,
  campaign: lead.campaign,
  status: lead.status,
  email: lead.email,
  company_domain: lead.email.split('@')[1],
  email_open_count: lead.opens,
  email_reply_count: lead.replies,
  email_click_count: lead.clicks,
  status_summary: {},
  payload: leadVariables(lead),
  timestamp_last_contact: isoOrNull(lead.lastSent?.at),
  timestamp_last_open: isoOrNull(lead.lastOpen),
  timestamp_last_reply: isoOrNull(lead.lastReply?.at),
  timestamp_last_interest_change: isoOrNull(lead.labelled),
  timestamp_last_click: isoOrNull(lead.lastClick),
  last_contacted_from: lead.lastSent === null ? null : lead.account,
  // What is spread comes last: V8 is many times slower with spreads in front, and a page has a hundred of these.
  ...lead.fields,
  // Absent on a lead nobody has labelled; zero would mean "out of office".
  ...(lead.label !== null && { lt_interest_status: lead.label }),
});

/** Why a row did not become a lead, as counters of the answer. */
const noRefusals = {
  in_blocklist: 0,
  duplicated_leads: 0,
  skipped_count: 0,
  invalid_email_count: 0,
  incomplete_count: 0,
  duplicate_email_count: 0,
};

/** Checks one row of an upload; `earlier` holds the addresses of the rows before it. */
function refusalFor(
  workspace: InstantlyWorkspace,
  campaign: InstantlyCampaign,
  row: JsonObject,
  flags: JsonObject,
  earlier: ReadonlySet<string>,
): keyof typeof noRefusals | undefined {
  const address = normalizeEmail(String(row.email));
  if (!isEmail(address)) return 'invalid_email_count';
  if (earlier.has(address)) return 'duplicate_email_count';
  if (workspace.isBlocked(address)) return 'in_blocklist';
  // A skip flag looks at the whole workspace, so it is counted before the plain "already here".
  const isSkipping = flags.skip_if_in_workspace === true || flags.skip_if_in_campaign === true;
  if (isSkipping && workspace.leadsNamed(address).length > 0) return 'skipped_count';
  return campaign.leads.find(address) === undefined ? undefined : 'duplicated_leads';
}

function add(context: RouteContext): unknown {
  const { world, workspace, body } = context;
  const { record } = workspace;
  const leads = body.leads as JsonObject[];
  if (typeof body.campaign_id === 'string' && typeof body.list_id === 'string') {
    throw badRequest('Cannot add leads to both a campaign and a list in the same request.');
  }
  if (body.campaign_id === undefined) throw badRequest('Either campaign_id or list_id must be provided.');
  const campaign = found(workspace.campaigns.get(String(body.campaign_id)));
  if (record.remainingInPlan <= 0) throw badRequest('You have reached your lead upload limit');
  const refused = { ...noRefusals };
  const earlier = new Set<string>();
  const created: JsonObject[] = [];
  for (const [index, row] of leads.entries()) {
    // What does not fit into the plan any more is skipped, without a word about each.
    const refusal = refusalFor(workspace, campaign, row, body, earlier) ??
      (record.remainingInPlan <= 0 ? 'skipped_count' : undefined);
    if (typeof row.email === 'string') earlier.add(normalizeEmail(row.email));
    if (refusal !== undefined) {
      refused[refusal] += 1;
      continue;
    }
    const lead = newLead(world.nextId(), world.simulatedNow, campaign.data.id, row);
    workspace.addLead(lead);
    record.remainingInPlan -= 1;
    const { first_name, last_name, phone } = lead.fields;
    created.push({ index, id: lead.id, email: lead.email, first_name, last_name, phone });
  }
  return {
    status: 'success',
    total_sent: leads.length,
    leads_uploaded: created.length,
    ...refused,
    blocklist_used: record.blockList.length > 0 ? record.blockListId : null,
    remaining_in_plan: record.remainingInPlan,
    created_leads: created,
  };
}

const filters: Readonly<Record<string, number>> = {
  FILTER_VAL_ACTIVE: leadStatus.active,
  FILTER_VAL_COMPLETED: leadStatus.completed,
  FILTER_VAL_BOUNCED: leadStatus.bounced,
  FILTER_VAL_UNSUBSCRIBED: leadStatus.unsubscribed,
};

function list(context: RouteContext): unknown {
  const { workspace, body: { campaign, filter, contacts } } = context;
  const leads = typeof campaign === 'string' ? workspace.campaigns.get(campaign)?.leads : workspace.leads;
  const wanted = Array.isArray(contacts)
    ? new Set(contacts.map((address) => normalizeEmail(String(address))))
    : undefined;
  const status = typeof filter === 'string' ? filters[filter] : undefined;
  return pageOf(context, leads?.items ?? [], {
    order: 'oldest-first',
    accepts: (lead) =>
      (status === undefined || lead.status === status) && (wanted === undefined || wanted.has(lead.email)),
    show: (lead) => show(workspace, lead),
  });
}

const find = ({ workspace, parameters }: RouteContext): Lead =>
  found(workspace.leads.get(parameters.id ?? ''));

function remove(context: RouteContext): unknown {
  const { workspace } = context;
  const lead = find(context);
  workspace.removeLeads(found(workspace.campaigns.get(lead.campaign)), [lead]);
  return show(workspace, lead);
}

/** Accepted at once and applied a moment later; an unknown address is accepted as well and then does nothing. */
function updateInterest(context: RouteContext): unknown {
  const { workspace, recorder, world, body } = context;
  setTimeout(() => {
    for (const lead of workspace.leadsNamed(String(body.lead_email))) {
      const campaign = workspace.campaigns.get(lead.campaign);
      if (campaign === undefined || (body.campaign_id ?? lead.campaign) !== lead.campaign) continue;
      const label = body.interest_value as number | null;
      if (lead.label === label) continue;
      recorder.record({ workspace, campaign, lead }, {
        type: 'label_changed',
        at: world.simulatedNow,
        label,
      });
    }
  }, context.interestDelayMs).unref();
  return { message: 'Lead interest status update background job submitted' };
}

const row = strict({
  ...each('personalization website last_name first_name company_name job_title phone', nullable(text)),
  lt_interest_status: oneOf(1, 2, 3, 4, 0, -1, -2, -3, -4),
  custom_variables: {
    type: 'object',
    additionalProperties: { type: ['string', 'number', 'boolean', 'null'] },
  },
  email: nullable(text),
});
const addBody = object({
  ...each('skip_if_in_workspace skip_if_in_campaign', flag),
  ...each('campaign_id list_id', uuid),
  leads: listOf(row, { minItems: 1, maxItems: 1000 }),
}, ['leads']);
// Strict, unlike the real one, so that no filter that is missing here passes for one that found everything.
const listBody = strict({
  ...paging,
  campaign: uuid,
  filter: oneOf(...Object.keys(filters)),
  contacts: listOf(email),
});
const interest = { ...each('lead_email campaign_id', text), interest_value: nullable(number) };
const interestBody = object(interest, ['lead_email', 'interest_value']);

export const leadRoutes: Routes<Route> = {
  'POST /leads/add': ['leads:create', add, { body: addBody }],
  'POST /leads/list': ['leads:read', list, { body: listBody }],
  'POST /leads/update-interest-status': ['leads:update', updateInterest, { body: interestBody, status: 202 }],
  'GET /leads/:id': ['leads:read', (context) => show(context.workspace, find(context))],
  'DELETE /leads/:id': ['leads:delete', remove],
};
