// The programs of docs/guide-developer.md run as they are printed there, saved into a folder, on the Node that runs this suite.
import { execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../local/shared/ports.ts';
import { programs, root, runSnippet } from '../support/docs.ts';
import { type Client, type Project, startProject, type Tenant } from '../support/project.ts';

const execute = promisify(execFile);
let project: Project;
let tenant: Tenant;
let client: Client;
let campaignId: string;
let folder: string;
let environment: Record<string, string>;

beforeAll(async () => {
  project = await startProject({ functions: ['export-campaign', 'mcp', 'outgoing'] });
  tenant = await project.createTenant('Lakeside');
  const connection = await project.createConnection(tenant.clientId);
  campaignId = await project.createCampaign(tenant.clientId, connection.id, { name: 'Autumn' });
  await project.addBusinesses(tenant.clientId, campaignId, [{ email: 'a@shop.test' }, { email: null }]);
  client = await project.signIn(tenant);
  environment = {
    API_URL: project.stack.apiUrl,
    FUNCTIONS_URL: project.stack.functionsUrl,
    PUBLISHABLE_KEY: project.stack.publishableKey,
    CLIENT_EMAIL: tenant.email,
    CLIENT_PASSWORD: tenant.password,
  };
  mkdirSync(join(root, '.replyloop'), { recursive: true });
  // Inside of the checkout, whose packages the programs import.
  folder = mkdtempSync(join(root, '.replyloop', 'guide-'));
  for (const { name, code } of programs()) writeFileSync(join(folder, name), code);
  writeFileSync(
    join(folder, '.env.demo'),
    Object.entries(environment).map(([name, value]) => `${name}="${value}"`).join('\n'),
  );
});
afterAll(async () => {
  await project?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

const runProgram = (name: string) =>
  execute(process.execPath, ['--env-file=.env.demo', name], { cwd: folder, timeout: 30_000 });

describe('docs/guide-developer.md', () => {
  it('signs in and knows the role', async () => {
    expect((await runProgram('sign-in.mjs')).stdout).toBe('signed in as client\n');
  });

  it('reads campaigns and a month', async () => {
    expect(await runSnippet('developer_campaigns', client)).toMatchObject([
      { campaign_id: campaignId, name: 'Autumn', reply_rate: null, enough_signal: false },
    ]);
    expect(await runSnippet('developer_month', client)).toMatchObject([{ client_name: 'Lakeside', sent: 0 }]);
  });

  it('calls a function, and has the code of an error', async () => {
    expect(await runSnippet('developer_dry_run', client, { campaignId })).toMatchObject({
      dry_run: true,
      total: 2,
      to_send: 1,
      reasons: { no_email: 1 },
    });
    const other = await project.createTenant('Harbour');
    const foreign = await project.createCampaign(other.clientId, null);
    await expect(runSnippet('developer_dry_run', client, { campaignId: foreign })).rejects.toThrow(
      /^NOT_FOUND: /,
    );
  });

  it('hears of a change, and of nothing else', async () => {
    type Follow = (
      supabase: Client,
      read: (kind: string, clientId: string) => void,
      signal: AbortSignal,
      seconds: number,
    ) => Promise<void>;
    const { follow } = await import(join(folder, 'follow.mjs')) as { follow: Follow };
    const end = new AbortController();
    const heard: string[] = [];
    const following = follow(
      client,
      (kind, clientId) => {
        heard.push(`${kind} ${clientId}`);
      },
      end.signal,
      0.05,
    );
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(heard).toEqual([]);
    const { error } = await client.functions.invoke('export-campaign', { body: { campaign_id: campaignId } });
    expect(error).toBeNull();
    await project.eventually(() => Promise.resolve(heard.length > 0), 'the export is heard of');
    end.abort();
    await following;
    expect(heard).toContain(`jobs ${tenant.clientId}`);
    expect(heard.filter((change) => !change.endsWith(tenant.clientId))).toEqual([]);
  });

  it('receives a signed event, once, and refuses one without a signature', async () => {
    const operator = await project.signIn(await project.createUser('operator', null));
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const outgoing = async (body: Record<string, unknown>) => {
      const { data, error } = await operator.functions.invoke('outgoing', { body });
      if (error) throw error;
      return data as Record<string, unknown>;
    };
    const added = await outgoing({
      action: 'add',
      client_id: null,
      name: 'Guide',
      url,
      events: ['reply.positive'],
    });
    const endpointId = (added['endpoint'] as { id: string }).id;
    const receiver = spawn(process.execPath, ['receiver.mjs'], {
      cwd: folder,
      env: { ...process.env, PORT: String(port), ENDPOINT_SECRET: String(added['secret']) },
    });
    let printed = '';
    for (const stream of [receiver.stdout, receiver.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (printed += text));
    }
    try {
      await project.eventually(
        () => fetch(url, { method: 'POST', body: '{}' }).then(({ status }) => status === 401, () => false),
        'the receiver refuses what is not signed',
      );
      const sent = await outgoing({ action: 'test', endpoint_id: endpointId });
      expect(sent).toMatchObject({ delivered: true, status: 204 });
      await outgoing({ action: 'replay', endpoint_id: endpointId, event_id: sent['event_id'] });
      await project.invoke('outgoing', { action: 'send' });
      await project.eventually(
        async () =>
          (await project.sql(
            `select from public.outgoing_log
             where endpoint_id = $1 and state = 'delivered' and last_attempt_at > wanted_at`,
            [endpointId],
          )).length === 1,
        'the event is delivered a second time',
      );
      expect(printed).toBe('test \n');
    } finally {
      receiver.kill();
    }
  });

  it('asks as an assistant', async () => {
    const { stdout } = await runProgram('ask.mjs');
    expect(stdout).toContain('Lakeside');
  });
});
