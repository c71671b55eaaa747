import { checkBody, checkParameters, checkQuery } from './validate.ts';
import type { Behaviour } from './options.ts';
import type { EventRecorder } from './events.ts';
import type { DeliveryOptions } from './options.ts';
import type { Workspace, World } from './state.ts';
import type { JsonObject } from './types.ts';
import type { Match } from '../shared/route-table.ts';
import type { Schema } from './validate.ts';

export interface Answer {
  status: number;
  body: unknown;
}

/** What a route gets to work with. */
export interface RouteContext {
  world: World;
  workspace: Workspace;
  recorder: EventRecorder;
  behaviour: Behaviour;
  delivery: DeliveryOptions;
  interestDelayMs: number;
  /** Parameters of the path, decoded. */
  parameters: Record<string, string>;
  query: JsonObject;
  body: unknown;
}

export interface Route {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Path below `/api/v2`, with `:name` for a parameter. */
  path: string;
  /** Resource and action of the scope the key needs. */
  scope: readonly [resource: string, action: 'create' | 'read' | 'update' | 'delete'];
  parameters?: Schema;
  query?: Schema;
  /** Missing means that the operation takes no body at all. */
  body?: Schema;
  status?: number;
  handle: (context: RouteContext) => unknown;
}

const noBody: Schema = { type: 'null' };
const asksForTooMany = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'limit' in value && Number(value.limit) > 100;

/** Checks the request the way the real service does, then runs the route. */
export function runRoute(match: Match<Route>, context: RouteContext): Answer {
  const { route, parameters } = match;
  const isPaged = [route.query, route.body].some((schema) => {
    const properties = schema?.properties;
    return typeof properties === 'object' && properties !== null && 'starting_after' in properties;
  });
  if (route.parameters !== undefined) checkParameters(route.parameters, parameters);
  const tooMany = asksForTooMany(context.query) || asksForTooMany(context.body);
  if (isPaged && tooMany && context.behaviour.limitOver100 === 'empty') {
    return { status: 200, body: { items: [] } };
  }
  if (route.query !== undefined) checkQuery(route.query, context.query);
  if (route.body !== undefined) checkBody(context.behaviour.unknownKeys, route.body, context.body ?? {});
  else if (context.body !== undefined) checkBody('reject', noBody, context.body);
  return {
    status: route.status ?? 200,
    body: route.handle({ ...context, parameters, body: context.body ?? {} }),
  };
}
