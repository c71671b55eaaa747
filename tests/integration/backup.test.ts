// A backup of a working project, restored into a new one: pg_dump itself over a real connection, then everything continues there.
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backup, type Manifest } from '../../local/deploy/backup/backup.ts';
import { restore } from '../../local/deploy/backup/restore.ts';
import { createContext } from '../../local/deploy/context.ts';
import { checkoutRoot } from '../../local/shared/checkout.ts';
import {
  accessToken,
  type ManagementApi,
  projectRef,
  startManagementApi,
} from '../support/management-api.ts';
import { type Project, startProject, type Tenant } from '../support/project.ts';
import { providerApi } from '../support/provider-api.ts';

const apiKey = 'key-of-the-workspace';
const functions = ['instantly-webhook', 'provider-connection', 'sync-client'];
let source: Project;
let target: Project;
let api: ManagementApi;
let folder: string;
let manifest: Manifest;
let tenant: Tenant;
let connectionId: string;
let campaignId: string;
let lines: string[] = [];

const write = (line: string) => void lines.push(stripVTControlCharacters(line));
const address = (project: Project) => ({ url: new URL(project.stack.dbUrl), ca: undefined });
const webhooks = async () =>
  (await providerApi(source.simulator.url, apiKey).get('webhooks?limit=100'))['items'] as {
    target_hook_url: string;
    headers: Record<string, string>;
  }[];

function restoreFrom(from: string, { isTakeOver = false, isDryRun = false } = {}): Promise<string[]> {
  lines = [];
  const profile = join(folder, 'profile.json');
  writeFileSync(profile, JSON.stringify({ api_url: api.url, project_host: 'localhost' }));
  const context = createContext({
    ref: projectRef,
    directory: checkoutRoot,
    stateDirectory: folder,
    environment: {
      SUPABASE_ACCESS_TOKEN: accessToken,
      SUPABASE_PROFILE: profile,
      PROJECT_URL: target.stack.apiUrl,
    },
  });
  return restore({ ...context, address: address(target), folder: from, isTakeOver }, { isDryRun, write });
}

/** What a client reads, with its own sign-in. */
async function overview(project: Project): Promise<unknown> {
  const client = await project.signIn(tenant);
  const { data } = await client.from('client_overview').select('client_name, sent, replied, unique_replies');
  const { data: leads } = await client.from('synced_leads').select('email, lead_status').order('email');
  return { data, leads };
}

/** A delivery of Instantly, sent to where the provider has our webhook. */
async function deliver(type: string, email: string, day: string): Promise<unknown> {
  const [webhook] = await webhooks();
  const answer = await fetch(webhook?.target_hook_url ?? '', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...webhook?.headers },
    body: JSON.stringify({
      event_type: type,
      timestamp: `${day}T10:00:00.000Z`,
      campaign_id: campaignId,
      lead_email: email,
      reply_text: "It's fine; tell me 'more'\n-- Kim",
    }),
  });
  expect(answer.status).toBe(200);
  return await answer.json();
}

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
const activeJobs = async () =>
  (await target.one<{ jobs: number }>('select count(*)::int as jobs from cron.job where active')).jobs;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'replyloop-backup-'));
  source = await startProject({ functions });
  target = await startProject({
    functions,
    simulator: false,
    environment: {
      PROVIDER_KEYS_MASTER: JSON.stringify(source.masterKeys),
      INSTANTLY_API_URL: source.simulator.url,
    },
  });
  api = await startManagementApi({ keys: target.stack.keys, databaseUrl: target.stack.dbUrl });

  tenant = await source.createTenant('Lakeside');
  source.simulator.createWorkspace({ keys: [apiKey], accounts: ['mia@outreach.test'] });
  const saved = await source.invoke('provider-connection', {
    action: 'save',
    client_id: tenant.clientId,
    name: 'Main workspace',
    api_key: apiKey,
  });
  connectionId = String(saved.body['connection_id']);
  campaignId = '0f8fad5b-d9cb-469f-a165-70867728950e';
  await source.one('select worker.record_provider_campaigns($1, $2)', [
    connectionId,
    JSON.stringify([{ provider_campaign_id: campaignId, name: 'Spring' }]),
  ]);
  for (const email of ['kim@lead.test', 'lee@lead.test']) await deliver('email_sent', email, daysAgo(100));
  await deliver('reply_received', 'kim@lead.test', daysAgo(2));
  await source.project();
  await source.sql(`select vault.create_secret('salt of the erasures', 'erasure_salt')`);
  // A sync whose worker died with the project.
  await source.sql(
    `insert into private.jobs (kind, status, connection_id, client_id, lease_token, lease_until, started_at, deadline_at)
     values ('sync', 'running', $1, $2, gen_random_uuid(), now() - interval '1 minute', now(), now() + interval '3 hours')`,
    [connectionId, tenant.clientId],
  );
});
afterAll(async () => {
  await api.stop();
  await target.stop();
  await source.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('a backup', () => {
  it('has every row of one moment, in files that only their owner reads', async () => {
    lines = [];
    const to = join(folder, 'backup');
    manifest = await backup(address(source), { ref: 'source', version: '0.1.0', folder: to, write });
    expect(manifest.rows).toMatchObject({ 'public.clients': 1, 'public.email_events': 3, 'auth.users': 1 });
    expect(manifest.first_event).toBe(daysAgo(100));
    expect(lines[0]).toMatch(/holds \d+ rows of \d+ tables and 1 Vault secrets/);
    for (const name of ['backup.json', 'accounts.sql', 'data.sql', 'vault.json']) {
      expect([name, statSync(join(to, name)).mode & 0o777]).toEqual([name, 0o600]);
    }
  });

  it('holds no provider key in clear', () => {
    for (const name of ['backup.json', 'accounts.sql', 'data.sql', 'vault.json']) {
      expect(readFileSync(join(folder, 'backup', name), 'utf8')).not.toContain(apiKey);
    }
  });
});

describe('restoring', () => {
  it('says first what it would do', async () => {
    expect(await restoreFrom(join(folder, 'backup'), { isDryRun: true })).toEqual(['cron jobs off', 'data']);
    expect(lines.join('\n')).toMatch(/→ data\s+\d+ rows of "source", made 20/);
    expect(await target.sql('select from public.clients')).toEqual([]);
  });

  it('restores nothing from a damaged backup, and names what is missing', async () => {
    const damaged = join(folder, 'damaged');
    cpSync(join(folder, 'backup'), damaged, { recursive: true });
    const file = join(damaged, 'data.sql');
    const sql = readFileSync(file, 'utf8').replace(/INSERT INTO public\.synced_leads [\s\S]*?;\n\n/, '');
    writeFileSync(file, sql);
    await expect(restoreFrom(damaged)).rejects.toThrow(
      /not complete, and nothing was restored: public\.synced_leads has 0 of 2 rows/,
    );
    expect(await target.sql('select from public.clients')).toEqual([]);
  });

  it('brings back what people see, and calls nothing', async () => {
    expect(await restoreFrom(join(folder, 'backup'))).toEqual(['data']);
    expect(await overview(target)).toEqual(await overview(source));
    expect(await activeJobs()).toBe(0);
    expect((await webhooks())[0]?.target_hook_url).toContain(source.stack.apiUrl);
    const text = 'select body_text, snippet from public.messages order by occurred_at';
    expect(await target.sql(text)).toEqual(await source.sql(text));
    // Each month has its partition, and the sequences are where they were.
    expect(await target.sql('select from private.email_events_default')).toEqual([]);
    const sequences =
      `select sequencename, last_value from pg_sequences where schemaname in ('public', 'private')
         and sequencename <> 'pending_changes_id_seq' order by 1`;
    expect(await target.sql(sequences)).toEqual(await source.sql(sequences));
  });

  it('does nothing when it runs again, and refuses another backup', async () => {
    expect(await restoreFrom(join(folder, 'backup'))).toEqual([]);
    const other = join(folder, 'other');
    cpSync(join(folder, 'backup'), other, { recursive: true });
    writeFileSync(
      join(other, 'backup.json'),
      JSON.stringify({ ...manifest, made_at: '2026-01-01T00:00:00.000Z' }),
    );
    await expect(restoreFrom(other)).rejects.toThrow(/has 1 clients, 1 connections and 1 accounts already/);
  });

  it('takes over when told: keys, webhooks, jobs and what Vault holds work in the new project', async () => {
    expect(await restoreFrom(join(folder, 'backup'), { isTakeOver: true })).toEqual([
      'webhooks',
      'cron jobs on',
    ]);
    expect((await webhooks()).map(({ target_hook_url }) => target_hook_url)).toEqual([
      `${target.stack.functionsUrl}/instantly-webhook/${connectionId}`,
    ]);
    expect(await activeJobs()).toBeGreaterThan(15);
    expect(await target.invoke('provider-connection', { action: 'test', connection_id: connectionId }))
      .toMatchObject({ status: 200 });
    expect(
      await target.sql(
        `select decrypted_secret as salt from vault.decrypted_secrets where name = 'erasure_salt'`,
      ),
    )
      .toEqual([{ salt: 'salt of the erasures' }]);
    const { id } = await target.one<{ id: string }>('select id from private.jobs');
    await target.invoke('sync-client', { job_id: id });
    expect(await target.jobEnded(id)).toMatchObject({ status: 'completed' });
  });

  it('counts what was there already as a duplicate, and what is new once', async () => {
    expect(await deliver('reply_received', 'kim@lead.test', daysAgo(2))).toMatchObject({
      stored: 0,
      duplicate: 1,
    });
    expect(await deliver('reply_received', 'lee@lead.test', daysAgo(1))).toMatchObject({
      stored: 1,
      duplicate: 0,
    });
    await target.project();
    const replies = `select count(*)::int as replies from public.email_events where type = 'reply_received'`;
    expect(await target.sql(replies)).toEqual([{ replies: 2 }]);
    expect(await restoreFrom(join(folder, 'backup'), { isTakeOver: true })).toEqual([]);
  });
});
