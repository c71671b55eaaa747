import { describe, expect, it } from 'vitest';
import { campaignBody, createCampaign, leadRows, schedule, withSimulator, workspaceId } from './helpers.ts';
import type { Json } from './helpers.ts';

const leadsOf = async (
  bench: Parameters<typeof createCampaign>[0],
  campaign: string,
  limit = 100,
): Promise<Json[]> => {
  const rows: Json[] = [];
  let cursor: unknown;
  do {
    const page = await bench.call('POST', '/api/v2/leads/list', {
      campaign,
      limit,
      ...(cursor !== undefined && { starting_after: cursor }),
    });
    rows.push(...page.rows);
    cursor = page.body.next_starting_after;
  } while (cursor !== undefined);
  return rows;
};

describe('paging', () => {
  it('gives ten rows by default and every row exactly once', () =>
    withSimulator({}, async (bench) => {
      const id = await createCampaign(bench);
      await bench.call('POST', '/api/v2/leads/add', { campaign_id: id, leads: leadRows(250) });
      const first = await bench.call('POST', '/api/v2/leads/list', { campaign: id });
      expect(first.rows).toHaveLength(10);
      const rows = await leadsOf(bench, id, 25);
      expect(new Set(rows.map((row) => row.id)).size).toBe(250);
      expect(rows).toHaveLength(250);
    }));

  it('carries a cursor on an exactly full last page, then an empty page', () =>
    withSimulator({}, async (bench) => {
      const id = await createCampaign(bench);
      await bench.call('POST', '/api/v2/leads/add', { campaign_id: id, leads: leadRows(20) });
      const page = await bench.call('POST', '/api/v2/leads/list', { campaign: id, limit: 20 });
      const next = await bench.call('POST', '/api/v2/leads/list', {
        campaign: id,
        limit: 20,
        starting_after: page.body.next_starting_after,
      });
      expect(next.body).toEqual({ items: [] });
    }));

  it('pages campaigns and accounts by their own cursors', () =>
    withSimulator({}, async (bench) => {
      for (const name of ['One', 'Two', 'Three']) await createCampaign(bench, { name });
      const first = await bench.call('GET', '/api/v2/campaigns?limit=2');
      const second = await bench.call(
        'GET',
        `/api/v2/campaigns?limit=2&starting_after=${String(first.body.next_starting_after)}`,
      );
      expect([...first.rows, ...second.rows].map(({ name }) => name)).toEqual(['Three', 'Two', 'One']);
      const account = await bench.call('GET', '/api/v2/accounts?limit=1');
      const cursor = encodeURIComponent(String(account.body.next_starting_after));
      const other = await bench.call('GET', `/api/v2/accounts?limit=1&starting_after=${cursor}`);
      expect([account.rows[0]?.email, other.rows[0]?.email]).toEqual([
        'jon@try-lakeside.example',
        'mia@try-lakeside.example',
      ]);
    }));

  it('refuses a limit above 100, or answers nothing when switched so', async () => {
    await withSimulator({}, async ({ call }) => {
      const answer = await call('GET', '/api/v2/campaigns?limit=101');
      expect(answer.body).toEqual({
        statusCode: 400,
        error: 'Bad Request',
        message: 'querystring/limit must be <= 100',
      });
    });
    await withSimulator({ behaviour: { limitOver100: 'empty' } }, async (bench) => {
      await createCampaign(bench);
      expect((await bench.call('GET', '/api/v2/campaigns?limit=500')).body).toEqual({ items: [] });
    });
  });
});

describe('campaigns', () => {
  it('start as drafts and keep days as an object', () =>
    withSimulator({}, async ({ call }) => {
      const { status, body } = await call('POST', '/api/v2/campaigns', campaignBody);
      expect([status, body.status]).toEqual([200, 0]);
      const active = await call('POST', `/api/v2/campaigns/${String(body.id)}/activate`);
      expect(active.body.status).toBe(1);
    }));

  it('refuse wrong bodies with the texts of the real validator', () =>
    withSimulator({}, async ({ call }) => {
      const message = async (body: unknown) => (await call('POST', '/api/v2/campaigns', body)).body.message;
      const [only] = schedule.schedules;
      const withSchedule = (more: Json) => ({
        name: 'A',
        campaign_schedule: { schedules: [{ ...only, ...more }] },
      });
      expect(await message({ campaign_schedule: schedule })).toBe("body must have required property 'name'");
      expect(await message(withSchedule({ timezone: 'Europe/London' })))
        .toBe('body/campaign_schedule/schedules/0/timezone must be equal to one of the allowed values');
      expect(await message(withSchedule({ days: [true] }))).toBe(
        'body/campaign_schedule/schedules/0/days must be object',
      );
      expect(await message({ ...campaignBody, colour: 'red' })).toBe(
        'body must NOT have additional properties',
      );
      const unknown = await call('GET', '/api/v2/campaigns/nonsense');
      expect(unknown.body.message).toBe('params/id must match format "uuid"');
      const empty = await call('POST', `/api/v2/campaigns/${workspaceId}/pause`, undefined, {
        'content-type': 'application/json',
      });
      expect(empty.status).toBe(400);
    }));
});

describe('leads', () => {
  it('are counted by reason when added in bulk', () =>
    withSimulator({}, async (bench) => {
      const id = await createCampaign(bench);
      const other = await createCampaign(bench, { name: 'Other' });
      const add = (campaign_id: string, leads: Json[], more: Json = {}) =>
        bench.call('POST', '/api/v2/leads/add', { campaign_id, leads, ...more });
      await add(other, [{ email: 'elsewhere@fjord.example' }]);
      await add(id, [{ email: 'known@fjord.example' }]);
      const { status, body } = await add(id, [
        {
          email: 'Ingrid@Fjord.example',
          first_name: 'Ingrid',
          custom_variables: { employees: 240, is_public: false },
        },
        { email: 'not-an-address' },
        { email: 'ingrid@fjord.example' },
        { email: 'otto@blocked-co.example' },
        { email: 'known@fjord.example' },
        { email: 'elsewhere@fjord.example' },
        { email: 'last@fjord.example' },
      ], { skip_if_in_workspace: false, skip_if_in_campaign: false });
      expect(status).toBe(200);
      expect(body).toMatchObject({
        status: 'success',
        total_sent: 7,
        leads_uploaded: 3,
        in_blocklist: 1,
        invalid_email_count: 1,
        duplicate_email_count: 1,
        duplicated_leads: 1,
        skipped_count: 0,
      });
      expect((body.created_leads as Json[]).map(({ index }) => index)).toEqual([0, 5, 6]);
      const skipping = await add(id, [{ email: 'ingrid@fjord.example' }], { skip_if_in_campaign: true });
      expect(skipping.body).toMatchObject({ leads_uploaded: 0, skipped_count: 1, duplicated_leads: 0 });
      const [ingrid] = (await leadsOf(bench, id)).filter(({ first_name }) => first_name === 'Ingrid');
      expect(ingrid?.payload).toEqual({ firstName: 'Ingrid', employees: 240, is_public: false });
      expect(ingrid).not.toHaveProperty('lt_interest_status');
    }));

  it('refuse lists and objects as custom variables, and two targets at once', () =>
    withSimulator({}, async (bench) => {
      const id = await createCampaign(bench);
      const nested = await bench.call('POST', '/api/v2/leads/add', {
        campaign_id: id,
        leads: [{ email: 'a@b.example', custom_variables: { tags: ['x'] } }],
      });
      expect([nested.status, nested.body.message])
        .toEqual([400, 'body/leads/0/custom_variables/tags must be string,number,boolean,null']);
      const both = await bench.call('POST', '/api/v2/leads/add', {
        campaign_id: id,
        list_id: id,
        leads: [{}],
      });
      expect(both.body.message).toBe('Cannot add leads to both a campaign and a list in the same request.');
    }));

  it('keeps ten thousand leads quick to add and to list', () =>
    withSimulator({}, async (bench) => {
      const id = await createCampaign(bench);
      const started = performance.now();
      for (let from = 0; from < 10_000; from += 1000) {
        await bench.call('POST', '/api/v2/leads/add', { campaign_id: id, leads: leadRows(1000, from) });
      }
      expect(await leadsOf(bench, id)).toHaveLength(10_000);
      expect(performance.now() - started).toBeLessThan(8000);
    }));
});

describe('keys', () => {
  it('are checked for presence, validity, scope and plan', async () => {
    const narrow = { id: workspaceId, keys: [{ key: 'test-key==', scopes: ['campaigns:read'] }] };
    await withSimulator({ workspaces: [narrow] }, async ({ call, simulator }) => {
      const status = async (method: string, path: string, headers?: Record<string, string>) =>
        (await call(method, path, undefined, headers)).status;
      expect((await call('GET', '/api/v2/campaigns', undefined, { authorization: 'Bearer wrong' })).status)
        .toBe(401);
      expect(await status('GET', '/api/v2/campaigns')).toBe(200);
      expect(await status('GET', '/api/v2/campaigns/analytics')).toBe(200);
      expect(await status('GET', '/api/v2/workspaces/current')).toBe(403);
      expect(await status('GET', '/api/v2/campaigns', { 'user-agent': 'Python-urllib/3.12' })).toBe(403);
      simulator.setAccess(workspaceId, 'payment-required');
      expect((await call('GET', '/api/v2/campaigns')).body.error).toBe('Payment Required');
      const missing = await fetch(`${simulator.url}/api/v2/campaigns`);
      expect(await missing.json()).toMatchObject({
        statusCode: 401,
        message: 'Missing Authorization header',
      });
    });
  });

  it('share a rolling rate limit, with a lower one for emails', () =>
    withSimulator({ limits: { perSecond: 1000, perMinute: 6, emailsPerMinute: 2 } }, async ({ call }) => {
      const statuses: number[] = [];
      for (let round = 0; round < 3; round += 1) statuses.push((await call('GET', '/api/v2/emails')).status);
      for (let round = 0; round < 5; round += 1) {
        statuses.push((await call('GET', '/api/v2/campaigns')).status);
      }
      expect(statuses).toEqual([200, 200, 429, 200, 200, 200, 200, 429]);
    }));
});
