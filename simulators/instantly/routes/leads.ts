import { badRequest, notFound } from '../errors.ts';
import { normalizeEmail } from '../lead-book.ts';
import { leadTest } from '../lead-filter.ts';
import { createLead, refusalFor } from '../lead-import.ts';
import { showLead } from '../lead-view.ts';
import { limitOf, pageOf, textOf } from '../paging.ts';
import {
  interestUpdate,
  leadCreate,
  leadPatch,
  leadsAdd,
  leadsDelete,
  leadsList,
  object,
  uuid,
} from '../schemas.ts';
import { leadFields } from '../types.ts';
import type { ImportTarget, Refusal, SkipFlags } from '../lead-import.ts';
import type { Route, RouteContext } from '../router.ts';
import type { JsonObject, Lead, Scalar } from '../types.ts';

const noLeads: readonly Lead[] = [];

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
  const lead = workspace.leadById.get(parameters.id ?? '');
  if (lead === undefined) throw notFound();
  return lead;
}

function createOne(context: RouteContext): unknown {
  const body = context.body as JsonObject & SkipFlags;
  const into = target(context, body.campaign, body.list_id);
  if (into === undefined) throw badRequest('Either campaign or list_id must be provided');
  const refusal = refusalFor(context.workspace, into, body, body, new Set());
  if (refusal === 'invalid_email_count') throw badRequest('Invalid email address');
  if (refusal === 'in_blocklist') throw badRequest('Lead is in the block list');
  if (refusal === 'incomplete_count') {
    throw badRequest('One of email, first_name or last_name must be provided');
  }
  // A duplicate is no error; the answer tells it only by not being a lead.
  if (refusal !== undefined) return {};
  return showLead(context.workspace, createLead(context.world, context.workspace, into, body));
}

function addMany(context: RouteContext): unknown {
  const { world, workspace } = context;
  const body = context.body as JsonObject & SkipFlags & { leads: JsonObject[] };
  if (typeof body.campaign_id === 'string' && typeof body.list_id === 'string') {
    throw badRequest('Cannot add leads to both a campaign and a list in the same request.');
  }
  const into = target(context, body.campaign_id, body.list_id);
  if (into === undefined) throw badRequest('Either campaign_id or list_id must be provided.');
  const refused: Record<Refusal, number> = {
    in_blocklist: 0,
    duplicated_leads: 0,
    skipped_count: 0,
    invalid_email_count: 0,
    incomplete_count: 0,
    duplicate_email_count: 0,
  };
  const { record } = workspace;
  if (into.campaign !== null && record.remainingInPlan <= 0) {
    throw badRequest('You have reached your lead upload limit');
  }
  const earlier = new Set<string>();
  const created: JsonObject[] = [];
  for (const [index, row] of body.leads.entries()) {
    const refusal = refusalFor(workspace, into, row, body, earlier);
    if (typeof row.email === 'string') earlier.add(normalizeEmail(row.email));
    if (refusal !== undefined) {
      refused[refusal] += 1;
      continue;
    }
    // What does not fit into the plan any more is skipped, without a word about each.
    if (into.campaign !== null && record.remainingInPlan <= 0) {
      refused.skipped_count += 1;
      continue;
    }
    const lead = createLead(world, workspace, into, { assigned_to: body.assigned_to, ...row });
    const { first_name, last_name, phone } = lead.fields;
    created.push({ index, id: lead.id, email: lead.email, first_name, last_name, phone });
  }
  return {
    status: 'success',
    total_sent: body.leads.length,
    leads_uploaded: created.length,
    ...refused,
    blocklist_used: workspace.record.blockList.length > 0 ? workspace.record.blockListId : null,
    remaining_in_plan: into.campaign === null ? null : workspace.record.remainingInPlan,
    created_leads: created,
  };
}

function list(context: RouteContext): unknown {
  const { workspace } = context;
  const body = context.body as JsonObject;
  const campaign = typeof body.campaign === 'string'
    ? workspace.campaigns.get(body.campaign)?.leads.items ?? noLeads
    : undefined;
  const ofList = typeof body.list_id === 'string' ? workspace.list(body.list_id).items : undefined;
  const test = leadTest(workspace, body);
  return pageOf(context, campaign ?? ofList ?? workspace.record.leads, {
    limit: limitOf(body),
    after: textOf(body.starting_after),
    keyOf: (lead) => lead.id,
    order: 'oldest-first',
    accepts: (lead) => test(lead, workspace),
    show: (lead) => showLead(workspace, lead),
  });
}

function update(context: RouteContext): unknown {
  const lead = findLead(context);
  const body = context.body as JsonObject;
  for (const name of leadFields) {
    const value = body[name];
    if (typeof value === 'string' || value === null) lead.fields[name] = value;
  }
  if (body.custom_variables !== undefined) {
    Object.assign(lead.variables, body.custom_variables as Record<string, Scalar>);
  }
  if (typeof body.assigned_to === 'string') lead.assignedTo = body.assigned_to;
  if (typeof body.pl_value_lead === 'string') lead.opportunityValue = body.pl_value_lead;
  lead.updated = context.world.simulatedNow;
  if (typeof body.lt_interest_status === 'number') applyInterest(context, lead, body.lt_interest_status);
  context.world.dirty = true;
  return showLead(context.workspace, lead);
}

function applyInterest(
  { world, workspace, recorder }: RouteContext,
  lead: Lead,
  interest: number | null,
): void {
  if ((lead.interest ?? null) === interest) return;
  const campaign = lead.campaign === null ? undefined : workspace.campaigns.get(lead.campaign);
  if (campaign !== undefined) {
    recorder.record(workspace, campaign, {
      type: 'interest_changed',
      at: world.simulatedNow,
      lead,
      interest,
    });
    return;
  }
  if (interest === null) delete lead.interest;
  else lead.interest = interest;
}

function remove(context: RouteContext): unknown {
  const lead = findLead(context);
  context.workspace.removeLeads(new Set([lead]));
  context.world.dirty = true;
  return showLead(context.workspace, lead);
}

function removeMany(context: RouteContext): unknown {
  const body = context.body as JsonObject;
  const from = target(context, body.campaign_id, body.list_id);
  if (from === undefined) throw badRequest('Either campaign_id or list_id must be provided');
  const ids = Array.isArray(body.ids) ? new Set<unknown>(body.ids) : undefined;
  const chosen = from.book.items.filter((lead) =>
    (ids === undefined || ids.has(lead.id)) && (body.status === undefined || lead.status === body.status)
  );
  const removed = chosen.slice(0, typeof body.limit === 'number' ? body.limit : chosen.length);
  context.workspace.removeLeads(new Set(removed));
  context.world.dirty = true;
  return { count: removed.length };
}

/** Accepted at once and applied a moment later; an unknown address is accepted as well and then does nothing. */
function updateInterest(context: RouteContext): unknown {
  const body = context.body as {
    lead_email: string;
    interest_value: number | null;
    campaign_id?: string;
    list_id?: string;
  };
  setTimeout(() => {
    for (const lead of context.workspace.leadsByEmail.get(normalizeEmail(body.lead_email)) ?? []) {
      if (body.campaign_id !== undefined && lead.campaign !== body.campaign_id) continue;
      if (body.list_id !== undefined && lead.list !== body.list_id) continue;
      applyInterest(context, lead, body.interest_value);
    }
  }, context.interestDelayMs).unref();
  return { message: 'Lead interest status update background job submitted' };
}

const byId = object({ id: uuid });

export const leadRoutes: readonly Route[] = [
  { method: 'POST', path: '/leads', scope: ['leads', 'create'], body: leadCreate, handle: createOne },
  { method: 'POST', path: '/leads/add', scope: ['leads', 'create'], body: leadsAdd, handle: addMany },
  { method: 'POST', path: '/leads/list', scope: ['leads', 'read'], body: leadsList, handle: list },
  {
    method: 'POST',
    path: '/leads/update-interest-status',
    scope: ['leads', 'update'],
    body: interestUpdate,
    status: 202,
    handle: updateInterest,
  },
  { method: 'DELETE', path: '/leads', scope: ['leads', 'delete'], body: leadsDelete, handle: removeMany },
  {
    method: 'GET',
    path: '/leads/:id',
    scope: ['leads', 'read'],
    parameters: byId,
    handle: (context) => showLead(context.workspace, findLead(context)),
  },
  {
    method: 'PATCH',
    path: '/leads/:id',
    scope: ['leads', 'update'],
    parameters: byId,
    body: leadPatch,
    handle: update,
  },
  { method: 'DELETE', path: '/leads/:id', scope: ['leads', 'delete'], parameters: byId, handle: remove },
];
