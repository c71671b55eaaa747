import { normalizeEmail } from '../../shared/state.ts';
import { badRequest, notFound } from '../errors.ts';
import { leadTest } from '../lead-filter.ts';
import { createLead, noRefusals, refusalFor } from '../lead-import.ts';
import { showLead } from '../lead-view.ts';
import { pageOf } from '../paging.ts';
import { interestUpdate, leadCreate, leadPatch, leadsAdd, leadsDelete, leadsList } from '../schemas.ts';
import { leadFields } from '../types.ts';
import type { Routes } from '../../shared/api.ts';
import type { JsonObject } from '../../shared/records.ts';
import type { Route, RouteContext } from '../api.ts';
import type { ImportTarget } from '../lead-import.ts';
import type { Lead } from '../types.ts';

/** The campaign or list a call is about; an unknown campaign is 404, a list comes into being when first used. */
function target({ workspace }: RouteContext, campaign: unknown, list: unknown): ImportTarget | undefined {
  if (typeof campaign === 'string') {
    const found = workspace.campaigns.get(campaign);
    if (found === undefined) throw notFound();
    return { campaign, list: null, book: found.leads };
  }
  return typeof list === 'string' ? { campaign: null, list, book: workspace.list(list) } : undefined;
}

function findLead({ workspace, parameters }: RouteContext): Lead {
  const lead = workspace.leads.get(parameters.id ?? '');
  if (lead === undefined) throw notFound();
  return lead;
}

const refusals = {
  invalid_email_count: 'Invalid email address',
  in_blocklist: 'Lead is in the block list',
  incomplete_count: 'One of email, first_name or last_name must be provided',
};

function createOne(context: RouteContext): unknown {
  const { world, workspace, body } = context;
  const into = target(context, body.campaign, body.list_id);
  if (into === undefined) throw badRequest('Either campaign or list_id must be provided');
  const refusal = refusalFor(workspace, into, body, body, new Set());
  if (refusal !== undefined && refusal in refusals) {
    throw badRequest(refusals[refusal as keyof typeof refusals]);
  }
  // A duplicate is no error; the answer tells it only by not being a lead.
  return refusal === undefined ? showLead(workspace, createLead(world, workspace, into, body)) : {};
}

function addMany(context: RouteContext): unknown {
  const { world, workspace, body } = context;
  const { record } = workspace;
  const leads = body.leads as JsonObject[];
  if (typeof body.campaign_id === 'string' && typeof body.list_id === 'string') {
    throw badRequest('Cannot add leads to both a campaign and a list in the same request.');
  }
  const into = target(context, body.campaign_id, body.list_id);
  if (into === undefined) throw badRequest('Either campaign_id or list_id must be provided.');
  const isFull = () => into.campaign !== null && record.remainingInPlan <= 0;
  if (isFull()) throw badRequest('You have reached your lead upload limit');
  const refused = { ...noRefusals };
  const earlier = new Set<string>();
  const created: JsonObject[] = [];
  for (const [index, row] of leads.entries()) {
    // What does not fit into the plan any more is skipped, without a word about each.
    const refusal = refusalFor(workspace, into, row, body, earlier) ??
      (isFull() ? 'skipped_count' : undefined);
    if (typeof row.email === 'string') earlier.add(normalizeEmail(row.email));
    if (refusal !== undefined) {
      refused[refusal] += 1;
      continue;
    }
    const lead = createLead(world, workspace, into, { assigned_to: body.assigned_to, ...row });
    const { first_name, last_name, phone } = lead.fields;
    created.push({ index, id: lead.id, email: lead.email, first_name, last_name, phone });
  }
  return {
    status: 'success',
    total_sent: leads.length,
    leads_uploaded: created.length,
    ...refused,
    blocklist_used: record.blockList.length > 0 ? record.blockListId : null,
    remaining_in_plan: into.campaign === null ? null : record.remainingInPlan,
    created_leads: created,
  };
}

function list(context: RouteContext): unknown {
  const { workspace, body } = context;
  const { campaign, list_id: list } = body;
  let rows: readonly Lead[] = workspace.leads.items;
  if (typeof list === 'string') rows = workspace.list(list).items;
  if (typeof campaign === 'string') rows = workspace.campaigns.get(campaign)?.leads.items ?? [];
  const test = leadTest(workspace, body);
  return pageOf(context, rows, {
    order: 'oldest-first',
    accepts: (lead) => test(lead, workspace),
    show: (lead) => showLead(workspace, lead),
  });
}

function update(context: RouteContext): unknown {
  const { body, world, workspace } = context;
  const lead = findLead(context);
  for (const name of leadFields) {
    const value = body[name];
    if (typeof value === 'string' || value === null) lead.fields[name] = value;
  }
  Object.assign(lead.variables, body.custom_variables);
  if (typeof body.assigned_to === 'string') lead.assignedTo = body.assigned_to;
  if (typeof body.pl_value_lead === 'string') lead.opportunityValue = body.pl_value_lead;
  lead.updated = world.simulatedNow;
  if (typeof body.lt_interest_status === 'number') applyInterest(context, lead, body.lt_interest_status);
  world.dirty = true;
  return showLead(workspace, lead);
}

function applyInterest(context: RouteContext, lead: Lead, label: number | null): void {
  const { world, workspace, recorder } = context;
  if (lead.label === label) return;
  const campaign = workspace.campaigns.get(lead.campaign ?? '');
  if (campaign === undefined) lead.label = label;
  else recorder.record(workspace, campaign, { type: 'label_changed', at: world.simulatedNow, lead, label });
}

function remove(context: RouteContext): unknown {
  const lead = findLead(context);
  context.workspace.removeLeads(new Set([lead]));
  context.world.dirty = true;
  return showLead(context.workspace, lead);
}

function removeMany(context: RouteContext): unknown {
  const { body: { campaign_id: campaign, list_id: list, ids, status, limit } } = context;
  const from = target(context, campaign, list);
  if (from === undefined) throw badRequest('Either campaign_id or list_id must be provided');
  const wanted = Array.isArray(ids) ? new Set<unknown>(ids) : undefined;
  const chosen = from.book.items.filter((lead) =>
    (wanted === undefined || wanted.has(lead.id)) && (status === undefined || lead.status === status)
  );
  const removed = chosen.slice(0, typeof limit === 'number' ? limit : chosen.length);
  context.workspace.removeLeads(new Set(removed));
  context.world.dirty = true;
  return { count: removed.length };
}

/** Accepted at once and applied a moment later; an unknown address is accepted as well and then does nothing. */
function updateInterest(context: RouteContext): unknown {
  const { workspace, body: { lead_email: email, interest_value: value, campaign_id, list_id } } = context;
  setTimeout(() => {
    for (const lead of workspace.leadsByEmail.get(normalizeEmail(String(email))) ?? []) {
      if (campaign_id !== undefined && lead.campaign !== campaign_id) continue;
      if (list_id !== undefined && lead.list !== list_id) continue;
      applyInterest(context, lead, value as number | null);
    }
  }, context.interestDelayMs).unref();
  return { message: 'Lead interest status update background job submitted' };
}

export const leadRoutes: Routes<Route> = {
  'POST /leads': { scope: 'leads:create', handle: createOne, body: leadCreate },
  'POST /leads/add': { scope: 'leads:create', handle: addMany, body: leadsAdd },
  'POST /leads/list': { scope: 'leads:read', handle: list, body: leadsList },
  'POST /leads/update-interest-status': {
    scope: 'leads:update',
    handle: updateInterest,
    body: interestUpdate,
    status: 202,
  },
  'DELETE /leads': { scope: 'leads:delete', handle: removeMany, body: leadsDelete },
  'GET /leads/:id': {
    scope: 'leads:read',
    handle: (context) => showLead(context.workspace, findLead(context)),
  },
  'PATCH /leads/:id': { scope: 'leads:update', handle: update, body: leadPatch },
  'DELETE /leads/:id': { scope: 'leads:delete', handle: remove },
};
