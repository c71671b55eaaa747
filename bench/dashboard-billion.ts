// The numbers of a very large agency: 10,000 clients, three years of days, 1,000,000,000 events counted in them. Only what the views
// read is there: counters by day, in total and by step; the events themselves would be in an archive.
//
// Method: as in `bench -- dashboard`, with 10,000 clients of three campaigns each; every campaign has a row for each of 1,095 days in
// the three daily tables.
import pg from 'pg';
import { migrate } from '../local/cli/supabase-cli.ts';
import { createDatabase, startThrowAwayPostgres } from '../local/stack/testing.ts';
import { campaignsPerClient, writeClients } from './dashboard-data.ts';
import { measureOperator, measureQueries } from './dashboard-queries.ts';

const size = { clients: 10_000, days: 3 * 365 };
const goal = 20;

export async function benchBillion(): Promise<void> {
  const postgres = await startThrowAwayPostgres();
  try {
    await createDatabase(postgres, 'bench');
    await migrate(postgres.url('bench'));
    const database = new pg.Client({ connectionString: postgres.adminUrl('bench') });
    await database.connect();
    try {
      const started = performance.now();
      await writeClients(database, size);
      await database.query('vacuum (analyze)');
      const { rows: [row] } = await database.query<
        { events: string; rows: string; bytes: string; size: string }
      >(
        `select
           (select sum(a.sent + a.opens + a.clicks + a.replies) from public.campaign_activity as a) as events,
           (select count(*) from public.campaign_activity) as rows,
           pg_database_size(current_database()) as bytes, pg_size_pretty(pg_database_size(current_database())) as size`,
      );
      const events = Number(row?.events);
      console.log(
        `  ${events.toLocaleString('en')} events in ${
          Number(row?.rows).toLocaleString('en')
        } daily rows per source, ${
          (size.clients * campaignsPerClient).toLocaleString('en')
        } campaigns, ${row?.size}: ${(Number(row?.bytes) / events).toFixed(1)} bytes an event; written in ${
          ((performance.now() - started) / 1000).toFixed(0)
        } s`,
      );
      const longest = await measureQueries(database, size.clients);
      await measureOperator(database, size.clients);
      console.log(`  longest p95 ${longest.toFixed(1)} ms (goal: ${goal} ms)`);
    } finally {
      await database.end();
    }
  } finally {
    await postgres.stop();
  }
}
