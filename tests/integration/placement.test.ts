// Placement tests in a sync: read once a day, kept per mailbox and domain, and never the reason why a sync fails.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startProject } from '../support/project.ts';
import type { Client, Project, TestConnection } from '../support/project.ts';

let project: Project;
let operator: Client;

beforeAll(async () => {
  project = await startProject({
    functions: ['sync-client'],
    scheduler: { cron: false },
    simulator: { startAt: new Date(Date.now() - 60_000) },
    smartlead: {},
  });
  operator = await project.signIn(await project.createUser('operator', null));
});
afterAll(() => project?.stop());
beforeEach(() => project.simulator.faults.clear());

const listed = {
  results: [
    { email: 'mia@outreach.test', inbox: 70, promotions: 10, spam: 40 },
    { email: 'jon@outreach.test', inbox: 30 },
  ],
  blacklists: { 'outreach.test': ['Spamhaus DBL'] },
};

async function connect(): Promise<TestConnection> {
  return await project.createConnection((await project.createTenant('Client')).clientId);
}

async function sync(of: TestConnection, full = false): Promise<Record<string, unknown>> {
  const answer = await project.invoke('sync-client', { connection_id: of.id, full });
  const [job] = answer.body['jobs'] as { job_id: string }[];
  return await project.jobEnded(String(job?.job_id));
}

const reading = async (of: TestConnection) =>
  (await operator.from('operator_placement_readings').select('state, error, tests').eq('connection_id', of.id)
    .single()).data;
const makeDue = (of: TestConnection) =>
  project.sql('update public.placement_readings set next_read_at = now() where connection_id = $1', [of.id]);
const callsOf = async (of: TestConnection) =>
  (await project.sql<{ path: string }>(
    `select path from public.provider_api_calls where connection_id = $1 and path ~ 'placement|vitals' order by id`,
    [of.id],
  )).map(({ path }) => path);
const refuse = (path: string, status: number) =>
  project.simulator.faults.set({
    requests: [{
      kind: 'answer',
      path: `/api/v2/${path}`,
      status,
      body: { statusCode: status, error: 'E', message: 'No' },
    }],
  });

describe('placement tests', () => {
  it('come with a sync, per mailbox and domain, and open and close incidents', async () => {
    const connection = await connect();
    project.simulator.addPlacementTest(connection.workspaceId, listed);
    expect(await sync(connection)).toMatchObject({ status: 'completed', result: { errors: [] } });
    expect(await reading(connection)).toEqual({ state: 'read', error: null, tests: 1 });
    const { data: placements } = await operator.from('operator_placements')
      .select('email, inbox, promotions, spam').eq('connection_id', connection.id).order('email');
    expect(placements).toEqual([
      { email: 'jon@outreach.test', inbox: 30, promotions: 0, spam: 0 },
      { email: 'mia@outreach.test', inbox: 70, promotions: 10, spam: 40 },
    ]);
    const domain = () =>
      operator.from('operator_sending_domains').select(
        'verdict, blacklists, placement_tested, inbox_rate, spam_rate, provider_records, blacklists_checked_at',
      ).eq('domain', 'outreach.test').single();
    expect((await domain()).data).toMatchObject({
      verdict: 'bad',
      blacklists: [{
        address: 'outreach.test',
        blacklist: 'Spamhaus DBL',
        removal_url: 'https://check.spamhaus.org/',
      }],
      placement_tested: 150,
      inbox_rate: 0.6667,
      spam_rate: 0.2667,
      provider_records: { spf: true, dkim: true, dmarc: true, mx: true },
    });
    const incidents = async () =>
      ((await operator.from('alerts').select('kind, title').is('closed_at', null).in('kind', [
        'domain_blacklisted',
        'placement_spam',
      ]).order('kind')).data ?? []).map(({ title }) => title);
    expect(await incidents()).toEqual(['Sending domain on a blacklist', 'Test mails land in spam']);

    // A day later: the domain is off the list, and mails arrive.
    project.simulator.addPlacementTest(connection.workspaceId, {
      daysAgo: 0.5,
      results: [{ email: 'mia@outreach.test', inbox: 400 }],
    });
    await makeDue(connection);
    await sync(connection);
    expect((await domain()).data).toMatchObject({ blacklists: [] });
    expect(await incidents()).toEqual([]);
  });

  it('are read once a day, and in full syncs', async () => {
    const connection = await connect();
    await sync(connection);
    expect((await callsOf(connection)).sort()).toEqual([
      '/api/v2/accounts/test/vitals',
      '/api/v2/inbox-placement-tests',
    ]);
    expect(await reading(connection)).toMatchObject({ state: 'no_tests' });
    await sync(connection);
    await sync(connection, true);
    expect(await callsOf(connection)).toHaveLength(2);
    await project.sql(
      `update public.placement_readings set attempted_at = now() - interval '2 hours' where connection_id = $1`,
      [connection.id],
    );
    await sync(connection);
    expect(await callsOf(connection)).toHaveLength(2);
    await sync(connection, true);
    expect(await callsOf(connection)).toHaveLength(4);
  });

  it.each([
    ['the key may not', 'inbox-placement-tests', 403, 'missing_scope'],
    ['the key may not read results', 'inbox-placement-analytics', 403, 'missing_scope'],
    ['the plan has none', 'inbox-placement-tests', 402, 'not_in_plan'],
    ['the API has none', 'inbox-placement-tests', 404, 'not_offered'],
  ])('are no failure of the sync where %s', async (_, path, status, state) => {
    const connection = await connect();
    project.simulator.addPlacementTest(connection.workspaceId, listed);
    refuse(path, status);
    expect(await sync(connection)).toMatchObject({ status: 'completed', result: { errors: [] } });
    expect(await reading(connection)).toMatchObject({ state, error: null });
    expect(await project.one('select status from public.provider_connections where id = $1', [connection.id]))
      .toEqual({ status: 'active' });
  });

  it('need no test of records', async () => {
    const connection = await connect();
    project.simulator.addPlacementTest(connection.workspaceId, listed);
    refuse('accounts/test/vitals', 404);
    expect(await sync(connection)).toMatchObject({ status: 'completed' });
    expect(await reading(connection)).toMatchObject({ state: 'read', tests: 1 });
  });

  it('that fail say why, and are read by the next sync', async () => {
    const connection = await connect();
    project.simulator.addPlacementTest(connection.workspaceId, listed);
    project.simulator.faults.set({
      requests: [{ kind: 'answer', path: '/api/v2/inbox-placement-analytics', body: { items: 'none' } }],
    });
    expect(await sync(connection)).toMatchObject({ status: 'completed', result: { errors: [] } });
    expect(await reading(connection)).toMatchObject({
      state: 'failed',
      error: 'Instantly gave an unexpected answer; see the function log',
    });
    project.simulator.faults.clear();
    await sync(connection);
    expect(await reading(connection)).toEqual({ state: 'read', error: null, tests: 1 });
  });

  it('keep the rows that are in order among odd ones', async () => {
    const connection = await connect();
    project.simulator.addPlacementTest(connection.workspaceId, listed);
    project.simulator.faults.set({
      requests: [
        { kind: 'odd-rows', path: '/api/v2/inbox-placement-analytics', rows: [{ id: 5 }, null, 'x'] },
        { kind: 'odd-rows', path: '/api/v2/inbox-placement-reports', rows: [{ domain: 7 }] },
        { kind: 'odd-rows', path: '/api/v2/inbox-placement-tests', rows: [{ id: 'no-time' }] },
      ],
    });
    expect(await sync(connection)).toMatchObject({ status: 'completed', result: { errors: [] } });
    expect(
      await project.one(
        `select sum(r.inbox)::int as inbox, sum(r.spam)::int as spam from public.placement_results as r
       join public.email_accounts as a on a.id = r.account_id where a.connection_id = $1`,
        [connection.id],
      ),
    ).toEqual({ inbox: 100, spam: 40 });
  });

  it('that come slowly are read to the end, and a limit on calls is waited for', async () => {
    const connection = await connect();
    project.simulator.addPlacementTest(connection.workspaceId, listed);
    project.simulator.faults.set({
      requests: [
        { kind: 'latency', path: '/api/v2/inbox-placement-*', latencyMs: 400 },
        { kind: 'rate-limit', path: '/api/v2/inbox-placement-reports', times: 1, retryAfterSeconds: 1 },
      ],
    });
    expect(await sync(connection)).toMatchObject({ status: 'completed', result: { errors: [] } });
    expect(await reading(connection)).toMatchObject({ state: 'read' });
  });

  it('are not asked for at Smartlead, whose API has none', async () => {
    const { clientId } = await project.createTenant('At Smartlead');
    const connection = await project.createConnection(clientId, undefined, 'smartlead');
    await sync(connection);
    expect(await callsOf(connection)).toEqual([]);
    expect(await reading(connection)).toMatchObject({ state: 'not_offered' });
  });
});
