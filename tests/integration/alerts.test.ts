// Alerts: one post per incident through pg_net to a real HTTP server, floods in one message, retries, and no secret in it.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runSnippet } from '../support/docs.ts';
import {
  type Client,
  type Project,
  startProject,
  type Tenant,
  type TestConnection,
} from '../support/project.ts';

let project: Project;
let tenant: Tenant;
let connection: TestConnection;
let shared: TestConnection;
let campaignId: string;
let operator: Client;
let receiver: Server;
let status = 200;
const posts: string[] = [];

beforeAll(async () => {
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: unknown) => body += String(chunk));
    request.on('end', () => {
      expect([request.method, request.headers['content-type'], request.url]).toEqual([
        'POST',
        'application/json',
        '/services/T0/secret-path',
      ]);
      posts.push((JSON.parse(body) as { text: string }).text);
      response.writeHead(status).end('ok');
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  project = await startProject({ functions: [], simulator: false, scheduler: { cron: false, netPause: 20 } });
  operator = await project.signIn(await project.createUser('operator', null));
  await project.sql('select vault.create_secret($1, $2)', [
    `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/services/T0/secret-path`,
    'alert_webhook_url',
  ]);
});
afterAll(async () => {
  await project?.stop();
  receiver.close();
});

beforeEach(async () => {
  await project.sql(
    'delete from public.clients; delete from public.provider_connections; delete from net._http_response',
  );
  posts.length = 0;
  status = 200;
  tenant = await project.createTenant('Lakeside <Dental>');
  connection = await project.createConnection(tenant.clientId);
  shared = await project.createConnection(null);
  await project.sql(`update public.provider_connections set last_synced_at = now()`);
  campaignId = await project.createCampaign(tenant.clientId, shared.id, { name: 'Autumn & more' });
});

/** The minute's job, and then until pg_net has an answer for everything that left. */
async function minute(): Promise<void> {
  const run = await project.stack.scheduler?.runCronJob('replyloop: raise alerts');
  expect(run?.status).toBe('succeeded');
  await project.eventually(async () => {
    const { open } = await project.one<{ open: number }>(
      `select count(*)::int as open from public.incidents as i
       where i.delivery = 'sending' and not exists (select from net._http_response as r where r.id = i.request_id)`,
    );
    return open === 0;
  }, 'pg_net has answers');
}

const alerts = async () =>
  (await operator.from('alerts').select('*').order('opened_at').throwOnError()).data ?? [];

const addDead = (count: number, ago = '1 minute') =>
  project.sql(
    `insert into private.webhook_events (connection_id, event_key, payload, status, reason, received_at, provider_campaign_id)
     select $1, gen_random_uuid(), '{"reply": "raw words"}', 'dead', 'odd', now() - $3::interval, 'provider-campaign-77'
     from generate_series(1, $2::int)`,
    [connection.id, count, ago],
  );

const addJob = (kind: string, jobStatus: string, ago: string, columns: Record<string, unknown> = {}) =>
  project.sql(
    `insert into private.jobs (kind, status, connection_id, client_id, campaign_id, error_code, error_message, created_at, finished_at, deadline_at)
     values ($1, $2, $3, $4, $5, $6, $7, now() - $8::interval, now() - $8::interval, now())`,
    [
      kind,
      jobStatus,
      columns['connection'] ?? shared.id,
      columns['client'] ?? null,
      columns['campaign'] ?? null,
      jobStatus === 'failed' ? 'API_UNAVAILABLE' : null,
      jobStatus === 'failed' ? 'Instantly does not answer' : null,
      ago,
    ],
  );

describe('an alert', () => {
  it.each([
    [
      'an invalid key',
      `update public.provider_connections set status = 'invalid' where id = $1`,
      'API key refused',
      'Press “Replace key” on its card in Settings → Connections',
      'key_invalid',
    ],
    [
      'a plan that ran out',
      `update public.provider_connections set status = 'needs_plan' where id = $1`,
      'Paid plan needed',
      'Renew the plan, then press “Test connection”',
      'plan_needed',
    ],
    [
      'a stale sync',
      `update public.provider_connections set last_synced_at = now() - interval '4 hours' where id = $1`,
      'Sync is stale',
      'Press “Sync now” on its card in Settings → Connections; if that fails, Operations → Jobs says why',
      'sync_stale',
    ],
    [
      'a disabled webhook',
      `select worker.record_provider_webhook($1, 'w', 'https://x.test', 'switched_off')`,
      'Webhook switched off',
      'switches it on again',
      'webhook_switched_off',
    ],
  ])('of %s is posted once: what, where, and what to do', async (_, incident, what, todo, kind) => {
    await minute();
    expect(posts).toEqual([]);
    await project.sql(incident, [connection.id]);
    await minute();
    await minute();
    await minute();
    expect(posts.length).toBe(1);
    expect(posts[0]).toContain(
      `Replyloop: ${what} (connection "Workspace", client "Lakeside &lt;Dental&gt;")`,
    );
    expect(posts[0]).toContain(todo);
    expect(await alerts()).toMatchObject([{
      kind,
      client_id: tenant.clientId,
      connection_id: connection.id,
      delivery: 'delivered',
      closed_at: null,
      delivery_error: null,
    }]);
  });

  it('leads to its entry in the runbook, where the address of the dashboard is known', async () => {
    await project.sql(
      `insert into private.mail_settings (sender_address, base_url, encrypted_key, master_key_id, key_last4, dashboard_url)
       values ('a@b.test', 'https://mail.test', 'none', 'none', '0000', 'https://d.test/app/');
       update public.provider_connections set status = 'invalid' where id = '${connection.id}'`,
    );
    await minute();
    await project.sql('delete from private.mail_settings');
    expect(posts.join()).toMatch(/ What to do: https:\/\/d\.test\/app\/docs\/runbook#key_invalid$/);
    expect((await alerts())[0]?.text).not.toContain('d.test');
  });

  it('closes when the incident is over, and the next one is new', async () => {
    const set = (state: string) =>
      project.sql(`update public.provider_connections set status = $1 where id = $2`, [state, connection.id]);
    await set('invalid');
    await minute();
    await set('active');
    await minute();
    expect((await alerts())[0]?.closed_at).not.toBeNull();
    await set('invalid');
    await minute();
    expect(posts.length).toBe(2);
    expect((await alerts()).length).toBe(2);
  });

  it('of a failed job says which, each job of its own, and closes with the next success', async () => {
    await addJob('export', 'failed', '5 minutes', { client: tenant.clientId, campaign: campaignId });
    await minute();
    await addJob('sync', 'failed', '4 minutes');
    await minute();
    await minute();
    expect(posts).toEqual([
      'Replyloop: Job failed (connection "Workspace", client "Lakeside &lt;Dental&gt;"): The export of campaign "Autumn &amp; more" failed: API_UNAVAILABLE, Instantly does not answer. Repair what it names, open the campaign and press “Export leads”; no lead is sent twice.',
      expect.stringContaining(
        'Replyloop: Job failed (connection "Workspace", shared): The sync failed: API_UNAVAILABLE',
      ),
    ]);
    // The hourly sync that fails again is the same incident.
    await addJob('sync', 'failed', '3 minutes');
    await minute();
    expect(posts.length).toBe(2);
    await addJob('sync', 'completed', '2 minutes');
    await addJob('export', 'completed', '1 minute', { client: tenant.clientId, campaign: campaignId });
    await minute();
    expect((await alerts()).map((alert) => alert.closed_at === null)).toEqual([false, false]);
  });

  it('of a hundred dead letters is one message with the number, and more of them are news after an hour', async () => {
    await addDead(100);
    await minute();
    await addDead(20);
    await minute();
    expect(posts.length).toBe(1);
    expect(posts[0]).toContain('100 deliveries of the last 7 days could not be processed');
    await project.sql(`update public.incidents set sent_at = sent_at - interval '61 minutes'`);
    await minute();
    expect(posts.length).toBe(2);
    expect(posts[1]).toContain('120 deliveries');
    await project.sql(`update private.webhook_events set status = 'projected'`);
    await minute();
    expect((await alerts()).filter((alert) => alert.closed_at === null)).toEqual([]);
  });

  it('of many at once is one message, cut at twenty', async () => {
    await project.sql(
      `insert into public.provider_connections (name, status) select 'Workspace ' || n, 'invalid' from generate_series(1, 30) as n`,
    );
    await minute();
    expect(posts.length).toBe(1);
    expect(posts[0]?.split('\n')).toHaveLength(22);
    expect(posts[0]).toMatch(/^30 alerts from Replyloop\n• API key refused/);
    expect(posts[0]).toMatch(/… and 10 more, see Operations → Alerts$/);
    await minute();
    expect(posts.length).toBe(1);
    expect((await alerts()).every((alert) => alert.delivery === 'delivered')).toBe(true);
  });

  it('names no function, view or table, because its reader has pages and buttons', async () => {
    await addDead(3);
    await addJob('sync', 'failed', '4 minutes');
    await addJob('export', 'failed', '5 minutes', { client: tenant.clientId, campaign: campaignId });
    await project.sql(
      `update public.provider_connections set last_synced_at = now() - interval '4 hours';
       insert into public.provider_connections (name, status) values ('Refused', 'invalid'), ('Unpaid', 'needs_plan')`,
    );
    await project.sql(`select worker.record_provider_webhook($1, null, null, 'missing')`, [shared.id]);
    await minute();
    const texts = (await alerts()).map(({ text }) => text ?? '');
    expect(texts.length).toBe(8);
    expect(texts.join('\n')).not.toMatch(/operator_jobs|dead_letters|replay_dead_letters|[a-z]+_[a-z_]+/);
    expect(texts.join('\n')).toContain('Operations → Dead letters');
  });

  it('that an operator acknowledged is posted no more, and the next of its kind is', async () => {
    const set = (state: string) =>
      project.sql(`update public.provider_connections set status = $1 where id = $2`, [state, connection.id]);
    status = 500;
    await set('invalid');
    await minute();
    const [alert] = await alerts();
    const client = await project.signIn(tenant);
    expect((await client.rpc('acknowledge_alerts', { ids: [alert!.id!] })).error?.code).toBe('PT403');
    expect(await runSnippet('acknowledge_alerts', operator, { alertIds: [alert!.id!] })).toBe(1);
    status = 200;
    await project.sql(
      `select private.judge_deliveries(); update public.incidents set next_attempt_at = now()`,
    );
    await minute();
    expect(posts.length).toBe(1);
    expect(await alerts()).toMatchObject([{
      title: 'API key refused',
      acknowledged_note: 'The provider knows',
      closed_at: null,
    }]);
    await set('active');
    await minute();
    await set('invalid');
    await minute();
    expect(posts.length).toBe(2);
  });

  it('of an incident that was resolved within the minute is still posted, and says so', async () => {
    await project.sql(`select worker.record_provider_webhook($1, 'w', 'https://x.test', 'switched_off')`, [
      connection.id,
    ]);
    await project.sql(`select worker.record_provider_webhook($1, 'w', 'https://x.test', 'active')`, [
      connection.id,
    ]);
    await minute();
    expect(posts).toEqual([expect.stringContaining('It is over already.')]);
  });

  it('holds no key, secret, raw word or provider id, and its address is in no row', async () => {
    await addDead(1);
    await project.sql(`update public.provider_connections set status = 'invalid' where id = $1`, [
      connection.id,
    ]);
    await minute();
    const text = posts.join() + JSON.stringify(await alerts()) +
      JSON.stringify(await project.sql('select * from public.incidents'));
    for (
      const secret of [
        connection.apiKey,
        connection.secret,
        'raw words',
        'provider-campaign-77',
        'secret-path',
      ]
    ) {
      expect(text).not.toContain(secret);
    }
  });
});

describe('an alert that does not arrive', () => {
  it('is retried with backoff, and after five attempts reports that it failed', async () => {
    status = 500;
    await project.sql(`update public.provider_connections set status = 'invalid' where id = $1`, [
      connection.id,
    ]);
    await minute();
    await minute();
    expect(await alerts()).toMatchObject([{
      delivery: 'waiting',
      delivery_attempts: 1,
      delivery_error: 'The alert address answered with status 500',
      sent_at: null,
    }]);
    // Not due yet.
    await minute();
    expect(posts.length).toBe(1);
    for (const attempts of [2, 3, 4, 5]) {
      await project.sql(`update public.incidents set next_attempt_at = now()`);
      await minute();
      expect(posts.length).toBe(attempts);
      await project.sql(`select private.judge_deliveries()`);
    }
    expect((await alerts())[0]).toMatchObject({ delivery: 'failed', delivery_attempts: 5, sent_at: null });
    await project.sql(`update public.incidents set next_attempt_at = now()`);
    await minute();
    expect(posts.length).toBe(5);
  });

  it('arrives late when the address comes back', async () => {
    status = 503;
    await project.sql(`update public.provider_connections set status = 'invalid' where id = $1`, [
      connection.id,
    ]);
    await minute();
    status = 200;
    await project.sql(
      `select private.judge_deliveries(); update public.incidents set next_attempt_at = now()`,
    );
    await minute();
    await minute();
    expect((await alerts())[0]).toMatchObject({
      delivery: 'delivered',
      delivery_attempts: 2,
      delivery_error: null,
    });
  });

  it('waits without an address; what is older than a day is no news when one is given', async () => {
    const [address] = await project.sql<{ id: string; secret: string }>(
      `select id, decrypted_secret as secret from vault.decrypted_secrets where name = 'alert_webhook_url'`,
    );
    await project.sql(`delete from vault.secrets where name = 'alert_webhook_url'`);
    await project.sql(`update public.provider_connections set status = 'invalid'`);
    await minute();
    expect((await alerts()).map((alert) => alert.delivery)).toEqual(['waiting', 'waiting']);
    await project.sql(
      `update public.incidents set opened_at = now() - interval '25 hours' where connection_id = $1`,
      [shared.id],
    );
    await project.sql(`select vault.create_secret($1, 'alert_webhook_url')`, [address?.secret]);
    await minute();
    expect(posts).toEqual([expect.stringContaining('Lakeside')]);
  });

  it('that pg_net lost in a crash is sent again after five minutes', async () => {
    await project.sql(`update public.provider_connections set status = 'invalid' where id = $1`, [
      connection.id,
    ]);
    await minute();
    await project.sql(
      `delete from net._http_response; update public.incidents set queued_at = now() - interval '6 minutes'`,
    );
    await project.sql(`select private.judge_deliveries()`);
    expect((await alerts())[0]).toMatchObject({
      delivery: 'waiting',
      delivery_error: 'The call to the alert address got lost',
    });
  });
});

it('shows alerts only to operators', async () => {
  await project.sql(`update public.provider_connections set status = 'invalid'`);
  await minute();
  const client = await project.signIn(tenant);
  expect((await client.from('alerts').select('*')).data).toEqual([]);
  expect((await project.browser().from('alerts').select('*')).error?.code).toBe('42501');
  expect((await alerts()).length).toBe(2);
});
