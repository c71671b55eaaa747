import type { SignInLimits } from '../../shared/project-config.ts';

// Limits failed sign-ins like Supabase Auth: a number per five minutes and address (the key
// `sign_in_sign_ups` of [auth.rate_limit] in config.toml), and here per account as well, so that guessing one password from
// many addresses is limited too. Only failures count: everything on this machine, tests included, has one address.
import { AuthError } from './errors.ts';

export interface SignInLimit {
  /** Runs an attempt, unless too many failed before: then throws 429, even for the right password. */
  attempt<Result>(address: string, account: string, work: () => Promise<Result>): Promise<Result>;
}

const window = 5 * 60_000;

/** Beyond this many names the oldest are dropped: guessing must not fill the memory. */
const maxNames = 10_000;

export function createSignInLimit(limits: SignInLimits, now: () => number = Date.now): SignInLimit {
  /** The times of failures and of running attempts, by name. */
  const spent = new Map<string, number[]>();

  const within = (name: string): number[] => {
    const times = (spent.get(name) ?? []).filter((time) => time > now() - window);
    if (times.length === 0) spent.delete(name);
    return times;
  };
  const spend = (name: string, time: number): void => {
    const times = [...within(name), time];
    spent.delete(name);
    spent.set(name, times);
    const oldest = spent.keys().next();
    if (spent.size > maxNames && !oldest.done) spent.delete(oldest.value);
  };
  const refund = (name: string, time: number): void => {
    const times = spent.get(name);
    const at = times?.indexOf(time) ?? -1;
    if (at >= 0) times?.splice(at, 1);
  };

  return {
    attempt: async (address, account, work) => {
      const names: [string, number][] = [
        [`address ${address}`, limits.perAddress],
        [`account ${account.trim().toLowerCase()}`, limits.perAccount],
      ];
      const waits = names.map(([name, most]) => {
        const times = within(name);
        return times.length < most ? 0 : (times[times.length - most] ?? 0) + window - now();
      });
      const wait = Math.max(...waits);
      if (wait > 0) {
        throw new AuthError(429, 'over_request_rate_limit', 'Request rate limit reached', {
          headers: { 'retry-after': String(Math.ceil(wait / 1_000)) },
        });
      }
      // Counted before the answer is known, so that simultaneous attempts count too.
      const time = now();
      for (const [name] of names) spend(name, time);
      try {
        const result = await work();
        for (const [name] of names) refund(name, time);
        return result;
      } catch (error) {
        if (!(error instanceof AuthError) || error.status >= 500) {
          for (const [name] of names) refund(name, time);
        }
        throw error;
      }
    },
  };
}
