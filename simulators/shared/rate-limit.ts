/** At most so many calls within a span of time, of all calls of a workspace or of one kind. */
interface RateLimit {
  limit: number;
  spanMs: number;
  only?: string;
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
  readonly #accepted = new Map<string, number[]>();

  constructor(readonly limits: readonly RateLimit[], readonly clock: () => number) {}

  take(workspaceId: string, kind: string | undefined): RateVerdict {
    const now = this.clock();
    const windows = this.limits.filter(({ only }) => only === undefined || only === kind).map((rate) => {
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
