import { performance } from 'node:perf_hooks';

export interface RateLimits {
  perSecond: number;
  perMinute: number;
  /** `GET /emails` has its own, much lower limit. */
  emailsPerMinute: number;
}

export const documentedLimits: RateLimits = { perSecond: 100, perMinute: 6000, emailsPerMinute: 20 };

/** Counts accepted calls in a rolling window; a refused call does not count (a guess). */
class RollingWindow {
  #times: number[] = [];
  #first = 0;

  constructor(readonly limit: number, readonly span: number) {}

  hasRoom(now: number): boolean {
    while (this.#first < this.#times.length && (this.#times[this.#first] ?? 0) <= now - this.span) {
      this.#first += 1;
    }
    if (this.#first > 10_000) {
      this.#times = this.#times.slice(this.#first);
      this.#first = 0;
    }
    return this.#times.length - this.#first < this.limit;
  }

  take(now: number): void {
    this.#times.push(now);
  }
}

/** The limits of one workspace, shared by all its keys. They run on real time, never on simulated time. */
export class WorkspaceRateLimiter {
  readonly #general: RollingWindow[];
  readonly #emails: RollingWindow;

  constructor(limits: RateLimits) {
    this.#general = [new RollingWindow(limits.perSecond, 1000), new RollingWindow(limits.perMinute, 60_000)];
    this.#emails = new RollingWindow(limits.emailsPerMinute, 60_000);
  }

  allows(isEmailList: boolean): boolean {
    const now = performance.now();
    const windows = isEmailList ? [...this.#general, this.#emails] : this.#general;
    if (!windows.every((window) => window.hasRoom(now))) return false;
    for (const window of windows) window.take(now);
    return true;
  }
}
