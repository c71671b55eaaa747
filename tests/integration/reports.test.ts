// What the reports say of ranges, campaigns and steps: against an independent count, and to whom.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runSnippet } from '../support/docs.ts';
import type { Client, Project, Tenant } from '../support/project.ts';
import { people, providerApi } from '../support/provider-api.ts';
import { rangeTruth, type ReportFact, stepTruth } from '../support/report-facts.ts';
import { type ReportScene, startReportScene } from '../support/report-scene.ts';

let project: Project;
let north: Tenant;
let south: Tenant;
let operator: Client;
let client: Client;
let stranger: Client;
let first: ReportScene['first'];
let second: ReportScene['second'];
let foreignCampaign: string;
let facts: ReportFact[];

beforeAll(async () => {
  ({ project, north, south, operator, client, stranger, first, second, foreignCampaign, facts } =
    await startReportScene());
});
afterAll(() => project?.stop());

const range = (from: string, to: string) => ({ from_day: from, to_day: to });
const everything = range('2026-10-01', '2026-10-31');

async function stats(reader: Client, more: Record<string, string>) {
  const { data, error } = await reader.rpc('stats_between', more as never);
  expect(error).toBeNull();
  return z.array(z.record(z.string(), z.unknown())).parse(data);
}

describe('a range of days', () => {
  it.each([
    ['2026-10-01', '2026-10-31'],
    ['2026-10-05', '2026-10-07'],
    ['2026-10-08', '2026-10-08'],
    ['2026-10-09', '2026-10-30'],
    ['2025-01-01', '2025-12-31'],
  ])('from %s to %s counts as plain loops over the facts do', async (from, to) => {
    const [row, ...others] = await stats(client, range(from, to));
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      client_id: north.clientId,
      client_name: 'North',
      ...range(from, to),
      ...rangeTruth(facts, from, to),
    });
    const truth = rangeTruth(facts.filter((fact) => fact.campaign === first.provider), from, to);
    expect((await stats(client, { ...range(from, to), only_campaign: first.id }))[0]).toMatchObject(truth);
  });

  it('adds up: day by day without gaps to the whole, and two halves to the whole', async () => {
    const { data: days } = await client.rpc('daily_stats_between', everything);
    expect(days?.length).toBe(31);
    expect(days?.map(({ day }) => day)).toEqual([...days ?? []].map(({ day }) => day).sort());
    const [whole] = await stats(client, everything);
    for (
      const name of ['sent', 'contacted', 'opened', 'clicked', 'replied', 'positive', 'meetings'] as const
    ) {
      expect([name, days?.reduce((sum, day) => sum + day[name], 0)]).toEqual([name, whole?.[name]]);
      const halves = [
        ...await stats(client, range('2026-10-01', '2026-10-09')),
        ...await stats(client, range('2026-10-10', '2026-10-31')),
      ];
      expect([name, halves.reduce((sum, half) => sum + Number(half[name]), 0)]).toEqual([
        name,
        whole?.[name],
      ]);
    }
    for (const day of days ?? []) expect(day).toMatchObject(rangeTruth(facts, day.day, day.day));
  });

  it('is the life of the campaigns when it covers it', async () => {
    const [whole] = await stats(client, everything);
    const { data: life } = await client.from('client_overview').select(
      'sent, contacted, opened, replied, clicked, positive',
    )
      .single();
    expect(whole).toMatchObject(life ?? { none: true });
    expect(whole).toMatchObject({
      reply_rate: Number((Number(whole?.['replied']) / Number(whole?.['contacted'])).toFixed(4)),
      enough_signal: true,
    });
    expect(Number(whole?.['age_seconds'])).toBeLessThan(120);
  });

  it('shows a client only itself, an operator all clients', async () => {
    const foreign = { ...everything, only_client: south.clientId };
    expect(await stats(client, foreign)).toEqual([]);
    expect(await stats(client, { ...everything, only_campaign: foreignCampaign })).toEqual([]);
    expect((await client.rpc('daily_stats_between', foreign)).data).toEqual([]);
    expect((await client.rpc('campaigns_between', foreign)).data).toEqual([]);
    expect(await stats(stranger, { ...everything, only_campaign: first.id })).toEqual([]);
    expect((await stats(stranger, everything)).map((row) => row['sent'])).toEqual([0]);
    expect((await stats(operator, everything)).map((row) => row['client_name'])).toEqual(['North', 'South']);
    expect((await stats(operator, { ...everything, only_client: south.clientId })).length).toBe(1);
    const { data } = await stranger.from('campaign_steps').select('*');
    expect(data).toEqual([]);
  });

  it('is refused inverted, over three years long or without its days', async () => {
    for (
      const days of [
        range('2026-10-02', '2026-10-01'),
        range('2020-01-01', '2023-01-02'),
        range(null as never, '2026-10-01'),
      ]
    ) {
      for (const name of ['stats_between', 'daily_stats_between', 'campaigns_between'] as const) {
        const { error } = await client.rpc(name, days);
        expect([name, error?.code, error?.message]).toEqual([name, 'PT400', 'VALIDATION_FAILED']);
      }
    }
    expect((await client.rpc('stats_between', range('2020-01-01', '2023-01-01'))).error).toBeNull();
  });

  it('takes the provider’s people where it knows of more than we saw, never more than its lifetime number', async () => {
    const silent = await project.createCampaign(south.clientId, null, { name: 'Silent' });
    const day = (date: string, contacted: number, opened: number) => ({
      ...{
        day: date,
        sent: contacted,
        contacted,
        new_contacted: contacted,
        opens: opened,
        opened,
        clicks: 0,
      },
      ...{ clicked: 0, replies: 1, replied: 1, auto_replies: 1, opportunities: 0 },
    });
    await project.service.schema('worker').rpc('record_campaign_totals', {
      totals: [{
        ...{ campaign_id: silent, leads: 10, sent: 10, contacted: 10, opened: 6, clicked: 0, replied: 2 },
        ...{
          auto_replies: 3,
          bounced: 1,
          unsubscribed: 0,
          completed: 0,
          opportunities: 0,
          opportunity_value: 0,
        },
      }],
    });
    await project.service.schema('worker').rpc('record_campaign_analytics', {
      target_campaign_id: silent,
      days: [day('2026-11-01', 5, 4), day('2026-11-02', 5, 3), day('2026-11-04', 0, 3)],
    });
    const { data } = await stranger.rpc('daily_stats_between', range('2026-11-01', '2026-11-04'));
    expect(
      data?.map(({ contacted, opened, replied, auto_replies }) => [contacted, opened, replied, auto_replies]),
    )
      .toEqual([[5, 2, 0, 1], [5, 2, 1, 1], [0, 0, 0, 0], [0, 2, 1, 1]]);
    // The same from the middle on, where the days before are only known as a sum.
    const [late] = await stats(stranger, range('2026-11-02', '2026-11-30'));
    expect(late).toMatchObject({ contacted: 5, opened: 4, replied: 2, sent: 5 });
  });
});

describe('the comparison of campaigns', () => {
  it('ranks by positive rate and tells what changed since the period before', async () => {
    const { data, error } = await client.rpc('campaigns_between', range('2026-10-09', '2026-10-12'));
    expect(error).toBeNull();
    for (const row of data ?? []) {
      const own = facts.filter((fact) =>
        fact.campaign === (row.campaign_id === first.id ? first : second).provider
      );
      const now = rangeTruth(own, '2026-10-09', '2026-10-12');
      const before = rangeTruth(own, '2026-10-05', '2026-10-08');
      expect(row).toMatchObject(now);
      expect(row).toMatchObject({
        previous_contacted: before['contacted'],
        previous_positive: before['positive'],
        previous_replied: before['replied'],
        positive_rate: Number((Number(now['positive']) / Number(now['contacted'])).toFixed(4)),
        enough_signal: Number(now['contacted']) >= 100,
      });
      expect(row.positive_rate_change).toBeCloseTo(row.positive_rate - row.previous_positive_rate, 4);
      if (!row.enough_signal) expect([row.rank, row.is_best]).toEqual([null, false]);
    }
    const { data: whole } = await client.rpc('campaigns_between', everything);
    expect(whole?.map(({ rank, is_best }) => [rank, is_best])).toEqual([[1, true], [2, false]]);
    expect(Number(whole?.[0]?.positive_rate)).toBeGreaterThanOrEqual(Number(whole?.[1]?.positive_rate));
  });

  it('has a view of the last 30 days, with the client’s name', async () => {
    await project.sql(
      `insert into public.campaign_activity_totals (campaign_id, client_id, sent, contacted) values ($1, $2, 120, 120)`,
      [foreignCampaign, south.clientId],
    );
    await project.sql(
      `insert into public.campaign_first_times (campaign_id, client_id, day, contacted)
       values ($1, $2, (now() at time zone 'UTC')::date, 110), ($1, $2, (now() at time zone 'UTC')::date - 30, 10)`,
      [foreignCampaign, south.clientId],
    );
    const rows = await runSnippet('campaign_comparison', stranger);
    expect(rows.find((row) => row['name'] === 'Foreign')).toMatchObject({
      client_name: 'South',
      contacted: 110,
      previous_contacted: 10,
      positive_rate: 0,
      rank: 1,
      is_best: false,
    });
    expect(
      new Set(
        (await operator.from('campaign_comparison').select('client_name')).data?.map((row) =>
          row.client_name
        ),
      ),
    )
      .toEqual(new Set(['North', 'South']));
  });
});

describe('steps and variants', () => {
  it('count from events as plain loops do, whatever order they came in', async () => {
    for (const campaign of [first, second]) {
      const { data } = await client.from('campaign_steps')
        .select('step, variant, sent, opened, clicked, replied, auto_replies').eq('campaign_id', campaign.id)
        .order('step').order('variant');
      expect(data).toEqual(stepTruth(facts, campaign.provider));
    }
  });

  it(
    'come from the provider with a sync, both counted from 1, equal to what its webhooks delivered',
    async () => {
      const tenant = await project.createTenant('Tested');
      const tested = await project.createConnection(tenant.clientId);
      const api = providerApi(project.simulator.url, tested.apiKey);
      await api.post('webhooks', {
        name: 'Replyloop',
        target_hook_url: tested.webhookUrl,
        event_type: 'all_events',
        headers: { 'x-webhook-secret': tested.secret },
      });
      const campaign = await api.post('campaigns', {
        name: 'Variants',
        campaign_schedule: {
          schedules: [{
            name: 'All week',
            timing: { from: '00:00', to: '23:59' },
            days: { 0: true, 1: true, 2: true, 3: true, 4: true, 5: true, 6: true },
            timezone: 'Africa/Abidjan',
          }],
        },
        sequences: [{
          steps: [
            {
              type: 'email',
              delay: 1,
              variants: [{ subject: 'A', body: 'Hello' }, { subject: 'B', body: 'Hi' }],
            },
            { type: 'email', delay: 1, variants: [{ subject: '', body: 'Any thoughts?' }] },
          ],
        }],
        email_list: ['mia@outreach.test', 'jon@outreach.test'],
      });
      const id = String(campaign['id']);
      await api.post('leads/add', { campaign_id: id, leads: people(150, 'variant') });
      await api.post(`campaigns/${id}/activate`);
      await project.simulator.advance({ days: 6 });
      await project.simulator.deliveriesSettled();
      await project.project();
      const answer = await project.invoke('sync-client', { connection_id: tested.id });
      const [job] = answer.body['jobs'] as { job_id: string }[];
      expect(await project.jobEnded(String(job?.job_id))).toMatchObject({ status: 'completed' });

      // What we hold for an absence note, and the provider for a reply, is compared its way.
      const rowsOf = (table: string, overruled: string) =>
        project.sql<{ step: number; variant: number; sent: number }>(
          `select a.step, a.variant, a.sent, a.opened, a.clicked, a.replied + ${overruled} as replied,
             a.auto_replies - ${overruled} as auto_replies
           from public.${table} as a where a.client_id = $1 order by a.step, a.variant`,
          [tenant.clientId],
        );
      const reported = await rowsOf('campaign_step_analytics', '0');
      expect(reported.map(({ step, variant }) => [step, variant])).toEqual([[1, 1], [1, 2], [2, 1]]);
      expect(reported).toEqual(await rowsOf('campaign_step_activity', 'a.replied_overruled'));
      const [truth] = project.simulator.truth(id);
      expect(reported.reduce((sum, row) => sum + row.sent, 0)).toBe(truth?.sent);

      const tester = await project.signIn(tenant);
      const rows = await runSnippet('campaign_steps', tester, {
        campaignId:
          (await project.one('select id from public.campaigns where client_id = $1', [tenant.clientId]))[
            'id'
          ],
      });
      expect(rows.map((row) => [row['step'], row['variant_letter']])).toEqual([[1, 'A'], [1, 'B'], [2, 'A']]);
      expect(rows[2]?.['significance']).toBeNull();
    },
    90_000,
  );

  it('are judged only with enough mails and replies, and then by the z-test', async () => {
    await project.sql(
      `insert into public.campaign_step_analytics (campaign_id, client_id, step, variant, sent, replied, synced_at) values
         ($1, $2, 1, 1, 400, 20, now()), ($1, $2, 1, 2, 400, 40, now()), ($1, $2, 1, 3, 90, 30, now()),
         ($1, $2, 2, 1, 500, 25, now()), ($1, $2, 2, 2, 500, 26, now()), ($1, $2, 3, 1, 200, 1, now()), ($1, $2, 3, 2, 200, 2, now())`,
      [foreignCampaign, south.clientId],
    );
    const { data } = await stranger.from('campaign_steps').select(
      'step, variant_letter, reply_rate, is_best, significance, p_value',
    )
      .order('step').order('variant');
    // 20 of 400 against 40 of 400: z = 2.685; 25 against 26 of 500: z = 0.144.
    expect(data).toEqual([
      {
        step: 1,
        variant_letter: 'A',
        reply_rate: 0.05,
        is_best: false,
        significance: 'significant',
        p_value: 0.0073,
      },
      {
        step: 1,
        variant_letter: 'B',
        reply_rate: 0.1,
        is_best: true,
        significance: 'significant',
        p_value: 0.0073,
      },
      {
        step: 1,
        variant_letter: 'C',
        reply_rate: 0.3333,
        is_best: false,
        significance: 'not_enough_signal',
        p_value: null,
      },
      {
        step: 2,
        variant_letter: 'A',
        reply_rate: 0.05,
        is_best: false,
        significance: 'no_difference',
        p_value: 0.8857,
      },
      {
        step: 2,
        variant_letter: 'B',
        reply_rate: 0.052,
        is_best: true,
        significance: 'no_difference',
        p_value: 0.8857,
      },
      {
        step: 3,
        variant_letter: 'A',
        reply_rate: 0.005,
        is_best: false,
        significance: 'not_enough_signal',
        p_value: null,
      },
      {
        step: 3,
        variant_letter: 'B',
        reply_rate: 0.01,
        is_best: true,
        significance: 'not_enough_signal',
        p_value: null,
      },
    ]);
  });
});

describe('the examples of docs/api-reports.md', () => {
  it('answer for a range', async () => {
    const given = { from: '2026-10-05', to: '2026-10-07' };
    expect(await runSnippet('stats_between', client, given)).toMatchObject([
      rangeTruth(facts, given.from, given.to),
    ]);
    expect((await runSnippet('daily_stats_between', client, given)).length).toBe(3);
    expect((await runSnippet('campaigns_between', client, given)).length).toBe(2);
  });
});
