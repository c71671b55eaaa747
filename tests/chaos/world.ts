// Everything that can be killed, and what holds still: a Postgres of its own, PostgREST, the functions with wrong
// clocks and the scheduler as processes; the gateway and both simulators in this one.
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { checkoutRoot } from '../../local/shared/checkout.ts';
import { Child, type ProcessEnd } from '../../local/shared/child.ts';
import { temporaryDirectory } from '../../local/shared/unprivileged.ts';
import { type Project, startProject } from '../support/project.ts';
import type { createRandom } from '../support/random.ts';
import { persist } from './persist.ts';
import { startOwnPostgres } from './server.ts';
import { writeSkewedFunctions } from './skewed-functions.ts';

export interface Target {
  name: string;
  kill(): Promise<void>;
  ready(): Promise<void>;
}

export type World = Awaited<ReturnType<typeof startWorld>>;

export async function startWorld(functions: string[], random: ReturnType<typeof createRandom>) {
  const own = await startOwnPostgres();
  const skewed = join(temporaryDirectory(), `functions-${randomBytes(6).toString('hex')}`);
  const ends: (() => unknown)[] = [
    () => own.stop(),
    () => rmSync(skewed, { recursive: true, force: true }),
  ];
  const stop = async () => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    const clocks = writeSkewedFunctions(skewed, functions, random);
    // The providers' clocks are wrong too, by up to two minutes.
    const providerSkew = (random.integer(241) - 120) * 1000;
    const simulator = {
      seed: random.integer(2 ** 31),
      now: () => new Date(Date.now() + providerSkew),
      startAt: new Date(Date.now() + providerSkew),
      // Instantly switches the webhook off after five failures, so outages are a part of every lap.
      delivery: { retryDelaysMs: [150, 400, 1000], concurrency: 8, timeoutMs: 10_000 },
      requestLogSize: 10,
    };
    /** How often each process that was up ended, for whatever reason. */
    const exits = new Map<string, number>();
    /** Starts that came to nothing, with their reason; the supervisor starts another. */
    const failedStarts: string[] = [];
    const recordEnd = (name: string, { reason, wasReady }: ProcessEnd) => {
      if (wasReady) exits.set(name, (exits.get(name) ?? 0) + 1);
      else failedStarts.push(`${name} (${reason})`);
    };
    const project: Project = await startProject({
      postgres: own.server,
      functions,
      simulator,
      smartlead: simulator,
      stack: {
        functionsDirectory: skewed,
        onProcess: (name, _, end) => {
          if (end !== undefined) recordEnd(name, end);
        },
      },
    });
    ends.push(() => project.stop());

    let schedulerIsUp = false;
    const scheduler = new Child({
      name: 'Scheduler',
      command: process.execPath,
      parameters: ['--import', 'tsx', join(import.meta.dirname, 'scheduler-process.ts')],
      environment: { PATH: process.env['PATH'] ?? '', ADMIN_URL: project.stack.adminDbUrl },
      directory: checkoutRoot,
      logFile: join(project.logDirectory, 'scheduler.log'),
      isReady: () => Promise.resolve(schedulerIsUp),
      onLine: (line) => {
        if (line === 'The scheduler is up') schedulerIsUp = true;
      },
      onProcess: (_, end) => {
        if (end === undefined) return;
        schedulerIsUp = false;
        recordEnd('scheduler', end);
      },
    });
    await scheduler.start();
    ends.push(() => scheduler.stop());

    const targets: Target[] = [
      ...functions.map((slug) => ({
        name: `function ${slug}`,
        kill: () => project.stack.functions.kill(slug),
        ready: () => project.stack.functions.ready(slug),
      })),
      { name: 'scheduler', kill: () => scheduler.kill(), ready: () => scheduler.ready() },
      {
        name: 'PostgREST',
        kill: () => project.stack.postgrest.kill(),
        ready: () => project.stack.postgrest.ready(),
      },
      {
        name: 'Postgres',
        kill: () => own.crash(),
        ready: () => Promise.resolve(),
      },
    ];

    const world = {
      /** True when the run is broken off: no one waits any longer. */
      isBroken: false,
      project,
      targets,
      exits,
      failedStarts,
      clocks,
      providerSkew,
      stop,
      /** A statement of the harness itself, again until Postgres is there. */
      sql: <Row extends Record<string, unknown>>(text: string, values: unknown[] = []) =>
        persist(world, `the database answers "${text.slice(0, 80)}"`, () => project.sql<Row>(text, values)),
    };
    return world;
  } catch (error) {
    await stop();
    throw error;
  }
}
