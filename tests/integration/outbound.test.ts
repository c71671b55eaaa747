// An installation (ALLOW_PRIVATE_ENDPOINTS is not set): the functions call nothing inside of a network, whichever flow names the address.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encryptKey } from '../../supabase/functions/_shared/connections/encryption.ts';
import { endpointPurpose, mailKeyPurpose } from '../../supabase/functions/_shared/connections/reencrypt.ts';
import { type Project, startProject, type Tenant } from '../support/project.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';

let project: Project;
let tenant: Tenant;
/** Inside of the network; nothing may ever arrive here. */
let inside: Receiver;

beforeAll(async () => {
  inside = await startReceiver();
  project = await startProject({
    functions: ['provider-connection', 'outgoing', 'crm', 'reply-model', 'sync-client'],
    simulator: false,
    environment: {
      ALLOW_PRIVATE_ENDPOINTS: 'false',
      INSTANTLY_API_URL: inside.url,
      SMARTLEAD_API_URL: inside.url,
      HUBSPOT_API_URL: inside.url,
      DNS_RESOLVERS: inside.url,
    },
  });
  tenant = await project.createTenant('Lakeside');
});
afterAll(async () => {
  await project.stop();
  await inside.stop();
});

const refusal = { status: 400, body: { error: { code: 'VALIDATION_FAILED' } } };
const hooks = ['reply.positive'];

describe('an address inside of the network is refused when it is saved', () => {
  it.each([
    'http://hooks.example.com/x',
    'https://127.0.0.1/x',
    'https://169.254.169.254/latest/meta-data',
    'https://metadata.google.internal/computeMetadata/v1/',
    'https://[::ffff:a9fe:a9fe]/',
    'https://0x7f.1/x',
    'https://localhost:8443/x',
    'https://me:pw@hooks.example.com/x',
    'https://hooks.example.com:22/x',
  ])('%s', async (url) => {
    const endpoint = { client_id: null, name: 'x', url, events: hooks };
    const mail = {
      sender_address: 'a@b.test',
      base_url: url,
      api_key: 're_123456',
      dashboard_url: 'https://d.test',
    };
    const model = { base_url: url, model: 'm', daily_requests: 5, is_on: true, api_key: 'sk' };
    expect(await project.invoke('outgoing', { action: 'add', ...endpoint })).toMatchObject(refusal);
    expect(await project.invoke('outgoing', { action: 'save_mail', ...mail })).toMatchObject(refusal);
    expect(await project.invoke('reply-model', { action: 'save', ...model })).toMatchObject(refusal);
    expect(inside.received).toEqual([]);
  });

  it('and a name that the runtime cannot resolve, too', async () => {
    const endpoint = {
      client_id: null,
      name: 'x',
      url: 'https://missing.example.invalid.test/x',
      events: hooks,
    };
    expect(await project.invoke('outgoing', { action: 'add', ...endpoint })).toMatchObject({
      ...refusal,
      body: { error: { message: expect.stringMatching(/There is no host|private network/) } },
    });
  });
});

describe('an address that is saved already is not called', () => {
  it.each(['instantly', 'smartlead'] as const)('of %s: no key leaves', async (provider) => {
    const connection = await project.createConnection(tenant.clientId, undefined, provider);
    const tried = await project.invoke('provider-connection', {
      action: 'test',
      connection_id: connection.id,
    });
    expect(tried).toMatchObject(refusal);
    expect(JSON.stringify(tried.body)).not.toContain(connection.apiKey);
    const added = { action: 'save', provider, client_id: null, name: 'x', api_key: 'another-key-1' };
    expect(await project.invoke('provider-connection', added)).toMatchObject(refusal);
    await project.invoke('sync-client', { connection_id: connection.id });
    await project.eventually(async () => {
      const { n } = await project.one<{ n: number }>(
        `select count(*)::int as n from private.jobs where connection_id = $1 and error_message like '%address%'`,
        [connection.id],
      );
      return n === 1;
    }, 'the sync says why');
    expect(inside.received).toEqual([]);
  });

  it('of an endpoint: the attempt says why', async () => {
    const id = randomUUID();
    const secret = await encryptKey(project.masterKeys, endpointPurpose(id), 'whsec_AAAA');
    await project.sql(
      `with endpoint as (
         insert into public.outgoing_endpoints (id, name, url, format, events) values ($1, 'x', $2, 'json', '{reply.positive}') returning id
       )
       insert into private.outgoing_secrets (endpoint_id, encrypted_secret, master_key_id) select id, $3, $4 from endpoint`,
      [id, `${inside.url}/hook`, secret.encryptedKey, secret.masterKeyId],
    );
    expect((await project.invoke('outgoing', { action: 'test', endpoint_id: id })).body).toMatchObject({
      delivered: false,
      error: 'The address must begin with https://',
    });
    expect(inside.received).toEqual([]);
  });

  it('of the mail API: the test says why', async () => {
    const key = await encryptKey(project.masterKeys, mailKeyPurpose, 're_123456');
    await project.sql(
      `insert into private.mail_settings (sender_address, base_url, encrypted_key, master_key_id, key_last4, dashboard_url)
       values ('a@b.test', $1, $2, $3, '3456', 'https://d.test')`,
      [inside.url, key.encryptedKey, key.masterKeyId],
    );
    expect((await project.invoke('outgoing', { action: 'test_mail', to: 'a@b.test' })).body).toMatchObject({
      sent: false,
      error: 'The address must begin with https://',
    });
    expect(inside.received).toEqual([]);
  });

  it('of HubSpot, of the language model and of DNS resolvers', async () => {
    const looked = await project.invoke('crm', { action: 'look', token: 'pat-eu1-secret' });
    expect(looked.status).toBeGreaterThanOrEqual(400);
    expect(JSON.stringify(looked.body)).toContain('must begin with https');
    await project.sql(
      `insert into private.reply_model (base_url, model, daily_requests, is_on) values ($1, 'm', 5, true)`,
      [`${inside.url}/v1`],
    );
    expect(await project.invoke('reply-model', { action: 'test' })).toMatchObject(refusal);
    const connection = await project.createConnection(tenant.clientId);
    await project.sql(
      `insert into public.email_accounts (connection_id, client_id, email, status) values ($1, $2, 'mia@outreach.test', 'active')`,
      [connection.id, tenant.clientId],
    );
    await project.invoke('sync-client', { check_domains: true });
    await project.eventually(async () => {
      const [domain] = await project.sql('select check_error from public.sending_domains');
      return String(domain?.['check_error']).includes('The address must begin with https://');
    }, 'the look at the domain has failed');
    expect(inside.received).toEqual([]);
  });
});

describe('what the database calls itself', () => {
  const save = async (name: string, value: string) => {
    await project.sql('delete from vault.secrets where name = $1', [name]);
    await project.sql('select vault.create_secret($1, $2)', [value, name]);
  };
  const queued = async () =>
    (await project.one<{ n: number }>('select count(*)::int as n from net.http_request_queue')).n;

  it.each([
    'http://alerts.example.com',
    'https://169.254.169.254/latest',
    'https://alerts.example.com@10.0.0.1',
    'https://metadata.google.internal/',
  ])('is no alert address such as %s: the alert waits and says why', async (wrong) => {
    await project.sql(`update public.provider_connections set status = 'invalid'`);
    await save('allow_private_endpoints', 'false');
    await save('alert_webhook_url', wrong);
    await project.sql('select private.raise_alerts()');
    const waiting = await project.sql(
      `select delivery, delivery_error from public.incidents where kind = 'key_invalid'`,
    );
    expect(waiting.length).toBeGreaterThan(0);
    for (const alert of waiting) {
      expect(alert).toEqual({
        delivery: 'waiting',
        delivery_error: expect.stringContaining('no public https address'),
      });
    }
    expect([await queued(), inside.received]).toEqual([0, []]);
  });

  it('is an alert address of this machine where the installation says so, and any public one', async () => {
    await save('allow_private_endpoints', 'true');
    await save('alert_webhook_url', `${inside.url}/alerts`);
    await project.sql('select private.raise_alerts()');
    expect(await queued()).toBe(1);
    await save('allow_private_endpoints', 'false');
    await save('alert_webhook_url', 'https://alerts.example.com/T0/B0');
    await project.sql(
      `delete from net.http_request_queue; update public.incidents set delivery = 'waiting', next_attempt_at = now()`,
    );
    await project.sql('select private.raise_alerts()');
    expect(await project.sql('select url from net.http_request_queue')).toEqual([
      { url: 'https://alerts.example.com/T0/B0' },
    ]);
  });
});
