// The queries of a client's dashboard, those of an operator who looks at one of many clients, and how long they take.
import type pg from 'pg';
import { campaignId, clientId } from './dashboard-data.ts';

/** $client is replaced by a client, $campaign by its first campaign. */
const queries: Record<string, string> = {
  'client_overview': 'select * from public.client_overview',
  'client_campaigns': 'select * from public.client_campaigns',
  'client_daily_stats, 30 days':
    'select * from public.client_daily_stats where day > current_date - 30 order by day',
  'client_daily_stats, all': 'select * from public.client_daily_stats order by day',
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
  'synced_leads, client named':
    'select id, email, lead_status, interest_status from public.synced_leads where client_id = $client order by created_at desc limit 100',
  'synced_leads, positive':
    `select id, email from public.synced_leads where interest_status = 'positive' limit 100`,
  'email_events, newest 100':
    'select id, type, occurred_at from public.email_events order by occurred_at desc limit 100',
  'email_events, of 30 days':
    `select id, type, occurred_at from public.email_events where occurred_at > now() - interval '30 days' order by occurred_at desc limit 100`,
};

const operatorQueries: Record<string, string> = {
  'home_between, 30 days': 'select * from public.home_between(current_date - 29, current_date)',
  'operator_campaigns, 101': 'select * from public.operator_campaigns limit 101',
  'client_overview': 'select * from public.client_overview where client_id = $client',
  'client_campaigns': 'select * from public.client_campaigns where client_id = $client',
  'stats_between, 30 days': 'select * from public.stats_between(current_date - 29, current_date, $client)',
  'daily_stats_between, campaign':
    'select * from public.daily_stats_between(current_date - 29, current_date, $client, $campaign)',
  'campaign_comparison': 'select * from public.campaign_comparison where client_id = $client',
  'client_segments': 'select * from public.client_segments where client_id = $client',
  'campaign_steps': 'select * from public.campaign_steps where campaign_id = $campaign',
  'list_leads, first page': 'select * from public.list_leads($client)',
  'synced_leads, by address':
    `select id from public.synced_leads where client_id = $client and campaign_id = $campaign and email ilike '%77%' order by id limit 101`,
  'email_events of a campaign':
    'select id from public.email_events where client_id = $client and campaign_id = $campaign order by occurred_at desc, id desc limit 101',
};

/** Connects to a database of which nothing is cached. */
export type Restart = () => Promise<pg.Client>;

/**
 * Each query as role authenticated for clients chosen by a fixed rule among that many, with an empty cache where there is a way to get
 * one, then again with everything cached; returns the longest warm p95 in milliseconds.
 */
export async function measureQueries(place: pg.Client | Restart, clients: number): Promise<number> {
  const restart = typeof place === 'function' ? place : undefined;
  let longest = 0;
  console.log(`  ${''.padEnd(32)}${restart ? '   cold p50     p95' : ''}   warm p50     p95   ms`);
  for (const [name, query] of Object.entries(queries)) {
    const used = typeof place === 'function' ? await place() : place;
    try {
      const cold = await measure(used, query, clients, asClient);
      // Without a restart the first pass is what reads the pages.
      const warm = await measure(used, query, clients, asClient);
      longest = Math.max(longest, warm.p95);
      const columns = restart ? [cold.p50, cold.p95, warm.p50, warm.p95] : [warm.p50, warm.p95];
      show(name, columns, warm.rows);
    } finally {
      if (restart) await used.end();
    }
  }
  return longest;
}

/** The queries of an operator of all of them, with everything cached. */
export async function measureOperator(database: pg.Client, clients: number): Promise<void> {
  console.log(`  ${'an operator'.padEnd(32)}   warm p50     p95   ms`);
  for (const [name, query] of Object.entries(operatorQueries)) {
    await measure(database, query, clients, asOperator, 20);
    const { p50, p95, rows } = await measure(database, query, clients, asOperator, 20);
    show(name, [p50, p95], rows);
  }
}

function show(name: string, times: number[], rows: number): void {
  const [first = '', second = '', ...rest] = times.map((time) => time.toFixed(1).padStart(8));
  console.log(
    `  ${name.padEnd(32)}   ${first}${second}${rest.length > 0 ? `   ${rest.join('')}` : ''}   ${rows} rows`,
  );
}

/** Rows stay text: making 4,000 dates of three years of days takes this library longer than the database needs for the rest. */
const types: pg.CustomTypesConfig = { getTypeParser: () => (value: string) => value };

const asClient = (id: string) => ({ role: 'authenticated', user_role: 'client', client_id: id });
const asOperator = () => ({ role: 'authenticated', user_role: 'operator' });

async function measure(
  database: pg.Client,
  query: string,
  clients: number,
  claimsOf: (id: string) => Record<string, string>,
  samples = 150,
): Promise<{ p50: number; p95: number; rows: number }> {
  const times: number[] = [];
  let rows = 0;
  for (let sample = 0; sample < samples; sample++) {
    const client = 1 + (sample * 617) % clients;
    await database.query('begin read only');
    await database.query(
      `select set_config('role', 'authenticated', true), set_config('request.jwt.claims', $1, true)`,
      [
        JSON.stringify(claimsOf(clientId(client))),
      ],
    );
    const asked = query.replaceAll('$client', `'${clientId(client)}'`)
      .replaceAll('$campaign', `'${campaignId(client, 1)}'`);
    const started = performance.now();
    rows = (await database.query({ text: asked, types })).rows.length;
    times.push(performance.now() - started);
    await database.query('rollback');
  }
  times.sort((left, right) => left - right);
  const quantile = (share: number) => times[Math.floor(times.length * share)] ?? NaN;
  return { p50: quantile(0.5), p95: quantile(0.95), rows };
}
