// What docs/api*.md and docs/operations.md post with curl is accepted by the functions, run by bash as it is printed; and the
// snippets that need more of them than docs.test.ts starts.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { createClient } from '@supabase/supabase-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Fence, fences, pages, readPage, root, runSnippet } from '../support/docs.ts';
import { type Client, type Project, startProject, type TestConnection } from '../support/project.ts';

const execute = promisify(execFile);
// The ids that the pages use: those of the demo.
const clientId = 'c0000000-0000-4000-8000-000000000001';
const campaignId = 'e0000000-0000-4000-8000-000000000001';
const calls = pages.flatMap((page) => fences(page)).filter(({ language, code, page }) =>
  language === 'sh' && code.includes('curl') && page !== 'docs/guide-developer.md'
);
let project: Project;
let person: { email: string; password: string };
let connection: TestConnection;
let operator: Client;

beforeAll(async () => {
  project = await startProject({
    functions: [
      'campaign',
      'export-campaign',
      'import-leads',
      'instantly-webhook',
      'people',
      'personal-data',
      'provider-connection',
      'sync-client',
    ],
  });
  await project.sql(`insert into public.clients (id, name) values ($1, 'Lakeside')`, [clientId]);
  connection = await project.createConnection(clientId);
  await project.createCampaign(clientId, connection.id, { id: campaignId, name: 'Autumn' });
  await project.addBusinesses(clientId, campaignId, [{ email: 'a@shop.test' }]);
  const { body } = await project.invoke('export-campaign', { campaign_id: campaignId });
  await project.jobEnded(String(body['job_id']));
  person = await project.createUser('client', clientId);
  operator = await project.signIn(await project.createUser('operator', null));
});
afterAll(() => project?.stop());

/** A key of a workspace that no connection has. */
function newKey(): string {
  const key = randomBytes(16).toString('base64');
  project.simulator.createWorkspace({ keys: [key], accounts: ['new@outreach.test'], labels: [] });
  return key;
}

/** Runs a block as a reader does who has filled in the blanks; each call has to be answered with a success. */
async function run(block: Fence, blanks: Record<string, string>): Promise<string> {
  let code = block.code;
  for (const [blank, value] of Object.entries(blanks)) code = code.replaceAll(blank, value);
  expect(code).not.toMatch(/<[a-z]/);
  const script = `curl() { command curl --silent --show-error --fail-with-body "$@"; }\n${code}`;
  const { stdout } = await execute('bash', ['-euo', 'pipefail', '-c', script], {
    env: {
      ...process.env,
      FUNCTIONS_URL: project.stack.functionsUrl,
      SECRET_KEY: project.stack.secretKeys.default,
      CONNECTION_ID: connection.id,
      WEBHOOK_SECRET: connection.secret,
    },
  }).catch((error: { stdout: string; stderr: string }) => {
    throw new Error(`${block.page}:${block.line} fails: ${error.stdout} ${error.stderr}`);
  });
  return stdout;
}

describe('the calls of the pages', () => {
  it.each(calls.map((block) => [`${block.page}:${block.line}`, block] as const))(
    '%s is accepted',
    async (_, block) => {
      const importId = await startImport();
      const answer = await run(block, {
        '"import_id":"…"': `"import_id":"${importId}"`,
        '"api_key":"…"': `"api_key":"${newKey()}"`,
        '<Instantly API key>': newKey(),
        '<workspace name>': 'Another workspace',
        '<client id or null>': clientId,
        '<connection id>': connection.id,
        'https://<project ref>.supabase.co': project.stack.apiUrl,
        '<publishable key>': project.stack.publishableKey,
        'anna@lakeside.example': person.email,
        '"password":"…"': `"password":"${person.password}"`,
      });
      expect(answer).toMatch(block.page === 'docs/mcp.md' ? /^ey[\w-]+\.[\w-]+\.[\w-]+\n$/ : /^\{/);
    },
  );

  it('are found', () => {
    expect(calls.length).toBeGreaterThan(8);
  });
});

/** An import that waits for its first part. */
async function startImport(): Promise<string> {
  const { body } = await project.invoke('import-leads', {
    action: 'start',
    campaign_id: campaignId,
    file_name: 'list.csv',
    list_is_verified: true,
    columns: ['Email', 'Company', 'Team size'].map((header, index) => ({
      header,
      target: ['email', 'name', 'variable'][index],
    })),
  });
  return String(body['import_id']);
}

describe('the commands of the Supabase CLI', () => {
  const uses = pages.flatMap((page) =>
    [...readPage(page).matchAll(/npx supabase ([a-z]+(?: [a-z]+)?)([^`\n|&]*)/g)].map((
      [, command = '', rest = ''],
    ) => ({
      page,
      command,
      options: [...rest.matchAll(/ (--[a-z][\w-]*)/g)].map(([, option = '']) => option),
    }))
  );

  it.each([...new Set(uses.map(({ command }) => command))])(
    '%s exists, with the options that the pages give it',
    async (command) => {
      const { stdout } = await execute(join(root, 'node_modules/.bin/supabase'), [
        ...command.split(' '),
        '--help',
      ], {
        env: { ...process.env, SUPABASE_EXPERIMENTAL_STACK: '1' },
      });
      expect(stdout).toContain(`supabase ${command} `);
      const given = uses.filter((use) => use.command === command).flatMap(({ options }) => options);
      expect(given.filter((option) => !new RegExp(`^ +${option}\\b`, 'm').test(stdout))).toEqual([]);
    },
  );
});

describe('the snippets', () => {
  it('sign_in: a session with the role', async () => {
    const data = await runSnippet('sign_in', null, {
      createClient,
      projectUrl: project.stack.apiUrl,
      publishableKey: project.stack.publishableKey,
      ...person,
    });
    expect(data).toMatchObject({ user: { email: person.email } });
  });

  it('create_campaign: with the settings', async () => {
    const made = await runSnippet('create_campaign', operator, { clientId, connectionId: connection.id });
    expect(made).toMatchObject({ name: 'Bakeries in Utrecht' });
    expect(
      await project.sql('select daily_limit, holiday_countries from public.campaigns where name = $1', [
        'Bakeries in Utrecht',
      ]),
    ).toEqual([{ daily_limit: 40, holiday_countries: ['NL'] }]);
  });

  it('list_leads: every lead in that state, over several pages', async () => {
    await project.sql(
      `insert into public.synced_leads (client_id, campaign_id, email, replied_at, sent_at, reply_count_observed)
       select $1, $2, 'lead' || n || '@lead.test', now(), now(), 1 from generate_series(1, 230) as n`,
      [clientId, campaignId],
    );
    const rows = await runSnippet('list_leads', operator, { clientId });
    expect(new Set(rows.map((row) => row['email'])).size).toBe(230);
    expect(rows).toHaveLength(230);
  });

  it('personal_data and operator_erasures: what is held of a person, and the report of an erasure', async () => {
    await project.sql(
      `insert into public.synced_leads (client_id, campaign_id, email) values ($1, $2, 'jane@fjordpak.example')`,
      [clientId, campaignId],
    );
    expect(await runSnippet('personal_data', operator)).toMatchObject({ tables: { synced_leads: 1 } });
    const { body } = await project.invoke('personal-data', {
      action: 'erase',
      email: 'jane@fjordpak.example',
      client_id: null,
    });
    const jobId = String(body['job_id']);
    await project.jobEnded(jobId);
    expect(await runSnippet('operator_erasures', operator, { jobId })).toMatchObject({
      erasure_id: jobId,
      client_id: null,
    });
  });
});
