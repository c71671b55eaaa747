// One tenant's flood beside another's ordinary day: 100,000 deliveries of A wait and more arrive without a pause, then ten of B.
// Once they arrive over HTTP, as fast as this machine's one receiver takes them; once at a fixed 10,000 a second, stored as
// several receivers would do it.
import { createHash } from 'node:crypto';
import { listCampaigns, nextDelivery } from './deliveries.ts';
import { loadWebhook, prepareArrivals, report, storeBacklog } from './flood-parts.ts';
import { type BenchProject, connectionId } from './project.ts';

const other = 'dddddddd-0000-4000-8000-000000000003';
const otherClient = 'cccccccc-0000-4000-8000-000000000003';
const otherSecret = 'bench-webhook-secret-of-another';
const tries = 10;
const seconds = tries * 2;

/** Deliveries of A a second; more than one receiver takes on two cores. */
const rapid = 10_000;

export async function floodTenants(project: BenchProject): Promise<void> {
  await flood(project, () => {
    const load = loadWebhook(project, { connections: 64, seconds });
    return async () => {
      const { requests, failures } = await load;
      return `${(requests / seconds).toFixed(0)}/s over HTTP, ${failures} failed`;
    };
  });
}

export async function floodTenantsRapidly(project: BenchProject): Promise<void> {
  const start = await prepareArrivals(project, { perSecond: rapid, seconds });
  await flood(project, () => {
    const rate = start();
    return async () => `${(await rate).toFixed(0)}/s of ${rapid.toLocaleString('en')}/s wanted`;
  });
}

async function flood(
  project: BenchProject,
  arrive: () => () => Promise<string>,
): Promise<void> {
  const { database, stack } = project;
  await database.query(`insert into public.clients (id, name) values ($1, 'Other')`, [otherClient]);
  await database.query(
    `insert into public.provider_connections (id, client_id, name) values ($1, $2, 'Other')`,
    [other, otherClient],
  );
  await database.query('insert into private.webhook_secrets (connection_id, digest) values ($1, $2)', [
    other,
    createHash('sha256').update(otherSecret).digest(),
  ]);
  for (const connection of [connectionId, other]) await listCampaigns(database, connection);

  await storeBacklog(project, 100_000);
  const arrived = arrive();
  const stored: number[] = [];
  const visible: number[] = [];
  for (let n = 0; n < tries; n++) {
    const next = new Promise((resolve) => setTimeout(resolve, 2_000));
    const started = performance.now();
    const answers = await Promise.all(
      Array.from(
        { length: 10 },
        () =>
          fetch(`${stack.functions.url('instantly-webhook')}/instantly-webhook/${other}`, {
            method: 'POST',
            headers: { 'content-type': 'application/json', 'x-webhook-secret': otherSecret },
            body: nextDelivery(),
          }),
      ),
    );
    if (answers.some((answer) => !answer.ok)) throw new Error('A delivery of B was not stored');
    stored.push(performance.now() - started);
    while (await waitingOfOther(project) > 0) await new Promise((resolve) => setTimeout(resolve, 10));
    visible.push(performance.now() - started);
    await next;
  }
  const meanwhile = await arrived();
  const { rows } = await database.query<{ n: number }>(
    `select count(*)::int as n from private.webhook_events where status = 'pending' and connection_id = $1`,
    [connectionId],
  );
  const spread = (values: number[]) =>
    `median ${values.sort((a, b) => a - b)[tries / 2]?.toFixed(0)} ms, longest ${
      values.at(-1)?.toFixed(0)
    } ms`;
  report('ten deliveries of B beside 100,000 waiting ones of A: stored', spread(stored));
  report('… projected', spread(visible), 'below 2 s');
  report(
    '… what A sent meanwhile',
    `${meanwhile}; ${rows[0]?.n.toLocaleString('en')} of A wait at the end`,
  );
}

async function waitingOfOther({ database }: BenchProject): Promise<number> {
  const { rows } = await database.query<{ n: number }>(
    `select count(*)::int as n from private.webhook_events where status = 'pending' and connection_id = $1`,
    [other],
  );
  return rows[0]?.n ?? 0;
}
