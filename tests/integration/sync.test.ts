import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { delivery } from '../support/deliveries.ts';
import { providerApi } from '../support/provider-api.ts';
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
});
afterAll(() => project.stop());

/** A campaign that somebody made at the provider by hand, with leads and, if wanted, running. */
async function campaignAtProvider(
  at: TestConnection,
  name: string,
  leads: Record<string, unknown>[],
  activate = false,
): Promise<string> {
  const api = providerApi(project.simulator.url, at.apiKey);
  const campaign = await api.post('campaigns', {
    name,
    campaign_schedule: {
      schedules: [{
        name: 'All week',
        timing: { from: '00:00', to: '23:59' },
        days: { 0: true, 1: true, 2: true, 3: true, 4: true, 5: true, 6: true },
        timezone: 'Africa/Abidjan',
      }],
    },
    sequences: [{ steps: [{ type: 'email', delay: 1, variants: [{ subject: 'Hi', body: 'Hello' }] }] }],
    email_list: ['mia@outreach.test', 'jon@outreach.test'],
  });
  const id = String(campaign['id']);
  for (let start = 0; start < leads.length; start += 1000) {
    await api.post('leads/add', { campaign_id: id, leads: leads.slice(start, start + 1000) });
  }
  if (activate) await api.post(`campaigns/${id}/activate`);
  return id;
}

const people = (count: number, prefix: string) =>
  Array.from(
    { length: count },
    (_, index) => ({ email: `${prefix}${index}@sync.test`, first_name: `Person ${index}` }),
  );

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
      reply_count_seen: 2,
      reply_count_provider: 1,
      lead_status: 'replied',
    });
  });

  it('takes the latest label, whoever tells it: a newer webhook stays, an older one is corrected', async () => {
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

describe('sync-client fails honestly', () => {
  it('records one campaign that cannot be read and reads the others: partial, and last_synced_at stays', async () => {
    const other = await project.createTenant('Partly');
    const partly = await project.createConnection(other.clientId);
    const good = await campaignAtProvider(partly, 'Good', people(3, 'good'));
    const bad = await campaignAtProvider(partly, 'Bad', people(3, 'bad'));
    const retryable = { kind: 'error-500' as const, path: '/api/v2/campaigns/analytics/daily', share: 1 };
    expect(good).not.toBe(bad);
    // The first campaign's daily numbers fail with all their retries, then the fault is used up.
    project.simulator.faults.set({ requests: [{ ...retryable, times: 4 }] });
    const job = await sync({ connection_id: partly.id });
    project.simulator.faults.clear();
    expect(job).toMatchObject({ status: 'partial', error_code: 'SYNC_FAILED' });
    expect((job['result'] as { errors: unknown[] }).errors).toHaveLength(1);
    expect(await project.sql('select from public.synced_leads where client_id = $1', [other.clientId]))
      .toHaveLength(3);
    expect(
      await project.one('select last_synced_at from public.provider_connections where id = $1', [partly.id]),
    ).toEqual({
      last_synced_at: null,
    });
    expect(await sync({ connection_id: partly.id })).toMatchObject({ status: 'completed' });
  });

  it('goes on where a killed run stopped', async () => {
    const other = await project.createTenant('Killed');
    const killed = await project.createConnection(other.clientId);
    await campaignAtProvider(killed, 'Long', people(1200, 'long'));
    project.simulator.faults.set({
      requests: [{ kind: 'latency', path: '/api/v2/leads/list', latencyMs: 150 }],
    });
    const answer = await project.invoke('sync-client', { connection_id: killed.id });
    const jobId = (answer.body['jobs'] as { job_id: string }[])[0]?.job_id ?? '';
    const count = async () =>
      (await project.one<{ n: number }>(
        'select count(*)::int as n from public.synced_leads where client_id = $1',
        [other.clientId],
      )).n;
    await project.eventually(async () => await count() >= 300, 'three pages are read');
    await project.stack.functions.kill('sync-client');
    project.simulator.faults.clear();
    const before = await count();
    expect(before).toBeLessThan(1200);
    const walked = project.simulator.requests({ path: '/api/v2/leads/list' }).length;
    await project.stack.functions.ready('sync-client');
    await project.sql(`update private.jobs set lease_until = now() - interval '1 second' where id = $1`, [
      jobId,
    ]);
    // The minute sweep finds it: pg_cron's command, then pg_net's call with the secret key "cron".
    await project.sql('select private.resume_jobs()');
    expect(await project.jobEnded(jobId)).toMatchObject({ status: 'completed' });
    expect(await count()).toBe(1200);
    expect(project.simulator.requests({ path: '/api/v2/leads/list' }).length - walked).toBeLessThan(12);
  });

  it('ends as failed when the key is refused, and marks the connection', async () => {
    const other = await project.createTenant('Refused');
    const refused = await project.createConnection(other.clientId);
    project.simulator.setAccess(refused.workspaceId, 'payment-required');
    expect(await sync({ connection_id: refused.id })).toMatchObject({
      status: 'failed',
      error_code: 'INSTANTLY_API_KEY_INVALID',
    });
    expect(await project.one('select status from public.provider_connections where id = $1', [refused.id]))
      .toEqual({
        status: 'needs_plan',
      });
  });

  it('makes a refused connection active again when somebody syncs it after the trouble is over', async () => {
    const other = await project.createTenant('Renewed');
    const renewed = await project.createConnection(other.clientId);
    project.simulator.setAccess(renewed.workspaceId, 'unauthorized');
    expect(await sync({ connection_id: renewed.id })).toMatchObject({ status: 'failed' });
    project.simulator.setAccess(renewed.workspaceId, 'ok');
    expect(await sync({ connection_id: renewed.id })).toMatchObject({ status: 'completed' });
    expect(await project.one('select status from public.provider_connections where id = $1', [renewed.id]))
      .toEqual({
        status: 'active',
      });
  });

  it('does not touch a job that is no sync', async () => {
    const campaignId = await project.createCampaign(tenant.clientId, connection.id);
    await project.addBusinesses(tenant.clientId, campaignId, [{ email: 'kind@sync.test' }]);
    const { request } = await project.one<{ request: { job_id: string } }>(
      'select public.request_export($1, false, null) as request',
      [campaignId],
    );
    expect(await project.invoke('sync-client', { job_id: request.job_id })).toMatchObject({ status: 404 });
    expect(await project.one('select status, attempts from private.jobs where id = $1', [request.job_id]))
      .toEqual({
        status: 'queued',
        attempts: 0,
      });
  });

  it('waits and goes on when the provider asks for fewer calls', async () => {
    project.simulator.faults.set({
      requests: [{ kind: 'rate-limit', path: '/api/v2/campaigns', times: 2, retryAfterSeconds: 0 }],
    });
    expect(await sync({ connection_id: connection.id })).toMatchObject({ status: 'completed' });
    project.simulator.faults.set({
      requests: [{ kind: 'rate-limit', path: '/api/v2/campaigns', times: 1, retryAfterSeconds: 120 }],
    });
    const answer = await project.invoke('sync-client', { connection_id: connection.id });
    const jobId = (answer.body['jobs'] as { job_id: string }[])[0]?.job_id ?? '';
    await project.eventually(async () => {
      const job = await project.one('select status, error_code from private.jobs where id = $1', [jobId]);
      return job['status'] === 'running' && job['error_code'] === 'RATE_LIMIT_EXCEEDED';
    }, 'the job waits');
    const due = await project.one<{ seconds: number }>(
      'select extract(epoch from next_attempt_at - now())::float as seconds from private.jobs where id = $1',
      [jobId],
    );
    expect(due.seconds).toBeGreaterThan(60);
    await project.sql('update private.jobs set next_attempt_at = now() where id = $1', [jobId]);
    await project.sql('select private.resume_jobs()');
    expect(await project.jobEnded(jobId)).toMatchObject({ status: 'completed' });
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
