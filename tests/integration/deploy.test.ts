// Installing in an empty project, resuming, status, upgrade and uninstalling: the real CLI and the real database, with the Management
// API and the platform as stand-ins. One project from its beginning to its end.
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deploy, upgrade } from '../../local/deploy/deploy.ts';
import { readPublicTypes } from '../../local/deploy/release.ts';
import { showStatus } from '../../local/deploy/status.ts';
import { uninstall } from '../../local/deploy/uninstall.ts';
import { listFunctions } from '../../local/platform/functions/functions.ts';
import { createDatabase, dropDatabase } from '../../local/stack/testing.ts';
import { checkoutRoot } from '../../local/shared/checkout.ts';
import { withClient } from '../../local/platform/postgres/client.ts';
import { copyCheckout, type DeployScene, startDeployScene } from '../support/deploy-scene.ts';
import { importsOf } from '../support/imports.ts';
import { projectRef } from '../support/management-api.ts';

let scene: DeployScene;
let lines: string[];
let apiKey: string;

const write = (line: string) => {
  lines.push(stripVTControlCharacters(line));
};
const output = () => lines.join('\n');
const everything = () => ({
  siteUrl: 'https://app.agency.example',
  operator: 'Mia@Agency.example',
  connection: { provider: 'instantly' as const, name: 'Main workspace', apiKey },
});
const run = (options = everything(), from?: string) => {
  lines = [];
  return deploy(scene.context(options, from), { isDryRun: false, write });
};
const isInstalled = async () => {
  const [row] = await scene.sql(`select to_regclass('public.clients') is not null as found`);
  return row?.['found'];
};

beforeAll(async () => {
  scene = await startDeployScene();
  apiKey = 'instantly-key-of-the-agency';
  scene.simulator.createWorkspace({ keys: [apiKey], accounts: ['mia@outreach.test'] });
});
afterAll(() => scene.stop());

describe('a deployment', () => {
  it('says in a dry run what it would do, and changes nothing', async () => {
    lines = [];
    const changed = await deploy(scene.context(everything()), { isDryRun: true, write });
    expect(changed).toEqual([
      'link',
      'API keys',
      'secrets',
      'migrations',
      'Vault',
      'functions',
      'Auth',
      'Data API',
      'first operator',
      'first connection',
    ]);
    expect(output()).toContain('Nothing was changed');
    expect(scene.api.changes).toEqual([]);
    expect(await isInstalled()).toBe(false);
  });

  it('stops where the platform refuses something, and says how to continue', async () => {
    scene.api.refuse(/POST \/functions\/deploy/);
    await expect(run()).rejects.toThrow(
      new RegExp(
        `The step "functions" failed: .*Refused for a test[\\s\\S]*"npm run deploy -- ${projectRef}" continues`,
      ),
    );
    scene.api.refuse(undefined);
    expect(await isInstalled()).toBe(true);
    expect(scene.api.functions.size).toBe(0);
    expect(scene.api.authConfig['hook_custom_access_token_enabled']).toBe(false);
  });

  it('continues there, and proves at the end that it works', async () => {
    const changed = await run();
    expect(changed).toEqual(['functions', 'Auth', 'Data API', 'first operator', 'first connection']);
    expect(output()).not.toContain('✗');
    expect(output()).toContain('✓ a delivery without a secret is refused');
    expect(output()).toMatch(/✓ the scheduler runs them\s+last run \d+ s ago/);
    expect(output()).toMatch(/mia@agency\.example is an operator; open this link/);
    expect(output()).toMatch(
      /npm run build -- --host <host> --api-url http\S+ --publishable-key sb_publishable_\w+/,
    );
    expect((await scene.webhooks(apiKey)).map((webhook) => webhook.target_hook_url)).toEqual([
      expect.stringContaining(`${scene.stack.functionsUrl}/instantly-webhook/`),
    ]);
  });

  it('left each setting as Replyloop needs it', async () => {
    expect(scene.api.authConfig).toMatchObject({
      hook_custom_access_token_enabled: true,
      hook_custom_access_token_uri: 'pg-functions://postgres/private/custom_access_token_hook',
      disable_signup: true,
      site_url: 'https://app.agency.example',
      mailer_otp_length: 10,
      mailer_otp_exp: 86_400,
    });
    expect(scene.api.dataApiConfig).toMatchObject({
      db_schema: 'public,worker',
      max_rows: 1000,
      db_pool: 16,
    });
    expect(
      await scene.sql(`select name, decrypted_secret as value from vault.decrypted_secrets order by name`),
    )
      .toEqual(expect.arrayContaining([
        { name: 'cron_secret_key', value: scene.stack.secretKeys.cron },
        { name: 'project_url', value: scene.stack.apiUrl },
      ]));
  });

  it('keeps a copy of the master key that only its owner reads', () => {
    const file = join(scene.folder, 'state', 'deploy', projectRef, 'provider-keys-master.json');
    expect(readFileSync(file, 'utf8').trim()).toBe(scene.api.secrets.get('PROVIDER_KEYS_MASTER'));
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('uploads of each function exactly the files that it imports', () => {
    const graph = importsOf(checkoutRoot, ['supabase/functions']);
    const closure = (entry: string) => {
      const found = new Set([entry]);
      for (const path of found) for (const target of graph.get(path) ?? []) found.add(target);
      return [...found, 'deno.json'].sort();
    };
    expect([...scene.api.uploads.keys()].sort()).toEqual(listFunctions().sort());
    for (const slug of listFunctions()) {
      expect([slug, scene.api.uploads.get(slug)]).toEqual([
        slug,
        closure(`supabase/functions/${slug}/index.ts`),
      ]);
    }
  });

  it('does nothing when it runs again', async () => {
    const before = scene.api.changes.length;
    expect(await run()).toEqual([]);
    expect(scene.api.changes.length).toBe(before);
    expect((await scene.webhooks(apiKey)).length).toBe(1);
  });
});

describe('the status', () => {
  it('is good after a deployment', async () => {
    lines = [];
    expect(await showStatus(scene.context(), write)).toBe(true);
    expect(output()).toMatch(/✓ release\s+0\.1\.0, the functions are those of this checkout/);
    expect(output()).toMatch(/✓ migrations\s+\d+ applied$/m);
    expect(output()).toMatch(
      /✓ connection\s+"Main workspace" at instantly: active; webhook active; last sync never/,
    );
  });

  it('names what is missing', async () => {
    await scene.sql(`update cron.job set active = false where jobname = 'replyloop: hourly sync'`);
    scene.api.authConfig['hook_custom_access_token_enabled'] = false;
    lines = [];
    expect(await showStatus(scene.context(), write)).toBe(false);
    expect(output()).toMatch(/✗ cron jobs\s+\d+ of \d+; missing: replyloop: hourly sync/);
    expect(output()).toContain('✗ access token hook    off: people who sign in see nothing');
    await scene.sql(`update cron.job set active = true`);
    scene.api.authConfig['hook_custom_access_token_enabled'] = true;
  });
});

describe('an upgrade', () => {
  let next: string;

  beforeAll(() => {
    next = copyCheckout(join(scene.folder, 'next'));
    const added = join(next, 'supabase', 'migrations', '20270101000000_note.sql');
    writeFileSync(added, 'create table private.release_note (id integer primary key);');
    const health = join(next, 'supabase', 'functions', 'health', 'index.ts');
    writeFileSync(health, `${readFileSync(health, 'utf8')}\n// Newer.\n`);
  });

  it('says first what it would change', async () => {
    lines = [];
    const changed = await upgrade(scene.context({}, next), { isDryRun: true, write });
    expect(changed).toEqual(['link', 'migrations', 'functions']);
    expect(output()).toMatch(/1 new migrations; \d jobs run/);
    expect(output()).toMatch(/→ migrations\s+note/);
  });

  it('does not begin where a cron job fails already', async () => {
    await scene.sql(
      `insert into cron.job_run_details (jobid, command, status, return_message, start_time, end_time)
       select jobid, command, 'failed', 'out of order', now(), now() from cron.job where jobname = 'replyloop: watch goals'`,
    );
    await expect(upgrade(scene.context({}, next), { isDryRun: false, write })).rejects.toThrow(
      '"replyloop: watch goals" fails: out of order',
    );
    await scene.sql(`delete from cron.job_run_details where return_message = 'out of order'`);
  });

  it('applies the new migrations and replaces the functions', async () => {
    lines = [];
    await upgrade(scene.context({}, next), { isDryRun: false, write });
    expect(await scene.sql('select count(*)::int as notes from private.release_note')).toEqual([{
      notes: 0,
    }]);
    expect(scene.api.functions.get('health')?.version).toBe(2);
  });

  it('is not undone by an older checkout', async () => {
    lines = [];
    expect(await showStatus(scene.context(), write)).toBe(false);
    expect(output()).toContain('unknown here: 20270101000000');
    await expect(run()).rejects.toThrow(
      /migrations that this checkout does not have \(20270101000000\): it is newer/,
    );
  });
});

describe('uninstalling', () => {
  const remove = (isDryRun: boolean) => {
    lines = [];
    const next = join(scene.folder, 'next');
    return uninstall({ ...scene.context({}, next), types: readPublicTypes(next) }, { isDryRun, write });
  };

  it('says first what would go and what would stay', async () => {
    const before = scene.api.changes.length;
    expect(await remove(true)).toEqual([
      'webhooks',
      'cron jobs',
      'Auth',
      'Data API',
      'functions',
      'secrets',
      'database',
    ]);
    expect(output()).toContain('key and webhooks of "Main workspace" at the provider');
    expect(output()).toContain('1 accounts in Auth');
    expect(scene.api.changes.length).toBe(before);
    expect(await isInstalled()).toBe(true);
  });

  it('leaves the data where something of somebody else needs it, and names that', async () => {
    await scene.sql('create schema theirs; create view theirs.mine as select id from public.clients');
    await expect(remove(false)).rejects.toThrow(/The step "database" failed: .*theirs\.mine/);
    expect(await isInstalled()).toBe(true);
    // What works outside of the database is gone already.
    expect(await scene.webhooks(apiKey)).toEqual([]);
    expect(scene.api.functions.size).toBe(0);
    await scene.sql(
      'drop view theirs.mine; create table theirs.notes (client uuid references public.clients)',
    );
    await expect(remove(false)).rejects.toThrow(/notes_client_fkey of theirs\.notes/);
    expect(await isInstalled()).toBe(true);
    await scene.sql('drop schema theirs cascade');
  });

  it('takes the rest when it runs again, and leaves a database as the platform gives it', async () => {
    expect(await remove(false)).toEqual(['database']);
    expect([...scene.api.secrets.keys()]).toEqual([]);
    expect(scene.api.authConfig['hook_custom_access_token_enabled']).toBe(false);
    expect(scene.api.dataApiConfig['db_schema']).toBe('public');
    const empty = 'deploy_comparison';
    await createDatabase(scene.postgres, empty);
    try {
      expect(await catalogueOf(scene.databaseUrl)).toEqual(
        await catalogueOf(scene.postgres.adminUrl(empty)),
      );
    } finally {
      await dropDatabase(scene.postgres, empty);
    }
    expect(await remove(false)).toEqual([]);
  });
});

/** Schemas, relations, functions, types, policies, triggers, cron jobs and Vault's names, but the platform's own migration history. */
async function catalogueOf(databaseUrl: string): Promise<string[]> {
  return await withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ item: string }>(`
      with schemas as (
        select oid, nspname from pg_namespace
        where nspname not like 'pg\\_%' and nspname not in ('information_schema', 'supabase_migrations')
      )
      select 'schema ' || nspname as item from schemas
      union all select c.relkind::text || ' ' || c.oid::regclass from pg_class as c join schemas as s on s.oid = c.relnamespace
      union all select 'function ' || p.oid::regprocedure from pg_proc as p join schemas as s on s.oid = p.pronamespace
      union all select 'type ' || t.oid::regtype from pg_type as t join schemas as s on s.oid = t.typnamespace
      union all select 'policy ' || polname from pg_policy
      union all select 'trigger ' || tgname from pg_trigger where not tgisinternal
      union all select 'job ' || jobname from cron.job
      union all select 'secret ' || name from vault.secrets where name <> 'allow_private_endpoints'
      order by item`);
    return rows.map(({ item }) => item);
  });
}
