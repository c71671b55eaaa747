// No question of a client or an operator reads a growing table from end to end: every view and table of public, and the reports between
// two days, are read in a database of 1,000 clients, as the Data API reads them, and the plan of each statement is looked through,
// those inside of functions too.
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createDatabase } from '../../local/stack/testing.ts';
import { functions } from '../../supabase/access/functions.ts';
import { type Rows, tables, views } from '../../supabase/access/relations.ts';
import { dropTestDatabase } from '../coverage/sql-calls.ts';
import { fillTables } from '../support/full-tables.ts';
import { templateDatabase } from '../support/global-setup.ts';
import { sharedPostgres } from '../support/project.ts';

const postgres = sharedPostgres();
const name = `test_${randomBytes(6).toString('hex')}`;
let database: pg.Client;
let growing: Set<string>;
let plans: PlanNode[] = [];

beforeAll(async () => {
  await createDatabase(postgres, name, templateDatabase);
  database = new pg.Client({ connectionString: postgres.adminUrl(name) });
  await database.connect();
  growing = new Set((await fillTables(database)).map((table) => table.split('.')[1] ?? ''));
  await database.query(`load 'auto_explain'`);
  await database.query(
    `set auto_explain.log_min_duration = 0; set auto_explain.log_nested_statements = on;
     set auto_explain.log_format = json; set auto_explain.log_level = 'notice'`,
  );
  database.on('notice', ({ message }) => {
    const plan = /plan:\s*(\{[\s\S]*)$/.exec(message ?? '')?.[1];
    if (plan !== undefined) plans.push(explained.parse(JSON.parse(plan)).Plan);
  });
}, 120_000);
afterAll(async () => {
  await database.end();
  await dropTestDatabase(postgres, name);
});

/** What is a list of everything that happened is read by the page or by what it is about, as the dashboard does. */
const asked: Record<string, string> = {
  alerts: 'order by opened_at desc limit 101',
  audit_log: 'order by occurred_at desc limit 101',
  campaign_comparison: `where client_id = md5('public.clients 5')::uuid`,
  crm_leads: `where lead_id = md5('public.synced_leads 5')::uuid`,
  crm_log: 'order by wanted_at desc limit 101',
  crm_records: `where lead_id = md5('public.synced_leads 5')::uuid`,
  incidents: 'order by opened_at desc limit 101',
  operator_answers: `where lead_id = md5('public.synced_leads 5')::uuid`,
  operator_jobs: 'order by created_at desc limit 101',
  operator_placements: `where domain = 'example.test'`,
  operator_report_links: `where report_id = md5('public.client_reports 5')::uuid`,
  operator_report_mails: `where client_id = md5('public.clients 5')::uuid`,
  operator_thread_notes: `where lead_id = md5('public.synced_leads 5')::uuid`,
  outgoing_log: 'order by wanted_at desc limit 101',
  placement_results: `where account_id = md5('public.email_accounts 5')::uuid`,
  provider_api_calls: 'order by called_at desc limit 101',
  sending_domain_changes: `where domain = 'example.test'`,
  webhook_ledger: `where connection_id = md5('public.provider_connections 5')::uuid`,
};

/** Read from end to end on purpose. */
const allowed: Record<string, string> = {
  'operator_inbox_counts threads': 'adds up every conversation: one per lead that answered',
  'operator_checklist businesses': 'asks only whether there is one',
  'operator_checklist synced_leads': 'asks only whether there is one',
};

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string | undefined;
  'Index Name'?: string | undefined;
  'Index Cond'?: string | undefined;
  /** How often the node ran; only of statements that are timed. */
  'Actual Loops'?: number | undefined;
  Plans?: PlanNode[] | undefined;
}
const node: z.ZodType<PlanNode> = z.object({
  'Node Type': z.string(),
  'Relation Name': z.string().optional(),
  'Index Name': z.string().optional(),
  'Index Cond': z.string().optional(),
  'Actual Loops': z.number().optional(),
  get Plans() {
    return z.array(node).optional();
  },
});
const explained = z.object({ Plan: node });

/** Months of events, as of the table that they are of; the few that hold next to nothing are no table worth an index. */
async function isSmall(relation: string): Promise<boolean> {
  const { rows } = await database.query<{ pages: number }>(
    'select max(relpages) as pages from pg_class where relname = $1',
    [relation],
  );
  return (rows[0]?.pages ?? 0) < 50;
}

function wholeReads(of: PlanNode, partial: ReadonlySet<string>, isCut = false): string[] {
  const type = of['Node Type'];
  const relation = of['Relation Name'];
  const below = (of.Plans ?? []).flatMap((next) => wholeReads(next, partial, isCut || type === 'Limit'));
  if (relation === undefined || !growing.has(relation.replace(/^email_events_.*$/, 'email_events'))) {
    return below;
  }
  const isWhole = type === 'Seq Scan' || (
    /^Index (Only )?Scan$/.test(type) && of['Index Cond'] === undefined && !isCut &&
    !partial.has(of['Index Name'] ?? '')
  );
  return isWhole ? [relation, ...below] : below;
}

/** Indexes by client that are read beside another one: for an operator they hold the rows of everybody. */
function besideAnother(of: PlanNode): string[] {
  const parts = of.Plans ?? [];
  const byClient = of['Node Type'] !== 'BitmapAnd' ? [] : parts
    .flatMap((part) => part['Node Type'] === 'BitmapOr' ? part.Plans ?? [] : [part])
    .filter((part) => /^\(client_id = ANY \(\(InitPlan \d+\)\.col1\)\)$/.test(part['Index Cond'] ?? ''))
    .map((part) => part['Index Name'] ?? '');
  return [...byClient, ...parts.flatMap(besideAnother)];
}

async function readAs(claims: Record<string, unknown>, source: string): Promise<string[]> {
  plans = [];
  await database.query('begin');
  try {
    await database.query(
      `select set_config('role', 'authenticated', true), set_config('request.jwt.claims', $1, true)`,
      [JSON.stringify({ role: 'authenticated', ...claims })],
    );
    await database.query(`select * from public.${source}`);
  } finally {
    await database.query('rollback');
  }
  expect(plans.length).toBeGreaterThan(0);
  const { rows } = await database.query<{ name: string }>(
    'select indexrelid::regclass::text as name from pg_index where indpred is not null',
  );
  const partial = new Set(rows.map((row) => row.name.replace(/^.*\./, '')));
  const found = new Set(plans.flatMap((plan) => wholeReads(plan, partial)));
  const large = [];
  for (const relation of found) if (!await isSmall(relation)) large.push(relation);
  return large;
}

const people: [string, Record<string, unknown>, (rows: Rows) => boolean][] = [
  [
    'a client',
    { user_role: 'client', sub: '00000000-0000-4000-8000-00000000000c' },
    (rows) => rows === 'own',
  ],
  ['an operator', { user_role: 'operator', sub: '00000000-0000-4000-8000-00000000000a' }, () => true],
];

/** The functions that add up the days between two; `ofClient` = those that can be asked about one client. */
async function readReports(ofClient = false): Promise<string[]> {
  const { rows } = await database.query<{ name: string }>(
    `select p.proname as name from pg_proc as p
     where p.pronamespace = 'public'::regnamespace and p.provolatile = 's' and p.proretset
       and pg_get_function_arguments(p.oid) ~ '^from_day date, to_day date(, \\w+ \\w+ DEFAULT|$)'
       and (not $1 or 'only_client' = any (p.proargnames))`,
    [ofClient],
  );
  expect(rows.length).toBeGreaterThan(2);
  return rows.map((row) => row.name);
}

/** Growing tables of which a plan reads again and again what the policy lets the caller see: for an operator the rows of everybody. */
function repeated(of: PlanNode): string[] {
  const relation = of['Relation Name'] ?? '';
  const below = (of.Plans ?? []).flatMap(repeated);
  const isRepeated = (of['Actual Loops'] ?? 0) > 10 &&
    growing.has(relation.replace(/^email_events_.*$/, 'email_events')) &&
    (of['Node Type'] === 'Seq Scan' || (of['Index Cond'] ?? '').includes('client_id = ANY'));
  return isRepeated ? [`${relation}, ${of['Actual Loops']} times`, ...below] : below;
}

/** Growing tables of which a plan reads all that the policy lets the caller see, by nothing but the policy. */
function allOfEverybody(of: PlanNode): string[] {
  const relation = (of['Relation Name'] ?? '').replace(/^email_events_.*$/, 'email_events');
  const condition = of['Index Cond'] ?? '';
  const byClient = condition.match(/client_id = ANY/g)?.length ?? 0;
  const isAll = growing.has(relation) && byClient === 1 &&
    !/(campaign_id|lead_id|\bid|client_id) = [^A]/.test(condition) &&
    !condition.includes('campaign_id = ANY');
  return [...(isAll ? [`${relation} by ${condition}`] : []), ...(of.Plans ?? []).flatMap(allOfEverybody)];
}

describe('no growing table is read from end to end', () => {
  it.each(people)('by %s', async (_, claims, isRead) => {
    const { rows: [client] } = await database.query<{ id: string }>(
      `select md5('public.clients 5')::uuid as id`,
    );
    const mine = claims['user_role'] === 'client' ? { ...claims, client_id: client?.id } : claims;
    const whole: string[] = [];
    const look = async (about: string, source: string) => {
      for (const relation of await readAs(mine, source)) {
        if (allowed[`${about} ${relation}`] === undefined) whole.push(`${about} reads all of ${relation}`);
      }
      for (const index of new Set(plans.flatMap(besideAnother))) {
        whole.push(`${about} reads ${index} beside another`);
      }
    };
    for (const [relation, rows] of Object.entries({ ...views, ...tables })) {
      if (isRead(rows)) await look(relation, `${relation} ${asked[relation] ?? 'limit 1000'}`);
    }
    for (const report of await readReports()) {
      if (claims['user_role'] === 'client' && functions[report] === 'operators') continue;
      await look(report, `${report}(current_date - 29, current_date)`);
    }
    expect(whole).toEqual([]);
  }, 120_000);

  it('and of all clients at once, none is read for each of them', async () => {
    const again: string[] = [];
    await database.query('set auto_explain.log_analyze = on; set auto_explain.log_timing = off');
    try {
      for (const report of await readReports()) {
        await readAs({ user_role: 'operator' }, `${report}(current_date - 29, current_date)`);
        again.push(...plans.flatMap(repeated).map((what) => `${report} reads ${what}`));
      }
    } finally {
      await database.query('set auto_explain.log_analyze = off');
    }
    expect(again).toEqual([]);
  }, 120_000);

  it('and of one client, an operator reads that one’s rows', async () => {
    const others: string[] = [];
    for (const report of await readReports(true)) {
      await readAs(
        { user_role: 'operator' },
        `${report}(current_date - 29, current_date, md5('public.clients 5')::uuid)`,
      );
      others.push(...plans.flatMap(allOfEverybody).map((what) => `${report} reads ${what}`));
    }
    expect(others).toEqual([]);
  }, 120_000);

  it('and a view that did would be named with its table', async () => {
    await database.query(
      `create view public.mails_by_hour as
       select extract(hour from m.occurred_at) as hour, count(*) from public.messages as m group by 1`,
    );
    await database.query('grant select on public.mails_by_hour to authenticated');
    expect(await readAs({ user_role: 'operator' }, 'mails_by_hour')).toEqual(['messages']);
  });
});
