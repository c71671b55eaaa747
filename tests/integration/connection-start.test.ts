// What a new connection does automatically, and what a test of its key leaves behind.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConnectionScene, manage, startConnectionScene } from '../support/connection-scene.ts';
import type { Client, Project } from '../support/project.ts';

let scene: ConnectionScene;
let project: Project;
let operator: Client;

beforeAll(async () => {
  scene = await startConnectionScene();
  ({ project, operator } = scene);
});
afterAll(() => project.stop());

const workspace = (key: string) => scene.workspace(key);
const connect = (key: string) => scene.connect(key);

describe('the first sync', () => {
  const openSyncs = async (id: string) =>
    (await project.sql('select id from private.jobs where connection_id = $1', [id])).length;

  it('is not started again by another key, but by a connection that comes back', async () => {
    const id = await connect('first-sync-key');
    expect(await openSyncs(id)).toBe(1);
    await project.sql(`update private.jobs set status = 'completed' where connection_id = $1`, [id]);
    await project.sql(`update public.provider_connections set last_synced_at = now() where id = $1`, [id]);
    const again = { action: 'save', connection_id: id, api_key: 'first-sync-key' };
    expect(await manage(operator, again)).toMatchObject({ status: 200, body: { sync_job_id: null } });
    expect(await openSyncs(id)).toBe(1);
    await manage(operator, { action: 'remove', connection_id: id });
    expect((await manage(operator, again)).body['sync_job_id']).not.toBeNull();
    expect(await openSyncs(id)).toBe(2);
  });

  it('is called at once, so that the mailboxes are there when the first campaign is written', async () => {
    const { body } = await manage(operator, {
      action: 'save',
      client_id: null,
      api_key: (workspace('at-once-key'), 'at-once-key'),
    });
    const calls = await project.sql(
      `select q.url, convert_from(q.body, 'utf8')::jsonb as body from net.http_request_queue as q
       where convert_from(q.body, 'utf8')::jsonb ->> 'job_id' = $1`,
      [body['sync_job_id']],
    );
    expect(calls).toEqual([{
      url: expect.stringMatching(/\/sync-client$/) as string,
      body: { job_id: body['sync_job_id'] },
    }]);
  });

  it('does not begin for a client that is switched off; the key is saved all the same', async () => {
    const off = await project.createTenant('Switched off');
    await project.sql('update public.clients set integration_enabled = false where id = $1', [off.clientId]);
    workspace('switched-off-key');
    expect(await manage(operator, { action: 'save', client_id: off.clientId, api_key: 'switched-off-key' }))
      .toMatchObject({ status: 200, body: { created: true, sync_job_id: null } });
  });
});

describe('testing a connection', () => {
  it('records which workspace the key opens, where nothing is on record', async () => {
    const connection_id = await connect('unnamed-key');
    const stored = () =>
      project.one('select workspace_id, workspace_name from public.provider_connections where id = $1', [
        connection_id,
      ]);
    const before = await stored();
    await project.sql(
      'update public.provider_connections set workspace_id = null, workspace_name = null where id = $1',
      [connection_id],
    );
    expect((await manage(operator, { action: 'test', connection_id })).status).toBe(200);
    expect(await stored()).toEqual(before);
    await project.sql(
      `update public.provider_connections set workspace_id = 'another', workspace_name = 'Another' where id = $1`,
      [connection_id],
    );
    expect(await manage(operator, { action: 'test', connection_id })).toMatchObject({
      body: { same_workspace: false },
    });
    expect(await stored()).toEqual({ workspace_id: 'another', workspace_name: 'Another' });
  });
});
