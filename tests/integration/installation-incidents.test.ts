// What is wrong with the installation itself, or with how it is set up: read from the answers of pg_net and from the
// connections as they are.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, type Project, startProject } from '../support/project.ts';

let project: Project;
let operator: Client;

beforeAll(async () => {
  project = await startProject({
    functions: ['sync-client'],
    scheduler: { cron: false, netPause: 20 },
  });
  operator = await project.signIn(await project.createUser('operator', null));
});
afterAll(() => project.stop());

const openIncidents = async (kind: string) =>
  (await operator.from('alerts').select('connection_id, subject, text').eq('kind', kind).is('closed_at', null)
    .order('opened_at').throwOnError()).data ?? [];

const look = async () => {
  const run = await project.stack.scheduler?.runCronJob('replyloop: raise alerts');
  expect(run?.status).toBe('succeeded');
};

describe('a call of the scheduler', () => {
  async function call(): Promise<void> {
    const { id } = await project.one<{ id: string }>(
      `select private.invoke_function('sync-client', '{}') as id`,
    );
    await project.eventually(
      async () => (await project.sql('select from net._http_response where id = $1', [id])).length === 1,
      'pg_net has the answer',
    );
  }
  const saveKey = (value: string) =>
    project.sql(
      `select vault.update_secret((select id from vault.secrets where name = 'cron_secret_key'), $1)`,
      [value],
    );

  it('that is answered opens nothing', async () => {
    await call();
    await look();
    expect(await openIncidents('scheduled_calls_failing')).toEqual([]);
  });

  it('that is refused after a change of the key is an incident at the next look, until one works again', async () => {
    await saveKey('sb_secret_of_yesterday');
    await call();
    await look();
    const [incident, ...others] = await openIncidents('scheduled_calls_failing');
    expect(others).toEqual([]);
    expect(incident).toMatchObject({ connection_id: null, subject: 'sync-client' });
    expect(incident?.text).toContain('The scheduled call of the function sync-client is refused (401)');
    expect(incident?.text).toContain('save the current one as cron_secret_key');
    expect(JSON.stringify(incident)).not.toContain('sb_secret');
    await call();
    await look();
    expect(await openIncidents('scheduled_calls_failing')).toHaveLength(1);

    await saveKey(project.stack.secretKeys.cron);
    await call();
    await look();
    expect(await openIncidents('scheduled_calls_failing')).toEqual([]);
  });

  it('that gets no answer is one after a minute', async () => {
    await project.sql(
      `insert into private.function_calls (request_id, function_name, called_at)
       values (900001, 'export-campaign', now() - interval '10 seconds')`,
    );
    await look();
    expect(await openIncidents('scheduled_calls_failing')).toEqual([]);
    await project.sql(
      `update private.function_calls set called_at = now() - interval '61 seconds' where request_id = 900001`,
    );
    await look();
    expect(await openIncidents('scheduled_calls_failing')).toMatchObject([{ subject: 'export-campaign' }]);
    await project.sql('delete from private.function_calls where request_id = 900001');
    await look();
  });

  it('is no business of a client', async () => {
    await saveKey('sb_secret_of_yesterday');
    await call();
    await look();
    const client = await project.signIn(await project.createTenant('Curious'));
    expect((await client.from('alerts').select('*')).data).toEqual([]);
    expect((await client.from('incidents').select('*')).data).toEqual([]);
    await saveKey(project.stack.secretKeys.cron);
    await call();
    await look();
  });
});

describe('a workspace that is connected twice', () => {
  it.each([
    ['by its id', async (first: string, second: string) => {
      await project.sql(`update public.provider_connections set workspace_id = 'w-1' where id in ($1, $2)`, [
        first,
        second,
      ]);
    }],
    ['by the very key', async (first: string, second: string) => {
      await project.sql(
        `update private.provider_keys set key_digest = sha256('one key') where connection_id in ($1, $2)`,
        [first, second],
      );
    }],
    ['by a campaign that both list', async (first: string, second: string) => {
      for (const id of [first, second]) {
        await project.sql('select worker.record_provider_campaigns($1, $2)', [
          id,
          JSON.stringify([{ provider_campaign_id: 'the-same-campaign', name: 'Spring' }]),
        ]);
      }
    }],
  ])('%s is an incident of both, until one is removed', async (_, double) => {
    const tenant = await project.createTenant('Twice');
    const first = await project.createConnection(tenant.clientId);
    const second = await project.createConnection(null);
    const other = await project.createConnection(null, undefined, 'smartlead');
    await project.sql(`update public.provider_connections set name = 'Second' where id = $1`, [second.id]);
    await look();
    expect(await openIncidents('workspace_doubled')).toEqual([]);
    await double(first.id, second.id);
    await look();
    const found = await openIncidents('workspace_doubled');
    expect(found.map((row) => row.connection_id).sort()).toEqual([first.id, second.id].sort());
    expect(found.find((row) => row.connection_id === first.id)?.text).toContain('also as "Second"');
    expect(found.map((row) => row.connection_id)).not.toContain(other.id);
    await project.sql('select worker.remove_connection($1)', [second.id]);
    await look();
    expect(await openIncidents('workspace_doubled')).toEqual([]);
  });
});
