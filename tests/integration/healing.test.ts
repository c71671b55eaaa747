// What a webhook that was down, switched off or never registered leaves behind, one sync puts right.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EmitType } from '../../simulators/instantly/simulator.ts';
import { delivery } from '../support/deliveries.ts';
import { makeCampaign, people, providerApi } from '../support/provider-api.ts';
import {
  ended,
  goOn,
  happened as countedByProvider,
  readJob,
  registerWebhook as register,
  type Relay,
  seen as countedByUs,
  startRelay,
  startSync,
  sync,
} from '../support/outage.ts';
import { type Project, startProject, type TestConnection } from '../support/project.ts';

const hour = 3_600_000;
const perHour = 220;
const outage = 24 * perHour;

let project: Project;
let relay: Relay;

beforeAll(async () => {
  project = await startProject({
    functions: ['sync-client', 'instantly-webhook'],
    scheduler: { cron: false },
    simulator: {
      startAt: new Date(Date.now() - 40 * hour),
      // Switched off with the last event: later events are in no log of the provider.
      delivery: { retryDelaysMs: [], failuresBeforeSwitchOff: outage, concurrency: 32 },
    },
  });
  relay = await startRelay(project);
});
afterAll(async () => {
  await project.stop();
  relay.stop();
});

async function connect(): Promise<TestConnection> {
  const tenant = await project.createTenant('Recovered');
  return await project.createConnection(tenant.clientId);
}

const registerWebhook = (connection: TestConnection) => register(project, relay, connection);
const run = (body: Record<string, unknown>) => sync(project, body);
const seen = (name: string) => countedByUs(project, name);
const happened = (campaignId: string) => countedByProvider(project, campaignId);

const storedEvents = async (connection: TestConnection) =>
  (await project.one<{ n: number }>(
    'select count(*)::int as n from private.webhook_events where connection_id = $1',
    [connection.id],
  )).n;

const incidents = (connection: TestConnection) =>
  project.sql(
    'select kind, closed_at is null as open from public.incidents where connection_id = $1 order by opened_at, kind',
    [connection.id],
  );

describe('an outage of 24 hours', () => {
  it(
    'is recovered by one sync: webhook on again, facts equal to the provider, and a second sync adds nothing',
    async () => {
      const connection = await connect();
      const id = await makeCampaign(
        project.simulator.url,
        connection.apiKey,
        'Outage',
        people(900, 'outage'),
      );
      const webhookId = await registerWebhook(connection);
      const api = providerApi(project.simulator.url, connection.apiKey);
      const emit = (leadIndex: number, type: EmitType, at: number) =>
        project.simulator.emit({
          workspaceId: connection.workspaceId,
          campaignId: id,
          leadEmail: `outage${leadIndex}@sync.test`,
          type,
          at: new Date(at),
          account: leadIndex % 2 === 0 ? 'mia@outreach.test' : 'jon@outreach.test',
        });

      // Before the outage deliveries arrive and a sync is healthy.
      const before = project.simulator.simulatedNow().getTime();
      for (let index = 0; index < 50; index++) emit(index, 'email_sent', before + index);
      await project.simulator.deliveriesSettled();
      expect(await run({ connection_id: connection.id })).toMatchObject({
        status: 'completed',
        result: { events_replayed: 0, replies_reconciled: 0, errors: [] },
      });
      expect(await incidents(connection)).toEqual([]);

      relay.isDown = true;
      const mix: EmitType[] = [
        ...Array.from({ length: 12 }, () => 'email_sent' as const),
        ...Array.from({ length: 5 }, () => 'email_opened' as const),
        'link_clicked',
        'reply_received',
        'auto_reply_received',
        'email_bounced',
        'lead_unsubscribed',
      ];
      for (let index = 0; index < outage; index++) {
        if (index % perHour === 0) await project.simulator.advance({ hours: 1 });
        const now = project.simulator.simulatedNow().getTime();
        emit(
          (index * 7) % 900,
          mix[index % mix.length] ?? 'email_sent',
          now - hour + (1 + index % perHour) * 1000,
        );
      }
      await project.simulator.deliveriesSettled();
      expect(await api.get(`webhooks/${webhookId}`)).toMatchObject({ status: -1 });
      expect(await storedEvents(connection)).toBe(50);

      relay.isDown = false;
      const started = Date.now();
      const job = await run({ connection_id: connection.id });
      console.log(`${outage} missed events were recovered in ${Date.now() - started} ms`);
      expect(job).toMatchObject({ status: 'completed', error_code: null });
      expect(job['result']).toMatchObject({ events_replayed: outage, replies_reconciled: 0, errors: [] });
      expect(await api.get(`webhooks/${webhookId}`)).toMatchObject({ status: 1 });
      expect(await seen('Outage')).toEqual(happened(id));
      expect(await incidents(connection)).toEqual([{ kind: 'webhook_switched_off', open: false }]);

      // The webhook works again, and nothing is counted twice.
      emit(3, 'email_opened', project.simulator.simulatedNow().getTime());
      await project.simulator.deliveriesSettled();
      expect(await run({ connection_id: connection.id })).toMatchObject({
        status: 'completed',
        result: { events_replayed: 0, replies_reconciled: 0 },
      });
      await project.project();
      expect(await storedEvents(connection)).toBe(50 + outage + 1);
      expect(await seen('Outage')).toEqual(happened(id));
      const { duplicates } = await project.one(
        'select sum(delivery_count - 1)::int as duplicates from private.webhook_events where connection_id = $1',
        [connection.id],
      );
      expect(duplicates).toBe(0);
    },
    120_000,
  );
});

describe('a replay of the log', () => {
  it('that is killed half-way ends with the same facts, each once', async () => {
    const connection = await connect();
    const id = await makeCampaign(project.simulator.url, connection.apiKey, 'Killed', people(900, 'killed'));
    await registerWebhook(connection);
    relay.isDown = true;
    const now = project.simulator.simulatedNow().getTime();
    for (let index = 0; index < 900; index++) {
      project.simulator.emit({
        workspaceId: connection.workspaceId,
        campaignId: id,
        leadEmail: `killed${index}@sync.test`,
        type: 'email_sent',
        at: new Date(now - 1000 + index),
      });
    }
    await project.simulator.deliveriesSettled();
    relay.isDown = false;
    project.simulator.faults.set({
      requests: [{ kind: 'latency', path: '/api/v2/webhook-events', latencyMs: 250 }],
    });
    const jobId = await startSync(project, { connection_id: connection.id });
    await project.eventually(async () => await storedEvents(connection) >= 200, 'two pages are stored');
    await project.stack.functions.kill('sync-client');
    project.simulator.faults.clear();
    expect(await storedEvents(connection)).toBeLessThan(900);
    expect(await readJob(project, jobId)).toMatchObject({ status: 'running', cursor: { phase: 'replay' } });

    await project.stack.functions.ready('sync-client');
    await project.sql(`update private.jobs set lease_until = now() - interval '1 second' where id = $1`, [
      jobId,
    ]);
    await goOn(project, jobId);
    expect(await ended(project, jobId)).toMatchObject({ status: 'completed', result: { errors: [] } });
    expect(await seen('Killed')).toEqual(happened(id));
    expect(await storedEvents(connection)).toBe(900);
  }, 60_000);
});

describe('a replay by range', () => {
  it('stores again what the log has of that time, also what we once confirmed and then lost', async () => {
    const connection = await connect();
    const id = await makeCampaign(project.simulator.url, connection.apiKey, 'Range', people(3, 'range'));
    await registerWebhook(connection);
    const now = project.simulator.simulatedNow().getTime();
    for (let index = 0; index < 3; index++) {
      project.simulator.emit({
        workspaceId: connection.workspaceId,
        campaignId: id,
        leadEmail: `range${index}@sync.test`,
        type: 'email_sent',
        at: new Date(now - 1000 + index),
      });
    }
    await project.simulator.deliveriesSettled();
    await project.project();
    // As after a restore of a backup from before.
    await project.sql('delete from private.webhook_events where connection_id = $1', [connection.id]);
    const syncedBefore = await project.one(
      'select last_synced_at from public.provider_connections where id = $1',
      [connection.id],
    );
    const range = (from: number, to: number) => ({
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
    });
    const replay = (from: number, to: number) =>
      run({ connection_id: connection.id, replay: range(from, to) });
    expect(await replay(now - 10 * hour, now - hour)).toMatchObject({
      kind: 'replay',
      status: 'completed',
      result: { events_replayed: 0 },
    });
    expect(await replay(now - hour, now + hour)).toMatchObject({ result: { events_replayed: 3 } });
    expect(await replay(now - hour, now + hour)).toMatchObject({ result: { events_replayed: 0 } });
    expect(
      await project.one('select last_synced_at from public.provider_connections where id = $1', [
        connection.id,
      ]),
    ).toEqual(syncedBefore);

    const refused = await project.invoke('sync-client', { replay: range(now - hour, now) });
    expect(refused).toMatchObject({ status: 400, body: { error: { code: 'VALIDATION_FAILED' } } });
    const turned = await project.invoke('sync-client', {
      connection_id: connection.id,
      replay: range(now, now - hour),
    });
    expect(turned).toMatchObject({ status: 400, body: { error: { code: 'VALIDATION_FAILED' } } });
  });
});

describe('replies that only the inbox knows', () => {
  it('are added once, automatic ones apart, and never beside a delivery without mail id', async () => {
    const connection = await connect();
    const id = await makeCampaign(project.simulator.url, connection.apiKey, 'Inbox', people(130, 'inbox'));
    const now = project.simulator.simulatedNow().getTime();
    for (let index = 0; index < 130; index++) {
      project.simulator.emit({
        workspaceId: connection.workspaceId,
        campaignId: id,
        leadEmail: `inbox${index}@sync.test`,
        type: index % 10 === 0 ? 'auto_reply_received' : 'reply_received',
        at: new Date(now + index),
        text: 'Tell me more',
      });
    }
    // The same reply as one of the inbox, in a delivery of the older kind.
    await project.deliver(
      connection,
      delivery('reply_received', {
        campaign: id,
        campaign_id: id,
        campaign_name: 'Inbox',
        lead_email: 'inbox1@sync.test',
        timestamp: new Date(now + 90_000).toISOString(),
      }),
    );
    await project.project();
    expect(await run({ connection_id: connection.id })).toMatchObject({
      status: 'completed',
      result: { replies_reconciled: 129 },
    });
    expect((await seen('Inbox')).totals).toEqual(happened(id).totals);
    expect(await run({ connection_id: connection.id })).toMatchObject({ result: { replies_reconciled: 0 } });
    const { payload } = await project.one<{ payload: Record<string, unknown> }>(
      `select payload from private.webhook_events where connection_id = $1 and event ->> 'email' = 'inbox2@sync.test'`,
      [connection.id],
    );
    expect(payload).toMatchObject({ reply_text: 'Tell me more', event_type: 'reply_received' });
  });
});

describe('the webhook', () => {
  it('is missed until somebody registers it; only operators read of it', async () => {
    const connection = await connect();
    await run({ connection_id: connection.id });
    expect(await incidents(connection)).toEqual([{ kind: 'webhook_missing', open: true }]);
    await registerWebhook(connection);
    await run({ connection_id: connection.id });
    expect(await incidents(connection)).toEqual([{ kind: 'webhook_missing', open: false }]);

    const operator = await project.signIn(await project.createUser('operator', null));
    const { data } = await operator.from('incidents').select('kind').eq('connection_id', connection.id);
    expect(data).toEqual([{ kind: 'webhook_missing' }]);
    const client = await project.signIn(await project.createUser('client', String(connection.clientId)));
    expect((await client.from('incidents').select('*')).data).toEqual([]);
  });
});

describe('a webhook that was deleted at the provider', () => {
  it('is made again by the sync, and delivers', async () => {
    const connection = await connect();
    const id = await registerWebhook(connection);
    const campaign = await makeCampaign(
      project.simulator.url,
      connection.apiKey,
      'Remade',
      people(1, 'remade'),
    );
    await run({ connection_id: connection.id });
    const api = providerApi(project.simulator.url, connection.apiKey);
    await api.delete(`webhooks/${id}`);
    expect(await run({ connection_id: connection.id })).toMatchObject({ status: 'completed' });
    expect(await incidents(connection)).toEqual([{ kind: 'webhook_missing', open: false }]);
    const { items } = await api.get('webhooks?limit=10') as {
      items: { id: string; target_hook_url: string }[];
    };
    expect(items.map((one) => one.target_hook_url.endsWith(`/instantly-webhook/${connection.id}`))).toEqual([
      true,
    ]);
    expect(items[0]?.id).not.toBe(id);
    project.simulator.emit({
      workspaceId: connection.workspaceId,
      campaignId: campaign,
      leadEmail: 'remade0@sync.test',
      type: 'email_sent',
      step: 1,
    });
    await project.simulator.deliveriesSettled();
    expect(await storedEvents(connection)).toBe(1);
    expect(await run({ connection_id: connection.id })).toMatchObject({ status: 'completed' });
    expect((await api.get('webhooks?limit=10'))['items']).toHaveLength(1);
  });
});

describe('a step that fails', () => {
  it.each([
    [['webhook'], '/api/v2/webhooks'],
    [['replay'], '/api/v2/webhook-events'],
    // Both read the same list: replies that came in, answers that somebody wrote at the provider.
    [['replies', 'answers'], '/api/v2/emails'],
    [['accounts'], '/api/v2/accounts'],
  ])('%s makes the sync partial and costs no campaign', async (steps, path) => {
    const connection = await connect();
    await registerWebhook(connection);
    await makeCampaign(
      project.simulator.url,
      connection.apiKey,
      `Step ${steps[0]}`,
      people(2, `step-${steps[0]}`),
    );
    project.simulator.faults.set({ requests: [{ kind: 'error-500', path }] });
    const job = await run({ connection_id: connection.id });
    project.simulator.faults.clear();
    expect(job).toMatchObject({ status: 'partial', error_code: 'SYNC_FAILED' });
    expect(job['result']).toMatchObject({
      campaigns_synced: 1,
      leads: 2,
      errors: steps.map((step) => ({ step })),
    });
    expect(await run({ connection_id: connection.id })).toMatchObject({ status: 'completed' });
  });
});
