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
import {
  campaignsPerClient,
  clientId,
  clients,
  eventsPerLead,
  writeClients,
  writeLeads,
} from './dashboard-data.ts';

const samples = 150;

const queries: Record<string, string> = {
  'client_overview': 'select * from public.client_overview',
  'client_campaigns': 'select * from public.client_campaigns',
  'client_daily_stats, 30 days':
    'select * from public.client_daily_stats where day > current_date - 30 order by day',
  'client_daily_stats, a year': 'select * from public.client_daily_stats order by day',
  'stats_between, 30 days': 'select * from public.stats_between(current_date - 29, current_date)',
  'stats_between, a year': 'select * from public.stats_between(current_date - 364, current_date)',
  'daily_stats_between, 30 days': 'select * from public.daily_stats_between(current_date - 29, current_date)',
  'daily_stats_between, a year': 'select * from public.daily_stats_between(current_date - 364, current_date)',
  'campaigns_between, 30 days': 'select * from public.campaigns_between(current_date - 29, current_date)',
  'campaign_comparison': 'select * from public.campaign_comparison',
  'client_segments': 'select * from public.client_segments order by dimension, leads desc',
  'campaign_steps': 'select * from public.campaign_steps order by campaign_id, step, variant',
  'campaign_costs': 'select * from public.campaign_costs',
  'client_costs': 'select * from public.client_costs',
  'synced_leads, a page':
    'select id, email, lead_status, interest_status from public.synced_leads order by created_at desc limit 100',
  'synced_leads, positive':
    `select id, email from public.synced_leads where interest_status = 'positive' limit 100`,
  'email_events, newest 100':
    'select id, type, occurred_at from public.email_events order by occurred_at desc limit 100',
};

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
        for (const [name, query] of Object.entries(queries)) await measure(database, name, query);
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

async function measure(database: pg.Client, name: string, query: string): Promise<void> {
  const times: number[] = [];
  let rows = 0;
  for (let sample = 0; sample < samples; sample++) {
    const claims = {
      role: 'authenticated',
      user_role: 'client',
      client_id: clientId(1 + (sample * 617) % clients),
    };
    await database.query('begin read only');
    await database.query(
      `select set_config('role', 'authenticated', true), set_config('request.jwt.claims', $1, true)`,
      [
        JSON.stringify(claims),
      ],
    );
    const started = performance.now();
    rows = (await database.query(query)).rows.length;
    times.push(performance.now() - started);
    await database.query('rollback');
  }
  times.sort((left, right) => left - right);
  const quantile = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(1).padStart(7);
  console.log(`  ${name.padEnd(32)} p50 ${quantile(0.5)} ms   p95 ${quantile(0.95)} ms   ${rows} rows`);
}
