import { badRequest } from '../errors.ts';
import { limitOf, pageOf, textOf } from '../paging.ts';
import { flag, object, oneOf, paging, strict, text } from '../schemas.ts';
import type { Route, RouteContext } from '../router.ts';
import type { BlockListEntry, JsonObject } from '../types.ts';

const iso = (instant: number): string => new Date(instant).toISOString();

function current({ workspace: { record } }: RouteContext): unknown {
  return {
    id: record.id,
    timestamp_created: iso(record.created),
    timestamp_updated: iso(record.updated),
    scheduled_for_removal_at: null,
    owner: record.owner,
    name: record.name,
    plan_id: 'pid_hg_v1',
    plan_id_bundle: null,
    add_unsub_to_block: false,
    default_opportunity_value: record.defaultOpportunityValue,
    plan_id_leadfinder: null,
    org_logo_url: null,
    org_client_domain: null,
    plan_id_crm: null,
    plan_id_website_visitor: null,
    plan_id_inbox_placement: null,
  };
}

function labels(context: RouteContext): unknown {
  const { query, workspace } = context;
  const search = textOf(query.search)?.toLowerCase();
  return pageOf(context, workspace.record.labels, {
    limit: limitOf(query),
    after: textOf(query.starting_after),
    keyOf: ({ created }) => iso(created),
    order: 'newest-first',
    accepts: ({ label, kind }) =>
      (search === undefined || label.toLowerCase().includes(search)) &&
      (query.interest_status === undefined || query.interest_status === kind),
    show: (label) => ({
      id: label.id,
      timestamp_created: iso(label.created),
      created_by: workspace.record.owner,
      organization_id: workspace.id,
      label: label.label,
      interest_status_label: label.kind,
      interest_status: label.interestStatus,
      description: null,
      use_with_ai: false,
    }),
  });
}

const showEntry = ({ workspace }: RouteContext, entry: BlockListEntry): JsonObject => ({
  id: entry.id,
  timestamp_created: iso(entry.created),
  organization_id: workspace.id,
  bl_value: entry.value,
  is_domain: entry.isDomain,
});

function blockList(context: RouteContext): unknown {
  const { query, workspace } = context;
  const search = textOf(query.search)?.toLowerCase();
  return pageOf(context, workspace.record.blockList, {
    limit: limitOf(query),
    after: textOf(query.starting_after),
    keyOf: ({ id }) => id,
    order: 'newest-first',
    accepts: ({ value, isDomain }) =>
      (query.domains_only !== true || isDomain) && (search === undefined || value.includes(search)),
    show: (entry) => showEntry(context, entry),
  });
}

function block(context: RouteContext): unknown {
  const { bl_value: value } = context.body as { bl_value: string };
  if (value.trim() === '') throw badRequest('body/bl_value must NOT have fewer than 1 characters');
  const known = context.workspace.record.blockList.find((entry) =>
    entry.value === value.trim().toLowerCase()
  );
  return showEntry(context, known ?? context.world.addToBlockList(context.workspace, value));
}

export const workspaceRoutes: readonly Route[] = [
  { method: 'GET', path: '/workspaces/current', scope: ['workspaces', 'read'], handle: current },
  {
    method: 'GET',
    path: '/lead-labels',
    scope: ['lead-labels', 'read'],
    query: object({ ...paging, search: text, interest_status: oneOf('positive', 'neutral', 'negative') }),
    handle: labels,
  },
  {
    method: 'GET',
    path: '/block-lists-entries',
    scope: ['block_list_entries', 'read'],
    query: object({ ...paging, domains_only: flag, search: text }),
    handle: blockList,
  },
  {
    method: 'POST',
    path: '/block-lists-entries',
    scope: ['block_list_entries', 'create'],
    body: strict({ bl_value: text }, ['bl_value']),
    handle: block,
  },
];
