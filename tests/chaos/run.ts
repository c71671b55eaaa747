// The chaos run: flows, kills and faults at once, lap by lap; after each lap everything ends and every promise is checked.
import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom } from '../support/random.ts';
import { instantly, smartlead } from '../support/providers.ts';
import { recoveries } from '../support/recovery.ts';
import { type FaultCounts, makeFaults, prepareFullDisk } from './faults.ts';
import { type Finding, finding, type Flow, type Lap } from './flow.ts';
import { persist } from './persist.ts';
import { eraseFlow } from './flows/erase.ts';
import { exportFlow } from './flows/export.ts';
import { importFlow } from './flows/import.ts';
import { ingestFlow } from './flows/ingest.ts';
import { syncFlow } from './flows/sync.ts';
import { killAll, type KillPlan, moveTime, watchLeases } from './killer.ts';
import { startWorld, type World } from './world.ts';

export interface ChaosOptions {
  seed: number;
  /** The plan of a lap; undefined when the run is over. */
  planOf: (lap: number) => (KillPlan & { movesTime: boolean }) | undefined;
  log?: (line: string) => void;
  /** Ends the run early and everything that it started. */
  signal?: AbortSignal;
}

export interface ChaosReport {
  findings: Finding[];
  kills: Record<string, number>;
  faults: FaultCounts;
  laps: number;
}

/** One lap with 40 kills, for `npm test`. */
export const shortRun: KillPlan & { movesTime: boolean } = { rounds: 4, pause: 200, movesTime: true };

const functions = [
  'instantly-webhook',
  'smartlead-webhook',
  'sync-client',
  'export-campaign',
  'import-leads',
  'provider-connection',
  'personal-data',
];

/** Seconds that a job may wait for the next sweep after its lease has run out; a killed scheduler misses up to two. */
const longestWait = 180;

export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const { log = () => undefined } = options;
  const began = Date.now();
  const random = createRandom(options.seed);
  const world = await startWorld(functions, random);
  const report: ChaosReport = { findings: [], kills: {}, faults: { fullDisk: 0, provider: 0 }, laps: 0 };
  options.signal?.addEventListener('abort', () => world.isBroken = true);
  for (const target of world.targets) report.kills[target.name] = 0;
  let waited = 0;
  try {
    // A flow of its own for each work that has to survive; the next one goes here.
    const flows: Flow[] = [
      ...await Promise.all(
        [instantly, smartlead].map((provider) => ingestFlow(world, provider, options.seed)),
      ),
      ...await Promise.all([instantly, smartlead].map((provider) => exportFlow(world, provider))),
      await importFlow(world),
      ...await Promise.all(recoveries.map((driver) => syncFlow(world, driver, options.seed))),
      ...await Promise.all(recoveries.map((driver) => eraseFlow(world, driver))),
    ];
    await prepareFullDisk(world);
    log(`Set up in ${seconds(began)} s`);
    for (let number = 0;; number++) {
      const plan = options.planOf(number);
      if (plan === undefined) break;
      const lap: Lap = {
        number,
        random: createRandom(options.seed + number * 7919),
        movesTime: plan.movesTime,
        isCalm: false,
      };
      const started = Date.now();
      let isOver = false;
      const beside = [
        watchLeases(world, () => isOver, (seconds) => waited = Math.max(waited, seconds)),
        ...(plan.movesTime ? [moveTime(world, () => isOver)] : []),
      ];
      try {
        await allOrBroken(world, [
          ...flows.map((flow) =>
            flow.run(lap).then(() => log(`  ${flow.name} done at ${seconds(started)} s`))
          ),
          makeFaults(world, lap, report.faults),
          killAll(world, lap, plan, ({ name }) => {
            report.kills[name] = (report.kills[name] ?? 0) + 1;
          }).finally(() => {
            lap.isCalm = true;
            log(`  calm after ${seconds(started)} s`);
          }),
        ]);
        for (const target of world.targets) await target.ready();
        await settle(world);
      } finally {
        lap.isCalm = true;
        isOver = true;
        await Promise.all(beside);
      }
      report.laps++;
      report.findings = [
        ...(await Promise.all(flows.map((flow) => flow.check()))).flat(),
        ...await checkLedger(world),
        ...await checkJobs(world, waited),
        checkProcesses(world, report.kills),
      ];
      const kills = Object.values(report.kills).reduce((sum, count) => sum + count, 0);
      log(`Lap ${number + 1}: ${seconds(started)} s, ${kills} kills so far`);
      if (report.findings.some(({ holds }) => !holds)) break;
    }
    return report;
  } finally {
    await world.stop();
  }
}

/** The first failure breaks the others off, so that the run ends with it. */
async function allOrBroken(world: World, works: Promise<unknown>[]): Promise<void> {
  const watched = works.map((work) =>
    work.catch((error: unknown) => {
      world.isBroken = true;
      throw error;
    })
  );
  await Promise.allSettled(watched);
  await Promise.all(watched);
}

const seconds = (since: number) => Math.round((Date.now() - since) / 1000);

/** Everything that was stored is projected; jobs have ended with their flows. */
async function settle(world: World): Promise<void> {
  await persist(world, 'nothing waits to be projected', async () => {
    await world.project.sql('select worker.process_webhook_events(500)');
    const { waiting } = await world.project.one<{ waiting: number }>(
      `select count(*)::int as waiting from private.webhook_events where status = 'pending'`,
    );
    return waiting === 0 ? true : undefined;
  });
  // The scheduler begins jobs of its own, whose end no flow waits for; one that never ends is a finding, not an error.
  const deadline = Date.now() + longestWait * 1000;
  while (Date.now() < deadline && !world.isBroken) {
    const [row] = await world.sql<{ open: boolean }>(
      `select exists (select from private.jobs where finished_at is null) as open`,
    );
    if (row?.open === false) return;
    await sleep(300);
  }
}

async function checkLedger(world: World): Promise<Finding[]> {
  const ledger = await world.project.one<Record<string, number> & { balanced: boolean }>(
    `select sum(received)::int as received, sum(projected)::int as projected, sum(duplicate)::int as duplicate,
       sum(quarantined)::int as quarantined, sum(test)::int as test, sum(waiting)::int as waiting, sum(dead)::int as dead, bool_and(balanced) as balanced
     from public.webhook_ledger`,
  );
  const { events, counted } = await world.project.one<{ events: number; counted: number }>(
    `select (select count(*) from public.email_events where type = 'email_sent')::int as events,
       (select sum(sent) from public.campaign_activity)::int as counted`,
  );
  return [
    finding(
      'The ledger balances',
      ledger.balanced && ledger['waiting'] === 0 && ledger['dead'] === 0 && ledger['quarantined'] === 0,
      JSON.stringify(ledger),
    ),
    finding(
      'Counters equal the facts',
      events === counted,
      `${events} mails sent as events, ${counted} as counters`,
    ),
  ];
}

async function checkJobs(world: World, waited: number): Promise<Finding[]> {
  const jobs = await world.project.one<{ all: number; open: number; which: string | null }>(
    `select count(*)::int as all, count(*) filter (where finished_at is null)::int as open,
       string_agg(format('%s %s, %s attempts, due %s', kind, status, attempts, next_attempt_at), '; ')
         filter (where finished_at is null) as which
     from private.jobs`,
  );
  return [
    finding(
      'No job is stuck longer than its lease and the next sweep',
      jobs.open === 0 && waited < longestWait,
      `${jobs.all} jobs, ${jobs.open} open at the end${jobs.which === null ? '' : ` (${jobs.which})`}; ` +
        `the longest wait after a lease ran out was ${Math.round(waited)} s`,
    ),
  ];
}

/** Whatever ended was killed: no fault ends a process. */
function checkProcesses(world: World, kills: Record<string, number>): Finding {
  const others = [...world.exits].filter(([name, count]) => name in kills && count !== kills[name]);
  return finding(
    'A fault ends no process',
    others.length === 0,
    (others.length === 0
      ? `${world.exits.size} processes ended only when they were killed`
      : `ended otherwise: ${
        others.map(([name, count]) => `${name} ${count - (kills[name] ?? 0)}`).join(', ')
      }`) + (world.failedStarts.length === 0 ? '' : `; started again: ${world.failedStarts.join(', ')}`),
  );
}
