// A day without a webhook: the provider switches it off after five failures, so most events are in no log of its.
// The syncs bring it back from the provider's mails and counters, without a person.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { delivery } from '../support/deliveries.ts';
import { makeCampaign, people, providerApi } from '../support/provider-api.ts';
import {
  counted,
  ended,
  goOn,
  happened,
  hour,
  Life,
  readJob,
  registerWebhook,
  type Relay,
  seen,
  startRelay,
  startSync,
  sync,
} from '../support/outage.ts';
import { type Project, startProject, type TestConnection } from '../support/project.ts';

let project: Project;
let relay: Relay;

beforeAll(async () => {
  project = await startProject({
    functions: ['sync-client', 'instantly-webhook'],
    scheduler: { cron: false },
    // The switch-off is the simulator's own: after five failed groups.
    simulator: {
      startAt: new Date(Date.now() - 71 * hour),
      delivery: { retryDelaysMs: [], concurrency: 8 },
    },
  });
  relay = await startRelay(project);
});
afterAll(async () => {
  await project.stop();
  relay.stop();
});

interface Scene {
  connection: TestConnection;
  campaignId: string;
  name: string;
  life: Life;
  webhook: () => Promise<Record<string, unknown>>;
  play: (hours: number, perHour: number, afterEach?: () => Promise<unknown>) => Promise<void>;
}

/** A campaign that works: its first mails and opens were delivered, and a sync found all well. */
async function scene(name: string, leads: number, seed: number): Promise<Scene> {
  const tenant = await project.createTenant(name);
  const connection = await project.createConnection(tenant.clientId);
  const prefix = name.toLowerCase();
  const campaignId = await makeCampaign(
    project.simulator.url,
    connection.apiKey,
    name,
    people(leads, prefix),
  );
  const webhookId = await registerWebhook(project, relay, connection);
  const life = new Life(prefix, leads, seed);
  const play: Scene['play'] = async (hours, perHour, afterEach) => {
    for (let number = 0; number < hours; number++) {
      const from = project.simulator.simulatedNow().getTime();
      await project.simulator.advance({ hours: 1 });
      for (const event of life.between(from, from + hour, perHour)) {
        project.simulator.emit({ ...event, workspaceId: connection.workspaceId, campaignId });
      }
      await project.simulator.deliveriesSettled();
      await afterEach?.();
    }
  };
  await play(1, 100);
  expect(await sync(project, { connection_id: connection.id })).toMatchObject({ status: 'completed' });
  return {
    connection,
    campaignId,
    name,
    life,
    webhook: () => providerApi(project.simulator.url, connection.apiKey).get(`webhooks/${webhookId}`),
    play,
  };
}

const unsettled = (connection: TestConnection) =>
  project.sql('select * from private.webhook_outages where connection_id = $1 and settled_at is null', [
    connection.id,
  ]);

const bySource = async (connection: TestConnection) =>
  Object.fromEntries(
    (await project.sql<{ source: string; n: number }>(
      'select source::text, count(*)::int as n from private.webhook_events where connection_id = $1 group by source',
      [connection.id],
    )).map((row) => [row.source, row.n]),
  );

/** Instantly tells no day of an unsubscribe, so there the sum over the days must do. */
function withoutUnsubscribeDays(numbers: { days: Record<string, object> }) {
  return Object.fromEntries(
    Object.entries(numbers.days).map(([day, of]) => [day, { ...of, unsubscribed: undefined }]),
  );
}

async function expectEquality({ connection, campaignId, name, life }: Scene): Promise<void> {
  const [ours, truth] = [await seen(project, name), happened(project, campaignId)];
  expect(ours.totals).toEqual(truth.totals);
  expect(await life.seen(project, name)).toEqual(Object.fromEntries(life.facts));
  expect(withoutUnsubscribeDays(ours)).toEqual(withoutUnsubscribeDays(truth));
  const sum = (numbers: { days: Record<string, object> }) =>
    Object.values(numbers.days).reduce(
      (total, of) => total + Number((of as { unsubscribed: number }).unsubscribed),
      0,
    );
  expect(sum(ours)).toBe(sum(truth));
  expect(counted).toHaveLength(11);

  const { balanced } = await project.one(
    'select bool_and(balanced) as balanced from public.webhook_ledger where connection_id = $1',
    [connection.id],
  );
  expect(balanced).toBe(true);
  const [shown] = await project.sql(
    `select sent::int, contacted::int, opened::int, clicked::int, replied::int, bounced::int, unsubscribed::int, auto_replies::int
     from public.client_overview where client_id = $1`,
    [connection.clientId],
  );
  expect(shown).toEqual({
    sent: truth.totals['sent'],
    contacted: truth.totals['contactedLeads'],
    opened: truth.totals['leadsOpened'],
    clicked: truth.totals['leadsClicked'],
    replied: truth.totals['leadsReplied'],
    bounced: truth.totals['bounced'],
    unsubscribed: truth.totals['unsubscribed'],
    auto_replies: truth.totals['autoReplies'],
  });
}

describe('24 hours without a webhook', () => {
  it('one sync afterwards recovers more than 5,000 events; a second one adds nothing', async () => {
    const scenery = await scene('Once', 900, 1);
    relay.isDown = true;
    await scenery.play(24, 220);
    relay.isDown = false;
    expect(await scenery.webhook()).toMatchObject({ status: -1 });

    const started = Date.now();
    const job = await sync(project, { connection_id: scenery.connection.id });
    const sources = await bySource(scenery.connection);
    console.log(`${JSON.stringify(sources)} recovered in ${Date.now() - started} ms`, job['result']);
    expect(job).toMatchObject({ status: 'completed', error_code: null, result: { errors: [] } });
    expect(Number(sources['log']) + Number(sources['inbox']) + Number(sources['inferred'])).toBeGreaterThan(
      5000,
    );
    expect(sources['log']).toBeLessThan(20);
    await expectEquality(scenery);
    expect(await unsettled(scenery.connection)).toEqual([]);

    expect(await sync(project, { connection_id: scenery.connection.id })).toMatchObject({
      result: { events_replayed: 0, replies_reconciled: 0, mails_recovered: 0, events_inferred: 0 },
    });
    expect(await bySource(scenery.connection)).toEqual(sources);

    // The webhook works again, and what it brings counts once.
    await scenery.play(1, 50);
    await project.project();
    await sync(project, { connection_id: scenery.connection.id });
    await expectEquality(scenery);

    // A delivery that comes after all, without mail id, tells what is known.
    const late = [
      'email_sent',
      'email_opened',
      'link_clicked',
      'reply_received',
      'email_bounced',
      'lead_unsubscribed',
    ]
      .map((type) => scenery.life.events.findLast((event, index) => event.type === type && index < 4000));
    for (const event of late) {
      if (event === undefined) throw new Error('The day had no event of each type');
      const answer = await project.deliver(
        scenery.connection,
        delivery(event.type, {
          campaign: scenery.campaignId,
          campaign_id: scenery.campaignId,
          lead_email: event.leadEmail,
          email: event.leadEmail,
          email_account: event.account,
          step: event.step,
          timestamp: event.at.toISOString(),
        }),
      );
      expect(answer.status).toBe(200);
    }
    await project.project();
    await expectEquality(scenery);
    expect(
      await project.one(
        `select sum(duplicate)::int as duplicate, sum(projected)::int as projected from public.webhook_ledger where connection_id = $1`,
        [scenery.connection.id],
      ),
    ).toEqual({ duplicate: late.length, projected: scenery.life.events.length });
  }, 120_000);

  it(
    'a sync each hour meanwhile, each of which resumes a webhook that is switched off again, ends the same',
    async () => {
      const scenery = await scene('Hourly', 150, 2);
      relay.isDown = true;
      await scenery.play(24, 30, () => sync(project, { connection_id: scenery.connection.id, full: false }));
      relay.isDown = false;
      expect(await sync(project, { connection_id: scenery.connection.id, full: false })).toMatchObject({
        status: 'completed',
        result: { errors: [] },
      });
      console.log(JSON.stringify(await bySource(scenery.connection)));
      await expectEquality(scenery);
      expect(await unsettled(scenery.connection)).toEqual([]);

      // Half a minute after what was inferred is not the same open.
      const last = await project.one<{ email: string; at: Date }>(
        `select l.email, l.opened_at as at
         from private.recovered_facts as f join public.synced_leads as l on l.id = f.lead_id
         join public.campaigns as c on c.id = l.campaign_id
         where c.name = $1 and f.type = 'email_opened' and f.is_inferred and f.occurred_at = l.opened_at
         order by l.email limit 1`,
        [scenery.name],
      );
      const { life, campaignId, connection } = scenery;
      project.simulator.emit({
        type: 'email_opened',
        leadEmail: last.email,
        at: new Date(last.at.getTime() + 30_000),
        workspaceId: connection.workspaceId,
        campaignId,
      });
      const facts = life.facts.get(last.email);
      if (facts !== undefined) facts.opens++;
      await project.simulator.deliveriesSettled();
      await project.project();
      await expectEquality(scenery);
    },
    120_000,
  );
});

describe('a recovery', () => {
  it(
    'that is killed while it reads mails, and loses its lease while it infers, ends with the same facts',
    async () => {
      const scenery = await scene('Killed', 400, 3);
      relay.isDown = true;
      await scenery.play(12, 100);
      relay.isDown = false;
      project.simulator.faults.set({
        requests: [{ kind: 'latency', path: '/api/v2/emails', latencyMs: 250 }],
      });
      const jobId = await startSync(project, { connection_id: scenery.connection.id });
      const result = async () => (await readJob(project, jobId))['result'] as Record<string, number>;
      await project.eventually(
        async () => Number((await result())['mails_recovered']) >= 100,
        'mails come back',
      );
      await project.stack.functions.kill('sync-client');
      project.simulator.faults.clear();
      expect(await readJob(project, jobId)).toMatchObject({ status: 'running', cursor: { phase: 'outage' } });
      expect(await unsettled(scenery.connection)).toHaveLength(1);

      const takeOver = async () => {
        await project.sql(`update private.jobs set lease_until = now() - interval '1 second' where id = $1`, [
          jobId,
        ]);
        await goOn(project, jobId);
      };
      await project.stack.functions.ready('sync-client');
      await takeOver();
      await project.eventually(
        async () => Number((await bySource(scenery.connection))['inferred'] ?? 0) > 0,
        'events are inferred',
      );
      await project.sql(
        `update private.jobs set lease_token = gen_random_uuid() where id = $1 and status = 'running'`,
        [jobId],
      );
      await takeOver();
      expect(await ended(project, jobId)).toMatchObject({ status: 'completed', result: { errors: [] } });
      await expectEquality(scenery);
      expect(await unsettled(scenery.connection)).toEqual([]);
    },
    60_000,
  );

  it('that finds the rate budget used up waits and resumes without a failure', async () => {
    const scenery = await scene('Budget', 100, 4);
    relay.isDown = true;
    await scenery.play(3, 50);
    relay.isDown = false;
    await project.sql(
      `insert into private.rate_grants (connection_id, bucket, tokens, latest_at) values ($1, 'emails', 20, now())`,
      [scenery.connection.id],
    );
    const jobId = await startSync(project, { connection_id: scenery.connection.id });
    await project.eventually(
      async () => {
        const { status, lease_token: lease } = await readJob(project, jobId);
        return status !== 'queued' && lease === null;
      },
      'the job gives itself back',
    );
    const { cursor, ...job } = await readJob(project, jobId);
    expect(job).toMatchObject({ status: 'running', attempts: 0, result: { errors: [] } });
    expect(cursor).toEqual({ phase: 'replies', tries: 0 });
    expect(Date.parse(String(job['next_attempt_at']))).toBeGreaterThan(Date.now() + 20_000);

    await goOn(project, jobId);
    expect(await ended(project, jobId)).toMatchObject({
      status: 'completed',
      error_code: null,
      result: { errors: [] },
    });
    await expectEquality(scenery);
  }, 60_000);
});
