import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withClient } from '../../local/platform/postgres/client.ts';
import { deliverable } from '../support/businesses.ts';
import { type Project, startProject, type Tenant, type TestConnection } from '../support/project.ts';
import { providers } from '../support/providers.ts';

let project: Project;
let tenant: Tenant;
let connection: TestConnection;

const exportOf = (campaignId: string) => project.invoke('export-campaign', { campaign_id: campaignId });
const receipts = (jobId: string) =>
  project.sql<{ reason: string | null }>('select reason from public.export_receipts where export_id = $1', [
    jobId,
  ]);

describe.each(providers)('export-campaign to $name survives', (provider) => {
  beforeAll(async () => {
    project = await startProject({ functions: ['export-campaign'], ...provider.simulators });
    tenant = await project.createTenant('Exporters');
    connection = await project.createConnection(tenant.clientId, undefined, provider.name);
    // The budget of a minute would be spent after 60 calls, and waiting is not what is tested here.
    await project.sql(
      `insert into private.connection_rate_limits (connection_id, span, calls)
       values ($1, '1 second', 1000), ($1, '1 minute', 10000), ($1, '1 hour', 100000)`,
      [connection.id],
    );
  });
  afterAll(() => project.stop());

  /** Until a call of this SQL function waits for a lock that another transaction holds. */
  const waitsForLock = (name: string) =>
    project.eventually(async () =>
      (await project.sql(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like $1`,
        [`%"worker"."${name}"%`],
      )).length > 0, `${name} waits`);

  const leadsAtProvider = (name: string) => provider.leadsAt(project, connection, name);

  it('a kill -9 half-way: it is resumed and each lead is at the provider once', async () => {
    const campaignId = await project.createCampaign(tenant.clientId, connection.id, { name: 'Killed' });
    await project.addBusinesses(tenant.clientId, campaignId, deliverable(3000, 'killed'));
    provider.setFaults(project, [{
      kind: 'latency',
      path: provider.paths.addLeads,
      method: 'POST',
      latencyMs: 300,
    }]);
    const started = await exportOf(campaignId);
    const jobId = String(started.body['job_id']);
    const job = () =>
      project.one<{ done: number; status: string }>('select done, status from private.jobs where id = $1', [
        jobId,
      ]);
    await project.eventually(async () => (await job()).done >= 1000, 'a batch is through');
    await project.stack.functions.kill('export-campaign');
    provider.clearFaults(project);
    expect((await job()).status).toBe('running');
    expect((await job()).done).toBeLessThan(3000);

    await project.stack.functions.ready('export-campaign');
    // The dead worker's lease runs out after a minute; time is moved instead of waited for.
    await project.sql(`update private.jobs set lease_until = now() - interval '1 second' where id = $1`, [
      jobId,
    ]);
    const resumed = await project.invoke('export-campaign', { job_id: jobId }, project.stack.secretKeys.cron);
    expect(resumed.status).toBe(202);
    expect(await project.jobEnded(jobId)).toMatchObject({ status: 'completed', done: 3000, total: 3000 });

    const emails = await leadsAtProvider('Killed');
    expect(emails).toHaveLength(3000);
    expect(new Set(emails).size).toBe(3000);
    const outcomes = await project.sql(
      'select outcome, count(*)::int as n from public.export_receipts where export_id = $1 group by outcome',
      [jobId],
    );
    expect(outcomes).toEqual([{ outcome: 'created', n: 3000 }]);
  });

  it('a lost answer after the provider did the work: the leads are confirmed, the campaign is not made twice', async () => {
    const campaignId = await project.createCampaign(tenant.clientId, connection.id, { name: 'Lost answers' });
    await project.addBusinesses(tenant.clientId, campaignId, deliverable(20, 'lost'));
    provider.setFaults(project, [
      { kind: 'drop-after', path: provider.paths.createCampaign, method: 'POST', times: 1 },
      { kind: 'drop-after', path: provider.paths.addLeads, method: 'POST', times: 1 },
    ]);
    const started = await exportOf(campaignId);
    const jobId = String(started.body['job_id']);
    // Without another call: the run that lost the answers resumes automatically, after seconds.
    expect(await project.jobEnded(jobId)).toMatchObject({ status: 'completed' });
    const { seconds } = await project.one<{ seconds: number }>(
      'select extract(epoch from finished_at - created_at)::float as seconds from private.jobs where id = $1',
      [jobId],
    );
    expect(seconds).toBeLessThan(20);
    expect(await leadsAtProvider('Lost answers')).toHaveLength(20);
    expect(new Set((await receipts(jobId)).map((receipt) => receipt.reason))).toEqual(
      new Set(['confirmed_after_interruption']),
    );
  });

  it('a pause of the connection: the batch under way is finished, the rest is sent when it is resumed', async () => {
    const campaignId = await project.createCampaign(tenant.clientId, connection.id, { name: 'Paused' });
    await project.addBusinesses(tenant.clientId, campaignId, deliverable(4000, 'paused'));
    provider.setFaults(project, [{
      kind: 'latency',
      path: provider.paths.addLeads,
      method: 'POST',
      latencyMs: 300,
    }]);
    const jobId = String((await exportOf(campaignId)).body['job_id']);
    const job = () =>
      project.one<{ done: number; status: string; lease_token: string | null }>(
        'select done, status, lease_token from private.jobs where id = $1',
        [jobId],
      );
    await project.eventually(async () => (await job()).done >= 400, 'a batch is through');
    await project.sql('select worker.set_connection_paused($1, true)', [connection.id]);
    await project.eventually(async () => (await job()).status === 'paused', 'the export is paused');
    provider.clearFaults(project);
    const sent = (await leadsAtProvider('Paused')).length;
    expect(sent).toBeLessThan(4000);
    expect((await job()).done).toBe(sent);
    expect((await project.invoke('export-campaign', { job_id: jobId })).status).toBe(202);
    const refused = await exportOf(campaignId);
    expect([refused.status, refused.body]).toMatchObject([400, {
      error: { message: expect.stringContaining('paused') as string },
    }]);
    expect(await job()).toMatchObject({ status: 'paused', lease_token: null, done: sent });

    await project.sql('select worker.set_connection_paused($1, false)', [connection.id]);
    await project.invoke('export-campaign', { job_id: jobId });
    expect(await project.jobEnded(jobId)).toMatchObject({ status: 'completed', done: 4000 });
    const emails = await leadsAtProvider('Paused');
    expect(new Set(emails).size).toBe(4000);
    expect(emails).toHaveLength(4000);
  });

  it('activation asked for while it runs: it is activated when all leads are there', async () => {
    const campaignId = await project.createCampaign(tenant.clientId, connection.id, {
      name: 'Activated later',
      sending_accounts: ['mia@outreach.test'],
    });
    await project.addBusinesses(tenant.clientId, campaignId, deliverable(1200, 'later'));
    provider.setFaults(project, [{
      kind: 'latency',
      path: provider.paths.addLeads,
      method: 'POST',
      latencyMs: 300,
    }]);
    const jobId = String((await exportOf(campaignId)).body['job_id']);
    const again = await project.invoke('export-campaign', { campaign_id: campaignId, activate: true });
    expect(again.body).toEqual({ job_id: jobId, already_running: true });
    provider.clearFaults(project);
    // The run that knew nothing of it hands the job on; the sweep calls again, here by hand.
    await project.eventually(async () => {
      await project.invoke('export-campaign', { job_id: jobId });
      return (await project.one<{ status: string }>('select status from private.jobs where id = $1', [jobId]))
        .status === 'completed';
    }, 'the export ends');
    expect(await project.one('select result from private.jobs where id = $1', [jobId])).toMatchObject({
      result: { activated: true, created: 1200 },
    });
    expect(
      await project.one('select provider_status from public.campaigns where id = $1', [campaignId]),
    ).toEqual({ provider_status: 'active' });
  });

  it('activation asked for while it writes the leads of a batch: neither waits for the other in a circle', async () => {
    const campaignId = await project.createCampaign(tenant.clientId, connection.id, {
      name: 'Asked in between',
      sending_accounts: ['mia@outreach.test'],
    });
    await project.addBusinesses(tenant.clientId, campaignId, deliverable(20, 'between'));
    provider.setFaults(project, [
      { kind: 'latency', path: provider.paths.addLeads, method: 'POST', latencyMs: 1000 },
    ]);
    const jobId = String((await exportOf(campaignId)).body['job_id']);
    await project.eventually(
      async () =>
        (await project.sql(
          `select from public.export_receipts where export_id = $1 and outcome = 'sending'`,
          [
            jobId,
          ],
        )).length === 20,
      'the batch is marked',
    );
    await withClient(project.stack.adminDbUrl, async (holder) => {
      // While a receipt is held, the run waits in the middle of writing: it has its job, and no lead yet.
      await holder.query('begin');
      await holder.query('select from public.export_receipts where export_id = $1 limit 1 for update', [
        jobId,
      ]);
      await waitsForLock('record_export_batch');
      const asked = project.invoke('export-campaign', { campaign_id: campaignId, activate: true });
      await waitsForLock('request_export');
      await holder.query('commit');
      const again = await asked;
      expect([again.status, again.body]).toEqual([202, { job_id: jobId, already_running: true }]);
    });
    provider.clearFaults(project);
    await project.eventually(async () => {
      await project.invoke('export-campaign', { job_id: jobId });
      return (await project.one<{ status: string }>('select status from private.jobs where id = $1', [jobId]))
        .status === 'completed';
    }, 'the export ends');
    expect(await project.one('select result, error_code from private.jobs where id = $1', [jobId]))
      .toMatchObject({ result: { activated: true, created: 20 }, error_code: null });
  });

  it('activation asked for at the moment in which it ends: another one activates', async () => {
    const campaignId = await project.createCampaign(tenant.clientId, connection.id, {
      name: 'Asked at the end',
      sending_accounts: ['mia@outreach.test'],
    });
    await project.addBusinesses(tenant.clientId, campaignId, deliverable(1, 'end'));
    const jobId = String((await exportOf(campaignId)).body['job_id']);
    await project.jobEnded(jobId);
    await withClient(project.stack.adminDbUrl, async (holder) => {
      // The job as it was just before its end, and the end in a transaction that takes its time.
      await holder.query(`update private.jobs set status = 'running', finished_at = null where id = $1`, [
        jobId,
      ]);
      await holder.query('begin');
      await holder.query(`update private.jobs set status = 'completed', finished_at = now() where id = $1`, [
        jobId,
      ]);
      const asked = project.invoke('export-campaign', { campaign_id: campaignId, activate: true });
      await waitsForLock('request_export');
      await holder.query('commit');
      const again = await asked;
      expect([again.status, again.body]).toMatchObject([202, { already_running: false }]);
      expect(await project.jobEnded(String(again.body['job_id']))).toMatchObject({ status: 'completed' });
    });
    expect(
      await project.one('select provider_status from public.campaigns where id = $1', [campaignId]),
    ).toEqual({ provider_status: 'active' });
  });

  it('a person who unsubscribes between planning and sending is not sent', async () => {
    const campaignId = await project.createCampaign(tenant.clientId, connection.id, { name: 'Late no' });
    await project.addBusinesses(tenant.clientId, campaignId, deliverable(2, 'lateno'));
    const { body } = {
      body: (await project.one<{ request: Record<string, unknown> }>(
        'select worker.request_export($1, false, null) as request',
        [campaignId],
      )).request,
    };
    await project.sql(
      `insert into public.suppressions (client_id, email, reason) values ($1, 'lateno1@export.test', 'unsubscribed')`,
      [tenant.clientId],
    );
    await project.invoke('export-campaign', { job_id: body['job_id'] });
    await project.jobEnded(String(body['job_id']));
    expect(await leadsAtProvider('Late no')).toEqual(['lateno0@export.test']);
  });
});
