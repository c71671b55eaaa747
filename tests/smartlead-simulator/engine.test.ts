import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyRates } from '../../local/demo/empty.ts';
import {
  addLeads,
  createCampaign,
  leadEmail,
  leadRows,
  prepare,
  readAll,
  withSimulator,
  workspaceId,
} from './helpers.ts';
import type { CampaignTruth } from '../../simulators/smartlead/simulator.ts';
import type { Json, TestBench } from './helpers.ts';

const now = () => new Date('2026-10-20T12:00:00.000Z');

async function start(bench: TestBench, count: number): Promise<number> {
  const id = await createCampaign(bench);
  await addLeads(bench, id, leadRows(count));
  await bench.call('POST', `/campaigns/${id}/status`, { status: 'START' });
  return id;
}

function truthOf(bench: TestBench, id: number | string): CampaignTruth {
  const [truth] = bench.simulator.truth(id);
  if (truth === undefined) throw new Error('No truth for the campaign');
  return truth;
}

const metrics = (row: Json | undefined) => row?.email_engagement_metrics as Record<string, number>;
const days = async (bench: TestBench, query: string): Promise<Json[]> => {
  const { body } = await bench.call('GET', `/analytics/day-wise-overall-stats?${query}`);
  return (body.data as { day_wise_stats: Json[] }).day_wise_stats;
};

describe('the engine', () => {
  it.each([1, 2, 3])(
    'lets the first of three leads answer within a day on the empty stack (seed %i)',
    (seed) =>
      withSimulator({ now, seed, rates: emptyRates }, async (bench) => {
        const id = await start(bench, 3);
        await bench.simulator.advance({ days: 1 });
        const truth = truthOf(bench, id);
        expect(truth.contactedLeads).toBe(3);
        expect(truth.leadsReplied).toBeGreaterThan(0);
      }),
  );

  it('tells the same in the truth, the analytics, the days, the rows and the leads', () =>
    withSimulator({ now, rates: { reply: 0.1, unsubscribe: 0.03 } }, async (bench) => {
      const id = await start(bench, 800);
      await bench.simulator.advance({ days: 12 });
      const truth = truthOf(bench, id);
      expect(truth.sent).toBeGreaterThan(1100);
      for (
        const count of [truth.clicks, truth.replies, truth.autoReplies, truth.bounced, truth.unsubscribed]
      ) expect(count).toBeGreaterThan(0);

      const { body } = await bench.call('GET', `/campaigns/${id}/analytics`);
      expect(body).toMatchObject({
        sent_count: String(truth.sent),
        unique_sent_count: String(truth.contactedLeads),
        open_count: String(truth.opens),
        unique_open_count: String(truth.leadsOpened),
        click_count: String(truth.clicks),
        unique_click_count: String(truth.leadsClicked),
        reply_count: String(truth.leadsReplied),
        bounce_count: String(truth.bounced),
        unsubscribed_count: String(truth.unsubscribed),
        total_count: String(truth.sent),
        sequence_count: '2',
        campaign_lead_stats: { total: 800, blocked: truth.bounced },
      });
      const range = 'start_date=2026-10-06&end_date=2026-10-20';
      const total = await bench.call('GET', `/campaigns/${id}/analytics-by-date?${range}`);
      expect(total.body).toMatchObject({
        sent_count: String(truth.sent),
        reply_count: String(truth.leadsReplied),
      });

      for (const [index, row] of (await days(bench, `${range}&campaign_ids=${id}`)).entries()) {
        const day = truth.days[`2026-10-${String(6 + index).padStart(2, '0')}`];
        expect(metrics(row)).toEqual({
          sent: day?.sent ?? 0,
          opened: day?.leadsOpened ?? 0,
          replied: day?.leadsReplied ?? 0,
          bounced: day?.bounced ?? 0,
          unsubscribed: day?.unsubscribed ?? 0,
        });
      }

      const rows = await readAll(bench, `/campaigns/${id}/statistics`, 500);
      expect(rows).toHaveLength(truth.sent);
      expect(new Set(rows.map(({ stats_id }) => stats_id)).size).toBe(truth.sent);
      const sum = (name: string) => rows.reduce((all, row) => all + Number(row[name]), 0);
      expect([sum('open_count'), sum('click_count')]).toEqual([truth.opens, truth.clicks]);
      expect(rows.filter(({ is_bounced }) => is_bounced)).toHaveLength(truth.bounced);
      const answered = rows.filter(({ reply_time, ignore_reply }) =>
        reply_time !== null && ignore_reply === false
      );
      expect(new Set(answered.map(({ lead_email }) => lead_email)).size).toBe(truth.leadsReplied);

      const replied = await bench.call('GET', `/campaigns/${id}/leads?emailStatus=is_bounced&limit=100`);
      expect(replied.body.total_leads).toBe(String(truth.bounced));
      const perLead = Object.values(truth.leads);
      expect(perLead.reduce((all, lead) => all + lead.sent, 0)).toBe(truth.sent);
      expect(perLead.reduce((all, lead) => all + lead.replies, 0)).toBe(truth.replies);
    }));

  it('repeats itself for a seed, however the time is cut', async () => {
    const truths: CampaignTruth[] = [];
    for (const hours of [240, 7]) {
      await withSimulator({ now, seed: 9 }, async (bench) => {
        const id = await start(bench, 150);
        for (let passed = 0; passed < 240; passed += hours) {
          await bench.simulator.advance({ hours: Math.min(hours, 240 - passed) });
        }
        truths.push(truthOf(bench, id));
      });
    }
    expect(truths[0]?.sent).toBeGreaterThan(150);
    expect(truths[0]).toEqual(truths[1]);
  });

  it('sends only inside the schedule, at most so many new leads a day, and stops at the real now', () =>
    withSimulator({ now }, async (bench) => {
      const id = await createCampaign(bench);
      await bench.call('POST', `/campaigns/${id}/schedule`, {
        timezone: 'Europe/Stockholm',
        days_of_the_week: [1, 2, 3, 4, 5],
        start_hour: '09:00',
        end_hour: '16:30',
        max_new_leads_per_day: 8,
      });
      await addLeads(bench, id, leadRows(60));
      await bench.call('POST', `/campaigns/${id}/status`, { status: 'START' });
      await bench.simulator.advance({ days: 60 });
      expect(bench.simulator.simulatedNow()).toEqual(now());
      const rows = await readAll(bench, `/campaigns/${id}/statistics`, 1000);
      expect(rows.length).toBeGreaterThan(60);
      for (const { sent_time } of rows) {
        const sent = new Date(String(sent_time));
        const local = sent.getUTCHours() + 2 + sent.getUTCMinutes() / 60;
        expect(local >= 9 && local < 16.6 && sent.getUTCDay() % 6 !== 0).toBe(true);
      }
      const perDay = Object.values(truthOf(bench, id).days);
      expect(Math.max(...perDay.map(({ newLeadsContacted }) => newLeadsContacted))).toBe(8);
    }));
});

describe('statistics', () => {
  it('are filtered by the time of sending, so a late reply changes an old row', () =>
    withSimulator({ now }, async (bench) => {
      const { id, emit } = await prepare(bench);
      emit('email_sent', { at: '2026-10-01T08:00:00Z', step: 1 });
      emit('email_sent', { at: '2026-10-04T08:00:00Z', step: 2 });
      const read = async (query = '') =>
        (await bench.call('GET', `/campaigns/${id}/statistics?${query}`)).rows;
      emit('reply_received', { at: '2026-10-09T08:00:00Z', step: 1, text: 'Late' });
      emit('lead_interested', { at: '2026-10-09T09:00:00Z' });
      const window = 'sent_time_start_date=2026-10-01&sent_time_end_date=2026-10-01';
      expect(await read(window)).toMatchObject([{
        sequence_number: 1,
        reply_time: '2026-10-09T08:00:00.000Z',
      }]);
      expect(await read('sent_time_start_date=2026-10-08')).toEqual([]);
      // The category is the lead's, so it also stands on the row that nobody answered.
      expect(await read()).toMatchObject([
        { lead_category: 'Interested' },
        { lead_category: 'Interested', reply_time: null },
      ]);
      expect(await read('email_status=replied')).toHaveLength(1);
      expect(await read('email_sequence_number=2')).toHaveLength(1);
      expect((await bench.call('GET', `/campaigns/${id}/statistics?limit=1001`)).status).toBe(400);
      expect((await bench.call('GET', `/campaigns/${id}/statistics`)).body.total_stats).toBe('2');
    }));

  it('put one automatic reply on every row, which the analytics do not count', () =>
    withSimulator({ now }, async (bench) => {
      const { id, emit } = await prepare(bench);
      emit('email_sent', { at: '2026-10-01T08:00:00Z', step: 1 });
      emit('email_sent', { at: '2026-10-04T08:00:00Z', step: 2 });
      emit('auto_reply_received', { at: '2026-10-04T08:01:00Z', text: 'Away' });
      const { rows } = await bench.call('GET', `/campaigns/${id}/statistics`);
      expect(rows.map(({ reply_time, ignore_reply }) => [reply_time, ignore_reply])).toEqual([
        ['2026-10-04T08:01:00.000Z', true],
        ['2026-10-04T08:01:00.000Z', true],
      ]);
      expect((await bench.call('GET', `/campaigns/${id}/analytics`)).body.reply_count).toBe('0');
      expect(truthOf(bench, id)).toMatchObject({ replies: 0, autoReplies: 1 });
      const leadId = (await bench.call('GET', `/leads/?email=${leadEmail}`)).body.id;
      const { body } = await bench.call('GET', `/campaigns/${id}/leads/${leadId}/message-history`);
      expect((body.history as Json[]).map(({ type }) => type)).toEqual(['SENT', 'SENT', 'REPLY']);
      expect([body.from, body.to]).toEqual(['mia@try-lakeside.example', leadEmail]);
    }));

  it('come per day without a year, over New Year too, in the time zone asked for', () =>
    withSimulator({ now: () => new Date('2027-01-05T00:00:00Z') }, async (bench) => {
      const { id, emit } = await prepare(bench);
      emit('email_sent', { at: '2026-12-31T23:30:00Z' });
      const range = `start_date=2026-12-30&end_date=2027-01-02&campaign_ids=${id}`;
      const utc = await days(bench, range);
      expect(utc.map(({ date }) => date)).toEqual(['30 Dec', '31 Dec', '1 Jan', '2 Jan']);
      expect(utc.map((row) => metrics(row).sent)).toEqual([0, 1, 0, 0]);
      expect(utc[1]?.day_name).toBe('Thursday');
      const oslo = await days(bench, `${range}&timezone=Europe/Oslo`);
      expect(oslo.map((row) => metrics(row).sent)).toEqual([0, 0, 1, 0]);
      expect(metrics(utc[0])).not.toHaveProperty('clicked');
      const many = Array.from({ length: 101 }, (_, index) => index).join(',');
      const path = '/analytics/day-wise-overall-stats?start_date=2026-12-30&end_date=2027-01-02';
      expect((await bench.call('GET', `${path}&campaign_ids=${many}`)).status).toBe(400);
    }));

  it('of a date range are one object, for at most 30 days', () =>
    withSimulator({ now }, async (bench) => {
      const { id, emit } = await prepare(bench);
      emit('email_sent', { at: '2026-10-02T23:59:59Z' });
      const read = (start: string, end: string) =>
        bench.call('GET', `/campaigns/${id}/analytics-by-date?start_date=${start}&end_date=${end}`);
      expect((await read('2026-10-01', '2026-10-02')).body).toMatchObject({
        sent_count: '1',
        start_date: '2026-10-01',
      });
      expect((await read('2026-10-03', '2026-10-04')).body.sent_count).toBe('0');
      expect((await read('2026-09-01', '2026-10-02')).status).toBe(400);
    }));

  it('of a parent hold those of its subsequences, which are listed as campaigns', () =>
    withSimulator({ now }, async (bench) => {
      const { id, emit } = await prepare(bench, undefined, { client_id: 5000 });
      const sub = bench.simulator.createSubsequence({ workspaceId, parentCampaignId: id });
      emit('email_sent', { at: '2026-10-08T08:00:00Z' });
      emit('lead_interested', { at: '2026-10-08T09:00:00Z' });
      emit('email_sent', { at: '2026-10-09T08:00:00Z', campaignId: sub });
      const { rows } = await bench.call('GET', '/campaigns/');
      expect(rows.map(({ parent_campaign_id, client_id }) => [parent_campaign_id, client_id])).toEqual([
        [id, 5000],
        [null, 5000],
      ]);
      const sent = async (campaign: unknown) =>
        (await bench.call('GET', `/campaigns/${campaign}/analytics`)).body.sent_count;
      expect([await sent(id), await sent(sub)]).toEqual(['2', '1']);
      expect((await bench.call('GET', `/campaigns/${id}/statistics`)).rows).toHaveLength(2);
      expect(truthOf(bench, id).sent).toBe(2);
      expect(truthOf(bench, sub)).toMatchObject({ sent: 1, parentCampaignId: String(id) });
      const range = 'start_date=2026-10-08&end_date=2026-10-09';
      const all = await days(bench, range);
      expect(all.map((row) => metrics(row).sent)).toEqual([1, 1]);
      const performance = await bench.call('GET', `/analytics/campaign/overall-stats?${range}`);
      const perCampaign =
        (performance.body.data as { campaign_wise_performance: Json[] }).campaign_wise_performance;
      expect(perCampaign.map(({ sent: count }) => count)).toEqual([2, 1]);
      expect(perCampaign[0]?.open_rate).toBe('0%');
    }));
});

describe('faults and control', () => {
  it('lose an answer after the work was done, fail, and answer an empty object', () =>
    withSimulator({}, async (bench) => {
      const id = await createCampaign(bench);
      const path = '/api/v1/campaigns/*/leads';
      bench.simulator.faults.set({ requests: [{ kind: 'drop-after', method: 'POST', path, times: 1 }] });
      await expect(addLeads(bench, id, leadRows(3))).rejects.toThrow();
      expect(await addLeads(bench, id, leadRows(3))).toMatchObject({
        total_leads: 0,
        already_added_to_campaign: 3,
      });
      expect(bench.simulator.requests({ path: `/api/v1/campaigns/${id}/leads` }).map(({ status }) => status))
        .toEqual([
          null,
          200,
        ]);
      bench.simulator.faults.set({
        requests: [
          { kind: 'empty-object', times: 1 },
          { kind: 'rate-limit', times: 1, retryAfterSeconds: 7 },
          { kind: 'error-500', times: 1 },
          { kind: 'error-503', times: 1 },
        ],
      });
      const read = () => bench.call('GET', `/campaigns/${id}`);
      expect((await read()).body).toEqual({});
      const limited = await read();
      expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7']);
      expect(await read()).toMatchObject({ status: 500, body: { error: 'Internal server error' } });
      expect((await read()).headers.get('content-type')).toBe('text/html');
      expect((await read()).body.id).toBe(id);
    }));

  it('can be steered by other processes', () =>
    withSimulator({}, async (bench) => {
      const { id } = await prepare(bench);
      const control = async (method: string, path: string, body?: unknown) => {
        const answer = await fetch(`${bench.simulator.url}/_simulator${path}`, {
          method,
          ...(body !== undefined && { body: JSON.stringify(body) }),
        });
        return { status: answer.status, body: await answer.json() as unknown };
      };
      const emit = { workspaceId, campaignId: String(id), leadEmail, type: 'email_sent' };
      expect((await control('POST', '/emit', emit)).status).toBe(200);
      expect((await control('GET', `/truth?campaign=${id}`)).body).toMatchObject([{
        campaignId: String(id),
        sent: 1,
      }]);
      expect((await control('POST', '/emit', { ...emit, workspaceId: 'none' })).status).toBe(400);
      expect((await control('POST', '/subsequences', { workspaceId, parentCampaignId: id })).body).toEqual({
        id: String(id + 1),
      });
      const made = await control('POST', '/workspaces', { keys: ['second'], clients: ['One'] });
      expect(made.body).toMatchObject({ keys: ['second'], clients: [{ name: 'One' }] });
      await control('POST', '/faults', { requests: [{ kind: 'nothing-added' }] });
      expect(bench.simulator.faults.current.requests).toEqual([{ kind: 'nothing-added' }]);
      expect((await control('POST', '/settled')).body).toEqual({ settled: true });
      expect((await control('POST', '/reset')).body).toMatchObject({
        workspaces: [{ id: workspaceId, leads: 0 }],
      });
      expect((await control('GET', '/nothing')).status).toBe(404);
    }));

  it('finds campaigns, leads, mails and plans again after a restart', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'smartlead-simulator-'));
    const options = { now, stateFile: join(folder, 'state.json') };
    let id = 0;
    let before: unknown;
    try {
      await withSimulator(options, async (bench) => {
        id = await start(bench, 60);
        await bench.simulator.advance({ days: 2 });
        before = bench.simulator.truth(id);
      });
      await withSimulator(options, async (bench) => {
        expect(bench.simulator.truth(id)).toEqual(before);
        const again = await addLeads(bench, id, leadRows(60));
        const unsubscribed = (again.unsubscribed_leads as string[]).length;
        expect([again.total_leads, Number(again.already_added_to_campaign) + unsubscribed]).toEqual([0, 60]);
        await bench.simulator.advance({ days: 6 });
        const truth = truthOf(bench, id);
        expect(truth.sent).toBeGreaterThan(80);
        expect((await bench.call('GET', `/campaigns/${id}/statistics`)).body.total_stats).toBe(
          String(truth.sent),
        );
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
