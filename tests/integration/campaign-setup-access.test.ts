// Who may make, check, approve and act on a campaign; and SQL and TypeScript judge a sequence alike.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSequence } from '../../supabase/functions/_shared/export/sequence.ts';
import {
  type Client,
  type Project,
  startProject,
  type Tenant,
  type TestConnection,
} from '../support/project.ts';

let project: Project;
let tenant: Tenant;
let other: Tenant;
let instantly: TestConnection;
let operator: Client;
let people: Record<'operator' | 'client' | 'other' | 'anon', Client>;

beforeAll(async () => {
  project = await startProject({ functions: ['export-campaign', 'campaign', 'sync-client'] });
  tenant = await project.createTenant('Bakery');
  other = await project.createTenant('Dentist');
  instantly = await project.createConnection(tenant.clientId);
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

describe('who may what', () => {
  let campaignId: string;
  beforeAll(async () => {
    campaignId = await make(instantly, 'Mine');
    await project.addBusinesses(tenant.clientId, campaignId, [
      { email: 'a@mine.test' },
      { email: 'b@mine.test', icebreaker: null },
      { email: 'c@mine.test', email_deliverability: 'risky' },
    ]);
  });

  it('clients pause, resume, link and remove nothing; another client’s campaign is not there; anon is refused', async () => {
    for (const action of ['pause', 'resume', 'link']) {
      expect(await act('client', { action, campaign_id: campaignId })).toMatchObject({ status: 403 });
      expect(await act('other', { action, campaign_id: campaignId })).toMatchObject({ status: 403 });
    }
    expect(await act('other', { action: 'why', campaign_id: campaignId })).toMatchObject({ status: 404 });
    expect((await act('anon', { action: 'why', campaign_id: campaignId })).status).toBe(401);
    expect(await act('operator', { pause_id: campaignId })).toMatchObject({ status: 403 });
  });

  it('an act on what was never exported is refused with what to do', async () => {
    expect(await act('operator', { action: 'pause', campaign_id: campaignId })).toMatchObject({
      status: 400,
      body: { error: { code: 'VALIDATION_FAILED', message: expect.stringContaining('export it first') } },
    });
  });

  it('a client reads the check of its own campaign without the workspace and the costs', async () => {
    await project.sql(
      `insert into public.cost_entries (client_id, campaign_id, kind, amount, currency, spent_on) values ($1, $2, 'other', 10, 'EUR', now())`,
      [tenant.clientId, campaignId],
    );
    const ask = { campaign_id: campaignId, dry_run: true };
    const own = await act('client', ask, 'export-campaign');
    expect(own.body).toMatchObject({
      to_send: 1,
      missing_variables: { icebreaker: 1 },
      approval: 'not_needed',
    });
    for (const hidden of ['costs', 'mailboxes', 'plan', 'provider']) {
      expect(own.body).not.toHaveProperty(hidden);
    }
    expect((await act('operator', ask, 'export-campaign')).body).toMatchObject({
      costs: [{ currency: 'EUR', cost: 10, cost_per_lead: 10 }],
      estimate: { emails: 2 },
    });
    expect(await act('other', ask, 'export-campaign')).toMatchObject({ status: 404 });
  });

  it('the leads behind a count are listed, for who may see the campaign', async () => {
    const ask = { campaign_id: campaignId, dry_run: true, list_left_out: true, reason: 'missing_variable' };
    expect((await act('client', ask, 'export-campaign')).body['left_out']).toMatchObject([
      { email: 'b@mine.test', reason: 'missing_variable', detail: 'icebreaker' },
    ]);
    expect(await act('other', ask, 'export-campaign')).toMatchObject({ status: 404 });
    const listed = async (which: object) =>
      (await act(
        'client',
        { campaign_id: campaignId, dry_run: true, list_left_out: true, ...which },
        'export-campaign',
      ))
        .body['left_out'];
    expect(await listed({ variable: 'icebreaker' })).toMatchObject([{ email: 'b@mine.test' }]);
    expect(await listed({ variable: 'icebr' })).toEqual([]);
    expect(await listed({ reason: 'suppressed' })).toEqual([]);
  });

  it('an approval is asked by operators, answered by the client, and the export waits for it', async () => {
    await operator.rpc('change_client', {
      target_client_id: tenant.clientId,
      settings: { approval_required: true },
    });
    expect(await act('client', { campaign_id: campaignId }, 'export-campaign')).toMatchObject({
      status: 409,
      body: { error: { code: 'APPROVAL_MISSING' } },
    });
    expect((await people.client.rpc('request_approval', { target_campaign_id: campaignId })).error?.code)
      .toBe('PT403');
    const { data } = await operator.rpc('request_approval', { target_campaign_id: campaignId });
    const { approval_id } = data as { approval_id: string };
    expect((await people.other.rpc('answer_approval', { approval_id, answer: 'approved' })).error?.code).toBe(
      'PT404',
    );
    expect((await people.anon.rpc('answer_approval', { approval_id, answer: 'approved' })).error?.code).toBe(
      '42501',
    );
    expect((await people.client.rpc('answer_approval', { approval_id, answer: 'approved' })).error)
      .toBeNull();
    expect(await exported(campaignId, false)).toMatchObject({ status: 'completed', done: 1 });
    await operator.rpc('change_client', {
      target_client_id: tenant.clientId,
      settings: { approval_required: false },
    });
  });

  it('templates are read and written by operators only', async () => {
    const sequence = [{ subject: 'S', body: 'Hi {{branche}}' }];
    for (const person of ['client', 'anon'] as const) {
      expect((await people[person].rpc('save_sequence_template', { name: 'Mine', sequence })).error).not
        .toBeNull();
      expect((await people[person].from('sequence_templates').select('id')).data ?? []).toEqual([]);
    }
    const { data } = await operator.rpc('save_sequence_template', { name: 'Mine', sequence });
    expect(data).toMatchObject({ name: 'Mine', unknown_variables: ['branche'] });
    const { data: built } = await operator.from('sequence_templates').select('name, description, sequence');
    expect(built).toHaveLength(11);
    const again = await operator.rpc('import_sequence_templates', { templates: built ?? [] });
    expect((again.data as { name: string }[]).map(({ name }) => name)).toContain('Mine (2)');
    const broken = await operator.rpc('import_sequence_templates', {
      templates: [{ name: 'A', sequence }, { name: 'B' }],
    });
    expect(broken.error?.code).toBe('PT400');
    expect((await operator.from('sequence_templates').select('id').eq('name', 'A')).data).toEqual([]);
  });
});

describe('a sequence', () => {
  const mail = { subject: 'S', body: 'B' };
  it.each<[string, unknown]>([
    ['a plain one', [mail]],
    ['twenty steps', new Array(20).fill(mail)],
    ['21 steps', new Array(21).fill(mail)],
    ['none', []],
    ['no list', { steps: [mail] }],
    ['five variants', [{ ...mail, variants: new Array(4).fill(mail) }]],
    ['six variants', [{ ...mail, variants: new Array(5).fill(mail) }]],
    ['a follow-up in the thread', [mail, { subject: '', body: 'B' }]],
    ['no first subject', [{ subject: ' ', body: 'B' }]],
    ['a variant without one', [{ ...mail, variants: [{ subject: '', body: 'B' }] }]],
    ['an empty text', [{ subject: 'S', body: '  ' }]],
    ['90 days', [mail, { ...mail, delay_days: 90 }]],
    ['91 days', [mail, { ...mail, delay_days: 91 }]],
    ['half a day', [mail, { ...mail, delay_days: 0.5 }]],
    ['a subject of 251', [{ subject: 'x'.repeat(251), body: 'B' }]],
    ['a text of 20,001', [{ subject: 'S', body: 'x'.repeat(20_001) }]],
    ['open braces', [{ subject: 'S', body: '{{firstName' }]],
    ['spintax', [{ subject: '{Hi|Hello}', body: '{{RANDOM | a | b}}' }]],
    ['another field', [{ ...mail, colour: 'red' }]],
    ['no subject at all', [{ body: 'B' }]],
    ['200 kB', new Array(12).fill({ subject: 'S', body: 'x'.repeat(19_000) })],
  ])('is judged the same by SQL and by the export: %s', async (_, sequence) => {
    const { problem } = await project.one<{ problem: string | null }>(
      'select private.sequence_problem($1) as problem',
      [
        JSON.stringify(sequence),
      ],
    );
    let message: string | null = null;
    try {
      readSequence(sequence);
    } catch (error) {
      message = String(error);
    }
    expect([problem, message].map((one) => one === null)).toEqual([message === null, message === null]);
  });
});
