interface RateLimits {
  perSecond: number;
  perMinute: number;
  perHour?: number;
  /** Narrower ones for one kind of call. */
  perMinuteOf: Record<string, number>;
  /** Windows of another length. */
  others?: ReadonlyArray<{ limit: number; spanMs: number; only?: string }>;
}

export interface RateVerdict {
  allowed: boolean;
  waitMs: number;
  /** Of the window over all calls of a minute, whichever window refused. */
  minute: { limit: number; remaining: number; resetMs: number };
}

/**
 * Rolling windows for each workspace, shared by all its keys. They run on real time, never on simulated time. A refused call
 * does not count (a guess).
 */
export class RateLimiter {
  readonly #limits: Array<{ limit: number; spanMs: number; only?: string }>;
  readonly #accepted = new Map<string, number[]>();

  constructor(
    { perSecond, perMinute, perHour = Infinity, perMinuteOf, others = [] }: RateLimits,
    readonly clock = () => performance.now(),
  ) {
    this.#limits = [
      { limit: perSecond, spanMs: 1000 },
      { limit: perMinute, spanMs: 60_000 },
      { limit: perHour, spanMs: 3_600_000 },
      ...Object.entries(perMinuteOf).map(([only, limit]) => ({ limit, spanMs: 60_000, only })),
      ...others,
    ].filter(({ limit }) => limit < Infinity);
  }

  take(workspaceId: string, kind: string | undefined): RateVerdict {
    const now = this.clock();
    const windows = this.#limits.filter(({ only }) => only === undefined || only === kind).map((rate) => {
      const key = `${workspaceId} ${rate.spanMs} ${rate.only}`;
      const times = this.#accepted.get(key) ?? [];
      this.#accepted.set(key, times);
      while ((times[0] ?? Infinity) <= now - rate.spanMs) times.shift();
      return { ...rate, times };
    });
    const waitOf = ({ limit, spanMs, times }: (typeof windows)[number]) =>
      times.length < limit ? 0 : (times[times.length - limit] ?? now) + spanMs - now;
    const waitMs = Math.max(0, ...windows.map(waitOf));
    const allowed = waitMs === 0;
    if (allowed) { for (const { times } of windows) times.push(now); }
    const minute = windows.find(({ spanMs, only }) => spanMs === 60_000 && only === undefined);
    const limit = minute?.limit ?? Infinity;
    const remaining = Math.max(0, limit - (minute?.times.length ?? 0));
    return { allowed, waitMs, minute: { limit, remaining, resetMs: minute ? waitOf(minute) : 0 } };
  }
}
