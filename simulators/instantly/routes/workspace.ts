import { iso } from '../../shared/time.ts';
import { badRequest } from '../errors.ts';
import { matchesSearch, pageOf } from '../paging.ts';
import { flag, object, oneOf, paging, strict, text } from '../schemas.ts';
import { nulls } from '../state.ts';
import type { Routes } from '../../shared/api.ts';
import type { Route, RouteContext } from '../api.ts';

const current = ({ workspace: { record } }: RouteContext): unknown => ({
  ...nulls('scheduled_for_removal_at plan_id_bundle plan_id_leadfinder org_logo_url org_client_domain'),
  ...nulls('plan_id_crm plan_id_website_visitor plan_id_inbox_placement'),
  id: record.id,
  timestamp_created: iso(record.created),
  timestamp_updated: iso(record.created),
  owner: record.owner,
  name: record.name,
  plan_id: 'pid_hg_v1',
  add_unsub_to_block: false,
  default_opportunity_value: record.defaultOpportunityValue,
});

function labels(context: RouteContext): unknown {
  const { query, workspace } = context;
  return pageOf(context, workspace.record.labels, {
    keyOf: ({ timestamp_created: created }) => created,
    accepts: ({ label, interest_status_label: kind }) =>
      matchesSearch(query.search, label) &&
      (query.interest_status === undefined || query.interest_status === kind),
  });
}

function blockList(context: RouteContext): unknown {
  const { query, workspace } = context;
  return pageOf(context, workspace.record.blockList, {
    accepts: ({ bl_value: value, is_domain: isDomain }) =>
      (query.domains_only !== true || isDomain) && matchesSearch(query.search, value),
  });
}

function block({ world, workspace, body }: RouteContext): unknown {
  const value = String(body.bl_value);
  if (value.trim() === '') throw badRequest('body/bl_value must NOT have fewer than 1 characters');
  return world.block(workspace, value);
}

const kinds = oneOf('positive', 'neutral', 'negative');

export const workspaceRoutes: Routes<Route> = {
  'GET /workspaces/current': { scope: 'workspaces:read', handle: current },
  'GET /lead-labels': {
    scope: 'lead-labels:read',
    handle: labels,
    query: object({ ...paging, search: text, interest_status: kinds }),
  },
  'GET /block-lists-entries': {
    scope: 'block_list_entries:read',
    handle: blockList,
    query: object({ ...paging, domains_only: flag, search: text }),
  },
  'POST /block-lists-entries': {
    scope: 'block_list_entries:create',
    handle: block,
    body: strict({ bl_value: text }, ['bl_value']),
  },
};
