// Days of clients outside of UTC: whatever comes in while a client's time zone changes, the days are in the end those that
// a calendar says, counted from the facts alone.
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inventFacts } from '../support/invented-facts.ts';
import { dayIn, type DayTruth, type Fact, type LabelRules, truthOf } from '../support/oracle.ts';
import { type Project, startProject, type Tenant, type TestConnection } from '../support/project.ts';
import { providers } from '../support/providers.ts';
import { createRandom } from '../support/random.ts';

let project: Project;
let tenant: Tenant;
let connection: TestConnection;

const cutAgain = (events: number) => project.sql('select private.cut_days_again(0, $1) as steps', [events]);
/** A run on a connection of its own, which may be ended in the middle; how many were. */
async function cutAndKill(isKilled: boolean): Promise<number> {
  const worker = new pg.Client({ connectionString: project.stack.dbUrl });
  worker.on('error', () => {});
  await worker.connect();
  const { rows } = await worker.query<{ pid: number }>('select pg_backend_pid() as pid');
  const run = worker.query('select private.cut_days_again(0.2, 40)').then(() => 0, () => 1);
  if (isKilled) await project.sql('select pg_terminate_backend($1)', [rows[0]?.pid]);
  const killed = await run;
  await worker.end().catch(() => {});
  return killed;
}
const moveTo = (zone: string) =>
  project.sql('update public.clients set time_zone = $1 where id = $2', [zone, tenant.clientId]);
const finish = () =>
  project.eventually(
    async () => (await project.one('select private.cut_days_again(1, 300) as steps'))?.['steps'] === 0,
    'the days are cut again',
  );

const rebuild = async () =>
  (await project.sql<{ time_zone: string; campaigns: string; campaigns_done: string; progress: string }>(
    'select time_zone, campaigns, campaigns_done, progress from public.day_rebuilds where client_id = $1',
    [tenant.clientId],
  ))[0];

describe.each(providers)('$name', (provider) => {
  const isSmartlead = provider.name === 'smartlead';
  const rules: LabelRules = { explained: isSmartlead, correctReplies: isSmartlead };

  beforeAll(async () => {
    project = await startProject({
      functions: [provider.webhookFunction],
      simulator: false,
      scheduler: { cron: false },
    });
    tenant = await project.createTenant();
    connection = await project.createConnection(tenant.clientId, undefined, provider.name);
  });
  afterAll(() => project.stop());

  let facts: Fact[];

  it('are cut at the midnight of the client as events come in, over the change of the clocks', async () => {
    await moveTo('Europe/Amsterdam');
    // The clocks go back on 25 October 2026.
    facts = inventFacts(3, provider, Date.UTC(2026, 9, 20));
    await deliver(facts, 4);
    expect(await rebuild()).toBeUndefined();
    await compare(facts, 'Europe/Amsterdam', rules);
  }, 60_000);

  it.each([
    'Asia/Kolkata',
    'Pacific/Kiritimati',
    'America/Los_Angeles',
    'UTC',
    'Australia/Lord_Howe',
    'Asia/Calcutta',
  ])(
    'are those of %s after a change, and the work can be seen',
    async (zone) => {
      await moveTo(zone);
      expect(await rebuild()).toEqual({
        time_zone: zone,
        campaigns: '3',
        campaigns_done: '0',
        progress: '0.0000',
      });
      for (let run = 0; run < 2; run++) await cutAgain(100);
      // UTC needs no look at the events.
      if (zone !== 'UTC') expect(Number((await rebuild())?.progress)).toBeGreaterThan(0);
      await finish();
      expect(await rebuild()).toBeUndefined();
      await compare(facts, zone, rules);
    },
    60_000,
  );

  it('follow a campaign to a client of another zone', async () => {
    const other = await project.createTenant('Elsewhere');
    await project.sql(`update public.clients set time_zone = 'America/New_York' where id = $1`, [
      other.clientId,
    ]);
    const shared = await project.createConnection(null, undefined, provider.name);
    await project.sql('update private.provider_campaigns set connection_id = $1', [shared.id]);
    await project.sql('update public.campaigns set connection_id = $1', [shared.id]);
    const operator = await project.signIn(await project.createUser('operator', null));
    for (const { id } of await project.sql<{ id: string }>('select id from public.campaigns')) {
      const moved = await operator.rpc('remap_campaign', {
        target_campaign_id: id,
        target_client_id: other.clientId,
      });
      expect(moved.error).toBeNull();
    }
    expect(await project.sql('select client_id from public.day_rebuilds')).toEqual([{
      client_id: other.clientId,
    }]);
    await finish();
    await compare(facts, 'America/New_York', rules);
    const stats = await operator.rpc('stats_between', { from_day: '2026-10-01', to_day: '2026-11-30' });
    expect(
      stats.data?.map((row) => [row.time_zone, row.rebuilding])
        .toSorted(),
    )
      .toEqual([['America/New_York', false], ['Asia/Calcutta', false]]);
  }, 60_000);

  it(
    'lose nothing and count nothing twice while events come in, zones change and runs are killed',
    async () => {
      connection = await project.createConnection(tenant.clientId, undefined, provider.name);
      facts = inventFacts(4, provider, Date.UTC(2026, 2, 24));
      const zones = [
        'Europe/Amsterdam',
        'Asia/Kolkata',
        'America/Los_Angeles',
        'UTC',
        'Europe/Amsterdam',
        'Pacific/Kiritimati',
      ];
      let isDelivering = true;
      let killed = 0;
      const changing = (async () => {
        for (let turn = 0; isDelivering || turn < 40; turn++) {
          if (turn % 7 === 0) await moveTo(zones[(turn / 7) % zones.length] ?? 'UTC');
          killed += await cutAndKill(turn % 3 === 0);
        }
      })();
      await deliver(facts, 8);
      isDelivering = false;
      await changing;
      await moveTo('Europe/Amsterdam');
      await finish();
      expect(killed).toBeGreaterThan(0);
      await compare(facts, 'Europe/Amsterdam', rules);
    },
    120_000,
  );
});

/** Delivers the facts in any order, one in five twice, with projectors beside each other. */
async function deliver(facts: Fact[], senders: number): Promise<void> {
  const provider = providers.find(({ name }) => name === connection.provider);
  if (!provider) throw new Error('The connection has no known provider');
  const random = createRandom(facts.length);
  await project.listCampaigns(connection, ...new Set(facts.map((fact) => fact.campaign)));
  const queue = random.shuffle([
    ...facts.map((fact) => provider.deliveryOf(fact)),
    ...facts.slice(0, 400).map((fact) => provider.deliveryOf(fact, true)),
  ]);
  await Promise.all(Array.from({ length: senders }, async () => {
    while (queue.length > 0) {
      const answer = await project.deliver(connection, queue.splice(0, 25));
      expect(answer.status).toBe(200);
      await project.sql('select worker.process_webhook_events(40)');
    }
  }));
  await project.project();
}

const shown = [
  'sent',
  'contacted',
  'opened',
  'clicked',
  'replied',
  'auto_replies',
  'bounced',
  'unsubscribed',
] as const;
const firsts = ['contacted', 'opened', 'clicked', 'replied'] as const;

async function compare(facts: Fact[], zone: string, rules: LabelRules): Promise<void> {
  const truth = truthOf(facts, rules, dayIn(zone));
  const campaigns = [...new Set(facts.map((fact) => fact.campaign))];
  const read = async (table: string, names: readonly string[], prefix: string) => {
    const rows = await project.sql<Record<string, unknown> & { key: string }>(
      `select p.provider_campaign_id || ' ' || x.day as key, ${
        names.map((name) => `sum(x.${name})::int as ${name}`).join(', ')
      }
       from (
         select campaign_id, day, ${names.join(', ')} from public.${table}
         union all
         select campaign_id, day, ${names.map((name) => prefix + name).join(', ')} from private.day_shifts
       ) as x
       join private.provider_campaigns as p on p.campaign_id = x.campaign_id
       where p.provider_campaign_id = any ($1)
       group by p.provider_campaign_id, x.day`,
      [campaigns],
    );
    return rows.map(({ key, ...counts }): [string, unknown] => [key, counts])
      .filter(([, counts]) => Object.values(counts as Record<string, number>).some((count) => count !== 0));
  };
  const ordered = (entries: [string, unknown][]) =>
    entries.sort(([left], [right]) => left.localeCompare(right));
  const pick = (day: DayTruth) => ({
    sent: day.sent,
    contacted: day.contacted,
    opened: day.opened,
    clicked: day.clicked,
    replied: day.replied,
    auto_replies: day.autoReplies,
    bounced: day.bounced,
    unsubscribed: day.unsubscribed,
  });
  const days = [...truth.days].map(([key, day]): [string, unknown] => [key, pick(day)])
    .filter(([, day]) => Object.values(day as Record<string, number>).some((count) => count > 0));
  expect(ordered(await read('campaign_activity', shown, ''))).toEqual(ordered(days));
  expect(ordered(await read('campaign_first_times', firsts, 'first_'))).toEqual(
    ordered([...truth.firstTimes]),
  );
}
