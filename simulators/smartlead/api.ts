import { performance } from 'node:perf_hooks';
import { RateLimiter, type RateVerdict } from '../shared/rate-limit.ts';
import { ApiError, Missing, TextAnswer, ValidationError } from './errors.ts';
import { namedLimits, type SmartleadSimulatorOptions } from './options.ts';
import type { Answer, Api, Call, Query, Routes, Work } from '../shared/api.ts';
import type { RequestFault } from '../shared/faults.ts';
import type { EventRecorder } from '../shared/recorder.ts';
import type { JsonObject } from '../shared/records.ts';
import type { SmartleadDelivery } from './delivery.ts';
import type { Behaviour, ExtraFault } from './options.ts';
import type { SmartleadCampaign, SmartleadWorkspace, SmartleadWorld } from './state.ts';
import type { Link, Person } from './types.ts';

/** What all routes share. */
export interface RouteServices {
  world: SmartleadWorld;
  recorder: EventRecorder;
  delivery: SmartleadDelivery;
  behaviour: Behaviour;
}

/** What a route gets to work with. */
export interface RouteContext extends RouteServices {
  workspace: SmartleadWorkspace;
  parameters: Record<string, string>;
  query: JsonObject;
  body: unknown;
  /** The fault that takes a lead upload and adds none of it. */
  nothingAdded: boolean;
}

/** Returns the body of a 200, or a `TextAnswer`. */
export type Route = (context: RouteContext) => unknown;

/** A number of the path. */
export function idOf({ parameters }: RouteContext, name: string): number {
  const id = Number(parameters[name]);
  if (!Number.isInteger(id)) throw new ApiError(400, `"${name}" must be a number`);
  return id;
}

type Use = 'read' | 'write';

/** Reading what is not there answers 200 with nothing, writing is a 404. */
const missing = (what: 'Campaign' | 'Lead', use: Use): Error =>
  use === 'read' ? new Missing(what) : new ApiError(404, `${what} not found`);

/** The campaign of the path. */
export function campaignOf(context: RouteContext, use: Use = 'read'): SmartleadCampaign {
  const campaign = context.workspace.campaigns.get(idOf(context, 'campaignId'));
  if (campaign === undefined) throw missing('Campaign', use);
  return campaign;
}

/** The lead of the path. */
export function personOf(context: RouteContext, use: Use): Person {
  const person = context.workspace.people.get(idOf(context, 'leadId'));
  if (person === undefined) throw missing('Lead', use);
  return person;
}

/** The lead of the path, in the campaign of the path. */
export function linkOf(
  context: RouteContext,
  use: Use,
): { campaign: SmartleadCampaign; link: Link; person: Person } {
  const campaign = campaignOf(context, use);
  const person = personOf(context, use);
  const link = campaign.leads.find(person.email);
  if (link === undefined) throw missing('Lead', use);
  return { campaign, link, person };
}

function readLimits({ limits = 'standard', rateClock }: SmartleadSimulatorOptions): RateLimiter | undefined {
  if (limits === 'off') return undefined;
  const { perSecond, perMinute, perHour, analyticsPerMinute } = typeof limits === 'string'
    ? namedLimits[limits]
    : { ...namedLimits.standard, ...limits };
  return new RateLimiter([
    { limit: perSecond, spanMs: 1000 },
    { limit: perMinute, spanMs: 60_000 },
    { limit: perHour, spanMs: 3_600_000 },
    { limit: analyticsPerMinute, spanMs: 60_000, only: 'analytics' },
  ], rateClock ?? (() => performance.now()));
}

/** What Smartlead does between the socket and a route: edge, key, plan and limits. */
export class SmartleadApi implements Api<SmartleadWorkspace, Route, ExtraFault> {
  readonly base = '/api/v1';
  /** As in Express without strict routing. */
  readonly strict = false;
  readonly limiter: RateLimiter | undefined;

  constructor(
    readonly routes: Routes<Route>,
    readonly services: RouteServices,
    options: SmartleadSimulatorOptions,
  ) {
    this.limiter = readLimits(options);
  }

  kindOf({ path }: Call): string | undefined {
    return path.includes('analytics') ? 'analytics' : undefined;
  }

  authenticate({ header, query }: Call): SmartleadWorkspace {
    const agent = header('user-agent') ?? '';
    const isRefused = agent === '' || /^python-(urllib|requests)|^python\//i.test(agent);
    if (isRefused && this.services.behaviour.refuseMissingUserAgent) {
      throw new TextAnswer(403, 'error code: 1010', 'text/plain; charset=UTF-8');
    }
    const workspace = this.services.world.findKey(String(query.api_key));
    const access = workspace?.record.access ?? 'unauthorized';
    if (workspace === undefined || access === 'unauthorized') throw new ApiError(401, 'Invalid API Key');
    if (access !== 'ok') throw new ApiError(403, 'Your plan does not include API access');
    return workspace;
  }

  async run(work: Work<SmartleadWorkspace, Route, ExtraFault>): Promise<Answer> {
    const answer = await this.#answer(work);
    return { ...answer, headers: { ...this.#limitHeaders(work.verdict), ...answer.headers } };
  }

  async #answer(work: Work<SmartleadWorkspace, Route, ExtraFault>): Promise<Answer> {
    const { call, route, parameters, workspace, failure } = work;
    const { api_key: _, ...query } = call.query;
    const nothingAdded = failure?.kind === 'nothing-added';
    try {
      const body = this.#readBody(call.text);
      const result = await route({ ...this.services, workspace, parameters, query, body, nothingAdded });
      return result instanceof TextAnswer ? this.refusal(result) : { status: 200, body: result };
    } catch (error) {
      return this.refusal(error);
    }
  }

  #readBody(text: string): unknown {
    try {
      return text === '' ? {} : JSON.parse(text);
    } catch {
      throw new ApiError(400, 'Unexpected token in JSON');
    }
  }

  noRoute({ method, path }: Call): Answer {
    return this.refusal(new TextAnswer(404, `Cannot ${method} ${path}`));
  }

  refusal(error: unknown): Answer {
    const { errorScheme, missing, validationStatus } = this.services.behaviour;
    if (error instanceof TextAnswer) {
      const headers = error.contentType === undefined ? {} : { 'content-type': error.contentType };
      return { status: error.status, body: error.message, headers };
    }
    if (error instanceof ValidationError) return this.refusal(new ApiError(validationStatus, error.message));
    if (error instanceof ApiError) return { status: error.status, body: error.body(errorScheme) };
    if (error instanceof Missing) {
      if (missing === 'not-found') return this.refusal(new ApiError(404, error.message));
      return { status: 200, body: missing === 'empty-body' ? '' : {} };
    }
    if (error !== undefined) console.error('The simulated API failed', error);
    return { status: 500, body: { error: 'Internal server error' } };
  }

  #limitHeaders(verdict: RateVerdict | undefined): Record<string, string> {
    if (verdict === undefined || !this.services.behaviour.rateLimitHeaders) return {};
    const { limit, remaining, resetMs } = verdict.minute;
    return {
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(remaining),
      'x-ratelimit-reset': String(Math.ceil(resetMs / 1000)),
    };
  }

  limited(verdict: RateVerdict | undefined, seconds?: number): Answer {
    const headers = this.#limitHeaders(verdict);
    if (this.services.behaviour.rateLimitAnswer === 'live') {
      const message = 'You have reached the rate limit of your account: 200 requests per minute';
      return { status: 429, body: { message }, headers };
    }
    const retryAfter = verdict === undefined ? seconds : Math.max(1, Math.ceil(verdict.waitMs / 1000));
    if (retryAfter !== undefined) headers['retry-after'] = String(retryAfter);
    const code = 'RATE_LIMIT_EXCEEDED';
    const error = { code, message: 'Too many requests', retry_after: retryAfter ?? 30 };
    return { status: 429, body: { error }, headers };
  }

  planned({ kind }: RequestFault<ExtraFault>): Answer | undefined {
    return kind === 'empty-object' ? { status: 200, body: {} } : undefined;
  }

  /** The key is in every address, so the log must not repeat it. */
  redact(query: Query): Query {
    return query.api_key === undefined ? query : { ...query, api_key: '[redacted]' };
  }
}
