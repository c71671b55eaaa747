import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Context, Hono } from 'hono';
import { type Faults, type RequestFault, withRows } from './faults.ts';
import type { RateLimiter, RateVerdict } from './rate-limit.ts';
import type { RequestLog } from './request-log.ts';
import type { Workspace } from './state.ts';

export type Query = Record<string, string | string[]>;

/** One call as it came in. */
export interface Call {
  method: string;
  path: string;
  query: Query;
  header: (name: string) => string | undefined;
  /** The body. */
  text: string;
}

export interface Answer {
  status: number;
  /** A text is sent as it is, anything else as JSON. */
  body: unknown;
  headers?: Record<string, string>;
}

/** `METHOD /path`, below the root of the API and with `:name` for a parameter. */
export type Routes<Route> = Readonly<Record<string, Route>>;

/** What a provider decides between the socket and a route. */
export interface Api<One extends Workspace, Route, Extra extends string> {
  /** Root of the API. */
  base: string;
  /** Whether a closing slash makes a difference. */
  strict: boolean;
  routes: Routes<Route>;
  limiter: RateLimiter | undefined;
  authenticate: (call: Call) => One;
  /** The kind of call that a narrower rate limit counts. */
  kindOf: (call: Call) => string | undefined;
  /** Refuses the key for this route. */
  authorize?: (call: Call, route: Route) => void;
  run: (work: Work<One, Route, Extra>) => Promise<Answer>;
  noRoute: (call: Call) => Answer;
  limited: (verdict: RateVerdict | undefined, retryAfterSeconds?: number) => Answer;
  /** The answer to what a route or the edge threw. */
  refusal: (error: unknown) => Answer;
  /** The answer to a fault that only this provider has; undefined when the route runs nevertheless. */
  planned?: (failure: RequestFault<Extra>) => Answer | undefined;
  /** What the request log shows instead. */
  redact?: (query: Query) => Query;
}

export interface Work<One extends Workspace, Route, Extra extends string> {
  call: Call;
  route: Route;
  parameters: Record<string, string>;
  workspace: One;
  failure: RequestFault<Extra> | undefined;
  verdict: RateVerdict | undefined;
}

interface Environment<One extends Workspace, Extra extends string> {
  Bindings: HttpBindings;
  Variables: { call: Call; workspace: One; failure: RequestFault<Extra> | undefined };
}

const outagePage = '<html><head><title>503 Service Temporarily Unavailable</title></head>' +
  '<body><center><h1>503 Service Temporarily Unavailable</h1></center></body></html>';

async function readCall(c: Context): Promise<Call> {
  const url = new URL(c.req.url);
  const query: Query = {};
  for (const name of new Set(url.searchParams.keys())) {
    // A parameter given several times becomes an array, as the real services read it.
    const values = url.searchParams.getAll(name);
    query[name] = values.length > 1 ? values : values[0] ?? '';
  }
  const { method } = c.req;
  return {
    method,
    path: url.pathname,
    query,
    header: (name) => c.req.header(name),
    text: await c.req.text(),
  };
}

function readJson(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function respond({ status, body, headers = {} }: Answer): Response {
  return typeof body === 'string'
    ? new Response(body, { status, headers: { 'content-type': 'text/html; charset=utf-8', ...headers } })
    : new Response(JSON.stringify(body), {
      status,
      headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    });
}

/** The routes of an API behind its edge: faults, key, limits and the log. */
export function serveApi<One extends Workspace, Route, Extra extends string>(
  api: Api<One, Route, Extra>,
  faults: Faults<Extra>,
  log: RequestLog,
  latencyMs: number,
): Hono<Environment<One, Extra>> {
  const app = new Hono<Environment<One, Extra>>({ strict: api.strict });

  app.use(async (c, next) => {
    const call = await readCall(c);
    const { latencyMs: added, failure } = faults.take(call.method, call.path);
    if (latencyMs + added > 0) await sleep(latencyMs + added);
    let workspace: One | undefined;
    try {
      workspace = api.authenticate(call);
      const planned = failure && plannedAnswer(api, failure);
      if (planned !== undefined) c.res = respond(planned);
      else {
        c.set('call', call);
        c.set('workspace', workspace);
        c.set('failure', failure);
        await next();
      }
    } catch (error) {
      c.res = respond(api.refusal(error));
    }
    const isDropped = failure?.kind === 'drop-before' || failure?.kind === 'drop-after';
    log.add({
      at: new Date().toISOString(),
      method: call.method,
      path: call.path,
      query: api.redact?.(call.query) ?? call.query,
      body: readJson(call.text),
      status: isDropped ? null : c.res.status,
      workspaceId: workspace?.id ?? null,
    });
    if (!isDropped) return;
    c.env.incoming.socket.destroy();
    c.res = RESPONSE_ALREADY_SENT;
  });

  // Fixed segments win over parameters, so `/campaigns/analytics` is never taken for an id.
  const parameters = ([path]: [string, Route]) => path.split('/:').length;
  const routes = Object.entries(api.routes).toSorted((one, other) => parameters(one) - parameters(other));
  for (const [name, route] of routes) {
    const [method = '', path = ''] = name.split(' ');
    app.on(method, `${api.base}${path}`, async (c) => {
      const [call, workspace, failure] = [c.get('call'), c.get('workspace'), c.get('failure')];
      try {
        api.authorize?.(call, route);
        const verdict = api.limiter?.take(workspace.id, api.kindOf(call));
        if (verdict?.allowed === false) return respond(api.limited(verdict));
        const answer = await api.run({ call, route, parameters: c.req.param(), workspace, failure, verdict });
        if (failure?.kind === 'odd-rows') answer.body = withRows(answer.body, failure.rows ?? []);
        return respond(answer);
      } catch (error) {
        return respond(api.refusal(error));
      }
    });
  }
  app.notFound((c) => respond(api.noRoute(c.get('call'))));
  return app;
}

/** The answer that stands in for the route's own; undefined when the route has to run. */
function plannedAnswer<One extends Workspace, Route, Extra extends string>(
  api: Api<One, Route, Extra>,
  failure: RequestFault<Extra>,
): Answer | undefined {
  switch (failure.kind) {
    case 'rate-limit':
      return api.limited(undefined, failure.retryAfterSeconds);
    case 'error-500':
      return api.refusal(undefined);
    case 'error-503':
      return { status: 503, body: outagePage, headers: { 'content-type': 'text/html' } };
    case 'answer':
      return { status: failure.status ?? 200, body: failure.body };
    case 'drop-before':
      return { status: 200, body: {} };
    default:
      return api.planned?.(failure);
  }
}
