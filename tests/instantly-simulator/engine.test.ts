import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyRates } from '../../local/demo/empty.ts';
import { createCampaign, leadRows, until, withSimulator, workspaceId } from './helpers.ts';
import type { Json, TestBench } from './helpers.ts';

const now = () => new Date('2026-10-20T12:00:00.000Z');

async function prepare(bench: TestBench, count: number, more: Json = {}): Promise<string> {
  const id = await createCampaign(bench, more);
  for (let from = 0; from < count; from += 1000) {
    await bench.call('POST', '/api/v2/leads/add', {
      campaign_id: id,
      leads: leadRows(Math.min(1000, count - from), from),
    });
  }
  await bench.call('POST', `/api/v2/campaigns/${id}/activate`);
  return id;
}

describe('the engine', () => {
  it('tells the same in the truth, the analytics and the leads', () =>
    withSimulator({ now, rates: { reply: 0.1, unsubscribe: 0.03 } }, async (bench) => {
      const id = await prepare(bench, 1000);
      await bench.simulator.advance({ days: 12 });
      const [truth] = bench.simulator.truth(id);
      if (truth === undefined) throw new Error('No truth for the campaign');
      expect(truth.sent).toBeGreaterThan(1500);
      for (
        const count of [truth.clicks, truth.replies, truth.autoReplies, truth.bounced, truth.unsubscribed]
      ) {
        expect(count).toBeGreaterThan(0);
      }
      const { rows: [row] } = await bench.call('GET', `/api/v2/campaigns/analytics?id=${id}`);
      expect(row).toMatchObject({
        leads_count: 1000,
        emails_sent_count: truth.sent,
        contacted_count: truth.contactedLeads,
        open_count: truth.leadsOpened,
        reply_count: truth.replies,
        reply_count_unique: truth.leadsReplied,
        reply_count_automatic: truth.autoReplies,
        link_click_count: truth.clicks,
        link_click_count_unique: truth.leadsClicked,
        bounced_count: truth.bounced,
        unsubscribed_count: truth.unsubscribed,
      });
      const overview = await bench.call('GET', `/api/v2/campaigns/analytics/overview?id=${id}`);
      expect(overview.body).toMatchObject({ open_count: truth.opens, open_count_unique: truth.leadsOpened });
      const daily = await bench.call('GET', `/api/v2/campaigns/analytics/daily?campaign_id=${id}`);
      for (const day of daily.rows) {
        const expected = truth.days[String(day.date)];
        expect(day).toMatchObject({
          sent: expected?.sent,
          contacted: expected?.contactedLeads,
          new_leads_contacted: expected?.newLeadsContacted,
          opened: expected?.opens,
          unique_opened: expected?.leadsOpened,
          replies: expected?.replies,
          clicks: expected?.clicks,
        });
        expect(day).not.toHaveProperty('bounced');
      }
      const steps = await bench.call('GET', `/api/v2/campaigns/analytics/steps?campaign_id=${id}`);
      expect(steps.rows.map(({ step, variant }) => [step, variant])).toEqual([['0', '0'], ['0', '1'], [
        '1',
        '0',
      ]]);
      expect(steps.rows.reduce((sum, { sent }) => sum + Number(sent), 0)).toBe(truth.sent);
      const accounts = 'emails=mia@try-lakeside.example&emails=jon@try-lakeside.example';
      const perAccount = await bench.call('GET', `/api/v2/accounts/analytics/daily?${accounts}`);
      expect(perAccount.rows.reduce((sum, { bounced }) => sum + Number(bounced), 0)).toBe(truth.bounced);
      const bounced = await bench.call('POST', '/api/v2/leads/list', {
        campaign: id,
        filter: 'FILTER_VAL_BOUNCED',
        limit: 100,
      });
      expect(bounced.rows).toHaveLength(truth.bounced);
    }));

  it.each([1, 2, 3])(
    'lets the first of three leads answer within a day on the empty stack (seed %i)',
    (seed) =>
      withSimulator({ now, seed, rates: emptyRates }, async ({ simulator, ...bench }) => {
        const id = await prepare({ simulator, ...bench }, 3);
        await simulator.advance({ days: 1 });
        const [truth] = simulator.truth(id);
        expect(truth).toMatchObject({ contactedLeads: 3 });
        expect(truth!.leadsReplied).toBeGreaterThan(0);
      }),
  );

  it('repeats itself for a seed, however the time is cut', async () => {
    const truths: unknown[] = [];
    for (const hours of [240, 7]) {
      await withSimulator({ now, seed: 9 }, async (bench) => {
        const id = await prepare(bench, 150);
        for (let passed = 0; passed < 240; passed += hours) {
          await bench.simulator.advance({ hours: Math.min(hours, 240 - passed) });
        }
        const [truth] = bench.simulator.truth(id);
        truths.push({ ...truth, campaignId: '' });
      });
    }
    expect(truths[0]).toEqual(truths[1]);
  });

  it('sends only inside the schedule, keeps the daily limit and stops at the real now', () =>
    withSimulator({ now }, async (bench) => {
      const id = await prepare(bench, 100, { daily_limit: 8 });
      await bench.simulator.advance({ days: 30 });
      expect(bench.simulator.simulatedNow()).toEqual(now());
      const emails = await bench.call('GET', `/api/v2/emails?campaign_id=${id}&email_type=sent&limit=100`);
      for (const email of emails.rows) {
        const hour = new Date(String(email.timestamp_created)).getUTCHours();
        expect(hour >= 8 && hour < 18).toBe(true);
      }
      const days = Object.values(bench.simulator.truth(id)[0]?.days ?? {});
      expect(Math.max(...days.map(({ sent }) => sent))).toBe(8);
    }));

  it('flows by itself while it runs', () =>
    withSimulator({}, async ({ simulator }) => {
      const before = simulator.simulatedNow().getTime();
      simulator.run({ hoursPerSecond: 100 });
      await until(() => simulator.simulatedNow().getTime() > before);
      simulator.pause();
    }));
});

describe('faults', () => {
  it('can lose an answer after the work was done', () =>
    withSimulator({}, async (bench) => {
      const id = await createCampaign(bench);
      bench.simulator.faults.set({
        requests: [{ kind: 'drop-after', method: 'POST', path: '/api/v2/leads/*', times: 1 }],
      });
      const body = { campaign_id: id, leads: leadRows(3) };
      await expect(bench.call('POST', '/api/v2/leads/add', body)).rejects.toThrow();
      const again = await bench.call('POST', '/api/v2/leads/add', body);
      expect(again.body).toMatchObject({ leads_uploaded: 0, duplicated_leads: 3 });
      expect(bench.simulator.requests({ path: '/api/v2/leads/add' }).map(({ status }) => status)).toEqual([
        null,
        200,
      ]);
    }));

  it('can drop before the work, refuse and fail, over the control endpoints too', () =>
    withSimulator({}, async ({ simulator, call }) => {
      const control = (method: string, path: string, body?: unknown) =>
        fetch(`${simulator.url}/_simulator${path}`, {
          method,
          ...(body !== undefined && { body: JSON.stringify(body) }),
        });
      await control('POST', '/faults', {
        requests: [
          { kind: 'drop-before', times: 1 },
          { kind: 'rate-limit', times: 1, retryAfterSeconds: 7 },
          { kind: 'error-503', times: 1 },
        ],
      });
      await expect(call('POST', '/api/v2/block-lists-entries', { bl_value: 'x.example' })).rejects.toThrow();
      const get = () =>
        fetch(`${simulator.url}/api/v2/block-lists-entries`, {
          headers: { authorization: 'Bearer test-key==' },
        });
      const limited = await get();
      expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7']);
      const down = await get();
      expect([down.status, down.headers.get('content-type')]).toEqual([503, 'text/html']);
      expect((await call('GET', '/api/v2/block-lists-entries')).rows).toHaveLength(1);
      const made = await control('POST', '/workspaces', {
        name: 'Second',
        keys: ['second=='],
        accounts: ['a@b.example'],
      });
      expect(await made.json()).toMatchObject({
        name: 'Second',
        keys: ['second=='],
        accounts: ['a@b.example'],
      });
      const state = (await (await control('GET', '/state')).json()) as { workspaces: unknown[] };
      expect(state.workspaces).toHaveLength(2);
      expect((await control('POST', '/emit', { workspaceId: 'none', type: 'email_sent' })).status).toBe(400);
    }));
});

describe('persistence', () => {
  it('finds campaigns, leads, events and plans again', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'instantly-simulator-'));
    const options = { now, stateFile: join(folder, 'state.json') };
    let id = '';
    let before: unknown;
    try {
      await withSimulator(options, async (bench) => {
        id = await prepare(bench, 60);
        await bench.simulator.advance({ days: 2 });
        before = bench.simulator.truth(id);
      });
      expect(await readdir(folder)).toEqual(['state.json']);
      await withSimulator(options, async (bench) => {
        expect(bench.simulator.truth(id)).toEqual(before);
        expect((await bench.call('POST', '/api/v2/leads/list', { campaign: id, limit: 100 })).rows)
          .toHaveLength(60);
        const again = await bench.call('POST', '/api/v2/leads/add', { campaign_id: id, leads: leadRows(60) });
        expect(again.body.duplicated_leads).toBe(60);
        await bench.simulator.advance({ days: 6 });
        expect(bench.simulator.truth(id)[0]?.sent).toBeGreaterThan(60);
        expect(bench.simulator.state().workspaces.map((workspace) => workspace.id)).toEqual([workspaceId]);
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
