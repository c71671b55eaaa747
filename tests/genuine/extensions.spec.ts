// What a stand-in cannot show: the migrations, the schedule and the pgTAP files on the genuine extensions. One database, migrated and
// seeded by the real CLI, in which pg_cron runs the schedule meanwhile, as `supabase test db` finds it.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate } from '../../local/cli/supabase-cli.ts';
import type { PostgresServer } from '../../local/platform/postgres/postgres.ts';
import { startThrowAwayPostgres } from '../../local/stack/testing.ts';
import { runPgTap } from '../support/pgtap.ts';
import { findDebianPostgres } from './debian-postgres.ts';

const supabase = join(import.meta.dirname, '..', '..', 'supabase');
const sqlFiles = (folder: string) =>
  readdirSync(join(supabase, folder)).filter((name) => name.endsWith('.sql')).sort();

let postgres: PostgresServer;
let admin: pg.Client;

async function rows<Row extends pg.QueryResultRow>(sql: string): Promise<Row[]> {
  return (await admin.query<Row>(sql)).rows;
}

beforeAll(async () => {
  const search = findDebianPostgres();
  if ('missing' in search) throw new Error(search.missing);
  postgres = await startThrowAwayPostgres({
    programs: search.programs,
    settings: {
      shared_preload_libraries: 'pg_stat_statements, pg_cron',
      // Its jobs would otherwise sign in by TCP, with a password.
      'cron.use_background_workers': 'on',
      max_worker_processes: '40',
      // The pgTAP files roll back what they write: counted meanwhile, it leaves tables of many pages and no rows, which is no state of use.
      autovacuum: 'off',
      // As in the npm package: compiling takes longer than most of these queries.
      jit: 'off',
    },
  });
  await migrate(postgres.url(), { includeSeed: true });
  admin = new pg.Client({ connectionString: postgres.adminUrl() });
  await admin.connect();
  await admin.query('create extension plpgsql_check with schema extensions');
});

afterAll(async () => {
  await admin?.end();
  await postgres?.stop();
});

describe('the migrations', () => {
  it('all apply', async () => {
    const applied = await rows('select from supabase_migrations.schema_migrations');
    expect(applied.length).toBe(sqlFiles('migrations').length);
  });

  it('find pg_cron, pgTAP and plpgsql_check themselves; pg_net and Vault, which Debian lacks, are stand-ins', async () => {
    const parts = await rows<{ name: string; version: string }>(
      `select extname::text as name, extversion as version from pg_extension
       where extname in ('pg_cron', 'pg_net', 'pgtap', 'plpgsql_check', 'supabase_vault') order by extname`,
    );
    const [server] = await rows<{ version: string }>(`select current_setting('server_version') as version`);
    console.log(
      `Postgres ${server?.version}, ${parts.map(({ name, version }) => `${name} ${version}`).join(', ')}`,
    );
    expect(parts.map(({ name }) => name)).toEqual(['pg_cron', 'pgtap', 'plpgsql_check']);
  });
});

describe('plpgsql_check', () => {
  it('finds nothing in any function', async () => {
    // A trigger function is checked for each of its tables, with the transition tables that any of its triggers has.
    const findings = await rows(
      `select p.oid::regprocedure::text as function, f.lineno, f.level, f.message, f.detail
       from pg_proc as p
       join pg_language as l on l.oid = p.prolang and l.lanname = 'plpgsql'
       left join (
         select t.tgfoid, t.tgrelid, max(max(t.tgoldtable)) over same as old_table, max(max(t.tgnewtable)) over same as new_table
         from pg_trigger as t
         group by t.tgfoid, t.tgrelid
         window same as (partition by t.tgfoid)
       ) as t on t.tgfoid = p.oid
       cross join lateral extensions.plpgsql_check_function_tb(
         p.oid, coalesce(t.tgrelid, 0), oldtable => t.old_table, newtable => t.new_table
       ) as f
       where p.pronamespace in ('private'::regnamespace, 'worker'::regnamespace, 'public'::regnamespace)`,
    );
    expect(findings).toEqual([]);
  });
});

describe('pgTAP', () => {
  it.each(sqlFiles('tests'))('%s', async (file) => {
    const { passed, planned, problems } = await runPgTap(postgres.url(), join(supabase, 'tests', file));
    expect(problems.join('\n')).toBe('');
    expect(passed).toBe(planned);
  });
});

describe('pg_cron', () => {
  it('runs every job of a minute, each with success', async () => {
    const jobs = `select j.jobid, j.jobname::text as name from cron.job as j where j.schedule = '* * * * *'`;
    const wanted = await rows<{ name: string }>(jobs);
    expect(wanted.length).toBeGreaterThan(5);
    // The files above took most of the minute; this waits for the rest of it.
    await expect.poll(
      () =>
        rows(
          `${jobs} and not exists (select from cron.job_run_details as d where d.jobid = j.jobid and d.status = 'succeeded')`,
        ),
      { timeout: 70_000, interval: 500 },
    ).toEqual([]);
    expect(await rows(`select command, return_message from cron.job_run_details where status = 'failed'`))
      .toEqual([]);
  });
});
