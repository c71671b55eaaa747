// Runs the stand-ins of pg_cron and pg_net for one database, and reconnects when Postgres restarts.
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { runJob } from './cron-run.ts';
import type { CronJob, CronRun } from './cron-run.ts';
import { CronWorker } from './cron-worker.ts';
import { Failure, messageOf } from '../../shared/failure.ts';
import { deliverQueue } from './net-worker.ts';
import { withClient } from '../postgres/client.ts';

export interface SchedulerOptions {
  /** The superuser's URL of the database. */
  adminUrl: string;
  log?: (line: string) => void;
  /** False leaves the cron jobs to `runCronJob`; pg_net works either way. @default true */
  cron?: boolean;
  /** Milliseconds between two batches of pg_net. @default 1000, as in the original */
  netPause?: number;
}

export interface Scheduler {
  /** Runs and records a job of the database now, whatever its schedule. */
  runCronJob(name: string): Promise<CronRun>;
  stop(): Promise<void>;
}

export async function startScheduler(options: SchedulerOptions): Promise<Scheduler> {
  const log = options.log ?? (() => {});
  const stopping = new AbortController();
  const cron = new CronWorker(options.adminUrl, log);

  const cronLoop = keepConnected(
    options.adminUrl,
    'pg_cron scheduler',
    stopping.signal,
    log,
    async (client) => {
      await cron.recover(client);
      while (!stopping.signal.aborted) {
        if (options.cron !== false) await cron.tick(client);
        else await client.query('select 1');
        await sleep(1_000 - (Date.now() % 1_000), undefined, { signal: stopping.signal }).catch(() => {});
      }
    },
  );

  let listening = () => {};
  const isListening = new Promise<void>((resolve) => {
    listening = resolve;
  });
  const netLoop = keepConnected(options.adminUrl, 'pg_net worker', stopping.signal, log, async (client) => {
    const bell = new Bell(stopping.signal);
    client.on('notification', () => bell.ring());
    await client.query('listen net_wake');
    listening();
    // Sends what was queued while nothing was listening.
    bell.ring();
    while (await bell.wait()) await deliverQueue(client, stopping.signal, options.netPause);
  });
  await Promise.race([isListening, netLoop]);

  return {
    runCronJob: (name) => runCronJob(options.adminUrl, name),
    stop: async () => {
      stopping.abort();
      await Promise.all([cronLoop, netLoop]);
      await Promise.race([cron.finish(), sleep(2_000)]);
    },
  };
}

/** Runs a job of the database now; needs no scheduler. */
export async function runCronJob(adminUrl: string, name: string): Promise<CronRun> {
  const { rows } = await withClient(adminUrl, (client) =>
    client.query<CronJob>(
      'select jobid, schedule, command, username, jobname from cron.job where jobname = $1',
      [name],
    ));
  if (!rows[0]) throw new Failure(`There is no cron job "${name}" in this database`);
  return await runJob(adminUrl, rows[0]);
}

/** Runs the work on a connection, and again on a new one whenever that breaks. */
async function keepConnected(
  url: string,
  name: string,
  signal: AbortSignal,
  log: (line: string) => void,
  work: (client: pg.Client) => Promise<void>,
): Promise<void> {
  while (!signal.aborted) {
    const client = new pg.Client({ connectionString: url, application_name: name, keepAlive: true });
    const broken = new Promise<never>((_resolve, reject) => {
      client.once('error', reject);
      client.once('end', () => reject(new Error('the connection ended')));
    });
    broken.catch(() => {});
    try {
      await client.connect();
      await Promise.race([work(client), broken]);
    } catch (error) {
      if (!signal.aborted) log(`${name}: ${messageOf(error)}; reconnecting`);
    }
    await Promise.race([client.end().catch(() => {}), sleep(1_000)]);
    if (!signal.aborted) await sleep(250, undefined, { signal }).catch(() => {});
  }
}

/** A wake-up signal that is kept when it rings before the wait. */
class Bell {
  readonly #signal: AbortSignal;
  #rung = false;
  #wake = () => {};

  constructor(signal: AbortSignal) {
    this.#signal = signal;
    signal.addEventListener('abort', () => this.#wake(), { once: true });
  }

  ring(): void {
    this.#rung = true;
    this.#wake();
  }

  /** True when it rang, false when the signal ended the wait. */
  async wait(): Promise<boolean> {
    if (!this.#rung && !this.#signal.aborted) await new Promise<void>((resolve) => this.#wake = resolve);
    this.#rung = false;
    return !this.#signal.aborted;
  }
}
