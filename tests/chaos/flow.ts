// What the parts of the chaos run share: a lap, a flow, and the promises that are checked after each lap.
import type { createRandom } from '../support/random.ts';
import { persist } from './persist.ts';
import type { World } from './world.ts';

/** One round of kills and faults, with the quiet after it. */
export interface Lap {
  number: number;
  random: ReturnType<typeof createRandom>;
  /** Whether leases and waits of the dead are moved into the past; if not, they run out in real time. */
  movesTime: boolean;
  /** True when nothing is killed any more: what was begun ends, nothing new begins. */
  isCalm: boolean;
}

/** A promise, whether it held, and the figures behind that. */
export interface Finding {
  promise: string;
  holds: boolean;
  figures: string;
}

export interface Flow {
  name: string;
  /** Works until the lap is calm, then until everything it began has ended. */
  run(lap: Lap): Promise<void>;
  check(): Promise<Finding[]>;
}

/** Calls a function with the secret key until it answers with one of the statuses. */
export const callUntil = (world: World, name: string, body: unknown, statuses: number[]) =>
  persist(
    world,
    `${name} answers ${statuses.join(' or ')} to ${JSON.stringify(body).slice(0, 200)}`,
    async () => {
      const answer = await world.project.invoke(name, body);
      return statuses.includes(answer.status) ? answer.body : undefined;
    },
  );

export interface EndedJob {
  status: string;
  result: Record<string, unknown>;
  error_code: string | null;
}

export const jobEnded = (world: World, jobId: string): Promise<EndedJob> =>
  persist(
    world,
    `job ${jobId} ends`,
    async () => {
      const job = await world.project.one<Record<string, unknown>>(
        'select status, result, error_code from private.jobs where id = $1',
        [jobId],
      );
      return ['queued', 'running', 'paused'].includes(String(job['status']))
        ? undefined
        : job as unknown as EndedJob;
      // A job that is killed twice waits for two leases and two sweeps before it works again.
    },
    200,
    6,
  );

export const finding = (promise: string, holds: boolean, figures: string): Finding => ({
  promise,
  holds,
  figures,
});

/** How two sorted lists of pairs differ, short enough to read. */
export function differences(seen: [string, unknown][], truth: [string, unknown][]): string[] {
  const [ours, theirs] = [new Map(seen), new Map(truth)];
  const keys = [...new Set([...ours.keys(), ...theirs.keys()])];
  return keys.filter((key) => JSON.stringify(ours.get(key)) !== JSON.stringify(theirs.get(key)))
    .map((key) =>
      `${key}: seen ${JSON.stringify(ours.get(key)) ?? 'nothing'}, true ${
        JSON.stringify(theirs.get(key)) ?? 'nothing'
      }`
    );
}
