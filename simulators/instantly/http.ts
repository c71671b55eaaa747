import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError, badRequest } from './errors.ts';
import { documentedLimits, WorkspaceRateLimiter } from './rate-limit.ts';
import { runRoute } from './router.ts';
import { outagePage, readBody, readQuery, sendJson } from '../shared/http.ts';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Faults, type PlannedFault, withRows } from '../shared/faults.ts';
import type { RateLimits } from './rate-limit.ts';
import type { RequestLog } from '../shared/request-log.ts';
import type { Match, RouteTable } from '../shared/route-table.ts';
import type { Answer, Route, RouteContext } from './router.ts';
import type { Workspace, World } from './state.ts';
import type { Query } from '../shared/http.ts';

export interface ApiServerParts {
  world: World;
  routes: RouteTable<Route>;
  faults: Faults;
  log: RequestLog;
  latencyMs: number;
  limits: Partial<RateLimits> | 'off';
  shared: Omit<RouteContext, 'world' | 'workspace' | 'parameters' | 'query' | 'body'>;
}

function parseBody(request: IncomingMessage, text: string): unknown {
  const isJson = request.headers['content-type']?.includes('application/json') === true;
  if (text === '') {
    if (isJson) throw badRequest("Body cannot be empty when content-type is set to 'application/json'");
    return undefined;
  }
  if (!isJson) throw new ApiError(415, 'Unsupported Media Type');
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest("Body is not valid JSON but content-type is set to 'application/json'");
  }
}

/** Everything between the socket and a route: edge, key, plan, scope, limits and faults. */
export class ApiServer {
  readonly #limiters = new Map<string, WorkspaceRateLimiter>();

  constructor(readonly parts: ApiServerParts) {}

  async handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const method = request.method ?? 'GET';
    const { faults, log, latencyMs } = this.parts;
    const query = readQuery(url.searchParams);
    const text = await readBody(request);
    const { latencyMs: added, failure } = faults.take(method, url.pathname);
    if (latencyMs + added > 0) await sleep(latencyMs + added);
    let body: unknown;
    let workspace: Workspace | undefined;
    let answer: Answer | undefined;
    try {
      workspace = this.#authenticate(request);
      if (failure === undefined || failure.kind === 'drop-after' || failure.kind === 'odd-rows') {
        const match = this.parts.routes.match(method, url.pathname.slice('/api/v2'.length));
        if (match === undefined) throw new ApiError(404, `Route ${method}:${url.pathname} not found`);
        this.#checkScope(request, match);
        this.#checkRate(workspace, method, url.pathname);
        body = parseBody(request, text);
        answer = await this.#run(match, workspace, { ...query }, structuredClone(body));
        if (failure?.kind === 'odd-rows') {
          answer = { status: answer.status, body: withRows(answer.body, failure.rows ?? []) };
        }
      }
    } catch (error) {
      answer = this.#errorAnswer(error);
    }
    if (body === undefined && text !== '') {
      try {
        body = JSON.parse(text);
      } catch {
        body = text;
      }
    }
    const dropped = failure?.kind === 'drop-before' || failure?.kind === 'drop-after';
    const status = dropped ? null : answer?.status ?? this.#failureStatus(failure);
    log.add({
      at: new Date().toISOString(),
      method,
      path: url.pathname,
      query,
      body,
      status,
      workspaceId: workspace?.id ?? null,
    });
    if (dropped) request.socket.destroy();
    else if (answer !== undefined) sendJson(response, answer.status, answer.body);
    else if (failure !== undefined) this.#sendFailure(response, failure);
  }

  async #run(match: Match<Route>, workspace: Workspace, query: Query, body: unknown): Promise<Answer> {
    const { world, shared } = this.parts;
    const answer = runRoute(match, { ...shared, world, workspace, parameters: {}, query, body });
    return { status: answer.status, body: await answer.body };
  }

  #errorAnswer(error: unknown): Answer {
    if (error instanceof ApiError) return { status: error.status, body: error.body };
    console.error('The simulated API failed', error);
    return { status: 500, body: new ApiError(500, 'Internal Server Error').body };
  }

  #authenticate(request: IncomingMessage): Workspace {
    const agent = request.headers['user-agent'];
    const refused = agent === undefined || agent === '' || /^python-urllib/i.test(agent);
    if (refused && this.parts.shared.behaviour.refuseMissingUserAgent) throw new ApiError(403, 'Forbidden');
    const header = request.headers.authorization;
    if (header === undefined) throw new ApiError(401, 'Missing Authorization header');
    const key = /^Bearer (.+)$/.exec(header)?.[1];
    const found = key === undefined ? undefined : this.parts.world.findKey(key);
    if (found === undefined) throw new ApiError(401, 'Invalid API key');
    const { access } = found.workspace.record;
    if (access === 'unauthorized') throw new ApiError(401, 'Invalid API key');
    if (access === 'payment-required') throw new ApiError(402, 'Workspace does not have an active paid plan');
    if (access === 'forbidden') throw new ApiError(403, 'Forbidden');
    return found.workspace;
  }

  #checkScope(request: IncomingMessage, { route }: Match<Route>): void {
    const key = request.headers.authorization?.slice('Bearer '.length) ?? '';
    const scopes = this.parts.world.findKey(key)?.key.scopes ?? [];
    const [resource, action] = route.scope;
    const accepted = [`${resource}:${action}`, `${resource}:all`, `all:${action}`, 'all:all'];
    if (accepted.some((scope) => scopes.includes(scope))) return;
    throw new ApiError(this.parts.shared.behaviour.missingScopeStatus, 'Forbidden');
  }

  #checkRate(workspace: Workspace, method: string, path: string): void {
    const { limits } = this.parts;
    if (limits === 'off') return;
    let limiter = this.#limiters.get(workspace.id);
    if (limiter === undefined) {
      limiter = new WorkspaceRateLimiter({ ...documentedLimits, ...limits });
      this.#limiters.set(workspace.id, limiter);
    }
    if (!limiter.allows(method === 'GET' && path === '/api/v2/emails')) {
      throw new ApiError(429, 'Rate limit exceeded');
    }
  }

  #failureStatus(failure: PlannedFault | undefined): number {
    if (failure?.kind === 'rate-limit') return 429;
    if (failure?.kind === 'answer') return failure.status ?? 200;
    return failure?.kind === 'error-503' ? 503 : 500;
  }

  #sendFailure(response: ServerResponse, failure: PlannedFault): void {
    if (failure.kind === 'answer' && typeof failure.body === 'string') {
      response.writeHead(failure.status ?? 200, { 'content-type': 'text/plain' });
      response.end(failure.body);
    } else if (failure.kind === 'answer') sendJson(response, failure.status ?? 200, failure.body);
    else if (failure.kind === 'error-503') {
      response.writeHead(503, { 'content-type': 'text/html' });
      response.end(outagePage);
    } else if (failure.kind === 'rate-limit') {
      const { retryAfterSeconds: seconds } = failure;
      const headers: Record<string, string> = seconds === undefined ? {} : { 'retry-after': String(seconds) };
      sendJson(response, 429, new ApiError(429, 'Rate limit exceeded').body, headers);
    } else {
      sendJson(response, 500, new ApiError(500, 'Internal Server Error').body);
    }
  }
}
