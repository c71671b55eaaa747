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

describe('export-campaign sends the leads of a completed campaign', () => {
  it('maps every field, adds the LinkedIn contact as a lead of its own and gives each address a receipt', async () => {
    const campaignId = await project.createCampaign(tenant.clientId, connection.id, {
      name: 'Mapping',
      time_zone: 'Europe/Amsterdam',
    });
    await project.sql(
      `insert into public.suppressions (client_id, email, reason) values ($1, 'gone@export.test', 'unsubscribed')`,
      [tenant.clientId],
    );
    await project.addBusinesses(tenant.clientId, campaignId, [
      {
        name: 'Bakery Blum',
        email: ' Info@Blum.test ',
        icebreaker: 'Your rye bread is famous.',
        subject_line: 'Rye',
        website: 'https://blum.test',
        phone: '+49 30 1',
        address: 'Hauptstr. 1',
        city: 'Berlin',
        state: 'BE',
        zip: '10115',
        linkedin_url: 'https://linkedin.test/blum',
        facebook_url: 'https://facebook.test/blum',
        email_source: 'website',
        category: 'Bakery',
        rating: 4.5,
        linkedin_contact_name: 'Dr. Anna van den Berg',
        linkedin_contact_title: 'Owner',
        linkedin_contact_email: 'anna@blum.test',
        linkedin_contact_email_deliverability: 'deliverable',
      },
      { name: 'No address', email: null },
      { name: 'Risky', email: 'risky@export.test', email_deliverability: 'risky' },
      { name: 'Broken', email: 'not-an-address' },
      { name: 'Gone', email: 'gone@export.test' },
      { name: 'Twin', email: 'INFO@blum.test' },
    ]);
    const job = await exported(campaignId);
    expect(job).toMatchObject({ status: 'completed', done: 2, total: 2 });

    const byEmail = new Map((await leadsAtProvider('Mapping')).map((lead) => [lead['email'], lead]));
    expect([...byEmail.keys()].sort()).toEqual(['anna@blum.test', 'info@blum.test']);
    const shared = {
      icebreaker: 'Your rye bread is famous.',
      subject_line: 'Rye',
      website: 'https://blum.test',
      phone: '+49 30 1',
      address: 'Hauptstr. 1',
      city: 'Berlin',
      state: 'BE',
      zip: '10115',
      linkedin_url: 'https://linkedin.test/blum',
      facebook_url: 'https://facebook.test/blum',
      email_source: 'website',
      category: 'Bakery',
      rating: 4.5,
    };
    expect(byEmail.get('info@blum.test')).toMatchObject({
      first_name: 'Bakery Blum',
      company_name: 'Bakery Blum',
      website: 'https://blum.test',
      payload: shared,
    });
    expect(byEmail.get('anna@blum.test')).toMatchObject({
      first_name: 'Anna',
      last_name: 'van den Berg',
      company_name: 'Bakery Blum',
      job_title: 'Owner',
      payload: { ...shared, title: 'Owner', company: 'Bakery Blum', linkedin_contact_title: 'Owner' },
    });

    const reasons = (await receipts(job['id'])).map((
      receipt,
    ) => [receipt.email, receipt.recipient, receipt.outcome, receipt.reason]);
    expect(reasons.sort()).toEqual([
      ['anna@blum.test', 'linkedin_contact', 'created', null],
      ['gone@export.test', 'business', 'skipped', 'suppressed'],
      ['info@blum.test', 'business', 'created', null],
      ['info@blum.test', 'business', 'skipped', 'repeated'],
      ['not-an-address', 'business', 'invalid', 'invalid_email'],
      ['risky@export.test', 'business', 'skipped', 'not_deliverable'],
      [null, 'business', 'skipped', 'no_email'],
    ].sort());
  });

  it('creates the campaign with an allowed time zone, the variables in its sequence, and activates it only when asked', async () => {
    const campaignId = await project.createCampaign(tenant.clientId, connection.id, {
      name: 'Schedule',
      time_zone: 'America/New_York',
      sending_days: '{1,2,3}',
      sending_from: '08:30',
      sending_to: '16:00',
    });
    await project.addBusinesses(tenant.clientId, campaignId, deliverable(1, 'schedule'));
    await exported(campaignId);
    const [request] = project.simulator.requests({ path: '/api/v2/campaigns', method: 'POST' }).slice(-1);
    expect(request?.body).toMatchObject({
      campaign_schedule: {
        schedules: [{
          timezone: 'America/Detroit',
          timing: { from: '08:30', to: '16:00' },
          days: { 0: false, 1: true, 2: true, 3: true, 4: false, 5: false, 6: false },
        }],
      },
      email_list: expect.arrayContaining(['mia@outreach.test', 'jon@outreach.test']),
    });
    expect(request?.body).toMatchObject({ insert_unsubscribe_header: true });
    expect(JSON.stringify(request?.body)).toContain('{{subject_line}}');
    expect(JSON.stringify(request?.body)).toContain('{{icebreaker}}');
    const status = async () =>
      (await project.one('select provider_status from public.campaigns where id = $1', [campaignId]))[
        'provider_status'
      ];
    expect(await status()).toBe('draft');
    expect(project.simulator.requests({ method: 'POST' }).some((call) => call.path.endsWith('/activate')))
      .toBe(false);

    await exported(campaignId, { activate: true });
    expect(project.simulator.requests({ method: 'POST' }).some((call) => call.path.endsWith('/activate')))
      .toBe(true);
    expect(await status()).toBe('active');
  });

  it('says what it would do in a dry run, and does none of it', async () => {
    const campaignId = await project.createCampaign(tenant.clientId, connection.id, { name: 'Dry' });
    await project.addBusinesses(tenant.clientId, campaignId, [
      ...deliverable(3, 'dry'),
      { name: 'Risky', email: 'dry-risky@export.test', email_deliverability: 'risky' },
    ]);
    const answer = await exportOf(campaignId, { dry_run: true });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        dry_run: true,
        total: 4,
        to_send: 3,
        skipped: 1,
        reasons: { not_deliverable: 1 },
        missing_variables: {},
      },
    });
    expect(await leadsAtProvider('Dry')).toEqual([]);
    expect(await project.sql('select from private.jobs where campaign_id = $1', [campaignId])).toHaveLength(
      0,
    );
  });

  it('sends no lead twice when it is started twice, at once or later', async () => {
    const campaignId = await project.createCampaign(tenant.clientId, connection.id, { name: 'Twice' });
    await project.addBusinesses(tenant.clientId, campaignId, deliverable(40, 'twice'));
    const [first, second] = await Promise.all([exportOf(campaignId), exportOf(campaignId)]);
    expect(first.body['job_id']).toBe(second.body['job_id']);
    await project.jobEnded(String(first.body['job_id']));

    await project.addBusinesses(tenant.clientId, campaignId, deliverable(2, 'later'));
    const later = await exported(campaignId);
    expect(later).toMatchObject({ status: 'completed', total: 2, done: 2 });
    expect((await receipts(later['id'])).filter((receipt) => receipt.reason === 'already_exported'))
      .toHaveLength(40);
    const emails = (await leadsAtProvider('Twice')).map((lead) => lead['email']);
    expect(emails).toHaveLength(42);
    expect(new Set(emails).size).toBe(42);
  });

  it('tells duplicates and blocked addresses at the provider apart', async () => {
    const campaignId = await project.createCampaign(tenant.clientId, connection.id, { name: 'Refused' });
    await project.addBusinesses(tenant.clientId, campaignId, deliverable(3, 'refused'));
    await exported(campaignId);
    // The receipts are forgotten, so that the provider has to be the one who refuses.
    await project.sql('delete from public.export_receipts where campaign_id = $1', [campaignId]);
    const again = await exported(campaignId);
    expect((await receipts(again['id'])).map((receipt) => [receipt.outcome, receipt.reason])).toEqual(
      Array.from({ length: 3 }, () => ['duplicate', 'in_provider_campaign']),
    );
  });

  it('shows its progress to the client while it runs', async () => {
    const campaignId = await project.createCampaign(tenant.clientId, connection.id, { name: 'Progress' });
    await project.addBusinesses(tenant.clientId, campaignId, deliverable(2500, 'progress'));
    project.simulator.faults.set({
      requests: [{ kind: 'latency', path: '/api/v2/leads/add', latencyMs: 400 }],
    });
    const client = await project.signIn(tenant);
    const started = await exportOf(campaignId);
    const seen = new Set<string>();
    await project.eventually(async () => {
      const { data } = await client.from('client_exports').select('status, done, total').eq(
        'export_id',
        String(started.body['job_id']),
      );
      const row = data?.[0];
      seen.add(`${row?.done}/${row?.total}`);
      return row?.status === 'completed';
    }, 'the export is completed');
    project.simulator.faults.clear();
    expect([...seen]).toEqual(expect.arrayContaining(['1000/2500', '2500/2500']));
  });
});

describe('export-campaign refuses', () => {
  const refusal = async (campaignId: string) => {
    const answer = await exportOf(campaignId);
    return [answer.status, (answer.body['error'] as { code: string }).code];
  };

  it('each state that cannot be exported, with its code', async () => {
    const running = await project.createCampaign(tenant.clientId, connection.id, {
      generation_status: 'running',
    });
    expect(await refusal(running)).toEqual([409, 'CAMPAIGN_NOT_COMPLETED']);

    const empty = await project.createCampaign(tenant.clientId, connection.id);
    await project.addBusinesses(tenant.clientId, empty, [{
      email: 'risky@x.test',
      email_deliverability: 'risky',
    }]);
    expect(await refusal(empty)).toEqual([409, 'NO_VERIFIED_LEADS']);

    const keyless = await project.createTenant('Keyless');
    const noKey = await project.createCampaign(keyless.clientId, null);
    expect(await refusal(noKey)).toEqual([409, 'INSTANTLY_API_KEY_MISSING']);

    expect(await refusal('00000000-0000-4000-8000-000000000000')).toEqual([404, 'NOT_FOUND']);
    const nonsense = await project.invoke('export-campaign', { campaign_id: 'x', extra: 1 });
    expect([nonsense.status, (nonsense.body['error'] as { code: string }).code]).toEqual([
      400,
      'VALIDATION_FAILED',
    ]);
  });

  it('a key that Instantly does not know, and marks the connection', async () => {
    const other = await project.createTenant('Wrong key');
    const broken = await project.createConnection(other.clientId);
    project.simulator.setAccess(broken.workspaceId, 'unauthorized');
    const campaignId = await project.createCampaign(other.clientId, broken.id);
    await project.addBusinesses(other.clientId, campaignId, deliverable(1, 'wrongkey'));
    expect(await refusal(campaignId)).toEqual([409, 'INSTANTLY_API_KEY_INVALID']);
    // The job was written while the provider was asked, and is gone with its receipts.
    expect(await project.sql('select from private.jobs where campaign_id = $1', [campaignId])).toEqual([]);
    expect(await project.sql('select from public.export_receipts where campaign_id = $1', [campaignId]))
      .toEqual([]);
    expect(await project.one('select status from public.provider_connections where id = $1', [broken.id]))
      .toEqual({
        status: 'invalid',
      });
  });

  it('whom it does not concern: the owner and an operator may, another client, an outsider and anonymous may not', async () => {
    const campaignId = await project.createCampaign(tenant.clientId, connection.id, { name: 'Mine' });
    await project.addBusinesses(tenant.clientId, campaignId, deliverable(1, 'mine'));
    const stranger = await project.createTenant('Stranger');
    const press = async (person: { email: string; password: string }) => {
      const client = await project.signIn(person);
      const { data, error } = await client.functions.invoke('export-campaign', {
        body: { campaign_id: campaignId, dry_run: true },
      });
      return error ? (error.context as Response).status : (data as { to_send: number }).to_send;
    };
    expect(await press(tenant)).toBe(1);
    expect(await press(await project.createUser('operator', null))).toBe(1);
    expect(await press(stranger)).toBe(404);
    expect(await press(await project.createUser(null, null))).toBe(403);
    const anonymous = await project.invoke(
      'export-campaign',
      { campaign_id: campaignId },
      project.stack.publishableKey,
    );
    expect(anonymous.status).toBe(401);
    const client = await project.signIn(tenant);
    const resumed = await client.functions.invoke('export-campaign', { body: { job_id: campaignId } });
    expect((resumed.error?.context as Response).status).toBe(403);
  });
});
