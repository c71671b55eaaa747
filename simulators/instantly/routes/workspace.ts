import { iso } from '../../shared/time.ts';
import { badRequest } from '../errors.ts';
import { pageOf } from '../paging.ts';
import { object, paging, strict, text } from '../schemas.ts';
import type { Routes } from '../../shared/api.ts';
import type { Route, RouteContext } from '../api.ts';

export const opportunityValue = 1500;

const current = ({ workspace: { record } }: RouteContext): unknown => ({
  id: record.id,
  timestamp_created: iso(record.created),
  timestamp_updated: iso(record.created),
  owner: record.owner,
  name: record.name,
  default_opportunity_value: opportunityValue,
});

const labels = (context: RouteContext): unknown =>
  pageOf(context, context.workspace.record.labels, { keyOf: (label) => label.timestamp_created });

const blockList = (context: RouteContext): unknown => pageOf(context, context.workspace.record.blockList, {});

function block({ world, workspace, body }: RouteContext): unknown {
  const value = String(body.bl_value);
  if (value.trim() === '') throw badRequest('body/bl_value must NOT have fewer than 1 characters');
  return world.block(workspace, value);
}

const query = object(paging);
const blocked = strict({ bl_value: text }, ['bl_value']);

export const workspaceRoutes: Routes<Route> = {
  'GET /workspaces/current': { scope: 'workspaces:read', handle: current },
  'GET /lead-labels': { scope: 'lead-labels:read', handle: labels, query },
  'GET /block-lists-entries': { scope: 'block_list_entries:read', handle: blockList, query },
  'POST /block-lists-entries': { scope: 'block_list_entries:create', handle: block, body: blocked },
};
