import { z } from 'zod';

/** The answer of `read_health`. */
export const healthFacts = z.object({
  last_run_at: z.string().nullable(),
  waiting: z.number(),
  oldest_waiting_at: z.string().nullable(),
  last_sync_at: z.string().nullable(),
  expects_sync: z.boolean(),
  checked_at: z.string(),
});

export type HealthFacts = z.infer<typeof healthFacts>;

type Level = 'ok' | 'degraded' | 'down';

export interface HealthReport {
  status: Level;
  database: 'ok' | 'down';
  /** Whether pg_cron starts jobs; the most frequent runs every five seconds. Null without a database. */
  scheduler: { status: Level; last_run_at: string | null; age_seconds: number | null } | null;
  /** Deliveries waiting for the projector, at most 10,000. */
  webhooks: { status: Level; waiting: number; oldest_waiting_seconds: number | null } | null;
  /** The newest complete sync of any connection. */
  sync: { status: Level; last_finished_at: string | null; age_seconds: number | null } | null;
  checked_at: string;
}

const limits = {
  schedulerDegraded: 90,
  // Without pg_cron nothing is synced, swept or alerted, so only this report can show it.
  schedulerDown: 600,
  waiting: 120,
  sync: 3 * 3600,
};

/** Rates the facts by the database's own clock. */
export function reportHealth(facts: HealthFacts): HealthReport {
  const age = (time: string | null) =>
    time === null ? null : Math.max(0, Math.round((Date.parse(facts.checked_at) - Date.parse(time)) / 1000));
  const runAge = age(facts.last_run_at);
  const waitingAge = age(facts.oldest_waiting_at);
  const syncAge = age(facts.last_sync_at);
  const isSyncLate = facts.expects_sync && (syncAge === null || syncAge > limits.sync);
  const scheduler: Level = runAge === null || runAge > limits.schedulerDown
    ? 'down'
    : runAge > limits.schedulerDegraded
    ? 'degraded'
    : 'ok';
  const webhooks: Level = waitingAge !== null && waitingAge > limits.waiting ? 'degraded' : 'ok';
  const sync: Level = isSyncLate ? 'degraded' : 'ok';
  return {
    status: worst([scheduler, webhooks, sync]),
    database: 'ok',
    scheduler: { status: scheduler, last_run_at: facts.last_run_at, age_seconds: runAge },
    webhooks: { status: webhooks, waiting: facts.waiting, oldest_waiting_seconds: waitingAge },
    sync: { status: sync, last_finished_at: facts.last_sync_at, age_seconds: syncAge },
    checked_at: facts.checked_at,
  };
}

/** The report when the database does not answer. */
export function reportNoDatabase(now: Date): HealthReport {
  return {
    status: 'down',
    database: 'down',
    scheduler: null,
    webhooks: null,
    sync: null,
    checked_at: now.toISOString(),
  };
}

function worst(levels: Level[]): Level {
  return levels.includes('down') ? 'down' : levels.includes('degraded') ? 'degraded' : 'ok';
}
