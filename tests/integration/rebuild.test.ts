// What was added up from events is counted again while deliveries come in: equal to what was there where that was right, and right
// where it was not.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rebuildRollups } from '../../local/cli/rebuild.ts';
import { addMailbox } from '../support/audience.ts';
import { inventFacts } from '../support/invented-facts.ts';
import type { Fact } from '../support/oracle.ts';
import { compareWithOracle } from '../support/oracle-comparison.ts';
import { type Project, startProject, type Tenant, type TestConnection } from '../support/project.ts';
import { providers } from '../support/providers.ts';

// Smartlead's categories make some replies automatic afterwards, which moves every table.
const provider = providers.find(({ name }) => name === 'smartlead')!;
let project: Project;
let tenant: Tenant;
let connection: TestConnection;
let early: Fact[];
let late: Fact[];

beforeAll(async () => {
  project = await startProject({
    functions: [provider.webhookFunction],
    simulator: false,
    scheduler: { cron: false },
  });
  tenant = await project.createTenant();
  await project.sql(`update public.clients set time_zone = 'Europe/Amsterdam' where id = $1`, [
    tenant.clientId,
  ]);
  connection = await project.createConnection(tenant.clientId, undefined, provider.name);
  await addMailbox(project, connection.id, 'mia@outreach.test');
  const facts = inventFacts(7, provider);
  await project.listCampaigns(connection, ...new Set(facts.map((fact) => fact.campaign)));
  early = facts.slice(0, 1_200);
  late = facts.slice(1_200);
  // Webhooks come before the first sync lists all mailboxes, as in a new workspace.
  await deliver(early.slice(0, 600));
  await addMailbox(project, connection.id, 'jon@outreach.test');
  await deliver(early.slice(600));
}, 120_000);
afterAll(() => project.stop());

async function deliver(facts: Fact[]): Promise<void> {
  for (let done = 0; done < facts.length; done += 50) {
    const some = facts.slice(done, done + 50).map((fact) => provider.deliveryOf(fact));
    expect((await project.deliver(connection, some)).status).toBe(200);
  }
  await project.project();
}

/** Everything that the rebuild counts, without when it was counted. */
const sources: Record<string, string> = {
  synced_leads:
    `select id, sent_count_observed, open_count_observed, click_count_observed, reply_count_observed,
    auto_reply_count from public.synced_leads`,
  campaign_activity: `select to_jsonb(a) - 'observed_at' as row from public.campaign_activity as a`,
  campaign_activity_totals:
    `select to_jsonb(a) - 'observed_at' as row from public.campaign_activity_totals as a`,
  campaign_step_activity: `select to_jsonb(a) - 'observed_at' as row from public.campaign_step_activity as a`,
  campaign_first_times: 'select to_jsonb(a) as row from public.campaign_first_times as a',
  day_shifts: 'select to_jsonb(a) as row from private.day_shifts as a',
  email_account_days: 'select to_jsonb(a) as row from public.email_account_days as a',
};
/** Days on which nothing is left say nothing. */
const hasNumbers = (row: string) =>
  Object.entries(JSON.parse(row) as Record<string, unknown>).some(([, value]) =>
    typeof value === 'number' && value !== 0
  );

async function readAll(): Promise<Record<string, string[]>> {
  const read: Record<string, string[]> = {};
  for (const [table, source] of Object.entries(sources)) {
    const rows = await project.sql<{ row: string }>(
      `select coalesce(to_jsonb(t) -> 'row', to_jsonb(t))::text as row from (${source}) as t order by 1`,
    );
    read[table] = rows.map(({ row }) => row).filter(hasNumbers);
  }
  return read;
}

const rebuild = (isComparison = false) =>
  rebuildRollups({
    url: project.stack.apiUrl,
    key: project.stack.secretKeys.default,
    isComparison,
    eventsPerStep: 200,
  });
const wrongRows = (corrected: Record<string, number>) =>
  Object.fromEntries(Object.entries(corrected).filter(([, rows]) => rows > 0));

describe('npm run rebuild', () => {
  it('finds the mails that a mailbox sent before it was listed on their days', async () => {
    const [row] = await project.sql<{ before: number; days: number }>(
      `select
         count(*)::int as before,
         (select sum(d.sent_observed)::int from public.email_account_days as d join public.email_accounts as a on a.id = d.account_id
          where a.email = 'jon@outreach.test') as days
       from public.email_events where email_account = 'jon@outreach.test' and type = 'email_sent'`,
    );
    expect(row!.before).toBeGreaterThan(50);
    expect(row!.days).toBe(row!.before);
  });

  it('finds nothing wrong in what deliveries added up, and changes nothing', async () => {
    const before = await readAll();
    for (const [table, rows] of Object.entries(before)) {
      expect([table, rows.length > 1]).toEqual([table, true]);
    }
    const { corrected, campaigns, events } = await rebuild();
    expect(wrongRows(corrected)).toEqual({});
    expect(campaigns).toBe(3);
    expect(events).toBeGreaterThan(1_000);
    expect(await readAll()).toEqual(before);
  }, 60_000);

  it(
    'restores what was lost, doubled or invented, and only tells of it when it is asked to compare',
    async () => {
      const before = await readAll();
      await project.sql(
        `update public.campaign_activity set sent = sent * 2, opened = 0, replied_overruled = replied_overruled + 1`,
      );
      await project.sql('delete from public.campaign_activity_totals');
      await project.sql(`update public.campaign_step_activity set replied = replied + 3, sent = 0`);
      await project.sql(
        'delete from public.campaign_first_times where day < (select max(day) from public.campaign_first_times)',
      );
      await project.sql('delete from private.day_shifts');
      await project.sql(
        'update public.email_account_days set sent_observed = sent_observed + 5, replies_overruled = 9',
      );
      await project.sql(
        'update public.synced_leads set open_count_observed = open_count_observed + 1 where open_count_observed > 1',
      );
      const damaged = await readAll();
      const compared = await rebuild(true);
      expect(Object.keys(wrongRows(compared.corrected)).sort()).toEqual(Object.keys(sources).sort());
      expect(await readAll()).toEqual(damaged);
      const { corrected } = await rebuild();
      expect(wrongRows(corrected)).toEqual(wrongRows(compared.corrected));
      expect(await readAll()).toEqual(before);
    },
    60_000,
  );

  it('counts what comes in meanwhile once', async () => {
    await project.sql('delete from public.campaign_activity');
    await project.sql('update public.campaign_activity_totals set opens = opens + 7');
    await project.sql('delete from private.day_shifts');
    let isDelivering = true;
    const delivering = deliver(late).finally(() => isDelivering = false);
    for (let runs = 0; isDelivering || runs === 0; runs++) await rebuild();
    await delivering;
    const { corrected } = await rebuild(true);
    expect(wrongRows(corrected)).toEqual({});
    for (const { what, seen, truth } of await compareWithOracle(project, provider, [...early, ...late])) {
      expect([what, seen]).toEqual([what, truth]);
    }
  }, 90_000);
});
