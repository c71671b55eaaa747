import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConnectionScene, manage, startConnectionScene } from '../support/connection-scene.ts';
import { delivery } from '../support/deliveries.ts';
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

const connect = (key: string) => scene.connect(key);
const webhooksOf = (key: string) => scene.webhooksOf(key);

describe('a workspace belongs to one connection', () => {
  const countConnections = async () =>
    (await project.one<{ n: number }>('select count(*)::int as n from public.provider_connections')).n;

  it('its key is refused elsewhere, with the name for operators and without it for clients', async () => {
    const connection_id = await connect('owned-key-1');
    const before = await countConnections();
    const other = await project.createTenant('Curious');
    const curious = await project.signIn(other);
    const calls = () => project.simulator.requests({ path: '/api/v2/workspaces/current' }).length;
    const asked = calls();

    const byClient = await manage(curious, { action: 'save', api_key: 'owned-key-1' });
    expect([byClient.status, byClient.body.error?.code]).toEqual([400, 'VALIDATION_FAILED']);
    expect(byClient.body.error?.message).toBe(
      'This key opens a workspace that is connected already, and a workspace belongs to one connection; ask your agency',
    );
    for (const client_id of [other.clientId, tenant.clientId, null]) {
      const byOperator = await manage(operator, { action: 'save', client_id, api_key: 'owned-key-1' });
      expect([byOperator.status, byOperator.body.error?.code]).toEqual([400, 'VALIDATION_FAILED']);
      expect(byOperator.body.error?.message).toMatch(
        /of the connection 'Workspace \d+', and a workspace belongs/,
      );
    }
    // The very key is known without a call to the provider.
    expect(calls()).toBe(asked);

    // Its own connection takes it again, and after its removal somebody else may have it.
    expect((await manage(operator, { action: 'save', connection_id, api_key: 'owned-key-1' })).status).toBe(
      200,
    );
    expect(await countConnections()).toBe(before);
    await manage(operator, { action: 'remove', connection_id });
    expect((await manage(curious, { action: 'save', api_key: 'owned-key-1' })).status).toBe(200);
  });

  it('a second key of the same workspace too, also as the new key of another connection and at the same moment', async () => {
    project.simulator.createWorkspace({ name: 'Two keys', keys: ['two-keys-a', 'two-keys-b'], accounts: [] });
    const answers = await Promise.all(
      ['two-keys-a', 'two-keys-b'].map((api_key) =>
        manage(operator, { action: 'save', client_id: tenant.clientId, api_key })
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
    const connection_id = await connect('another-owner');
    const moved = await manage(operator, {
      action: 'save',
      connection_id,
      api_key: answers[0]?.status === 200 ? 'two-keys-b' : 'two-keys-a',
      accept_workspace_change: true,
    });
    expect([moved.status, moved.body.error?.message]).toEqual([400, expect.stringContaining('Two keys')]);
    expect((await manage(operator, { action: 'test', connection_id })).body['same_workspace']).toBe(true);
  });

  it('a new key is tested within the rate budget of its connection', async () => {
    const connection_id = await connect('budget-key-1');
    // The provider asked for an hour without calls.
    await project.sql('select worker.block_rate_budget($1, 3600)', [connection_id]);
    const asked = project.simulator.requests({ path: '/api/v2/workspaces/current' }).length;
    const answer = await manage(operator, { action: 'save', connection_id, api_key: 'budget-key-1' });
    expect([answer.status, answer.body.error?.code]).toEqual([429, 'RATE_LIMIT_EXCEEDED']);
    expect(project.simulator.requests({ path: '/api/v2/workspaces/current' }).length).toBe(asked);
  });

  it('registering a webhook whose secret cannot be read leaves the old one valid for a day', async () => {
    const connection_id = await connect('grace-key-1');
    const [before] = await webhooksOf('grace-key-1');
    await project.sql(`update private.webhook_secrets set encrypted_secret = null where connection_id = $1`, [
      connection_id,
    ]);
    expect((await manage(operator, { action: 'register_webhook', connection_id })).status).toBe(200);
    const [after] = await webhooksOf('grace-key-1');
    expect(after?.headers).not.toEqual(before?.headers);
    for (const webhook of [before, after]) {
      const answer = await fetch(String(webhook?.target_hook_url), {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...webhook?.headers },
        body: JSON.stringify(delivery('email_sent')),
      });
      expect(answer.status).toBe(200);
    }
    const { hours } = await project.one<{ hours: number }>(
      `select extract(epoch from expires_at - now())::float / 3600 as hours from private.webhook_secrets
       where connection_id = $1 and expires_at is not null`,
      [connection_id],
    );
    expect(Math.round(hours)).toBe(24);
  });
});
