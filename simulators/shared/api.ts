import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Context, Hono } from 'hono';
import { type Faults, type RequestFault, withRows } from './faults.ts';
import type { RateLimiter, RateVerdict } from './rate-limit.ts';
import type { EventRecorder } from './recorder.ts';
import type { JsonObject } from './records.ts';
import type { Workspace } from './state.ts';

export type Query = Record<string, string | string[]>;

export interface Call {
  method: string;
  path: string;
  query: Query;
  header: (name: string) => string | undefined;
  text: string;
}

export interface Answer {
  status: number;
  /** A text is sent as it is, anything else as JSON. */
  body: unknown;
  headers?: Record<string, string>;
}

/** An answer that is no success; each provider writes its body in another way. */
export class ApiError extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
  }
}

/** The JSON of a body, or a refusal in the words of the provider. */
export function parseJson(text: string, refusal: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError(400, refusal);
  }
}

/** `METHOD /path`, below the root of the API and with `:name` for a parameter. */
export type Routes<Route> = Readonly<Record<string, Route>>;

export interface Work<One = Workspace, Route = unknown> {
  call: Call;
  route: Route;
  parameters: Record<string, string>;
  workspace: One;
  failure: RequestFault | undefined;
  verdict: RateVerdict | undefined;
}

/** What a route works with: the parts of the simulator, whose key it was, and what the call says. */
export interface CallContext<OneWorld, One, Delivery> {
  world: OneWorld;
  recorder: EventRecorder;
  delivery: Delivery;
  workspace: One;
  parameters: Record<string, string>;
  query: JsonObject;
}
/** Of a context, what is the same for every call. */
export type Services<Of> = Omit<Of, 'workspace' | 'parameters' | 'query' | 'body'>;

/** What a provider decides between the socket and a route. Methods, so that each takes its own types. */
export interface Api {
  base: string;
  /** Whether a closing slash makes a difference. */
  strict: boolean;
  routes: Routes<unknown>;
  limiter: RateLimiter | undefined;
  authenticate(call: Call): Pick<Workspace, 'id'>;
  /** The kind of call that a narrower rate limit counts. */
  kindOf(call: Call): string | undefined;
  /** Refuses the key for this route. */
  authorize?(call: Call, route: unknown): void;
  run(work: Work<Pick<Workspace, 'id'>>): Promise<Answer>;
  noRoute(call: Call): Answer;
  limited(verdict: RateVerdict | undefined, retryAfterSeconds?: number): Answer;
  refusal(error: unknown): Answer;
  /** What the request log shows instead. */
  redact?(query: Query): Query;
}

/** One API call that reached the simulator, as its tests want to see it. Keys are never kept. */
export interface LoggedRequest {
  /** Grows by one per call, so a reader can ask for what is new. */
  number: number;
  at: string;
  method: string;
  path: string;
  query: Query;
  body: unknown;
  /** Answer status; null when the connection was dropped. */
  status: number | null;
  workspaceId: string | null;
}

export interface RequestFilter extends Partial<Pick<LoggedRequest, 'method' | 'path'>> {
  after?: number;
  workspaceId?: string;
}

export class RequestLog {
  #rows: LoggedRequest[] = [];
  #count = 0;

  constructor(readonly size: number) {}

  add(row: Omit<LoggedRequest, 'number'>): void {
    this.#rows.push({ number: this.#count += 1, ...row });
    if (this.#rows.length > 2 * this.size) this.#rows = this.#rows.slice(-this.size);
  }

  list({ after = 0, ...wanted }: RequestFilter = {}): LoggedRequest[] {
    const names = Object.keys(wanted) as Array<keyof typeof wanted>;
    return this.#rows.slice(-this.size)
      .filter((row) => row.number > after && names.every((name) => row[name] === wanted[name]));
  }

  clear(): void {
    this.#rows = [];
  }
}

const outagePage = '<html><head><title>503 Service Temporarily Unavailable</title></head>' +
  '<body><center><h1>503 Service Temporarily Unavailable</h1></center></body></html>';

async function readCall({ req }: Context): Promise<Call> {
  // A parameter given several times becomes an array, as the real services read it.
  const query = Object.entries(req.queries()).map(([name, values]) =>
    [name, values.length > 1 ? values : values[0] ?? ''] as const
  );
  return {
    method: req.method,
    path: new URL(req.url).pathname,
    query: Object.fromEntries(query),
    header: (name) => req.header(name),
    text: await req.text(),
  };
}

function readJson(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
}

function respond({ status, body, headers }: Answer): Response {
  const [type, text] = typeof body === 'string'
    ? ['text/html', body]
    : ['application/json', JSON.stringify(body)];
  return new Response(text, { status, headers: { 'content-type': `${type}; charset=utf-8`, ...headers } });
}

/** The routes of an API behind its edge: faults, key, limits and the log. */
export function serveApi(api: Api, faults: Faults, log: RequestLog, latencyMs: number) {
  type Variables = Pick<Work<Pick<Workspace, 'id'>>, 'call' | 'workspace' | 'failure'>;
  const app = new Hono<{ Bindings: HttpBindings; Variables: Variables }>({ strict: api.strict });

  app.use(async (c, next) => {
    const call = await readCall(c);
    const { latencyMs: added, failure } = faults.take(call.method, call.path, call.query);
    if (latencyMs + added > 0) await sleep(latencyMs + added);
    c.set('call', call);
    c.set('failure', failure);
    await next();
    const isDropped = failure?.kind === 'drop-before' || failure?.kind === 'drop-after';
    log.add({
      at: new Date().toISOString(),
      method: call.method,
      path: call.path,
      query: api.redact?.(call.query) ?? call.query,
      body: readJson(call.text),
      status: isDropped ? null : c.res.status,
      workspaceId: c.get('workspace')?.id ?? null,
    });
    if (!isDropped) return;
    c.env.incoming.socket.destroy();
    c.res = RESPONSE_ALREADY_SENT;
  });

  app.use(async (c, next) => {
    const { call, failure } = c.var;
    c.set('workspace', api.authenticate(call));
    const planned = failure && plannedAnswer(api, failure);
    if (planned !== undefined) return respond(planned);
    await next();
  });

  // Fixed segments win over parameters, so `/campaigns/analytics` is never taken for an id.
  const parameters = ([path]: [string, unknown]) => path.split('/:').length;
  const routes = Object.entries(api.routes).toSorted((one, other) => parameters(one) - parameters(other));
  for (const [name, route] of routes) {
    const [method = '', path = ''] = name.split(' ');
    app.on(method, `${api.base}${path}`, async (c) => {
      const { call, workspace, failure } = c.var;
      api.authorize?.(call, route);
      const verdict = api.limiter?.take(workspace.id, api.kindOf(call));
      if (verdict?.allowed === false) return respond(api.limited(verdict));
      const answer = await api.run({ call, route, parameters: c.req.param(), workspace, failure, verdict });
      if (failure?.kind === 'odd-rows') answer.body = withRows(answer.body, failure.rows ?? []);
      return respond(answer);
    });
  }
  app.notFound((c) => respond(api.noRoute(c.get('call'))));
  app.onError((error) => respond(api.refusal(error)));
  return app;
}

/** The answer that stands in for the route's own; undefined when the route has to run. */
function plannedAnswer(api: Api, failure: RequestFault): Answer | undefined {
  const { kind, retryAfterSeconds, status = 200, body } = failure;
  if (kind === 'rate-limit') return api.limited(undefined, retryAfterSeconds);
  if (kind === 'error-500') return api.refusal(undefined);
  if (kind === 'error-503') {
    return { status: 503, body: outagePage, headers: { 'content-type': 'text/html' } };
  }
  if (kind === 'answer') return { status, body };
  return kind === 'drop-before' || kind === 'empty-object' ? { status: 200, body: {} } : undefined;
}
