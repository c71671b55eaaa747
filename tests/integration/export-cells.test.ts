// Who is not sent, and what an export says of it: odd cells, missing values, the end of the plan, a lost answer.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leadsOfCampaigns } from '../support/provider-api.ts';
import { deliverable } from '../support/businesses.ts';
import { type Project, startProject, type Tenant, type TestConnection } from '../support/project.ts';

let project: Project;
let tenant: Tenant;
let connection: TestConnection;

beforeAll(async () => {
  project = await startProject({ functions: ['export-campaign'] });
  tenant = await project.createTenant('Exporters');
  connection = await project.createConnection(tenant.clientId);
});
afterAll(() => project.stop());

const exportOf = (campaignId: string, more: Record<string, unknown> = {}) =>
  project.invoke('export-campaign', { campaign_id: campaignId, ...more });

async function exported(
  campaignId: string,
  more: Record<string, unknown> = {},
): Promise<Record<string, unknown>> {
  const answer = await exportOf(campaignId, more);
  expect(answer).toMatchObject({ status: 202 });
  return await project.jobEnded(String(answer.body['job_id']));
}

const leadsAtProvider = (name: string) => leadsOfCampaigns(project.simulator.url, connection.apiKey, name);

const receipts = (jobId: unknown) =>
  project.sql<{ email: string | null; outcome: string; reason: string | null; recipient: string }>(
    'select email, outcome, reason, recipient from public.export_receipts where export_id = $1 order by id',
    [jobId],
  );

describe('export-campaign', () => {
  it('reads odd cells, names what is no address, and sends the rest', async () => {
    const campaignId = await project.createCampaign(tenant.clientId, connection.id, {
      name: 'Cells',
      unsubscribe_header: false,
    });
    await project.sql(
      `insert into public.suppressions (client_id, email, reason) values ($1, 'bom4@cell.test', 'unsubscribed')`,
      [tenant.clientId],
    );
    const cells = [
      'mailto:m1@x.test',
      'x@cell..test',
      '<angle@x.test>',
      'trail@x.test.',
      'semi@x.test;',
      'a@x.test, b@x.test',
      '\ufeffbom4@cell.test',
      'info@Bücher.test',
      'jörg@x.test',
      'good@x.test',
    ];
    await project.addBusinesses(tenant.clientId, campaignId, cells.map((email) => ({ name: email, email })));
    const job = await exported(campaignId);
    expect(job).toMatchObject({ status: 'completed', total: 6, done: 6 });
    expect((await receipts(job['id'])).map((row) => [row.email, row.outcome, row.reason]).sort()).toEqual([
      ['a@x.test, b@x.test', 'invalid', 'invalid_email'],
      ['angle@x.test', 'created', null],
      ['bom4@cell.test', 'skipped', 'suppressed'],
      ['good@x.test', 'created', null],
      ['info@xn--bcher-kva.test', 'created', null],
      ['jörg@x.test', 'invalid', 'invalid_email'],
      ['m1@x.test', 'created', null],
      ['semi@x.test', 'created', null],
      ['trail@x.test', 'created', null],
      ['x@cell..test', 'invalid', 'invalid_email'],
    ]);
    expect((await leadsAtProvider('Cells')).map((lead) => lead['email']).sort()).toEqual([
      'angle@x.test',
      'good@x.test',
      'info@xn--bcher-kva.test',
      'm1@x.test',
      'semi@x.test',
      'trail@x.test',
    ]);
    const [created] = project.simulator.requests({ path: '/api/v2/campaigns', method: 'POST' }).slice(-1);
    expect(created?.body).toMatchObject({ insert_unsubscribe_header: false });
  });

  it('stops at the plan’s limit with the provider’s words, activates nothing, and resumes when there is room', async () => {
    const { clientId } = await project.createTenant('Small plan');
    const small = await project.createConnection(clientId);
    const campaignId = await project.createCampaign(clientId, small.id, { name: 'Plan' });
    await project.addBusinesses(clientId, campaignId, deliverable(5, 'plan'));
    const outcomes = async (jobId: unknown) =>
      (await receipts(jobId)).map((row) => [row.outcome, row.reason]);
    const activations = () =>
      project.simulator.requests({ method: 'POST' }).filter((call) => call.path.endsWith('/activate')).length;
    const before = activations();

    project.simulator.setRemainingInPlan(small.workspaceId, 2);
    const partly = await exported(campaignId, { activate: true });
    expect(partly).toMatchObject({ status: 'failed', error_code: 'PLAN_LIMIT_REACHED' });
    expect(await outcomes(partly['id'])).toEqual([
      ['created', null],
      ['created', null],
      ['planned', 'plan_limit'],
      ['planned', 'plan_limit'],
      ['planned', 'plan_limit'],
    ]);

    const refused = await exported(campaignId, { activate: true });
    expect(refused).toMatchObject({ status: 'failed', error_code: 'PLAN_LIMIT_REACHED' });
    expect(refused['error_message']).toContain('(Instantly says: "You have reached your lead upload limit")');
    expect((await outcomes(refused['id'])).filter(([outcome]) => outcome === 'planned')).toHaveLength(3);
    expect(activations()).toBe(before);

    project.simulator.setRemainingInPlan(small.workspaceId, 100);
    const rest = await exported(campaignId, { activate: true });
    expect(rest).toMatchObject({ status: 'completed', total: 3, done: 3 });
    expect((await outcomes(rest['id'])).filter(([outcome]) => outcome === 'created')).toHaveLength(3);
    expect(activations()).toBe(before + 1);
  });

  it('names the variable that a lead has no value for, and does not send it', async () => {
    const campaignId = await project.createCampaign(tenant.clientId, connection.id, { name: 'Variables' });
    await project.addBusinesses(tenant.clientId, campaignId, [
      { email: 'full@vars.test' },
      { email: 'subjectless@vars.test', subject_line: ' ' },
      { email: 'bare@vars.test', subject_line: null, icebreaker: null },
    ]);
    const dry = await exportOf(campaignId, { dry_run: true });
    expect(dry.body).toMatchObject({
      to_send: 1,
      reasons: { missing_variable: 2 },
      missing_variables: { subject_line: 2, icebreaker: 1 },
    });
    const job = await exported(campaignId);
    expect(
      await project.sql(
        'select email, outcome, reason, detail from public.export_receipts where export_id = $1 order by email',
        [job['id']],
      ),
    ).toEqual([
      {
        email: 'bare@vars.test',
        outcome: 'skipped',
        reason: 'missing_variable',
        detail: 'icebreaker, subject_line',
      },
      { email: 'full@vars.test', outcome: 'created', reason: null, detail: null },
      {
        email: 'subjectless@vars.test',
        outcome: 'skipped',
        reason: 'missing_variable',
        detail: 'subject_line',
      },
    ]);
  });

  it('says after a broken answer who was created by whom', async () => {
    const campaignId = await project.createCampaign(tenant.clientId, connection.id, { name: 'Lost' });
    await project.addBusinesses(tenant.clientId, campaignId, deliverable(3, 'lost'));
    const first = await exported(campaignId);
    // As if the answer had never been read and the job had ended: the provider has them, the receipts do not say so.
    await project.sql(`update public.export_receipts set outcome = 'sending' where export_id = $1`, [
      first['id'],
    ]);
    await project.sql(`update private.jobs set status = 'failed' where id = $1`, [first['id']]);
    const second = await exported(campaignId);
    expect((await receipts(second['id'])).map((row) => [row.outcome, row.reason])).toEqual(
      Array.from({ length: 3 }, () => ['created', 'confirmed_after_interruption']),
    );
    expect((await receipts(first['id'])).map((row) => row.reason)).toEqual(
      Array.from({ length: 3 }, () => 'answer_lost'),
    );
  });
});
