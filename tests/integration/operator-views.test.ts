// What operators read in the morning, the export log as each side sees it, and what a page learns without polling data.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deliverable } from '../support/businesses.ts';
import { delivery } from '../support/deliveries.ts';
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
let other: Tenant;
let dedicated: TestConnection;
let shared: TestConnection;
let campaignId: string;
let foreignId: string;
let client: Client;
let stranger: Client;
let operator: Client;
let chief: { email: string; password: string };
const mailbox = 'mia@outreach.test';

beforeAll(async () => {
  project = await startProject({ functions: ['sync-client', 'export-campaign', 'instantly-webhook'] });
  tenant = await project.createTenant('Lakeside');
  other = await project.createTenant('Harbour');
  dedicated = await project.createConnection(tenant.clientId);
  shared = await project.createConnection(null);
  chief = await project.createUser('operator', null);
  campaignId = await project.createCampaign(tenant.clientId, dedicated.id, {
    name: 'Autumn',
    sending_accounts: [mailbox],
  });
  foreignId = await project.createCampaign(other.clientId, shared.id, { name: 'Harbour campaign' });
  await project.sql(
    `insert into public.campaign_activity (client_id, campaign_id, day, sent, replied)
     values ($1, $2, (now() at time zone 'UTC')::date, 10, 2), ($1, $2, (now() at time zone 'UTC')::date - 6, 5, 1),
       ($1, $2, (now() at time zone 'UTC')::date - 7, 100, 50)`,
    [tenant.clientId, campaignId],
  );
  client = await project.signIn(tenant);
  stranger = await project.signIn(other);
  operator = await project.signIn(chief);
});
afterAll(() => project?.stop());

const snippet = (name: string, reader: Client = operator) =>
  runSnippet(name, reader, { campaignId, mailbox, connectionId: dedicated.id, clientId: tenant.clientId });

const health = async (connection: TestConnection) =>
  (await operator.from('operator_health').select('*').eq('connection_id', connection.id).single()
    .throwOnError()).data;

/** Exports as a person or with a secret key, and waits for the end. */
async function exportAs(reader: Client, campaign: string): Promise<string> {
  const { data, error } = await reader.functions.invoke<{ job_id: string }>('export-campaign', {
    body: { campaign_id: campaign },
  });
  if (error || !data) throw error ?? new Error('no answer');
  await project.jobEnded(data.job_id);
  return data.job_id;
}

describe('the export log', () => {
  it('tells totals, reasons, duration and who pressed, to each reader as much as is theirs', async () => {
    await project.addBusinesses(tenant.clientId, campaignId, [
      ...deliverable(3, 'lakeside'),
      { email: null },
      { email: 'x@risky.test', email_deliverability: 'risky' },
    ]);
    await project.addBusinesses(other.clientId, foreignId, deliverable(2, 'harbour'));
    const byClient = await exportAs(client, campaignId);
    const byOperator = await exportAs(operator, campaignId);
    const byScript = String(
      (await project.invoke('export-campaign', { campaign_id: foreignId })).body['job_id'],
    );
    await project.jobEnded(byScript);
    await project.sql(`update auth.users set raw_user_meta_data = '{"name": "Anna Lake"}' where email = $1`, [
      tenant.email,
    ]);

    const seen = async (reader: Client) => {
      const { data } = await reader.from('client_exports').select('*').throwOnError();
      expect((await snippet('export_log', reader)).length).toBe(data.length);
      return new Map(data.map((row) => [row.export_id, row]));
    };
    const ours = await seen(client);
    expect([...ours.keys()].sort()).toEqual([byClient, byOperator].sort());
    expect(ours.get(byClient)).toMatchObject({
      status: 'completed',
      total: 3,
      sent: 3,
      created: 3,
      skipped: 2,
      failed: 0,
      reasons: { no_email: 1, not_deliverable: 1 },
      requested_by_name: 'Anna Lake',
    });
    expect(ours.get(byClient)?.duration_seconds).toBeGreaterThanOrEqual(0);
    expect(ours.get(byOperator)).toMatchObject({
      requested_by: null,
      requested_by_name: 'your agency',
      reasons: { already_exported: 3 },
    });
    expect([...(await seen(stranger)).values()]).toMatchObject([{
      requested_by: null,
      requested_by_name: 'your agency',
    }]);
    const all = await seen(operator);
    expect(all.get(byClient)).toMatchObject({
      requested_by_name: 'Anna Lake',
      requested_by: expect.any(String) as string,
    });
    expect(all.get(byOperator)?.requested_by_name).toBe(chief.email);
    expect(all.get(byScript)).toMatchObject({ requested_by: null, requested_by_name: 'a script' });
    // Not even by asking for it does anybody learn of another client's people.
    expect(JSON.stringify([...(await seen(stranger)).values()])).not.toMatch(/Anna|people\.test/);
    expect(JSON.stringify([...ours.values()])).not.toContain(chief.email);
  });
});

describe('the operators’ views', () => {
  it('start a workspace sync and read its counts', async () => {
    const [job] = await snippet('workspace_sync');
    const ended = await project.jobEnded(String(job?.['job_id']));
    expect(ended['status']).toBe('completed');
    const { data } = await operator.from('operator_jobs').select('*').eq('job_id', String(job?.['job_id']))
      .single();
    expect(data).toMatchObject({
      kind: 'sync',
      status: 'completed',
      connection_name: 'Workspace',
      client_name: null,
      requested_by_name: chief.email,
    });
    expect(data?.result).toMatchObject({ accounts_imported: 2, errors: [] });
  });

  it('home_between: one row per client, for operators', async () => {
    const rows = await snippet('home_between');
    const { data: clients } = await operator.from('clients').select('name').is('archived_at', null);
    expect(rows.map((row) => row['client_name']).sort()).toEqual(clients?.map(({ name }) => name).sort());
    await expect(snippet('home_between', client)).rejects.toMatchObject({ message: 'FORBIDDEN' });
  });

  it('set_client_goals, goals_between: set by operators, read by the client too', async () => {
    expect(await snippet('set_client_goals')).toEqual({ contacted: null, positive_replies: 20, meetings: 4 });
    const goals = [
      { client_id: tenant.clientId, metric: 'positive_replies', goal: 20 },
      { client_id: tenant.clientId, metric: 'meetings', goal: 4 },
    ];
    expect(await snippet('goals_between')).toMatchObject(goals);
    expect(await snippet('goals_between', client)).toMatchObject(goals);
    expect(await snippet('set_client_goals', client)).toBeNull();
  });

  it('operator_clients: the numbers and the state of each client', async () => {
    const rows = await snippet('operator_clients');
    expect(rows.map((row) => row['client_name'])).toEqual(['Harbour', 'Lakeside']);
    expect(rows[1]).toMatchObject({ sent_7_days: 15, replied_7_days: 3, dead_letters: 0 });
    const { data } = await operator.from('operator_clients').select('*').eq('client_id', tenant.clientId)
      .single();
    expect(data).toMatchObject({
      campaigns: 1,
      connections: 1,
      leads: 3,
      failing_jobs: 0,
      integration_enabled: true,
    });
    expect(data?.last_sync_at).not.toBeNull();
  });

  it('operator_campaigns and the stats of one campaign', async () => {
    expect(await snippet('operator_campaigns')).toMatchObject([
      { client_name: 'Harbour', name: 'Harbour campaign', exported: 2 },
      { client_name: 'Lakeside', name: 'Autumn', connection_name: 'Workspace', exported: 3 },
    ]);
    expect(await snippet('campaign_stats')).toMatchObject([{ name: 'Autumn', sent: 0, reply_rate: null }]);
    const { data } = await operator.from('operator_campaigns').select('provider, last_export_at').eq(
      'campaign_id',
      campaignId,
    ).single();
    expect(data).toEqual({ provider: 'instantly', last_export_at: expect.any(String) as string });
  });

  it('operator_email_accounts, the stats of one, and a client’s own', async () => {
    expect(await snippet('operator_email_accounts')).toMatchObject([
      { email: 'jon@outreach.test', client_name: 'Lakeside', connection_name: 'Workspace' },
      { email: mailbox, status: 'active' },
    ]);
    expect(await snippet('account_stats')).toMatchObject([{
      email: mailbox,
      campaigns: [{ id: campaignId, name: 'Autumn' }],
    }]);
    expect((await snippet('client_email_accounts', client)).length).toBe(2);
    expect(await snippet('client_email_accounts', stranger)).toEqual([]);
  });

  it('operator_health: ok, degraded with the reason, down, and ok again', async () => {
    await project.sql(`update public.provider_connections set last_synced_at = now()`);
    await project.sql(`delete from public.incidents; update private.provider_webhooks set state = 'active'`);
    expect(await health(dedicated)).toMatchObject({
      health: 'waiting',
      reason: 'Waiting for its first event',
      client_name: 'Lakeside',
      waiting: 0,
    });
    const delivered = delivery('reply_received', { campaign_id: randomUUID(), lead_email: 'a@b.test' });
    await project.deliver(dedicated, delivered);
    await project.project();
    const heard = await health(dedicated);
    expect(heard?.last_webhook_at).not.toBeNull();
    expect(heard).toMatchObject({ health: 'ok', reason: null });

    await project.sql(
      `insert into private.webhook_events (connection_id, event_key, payload, status, received_at)
       select $1, gen_random_uuid(), '{}', s::public.webhook_event_status, now() - interval '5 minutes' from unnest('{pending,dead,dead}'::text[]) as s`,
      [dedicated.id],
    );
    expect(await health(dedicated)).toMatchObject({
      health: 'degraded',
      reason: 'Deliveries wait for longer than two minutes',
      waiting: 1,
      dead_letters: 2,
    });
    expect((await health(dedicated))?.oldest_waiting_seconds).toBeGreaterThanOrEqual(300);
    const { data } = await operator.from('operator_clients').select('health, waiting, dead_letters').eq(
      'client_id',
      tenant.clientId,
    ).single();
    expect(data).toEqual({ health: 'degraded', waiting: 1, dead_letters: 2 });

    const set = (column: string) =>
      project.sql(`update public.provider_connections set ${column} where id = $1`, [dedicated.id]);
    await set(`last_synced_at = now() - interval '4 hours'`);
    expect(await health(dedicated)).toMatchObject({
      health: 'degraded',
      reason: 'The last complete sync is too old or missing',
    });
    await set(`status = 'invalid'`);
    expect(await health(dedicated)).toMatchObject({
      health: 'down',
      reason: 'The provider refuses the API key',
    });
    expect((await snippet('operator_health')).map((row) => row['health'])).toEqual(['down', 'waiting']);
    await set(`status = 'paused'`);
    expect(await health(dedicated)).toMatchObject({ health: 'ok', reason: 'The connection is paused' });
    await set(`status = 'active', last_synced_at = now()`);
    await project.sql(`delete from private.webhook_events where event is null`);
    expect((await health(dedicated))?.health).toBe('ok');
  });

  it('operator_jobs: what failed, which counts until something for the same thing has ended', async () => {
    await project.sql(
      `insert into private.jobs (kind, status, connection_id, client_id, campaign_id, error_code, created_at, finished_at, deadline_at)
       values ('export', 'failed', $1, $2, $3, 'EXPORT_TIMEOUT', now(), now(), now())`,
      [dedicated.id, tenant.clientId, campaignId],
    );
    expect(await snippet('operator_jobs')).toMatchObject([{
      kind: 'export',
      campaign_name: 'Autumn',
      error_code: 'EXPORT_TIMEOUT',
    }]);
    expect(await health(dedicated)).toMatchObject({
      failing_jobs: 1,
      health: 'degraded',
      reason: 'Jobs fail',
    });
    await project.sql(
      `insert into private.jobs (kind, status, connection_id, client_id, campaign_id, created_at, finished_at, deadline_at)
       values ('export', 'completed', $1, $2, $3, now(), now(), now())`,
      [dedicated.id, tenant.clientId, campaignId],
    );
    expect((await health(dedicated))?.failing_jobs).toBe(0);
  });

  it('operator_members: who may sign in, as what', async () => {
    const members = await snippet('operator_members');
    expect(members).toContainEqual(
      expect.objectContaining({ email: chief.email, role: 'operator', client_name: null }),
    );
    expect(members.filter((row) => row['client_name'] !== null)).not.toHaveLength(0);
    expect(await snippet('operator_members', client)).toEqual([]);
  });

  it('alerts and CSV as the reference shows them', async () => {
    await project.sql(`select worker.record_provider_webhook($1, null, null, 'missing')`, [shared.id]);
    expect(await snippet('alerts')).toMatchObject([{
      kind: 'webhook_missing',
      client_name: null,
      delivery: 'waiting',
    }]);
    expect(String(await snippet('csv', stranger))).toBe('name,sent,reply_rate\nHarbour campaign,0,');
  });

  it.each(
    [
      'operator_clients',
      'operator_campaigns',
      'operator_email_accounts',
      'operator_health',
      'operator_jobs',
      'operator_members',
      'alerts',
    ] as const,
  )(
    '%s shows a client nothing, not even of its own',
    async (view) => {
      expect((await operator.from(view).select('*')).data?.length).toBeGreaterThan(0);
      expect(await client.from(view).select('*')).toMatchObject({ data: [], error: null });
    },
  );
});

describe('client_changes', () => {
  const marks = async (reader: Client) =>
    new Map((await snippet('client_changes', reader)).map((row) => [row['client_id'], row]));

  it('moves with every delivery, job and sync, for the client that is concerned and no other', async () => {
    const providerId = randomUUID();
    await project.sql('delete from private.provider_campaigns where campaign_id = $1', [campaignId]);
    await project.sql('select private.map_provider_campaign($1, $2, $3)', [
      dedicated.id,
      providerId,
      campaignId,
    ]);
    const before = await marks(operator);
    await project.deliver(
      dedicated,
      delivery('email_opened', { campaign_id: providerId, lead_email: 'a@b.test' }),
    );
    await project.project();
    const opened = await marks(operator);
    const of = (from: Map<unknown, Record<string, unknown>>, kind: string) =>
      from.get(tenant.clientId)?.[`${kind}_changed_at`];
    expect(of(opened, 'stats')).not.toEqual(of(before, 'stats'));
    expect(of(opened, 'replies')).toEqual(of(before, 'replies'));
    expect(opened.get(other.clientId)).toEqual(before.get(other.clientId));
    await project.deliver(
      dedicated,
      delivery('reply_received', { campaign_id: providerId, lead_email: 'a@b.test' }),
    );
    await project.project();
    expect(of(await marks(operator), 'replies')).not.toEqual(of(opened, 'replies'));
    await exportAs(client, campaignId);
    expect(of(await marks(operator), 'jobs')).not.toEqual(of(opened, 'jobs'));

    expect([...(await marks(client)).keys()]).toEqual([tenant.clientId]);
    expect([...(await marks(stranger)).keys()]).toEqual([other.clientId]);
    // The sync of the whole connection belongs to no client.
    expect(opened.has(null)).toBe(true);
  });

  it('goes with broadcasts that say what and never more, at most one a second, the rest by the sweep', async () => {
    await project.sql('select private.publish_late_changes()');
    await project.sql(
      `with deleted as (delete from realtime.messages)
       update public.client_changes set stats_published_at = now() - interval '1 minute' where client_id = $1`,
      [tenant.clientId],
    );
    const touch = () =>
      project.sql(`update public.campaigns set synced_at = clock_timestamp() where id = $1`, [campaignId]);
    for (let round = 0; round < 5; round++) await touch();
    const sent = () =>
      project.sql<{ topic: string; payload: Record<string, unknown>; private: boolean }>(
        `select topic, payload - 'id' as payload, private from realtime.messages where event = 'changed' order by topic, inserted_at`,
      );
    const at = expect.any(String) as string;
    const first = await sent();
    expect(first).toEqual([
      { topic: `client:${tenant.clientId}`, payload: { changed: 'stats', at }, private: true },
      { topic: 'operators', payload: { changed: 'stats', at, client_id: tenant.clientId }, private: true },
    ]);
    await project.sql('select private.publish_late_changes()');
    expect((await sent()).length).toBe(4);
    await project.sql('select private.publish_late_changes()');
    expect((await sent()).length).toBe(4);
  });

  it('moves just the same where Realtime is not', async () => {
    await project.sql('alter function realtime.send(jsonb, text, text, boolean) rename to send_elsewhere');
    const before = await marks(client);
    await project.sql(`update public.campaigns set synced_at = clock_timestamp() where id = $1`, [
      campaignId,
    ]);
    expect(await marks(client)).not.toEqual(before);
    await project.sql('alter function realtime.send_elsewhere(jsonb, text, text, boolean) rename to send');
  });
});
