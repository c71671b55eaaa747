// What a webhook that was down, switched off or never registered leaves behind, one sync puts right.
import { Buffer } from 'node:buffer';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EmitType } from '../../local/instantly-simulator/simulator.ts';
import { delivery } from '../support/deliveries.ts';
import { makeCampaign, people, providerApi } from '../support/provider-api.ts';
import { type Project, startProject, type TestConnection } from '../support/project.ts';

const hour = 3_600_000;
const perHour = 220;
const outage = 24 * perHour;

let project: Project;
let relay: Relay;

/** The public address of our functions: a relay in front of them that can be down. */
interface Relay {
  url: string;
  isDown: boolean;
  stop(): void;
}

async function startRelay(): Promise<Relay> {
  const self: Relay = { url: '', isDown: false, stop: () => undefined };
  const server: Server = createServer((request, response) => {
    const parts: Uint8Array[] = [];
    request.on('data', (part: Uint8Array) => parts.push(part));
    request.on('end', () => {
      if (self.isDown) {
        response.writeHead(503).end();
        return;
      }
      fetch(`${project.stack.functionsUrl}${request.url}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-webhook-secret': String(request.headers['x-webhook-secret']),
        },
        body: Buffer.concat(parts).toString(),
      }).then((answer) => response.writeHead(answer.status).end(), () => response.writeHead(502).end());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  self.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  self.stop = () => server.close();
  return self;
}

beforeAll(async () => {
  project = await startProject({
    functions: ['sync-client', 'instantly-webhook'],
    scheduler: { cron: false },
    simulator: {
      startAt: new Date(Date.now() - 40 * hour),
      // Switched off with the last event: what happens later stands in no log of the provider.
      delivery: { retryDelaysMs: [], failedGroupsBeforeSwitchOff: outage, concurrency: 32 },
    },
  });
  relay = await startRelay();
});
afterAll(async () => {
  await project.stop();
  relay.stop();
});

async function connect(): Promise<TestConnection> {
  const tenant = await project.createTenant('Healed');
  return await project.createConnection(tenant.clientId);
}

async function registerWebhook(connection: TestConnection): Promise<string> {
  const created = await providerApi(project.simulator.url, connection.apiKey).post('webhooks', {
    name: 'Replyloop',
    target_hook_url: `${relay.url}/instantly-webhook/${connection.id}`,
    event_type: 'all_events',
    headers: { 'x-webhook-secret': connection.secret },
  });
  return String(created['id']);
}

async function run(body: Record<string, unknown>): Promise<Record<string, unknown>> {
  const answer = await project.invoke('sync-client', body);
  expect(answer).toMatchObject({ status: 202 });
  const [job] = answer.body['jobs'] as { job_id: string }[];
  const jobId = String(job?.job_id);
  await project.eventually(
    async () => {
      const { status } = await project.one<{ status: string }>(
        'select status from private.jobs where id = $1',
        [jobId],
      );
      return !['queued', 'running'].includes(status);
    },
    'the job ends',
    60_000,
  );
  return await project.one('select * from private.jobs where id = $1', [jobId]);
}

/** What we counted, in the words of the simulator's own count. */
async function seen(name: string) {
  const counts =
    `sent, contacted as "contactedLeads", opens, opened as "leadsOpened", clicks, clicked as "leadsClicked", replies,
    replied as "leadsReplied", auto_replies as "autoReplies", bounced, unsubscribed`;
  const days = await project.sql<Record<string, unknown> & { day: string }>(
    `select a.day::text as day, ${counts} from public.campaign_activity as a join public.campaigns as c on c.id = a.campaign_id
     where c.name = $1 order by a.day`,
    [name],
  );
  const totals = await project.sql(
    `select ${counts} from public.campaign_activity_totals as t join public.campaigns as c on c.id = t.campaign_id where c.name = $1`,
    [name],
  );
  return { days: Object.fromEntries(days.map(({ day, ...rest }) => [day, rest])), totals: totals[0] };
}

const compared = [
  'sent',
  'contactedLeads',
  'opens',
  'leadsOpened',
  'clicks',
  'leadsClicked',
  'replies',
  'leadsReplied',
  'autoReplies',
  'bounced',
  'unsubscribed',
] as const;

function happened(campaignId: string) {
  const [truth] = project.simulator.truth(campaignId);
  if (truth === undefined) throw new Error('The simulator does not know the campaign');
  const pick = (counts: Record<(typeof compared)[number], number>) =>
    Object.fromEntries(compared.map((name) => [name, counts[name]]));
  return {
    days: Object.fromEntries(Object.entries(truth.days).map(([day, counts]) => [day, pick(counts)])),
    totals: pick(truth),
  };
}

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
    'is healed by one sync: webhook on again, facts equal to the provider, and a second sync adds nothing',
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
      console.log(`${outage} missed events were healed in ${Date.now() - started} ms`);
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
    // The same reply as one of the inbox, told by a delivery of the older kind.
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

describe('a step that fails', () => {
  it.each([
    ['webhook', '/api/v2/webhooks'],
    ['replay', '/api/v2/webhook-events'],
    ['replies', '/api/v2/emails'],
    ['accounts', '/api/v2/accounts'],
  ])('%s makes the sync partial and costs no campaign', async (step, path) => {
    const connection = await connect();
    await makeCampaign(project.simulator.url, connection.apiKey, `Step ${step}`, people(2, `step-${step}`));
    project.simulator.faults.set({ requests: [{ kind: 'error-500', path }] });
    const job = await run({ connection_id: connection.id });
    project.simulator.faults.clear();
    expect(job).toMatchObject({ status: 'partial', error_code: 'SYNC_FAILED' });
    expect(job['result']).toMatchObject({ campaigns_synced: 1, leads: 2, errors: [{ step }] });
    expect(await run({ connection_id: connection.id })).toMatchObject({ status: 'completed' });
  });
});
