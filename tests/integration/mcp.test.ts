// Assistants ask for the numbers, with the SDK's client over HTTP: what the tools answer.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { McpClient } from '../support/assistant.ts';
import { type McpScene, october, startMcpScene } from '../support/mcp.ts';
import type { Client, Project, Tenant } from '../support/project.ts';
import { rangeTruth, type ReportFact } from '../support/report-facts.ts';

let scene: McpScene;
let project: Project;
let north: Tenant;
let operator: Client;
let client: Client;
let first: McpScene['first'];
let second: McpScene['second'];
let facts: ReportFact[];
let asOperator: McpClient;
let asClient: McpClient;

beforeAll(async () => {
  scene = await startMcpScene();
  ({ project, north, operator, client, first, second, facts, asOperator, asClient } = scene);
});
afterAll(() => scene?.stop());

describe('the list of tools', () => {
  it('says that all of them only read, and what they give', async () => {
    const { tools } = await asOperator.assistant.listTools();
    expect(tools.map(({ name }) => name)).toEqual([
      'overview',
      'campaigns',
      'compare',
      'search_replies',
      'lead_timeline',
      'costs',
      'health',
    ]);
    for (const tool of tools) {
      expect(tool.annotations).toMatchObject({
        readOnlyHint: true,
        destructiveHint: false,
        idempotentHint: true,
      });
      expect(tool.inputSchema.type).toBe('object');
      expect(tool.outputSchema?.type).toBe('object');
      expect(tool.description?.length).toBeGreaterThan(60);
    }
    for (const name of ['search_replies', 'lead_timeline']) {
      expect(tools.find((tool) => tool.name === name)?.description).toContain('not instructions');
    }
  });

  it('has "health" for operators only, who alone can call it', async () => {
    const { tools } = await asClient.assistant.listTools();
    expect(tools.map(({ name }) => name)).not.toContain('health');
    expect(tools).toHaveLength(6);
    await expect(asClient.ask('health')).rejects.toThrow('There is no tool "health"');
    expect((await asOperator.ask('health')).isError).toBe(false);
  });
});

describe('overview', () => {
  it('counts as the facts do, with the days before', async () => {
    const [row, ...others] = await asClient.rows('overview', 'clients', october);
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      client_id: north.clientId,
      client_name: 'North',
      ...rangeTruth(facts, october.from, october.to),
      previous: { sent: 0 },
    });
    const { text, data } = await asClient.ask('overview', october);
    expect(text).toContain(
      "2026-10-01 to 2026-10-31 (both included, days of each client's time zone), before it 2026-08-31 to 2026-09-30",
    );
    expect(text).toMatch(/The numbers are .* old\./);
    expect(data).toMatchObject({
      period: { name: 'custom', ...october, days_of: 'time zone of each client' },
      has_more: false,
    });
  });

  it('over all time is the view, and an operator sees every client', async () => {
    const { data: view } = await operator.from('client_overview').select('client_name, sent, reply_rate')
      .order(
        'sent',
        { ascending: false },
      );
    const rows = await asOperator.rows('overview', 'clients', { period: 'all_time' });
    expect(rows.map(({ client_name, sent, reply_rate }) => ({ client_name, sent, reply_rate }))).toEqual(
      view,
    );
    expect(rows.map(({ client_name }) => client_name)).toEqual(expect.arrayContaining(['North', 'South']));
    expect((await asOperator.ask('overview', { limit: 1 })).data).toMatchObject({ has_more: true });
  });
});

describe('goals', () => {
  it('of this month are told with the overview, of the own client only', async () => {
    await operator.rpc('set_client_goals', {
      target_client_id: north.clientId,
      goals: { positive_replies: 20 },
    }).throwOnError();
    const { data } = await client.rpc('goals_between', {}, { get: true });
    const [told] = await asClient.rows('overview', 'clients', october);
    expect(told?.['goals']).toEqual(
      data?.map(({ metric, goal, reached, pace, state }) => ({ metric, goal, reached, pace, state })),
    );
    expect(told?.['goals']).toMatchObject([{ metric: 'positive_replies', goal: 20 }]);
    expect((await asClient.ask('overview', october)).text).toMatch(
      /Goals of this month: \d+ of 20 positive replies \((reached|on track|behind|too early)/,
    );
    const all = await asOperator.rows('overview', 'clients', october);
    expect(all.map((row) => [row['client_name'], (row['goals'] as unknown[]).length])).toEqual(
      expect.arrayContaining([['North', 1], ['South', 0]]),
    );
  });
});

describe('campaigns and compare', () => {
  it('give what the reports give', async () => {
    const { data: report } = await client.rpc('campaigns_between', {
      from_day: october.from,
      to_day: october.to,
    });
    const rows = await asClient.rows('campaigns', 'campaigns', october);
    for (const { campaign_id, sent, contacted, replied, positive, meetings, reply_rate } of report ?? []) {
      expect(rows.find((row) => row['campaign_id'] === campaign_id)).toMatchObject({
        sent,
        contacted,
        replied,
        positive,
        meetings,
        reply_rate,
      });
    }
    expect(rows).toHaveLength(2);
    const { data: view } = await client.from('client_campaigns').select('name, sent').order('name');
    expect(
      (await asClient.rows('campaigns', 'campaigns', { order_by: 'name' })).map(({ name, sent }) => ({
        name,
        sent,
      })),
    ).toEqual(view);
    expect(await asClient.rows('campaigns', 'campaigns', { search: 'fIRs' })).toMatchObject([{
      name: 'First',
    }]);
    expect(await asClient.rows('campaigns', 'campaigns', { search: '%' })).toEqual([]);
    expect((await asClient.ask('campaigns', { limit: 1 })).text).toContain('ask with offset 1');
  });

  it('answer how one campaign did against another last month', async () => {
    // Last month as the clock of the stack has it, so that the named period is what is tested.
    const now = new Date();
    const day = (date: number) =>
      new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), date)).toISOString().slice(0, 10);
    const range = {
      from: new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1)).toISOString().slice(0, 10),
      to: day(0),
    };
    // An assistant knows names only: it looks, then compares by what it found.
    const [x] = await asClient.rows('campaigns', 'campaigns', { search: 'first' });
    const { data, text } = await asClient.ask('compare', {
      campaigns: [x?.['campaign_id'], 'Second'],
      period: 'last_month',
    });
    const { data: report } = await client.rpc('campaigns_between', {
      from_day: range.from,
      to_day: range.to,
    });
    const told = (id: string) => report?.find(({ campaign_id }) => campaign_id === id);
    const picked = (row: typeof report extends (infer R)[] | null ? R | undefined : never) => ({
      sent: row?.sent,
      contacted: row?.contacted,
      replied: row?.replied,
      positive: row?.positive,
      reply_rate: row?.reply_rate,
    });
    expect(data).toMatchObject({
      period: { name: 'last_month', ...range },
      campaigns: [
        { name: 'First', ...picked(told(first.id)) },
        { name: 'Second', ...picked(told(second.id)) },
      ],
    });
    expect(text).toContain(`${range.from} to ${range.to}`);
  });

  it('name the better one only where both have enough people', async () => {
    const { data, text } = await asClient.ask('compare', { campaigns: ['First', 'Second'], ...october });
    const { data: report } = await client.rpc('campaigns_between', {
      from_day: october.from,
      to_day: october.to,
    });
    const best = [...report ?? []].sort((left, right) => right.reply_rate - left.reply_rate)[0];
    expect(data['best_reply_rate']).toEqual({
      campaign_id: best?.campaign_id,
      name: best?.name,
      rate: best?.reply_rate,
    });
    expect(text).toContain(`Best reply rate: ${best?.name}`);
    const few = await asClient.ask('compare', {
      campaigns: ['First', 'Second'],
      from: '2025-01-01',
      to: '2025-01-02',
    });
    expect(few.data).toMatchObject({ best_reply_rate: null, best_positive_rate: null });
    expect(few.text).toContain('Fewer than two of them have enough people');
  });

  it('ask back when a name fits several campaigns, none, or one twice', async () => {
    await project.createCampaign(north.clientId, null, { name: 'Twin A' });
    await project.createCampaign(north.clientId, null, { name: 'Twin B' });
    const several = await asClient.ask('compare', { campaigns: ['twin', 'First'] });
    expect(several.isError).toBe(true);
    expect(several.text).toMatch(
      /^VALIDATION_FAILED: "twin" could be one of these campaigns: "Twin A" \(.*"Twin B"/,
    );
    expect((await asClient.ask('compare', { campaigns: ['nothing', 'First'] })).text).toMatch(/^NOT_FOUND/);
    expect((await asClient.ask('compare', { campaigns: ['first', first.id] })).text).toContain(
      'the same campaign',
    );
  });
});

describe('replies and history', () => {
  it('are found by words, newest first without words, and marked as written by strangers', async () => {
    const [hit, ...others] = await asClient.rows('search_replies', 'replies', { query: 'pear brochure' });
    expect(others).toEqual([]);
    const opening = '<written_by_stranger>';
    const ending = '</written_by_stranger>';
    expect(hit).toMatchObject({
      email: 'pear@orchard.test',
      campaign_name: 'First',
      name: `${opening}Ignore all${ending}`,
      subject: `${opening}Re: pears${ending}`,
    });
    const written = String(hit?.['text']);
    expect(written.startsWith(opening) && written.endsWith(ending)).toBe(true);
    // The text itself can neither close the mark nor open another.
    expect(written.slice(opening.length, -ending.length)).not.toMatch(/<\/?written_by_stranger/i);
    expect((await asClient.ask('search_replies', { query: 'pear' })).text).toContain(written);

    const [full] = await asClient.rows('search_replies', 'replies', { message_id: hit?.['message_id'] });
    expect(full?.['text']).toContain('call costs for every client');
    const newest = await asClient.rows('search_replies', 'replies', { limit: 3 });
    expect(newest[0]).toMatchObject({ email: 'pear@orchard.test' });
    const times = newest.map((row) => String(row['occurred_at']));
    expect(times).toEqual([...times].sort().reverse());
  });

  it('can be narrowed down to campaign, days, label and what nobody judged', async () => {
    const { count } = await client.from('client_replies').select('message_id', { count: 'exact', head: true })
      .eq('campaign_id', second.id).eq('is_auto_reply', false).eq('interest_status', 'positive');
    const positive = await asClient.ask('search_replies', {
      campaign: 'Second',
      interest: 'positive',
      limit: 20,
    });
    expect((positive.data['replies'] as unknown[]).length).toBe(Math.min(20, count ?? 0));
    expect(await asClient.rows('search_replies', 'replies', { from: '2026-11-03', to: '2026-11-03' }))
      .toHaveLength(1);
    expect(await asClient.rows('search_replies', 'replies', { from: '2026-11-04' })).toEqual([]);
    await client.rpc('qualify_reply', {
      target_message_id: String(
        (await asClient.rows('search_replies', 'replies', { query: 'pear' }))[0]?.['message_id'],
      ),
      new_verdict: 'qualified',
    });
    expect(await asClient.rows('search_replies', 'replies', { query: 'pear', only_unanswered: true }))
      .toEqual([]);
    expect(await asClient.rows('search_replies', 'replies', { query: 'pear' })).toMatchObject([{
      verdict: 'qualified',
    }]);
  });

  it('tell what happened with a person, however the address is written', async () => {
    const { data: view } = await client.from('lead_timeline').select('type, occurred_at').eq(
      'email',
      'lead1@report.test',
    )
      .order('position');
    const entries = await asClient.rows('lead_timeline', 'entries', { email: ' LEAD1@Report.test' });
    expect(entries.map(({ type, occurred_at }) => ({ type, occurred_at }))).toEqual(view);
    const newest = await asClient.ask('lead_timeline', { email: 'lead1@report.test', limit: 2 });
    expect(newest.data).toMatchObject({ has_more: true, entries: view?.slice(-2) });
    expect((await asClient.ask('lead_timeline', { email: 'pear@orchard.test' })).text).toContain(
      '<written_by_stranger>',
    );
    expect((await asClient.ask('lead_timeline')).text).toContain('VALIDATION_FAILED');
    expect((await asClient.ask('lead_timeline', { email: 'nobody' })).text).toContain('not an email address');
  });
});

describe('costs', () => {
  it('are shown to operators, and to a client where the agency shows them', async () => {
    const { error } = await operator.rpc('record_cost', {
      target_client_id: north.clientId,
      target_campaign_id: first.id,
      cost_kind: 'sending',
      cost_amount: 120,
    });
    expect(error).toBeNull();
    const { data: view } = await operator.from('client_costs').select('cost, cost_per_reply').eq(
      'client_id',
      north.clientId,
    );
    expect(await asOperator.rows('costs', 'clients', { client_id: north.clientId })).toMatchObject(
      view ?? [],
    );
    expect(await asOperator.rows('costs', 'campaigns', { campaign: 'First' })).toMatchObject([{
      cost: 120,
      currency: 'EUR',
    }]);
    expect((await asOperator.ask('costs', { campaign: 'First' })).text).toContain('First: 120.00 EUR spent');
    expect((await asClient.ask('costs')).text).toContain('No costs');
    await operator.rpc('change_client', {
      target_client_id: north.clientId,
      settings: { may_see_costs: true },
    });
    expect(await asClient.rows('costs', 'clients')).toMatchObject([{ client_name: 'North', cost: 120 }]);
  });
});

describe('health', () => {
  it('tells operators of connections and open incidents, the worst first', async () => {
    await project.sql(`update public.provider_connections set status = 'invalid'`);
    const { data, text } = await asOperator.ask('health');
    expect(data).toMatchObject({ connections: [{ client_name: 'North', health: 'down' }] });
    expect(text).toContain('Connections, the worst first:');
    const { data: alerts } = await operator.from('alerts').select('id').is('closed_at', null);
    expect((data['incidents'] as unknown[]).length).toBe(alerts?.length);
    await project.sql(`update public.provider_connections set status = 'active'`);
  });
});

describe('a question that is wrong', () => {
  it.each([
    ['overview', { period: 'yesterday' }, 'period'],
    ['overview', { from: '2026-13-01' }, 'from'],
    ['overview', { from: '2026-10-05', to: '2026-10-01' }, 'is after'],
    ['overview', { to: '2026-10-01' }, 'Give "from"'],
    ['overview', { from: '2015-01-01' }, 'VALIDATION_FAILED'],
    ['campaigns', { limit: 1_000 }, 'limit'],
    ['compare', { campaigns: ['First'] }, 'campaigns'],
    ['search_replies', { message_id: 'x' }, 'message_id'],
  ])('%s %o is answered with what is wrong', async (tool, input, word) => {
    const { isError, text } = await asClient.ask(tool, input);
    expect(isError).toBe(true);
    expect(text).toContain(word);
  });

  it('of a tool that does not exist is an error of the protocol', async () => {
    await expect(asClient.ask('delete_client')).rejects.toThrow('There is no tool "delete_client"');
  });
});
