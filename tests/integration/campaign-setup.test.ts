// A campaign made over the Data API and exported to both simulators carries its settings; what is done to it afterwards reaches them.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadContract } from '../instantly-simulator/contract.ts';
import { deliverable } from '../support/businesses.ts';
import { leadsOfCampaigns, providerApi } from '../support/provider-api.ts';
import {
  type Client,
  type Project,
  startProject,
  type Tenant,
  type TestConnection,
} from '../support/project.ts';
import { smartleadApi } from '../support/smartlead-api.ts';

let project: Project;
let tenant: Tenant;
let other: Tenant;
let instantly: TestConnection;
let smartlead: TestConnection;
let operator: Client;
let people: Record<'operator' | 'client' | 'other' | 'anon', Client>;

beforeAll(async () => {
  project = await startProject({ functions: ['export-campaign', 'campaign', 'sync-client'], smartlead: {} });
  tenant = await project.createTenant('Bakery');
  other = await project.createTenant('Dentist');
  instantly = await project.createConnection(tenant.clientId);
  smartlead = await project.createConnection(tenant.clientId, undefined, 'smartlead');
  operator = await project.signIn(await project.createUser('operator', null));
  people = {
    operator,
    client: await project.signIn(tenant),
    other: await project.signIn(other),
    anon: project.browser(),
  };
});
afterAll(() => project.stop());

const settings = {
  sequence: [
    { delay_days: 0, subject: 'Rye, {{firstName|there}}', body: 'Hi {{firstName|there}},\n{{icebreaker}}' },
    { delay_days: 4, subject: '', body: 'And?', variants: [{ subject: '', body: 'Well?' }] },
  ],
  footer: 'Lakeside BV, 3511 ED Utrecht',
  time_zone: 'Europe/Amsterdam',
  sending_days: [0, 1, 2, 3, 4, 5, 6],
  sending_from: '00:00',
  sending_to: '23:59',
  daily_limit: 40,
  stop_for_company: true,
  track_opens: false,
  track_clicks: false,
  plain_text: true,
  holiday_countries: ['NL'],
};

async function make(
  connection: TestConnection,
  name: string,
  more: Record<string, unknown> = {},
): Promise<string> {
  const { data, error } = await operator.rpc('create_campaign', {
    target_client_id: tenant.clientId,
    target_connection_id: connection.id,
    name,
    settings: { ...settings, ...more },
  });
  expect(error).toBeNull();
  return (data as { campaign_id: string }).campaign_id;
}

async function exported(campaignId: string, activate = true): Promise<Record<string, unknown>> {
  const { status, body } = await project.invoke('export-campaign', { campaign_id: campaignId, activate });
  expect([status, body]).toMatchObject([202, {}]);
  return await project.jobEnded(String(body['job_id']));
}

/** Calls the function as a person, with the token of the sign-in. */
async function act(person: keyof typeof people, body: Record<string, unknown>, slug = 'campaign') {
  const { data, error } = await people[person].functions.invoke<Record<string, unknown>>(slug, { body });
  const response = (error as { context?: Response } | null)?.context;
  return response === undefined
    ? { status: 200, body: data ?? {} }
    : { status: response.status, body: await response.json() as Record<string, unknown> };
}

const providerIdOf = async (campaignId: string) =>
  (await project.one<{ id: string }>(
    'select provider_campaign_id as id from private.provider_campaigns where campaign_id = $1',
    [campaignId],
  )).id;

const statusOf = async (campaignId: string) =>
  (await project.one<{ status: string }>(
    'select provider_status::text as status from public.campaigns where id = $1',
    [
      campaignId,
    ],
  )).status;

describe('the settings of a campaign', () => {
  it('reach Instantly with the export, mailboxes by tag among them', async () => {
    const campaignId = await make(instantly, 'Rye', {
      sending_account_tags: ['North'],
      start_on: '2026-01-05',
      end_on: '2036-01-05',
    });
    await project.addBusinesses(tenant.clientId, campaignId, deliverable(2, 'rye'));
    expect(await exported(campaignId)).toMatchObject({ status: 'completed', done: 2 });
    const api = providerApi(project.simulator.url, instantly.apiKey);
    expect(await api.get(`campaigns/${await providerIdOf(campaignId)}`)).toMatchObject({
      status: 1,
      stop_on_reply: true,
      stop_for_company: true,
      open_tracking: false,
      link_tracking: false,
      text_only: true,
      insert_unsubscribe_header: true,
      daily_limit: 40,
      email_list: ['mia@outreach.test'],
      email_tag_list: [expect.any(String)],
      campaign_schedule: { start_date: '2026-01-05', end_date: '2036-01-05' },
      sequences: [{
        steps: [
          {
            delay: 4,
            variants: [{
              body: 'Hi {{firstName|there}},<br/>{{icebreaker}}<br/><br/>Lakeside BV, 3511 ED Utrecht',
            }],
          },
          {
            variants: [{ body: expect.stringMatching(/^And\?/) }, {
              body: expect.stringMatching(/^Well\?.*Utrecht$/),
            }],
          },
        ],
      }],
    });
    // What the plan still takes is known from then on.
    expect((await act('operator', { campaign_id: campaignId, dry_run: true }, 'export-campaign')).body)
      .toMatchObject({
        plan: { leads_left: expect.any(Number) },
      });
  });

  it('name a tag that no mailbox has, and the export ends with a sentence', async () => {
    const campaignId = await make(instantly, 'Tagless', { sending_account_tags: ['Nowhere'] });
    await project.addBusinesses(tenant.clientId, campaignId, deliverable(1, 'tagless'));
    expect(await exported(campaignId)).toMatchObject({
      status: 'failed',
      error_message: expect.stringContaining('"Nowhere"'),
    });
  });

  it('reach Smartlead in its words', async () => {
    const campaignId = await make(smartlead, 'Rolls', {
      sending_accounts: ['jon@outreach.test'],
      start_on: '2026-01-05',
    });
    await project.addBusinesses(tenant.clientId, campaignId, deliverable(2, 'rolls'));
    expect(await exported(campaignId)).toMatchObject({ status: 'completed', done: 2 });
    const api = smartleadApi(project.smartlead.url, smartlead.apiKey);
    const id = await providerIdOf(campaignId);
    expect(await api.get(`campaigns/${id}`)).toMatchObject({
      status: 'ACTIVE',
      stop_lead_settings: 'REPLY_TO_AN_EMAIL',
      track_settings: ['DONT_EMAIL_OPEN', 'DONT_LINK_CLICK'],
      send_as_plain_text: true,
      unsubscribe_text: 'Unsubscribe',
      max_leads_per_day: 40,
      schedule_start_time: '2026-01-04T23:00:00.000Z',
    });
    expect(await api.get(`campaigns/${id}/sequences`)).toMatchObject([
      { email_body: 'Hi {{first_name|there}},<br>{{icebreaker}}<br><br>Lakeside BV, 3511 ED Utrecht' },
      {
        seq_delay_details: { delayInDays: 4 },
        sequence_variants: [{ variant_label: 'A' }, { variant_label: 'B' }],
      },
    ]);
    const check = await act('operator', { campaign_id: campaignId, dry_run: true }, 'export-campaign');
    expect(check.body['findings']).toEqual(
      expect.arrayContaining([expect.objectContaining({ code: 'unsupported_sending_days', level: 'warns' })]),
    );
  });
});

describe.each(['instantly', 'smartlead'] as const)('a campaign at %s', (provider) => {
  let campaignId: string;
  let connection: TestConnection;

  beforeAll(async () => {
    connection = provider === 'instantly' ? instantly : smartlead;
    campaignId = await make(connection, `Acts ${provider}`, { sending_accounts: ['mia@outreach.test'] });
    await project.addBusinesses(tenant.clientId, campaignId, deliverable(3, `acts-${provider}`));
    expect(await exported(campaignId)).toMatchObject({ status: 'completed' });
  });

  const atProvider = async () => {
    const id = await providerIdOf(campaignId);
    return provider === 'instantly'
      ? (await providerApi(project.simulator.url, connection.apiKey).get(`campaigns/${id}`))['status']
      : (await smartleadApi(project.smartlead.url, connection.apiKey).get(`campaigns/${id}`) as {
        status: string;
      }).status;
  };

  it('is paused and resumed, here and there', async () => {
    expect(await act('operator', { action: 'pause', campaign_id: campaignId })).toMatchObject({
      status: 200,
    });
    expect([await statusOf(campaignId), await atProvider()]).toEqual([
      'paused',
      provider === 'instantly' ? 2 : 'PAUSED',
    ]);
    expect(await act('operator', { action: 'resume', campaign_id: campaignId })).toMatchObject({
      status: 200,
    });
    expect([await statusOf(campaignId), await atProvider()]).toEqual([
      'active',
      provider === 'instantly' ? 1 : 'ACTIVE',
    ]);
    const acts = await project.sql(
      `select action from public.audit_log where target_id = $1 and action ~ 'paused|resumed' order by id`,
      [campaignId],
    );
    expect(acts).toEqual([{ action: 'campaign_paused' }, { action: 'campaign_resumed' }]);
  });

  it('says why it does not send', async () => {
    await act('operator', { action: 'pause', campaign_id: campaignId });
    const paused = await act('client', { action: 'why', campaign_id: campaignId });
    expect(paused.body).toMatchObject({ is_sending: false, reasons: [{ code: 'campaign_paused' }] });
    await act('operator', { action: 'resume', campaign_id: campaignId });
    expect((await act('operator', { action: 'why', campaign_id: campaignId })).body).toMatchObject({
      is_sending: true,
      asked_provider: provider === 'instantly',
    });
  });

  it('has a link for operators, which holds the provider’s id', async () => {
    const { body } = await act('operator', { action: 'link', campaign_id: campaignId });
    expect(body['link']).toContain(await providerIdOf(campaignId));
    expect(await act('client', { action: 'link', campaign_id: campaignId })).toMatchObject({ status: 403 });
  });

  it('loses one lead there, whose row stays with the time of it', async () => {
    const lead = await project.one<{ id: string; email: string }>(
      'select id, email from public.synced_leads where campaign_id = $1 order by email limit 1',
      [campaignId],
    );
    expect(await act('operator', { action: 'remove_lead', campaign_id: campaignId, lead_id: lead.id }))
      .toMatchObject({
        status: 200,
        body: { removed: true },
      });
    expect(
      await project.one('select removed_at is not null as gone from public.synced_leads where id = $1', [
        lead.id,
      ]),
    )
      .toEqual({ gone: true });
    const id = await providerIdOf(campaignId);
    const left = provider === 'instantly'
      ? (await leadsOfCampaigns(project.simulator.url, connection.apiKey, `Acts ${provider}`)).map((row) =>
        row['email']
      )
      : (await smartleadApi(project.smartlead.url, connection.apiKey).get(
        `campaigns/${id}/leads?limit=100`,
      ) as {
        data: { lead: { email: string } }[];
      }).data.map((row) => row.lead.email);
    expect(left).toHaveLength(2);
    expect(left).not.toContain(lead.email);
    // Pressed twice, it is as it was.
    expect(await act('operator', { action: 'remove_lead', campaign_id: campaignId, lead_id: lead.id }))
      .toMatchObject({
        status: 200,
      });
  });

  it('gets more leads later, only the new ones', async () => {
    await project.addBusinesses(tenant.clientId, campaignId, deliverable(2, `more-${provider}`));
    expect(await exported(campaignId)).toMatchObject({ status: 'completed', done: 2, total: 2 });
    const check = await act('operator', { campaign_id: campaignId, dry_run: true }, 'export-campaign');
    expect(check.body).toMatchObject({ to_send: 0, reasons: { already_exported: 5 } });
  });

  it('rests on a holiday and goes on after it, also when a run dies after the provider has paused', async () => {
    const pause = async (day: string) => {
      await project.sql('delete from private.schedule_pauses where campaign_id = $1', [campaignId]);
      await project.sql('select private.plan_pauses($1)', [day]);
      return (await project.one<{ id: string }>(
        `select id from private.schedule_pauses where campaign_id = $1 and state = 'pausing'`,
        [campaignId],
      )).id;
    };
    const pauseId = await pause('2036-12-25T10:00Z');
    expect((await project.invoke('campaign', { pause_id: pauseId })).body).toEqual({ result: 'done' });
    expect([await statusOf(campaignId), await atProvider()]).toEqual([
      'paused',
      provider === 'instantly' ? 2 : 'PAUSED',
    ]);
    // As if the run had died before it could write that.
    await project.sql(`update private.schedule_pauses set state = 'pausing' where id = $1`, [pauseId]);
    expect((await project.invoke('campaign', { pause_id: pauseId })).body).toEqual({ result: 'done' });
    await project.sql(`select private.plan_pauses('2036-12-27T10:00Z')`);
    expect((await project.invoke('campaign', { pause_id: pauseId })).body).toEqual({ result: 'done' });
    expect([await statusOf(campaignId), await atProvider()]).toEqual([
      'active',
      provider === 'instantly' ? 1 : 'ACTIVE',
    ]);
    expect((await project.invoke('campaign', { pause_id: pauseId })).body).toEqual({ result: 'nothing' });

    // Somebody paused it at the provider before we could: that is his, and stays.
    const next = await pause('2036-12-26T10:00Z');
    const id = await providerIdOf(campaignId);
    if (provider === 'instantly') {
      await providerApi(project.simulator.url, connection.apiKey).post(`campaigns/${id}/pause`);
    } else {await smartleadApi(project.smartlead.url, connection.apiKey).post(`campaigns/${id}/status`, {
        status: 'PAUSED',
      });}
    expect((await project.invoke('campaign', { pause_id: next })).body).toEqual({ result: 'not_ours' });
    await project.sql(`select private.plan_pauses('2036-12-28T10:00Z')`);
    expect((await project.invoke('campaign', { pause_id: next })).body).toEqual({ result: 'nothing' });
    expect(await atProvider()).toBe(provider === 'instantly' ? 2 : 'PAUSED');
  });
});

it('everything sent to Instantly fits its official contract', () => {
  const contract = loadContract();
  if (contract === undefined) return;
  const requests = project.simulator.requests();
  expect(requests.map(({ method, path }) => `${method} ${path.replace(/[0-9a-f-]{36}/, '{id}')}`)).toEqual(
    expect.arrayContaining([
      'GET /api/v2/campaigns/{id}/sending-status',
      'POST /api/v2/campaigns/{id}/pause',
      'DELETE /api/v2/leads/{id}',
    ]),
  );
  expect(
    requests.flatMap((request) =>
      contract.validateRequest(request.method, request.path, request.query, request.body)
        .map((problem) => `${request.method} ${request.path}: ${problem}`)
    ),
  ).toEqual([]);
});
