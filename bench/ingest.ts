// Durable webhook events per second through the real function, compared with raw single-row inserts into the same Postgres and
// with a naive receiver that needs four supabase-js round trips per event.
//
// Method: one Postgres 17 with fsync on, PostgREST, one `deno serve` per function and the load generator share the
// machine. Requests go to the function's own port (the local gateway is not part of the product). Every delivery is a
// different event of about 1.6 kB over 20 campaigns and 2,000 leads; answers come after commit. The projector runs at the same
// time, as in production.
import { createHash, randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import pg from 'pg';
import { checkoutRoot } from '../local/shared/checkout.ts';
import { migrate } from '../local/cli/supabase-cli.ts';
import { createKeys } from '../local/shared/keys.ts';
import { childrenOf } from '../local/shared/process-identity.ts';
import { processorSeconds } from '../local/shared/process-usage.ts';
import type { PostgresServer } from '../local/platform/postgres/postgres.ts';
import { type Functions, startFunctions } from '../local/platform/functions/functions.ts';
import { platformEnvironment, type Stack, startStack } from '../local/stack/stack.ts';
import { createDatabase, startThrowAwayPostgres } from '../local/stack/testing.ts';
import { listCampaigns, nextDelivery } from './deliveries.ts';
import { type LoadResult, runLoad } from './load.ts';
import { measureRawInserts } from './raw-inserts.ts';

const seconds = 8;
const connectionId = 'dddddddd-0000-4000-8000-000000000001';
const secret = randomBytes(24).toString('base64url');

export async function benchIngest(): Promise<void> {
  const postgres = await startThrowAwayPostgres({ durable: true });
  const logDirectory = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    await createDatabase(postgres, 'bench');
    await migrate(postgres.url('bench'));
    const database = new pg.Client({ connectionString: postgres.adminUrl('bench') });
    await database.connect();
    await prepare(database);
    const keys = await createKeys();
    const stack = await startStack({
      postgres,
      database: 'bench',
      keys,
      functions: ['instantly-webhook'],
      scheduler: false,
      logDirectory,
    });
    try {
      await measure(postgres, stack, database, logDirectory);
    } finally {
      await stack.stop();
      await database.end();
    }
  } finally {
    await postgres.stop();
    rmSync(logDirectory, { recursive: true, force: true });
  }
}

async function prepare(database: pg.Client): Promise<void> {
  await database.query(
    `insert into public.clients (id, name) values ('cccccccc-0000-4000-8000-000000000001', 'Bench')`,
  );
  await database.query(
    `insert into public.provider_connections (id, client_id, name) values ($1, 'cccccccc-0000-4000-8000-000000000001', 'Bench')`,
    [connectionId],
  );
  await database.query('insert into private.webhook_secrets (connection_id, digest) values ($1, $2)', [
    connectionId,
    createHash('sha256').update(secret).digest(),
  ]);
  await listCampaigns(database, connectionId);
}

async function measure(
  postgres: PostgresServer,
  stack: Stack,
  database: pg.Client,
  logDirectory: string,
): Promise<void> {
  const url = `${stack.functions.url('instantly-webhook')}/instantly-webhook/${connectionId}`;
  const headers = { 'x-webhook-secret': secret };
  const deliver = (connections: number, length: number, rate?: number) =>
    runLoad({ url, headers, connections, seconds: length, ...(rate ? { rate } : {}) });

  await deliver(64, 3);
  await drained(database);

  const raw = await measureRawInserts(stack.adminDbUrl, nextDelivery(), seconds);
  report('raw single-row inserts', raw.perSecond, raw.how);

  for (const connections of [64, 128]) {
    const before = await storedEvents(database);
    const through = await deliver(connections, seconds);
    const stored = await storedEvents(database) - before;
    report(
      `function, ${connections} connections`,
      stored / through.seconds,
      `p50 ${through.p50.toFixed(1)} ms, p99 ${through.p99.toFixed(1)} ms, ${through.failures} failures, ${
        ratio(stored / through.seconds, raw.perSecond)
      } of raw`,
    );
    const started = performance.now();
    const waiting = await waitingEvents(database);
    await drained(database);
    const took = (performance.now() - started) / 1000;
    console.log(
      `  ${''.padEnd(32)}${String(waiting).padStart(9)} of them were not projected yet; done ${
        took.toFixed(1)
      } s later`,
    );
  }

  await measureInstances(postgres, stack, database, logDirectory, raw.perSecond);

  const steady = await deliver(64, seconds, 1000);
  report(
    'function at a steady 1,000/s',
    steady.perSecond,
    `p50 ${steady.p50.toFixed(1)} ms, p99 ${steady.p99.toFixed(1)} ms, ${steady.failures} failures`,
  );
  await drained(database);
  await measureNaive(stack, logDirectory);
}

/** Three instances, as the platform starts more of them for a load. What all parts use a delivery says how many cores more would need. */
async function measureInstances(
  postgres: PostgresServer,
  stack: Stack,
  database: pg.Client,
  logDirectory: string,
  raw: number,
): Promise<void> {
  const start = () =>
    startFunctions({
      slugs: ['instantly-webhook'],
      logDirectory,
      environment: platformEnvironment(stack.apiUrl, stack.dbUrl, stack.keys),
    });
  const added = [await start(), await start()];
  try {
    const instances = [stack.functions, ...added];
    const busyBefore = processorTimes(postgres, stack, added);
    const before = await storedEvents(database);
    const loads = await Promise.all(instances.map((functions) =>
      runLoad({
        url: `${functions.url('instantly-webhook')}/instantly-webhook/${connectionId}`,
        headers: { 'x-webhook-secret': secret },
        connections: 64,
        seconds,
      })
    ));
    const busy = processorTimes(postgres, stack, added);
    const stored = await storedEvents(database) - before;
    const length = Math.max(...loads.map((load) => load.seconds));
    const worst = (pick: (load: LoadResult) => number) => Math.max(...loads.map(pick)).toFixed(1);
    report(
      'three instances, 192 connections',
      stored / length,
      `p50 ${worst(({ p50 }) => p50)} ms, p99 ${worst(({ p99 }) => p99)} ms, ${
        loads.reduce((sum, load) => sum + load.failures, 0)
      } failures, ${ratio(stored / length, raw)} of raw`,
    );
    const each = Object.entries(busy).map(([part, used]) =>
      `${part} ${(1000 * (used - (busyBefore[part] ?? 0)) / stored).toFixed(2)}`
    );
    console.log(`  ${''.padEnd(32)}${''.padStart(9)} ms of processor time a delivery: ${each.join(', ')}`);
    await drained(database);
  } finally {
    for (const functions of added) await functions.stopAll();
  }
}

/** Seconds of processor time so far. */
function processorTimes(postgres: PostgresServer, stack: Stack, added: Functions[]): Record<string, number> {
  const { user, system } = process.cpuUsage();
  const sum = (pids: (number | undefined)[]) =>
    pids.reduce<number>((total, each) => total + processorSeconds(each), 0);
  return {
    functions: sum([stack.functions, ...added].map((functions) => functions.pid('instantly-webhook'))),
    Postgres: sum([postgres.pid, ...childrenOf(postgres.pid)]),
    PostgREST: processorSeconds(stack.postgrest.pid),
    'load and gateway': (user + system) / 1e6,
  };
}

async function measureNaive(stack: Stack, logDirectory: string): Promise<void> {
  // The baseline runs as a function beside ours, with the same environment.
  const directory = join(checkoutRoot, '.replyloop', 'bench-functions');
  mkdirSync(join(directory, 'naive'), { recursive: true });
  cpSync(join(checkoutRoot, 'bench', 'naive-receiver.ts'), join(directory, 'naive', 'index.ts'));
  const functions = await startFunctions({
    directory,
    logDirectory,
    environment: { SUPABASE_URL: stack.apiUrl, SUPABASE_SECRET_KEYS: JSON.stringify(stack.secretKeys) },
  });
  try {
    const naive = await runLoad({
      url: `${functions.url('naive')}/naive/${connectionId}`,
      headers: {},
      connections: 64,
      seconds,
    });
    report(
      'naive receiver, 64 connections',
      naive.perSecond,
      `p50 ${naive.p50.toFixed(1)} ms, p99 ${naive.p99.toFixed(1)} ms, ${naive.failures} failures`,
    );
  } finally {
    await functions.stopAll();
    rmSync(directory, { recursive: true });
  }
}

async function storedEvents(database: pg.Client): Promise<number> {
  const { rows } = await database.query<{ n: string }>('select count(*) as n from private.webhook_events');
  return Number(rows[0]?.n);
}

async function waitingEvents(database: pg.Client): Promise<number> {
  const { rows } = await database.query<{ n: string }>(
    `select count(*) as n from private.webhook_events where status = 'pending'`,
  );
  return Number(rows[0]?.n);
}

async function drained(database: pg.Client): Promise<void> {
  for (;;) {
    const { rows } = await database.query<{ claimed: number }>(
      `select (worker.process_webhook_events(500) ->> 'claimed')::integer as claimed`,
    );
    // The function's own projector may hold the last ones.
    if (rows[0]?.claimed === 0 && await waitingEvents(database) === 0) return;
  }
}

function ratio(part: number, whole: number): string {
  return `${(100 * part / whole).toFixed(0)} %`;
}

function report(what: string, perSecond: number, details: string): void {
  console.log(`  ${what.padEnd(32)}${Math.round(perSecond).toLocaleString('en').padStart(9)}/s   ${details}`);
}
