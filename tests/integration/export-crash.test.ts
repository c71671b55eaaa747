import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
    const goOn = async (failures: number) => {
      await project.eventually(async () => {
        const job = await project.one<{ error_code: string | null; lease_token: string | null }>(
          'select * from private.jobs where id = $1',
          [jobId],
        );
        return job.error_code === 'API_UNAVAILABLE' && job.lease_token === null;
      }, `failure ${failures} is recorded`);
      await project.sql('update private.jobs set next_attempt_at = now(), error_code = null where id = $1', [
        jobId,
      ]);
      await project.invoke('export-campaign', { job_id: jobId });
    };
    await goOn(1);
    await goOn(2);
    expect(await project.jobEnded(jobId)).toMatchObject({ status: 'completed' });
    expect(await leadsAtProvider('Lost answers')).toHaveLength(20);
    expect(new Set((await receipts(jobId)).map((receipt) => receipt.reason))).toEqual(
      new Set(['confirmed_after_interruption']),
    );
  });

  it('a person who unsubscribes between planning and sending is not sent', async () => {
    const campaignId = await project.createCampaign(tenant.clientId, connection.id, { name: 'Late no' });
    await project.addBusinesses(tenant.clientId, campaignId, deliverable(2, 'lateno'));
    const { body } = {
      body: (await project.one<{ request: Record<string, unknown> }>(
        'select public.request_export($1, false, null) as request',
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
