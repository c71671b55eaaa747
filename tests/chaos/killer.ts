// Kills at moments that the seed decides, what was being done at each, and the time that leases would take.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Lap } from './flow.ts';
import type { Target, World } from './world.ts';

export interface KillPlan {
  /** Each target is killed so often in a lap, in shuffled order. */
  rounds: number;
  /** Milliseconds between two kills, at most. */
  pause: number;
  /** Ends earlier when this moment is over. */
  until?: number;
}

/** The jobs that live in the process of a function. */
const kindsOf: Record<string, string[]> = {
  'function export-campaign': ['export'],
  'function sync-client': ['sync', 'replay', 'verdicts'],
  'function personal-data': ['erase'],
};

export async function killAll(
  world: World,
  lap: Lap,
  plan: KillPlan,
  onKill: (target: Target) => void,
): Promise<void> {
  for (let round = 0; round < plan.rounds; round++) {
    for (const target of lap.random.shuffle([...world.targets])) {
      if (world.isBroken || (plan.until !== undefined && Date.now() > plan.until)) return;
      await sleep(plan.pause / 5 + lap.random.integer(plan.pause));
      await target.ready();
      await target.kill();
      onKill(target);
      // Its jobs died with it; their leases would run out within a minute.
      const kinds = kindsOf[target.name];
      if (lap.movesTime && kinds !== undefined) {
        await world.sql(
          `update private.jobs set lease_until = now() - interval '1 second'
           where kind::text = any ($1) and status = 'running' and lease_token is not null`,
          [kinds],
        );
      }
    }
  }
}

/** What passes by itself in minutes, within half a second: waits of jobs and deliveries, the minute sweep, the minute's budget. */
export async function moveTime(world: World, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    await sleep(500);
    await world.project.sql(
      `update private.jobs set next_attempt_at = now()
       where status in ('queued', 'running') and lease_token is null and next_attempt_at > now()`,
    ).catch(() => undefined);
    await world.project.sql(
      `update private.webhook_events set next_attempt_at = now() where status = 'pending' and next_attempt_at > now()`,
    ).catch(() => undefined);
    await world.project.sql(
      `update private.rate_grants set latest_at = latest_at - interval '1 minute'
       where ctid in (select ctid from private.rate_grants where bucket = 'emails' for update skip locked)`,
    ).catch(() => undefined);
    await world.project.sql('select private.resume_jobs()').catch(() => undefined);
  }
}

/** Looks every second how long an open job has waited past its lease before somebody takes it. */
export async function watchLeases(world: World, isOver: () => boolean, onWait: (seconds: number) => void) {
  while (!isOver()) {
    await sleep(1000);
    const rows = await world.project.sql<{ seconds: number | null }>(
      `select extract(epoch from max(now() - greatest(lease_until, next_attempt_at)))::float as seconds
       from private.jobs where status in ('queued', 'running') and lease_until < now()`,
    ).catch(() => []);
    const seconds = rows[0]?.seconds;
    if (typeof seconds === 'number') onWait(seconds);
  }
}
