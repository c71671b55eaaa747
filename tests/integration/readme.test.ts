// What the README and the guide for developers print runs as it is printed, on the Node that runs this suite.
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeBlocks, programs, readPage, root } from '../support/docs.ts';
import { type Project, startProject, type Tenant, type TestConnection } from '../support/project.ts';

const execute = promisify(execFile);
const providerCampaignId = randomUUID();
let project: Project;
let tenant: Tenant;
let connection: TestConnection;
let folder: string;

beforeAll(async () => {
  project = await startProject({ functions: ['instantly-webhook'], simulator: false });
  tenant = await project.createTenant('Lakeside');
  connection = await project.createConnection(tenant.clientId);
  const campaign = await project.createCampaign(tenant.clientId, connection.id, { name: 'Gelderland' });
  await project.sql('select private.map_provider_campaign($1, $2, $3)', [
    connection.id,
    providerCampaignId,
    campaign,
  ]);
  mkdirSync(join(root, '.replyloop'), { recursive: true });
  // Inside of the checkout, whose packages the example imports.
  folder = mkdtempSync(join(root, '.replyloop', 'readme-'));
});
afterAll(async () => {
  await project.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** What `npm run status -- -o env` says of a running demo. */
const environment = () => ({
  API_URL: project.stack.apiUrl,
  PUBLISHABLE_KEY: project.stack.publishableKey,
  CLIENT_EMAIL: tenant.email,
  CLIENT_PASSWORD: tenant.password,
  INSTANTLY_WEBHOOK_URL: connection.webhookUrl,
  INSTANTLY_WEBHOOK_HEADER: 'x-webhook-secret',
  INSTANTLY_WEBHOOK_SECRET: connection.secret,
  INSTANTLY_CAMPAIGN_ID: providerCampaignId,
});

describe('docs/guide-developer.md', () => {
  it('has a delivery to post, which is a fact of a campaign that exists, and once', async () => {
    const block =
      codeBlocks(readPage('docs/guide-developer.md'), 'sh').find((code) => code.includes('curl')) ?? '';
    const post = block.slice(block.indexOf('cat >'), block.indexOf('# {"received"'));
    const first = await execute('bash', ['-euc', post], {
      cwd: folder,
      env: { ...process.env, ...environment() },
    });
    expect(first.stdout).toBe(/^# (\{"received".*\})$/m.exec(block)?.[1]);
    const again = post.slice(post.indexOf('curl'));
    const second = await execute('bash', ['-euc', again], {
      cwd: folder,
      env: { ...process.env, ...environment() },
    });
    expect(JSON.parse(second.stdout)).toEqual({ received: 1, stored: 0, duplicate: 1 });
    await project.project();
    expect(JSON.parse(readFileSync(join(folder, 'reply.json'), 'utf8'))).toMatchObject({
      campaign_id: providerCampaignId,
    });
    expect(await project.sql('select name from public.campaigns')).toEqual([{ name: 'Gelderland' }]);
    expect(await project.sql('select type, email from public.email_events')).toEqual([
      { type: 'reply_received', email: 'info@dental-care-1.test' },
    ]);
  });
});

describe('README.md', () => {
  it('has a program that reads a client\u2019s numbers', async () => {
    const name = 'overview.mjs';
    const code = programs().find((program) => program.name === name)?.code ?? '';
    writeFileSync(join(folder, name), code);
    const values = Object.entries(environment()).map(([name, value]) => `${name}="${value}"`);
    writeFileSync(join(folder, '.env.demo'), values.join('\n'));
    const { stdout } = await execute(process.execPath, ['--env-file=.env.demo', name], {
      cwd: folder,
    });
    expect(stdout).toMatch(/^Lakeside: \d+ sent, 1 replied, 0 positive\nnumbers are \d+ seconds old\n$/);
  });
});
