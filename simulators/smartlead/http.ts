import { setTimeout as sleep } from 'node:timers/promises';
import { outagePage, readBody, readQuery, sendJson } from '../shared/http.ts';
import { ApiError, Missing, TextAnswer, ValidationError } from './errors.ts';
import { WorkspaceRateLimiter } from './rate-limit.ts';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Faults, type PlannedFault, withRows } from '../shared/faults.ts';
import type { Query } from '../shared/http.ts';
import type { RequestLog } from '../shared/request-log.ts';
import type { ExtraFault } from './faults.ts';
import type { RateLimits, RateVerdict } from './rate-limit.ts';
import type { Match, RouteTable } from '../shared/route-table.ts';
import type { Route, RouteContext } from './router.ts';
import type { Workspace, World } from './state.ts';

export interface ApiServerParts {
  world: World;
  routes: RouteTable<Route>;
  faults: Faults<ExtraFault>;
  log: RequestLog;
  latencyMs: number;
  limits: RateLimits | undefined;
  rateClock: () => number;
  shared: Pick<RouteContext, 'recorder' | 'delivery' | 'behaviour'>;
}

interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

const base = '/api/v1';
const json = (response: ServerResponse, { status, body, headers = {} }: Answer): void => {
  if (body instanceof TextAnswer) {
    response.writeHead(body.status, { 'content-type': body.contentType, ...headers }).end(body.text);
  } else sendJson(response, status, body, headers);
};

/** Everything between the socket and a route: edge, key, plan, limits and faults. */
export class ApiServer {
  readonly #limiters = new Map<string, WorkspaceRateLimiter>();

  constructor(readonly parts: ApiServerParts) {}

  async handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const method = request.method ?? 'GET';
    const query = readQuery(url.searchParams);
    const text = await readBody(request);
    const { latencyMs, failure } = this.parts.faults.take(method, url.pathname);
    if (this.parts.latencyMs + latencyMs > 0) await sleep(this.parts.latencyMs + latencyMs);
    let workspace: Workspace | undefined;
    let answer: Answer;
    try {
      workspace = this.#authenticate(request, query);
      answer = await this.#answer(method, url.pathname, query, text, workspace, failure);
    } catch (error) {
      answer = this.#errorAnswer(error);
    }
    const dropped = failure?.kind === 'drop-before' || failure?.kind === 'drop-after';
    this.parts.log.add({
      at: new Date().toISOString(),
      method,
      path: url.pathname,
      // The key is in every address, so the log must not repeat it.
      query: { ...query, ...(query.api_key !== undefined && { api_key: '[redacted]' }) },
      body: this.#readJson(text),
      status: dropped ? null : answer.body instanceof TextAnswer ? answer.body.status : answer.status,
      workspaceId: workspace?.id ?? null,
    });
    if (dropped) request.socket.destroy();
    else json(response, answer);
  }

  #readJson(text: string): unknown {
    if (text === '') return undefined;
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  }

  async #answer(
    method: string,
    path: string,
    query: Query,
    text: string,
    workspace: Workspace,
    failure: PlannedFault<ExtraFault> | undefined,
  ): Promise<Answer> {
    const planned = failure === undefined ? undefined : this.#plannedAnswer(failure);
    if (planned !== undefined) return planned;
    // Express without strict routing: a closing slash makes no difference.
    const match = this.parts.routes.match(method, path.slice(base.length).replace(/\/$/, ''));
    if (match === undefined || !path.startsWith(`${base}/`)) {
      throw new NoRoute(new TextAnswer(404, `Cannot ${method} ${path}`));
    }
    const verdict = this.#takeFromLimits(workspace, match);
    if (verdict !== undefined && !verdict.allowed) return this.#limited(verdict);
    const { world, shared } = this.parts;
    const { api_key: _, ...rest } = query;
    let body: unknown = {};
    try {
      if (text !== '') body = JSON.parse(text);
    } catch {
      throw new ApiError(400, 'Unexpected token in JSON');
    }
    try {
      const result = await match.route.handle({
        ...shared,
        world,
        workspace,
        parameters: match.parameters,
        query: rest,
        body,
        nothingAdded: failure?.kind === 'nothing-added',
      });
      const answered = failure?.kind === 'odd-rows' ? withRows(result, failure.rows ?? []) : result;
      return { status: 200, body: answered, headers: this.#limitHeaders(verdict) };
    } catch (error) {
      return { ...this.#errorAnswer(error), headers: this.#limitHeaders(verdict) };
    }
  }

  #errorAnswer(error: unknown): Answer {
    const { behaviour } = this.parts.shared;
    if (error instanceof NoRoute) return { status: 404, body: error.answer };
    if (error instanceof Missing) return this.#missingAnswer(error);
    if (error instanceof ValidationError) {
      const refusal = new ApiError(behaviour.validationStatus, error.message);
      return { status: refusal.status, body: refusal.body(behaviour.errorScheme) };
    }
    if (error instanceof ApiError) return { status: error.status, body: error.body(behaviour.errorScheme) };
    console.error('The simulated API failed', error);
    return { status: 500, body: { error: 'Internal server error' } };
  }

  #missingAnswer({ message }: Missing): Answer {
    const { missing, errorScheme } = this.parts.shared.behaviour;
    if (missing === 'not-found') return { status: 404, body: new ApiError(404, message).body(errorScheme) };
    return { status: 200, body: missing === 'empty-body' ? new TextAnswer(200, '') : {} };
  }

  #authenticate(request: IncomingMessage, query: Query): Workspace {
    const agent = request.headers['user-agent'] ?? '';
    const refused = agent === '' || /^python-(urllib|requests)|^python\//i.test(agent);
    if (refused && this.parts.shared.behaviour.refuseMissingUserAgent) {
      throw new NoRoute(new TextAnswer(403, 'error code: 1010', 'text/plain; charset=UTF-8'));
    }
    const key = query.api_key;
    const workspace = typeof key === 'string' ? this.parts.world.findKey(key) : undefined;
    if (workspace === undefined || workspace.record.access === 'unauthorized') {
      throw new ApiError(401, 'Invalid API Key');
    }
    if (workspace.record.access !== 'ok') throw new ApiError(403, 'Your plan does not include API access');
    return workspace;
  }

  #takeFromLimits(workspace: Workspace, { route }: Match<Route>): RateVerdict | undefined {
    const { limits, rateClock } = this.parts;
    if (limits === undefined) return undefined;
    let limiter = this.#limiters.get(workspace.id);
    if (limiter === undefined) {
      this.#limiters.set(workspace.id, limiter = new WorkspaceRateLimiter(limits, rateClock));
    }
    return limiter.take(route.path.includes('analytics'));
  }

  #limitHeaders(verdict: RateVerdict | undefined): Record<string, string> {
    if (verdict === undefined || !this.parts.shared.behaviour.rateLimitHeaders) return {};
    return {
      'x-ratelimit-limit': String(verdict.limit),
      'x-ratelimit-remaining': String(verdict.remaining),
      'x-ratelimit-reset': String(verdict.resetSeconds),
    };
  }

  #limited(verdict: RateVerdict | undefined, retryAfter = verdict?.retryAfterSeconds): Answer {
    const headers = this.#limitHeaders(verdict);
    if (this.parts.shared.behaviour.rateLimitAnswer === 'live') {
      const message = 'You have reached the rate limit of your account: 200 requests per minute';
      return { status: 429, body: { message }, headers };
    }
    const error = {
      code: 'RATE_LIMIT_EXCEEDED',
      message: 'Too many requests',
      retry_after: retryAfter ?? 30,
    };
    if (retryAfter !== undefined) headers['retry-after'] = String(retryAfter);
    return { status: 429, body: { error }, headers };
  }

  /** The answer that stands in for the route's own; undefined when the route has to run. */
  #plannedAnswer(failure: PlannedFault<ExtraFault>): Answer | undefined {
    switch (failure.kind) {
      case 'rate-limit':
        return this.#limited(undefined, failure.retryAfterSeconds);
      case 'error-500':
        return { status: 500, body: { error: 'Internal server error' } };
      case 'error-503':
        return { status: 503, body: new TextAnswer(503, outagePage, 'text/html') };
      case 'answer': {
        const status = failure.status ?? 200;
        const { body } = failure;
        return { status, body: typeof body === 'string' ? new TextAnswer(status, body) : body };
      }
      case 'empty-object':
      case 'drop-before':
        return { status: 200, body: {} };
      default:
        return undefined;
    }
  }
}

/** Carries an answer that is plain text. */
class NoRoute extends Error {
  constructor(readonly answer: TextAnswer) {
    super(answer.text);
  }
}
