import { RollingWindow } from '../shared/rolling-window.ts';

export interface RateLimits {
  perSecond: number;
  perMinute: number;
  perHour: number;
  /** Calls below `/analytics` and `/campaigns/:id/analytics…`, on top of the others. */
  analyticsPerMinute: number;
}

/** The numbers that the sources name; `live` is the one behind the 429 text that was really seen. */
export const namedLimits = {
  standard: { perSecond: 10, perMinute: 60, perHour: 1000, analyticsPerMinute: Infinity },
  pro: { perSecond: 20, perMinute: 120, perHour: 3000, analyticsPerMinute: Infinity },
  live: { perSecond: Infinity, perMinute: 200, perHour: Infinity, analyticsPerMinute: Infinity },
} as const satisfies Record<string, RateLimits>;

export type RateLimitOption = keyof typeof namedLimits | Partial<RateLimits> | 'off';

export const readLimits = (option: RateLimitOption): RateLimits | undefined => {
  if (option === 'off') return undefined;
  return typeof option === 'string' ? namedLimits[option] : { ...namedLimits.standard, ...option };
};

export interface RateVerdict {
  allowed: boolean;
  /** Of the minute, whichever window refused. */
  limit: number;
  remaining: number;
  resetSeconds: number;
  retryAfterSeconds: number;
}

/** The limits of one workspace, shared by all its keys and jobs. */
export class WorkspaceRateLimiter {
  readonly #minute: RollingWindow;
  readonly #general: RollingWindow[];
  readonly #analytics: RollingWindow;

  constructor(limits: RateLimits, readonly clock: () => number) {
    this.#minute = new RollingWindow(limits.perMinute, 60_000);
    this.#general = [
      new RollingWindow(limits.perSecond, 1000),
      this.#minute,
      new RollingWindow(limits.perHour, 3_600_000),
    ];
    this.#analytics = new RollingWindow(limits.analyticsPerMinute, 60_000);
  }

  take(isAnalytics: boolean): RateVerdict {
    const now = this.clock();
    const windows = isAnalytics ? [...this.#general, this.#analytics] : this.#general;
    const allowed = windows.every((window) => window.hasRoom(now));
    if (allowed) { for (const window of windows) window.take(now); }
    const wait = Math.max(...windows.map((window) => window.freeAt(now) - now));
    return {
      allowed,
      limit: this.#minute.limit,
      remaining: Math.max(0, this.#minute.limit - this.#minute.used(now)),
      resetSeconds: Math.max(0, Math.ceil((this.#minute.freeAt(now) - now) / 1000)),
      retryAfterSeconds: Math.max(1, Math.ceil(wait / 1000)),
    };
  }
}
