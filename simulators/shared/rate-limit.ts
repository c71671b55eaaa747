/** At most so many calls within a span of time, of all calls of a workspace or of one kind. */
interface RateLimit {
  limit: number;
  spanMs: number;
  only?: string;
}

export interface RateVerdict {
  allowed: boolean;
  /** Until every window has room. */
  waitMs: number;
  /** Of the window over all calls of a minute, whichever window refused. */
  minute: { limit: number; remaining: number; resetMs: number };
}

/** Counts accepted calls in a rolling window; a refused call does not count (a guess). */
class RollingWindow {
  #times: number[] = [];
  #first = 0;

  constructor(readonly rate: RateLimit) {}

  /** Calls within the span. */
  used(now: number): number {
    while (this.#first < this.#times.length && (this.#times[this.#first] ?? 0) <= now - this.rate.spanMs) {
      this.#first += 1;
    }
    if (this.#first > 10_000) {
      this.#times = this.#times.slice(this.#first);
      this.#first = 0;
    }
    return this.#times.length - this.#first;
  }

  take(now: number): void {
    this.#times.push(now);
  }

  /** How long the next call has to wait. */
  waitMs(now: number): number {
    if (this.used(now) < this.rate.limit) return 0;
    return (this.#times[this.#times.length - this.rate.limit] ?? now) + this.rate.spanMs - now;
  }
}

/** The limits of each workspace, shared by all its keys. They run on real time, never on simulated time. */
export class RateLimiter {
  readonly #windows = new Map<string, RollingWindow[]>();

  constructor(readonly limits: readonly RateLimit[], readonly clock: () => number) {}

  /** Counts a call if all windows that it belongs to have room. */
  take(workspaceId: string, kind: string | undefined): RateVerdict {
    const all = this.#windows.get(workspaceId) ?? this.limits.map((rate) => new RollingWindow(rate));
    this.#windows.set(workspaceId, all);
    const now = this.clock();
    const windows = all.filter(({ rate }) => rate.only === undefined || rate.only === kind);
    const allowed = windows.every((window) => window.waitMs(now) === 0);
    if (allowed) { for (const window of windows) window.take(now); }
    const minute = windows.find(({ rate }) => rate.spanMs === 60_000 && rate.only === undefined);
    const limit = minute?.rate.limit ?? Infinity;
    return {
      allowed,
      waitMs: Math.max(0, ...windows.map((window) => window.waitMs(now))),
      minute: {
        limit,
        remaining: Math.max(0, limit - (minute?.used(now) ?? 0)),
        resetMs: minute?.waitMs(now) ?? 0,
      },
    };
  }
}
