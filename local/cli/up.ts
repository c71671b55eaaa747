// `start` and `stack`: everything up, until Ctrl-C.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { stateDirectory } from '../shared/checkout.ts';
import { migrate } from './supabase-cli.ts';
import { buildDashboard } from '../dashboard/build.ts';
import { signInLines, startDashboard } from '../dashboard/start.ts';
import type { DemoContext, DemoFacts } from '../demo/context.ts';
import { demoDays, demoRates } from '../demo/context.ts';
import { emptyDays, type EmptyFacts, emptyRates, prepareEmpty } from '../demo/empty.ts';
import { demoZone, prepareDemo } from '../demo/prepare.ts';
import { runDemo } from '../demo/run.ts';
import { Failure, messageOf } from '../shared/failure.ts';
import { listFunctions } from '../platform/functions/functions.ts';
import { loadKeys } from '../shared/keys.ts';
import type { Keys } from '../shared/keys.ts';
import { portIsTaken } from '../shared/ports.ts';
import { startDnsServer } from '../platform/dns/dns-server.ts';
import { startPostgres } from '../platform/postgres/postgres.ts';
import type { PostgresServer } from '../platform/postgres/postgres.ts';
import { bold, dim, print, printDone, step } from './progress.ts';
import { OwnRecord, requireNothingRuns } from '../stack/running-stack.ts';
import { startStack } from '../stack/stack.ts';
import type { Stack } from '../stack/stack.ts';
import { emptyOption, statePaths } from './state.ts';
import { startHubSpotSimulator } from '../../simulators/hubspot/simulator.ts';
import { startInstantlySimulator } from '../../simulators/instantly/simulator.ts';
import { startSmartleadSimulator } from '../../simulators/smartlead/simulator.ts';

const logDirectory = join(stateDirectory, 'logs');

export interface UpOptions {
  /** Whether the demo agency's campaigns come to life. */
  demo: boolean;
  /** No demo agency at all, and data of its own. */
  isEmpty: boolean;
}

export async function up(options: UpOptions): Promise<void> {
  const ports = portsFromEnvironment();
  requireNothingRuns('The stack was not started');
  await requireFreePorts(ports);
  const record = new OwnRecord(ports);
  const stopping = new AbortController();
  const ends: { what: string; end: () => Promise<void> }[] = [];
  catchSignals(stopping);
  const started = performance.now();
  try {
    const { stack, facts, context } = await startEverything(ports, record, ends, stopping, options);
    stopping.signal.throwIfAborted();
    record.setUp(facts);
    printSummary(stack, ports, performance.now() - started, facts.empty);
    if (options.demo && !options.isEmpty) startDemo(context);
    await aborted(stopping.signal);
  } catch (error) {
    if (!stopping.signal.aborted) throw error;
  } finally {
    stopping.abort();
    await endEverything(ends);
    record.remove();
  }
}

async function startEverything(
  ports: Ports,
  record: OwnRecord,
  ends: { what: string; end: () => Promise<void> }[],
  stopping: AbortController,
  { isEmpty }: UpOptions,
): Promise<{ stack: Stack; facts: { demo?: DemoFacts; empty?: EmptyFacts }; context: DemoContext }> {
  const { signal } = stopping;
  const paths = statePaths(isEmpty);
  const throwIfStopping = () => signal.throwIfAborted();
  mkdirSync(logDirectory, { recursive: true });
  const keys = await loadKeys(stateDirectory);
  // In parallel: it takes a few seconds when the sources changed, and nothing waits for it.
  const building = buildDashboard(signal).catch((error: unknown) => {
    if (!signal.aborted) print(messageOf(error));
  });
  ends.push({ what: 'dashboard build', end: () => building.then(() => undefined) });

  const postgres = await step(
    `postgres 17 on ${ports.database}`,
    () => superviseServer(paths.postgres, ports, record, stopping, ends),
  );
  throwIfStopping();
  await step(
    'migrations',
    () =>
      migrate(postgres.url(), { includeSeed: !isEmpty, environment: vaultValues(ports, keys) }).catch(
        (error: unknown) => {
          // Data of an older checkout: locally the solution is to start with new data.
          throw new Failure(
            `${messageOf(error)}\n"npm run reset${
              isEmpty ? ` -- ${emptyOption}` : ''
            }" deletes the local data; then start again`,
          );
        },
      ),
  );
  throwIfStopping();
  const simulator = await step(
    `instantly simulator on ${ports.simulator}`,
    () =>
      startInstantlySimulator({
        startAt: daysAgo(isEmpty ? emptyDays : demoDays),
        rates: isEmpty ? emptyRates : demoRates,
        port: ports.simulator,
        stateFile: paths.instantlySimulator,
      }),
  );
  ends.push({ what: 'Instantly simulator', end: () => simulator.stop() });
  const smartlead = await step(
    `smartlead simulator on ${ports.smartlead}`,
    () =>
      startSmartleadSimulator({
        startAt: daysAgo(isEmpty ? emptyDays : demoDays),
        rates: isEmpty ? emptyRates : demoRates,
        port: ports.smartlead,
        stateFile: paths.smartleadSimulator,
      }),
  );
  ends.push({ what: 'Smartlead simulator', end: () => smartlead.stop() });
  const hubspot = await step(
    `hubspot simulator on ${ports.hubspot}`,
    () => startHubSpotSimulator({ port: ports.hubspot, stateFile: paths.hubspotSimulator }),
  );
  ends.push({ what: 'HubSpot simulator', end: () => hubspot.stop() });
  throwIfStopping();

  // Of the demo's mailboxes; without the demo every domain is in order.
  const dns = await startDnsServer(isEmpty ? null : demoZone);
  ends.push({ what: 'DNS', end: () => dns.stop() });

  const instantlyApiUrl = `http://127.0.0.1:${ports.simulator}`;
  const labels = {
    postgrest: `postgrest on ${ports.postgrest}`,
    functions: functionsLabel(),
    scheduler: 'pg_cron and pg_net',
  };
  const stack = await startStack({
    postgres,
    keys,
    ports: { api: ports.api, postgrest: ports.postgrest, firstFunction: ports.firstFunction },
    environment: {
      INSTANTLY_API_URL: instantlyApiUrl,
      SMARTLEAD_API_URL: `http://127.0.0.1:${ports.smartlead}`,
      HUBSPOT_API_URL: hubspot.url,
      DNS_RESOLVERS: dns.url,
      PROVIDER_KEYS_MASTER: JSON.stringify({ current: 'k1', keys: { k1: keys.providerKey } }),
    },
    siteUrl: `http://127.0.0.1:${ports.dashboard}`,
    outboxDirectory: paths.outbox,
    alertUrl: process.env['ALERT_WEBHOOK_URL'] || undefined,
    logDirectory,
    log: (line) => print(dim(line)),
    onProcess: (name, pid) => record.setProcess(name, pid),
    onStarted: (part, milliseconds) => printDone(labels[part], milliseconds),
    signal,
  });
  ends.push({ what: 'stack', end: () => stack.stop() });
  throwIfStopping();
  const dashboard = await step(
    `dashboard on ${ports.dashboard}`,
    () => startDashboard(stack, ports.dashboard, { hasDemo: !isEmpty }),
  );
  ends.push({ what: 'dashboard', end: () => dashboard.stop() });
  throwIfStopping();

  const context: DemoContext = { stack, simulator, smartlead, hubspot, instantlyApiUrl, print, signal };
  const facts = isEmpty
    ? { empty: await step('first workspaces', () => prepareEmpty(context)) }
    : { demo: await step('demo agency', () => prepareDemo(context)) };
  return { stack, facts, context };
}

/** Restarts Postgres when it ends unexpectedly: a killed database must not end the whole stack. */
async function superviseServer(
  directory: string,
  ports: Ports,
  record: OwnRecord,
  stopping: AbortController,
  ends: { what: string; end: () => Promise<void> }[],
): Promise<PostgresServer> {
  const start = () =>
    startPostgres({
      directory,
      port: ports.database,
      logFile: join(logDirectory, 'postgres.log'),
      onProcess: (pid) => record.setProcess('Postgres', pid),
    });
  const first = await start();
  let server = first;
  let isStopping = false;
  ends.push({
    what: 'Postgres',
    end: async () => {
      isStopping = true;
      await server.stop();
    },
  });
  const watch = async () => {
    for (let failures = 0; failures < 5;) {
      await server.exited;
      if (isStopping) return;
      print('Postgres ended unexpectedly, restarting it');
      try {
        server = await start();
        failures = 0;
      } catch {
        // Backends of the dead server may hold its memory for a moment.
        failures += 1;
        await sleep(500);
      }
    }
    print(
      `Postgres no longer starts; the reason is at the end of ${join(logDirectory, 'postgres.log')}`,
    );
    process.exitCode = 1;
    stopping.abort();
  };
  void watch();
  return first;
}

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);

function startDemo(context: DemoContext): void {
  runDemo(context).catch((error: unknown) => {
    if (!context.signal.aborted) print(`The demo ended early: ${messageOf(error)}; the stack keeps running`);
  });
}

async function requireFreePorts(ports: Ports): Promise<void> {
  const wanted = [
    { port: ports.api, use: 'the API' },
    { port: ports.database, use: 'Postgres' },
    { port: ports.postgrest, use: 'PostgREST' },
    { port: ports.simulator, use: 'the Instantly simulator' },
    { port: ports.dashboard, use: 'the dashboard' },
    { port: ports.smartlead, use: 'the Smartlead simulator' },
    { port: ports.hubspot, use: 'the HubSpot simulator' },
    ...listFunctions().map((slug, index) => ({
      port: ports.firstFunction + index,
      use: `the function ${slug}`,
    })),
  ];
  for (const { port, use } of wanted) {
    if (await portIsTaken(port)) {
      throw new Failure(
        `Port ${port}, which the stack needs for ${use}, is in use; end the program that listens there or set REPLYLOOP_PORT to another first port (now ${ports.base})`,
      );
    }
  }
}

function vaultValues(ports: Ports, keys: Keys): Record<string, string> {
  return {
    PROJECT_URL: `http://127.0.0.1:${ports.api}`,
    CRON_SECRET_KEY: keys.secretKeys.cron,
    ALLOW_PRIVATE_ENDPOINTS: 'true',
  };
}

function functionsLabel(): string {
  const slugs = listFunctions();
  return slugs.length === 1 ? `function ${slugs[0]}` : `${slugs.length} functions`;
}

function printSummary(stack: Stack, ports: Ports, milliseconds: number, empty: EmptyFacts | undefined): void {
  print('');
  print(`${bold('Replyloop is up')} ${dim(`in ${(milliseconds / 1_000).toFixed(1)} s, Ctrl-C stops it`)}`);
  print(`  Dashboard    ${bold(`http://127.0.0.1:${ports.dashboard}`)}`);
  if (!empty) { for (const line of signInLines()) print(dim(`               ${line}`)); }
  print(`  API          ${stack.apiUrl}`);
  print(`  Database     ${stack.dbUrl}`);
  print(`  Instantly    http://127.0.0.1:${ports.simulator} ${dim('(simulated)')}`);
  if (empty) print(`               key for a first connection: ${empty.instantlyKey}`);
  print(`  Smartlead    http://127.0.0.1:${ports.smartlead} ${dim('(simulated)')}`);
  if (empty) print(`               key for a first connection: ${empty.smartleadKey}`);
  print(
    `  HubSpot      http://127.0.0.1:${ports.hubspot} ${dim('(simulated; shows its contacts and deals)')}`,
  );
  if (empty) print(`               token for Settings → CRM: ${empty.hubspotToken}`);
  print(`  Outbox       ${stack.apiUrl}/outbox ${dim('(mails that would have been sent)')}`);
  print(`  Keys         npm run --silent status -- -o env`);
  print(`  Logs         ${logDirectory}`);
  print('');
  if (!empty) return;
  print(`Next, in another terminal: ${bold('npm run operator -- you@agency.example')}`);
  print(
    dim(
      'It makes the first operator and prints a link to sign in. The demo’s data is kept apart: "npm start" shows it.',
    ),
  );
  print('');
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

/** In reverse order; a part that cannot be stopped does not keep the others running. */
async function endEverything(ends: { what: string; end: () => Promise<void> }[]): Promise<void> {
  if (ends.length > 0) print(dim('Stopping …'));
  for (const { what, end } of ends.reverse()) {
    try {
      await end();
    } catch (error) {
      print(`${what} did not stop cleanly: ${messageOf(error)}`);
    }
  }
}

/** The first signal begins the stop; further ones are ignored, so that a second Ctrl-C leaves no process behind. */
function catchSignals(stopping: AbortController): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort());
  process.on('uncaughtException', (error) => {
    console.error(error);
    process.exitCode = 1;
    stopping.abort();
  });
  process.on('unhandledRejection', (error) => {
    console.error(`Unexpected: ${messageOf(error)}`);
  });
  // After SIGHUP there may be no terminal to write to.
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});
}

// The only setting of the command line: REPLYLOOP_PORT, the first port. With different values, two checkouts can run at the
// same time.
interface Ports {
  base: number;
  api: number;
  database: number;
  postgrest: number;
  simulator: number;
  dashboard: number;
  smartlead: number;
  hubspot: number;
  /** From here on one port per function, in the order of their names. */
  firstFunction: number;
}

const defaultPort = 54_400;

function portsFromEnvironment(environment: NodeJS.ProcessEnv = process.env): Ports {
  const text = environment['REPLYLOOP_PORT'] ?? String(defaultPort);
  const base = Number(text);
  if (!Number.isInteger(base) || base < 1_024 || base > 65_000) {
    throw new Failure(
      `REPLYLOOP_PORT is "${text}"; set it to a number from 1024 to 65000, such as ${defaultPort}`,
    );
  }
  return {
    base,
    api: base,
    database: base + 1,
    postgrest: base + 2,
    simulator: base + 3,
    dashboard: base + 4,
    smartlead: base + 5,
    hubspot: base + 6,
    firstFunction: base + 10,
  };
}
