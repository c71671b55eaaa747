// What people change at the provider: leads, campaigns, webhooks; and answers that are not as we know them.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCampaign, people, providerApi } from '../support/provider-api.ts';
import { type Project, startProject, type TestConnection } from '../support/project.ts';

let project: Project;

beforeAll(async () => {
  project = await startProject({
    functions: ['sync-client', 'instantly-webhook'],
    scheduler: { cron: false },
  });
});
afterAll(() => project.stop());

async function scene(name: string, count = 3) {
  const tenant = await project.createTenant(name);
  const connection = await project.createConnection(tenant.clientId);
  const campaign = await makeCampaign(project.simulator.url, connection.apiKey, name, people(count, name));
  return { tenant, connection, campaign };
}

async function sync(connection: TestConnection): Promise<Record<string, unknown>> {
  const answer = await project.invoke('sync-client', { connection_id: connection.id });
  const [job] = answer.body['jobs'] as { job_id: string }[];
  return await project.jobEnded(String(job?.job_id));
}

const errorsOf = (job: Record<string, unknown>) =>
  (job['result'] as { errors: Record<string, unknown>[] }).errors;

const leadsOf = (connection: TestConnection) =>
  project.sql<{ email: string; sent_count: number; gone: boolean }>(
    `select l.email, l.sent_count, l.removed_at is not null as gone from public.synced_leads as l
     join public.campaigns as c on c.id = l.campaign_id where c.connection_id = $1 order by l.email`,
    [connection.id],
  );

describe('a lead', () => {
  it('with another address keeps its row and its history, also when a delivery has the address first', async () => {
    const { connection, campaign, tenant } = await scene('renamed');
    await sync(connection);
    const event = (email: string, at: string) =>
      project.deliver(connection, {
        event_type: 'email_sent',
        timestamp: at,
        campaign_id: campaign,
        lead_email: email,
        email_account: 'mia@outreach.test',
        step: 1,
      });
    const day = new Date(Date.now() - 3_600_000).toISOString();
    await event('renamed0@sync.test', day);
    await event('renamed1@sync.test', day);
    await event('other@sync.test', new Date(Date.now() - 1_800_000).toISOString());
    await project.project();
    project.simulator.changeLead({
      campaignId: campaign,
      email: 'renamed0@sync.test',
      newEmail: 'other@sync.test',
    });
    project.simulator.changeLead({
      campaignId: campaign,
      email: 'renamed1@sync.test',
      newEmail: 'fresh@sync.test',
    });
    expect(await sync(connection)).toMatchObject({ status: 'completed', result: { errors: [] } });
    expect(await leadsOf(connection)).toEqual([
      { email: 'fresh@sync.test', sent_count: 1, gone: false },
      { email: 'other@sync.test', sent_count: 2, gone: false },
      { email: 'renamed2@sync.test', sent_count: 0, gone: false },
    ]);
    const client = await project.signIn(tenant);
    const { data } = await client.from('client_campaigns').select('leads, sent, contacted');
    expect(data).toEqual([{ leads: 3, sent: 3, contacted: 2 }]);
    const { data: events } = await client.from('client_email_events').select('lead_id');
    expect(new Set((events ?? []).map(({ lead_id }) => lead_id)).size).toBe(2);
  });

  it('may swap its address with another one', async () => {
    const { connection, campaign } = await scene('swapped', 2);
    await sync(connection);
    const before = await project.sql<{ id: string; provider_lead_id: string }>(
      `select l.id, l.provider_lead_id from public.synced_leads as l where l.email like 'swapped%' order by l.email`,
    );
    const change = (email: string, newEmail: string) =>
      project.simulator.changeLead({ campaignId: campaign, email, newEmail });
    change('swapped0@sync.test', 'aside@sync.test');
    change('swapped1@sync.test', 'swapped0@sync.test');
    change('aside@sync.test', 'swapped1@sync.test');
    expect(await sync(connection)).toMatchObject({ status: 'completed', result: { errors: [] } });
    const after = await project.sql<{ id: string; provider_lead_id: string }>(
      `select l.id, l.provider_lead_id from public.synced_leads as l where l.email like 'swapped%' order by l.email desc`,
    );
    expect(after).toEqual(before);
  });

  it('with another id under the same address is the same row', async () => {
    const { connection, campaign } = await scene('remade', 1);
    await sync(connection);
    const { id } = project.simulator.changeLead({
      campaignId: campaign,
      email: 'remade0@sync.test',
      newId: true,
    });
    expect(await sync(connection)).toMatchObject({
      status: 'completed',
      result: { errors: [], leads_removed: 0 },
    });
    const rows = await project.sql(
      `select provider_lead_id, removed_at from public.synced_leads where email = 'remade0@sync.test'`,
    );
    expect(rows).toEqual([{ provider_lead_id: id, removed_at: null }]);
  });

  it('that is deleted, or moved to another campaign, is marked and keeps its history; counts are the provider’s', async () => {
    const { connection, campaign, tenant } = await scene('leaving');
    const other = await makeCampaign(
      project.simulator.url,
      connection.apiKey,
      'Arriving',
      people(1, 'arriving'),
    );
    await sync(connection);
    project.simulator.changeLead({ campaignId: campaign, email: 'leaving0@sync.test', remove: true });
    project.simulator.changeLead({ campaignId: campaign, email: 'leaving1@sync.test', moveTo: other });
    expect(await sync(connection)).toMatchObject({
      status: 'completed',
      result: { errors: [], leads_removed: 2 },
    });
    const client = await project.signIn(tenant);
    const { data } = await client.from('client_campaigns').select('name, leads').order('name');
    expect(data).toEqual([{ name: 'Arriving', leads: 2 }, { name: 'leaving', leads: 1 }]);
    expect((await leadsOf(connection)).filter(({ gone }) => gone).map(({ email }) => email)).toEqual([
      'leaving0@sync.test',
      'leaving1@sync.test',
    ]);
    project.simulator.changeLead({ campaignId: other, email: 'leaving1@sync.test', moveTo: campaign });
    await sync(connection);
    const { data: back } = await client.from('client_campaigns').select('name, leads').order('name');
    expect(back).toEqual([{ name: 'Arriving', leads: 1 }, { name: 'leaving', leads: 2 }]);
  });

  it('that is merged into another leaves one row with both histories', async () => {
    const { connection, campaign } = await scene('merged', 2);
    await sync(connection);
    for (const [index, minutes] of [[0, 90], [1, 60]] as const) {
      await project.deliver(connection, {
        event_type: 'email_sent',
        timestamp: new Date(Date.now() - minutes * 60_000).toISOString(),
        campaign_id: campaign,
        lead_email: `merged${index}@sync.test`,
        step: 1,
      });
    }
    await project.project();
    project.simulator.changeLead({ campaignId: campaign, email: 'merged1@sync.test', remove: true });
    project.simulator.changeLead({
      campaignId: campaign,
      email: 'merged0@sync.test',
      newEmail: 'merged1@sync.test',
    });
    expect(await sync(connection)).toMatchObject({ status: 'completed', result: { errors: [] } });
    expect(await leadsOf(connection)).toEqual([{ email: 'merged1@sync.test', sent_count: 2, gone: false }]);
  });

  it('that no column accepts is reported and skipped, and no lead counts as gone because of it', async () => {
    const { connection } = await scene('odd');
    await sync(connection);
    const odd = (fields: Record<string, unknown>) => ({
      id: crypto.randomUUID(),
      status: 1,
      email_open_count: 0,
      email_reply_count: 0,
      email_click_count: 0,
      ...fields,
    });
    project.simulator.faults.set({
      requests: [{
        kind: 'odd-rows',
        path: '/api/v2/leads/list',
        times: 1,
        rows: [
          odd({ email: 'endless@sync.test', email_open_count: 1e12 }),
          odd({ email: 'nameless@sync.test', id: null }),
        ],
      }],
    });
    const job = await sync(connection);
    project.simulator.faults.clear();
    expect(job).toMatchObject({ status: 'completed', result: { leads_removed: 0 } });
    const errors = errorsOf(job);
    expect(errors.map(({ step, row, code }) => ({ step, row, code }))).toEqual([
      { step: 'leads', row: 'leads', code: 'ROW_SKIPPED' },
      { step: 'leads', row: 'leads', code: 'ROW_SKIPPED' },
    ]);
    expect(errors.map(({ message }) => String(message)).join()).toMatch(
      /"nameless@sync.test".*"endless@sync.test"/,
    );
    expect(await leadsOf(connection)).toHaveLength(3);
  });
});

describe('a campaign', () => {
  const campaigns = (connection: TestConnection) =>
    project.sql(
      `select name, provider_status from public.campaigns where connection_id = $1 order by name`,
      [connection.id],
    );

  it('is renamed with the provider’s, and deleted only when a whole list says so; its numbers stay', async () => {
    const { connection, campaign, tenant } = await scene('Autumn');
    await sync(connection);
    await makeCampaign(project.simulator.url, connection.apiKey, 'Spring', []);
    const response = await fetch(`${project.simulator.url}/api/v2/campaigns/${campaign}`, {
      method: 'PATCH',
      headers: {
        authorization: `Bearer ${connection.apiKey}`,
        'user-agent': 'scene',
        'content-type': 'application/json',
      },
      body: JSON.stringify({ name: 'Winter' }),
    });
    expect(response.status).toBe(200);
    await sync(connection);
    expect((await campaigns(connection)).map(({ name }) => name)).toEqual(['Spring', 'Winter']);

    await providerApi(project.simulator.url, connection.apiKey).delete(`campaigns/${campaign}`);
    project.simulator.faults.set({
      requests: [{ kind: 'odd-rows', path: '/api/v2/campaigns', times: 1, rows: [{ id: 7 }] }],
    });
    const job = await sync(connection);
    project.simulator.faults.clear();
    expect(job).toMatchObject({ status: 'completed', result: { campaigns_deleted: 0 } });
    expect(errorsOf(job)).toMatchObject([{ step: 'campaigns', row: 'campaigns' }]);
    expect(await sync(connection)).toMatchObject({ status: 'completed', result: { campaigns_deleted: 1 } });
    const client = await project.signIn(tenant);
    const { data } = await client.from('client_campaigns').select('name, provider_status, leads').order(
      'name',
    );
    expect(data).toEqual([
      { name: 'Spring', provider_status: 'draft', leads: 0 },
      { name: 'Winter', provider_status: 'deleted', leads: 3 },
    ]);
  });
});

describe('an answer that we did not expect', () => {
  it('costs the row or the step, and the rest is read', async () => {
    const { connection } = await scene('oddly');
    await sync(connection);
    const answer = (path: string, body: unknown, status = 200) => ({
      kind: 'answer' as const,
      path,
      body,
      status,
    });
    project.simulator.faults.set({
      requests: [
        answer('/api/v2/campaigns/analytics/daily', [{ date: '2026-11-25', sent: 5 }]),
        answer('/api/v2/lead-labels', { message: 'Not found' }, 404),
        answer('/api/v2/campaigns/analytics', { ok: true, data: [{ campaign_id: null }] }),
      ],
    });
    const job = await sync(connection);
    project.simulator.faults.clear();
    expect(job).toMatchObject({ status: 'partial', result: { campaigns_synced: 1 } });
    expect(errorsOf(job).map(({ step, row }) => ({ step, row }))).toEqual([
      { step: 'labels', row: undefined },
      { step: 'totals', row: 'totals' },
    ]);
    const days = await project.sql(
      `select a.sent, a.opens from public.campaign_analytics as a
       join public.campaigns as c on c.id = a.campaign_id where c.connection_id = $1 and a.day = '2026-11-25'`,
      [connection.id],
    );
    expect(days).toEqual([{ sent: 5, opens: 0 }]);
  });

  it.each([[200, 'Plan expired!'], [403, 'Your plan has expired']])(
    '%s "%s" means that the connection needs a plan, and operators see it',
    async (status, body) => {
      const { connection } = await scene(`plan${status}`);
      project.simulator.faults.set({
        requests: [{ kind: 'answer', path: '/api/v2/campaigns', status, body }],
      });
      expect(await sync(connection)).toMatchObject({
        status: 'failed',
        error_code: 'INSTANTLY_API_KEY_INVALID',
      });
      project.simulator.faults.clear();
      expect(
        await project.one('select status from public.provider_connections where id = $1', [connection.id]),
      )
        .toEqual({ status: 'needs_plan' });
      const operator = await project.signIn(await project.createUser('operator', null));
      const { data } = await operator.from('operator_health').select('*').eq('connection_id', connection.id);
      expect(JSON.stringify(data)).toContain('needs_plan');
    },
  );
});
