import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encryptKey } from '../../supabase/functions/_shared/connections/encryption.ts';
import { delivery } from '../support/deliveries.ts';
import { type ConnectionScene, manage, startConnectionScene } from '../support/connection-scene.ts';
import type { Client, Project, Tenant } from '../support/project.ts';

let scene: ConnectionScene;
let project: Project;
let tenant: Tenant;
let operator: Client;

beforeAll(async () => {
  scene = await startConnectionScene();
  ({ project, tenant, operator } = scene);
});
afterAll(() => project.stop());

const workspace = (key: string) => scene.workspace(key);
const connect = (key: string) => scene.connect(key);
const webhooksOf = (key: string) => scene.webhooksOf(key);

describe('saving a key', () => {
  it('tests it, encrypts it, shows its last four characters and registers the webhook with our secret', async () => {
    const id = workspace('first-key-1234');
    const { status, body } = await manage(operator, {
      action: 'save',
      client_id: tenant.clientId,
      name: 'Main',
      api_key: 'first-key-1234',
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      created: true,
      workspace: { id },
      webhook: { registered: true, test: { success: true } },
    });

    const row = await project.one(
      `select c.*, k.encrypted_key from public.provider_connections as c
       join private.provider_keys as k on k.connection_id = c.id where c.id = $1`,
      [body['connection_id']],
    );
    expect(row).toMatchObject({
      status: 'active',
      api_key_last4: '1234',
      workspace_id: id,
      client_id: tenant.clientId,
    });
    expect(String(row['encrypted_key'])).not.toContain('first-key');
    expect(row['last_validated_at']).not.toBeNull();

    const { data: calls } = await operator.from('provider_api_calls').select('method, path, status').eq(
      'connection_id',
      String(body['connection_id']),
    );
    expect(calls).toEqual(
      expect.arrayContaining([{ method: 'POST', path: '/api/v2/webhooks', status: 200 }]),
    );
    const { data: acts } = await operator.from('audit_log').select('action').eq(
      'target_id',
      String(body['connection_id']),
    );
    expect(acts).toEqual([{ action: 'save_connection' }, { action: 'sync_started' }]);

    // Its first sync starts with the minute sweep.
    expect(
      await project.one('select id, status, parameters from private.jobs where connection_id = $1', [
        body['connection_id'],
      ]),
    ).toMatchObject({ id: body['sync_job_id'], status: 'queued', parameters: { full: true } });
    await project.sql('delete from private.webhook_events where connection_id = $1', [body['connection_id']]);
    const health = () =>
      operator.from('operator_health').select('health, reason').eq(
        'connection_id',
        String(body['connection_id']),
      ).single();
    expect((await health()).data).toEqual({ health: 'waiting', reason: 'Waiting for its first event' });

    const [webhook, ...others] = await webhooksOf('first-key-1234');
    expect(others).toEqual([]);
    expect(webhook?.event_type).toBe('all_events');
    expect(webhook?.target_hook_url).toContain(String(body['connection_id']));
    const delivered = await fetch(String(webhook?.target_hook_url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...webhook?.headers },
      body: JSON.stringify(delivery('email_sent')),
    });
    expect(delivered.status).toBe(200);
  });

  it('again finds the webhook by its address instead of making a second one, and puts our header back', async () => {
    const connectionId = await connect('again-key-1');
    const [webhook] = await webhooksOf('again-key-1');
    await fetch(`${project.simulator.url}/api/v2/webhooks/${webhook?.id}`, {
      method: 'PATCH',
      headers: { authorization: 'Bearer again-key-1', 'user-agent': 'x', 'content-type': 'application/json' },
      body: JSON.stringify({ headers: { 'X-Webhook-Secret': 'somebody changed it' } }),
    });
    const { status } = await manage(operator, {
      action: 'save',
      connection_id: connectionId,
      api_key: 'again-key-1',
    });
    expect(status).toBe(200);
    const after = await webhooksOf('again-key-1');
    expect(after).toHaveLength(1);
    expect(after[0]?.id).toBe(webhook?.id);
    expect(after[0]?.headers).toEqual(webhook?.headers);
  });

  it('never replaces a working key by a wrong one, nor the workspace silently', async () => {
    const connectionId = await connect('stable-key-1');
    const before = await project.one(
      'select encrypted_key from private.provider_keys where connection_id = $1',
      [connectionId],
    );
    const wrong = await manage(operator, {
      action: 'save',
      connection_id: connectionId,
      api_key: 'not-a-key-at-all',
    });
    expect([wrong.status, wrong.body.error?.code]).toEqual([409, 'INSTANTLY_API_KEY_INVALID']);

    const elsewhere = workspace('other-workspace-key');
    const moved = await manage(operator, {
      action: 'save',
      connection_id: connectionId,
      api_key: 'other-workspace-key',
    });
    expect([moved.status, moved.body.error?.code]).toEqual([400, 'VALIDATION_FAILED']);
    expect(
      await project.one('select encrypted_key from private.provider_keys where connection_id = $1', [
        connectionId,
      ]),
    ).toEqual(before);

    const meant = await manage(operator, {
      action: 'save',
      connection_id: connectionId,
      api_key: 'other-workspace-key',
      accept_workspace_change: true,
    });
    expect(meant).toMatchObject({ status: 200, body: { workspace: { id: elsewhere } } });
  });
});

describe('testing a connection', () => {
  it('tells a refused key, a missing plan, a missing scope and a working one apart', async () => {
    const key = 'tested-key-1';
    const id = workspace(key);
    const saved = await manage(operator, { action: 'save', client_id: tenant.clientId, api_key: key });
    const connection_id = String(saved.body['connection_id']);
    const test = () => manage(operator, { action: 'test', connection_id });
    await project.sql(
      `update public.provider_connections set last_validated_at = '2026-01-01' where id = $1`,
      [connection_id],
    );
    expect(await test()).toMatchObject({ status: 200, body: { workspace: { id }, same_workspace: true } });
    const validated = await project.one<{ recent: boolean }>(
      `select last_validated_at > now() - interval '1 minute' as recent from public.provider_connections where id = $1`,
      [connection_id],
    );
    expect(validated.recent).toBe(true);

    const messages = new Set<string>();
    for (
      const [access, kind, status] of [
        ['unauthorized', 'unauthorized', 'invalid'],
        ['payment-required', 'payment_required', 'needs_plan'],
        ['forbidden', 'forbidden', 'needs_plan'],
      ] as const
    ) {
      project.simulator.setAccess(id, access);
      const answer = await test();
      expect(answer.body.error?.details?.kind).toBe(kind);
      messages.add(answer.body.error?.message ?? '');
      expect(
        await project.one('select status from public.provider_connections where id = $1', [connection_id]),
      ).toEqual({ status });
    }
    expect(messages.size).toBe(3);
    project.simulator.setAccess(id, 'ok');
    expect((await test()).status).toBe(200);
    expect(await project.one('select status from public.provider_connections where id = $1', [connection_id]))
      .toEqual({
        status: 'active',
      });
  });
});

describe('rotating and removing', () => {
  it('rotates the webhook secret: the provider gets the new one, the old one is valid for the grace time', async () => {
    const connection_id = await connect('rotate-key-1');
    const [before] = await webhooksOf('rotate-key-1');
    const answer = await manage(operator, { action: 'rotate_webhook_secret', connection_id, grace_hours: 1 });
    expect(answer).toMatchObject({
      status: 200,
      body: { webhook: { registered: true, test: { success: true } } },
    });
    const [after] = await webhooksOf('rotate-key-1');
    expect(after?.id).toBe(before?.id);
    expect(after?.headers).not.toEqual(before?.headers);

    const post = async (headers: Record<string, string> = {}) =>
      (await fetch(String(after?.target_hook_url), {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(delivery('email_sent')),
      })).status;
    expect([await post(before?.headers), await post(after?.headers)]).toEqual([200, 200]);
    await project.sql(
      `update private.webhook_secrets set expires_at = now() - interval '1 second' where connection_id = $1 and expires_at is not null`,
      [connection_id],
    );
    expect([await post(before?.headers), await post(after?.headers)]).toEqual([401, 200]);
  });

  it('pauses and resumes without touching a refused key', async () => {
    const connection_id = await connect('pause-key-1');
    const status = async () =>
      (await project.one<{ status: string }>('select status from public.provider_connections where id = $1', [
        connection_id,
      ])).status;
    await manage(operator, { action: 'pause', connection_id });
    expect(await status()).toBe('paused');
    await manage(operator, { action: 'resume', connection_id });
    expect(await status()).toBe('active');
    await project.sql(`update public.provider_connections set status = 'invalid' where id = $1`, [
      connection_id,
    ]);
    await manage(operator, { action: 'resume', connection_id });
    expect(await status()).toBe('invalid');
  });

  it('removes key, secrets and webhook; later deliveries are refused and the history stays', async () => {
    const connection_id = await connect('remove-key-1');
    const [webhook] = await webhooksOf('remove-key-1');
    // Registered while our address was another one.
    const target_hook_url = `https://earlier.example/functions/v1/instantly-webhook/${connection_id}`;
    await fetch(`${project.simulator.url}/api/v2/webhooks/${webhook?.id}`, {
      method: 'PATCH',
      headers: {
        authorization: 'Bearer remove-key-1',
        'user-agent': 'x',
        'content-type': 'application/json',
      },
      body: JSON.stringify({ target_hook_url }),
    });
    expect((await webhooksOf('remove-key-1'))[0]?.target_hook_url).toBe(target_hook_url);
    const answer = await manage(operator, { action: 'remove', connection_id });
    expect(answer).toMatchObject({ status: 200, body: { removed: true, webhook_removed: true } });
    expect(await webhooksOf('remove-key-1')).toEqual([]);
    const refused = await fetch(String(webhook?.target_hook_url), {
      method: 'POST',
      headers: webhook?.headers ?? {},
      body: '{}',
    });
    expect(refused.status).toBe(401);
    expect(
      await project.one(
        'select removed_at is not null as removed from public.provider_connections where id = $1',
        [connection_id],
      ),
    )
      .toEqual({ removed: true });
  });

  it('reencrypts everything under a new master key in one call', async () => {
    const connection_id = await connect('reencrypt-key-1');
    const row = () =>
      project.one('select encrypted_key, master_key_id from private.provider_keys where connection_id = $1', [
        connection_id,
      ]);
    const before = await row();
    const old = await encryptKey({ ...project.masterKeys, current: 'k0' }, connection_id, 'reencrypt-key-1');
    await project.sql(
      `update private.provider_keys set encrypted_key = $2, master_key_id = 'k0' where connection_id = $1`,
      [
        connection_id,
        old.encryptedKey,
      ],
    );
    const answer = await manage(operator, { action: 'reencrypt' });
    expect(answer.status).toBe(200);
    expect(answer.body['unreadable']).toEqual([]);
    expect(answer.body['reencrypted']).toBe(1);
    const after = await row();
    expect(after['master_key_id']).toBe('k1');
    expect(after['encrypted_key']).not.toBe(before['encrypted_key']);
    expect((await manage(operator, { action: 'test', connection_id })).status).toBe(200);
    // The name that the action had first.
    expect((await manage(operator, { action: 'reseal' })).body['reencrypted']).toBe(0);
  });
});

describe('who may manage which connection', () => {
  it('a client its own dedicated one, an operator all, others none', async () => {
    const owner = await project.signIn(tenant);
    const stranger = await project.signIn(await project.createTenant('Stranger'));
    const outsider = await project.signIn(await project.createUser(null, null));
    workspace('clients-own-key');
    const own = await manage(owner, { action: 'save', api_key: 'clients-own-key' });
    expect(own).toMatchObject({ status: 200, body: { created: true } });
    const connection_id = String(own.body['connection_id']);
    expect(
      await project.one('select client_id from public.provider_connections where id = $1', [connection_id]),
    ).toEqual({
      client_id: tenant.clientId,
    });

    expect((await manage(owner, { action: 'test', connection_id })).status).toBe(200);
    expect((await manage(operator, { action: 'test', connection_id })).status).toBe(200);
    for (const action of ['test', 'pause', 'resume', 'register_webhook', 'rotate_webhook_secret', 'remove']) {
      expect((await manage(stranger, { action, connection_id })).status).toBe(404);
      expect((await manage(outsider, { action, connection_id })).status).toBe(403);
    }
    expect((await manage(stranger, { action: 'save', connection_id, api_key: 'clients-own-key' })).status)
      .toBe(404);
    expect((await manage(owner, { action: 'reencrypt' })).status).toBe(403);
    expect((await manage(owner, { action: 'save', client_id: null, api_key: 'clients-own-key' })).status)
      .toBe(403);
    const shared = await project.createConnection(null);
    expect((await manage(owner, { action: 'test', connection_id: shared.id })).status).toBe(404);
    expect(
      (await project.invoke(
        'provider-connection',
        { action: 'test', connection_id },
        project.stack.publishableKey,
      )).status,
    ).toBe(401);
  });

  it('a client whose agency does not show it its connection neither sees nor manages one', async () => {
    const hidden = await project.createTenant('Hidden');
    const connection = await project.createConnection(hidden.clientId);
    await project.sql('update public.clients set may_see_connection = false where id = $1', [
      hidden.clientId,
    ]);
    const person = await project.signIn(hidden);
    const { id: connection_id } = connection;
    for (const action of ['test', 'pause', 'resume', 'register_webhook', 'rotate_webhook_secret', 'remove']) {
      expect(await manage(person, { action, connection_id })).toMatchObject({
        status: 403,
        body: {
          error: {
            code: 'FORBIDDEN',
            message: expect.stringContaining('Your agency manages the connection'),
          },
        },
      });
    }
    expect((await manage(person, { action: 'save', api_key: 'a-key-of-its-own' })).status).toBe(403);
    expect((await person.from('provider_connections').select('*')).data).toEqual([]);
    expect((await person.from('client_webhooks').select('*')).data).toEqual([]);
    expect((await manage(operator, { action: 'pause', connection_id })).status).toBe(200);
  });

  it('a client pauses and rotates its own, and removes it only by its name', async () => {
    const owner = await project.signIn(tenant);
    workspace('clients-last-key');
    const saved = await manage(owner, { action: 'save', name: 'Last one', api_key: 'clients-last-key' });
    const connection_id = String(saved.body['connection_id']);
    for (const action of ['pause', 'resume', 'rotate_webhook_secret']) {
      expect((await manage(owner, { action, connection_id })).status).toBe(200);
    }
    const removed = () =>
      project.one('select removed_at is not null as removed from public.provider_connections where id = $1', [
        connection_id,
      ]);
    for (const confirm_name of [undefined, '', 'last one']) {
      const refused = await manage(owner, { action: 'remove', connection_id, confirm_name });
      expect([refused.status, refused.body.error?.code]).toEqual([400, 'VALIDATION_FAILED']);
      expect(refused.body.error?.message).toContain('"Last one"');
    }
    expect(await removed()).toEqual({ removed: false });
    expect((await manage(owner, { action: 'remove', connection_id, confirm_name: ' Last one ' })).status)
      .toBe(200);
    expect(await removed()).toEqual({ removed: true });
  });

  it('and only the last four characters of a key are readable', async () => {
    const owner = await project.signIn(tenant);
    const { data } = await owner.from('provider_connections').select('*');
    expect(JSON.stringify(data)).not.toContain('clients-own-key');
    expect(JSON.stringify(data)).toContain('"api_key_last4":"-key"');
  });
});
