import { STATUS_CODES } from 'node:http';
import { ApiError, parseJson } from '../shared/api.ts';
import { RateLimiter } from '../shared/rate-limit.ts';
import { badRequest } from './errors.ts';
import { type Behaviour, documentedLimits, type InstantlySimulatorOptions } from './options.ts';
import { checkBody, checkText, object, type Schema, uuid } from './schemas.ts';
import type { Answer, Api, Call, CallContext, Routes, Services, Work } from '../shared/api.ts';
import type { JsonObject } from '../shared/records.ts';
import type { InstantlyDelivery } from './delivery.ts';
import type { InstantlyWorkspace, InstantlyWorld } from './state.ts';

export interface RouteContext extends CallContext<InstantlyWorld, InstantlyWorkspace, InstantlyDelivery> {
  body: JsonObject;
  behaviour: Behaviour;
  interestDelayMs: number;
}

/** The scope that the key needs, what is done, and the shapes of what it takes; without one, no body at all. */
export type Route = readonly [
  scope: string,
  handle: (context: RouteContext) => unknown,
  checks?: { query?: Schema; body?: Schema; status?: number },
];

const byId = object({ id: uuid });
const noBody: Schema = { type: 'null' };

const asksForTooMany = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'limit' in value && Number(value.limit) > 100;

function parseBody({ header, text }: Call): unknown {
  const isJson = header('content-type')?.includes('application/json') === true;
  if (text === '') {
    if (isJson) throw badRequest("Body cannot be empty when content-type is set to 'application/json'");
    return undefined;
  }
  if (!isJson) throw new ApiError(415, 'Unsupported Media Type');
  return parseJson(text, "Body is not valid JSON but content-type is set to 'application/json'");
}

/** What Instantly does between the socket and a route: edge, key, plan, scope, limits and checks. */
export class InstantlyApi implements Api {
  readonly base = '/api/v2';
  readonly strict = true;
  readonly limiter: RateLimiter | undefined;

  constructor(
    readonly routes: Routes<Route>,
    readonly services: Services<RouteContext>,
    limits: InstantlySimulatorOptions['limits'] = {},
  ) {
    if (limits === 'off') return;
    const rates = { ...documentedLimits, ...limits };
    this.limiter = new RateLimiter({ ...rates, perMinuteOf: { emails: rates.emailsPerMinute } });
  }

  kindOf({ method, path }: Call): string | undefined {
    return method === 'GET' && path === '/api/v2/emails' ? 'emails' : undefined;
  }

  authenticate({ header }: Call): InstantlyWorkspace {
    const agent = header('user-agent') ?? '';
    if (agent === '' || /^python-urllib/i.test(agent)) throw new ApiError(403, 'Forbidden');
    const authorization = header('authorization');
    if (authorization === undefined) throw new ApiError(401, 'Missing Authorization header');
    const found = this.#find(authorization);
    const access = found?.workspace.record.access ?? 'unauthorized';
    if (found === undefined || access === 'unauthorized') throw new ApiError(401, 'Invalid API key');
    if (access === 'payment-required') throw new ApiError(402, 'Workspace does not have an active paid plan');
    if (access === 'forbidden') throw new ApiError(403, 'Forbidden');
    return found.workspace;
  }

  #find(authorization = '') {
    return this.services.world.findKey(/^Bearer (.+)$/.exec(authorization)?.[1] ?? '');
  }

  authorize({ header }: Call, [scope]: Route): void {
    const scopes = this.#find(header('authorization'))?.scopes ?? [];
    const [resource, action] = scope.split(':');
    const accepted = [scope, `${resource}:all`, `all:${action}`, 'all:all'];
    if (!accepted.some((each) => scopes.includes(each))) throw new ApiError(403, 'Forbidden');
  }

  /** Checks the request the way the real service does, then runs the route. */
  async run({ call, route, parameters, workspace }: Work<InstantlyWorkspace, Route>): Promise<Answer> {
    const [, handle, { query: queryShape, body: bodyShape, status = 200 } = {}] = route;
    this.services.world.dirty ||= call.method !== 'GET';
    const given = parseBody(call);
    const query: JsonObject = { ...call.query };
    if ('id' in parameters) checkText('params', byId, parameters);
    const isEmptied = this.services.behaviour.limitOver100 === 'empty';
    if (isEmptied && (asksForTooMany(query) || asksForTooMany(given))) {
      return { status: 200, body: { items: [] } };
    }
    if (queryShape !== undefined) checkText('querystring', queryShape, query);
    if (bodyShape !== undefined) checkBody('body', bodyShape, given ?? {});
    else if (given !== undefined) checkBody('body', noBody, given);
    const body = (given ?? {}) as JsonObject;
    const context = { ...this.services, workspace, parameters, query, body };
    return { status, body: await handle(context) };
  }

  noRoute({ method, path }: Call): Answer {
    return this.refusal(new ApiError(404, `Route ${method}:${path} not found`));
  }

  limited(_: unknown, retryAfterSeconds?: number): Answer {
    const answer = this.refusal(new ApiError(429, 'Rate limit exceeded'));
    if (retryAfterSeconds === undefined) return answer;
    return { ...answer, headers: { 'retry-after': String(retryAfterSeconds) } };
  }

  refusal(error: unknown): Answer {
    if (error instanceof ApiError) {
      const { status, message } = error;
      return { status, body: { statusCode: status, error: STATUS_CODES[status] ?? 'Error', message } };
    }
    if (error !== undefined) console.error('The simulated API failed', error);
    return this.refusal(new ApiError(500, 'Internal Server Error'));
  }
}
