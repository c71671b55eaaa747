import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { delivery } from '../support/deliveries.ts';
import { makeCampaign, people } from '../support/provider-api.ts';
import { type Project, startProject, type Tenant, type TestConnection } from '../support/project.ts';

let project: Project;
let tenant: Tenant;
let connection: TestConnection;

beforeAll(async () => {
  project = await startProject({
    functions: ['sync-client', 'instantly-webhook', 'export-campaign'],
    scheduler: { cron: false },
  });
  tenant = await project.createTenant('Synced');
  connection = await project.createConnection(tenant.clientId);
  // Each sync asks twice for mails, and this file runs more than ten of them in a minute.
  await project.sql(
    `insert into private.connection_rate_limits (connection_id, bucket, span, calls) values ($1, 'emails', interval '1 minute', 200)`,
    [connection.id],
  );
});
afterAll(() => project.stop());

const campaignAtProvider = (
  at: TestConnection,
  name: string,
  leads: Record<string, unknown>[],
  activate = false,
) => makeCampaign(project.simulator.url, at.apiKey, name, leads, activate);

async function sync(body: Record<string, unknown>): Promise<Record<string, unknown>> {
  const answer = await project.invoke('sync-client', body);
  expect(answer.status).toBe(202);
  const [job] = answer.body['jobs'] as { job_id: string }[];
  return await project.jobEnded(String(job?.job_id));
}

const campaignRow = (name: string) => project.one('select * from public.campaigns where name = $1', [name]);
const lead = (email: string) => project.one('select * from public.synced_leads where email = $1', [email]);

describe('sync-client reads a workspace', () => {
  it('imports campaigns, totals, days and all leads over many pages, equal to the provider', async () => {
    const id = await campaignAtProvider(connection, 'Whole', people(350, 'whole'), true);
    await project.simulator.advance({ days: 5 });
    const job = await sync({ connection_id: connection.id });
    expect(job).toMatchObject({ status: 'completed', error_code: null });
    expect(job['result']).toMatchObject({
      campaigns_imported: 1,
      campaigns_synced: 1,
      leads: 350,
      errors: [],
    });

    const campaign = await campaignRow('Whole');
    expect(campaign).toMatchObject({ client_id: tenant.clientId, provider_status: 'completed' });
    const [truth] = project.simulator.truth(id);
    if (!truth) throw new Error('The simulator does not know the campaign');
    const totals = await project.one(
      'select * from public.campaign_analytics_totals where campaign_id = $1',
      [campaign['id']],
    );
    expect(totals).toMatchObject({
      leads: 350,
      sent: truth.sent,
      contacted: truth.newLeadsContacted,
      opened: truth.leadsOpened,
      clicked: truth.leadsClicked,
      replied: truth.leadsReplied,
      bounced: truth.bounced,
      unsubscribed: truth.unsubscribed,
    });
    expect(truth.sent).toBeGreaterThan(0);
    const days = await project.one(
      'select count(*)::int as days, sum(sent)::int as sent from public.campaign_analytics where campaign_id = $1',
      [campaign['id']],
    );
    expect(days['sent']).toBe(truth.sent);
    expect(Number(days['days'])).toBeGreaterThan(1);

    const statuses = await project.one(
      `select count(*)::int as leads, count(*) filter (where lead_status = 'replied')::int as replied,
         count(*) filter (where bounced_at is not null)::int as bounced
       from public.synced_leads where campaign_id = $1`,
      [campaign['id']],
    );
    expect(statuses).toMatchObject({ leads: 350, bounced: truth.bounced });
    const connectionRow = await project.one(
      'select last_synced_at from public.provider_connections where id = $1',
      [connection.id],
    );
    expect(connectionRow['last_synced_at']).not.toBeNull();
  });

  it('shows the client its overview with the age of the numbers', async () => {
    const client = await project.signIn(tenant);
    const { data } = await client.from('client_overview').select('*').single();
    expect(data).toMatchObject({ client_id: tenant.clientId, campaigns: 1, leads: 350 });
    expect(data?.sent).toBeGreaterThan(0);
    expect(data?.open_rate).toBeCloseTo(Number(data?.opened) / Number(data?.contacted), 3);
    expect(data?.synced_at).not.toBeNull();
    expect(data?.age_seconds).toBeLessThan(60);
  });

  it('reads the profile fields in English and Dutch, in any case, and the sender of the last step', async () => {
    await campaignAtProvider(connection, 'Profiles', [
      {
        email: 'dutch@profiles.test',
        custom_variables: { Functie: 'Directeur', BRANCHE: 'Bouw', bedrijfsgrootte: '11-50' },
      },
      {
        email: 'english@profiles.test',
        custom_variables: { 'Job Title': 'CEO', industry: 'Retail', company_size: 240 },
      },
    ], true);
    await project.simulator.advance({ days: 1 });
    await sync({ client_id: tenant.clientId });
    expect(await lead('dutch@profiles.test')).toMatchObject({
      job_title: 'Directeur',
      industry: 'Bouw',
      company_size: '11-50',
    });
    const english = await lead('english@profiles.test');
    expect(english).toMatchObject({ job_title: 'CEO', industry: 'Retail', company_size: '240' });
    expect(['mia@outreach.test', 'jon@outreach.test']).toContain(english['sender_account']);
    expect(JSON.stringify(english['payload'])).toContain('Retail');
  });

  it('leaves campaigns of a shared workspace unmapped until an operator maps them', async () => {
    const shared = await project.createConnection(null);
    await campaignAtProvider(shared, 'Whose', people(2, 'whose'));
    const job = await sync({ connection_id: shared.id });
    expect(job).toMatchObject({ status: 'completed' });
    expect(await project.sql(`select from public.campaigns where name = 'Whose'`)).toHaveLength(0);
    expect(await project.sql(`select campaign_id from private.provider_campaigns where name = 'Whose'`))
      .toEqual([{ campaign_id: null }]);
  });
});

describe('sync-client corrects and respects', () => {
  it('never lowers what a webhook saw, and does not add both up', async () => {
    const id = await campaignAtProvider(connection, 'Both', people(1, 'both'));
    await sync({ connection_id: connection.id });
    for (const minute of ['01', '02']) {
      await project.deliver(
        connection,
        delivery('reply_received', {
          campaign: id,
          campaign_id: id,
          lead_email: 'both0@sync.test',
          timestamp: `2026-11-01T10:${minute}:00.000Z`,
        }),
      );
    }
    await project.project();
    project.simulator.emit({
      workspaceId: connection.workspaceId,
      campaignId: id,
      leadEmail: 'both0@sync.test',
      type: 'reply_received',
    });
    await sync({ connection_id: connection.id });
    expect(await lead('both0@sync.test')).toMatchObject({
      reply_count: 2,
      reply_count_observed: 2,
      reply_count_reported: 1,
      lead_status: 'replied',
    });
  });

  it('takes the latest label from any source: a newer webhook stays, an older one is corrected', async () => {
    const id = await campaignAtProvider(connection, 'Labels', people(2, 'label'));
    await sync({ connection_id: connection.id });
    const now = project.simulator.simulatedNow().getTime();
    project.simulator.emit({
      workspaceId: connection.workspaceId,
      campaignId: id,
      leadEmail: 'label0@sync.test',
      type: 'lead_interested',
    });
    project.simulator.emit({
      workspaceId: connection.workspaceId,
      campaignId: id,
      leadEmail: 'label1@sync.test',
      type: 'lead_interested',
    });
    const label = (email: string, at: number) =>
      project.deliver(
        connection,
        delivery('lead_not_interested', {
          campaign: id,
          campaign_id: id,
          lead_email: email,
          timestamp: new Date(at).toISOString(),
        }),
      );
    await label('label0@sync.test', now - 3_600_000);
    await label('label1@sync.test', now + 3_600_000);
    await project.project();
    await sync({ connection_id: connection.id });
    expect(await lead('label0@sync.test')).toMatchObject({ interest_status: 'positive' });
    expect(await lead('label1@sync.test')).toMatchObject({ interest_status: 'negative' });
  });

  it('suppresses people whom the provider reports as bounced or unsubscribed', async () => {
    const id = await campaignAtProvider(connection, 'Suppress', people(2, 'suppress'));
    project.simulator.emit({
      workspaceId: connection.workspaceId,
      campaignId: id,
      leadEmail: 'suppress0@sync.test',
      type: 'email_bounced',
    });
    project.simulator.emit({
      workspaceId: connection.workspaceId,
      campaignId: id,
      leadEmail: 'suppress1@sync.test',
      type: 'lead_unsubscribed',
    });
    await sync({ connection_id: connection.id });
    const rows = await project.sql(
      `select email, reason from public.suppressions where email like 'suppress%' order by email`,
    );
    expect(rows).toEqual([
      { email: 'suppress0@sync.test', reason: 'bounced' },
      { email: 'suppress1@sync.test', reason: 'unsubscribed' },
    ]);
  });

  it('skips the walk through the leads while nothing moved, unless everything is asked for', async () => {
    const walks = () => project.simulator.requests({ path: '/api/v2/leads/list' }).length;
    await sync({ connection_id: connection.id });
    const before = walks();
    await sync({ connection_id: connection.id, full: false });
    const incremental = walks() - before;
    await sync({ connection_id: connection.id });
    const full = walks() - before - incremental;
    expect(incremental).toBeLessThan(full);
  });
});

describe('who may start a sync', () => {
  it('operators and secret keys may; clients, outsiders and anonymous may not', async () => {
    const call = async (person: { email: string; password: string }) => {
      const client = await project.signIn(person);
      const { error } = await client.functions.invoke('sync-client', {
        body: { connection_id: connection.id },
      });
      return error ? (error.context as Response).status : 202;
    };
    expect(await call(await project.createUser('operator', null))).toBe(202);
    expect(await call(tenant)).toBe(403);
    expect(await call(await project.createUser(null, null))).toBe(403);
    expect((await project.invoke('sync-client', {}, project.stack.publishableKey)).status).toBe(401);
    expect((await project.invoke('sync-client', {}, project.stack.secretKeys.cron)).status).toBe(202);
  });

  it('the hourly fan-out opens one job per active connection and calls the function for each', async () => {
    await project.eventually(
      async () =>
        (await project.sql(`select from private.jobs where status in ('queued', 'running')`)).length === 0,
      'all jobs have ended',
    );
    const calls = await project.one<{ calls: number }>('select private.enqueue_syncs(false) as calls');
    const active = await project.one<{ n: number }>(
      `select count(*)::int as n from public.provider_connections where status = 'active'`,
    );
    expect(calls.calls).toBe(active.n);
    await project.eventually(async () => {
      const { n } = await project.one<{ n: number }>(
        `select count(*)::int as n from private.jobs where parameters ->> 'full' = 'false' and status = 'completed' and created_at > now() - interval '1 minute'`,
      );
      return n >= active.n;
    }, 'every connection is synced');
  });
});
