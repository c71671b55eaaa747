// How long the queries of one client's dashboard take while the agency's history grows.
//
// Method: 1,000 clients with three campaigns and a year of daily rows each; leads and their events grow from the first size
// to the last in the same campaigns, rows of the tenants interleaved. After each size: vacuum and analyze, like autovacuum.
// Every query runs as role authenticated with a client's claims, for different clients chosen by a fixed rule, in its own
// transaction and planned each time, like PostgREST; the time is from sending it to the last row. Cold: before each query Postgres starts
// again and, as root on Linux, the system's cache is emptied, so each of the 150 clients reads its pages from the disk. Warm: the same
// clients once more. Then what an operator of all of them asks of one, warm.
// Sizes in millions of events: `npm run bench -- dashboard 1 10` (the default).
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import pg from 'pg';
import { migrate } from '../local/cli/supabase-cli.ts';
import { startPostgres } from '../local/platform/postgres/postgres.ts';
import { temporaryDirectory } from '../local/shared/unprivileged.ts';
import { createDatabase, freePort } from '../local/stack/testing.ts';
import { campaignsPerClient, clients, eventsPerLead, writeClients, writeLeads } from './dashboard-data.ts';
import { measureOperator, measureQueries } from './dashboard-queries.ts';

export async function benchDashboard(): Promise<void> {
  const sizes = process.argv.slice(3).map(Number).filter((size) => size > 0);
  const directory = join(temporaryDirectory(), `bench-${randomBytes(6).toString('hex')}`);
  const port = await freePort();
  const start = () => startPostgres({ directory, port, durable: false });
  let postgres = await start();
  const connect = async () => {
    const database = new pg.Client({ connectionString: postgres.adminUrl('bench') });
    await database.connect();
    return database;
  };
  const restart = async () => {
    await postgres.stop();
    emptySystemCache();
    postgres = await start();
    return await connect();
  };
  try {
    await createDatabase(postgres, 'bench');
    await migrate(postgres.url('bench'));
    let leads = 0;
    for (const size of sizes.length > 0 ? sizes : [1, 10]) {
      const database = await connect();
      try {
        if (leads === 0) await writeClients(database);
        const wanted = Math.round(size * 1e6 / (clients * campaignsPerClient * eventsPerLead));
        const started = performance.now();
        await writeLeads(database, leads + 1, wanted);
        leads = Math.max(leads, wanted);
        await database.query('vacuum (analyze)');
        await describe(database, (performance.now() - started) / 1000);
      } finally {
        await database.end();
      }
      await measureQueries(restart, clients);
      const again = await connect();
      try {
        await measureOperator(again, clients);
      } finally {
        await again.end();
      }
    }
  } finally {
    await postgres.stop();
    rmSync(directory, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** What is not written yet would stay. Without the right to do it only Postgres's own cache is empty. */
function emptySystemCache(): void {
  try {
    execFileSync('sync');
    writeFileSync('/proc/sys/vm/drop_caches', '3');
  } catch {
    console.log("  (the system's cache could not be emptied)");
  }
}

async function describe(database: pg.Client, seconds: number): Promise<void> {
  const { rows: [row] } = await database.query<Record<string, string>>(
    `select (select count(*) from public.email_events) as events, (select count(*) from public.synced_leads) as leads,
       (select count(*) from public.campaign_activity) as days, pg_size_pretty(pg_database_size(current_database())) as size`,
  );
  const number = (value: string | undefined) => Number(value).toLocaleString('en');
  console.log(
    `  ${number(row?.['events'])} events, ${number(row?.['leads'])} leads, ${clients} clients, ${
      number(row?.['days'])
    } daily rows per source, ${row?.['size']}; written in ${seconds.toFixed(0)} s`,
  );
}
