import { performance } from 'node:perf_hooks';
import { RollingWindow } from '../shared/rolling-window.ts';

export interface RateLimits {
  perSecond: number;
  perMinute: number;
  /** `GET /emails` has its own, much lower limit. */
  emailsPerMinute: number;
}

export const documentedLimits: RateLimits = { perSecond: 100, perMinute: 6000, emailsPerMinute: 20 };

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
