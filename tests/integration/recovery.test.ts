// An outage and its recovery, described once for every provider: our endpoint is down while things of all kinds happen, it
// comes back, and what we know is what happened, by lead and in total, without a person.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hour, type LeadFacts, Life, seen, sync } from '../support/outage.ts';
import { type Project, startProject, type TestConnection } from '../support/project.ts';
import { recoveries } from '../support/recovery.ts';
import { type Relay, startRelay } from '../support/relay.ts';

type Totals = Record<string, number>;

describe.each(recoveries)('an outage of $provider.name', (driver) => {
  const name = 'Outage';
  let project: Project;
  let relay: Relay;
  let connection: TestConnection;
  let campaignId: string;
  const life = new Life(name.toLowerCase(), 200, 7);
  const labels = { lead_interested: 'positive', lead_not_interested: 'negative' } as const;

  beforeAll(async () => {
    relay = await startRelay();
    project = await startProject({
      functions: ['sync-client', driver.provider.webhookFunction, 'provider-connection'],
      functionsPublicUrl: relay.url,
      ...driver.simulators(new Date(Date.now() - 26 * hour)),
    });
    relay.target = project.stack.functionsUrl;
    const tenant = await project.createTenant('Lakeside');
    connection = await project.createConnection(tenant.clientId, undefined, driver.provider.name);
    // Waiting for the rate budget is not what this is about.
    await project.sql(
      `insert into private.connection_rate_limits (connection_id, span, calls)
       values ($1, '1 second', 1000), ($1, '1 minute', 10000), ($1, '1 hour', 100000)`,
      [connection.id],
    );
    campaignId = await driver.makeCampaign(project, connection, name, life.people());
    await recover();
    const registered = await project.invoke('provider-connection', {
      action: 'register_webhook',
      connection_id: connection.id,
    });
    expect(registered.status).toBe(200);
  });
  afterAll(async () => {
    await project?.stop();
    relay?.stop();
  });

  async function play(hours: number): Promise<void> {
    const simulator = driver.simulator(project);
    for (let number = 0; number < hours; number++) {
      const from = simulator.simulatedNow().getTime();
      await simulator.advance({ hours: 1 });
      for (const event of life.between(from, from + hour, 40)) {
        simulator.emit({ ...event, workspaceId: connection.workspaceId, campaignId } as never);
      }
      await simulator.deliveriesSettled();
    }
  }

  async function recover(): Promise<Record<string, unknown>> {
    const job = await sync(project, { connection_id: connection.id });
    expect(job).toMatchObject({ status: 'completed', error_code: null, result: { errors: [] } });
    await driver.simulator(project).deliveriesSettled();
    await project.project();
    return job['result'] as Record<string, unknown>;
  }

  const events = async () =>
    (await project.one<{ n: number }>('select count(*)::int as n from public.email_events')).n;

  /** Where the provider does not tell the two kinds of replies apart, their sum has to be right. */
  function comparable<Counts extends object>(of: Counts): Record<string, unknown> {
    const counts = of as Record<string, unknown>;
    if (driver.tellsAutomaticReplies) return counts;
    const { replies, autoReplies, auto_replies, leadsReplied: _, ...rest } = counts;
    return { ...rest, replies: Number(replies) + Number(autoReplies ?? auto_replies) };
  }

  const eachOf = (numbers: Record<string, object>) =>
    Object.fromEntries(Object.entries(numbers).map(([key, of]) => [key, comparable(of)]));

  async function expectEquality(): Promise<void> {
    const ours = await seen(project, name);
    const truth = driver.truth(project, campaignId);
    expect(comparable(ours.totals ?? {})).toEqual(comparable(truth.totals));
    const leads: Record<string, LeadFacts> = await life.seen(project, name);
    expect(eachOf(leads)).toEqual(eachOf(Object.fromEntries(life.facts)));
    const exact = (days: Record<string, object>) =>
      Object.entries(days).map(([day, of]) => [
        day,
        ...driver.exactDays.map((counter) => (of as Totals)[counter]),
      ]);
    expect(exact(ours.days).sort()).toEqual(exact(truth.days).sort());
    const sums = Object.values(ours.days).reduce<Totals>((sum, of) => {
      for (const counter of ['sent', 'opens', 'clicks', 'bounced', 'unsubscribed']) {
        sum[counter] = (sum[counter] ?? 0) + Number((of as Totals)[counter]);
      }
      return sum;
    }, {});
    expect(truth.totals).toMatchObject(sums);

    const ledger = await project.sql('select balanced from public.webhook_ledger where connection_id = $1', [
      connection.id,
    ]);
    expect(ledger.map((row) => row['balanced'])).toEqual([true]);
    const shown = await project.one(
      'select sent::int, contacted::int, opened::int, clicked::int, bounced::int, unsubscribed::int, positive::int from public.client_overview',
    );
    expect(shown).toEqual({
      sent: truth.totals['sent'],
      contacted: truth.totals['contactedLeads'],
      opened: truth.totals['leadsOpened'],
      clicked: truth.totals['leadsClicked'],
      bounced: truth.totals['bounced'],
      unsubscribed: truth.totals['unsubscribed'],
      positive: 1,
    });
  }

  it(
    'leaves gaps, which the syncs after it fill: leads, totals, ledger and overview are what happened',
    async () => {
      await play(2);
      await project.project();
      expect(comparable((await seen(project, name)).totals ?? {})).toEqual(
        comparable(driver.truth(project, campaignId).totals),
      );

      relay.isDown = true;
      await play(5);
      driver.fallSilent(project);
      await play(4);
      const simulator = driver.simulator(project);
      Object.keys(labels).forEach((type, index) =>
        simulator.emit({
          workspaceId: connection.workspaceId,
          campaignId,
          leadEmail: life.email(index),
          type: type as keyof typeof labels,
        })
      );
      await simulator.deliveriesSettled();
      relay.isDown = false;
      driver.speakAgain(project);
      await driver.beforeSync(project, connection);
      const before = await events();
      expect(before).toBeLessThan(life.events.length / 2);

      for (let number = 0; number < driver.syncs; number++) await recover();
      await expectEquality();
      expect(await events()).toBeGreaterThan(before + 200);
      const verdicts = await project.sql(
        'select email, interest_status from public.synced_leads where interest_status is not null order by email',
      );
      expect(verdicts).toEqual(
        Object.values(labels).map((status, index) => ({ email: life.email(index), interest_status: status })),
      );
    },
    60_000,
  );

  it('is over: another sync adds nothing, and what the webhook brings from then on counts once', async () => {
    const before = await events();
    await recover();
    expect(await events()).toBe(before);
    await play(1);
    await project.project();
    expect(await events()).toBeGreaterThan(before);
    await recover();
    await expectEquality();
  }, 30_000);
});
