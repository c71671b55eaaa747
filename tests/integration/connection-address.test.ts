import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openConnection } from '../../supabase/functions/_shared/connections/open-connection.ts';
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

describe('the address of the provider', () => {
  const options = (calls: string[]) => ({
    database: project.service,
    environment: {
      providerUrls: { instantly: project.simulator.url, smartlead: 'http://127.0.0.1:9' },
      crmUrls: { hubspot: 'https://api.hubapi.com' },
      providerHosts: { instantly: ['api.agency.test'], smartlead: [] },
      functionsUrl: undefined,
      dnsResolvers: [],
      allowsPrivateEndpoints: false,
      masterKeys: project.masterKeys,
    },
    fetch: (input: Request | URL | string) => {
      calls.push(input instanceof Request ? input.url : String(input));
      return Promise.resolve(Response.json({ id: randomUUID(), name: 'White label' }));
    },
    now: () => new Date(),
  });

  it('belongs to the connection: a white-label host is called once the installation allows it', async () => {
    const id = await scene.connect('white-label-key-1');
    await project.sql(
      `update private.provider_keys set base_url = 'https://api.agency.test' where connection_id = $1`,
      [id],
    );
    const calls: string[] = [];
    const { session, finish } = await openConnection(id, options(calls));
    await session.readWorkspace();
    await finish();
    expect(calls).toEqual(['https://api.agency.test/api/v2/workspaces/current']);

    // Here, where nothing allows that host, the key is not sent anywhere.
    expect(await manage(operator, { action: 'test', connection_id: id })).toMatchObject({
      status: 400,
      body: { error: { code: 'VALIDATION_FAILED', message: expect.stringContaining('PROVIDER_HOSTS') } },
    });
    // A new key keeps the address, until somebody says that it is the usual one again.
    const again = { action: 'save', connection_id: id, api_key: 'white-label-key-1' };
    expect((await manage(operator, again)).status).toBe(400);
    expect((await manage(operator, { ...again, base_url: null })).status).toBe(200);
    expect(
      await project.one('select base_url from private.provider_keys where connection_id = $1', [id]),
    ).toEqual({ base_url: null });
  });

  it('is chosen by operators, from the list; a client chooses none', async () => {
    scene.workspace('white-label-key-2');
    const save = { action: 'save', client_id: tenant.clientId, api_key: 'white-label-key-2' };
    const elsewhere = { ...save, base_url: 'https://evil.test' };
    expect(await manage(operator, elsewhere)).toMatchObject({
      status: 400,
      body: { error: { code: 'VALIDATION_FAILED' } },
    });
    const client = await project.signIn(await project.createUser('client', tenant.clientId));
    expect(await manage(client, elsewhere)).toMatchObject({
      status: 403,
      body: { error: { code: 'FORBIDDEN' } },
    });
  });
});
