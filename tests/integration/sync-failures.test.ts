import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCampaign, people, providerApi } from '../support/provider-api.ts';
import { type Project, startProject, type Tenant, type TestConnection } from '../support/project.ts';

let project: Project;
let tenant: Tenant;
let connection: TestConnection;

beforeAll(async () => {
  project = await startProject({ functions: ['sync-client'], scheduler: { cron: false } });
  tenant = await project.createTenant('Synced');
  connection = await project.createConnection(tenant.clientId);
});
afterAll(() => project.stop());

const campaignAtProvider = (at: TestConnection, name: string, leads: Record<string, unknown>[]) =>
  makeCampaign(project.simulator.url, at.apiKey, name, leads);

async function sync(body: Record<string, unknown>): Promise<Record<string, unknown>> {
  const answer = await project.invoke('sync-client', body);
  expect(answer.status).toBe(202);
  const [job] = answer.body['jobs'] as { job_id: string }[];
  return await project.jobEnded(String(job?.job_id));
}

describe('sync-client fails honestly', () => {
  it('records one campaign that cannot be read and reads the others: partial, and last_synced_at stays', async () => {
    const other = await project.createTenant('Partly');
    const partly = await project.createConnection(other.clientId);
    const good = await campaignAtProvider(partly, 'Good', people(3, 'good'));
    const bad = await campaignAtProvider(partly, 'Bad', people(3, 'bad'));
    expect(good).not.toBe(bad);
    // One campaign's daily numbers fail with all their retries.
    project.simulator.faults.set({
      requests: [{
        kind: 'error-500',
        path: '/api/v2/campaigns/analytics/daily',
        query: { campaign_id: bad },
      }],
    });
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

  it('resumes where a killed run stopped', async () => {
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
    // The cursor follows the leads of the same pages; killed between the two, the next run reads them once more.
    const hasCursor = async () =>
      (await project.one<{ page: string | null }>(
        `select jsonb_path_query_first(cursor, '$.walks.*.page') as page from private.jobs where id = $1`,
        [
          jobId,
        ],
      )).page !== null;
    await project.eventually(hasCursor, 'the first pages are written, and the cursor behind them');
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

  it('keeps what it read before the budget of the minute was spent, and reads no page twice', async () => {
    const other = await project.createTenant('Thrifty');
    const thrifty = await project.createConnection(other.clientId);
    await campaignAtProvider(thrifty, 'Long', people(1200, 'thrifty'));
    await project.sql(
      `insert into private.connection_rate_limits (connection_id, span, calls) values ($1, '1 minute', 14)`,
      [thrifty.id],
    );
    const answer = await project.invoke('sync-client', { connection_id: thrifty.id });
    const jobId = (answer.body['jobs'] as { job_id: string }[])[0]?.job_id ?? '';
    const job = () =>
      project.one<
        { lease_token: string | null; cursor: { walks?: Record<string, { page?: string }> }; status: string }
      >(
        'select lease_token, cursor, status from private.jobs where id = $1',
        [jobId],
      );
    await project.eventually(async () => {
      const { cursor, lease_token } = await job();
      return Object.values(cursor.walks ?? {})[0]?.page !== undefined && lease_token === null;
    }, 'the job gives itself back');
    const list = { path: '/api/v2/leads/list', workspaceId: thrifty.workspaceId };
    const pages = project.simulator.requests(list).length;
    expect(pages).toBeGreaterThan(0);
    expect(pages % 5).not.toBe(0);
    expect(pages).toBeLessThan(12);
    expect(Object.values((await job()).cursor.walks ?? {})).toEqual([
      { part: 'leads', page: expect.any(String) as string },
    ]);
    const leads = () => project.sql('select from public.synced_leads where client_id = $1', [other.clientId]);
    expect(await leads()).toHaveLength(100 * pages);

    await project.sql('delete from private.connection_rate_limits where connection_id = $1', [thrifty.id]);
    await project.sql('update private.jobs set next_attempt_at = now() where id = $1', [jobId]);
    await project.sql('select private.resume_jobs()');
    expect(await project.jobEnded(jobId)).toMatchObject({ status: 'completed' });
    expect(await leads()).toHaveLength(1200);
    const cursors = project.simulator.requests(list).map(({ body }) =>
      (body as { starting_after?: string }).starting_after
    );
    expect(new Set(cursors).size).toBe(cursors.length);
  });

  it('leaves a campaign alone that was deleted at the provider, with its last numbers', async () => {
    const other = await project.createTenant('Deleted');
    const deleted = await project.createConnection(other.clientId);
    const id = await campaignAtProvider(deleted, 'Gone', people(2, 'gone'));
    await sync({ connection_id: deleted.id });
    await providerApi(project.simulator.url, deleted.apiKey).delete(`campaigns/${id}`);
    expect(await sync({ connection_id: deleted.id })).toMatchObject({ status: 'completed' });
    expect(await project.sql('select from public.synced_leads where client_id = $1', [other.clientId]))
      .toHaveLength(2);
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

  it('makes a refused connection active again when it is synced after the problem is over', async () => {
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
      'select worker.request_export($1, false, null) as request',
      [campaignId],
    );
    expect(await project.invoke('sync-client', { job_id: request.job_id })).toMatchObject({ status: 404 });
    expect(await project.one('select status, attempts from private.jobs where id = $1', [request.job_id]))
      .toEqual({
        status: 'queued',
        attempts: 0,
      });
  });

  it('waits and resumes when the provider limits calls', async () => {
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
    // The two minutes are over.
    await project.sql('update private.rate_budgets set blocked_until = now()');
    await project.sql('update private.jobs set next_attempt_at = now() where id = $1', [jobId]);
    await project.sql('select private.resume_jobs()');
    expect(await project.jobEnded(jobId)).toMatchObject({ status: 'completed' });
  });
});
