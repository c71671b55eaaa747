// What operators do with endpoints, and what no one else can.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { encryptKey } from '../../supabase/functions/_shared/connections/encryption.ts';
import { endpointPurpose, mailKeyPurpose } from '../../supabase/functions/_shared/connections/reencrypt.ts';
import {
  agencyEvents,
  allEvents,
  type OutgoingScene,
  startOutgoing,
  verify,
} from '../support/outgoing-scene.ts';
import type { Received } from '../support/receiver.ts';

let scene: OutgoingScene;
let project: OutgoingScene['project'];
let receiver: OutgoingScene['receiver'];
let tenant: OutgoingScene['tenant'];
let call: OutgoingScene['call'];
let add: OutgoingScene['add'];
let positiveReply: OutgoingScene['positiveReply'];
let log: OutgoingScene['log'];
let arrived: OutgoingScene['arrived'];

beforeAll(async () => {
  scene = await startOutgoing();
  ({ project, receiver, tenant, call, add, positiveReply, log, arrived } = scene);
});
afterAll(() => scene.stop());
beforeEach(() => scene.reset());

describe('operators', () => {
  it('see the answer to a test at once, and it is not tried again', async () => {
    const { id, secret } = await add({ events: ['reply.positive'] });
    expect((await call({ action: 'test', endpoint_id: id })).body).toMatchObject({
      delivered: true,
      status: 200,
      answer: 'ok',
      error: null,
    });
    expect(verify(secret, receiver.received[0] as Received)).toMatchObject({ type: 'test' });
    receiver.answer((response) => response.writeHead(404).end('no such hook'));
    expect((await call({ action: 'test', endpoint_id: id })).body).toMatchObject({
      delivered: false,
      status: 404,
      answer: 'no such hook',
    });
    expect((await log()).map((row) => row['state']).sort()).toEqual(['delivered', 'failed']);
  });

  it('rotate a secret: both sign for a day, then only the new one', async () => {
    const { id, secret } = await add();
    const { body } = await call({ action: 'rotate_secret', endpoint_id: id });
    const next = String(body['secret']);
    await call({ action: 'test', endpoint_id: id });
    for (const known of [secret, next]) verify(known, receiver.received[0] as Received);
    await project.sql(`update private.outgoing_secrets set previous_until = now()`);
    await call({ action: 'test', endpoint_id: id });
    verify(next, receiver.received[1] as Received);
    expect(() => verify(secret, receiver.received[1] as Received)).toThrow();
  });

  it('change and remove endpoints, each act in the audit log without address and secret', async () => {
    const { id, secret } = await add({ url: `${receiver.url}/T0/secret-path` });
    const { body } = await call({
      action: 'change',
      endpoint_id: id,
      name: 'Zapier',
      events: ['export.finished'],
    });
    expect(body).toMatchObject({ endpoint: { name: 'Zapier', events: ['export.finished'], format: 'json' } });
    expect((await call({ action: 'remove', endpoint_id: id })).status).toBe(200);
    expect((await call({ action: 'test', endpoint_id: id })).status).toBe(404);
    const written = await project.sql(
      `select action, details from public.audit_log where target_id = $1 order by id`,
      [id],
    );
    expect(written.map((row) => row['action'])).toEqual([
      'endpoint_added',
      'endpoint_changed',
      'endpoint_removed',
    ]);
    expect(JSON.stringify(written)).not.toMatch(/secret-path|whsec_/);
    expect(secret).toMatch(/^whsec_/);
  });

  it('alone do so: a client is refused, and nobody but the scheduler sends', async () => {
    const { id } = await add();
    const asPerson = async (person: { email: string; password: string }, body: unknown) => {
      const session = (await (await project.signIn(person)).auth.getSession()).data.session;
      const response = await fetch(`${project.stack.functionsUrl}/outgoing`, {
        method: 'POST',
        headers: { apikey: project.stack.publishableKey, authorization: `Bearer ${session?.access_token}` },
        body: JSON.stringify(body),
      });
      await response.text();
      return response.status;
    };
    expect(await asPerson(tenant, { action: 'test', endpoint_id: id })).toBe(403);
    const operator = await project.createUser('operator', null);
    expect(await asPerson(operator, { action: 'test', endpoint_id: id })).toBe(200);
    expect(await asPerson(operator, { action: 'send' })).toBe(403);
    const read = async (person: { email: string; password: string }) =>
      (await (await project.signIn(person)).from('outgoing_log').select('*').throwOnError()).data?.length;
    expect([await read(tenant), await read(operator)]).toEqual([0, 1]);
  });

  it.each(agencyEvents)('cannot give a client what is the agency’s: %s', async (type) => {
    const { status, body } = await call({
      action: 'add',
      client_id: tenant.clientId,
      name: 'x',
      url: receiver.url,
      events: [type],
    });
    expect([status, body]).toMatchObject([400, { error: { code: 'VALIDATION_FAILED' } }]);
  });
});

describe('secrets', () => {
  it('follow the master key, the previous ones and the key of the mail service too', async () => {
    await call({
      action: 'save_mail',
      sender_address: 'news@north.test',
      base_url: receiver.url,
      api_key: 're_secret_key',
      dashboard_url: 'https://dashboard.north.test',
    });
    const { id, secret } = await add();
    const next = String((await call({ action: 'rotate_secret', endpoint_id: id })).body['secret']);
    const old = { ...project.masterKeys, current: 'k0' };
    const under = async (purpose: string, value: string) =>
      (await encryptKey(old, purpose, value)).encryptedKey;
    await project.sql(
      `update private.outgoing_secrets set encrypted_secret = $1, encrypted_previous = $2, master_key_id = 'k0', previous_master_key_id = 'k0'`,
      [await under(endpointPurpose(id), next), await under(endpointPurpose(id), secret)],
    );
    await project.sql(`update private.mail_settings set encrypted_key = $1, master_key_id = 'k0'`, [
      await under(mailKeyPurpose, 're_secret_key'),
    ]);
    const reencrypt = () => project.invoke('provider-connection', { action: 'reencrypt' });
    expect((await reencrypt()).body).toMatchObject({ reencrypted: 3, unreadable: [] });
    expect((await reencrypt()).body).toMatchObject({ reencrypted: 0 });
    await call({ action: 'test', endpoint_id: id });
    for (const known of [secret, next]) verify(known, receiver.received[0] as Received);
    await call({ action: 'test_mail', to: 'somebody@north.test' });
    expect(receiver.received[1]?.headers['authorization']).toBe('Bearer re_secret_key');
  });

  it('of endpoints are stored encrypted only, and cards carry no signature', async () => {
    const { secret } = await add();
    const { body } = await call({
      action: 'add',
      client_id: null,
      name: 'Chat',
      url: receiver.url,
      format: 'slack',
      events: allEvents,
    });
    expect(body['secret']).toBeNull();
    const stored = JSON.stringify(
      await project.sql('select s.*, e.* from private.outgoing_secrets as s, public.outgoing_endpoints as e'),
    );
    expect(stored).not.toContain(secret.slice(6));
    const email = await positiveReply();
    await arrived(2);
    const card = receiver.received.find(({ body }) => body.includes('"blocks"'));
    expect(card?.headers['webhook-signature']).toBe('');
    expect(card?.body).toContain(email);
  });
});
