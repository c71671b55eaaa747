// How long the queries of one client's dashboard take while the agency's history grows.
//
// Method: 1,000 clients with three campaigns and a year of daily rows each; leads and their events grow from the first size
// to the last in the same campaigns, rows of the tenants interleaved. After each size: vacuum and analyze, like autovacuum.
// Every query runs as role authenticated with a client's claims, for different clients chosen by a fixed rule, in its own
// transaction and planned each time, like PostgREST; the time is from sending it to the last row.
// Sizes in millions of events: `npm run bench -- dashboard 1 10` (the default).
import process from 'node:process';
import pg from 'pg';
import { migrate } from '../local/cli/supabase-cli.ts';
import { createDatabase, startThrowAwayPostgres } from '../local/stack/testing.ts';
import { campaignsPerClient, clients, eventsPerLead, writeClients, writeLeads } from './dashboard-data.ts';
import { measureQueries } from './dashboard-queries.ts';

export async function benchDashboard(): Promise<void> {
  const sizes = process.argv.slice(3).map(Number).filter((size) => size > 0);
  const postgres = await startThrowAwayPostgres();
  try {
    await createDatabase(postgres, 'bench');
    await migrate(postgres.url('bench'));
    const database = new pg.Client({ connectionString: postgres.adminUrl('bench') });
    await database.connect();
    try {
      await writeClients(database);
      let leads = 0;
      for (const size of sizes.length > 0 ? sizes : [1, 10]) {
        const wanted = Math.round(size * 1e6 / (clients * campaignsPerClient * eventsPerLead));
        const started = performance.now();
        await writeLeads(database, leads + 1, wanted);
        leads = Math.max(leads, wanted);
        await database.query('vacuum (analyze)');
        await describe(database, (performance.now() - started) / 1000);
        await measureQueries(database, clients);
      }
    } finally {
      await database.end();
    }
  } finally {
    await postgres.stop();
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
