import { randomUUID } from 'node:crypto';
import { type Answer, type Api, ApiError, type Call, parseJson, type Work } from '../shared/api.ts';
import { RateLimiter, type RateVerdict } from '../shared/rate-limit.ts';
import type { Portal } from './records.ts';
import type { HubSpotWorld } from './state.ts';

export interface Context {
  world: HubSpotWorld;
  portal: Portal;
  parameters: Record<string, string>;
  query: (name: string) => string | undefined;
  /** The parsed body; {} without one. */
  body: unknown;
  searchDelayMs: number;
}

export interface Route {
  /** Permission that the token needs. */
  scope?: string;
  /** Search has a limit of its own. */
  isSearch?: boolean;
  run: (context: Context) => Answer;
}

/** A refusal with what HubSpot says beyond the message. */
export class HubSpotError extends ApiError {
  constructor(status: number, message: string, readonly category: string, readonly errors: unknown[] = []) {
    super(status, message);
  }
}

export const notFound = (): HubSpotError => new HubSpotError(404, 'resource not found', 'OBJECT_NOT_FOUND');

export interface Limits {
  perTenSeconds: number;
  searchesPerSecond: number;
}

export class HubSpotApi implements Api {
  readonly base = '';
  readonly strict = false;
  readonly limiter: RateLimiter;

  constructor(
    readonly routes: Record<string, Route>,
    readonly world: HubSpotWorld,
    limits: Limits,
    readonly options: { searchDelayMs: number },
  ) {
    this.limiter = new RateLimiter({
      perSecond: Infinity,
      perMinute: Infinity,
      perMinuteOf: {},
      others: [
        { limit: limits.perTenSeconds, spanMs: 10_000 },
        { limit: limits.searchesPerSecond, spanMs: 1000, only: 'search' },
      ],
    });
  }

  authenticate(call: Call): { id: string } {
    return { id: String(this.#portalOf(call).id) };
  }

  kindOf({ path }: Call): string | undefined {
    return path.endsWith('/search') ? 'search' : undefined;
  }

  authorize(call: Call, route: Route): void {
    const { scope } = route;
    const token = this.#portalOf(call).tokens.find((one) => one.token === tokenOf(call));
    if (scope === undefined || token?.scopes.includes(scope)) return;
    throw new HubSpotError(
      403,
      "This app hasn't been granted all required scopes to make this call. Read more about required scopes here: https://developers.hubspot.com/scopes.",
      'MISSING_SCOPES',
      [{
        message: 'One or more of the following scopes are required.',
        context: { requiredGranularScopes: [scope] },
      }],
    );
  }

  run({ call, route, parameters, workspace }: Work<{ id: string }, Route>): Promise<Answer> {
    const answer = route.run({
      world: this.world,
      portal: this.world.portal(Number(workspace.id)),
      parameters,
      query: (name) => {
        const value = call.query[name];
        return Array.isArray(value) ? value[0] : value;
      },
      body: call.text === '' ? {} : parseJson(call.text, 'Invalid input JSON'),
      searchDelayMs: this.options.searchDelayMs,
    });
    return Promise.resolve(answer);
  }

  noRoute(): Answer {
    return this.refusal(notFound());
  }

  limited(verdict: RateVerdict | undefined, retryAfterSeconds?: number): Answer {
    const isSearch = verdict !== undefined && verdict.waitMs <= 1000;
    return {
      status: 429,
      body: {
        status: 'error',
        message: `You have reached your ${isSearch ? 'secondly' : 'ten_secondly_rolling'} limit.`,
        errorType: 'RATE_LIMIT',
        correlationId: randomUUID(),
        policyName: isSearch ? 'SECONDLY' : 'TEN_SECONDLY_ROLLING',
      },
      ...(retryAfterSeconds === undefined ? {} : { headers: { 'retry-after': String(retryAfterSeconds) } }),
    };
  }

  refusal(error: unknown): Answer {
    if (!(error instanceof ApiError)) {
      return {
        status: 500,
        body: { status: 'error', message: 'internal error', correlationId: randomUUID() },
      };
    }
    const { category, errors } = error instanceof HubSpotError
      ? error
      : { category: 'VALIDATION_ERROR', errors: [] };
    return {
      status: error.status,
      body: {
        status: 'error',
        message: error.message,
        correlationId: randomUUID(),
        category,
        ...(errors.length > 0 && { errors }),
      },
    };
  }

  #portalOf(call: Call): Portal {
    const token = tokenOf(call);
    const portal = this.world.portals.find(({ tokens }) => tokens.some((one) => one.token === token));
    if (portal === undefined) {
      throw new HubSpotError(
        401,
        'Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview',
        'INVALID_AUTHENTICATION',
      );
    }
    return portal;
  }
}

const tokenOf = (call: Call): string | undefined =>
  /^Bearer (.+)$/.exec(call.header('authorization') ?? '')?.[1];
