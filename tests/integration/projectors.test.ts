// Several projectors at the same time: a connection is worked on by one of them, and none of them waits for another's connections.
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Project, startProject, type TestConnection } from '../support/project.ts';

const campaign = randomUUID();
let project: Project;
let first: TestConnection;
let second: TestConnection;
let clientId: string;

beforeAll(async () => {
  project = await startProject({
    functions: ['instantly-webhook'],
    simulator: false,
    scheduler: { cron: false },
  });
  ({ clientId } = await project.createTenant());
  first = await project.createConnection(clientId);
  // Its id decides on the shard: one that is not in the first one's.
  do second = await project.createConnection(clientId); while (
    await shardOf(second) === await shardOf(first)
  );
  for (const connection of [first, second]) await project.listCampaigns(connection, campaign);
});
afterAll(() => project.stop());

async function shardOf(connection: TestConnection): Promise<unknown> {
  return (await project.one('select private.projection_shard($1) as shard', [connection.id]))['shard'];
}

/** A projector in the middle of a batch of these connections; ends with the returned function. */
async function holdShardsOf(...connections: TestConnection[]): Promise<() => Promise<void>> {
  const worker = new pg.Client({ connectionString: project.stack.dbUrl });
  await worker.connect();
  await worker.query('begin');
  await worker.query('select worker.process_webhook_events(10, $1, $2)', [
    '{}',
    connections.map((connection) => connection.id),
  ]);
  return async () => {
    await worker.query('commit');
    await worker.end();
  };
}

let mails = 0;
async function deliver(connection: TestConnection, campaignId = campaign): Promise<string> {
  const email = `lead-${++mails}@shop.test`;
  const answer = await project.deliver(connection, [{
    event_type: 'email_sent',
    campaign_id: campaignId,
    lead_email: email,
    timestamp: new Date().toISOString(),
  }]);
  expect(answer.status).toBe(200);
  return email;
}

async function isProjected(email: string): Promise<boolean> {
  return (await project.sql('select from public.email_events where email = $1', [email])).length > 0;
}

it('a delivery of another connection is projected while the own one is in work elsewhere, and both in the end', async () => {
  const release = await holdShardsOf(first);
  const waiting = await deliver(first);
  const other = await deliver(second);
  await project.eventually(() => isProjected(other), 'the other connection is projected');
  expect(await isProjected(waiting)).toBe(false);
  await release();
  await project.eventually(
    () => isProjected(waiting),
    'the first one is projected, without another delivery or sweep',
  );
});

it('a call for connections that others work on takes nothing of them, and says which to ask for again', async () => {
  const release = await holdShardsOf(first);
  const waiting = await deliver(first);
  const ask = async (connections: TestConnection[] | null) =>
    (await project.one<{ answer: { claimed: number; unfinished: string[] } }>(
      `select worker.process_webhook_events(10, '{}', $1) as answer`,
      [connections && connections.map((connection) => connection.id)],
    )).answer;
  expect(await ask([first])).toMatchObject({ claimed: 0, unfinished: [first.id] });
  expect(await ask([first, second])).toMatchObject({ claimed: 0, unfinished: [first.id] });
  expect(await ask(null)).toMatchObject({ claimed: 0, unfinished: [] });
  await release();
  await project.eventually(() => isProjected(waiting), 'it is projected');
});

it('what a mapped campaign held is projected by the projector that works on the connection, or at once', async () => {
  const operator = await project.signIn(await project.createUser('operator', null));
  const map = async (campaignId: string) => {
    const { data: unmapped } = await operator.from('unmapped_campaigns').select('id').eq('name', campaignId)
      .single();
    const { data, error } = await operator.rpc('map_campaign', {
      unmapped_campaign_id: unmapped?.id ?? '',
      target_client_id: clientId,
    });
    expect(error).toBeNull();
    return data;
  };
  const [busy, idle] = [randomUUID(), randomUUID()];
  for (const campaignId of [busy, idle]) {
    await project.sql(
      'insert into private.provider_campaigns (connection_id, provider_campaign_id, name) values ($1, $2, $2)',
      [first.id, campaignId],
    );
  }
  const [waiting, other] = [await deliver(first, busy), await deliver(first, idle)];
  await project.project();

  const release = await holdShardsOf(first);
  expect(await map(busy)).toMatchObject({ released: 1, projected: 0 });
  await release();
  await project.project();
  expect(await isProjected(waiting)).toBe(true);

  expect(await map(idle)).toMatchObject({ released: 1, projected: 1 });
  expect(await isProjected(other)).toBe(true);
});
