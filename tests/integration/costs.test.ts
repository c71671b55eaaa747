// Who answers and what it costs: segments by hand, costs entered, hidden and shown.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runSnippet } from '../support/docs.ts';
import { type Client, type Project, readRelation, type Tenant } from '../support/project.ts';
import { rangeTruth, type ReportFact } from '../support/report-facts.ts';
import { type ReportScene, startReportScene } from '../support/report-scene.ts';

let project: Project;
let north: Tenant;
let south: Tenant;
let operator: Client;
let client: Client;
let stranger: Client;
let first: ReportScene['first'];
let foreignCampaign: string;
let facts: ReportFact[];

beforeAll(async () => {
  ({ project, north, south, operator, client, stranger, first, foreignCampaign, facts } =
    await startReportScene());
});
afterAll(() => project?.stop());

describe('segments', () => {
  it('merge spellings, count leads, and say when there is too little', async () => {
    await project.sql(
      `insert into public.synced_leads (client_id, campaign_id, email, industry, job_title, sent_count_reported, reply_count_reported, interest_status_reported)
       select $1::uuid, $2::uuid, 'segment' || n || '@report.test', (array['Retail', ' retail', 'RETAIL  ', 'Retail'])[1 + n % 4], 'Head  of Sales',
         1, (n <= 12)::integer, case when n <= 6 then 'positive'::public.interest_status end
       from generate_series(1, 120) as n
       union all
       select $1::uuid, $2::uuid, 'segment' || n || '@report.test', 'Bouw', '', (n % 2), 0, null from generate_series(121, 130) as n`,
      [south.clientId, foreignCampaign],
    );
    const rows = await runSnippet('client_segments', stranger);
    expect(rows).toEqual([
      {
        segment: 'Retail',
        leads: 120,
        contacted: 120,
        replied: 12,
        reply_rate: 0.1,
        positive_rate: 0.05,
        enough_signal: true,
      },
      {
        segment: 'Bouw',
        leads: 10,
        contacted: 5,
        replied: 0,
        reply_rate: 0,
        positive_rate: 0,
        enough_signal: false,
      },
    ]);
    const { data } = await stranger.from('client_segments').select('segment, leads').eq(
      'dimension',
      'job_title',
    );
    expect(data).toEqual([{ segment: 'Head of Sales', leads: 120 }]);
    expect((await client.from('client_segments').select('*').eq('segment', 'Bouw')).data).toEqual([]);
  });
});

describe('costs', () => {
  let costId: string;
  const record = (more: Record<string, unknown>) =>
    operator.rpc('record_cost', {
      target_client_id: north.clientId,
      target_campaign_id: first.id,
      cost_kind: 'sending',
      cost_amount: 100,
      cost_currency: 'EUR',
      spent_on: '2026-10-05',
      note: 'Mailboxes',
      ...more,
    } as never);
  const settings = (
    reader: Client,
    { target_client_id = north.clientId, ...more }: Record<string, unknown> = {},
  ) =>
    reader.rpc('change_client', {
      target_client_id,
      settings: { may_see_costs: false, positive_reply_value: 250, currency: 'EUR', ...more },
    } as never);

  it('are entered only by operators, and each entry is in the audit log', async () => {
    expect((await settings(operator)).error).toBeNull();
    const { data, error } = await record({});
    expect(error).toBeNull();
    costId = String(data);
    expect(
      (await record({
        target_campaign_id: null,
        cost_amount: 50.5,
        cost_currency: null,
        cost_kind: 'scraping',
      })).error,
    )
      .toBeNull();
    expect((await record({ cost_amount: 30, cost_currency: 'USD', spent_on: null, note: ' ' })).error)
      .toBeNull();
    const { data: entries } = await operator.from('cost_entries').select(
      'kind, amount, currency, note, campaign_id',
    ).order('amount');
    expect(entries).toEqual([
      { kind: 'sending', amount: 30, currency: 'USD', note: null, campaign_id: first.id },
      { kind: 'scraping', amount: 50.5, currency: 'EUR', note: 'Mailboxes', campaign_id: null },
      { kind: 'sending', amount: 100, currency: 'EUR', note: 'Mailboxes', campaign_id: first.id },
    ]);
    const { data: log } = await operator.from('audit_log').select('action, actor_id').like(
      'action',
      '%cost%',
    );
    expect(log?.length).toBe(3);
    expect(log?.every((row) => row.actor_id !== null)).toBe(true);
    for (const person of [client, stranger]) {
      for (
        const { error: refused } of [
          await settings(person, { may_see_costs: true }),
          await person.rpc('record_cost', {
            target_client_id: north.clientId,
            target_campaign_id: first.id,
            cost_kind: 'other',
            cost_amount: 1,
          }),
          await person.rpc('remove_cost', { cost_id: costId }),
        ]
      ) expect([refused?.code, refused?.message]).toEqual(['PT403', 'FORBIDDEN']);
    }
  });

  it.each([
    ['an amount of nothing', { cost_amount: 0 }, 'PT400'],
    ['an amount that rounds to nothing', { cost_amount: 0.004 }, 'PT400'],
    ['a currency that is none', { cost_currency: 'euro' }, 'PT400'],
    ['no kind', { cost_kind: null }, 'PT400'],
    ['a client that is not there', { target_client_id: randomUUID() }, 'PT404'],
  ])('with %s are refused', async (_, more, code) => {
    expect((await record(more)).error?.code).toBe(code);
  });

  it('of another client’s campaign are refused', async () => {
    expect((await record({ target_campaign_id: foreignCampaign })).error?.code).toBe('PT404');
  });

  it('are hidden from the client until it may see them, and shown per currency then', async () => {
    const truth = rangeTruth(facts, '2026-01-01', '2026-12-31');
    const ofFirst = rangeTruth(
      facts.filter((fact) => fact.campaign === first.provider),
      '2026-01-01',
      '2026-12-31',
    );
    const rowsOf = async (reader: Client, name: string) =>
      (await readRelation(reader, name, { client_id: north.clientId })).data;
    const places = ['cost_entries', 'campaign_costs', 'client_costs'];
    for (const name of places) {
      expect([name, await rowsOf(client, name)]).toEqual([name, []]);
      expect((await rowsOf(operator, name))?.length).toBeGreaterThan(0);
    }
    await settings(operator, { may_see_costs: true });
    for (const name of places) {
      expect((await rowsOf(client, name))?.length).toBeGreaterThan(0);
      expect([name, await rowsOf(stranger, name)]).toEqual([name, []]);
    }

    const four = (value: number) => Number(value.toFixed(4));
    const positive = Number(ofFirst['positive']);
    const rows = await runSnippet('campaign_costs', client);
    const own = rows.filter((row) => row['campaign_name'] === 'First');
    expect(own).toMatchObject([
      {
        currency: 'EUR',
        cost: 100,
        cost_per_reply: four(100 / Number(ofFirst['replied'])),
        cost_per_positive_reply: four(100 / positive),
        estimated_revenue: 250 * positive,
        roi: four((250 * positive - 100) / 100),
      },
      { currency: 'USD', cost: 30, estimated_revenue: null, roi: null },
    ]);
    // Nothing was spent on the second campaign: its cost is 0 and there is nothing to divide by for a return.
    const { data: second } = await client.from('campaign_costs').select('*').eq('campaign_name', 'Second')
      .single();
    expect(second).toMatchObject({
      cost: 0,
      cost_per_email: null,
      cost_per_lead: null,
      cost_per_reply: null,
      roi: null,
    });
    const { data: whole } = await client.from('client_costs').select('*').order('currency');
    const revenue = 250 * Number(truth['positive']);
    expect(whole).toMatchObject([
      {
        currency: 'EUR',
        cost: 150.5,
        cost_without_campaign: 50.5,
        sent: truth['sent'],
        cost_per_email: four(150.5 / Number(truth['sent'])),
        cost_per_lead: four(150.5 / 260),
        estimated_revenue: revenue,
        roi: four((revenue - 150.5) / 150.5),
      },
      { currency: 'USD', cost: 30, cost_without_campaign: 0, estimated_revenue: null },
    ]);
  });

  it('take the provider’s opportunity value where the client’s own value of a reply is not set', async () => {
    await settings(operator, { may_see_costs: true, positive_reply_value: null });
    await project.sql(
      `insert into public.campaign_analytics_totals (campaign_id, client_id, opportunity_value, synced_at) values ($1, $2, 1200, now())
       on conflict (campaign_id) do update set opportunity_value = 1200`,
      [first.id, north.clientId],
    );
    const { data } = await client.from('campaign_costs').select('campaign_name, estimated_revenue').eq(
      'currency',
      'EUR',
    ).order('campaign_name');
    expect(data).toEqual([{ campaign_name: 'First', estimated_revenue: 1200 }, {
      campaign_name: 'Second',
      estimated_revenue: null,
    }]);
  });

  it('are removed by operators, once', async () => {
    expect((await operator.rpc('remove_cost', { cost_id: costId })).data).toEqual({
      cost_id: costId,
      client_id: north.clientId,
      removed: true,
    });
    expect((await operator.rpc('remove_cost', { cost_id: costId })).error?.code).toBe('PT404');
  });

  it.each([
    ['no word on costs', { may_see_costs: null }, 'PT400'],
    ['a negative value', { positive_reply_value: -1 }, 'PT400'],
    ['a currency in small letters', { currency: 'eur' }, 'PT400'],
    ['a client that is not there', { target_client_id: randomUUID() }, 'PT404'],
  ])('are not set up with %s', async (_, more, code) => {
    expect((await settings(operator, more)).error?.code).toBe(code);
  });

  it('are entered and set up as the examples of the reference do', async () => {
    const given = { clientId: north.clientId, campaignId: first.id };
    expect(await runSnippet('record_cost', operator, given)).toMatch(/^[0-9a-f-]{36}$/);
    expect(await runSnippet('create_client', operator, given)).toMatchObject({ name: 'Northwind Coffee' });
    expect(await runSnippet('change_client', operator, given)).toMatchObject({
      may_see_costs: true,
      currency: 'EUR',
    });
  });
});
