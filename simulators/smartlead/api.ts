import { z } from 'zod';
import { ApiError, parseJson } from '../shared/api.ts';
import { RateLimiter, type RateVerdict } from '../shared/rate-limit.ts';
import { Missing, read, TextAnswer, ValidationError } from './errors.ts';
import { namedLimits, type SmartleadSimulatorOptions } from './options.ts';
import type { Answer, Api, Call, CallContext, Query, Routes, Services, Work } from '../shared/api.ts';
import type { LeadPlace } from '../shared/state.ts';
import type { SmartleadDelivery } from './delivery.ts';
import type { CampaignData, Person } from './records.ts';
import type { SmartleadCampaign, SmartleadWorkspace, SmartleadWorld } from './state.ts';

export interface RouteContext extends CallContext<SmartleadWorld, SmartleadWorkspace, SmartleadDelivery> {
  body: unknown;
  /** The fault that takes a lead upload and adds none of it. */
  nothingAdded: boolean;
}

/** Returns the body of a 200, or a `TextAnswer`. */
export type Route = (context: RouteContext) => unknown;

function idOf({ parameters }: RouteContext, name: string): number {
  const id = Number(parameters[name]);
  if (!Number.isInteger(id)) throw new ApiError(400, `"${name}" must be a number`);
  return id;
}

type Use = 'read' | 'write';

/** What the path names. Reading what is not there answers 200 with nothing, writing is a 404. */
function present<Thing>(found: Thing | undefined, what: string, use: Use): Thing {
  if (found !== undefined) return found;
  const message = `${what} not found`;
  throw use === 'read' ? new Missing(message) : new ApiError(404, message);
}

export function rowOf<Row extends { id: number }>(
  context: RouteContext,
  name: string,
  rows: Row[],
  what: string,
) {
  const id = idOf(context, name);
  return present(rows.find((row) => row.id === id), what, 'read');
}

const campaignOf = (context: RouteContext, use: Use): SmartleadCampaign =>
  present(context.workspace.campaigns.get(idOf(context, 'campaignId')), 'Campaign', use);

export const personOf = (context: RouteContext, use: Use): Person =>
  present(context.workspace.people.get(idOf(context, 'leadId')), 'Lead', use);

type Target = LeadPlace<SmartleadWorkspace> & { person: Person };

/** A route about the lead of the path, in the campaign of the path. */
export const onLead =
  (use: Use, handle: (target: Target, context: RouteContext) => unknown): Route => (context) => {
    const campaign = campaignOf(context, use);
    const person = personOf(context, use);
    const lead = present(campaign.leads.find(person.email), 'Lead', use);
    return handle({ workspace: context.workspace, campaign, lead, person }, context);
  };

type Handle<Shape extends z.ZodType> = (
  campaign: SmartleadCampaign,
  input: z.output<Shape>,
  context: RouteContext,
) => unknown;

/** A route that reads from the campaign of the path what its query asks for. */
export const reading = <Shape extends z.ZodType>(shape: Shape, handle: Handle<Shape>): Route => (context) =>
  handle(campaignOf(context, 'read'), read(shape, context.query), context);

/** A route that does to the campaign of the path what its body says. */
export const writing = <Shape extends z.ZodType>(shape: Shape, handle: Handle<Shape>): Route => (context) => {
  const campaign = campaignOf(context, 'write');
  return handle(campaign, read(shape, context.body), context);
};

export function changed({ world }: RouteContext, data: CampaignData): { ok: true } {
  data.updated_at = world.isoNow();
  return { ok: true };
}

export const anything = z.unknown();

const codes: Readonly<Record<number, string>> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  422: 'VALIDATION_ERROR',
};

/** What Smartlead does between the socket and a route: edge, key, plan and limits. */
export class SmartleadApi implements Api {
  readonly base = '/api/v1';
  /** As in Express without strict routing. */
  readonly strict = false;
  readonly limiter: RateLimiter | undefined;

  constructor(
    readonly routes: Routes<Route>,
    readonly services: Services<Omit<RouteContext, 'nothingAdded'>>,
    { limits = 'standard', rateClock }: SmartleadSimulatorOptions,
  ) {
    if (limits === 'off') return;
    const rates = typeof limits === 'string' ? namedLimits[limits] : { ...namedLimits.standard, ...limits };
    const perMinuteOf = { analytics: rates.analyticsPerMinute };
    this.limiter = new RateLimiter({ ...rates, perMinuteOf }, rateClock);
  }

  kindOf({ path }: Call): string | undefined {
    return path.includes('analytics') ? 'analytics' : undefined;
  }

  authenticate({ header, query }: Call): SmartleadWorkspace {
    const agent = header('user-agent') ?? '';
    if (agent === '' || /^python-(urllib|requests)|^python\//i.test(agent)) {
      throw new TextAnswer(403, 'error code: 1010', 'text/plain; charset=UTF-8');
    }
    const workspace = this.services.world.findKey(String(query.api_key))?.workspace;
    const access = workspace?.record.access ?? 'unauthorized';
    if (workspace === undefined || access === 'unauthorized') throw new ApiError(401, 'Invalid API Key');
    if (access !== 'ok') throw new ApiError(403, 'Your plan does not include API access');
    return workspace;
  }

  async run(work: Work<SmartleadWorkspace, Route>): Promise<Answer> {
    const answer = await this.#answer(work).catch((error: unknown) => this.refusal(error));
    return { ...answer, headers: { ...this.#limitHeaders(work.verdict), ...answer.headers } };
  }

  async #answer(work: Work<SmartleadWorkspace, Route>): Promise<Answer> {
    const { call, route, parameters, workspace, failure } = work;
    this.services.world.dirty ||= call.method !== 'GET';
    const { api_key: _, ...query } = call.query;
    const nothingAdded = failure?.kind === 'nothing-added';
    const body = call.text === '' ? {} : parseJson(call.text, 'Unexpected token in JSON');
    const result = await route({ ...this.services, workspace, parameters, query, body, nothingAdded });
    return result instanceof TextAnswer ? this.refusal(result) : { status: 200, body: result };
  }

  noRoute({ method, path }: Call): Answer {
    return this.refusal(new TextAnswer(404, `Cannot ${method} ${path}`));
  }

  refusal(error: unknown): Answer {
    const { errorScheme, missing, validationStatus } = this.services.world.behaviour;
    if (error instanceof TextAnswer) {
      const { status, message, contentType } = error;
      return { status, body: message, headers: { 'content-type': contentType } };
    }
    if (error instanceof ValidationError) return this.refusal(new ApiError(validationStatus, error.message));
    if (error instanceof ApiError) {
      const { status, message } = error;
      const nested = { code: codes[status] ?? 'ERROR', message };
      if (errorScheme === 'live') return { status, body: { message } };
      return { status, body: { error: errorScheme === 'flat' ? message : nested } };
    }
    if (error instanceof Missing) {
      if (missing === 'not-found') return this.refusal(new ApiError(404, error.message));
      return { status: 200, body: missing === 'empty-body' ? '' : {} };
    }
    if (error !== undefined) console.error('The simulated API failed', error);
    return { status: 500, body: { error: 'Internal server error' } };
  }

  #limitHeaders(verdict: RateVerdict | undefined): Record<string, string> {
    if (verdict === undefined || !this.services.world.behaviour.rateLimitHeaders) return {};
    const { limit, remaining, resetMs } = verdict.minute;
    return {
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(remaining),
      'x-ratelimit-reset': String(Math.ceil(resetMs / 1000)),
    };
  }

  limited(verdict: RateVerdict | undefined, seconds?: number): Answer {
    const headers = this.#limitHeaders(verdict);
    if (this.services.world.behaviour.rateLimitAnswer === 'live') {
      const message = 'You have reached the rate limit of your account: 200 requests per minute';
      return { status: 429, body: { message }, headers };
    }
    const retryAfter = verdict === undefined ? seconds : Math.max(1, Math.ceil(verdict.waitMs / 1000));
    if (retryAfter !== undefined) headers['retry-after'] = String(retryAfter);
    const code = 'RATE_LIMIT_EXCEEDED';
    const error = { code, message: 'Too many requests', retry_after: retryAfter ?? 30 };
    return { status: 429, body: { error }, headers };
  }

  /** The key is in every address, so the log must not repeat it. */
  redact(query: Query): Query {
    return query.api_key === undefined ? query : { ...query, api_key: '[redacted]' };
  }
}
