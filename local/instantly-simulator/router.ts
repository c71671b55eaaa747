import { checkBody, checkParameters, checkQuery } from './validate.ts';
import type { Behaviour } from './options.ts';
import type { EventRecorder } from './events.ts';
import type { DeliveryOptions } from './options.ts';
import type { Workspace, World } from './state.ts';
import type { JsonObject } from './types.ts';
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

export interface Match {
  route: Route;
  parameters: Record<string, string>;
}

/** Fixed segments win over parameters, so `/campaigns/analytics` is never taken for an id. */
export class Router {
  readonly #routes: Array<{ route: Route; segments: string[]; parameterCount: number }>;

  constructor(routes: readonly Route[]) {
    this.#routes = routes
      .map((route) => {
        const segments = route.path.split('/').slice(1);
        return {
          route,
          segments,
          parameterCount: segments.filter((segment) => segment.startsWith(':')).length,
        };
      })
      .sort((one, other) => one.parameterCount - other.parameterCount);
  }

  match(method: string, path: string): Match | undefined {
    const parts = path.split('/').slice(1);
    for (const { route, segments } of this.#routes) {
      if (route.method !== method || segments.length !== parts.length) continue;
      const parameters: Record<string, string> = {};
      const fits = segments.every((segment, index) => {
        const part = parts[index] ?? '';
        if (!segment.startsWith(':')) return segment === part;
        parameters[segment.slice(1)] = decodeURIComponent(part);
        return part !== '';
      });
      if (fits) return { route, parameters };
    }
    return undefined;
  }
}

const noBody: Schema = { type: 'null' };
const asksForTooMany = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'limit' in value && Number(value.limit) > 100;

/** Checks the request the way the real service does, then runs the route. */
export function runRoute(match: Match, context: RouteContext): Answer {
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
