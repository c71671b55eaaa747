import { expect, it } from 'vitest';
import { allowedTimeZones } from '../../supabase/functions/_shared/providers/instantly/time-zone.ts';
import { contractFile, loadContract } from './contract.ts';
import { createCampaign, leadRows, until, withReceiver, withSimulator } from './helpers.ts';
import { existsSync, readFileSync } from 'node:fs';
import type { ApiAnswer, TestBench } from './helpers.ts';

const contract = loadContract();
const title = 'the simulator against the official OpenAPI contract';

if (contract === undefined) {
  it(`${title} cannot be checked here, because the contract file is absent`, () => {
    console.warn(
      `\nTHE INSTANTLY CONTRACT WAS NOT CHECKED: "${contractFile()}" does not exist. ` +
        "Set INSTANTLY_OPENAPI to the path of Instantly's OpenAPI file to check it.\n",
    );
    expect(existsSync(contractFile())).toBe(false);
  });
}

/** Calls the simulator and collects every deviation of the call and of its answer. */
function checked(bench: TestBench, problems: string[]) {
  return async (method: string, path: string, body?: unknown): Promise<ApiAnswer> => {
    const answer = await bench.call(method, path, body);
    const url = new URL(path, 'http://simulator');
    const query: Record<string, unknown> = {};
    for (const name of url.searchParams.keys()) {
      const all = url.searchParams.getAll(name);
      query[name] = all.length > 1 ? all : all[0];
    }
    const found = [
      ...contract?.validateRequest(method, url.pathname, query, body) ?? [],
      ...contract?.validateResponse(method, url.pathname, answer.status, answer.body) ?? [],
    ];
    problems.push(...found.map((problem) => `${method} ${path}: ${problem}`));
    if (answer.status >= 300) problems.push(`${method} ${path}: ${JSON.stringify(answer.body)}`);
    return answer;
  };
}

if (contract !== undefined) {
  it(`${title}: answers every simulated path in the documented shape`, async () => {
    await withReceiver((count) => (count % 5 === 0 ? 500 : 200), async (receiver) => {
      await withSimulator({ delivery: { retryDelaysMs: [5] }, seed: 3 }, async (bench) => {
        const problems: string[] = [];
        const api = checked(bench, problems);
        const { simulator } = bench;
        const id = await createCampaign(bench);
        const hook = await api('POST', '/api/v2/webhooks', {
          target_hook_url: receiver.url,
          event_type: 'all_events',
          headers: { 'X-Secret': 'one' },
          name: 'Portal',
        });
        const second = await api('POST', '/api/v2/campaigns', {
          name: 'Never sent',
          campaign_schedule: {
            start_date: null,
            schedules: [{
              name: 'a',
              timing: { from: '09:00', to: '17:00' },
              days: { '1': true },
              timezone: 'Europe/Belgrade',
            }],
          },
        });
        await api('POST', '/api/v2/leads/add', {
          campaign_id: id,
          leads: [...leadRows(300), { email: 'no-address' }, {
            email: 'a@blocked-co.example',
            custom_variables: { size: 3 },
          }],
        });
        await api('POST', `/api/v2/campaigns/${id}/activate`);
        await simulator.advance({ days: 9 });
        await simulator.deliveriesSettled();
        const page = await api('POST', '/api/v2/leads/list', { campaign: id, limit: 100 });
        for (const lead of page.rows) {
          if (lead.email_reply_count !== 0) await api('GET', `/api/v2/leads/${String(lead.id)}`);
        }
        const single = await api('POST', '/api/v2/leads/add', {
          campaign_id: id,
          leads: [{ email: 'single@solo.example', custom_variables: { vip: true }, lt_interest_status: 1 }],
        });
        const [{ id: leadId } = { id: '' }] = single.body.created_leads as Array<{ id: string }>;
        await api('POST', '/api/v2/leads/update-interest-status', {
          lead_email: 'single@solo.example',
          interest_value: 1500,
        });
        await until(() => simulator.truth(id)[0]?.leadsByInterest['1500'] !== undefined);
        await api('GET', `/api/v2/leads/${leadId}`);
        for (const path of ['', '/overview', '/daily', '/steps']) {
          const selection = path === '' || path === '/overview'
            ? `ids=${id}&ids=${String(second.body.id)}`
            : `campaign_id=${id}`;
          const { body } = await api(
            'GET',
            `/api/v2/campaigns/analytics${path}?${selection}&start_date=2020-01-01`,
          );
          expect(Object.keys(body).length).toBeGreaterThan(0);
        }
        const account = 'mia@try-lakeside.example';
        await api('GET', '/api/v2/accounts?limit=1');
        await api('GET', `/api/v2/accounts/analytics/daily?emails=${account}`);
        await api('POST', '/api/v2/accounts/warmup-analytics', { emails: [account] });
        await api('GET', '/api/v2/emails?limit=100');
        const received = await api('GET', '/api/v2/emails?email_type=received&limit=100');
        expect(received.rows.length).toBeGreaterThan(0);
        await api('GET', '/api/v2/workspaces/current');
        await api('GET', '/api/v2/lead-labels');
        await api('POST', '/api/v2/block-lists-entries', { bl_value: 'x@y.example' });
        await api('GET', '/api/v2/block-lists-entries');
        const hookPath = `/api/v2/webhooks/${String(hook.body.id)}`;
        await api('GET', '/api/v2/webhooks');
        await api('GET', hookPath);
        await api('PATCH', hookPath, { name: 'Portal two' });
        await api('POST', `${hookPath}/test`);
        await api('POST', `${hookPath}/resume`);
        await api('GET', '/api/v2/webhook-events?limit=100');
        const failed = await api('GET', '/api/v2/webhook-events?success=false');
        expect(failed.rows.length).toBeGreaterThan(0);
        await api('GET', '/api/v2/webhook-events/summary?from=2020-01-01');
        await api('DELETE', hookPath);
        await api('GET', '/api/v2/campaigns?limit=1');
        await api('PATCH', `/api/v2/campaigns/${id}`, { name: 'Renamed', daily_limit: 30 });
        await api('POST', `/api/v2/campaigns/${id}/pause`);
        await api('GET', `/api/v2/campaigns/${id}`);
        await api('DELETE', `/api/v2/campaigns/${id}`);
        expect([...new Set(problems)]).toEqual([]);
      });
    });
  });

  // Product and simulator share one list, so only the contract can say whether it is right.
  it('takes exactly the time zones of the contract', () => {
    const lists: unknown[][] = [];
    const collect = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      if (Array.isArray(value) && value.includes('Etc/GMT+12')) lists.push(value);
      for (const part of Object.values(value)) collect(part);
    };
    collect(JSON.parse(readFileSync(contractFile(), 'utf8')));
    expect(lists.length).toBeGreaterThan(0);
    for (const list of lists) expect(list.toSorted()).toEqual(allowedTimeZones.toSorted());
  });

  it('refuses errors, unknown paths and wrong requests', () => {
    expect(contract?.validateResponse('GET', '/api/v2/campaigns', 200, { items: [{}] })).not.toEqual([]);
    expect(contract?.validateResponse('GET', '/api/v2/nothing', 200, {})).not.toEqual([]);
    expect(contract?.validateRequest('GET', '/api/v2/campaigns', { limit: '101' }, undefined)).not.toEqual(
      [],
    );
    expect(contract?.validateRequest('GET', '/api/v2/campaigns', { limit: '100' }, undefined)).toEqual([]);
    expect(contract?.validateRequest('GET', '/api/v2/campaigns', { page: '1' }, undefined)).not.toEqual([]);
    expect(contract?.validateRequest('POST', '/api/v2/campaigns', {}, { name: 'No schedule' })).not.toEqual(
      [],
    );
    expect(contract?.validateRequest('POST', '/api/v2/campaigns/not-a-uuid/activate', {}, undefined)).not
      .toEqual([]);
  });
}
