// Every secret that is used once, and then looked for: in each row of each table of each schema, in the code of functions and views, in
// the queue and the answers of pg_net, and in the logs.
import { randomBytes } from 'node:crypto';
import { Buffer } from 'node:buffer';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startHubSpotSimulator } from '../../simulators/hubspot/simulator.ts';
import { temporaryDirectory } from '../../local/shared/unprivileged.ts';
import { settings as crmSettings } from '../support/crm-scene.ts';
import { delivery } from '../support/deliveries.ts';
import { type Project, startProject, type Tenant } from '../support/project.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { sampleReport } from '../support/sample-report.ts';
import { smartleadDelivery } from '../support/smartlead-deliveries.ts';

let project: Project;
let tenant: Tenant;
let receiver: Receiver;
let hubspot: Awaited<ReturnType<typeof startHubSpotSimulator>>;
/** Name → the secret itself. */
const secrets = new Map<string, string>();
const made = (name: string, prefix = '') => {
  const secret = `${prefix}${randomBytes(18).toString('hex')}`;
  secrets.set(name, secret);
  return secret;
};

beforeAll(async () => {
  receiver = await startReceiver();
  const token = made('HubSpot token', 'pat-eu1-');
  hubspot = await startHubSpotSimulator({ portals: [{ id: 4_711, tokens: [token] }] });
  project = await startProject({
    functions: [
      ...['provider-connection', 'instantly-webhook', 'smartlead-webhook', 'sync-client', 'outgoing', 'crm'],
      ...['reply-model', 'people', 'shared-report'],
    ],
    smartlead: {},
    scheduler: { cron: false, netPause: 20 },
    environment: { HUBSPOT_API_URL: hubspot.url },
  });
  tenant = await project.createTenant('Lakeside');
});
afterAll(async () => {
  await project.stop();
  await receiver.stop();
  await hubspot.stop();
});

const call = async (name: string, body: Record<string, unknown>) => {
  const answer = await project.invoke(name, body);
  expect(answer.status, `${name} ${JSON.stringify(answer.body)}`).toBeLessThan(300);
  return answer.body;
};

/** Keys of providers, secrets of webhooks, right and wrong ones, and a sync. */
async function useProviders(): Promise<void> {
  for (const provider of ['instantly', 'smartlead'] as const) {
    const key = made(`${provider} key`);
    project[provider === 'instantly' ? 'simulator' : 'smartlead'].createWorkspace({
      keys: [key],
      accounts: ['mia@outreach.test'],
      ...(provider === 'smartlead' ? { clients: ['Lakeside'] } : {}),
    });
    const saved = await call('provider-connection', {
      action: 'save',
      provider,
      client_id: tenant.clientId,
      api_key: key,
    });
    const id = String(saved['connection_id']);
    await project.invoke('provider-connection', {
      action: 'save',
      provider,
      client_id: null,
      api_key: made(`${provider} wrong key`),
    });
    const chosen = made(`${provider} webhook secret`);
    if (provider === 'smartlead') {
      await call('provider-connection', {
        action: 'save_provider_secret',
        connection_id: id,
        secret: chosen,
        use: 'body',
      });
    }
    const post = (body: unknown, headers: Record<string, string> = {}) =>
      fetch(`${project.stack.functionsUrl}/${provider}-webhook/${id}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
    if (provider === 'smartlead') {
      const answer = await post(smartleadDelivery('EMAIL_SENT', { secret_key: chosen }));
      expect(answer.status).toBe(200);
      await answer.text();
    } else {
      await project.sql(
        'insert into private.webhook_secrets (connection_id, digest) values ($1, sha256($2))',
        [
          id,
          Buffer.from(chosen),
        ],
      );
      const odd = { ...delivery('email_sent'), api_key: key, note: `https://x.test/?token=${chosen}` };
      const answer = await post(odd, { 'x-webhook-secret': chosen });
      expect(answer.status).toBe(200);
      await answer.text();
    }
    await (await post({}, { 'x-webhook-secret': made(`${provider} wrong webhook secret`) })).text();
    await call('sync-client', { connection_id: id });
    await project.eventually(async () => {
      const { n } = await project.one<{ n: number }>(
        `select count(*)::int as n from private.jobs where connection_id = $1 and status in ('completed', 'partial', 'failed')`,
        [id],
      );
      return n > 0;
    }, 'the sync has ended');
  }
}

/** What leaves: endpoints with old and new signatures, mails, the language model, the CRM. */
async function useEndpoints(): Promise<void> {
  const added = await call('outgoing', {
    action: 'add',
    client_id: null,
    name: 'Receiver',
    url: `${receiver.url}/hook`,
    events: ['reply.positive'],
  });
  const id = (added['endpoint'] as { id: string }).id;
  secrets.set('signing secret', String(added['secret']).replace('whsec_', ''));
  const rotated = await call('outgoing', { action: 'rotate_secret', endpoint_id: id });
  secrets.set('next signing secret', String(rotated['secret']).replace('whsec_', ''));
  receiver.answer((response) => response.writeHead(500).end('no'));
  await call('outgoing', { action: 'test', endpoint_id: id });
  await call('outgoing', {
    action: 'save_mail',
    sender_address: 'news@north.test',
    base_url: receiver.url,
    api_key: made('mail key', 're_'),
    dashboard_url: 'https://dashboard.north.test',
  });
  await call('outgoing', { action: 'test_mail', to: 'somebody@north.test' });
  const model = { base_url: `${receiver.url}/v1`, model: 'm', daily_requests: 5, is_on: true };
  await call('reply-model', { action: 'save', ...model, api_key: made('model key', 'sk-') });
  await project.invoke('reply-model', { action: 'test' });
  await project.invoke('crm', { action: 'look', token: made('wrong HubSpot token', 'pat-eu1-') });
  await call('crm', {
    action: 'connect',
    client_id: null,
    token: secrets.get('HubSpot token'),
    ...crmSettings,
  });
  await call('provider-connection', { action: 'reencrypt' });
}

/** People: an invitation, a sign-in, a share link that was opened with right and wrong passwords. */
async function usePeople(): Promise<void> {
  const { email, password } = await project.createUser('operator', null);
  secrets.set('password', password);
  const operator = await project.signIn({ email, password });
  secrets.set('access token', (await operator.auth.getSession()).data.session?.access_token ?? '');
  const invited = await call('people', {
    action: 'invite',
    email: 'ann@lakeside.test',
    role: 'client',
    client_id: tenant.clientId,
    send: 'link',
  });
  const link = new URL(String(invited['link']));
  secrets.set(
    'invitation',
    new URLSearchParams(link.search + link.hash.replace('#', '&')).get('token_hash') ?? link.href,
  );
  const { id } = await project.one<{ id: string }>(
    `insert into public.client_reports (client_id, kind, from_day, to_day, snapshot, sent_at)
     values ($1, 'weekly', '2026-09-28', '2026-10-04', $2, now()) returning id`,
    [tenant.clientId, JSON.stringify(sampleReport)],
  );
  const { data } = await operator.rpc('create_report_link', {
    target_report_id: id,
    password: made('password of a link'),
  }).throwOnError();
  const token = (data as { token: string }).token;
  secrets.set('token of a link', token);
  for (const tried of [made('wrong password of a link'), secrets.get('password of a link')]) {
    await project.invoke('shared-report', { token, password: tried });
  }
}

/** A secret and the forms in which a program may have written it. */
const formsOf = (secret: string): string[] => [
  secret,
  encodeURIComponent(secret),
  Buffer.from(secret).toString('hex'),
  Buffer.from(secret).toString('base64').replace(/=+$/, ''),
];

/** "table: name of the secret" for every row of every table that holds one; `skip` names what is Supabase's own to keep. */
async function findInDatabase(skip: (table: string, name: string) => boolean): Promise<string[]> {
  const tables = await project.sql<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name
     from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
     where c.relkind in ('r', 'm') and n.nspname !~ '^pg_(toast|temp)' and n.nspname not in ('information_schema', 'extensions')`,
  );
  expect(tables.length).toBeGreaterThan(150);
  const found: string[] = [];
  for (const { name: place } of tables) {
    const { text } = await project.one<{ text: string | null }>(
      `select string_agg(t::text, e'\\n') as text from ${place} as t`,
    );
    for (const [name, secret] of text === null ? [] : secrets) {
      if (!skip(place, name) && formsOf(secret).some((form) => text?.includes(form))) {
        found.push(`${place}: ${name}`);
      }
    }
  }
  return [...new Set(found)].sort();
}

it('no secret is in the database, in a log, or on its way, after every flow that uses one', async () => {
  for (const [name, key] of Object.entries(project.stack.secretKeys)) {
    secrets.set(`secret key "${name}"`, key);
  }
  for (const [name, key] of Object.entries(project.masterKeys.keys)) secrets.set(`master key ${name}`, key);
  await useProviders();
  await useEndpoints();
  await usePeople();
  await project.project();
  // A call of the scheduler, with the key in pg_net's queue until it is sent.
  await project.sql(`select private.invoke_function('sync-client', '{"prepare_messages": true}')`);
  await project.eventually(
    async () =>
      (await project.sql('select from net.http_request_queue')).length === 0 &&
      (await project.sql('select from net._http_response')).length > 0,
    'pg_net has sent what it had',
  );
  expect(secrets.size).toBeGreaterThan(20);
  for (const [name, secret] of secrets) expect(secret.length, name).toBeGreaterThan(15);

  // Supabase Auth keeps what its links carry, and nothing of ours can change that; nobody but Auth reads its schema.
  const ofAuth = (table: string, name: string) => name === 'invitation' && table.startsWith('auth.');
  // The stand-in of Vault has no other place for the values of its secrets; it has them encrypted.
  expect(await findInDatabase(ofAuth)).toEqual([]);

  const { name } = await project.one<{ name: string }>('select current_database() as name');
  const logs = join(temporaryDirectory(), 'logs', name);
  const files = readdirSync(logs);
  expect(files.some((file) => file.includes('postgrest'))).toBe(true);
  expect(files.length).toBeGreaterThan(9);
  const inLogs = files.flatMap((file) => {
    const text = readFileSync(join(logs, file), 'utf8');
    return [...secrets].filter(([, secret]) => formsOf(secret).some((form) => text.includes(form)))
      .map(([name]) => `${file}: ${name}`);
  });
  expect(inLogs).toEqual([]);
});

it('a secret in a row would be found, plain or in base64', async () => {
  const [[name, secret] = ['', '']] = secrets;
  const before = await findInDatabase(() => false);
  await project.sql(
    `insert into public.audit_log (action, target_type, details) values ('x', 'x', jsonb_build_object('deep', jsonb_build_array($1::text)))`,
    [secret],
  );
  await project.sql(`insert into net._http_response (id, status_code, content) values (999999, 200, $1)`, [
    Buffer.from(secret).toString('base64'),
  ]);
  const found = await findInDatabase(() => false);
  expect(found.filter((place) => !before.includes(place))).toEqual([
    `net._http_response: ${name}`,
    `public.audit_log: ${name}`,
  ]);
});
