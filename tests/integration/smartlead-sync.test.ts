// What a sync reads from Smartlead, what it asks for again, and that no secret stays anywhere. Outages: recovery.test.ts.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeSmartleadCampaign } from '../support/smartlead-api.ts';
import { expectTruth, key, people, SmartleadScene } from '../support/smartlead-scene.ts';

let scene: SmartleadScene;

beforeAll(async () => {
  scene = await SmartleadScene.start();
});
afterAll(() => scene.stop());

describe('a sync', () => {
  let connectionId: string;
  let campaign: string;
  const callsSince = (after: number) => scene.project.smartlead.requests({ after }).map((call) => call.path);
  const lastCall = () => scene.project.smartlead.requests().at(-1)?.number ?? 0;

  beforeAll(async () => {
    scene.open('synced');
    campaign = await makeSmartleadCampaign(scene.project.smartlead.url, key('synced'), 'Synced', {
      leads: people(150, 'synced'),
      activate: true,
    });
    scene.project.smartlead.createSubsequence({
      workspaceId: scene.workspaceId('synced'),
      parentCampaignId: campaign,
      name: 'Synced, subsequence',
    });
    await scene.project.smartlead.advance({ days: 3 });
    connectionId = await scene.connect('synced', scene.tenant.clientId);
    await scene.sync(connectionId, true);
  });

  it('reads campaigns, leads, totals and days, subsequences not as campaigns of their own', async () => {
    const [truth] = scene.project.smartlead.truth(campaign);
    const names = await scene.project.sql(`select name from public.campaigns where connection_id = $1`, [
      connectionId,
    ]);
    expect(names).toEqual([{ name: 'Synced' }]);
    const totals = await scene.project.one(
      `select t.leads, t.sent, t.contacted, t.bounced, t.unsubscribed from public.campaign_analytics_totals as t
       join public.campaigns as c on c.id = t.campaign_id where c.connection_id = $1`,
      [connectionId],
    );
    expect(totals).toEqual({
      leads: 150,
      sent: truth?.sent,
      contacted: truth?.contactedLeads,
      bounced: truth?.bounced,
      unsubscribed: truth?.unsubscribed,
    });
    const days = await scene.project.sql(
      `select a.day::text, a.sent from public.campaign_analytics as a
       join public.campaigns as c on c.id = a.campaign_id where c.connection_id = $1 and a.sent > 0 order by a.day`,
      [connectionId],
    );
    expect(days).toEqual(
      Object.entries(truth?.days ?? {}).filter(([, day]) => day.sent > 0).map(([day, { sent }]) => ({
        day,
        sent,
      })),
    );
    const lead = await scene.project.one(
      `select l.job_title, l.provider_lead_id is not null as known from public.synced_leads as l where email = 'synced7@smart.test'`,
    );
    expect(lead).toEqual({ job_title: 'CFO', known: true });
  });

  it('finds in the statistics what no webhook delivered: the same numbers as the provider, by lead and by day', async () => {
    await expectTruth(scene.project, connectionId, campaign);
  });

  it('reads mailboxes without their passwords', async () => {
    const accounts = await scene.project.sql(
      `select email, status, status_reason from public.email_accounts where connection_id = $1 order by email`,
      [connectionId],
    );
    expect(accounts).toEqual([
      { email: 'jon@synced.test', status: 'error', status_reason: 'Login refused' },
      { email: 'mia@synced.test', status: 'active', status_reason: null },
    ]);
  });

  it('reads no further where the totals are unchanged', async () => {
    const before = lastCall();
    await scene.sync(connectionId);
    const calls = callsSince(before).map((path) => path.replace('/api/v1/', '').replace(/\d+/g, 'n'));
    expect(calls.filter((path) => /statistics|day-wise|n\/leads$|webhooks/.test(path))).toEqual([]);
    expect(calls.length).toBeLessThan(8);
  });

  it('learns from categories what leads think, whatever way it heard of them', async () => {
    const emit = (leadEmail: string, type: string, label?: string) =>
      scene.project.smartlead.emit({
        workspaceId: scene.workspaceId('synced'),
        campaignId: campaign,
        leadEmail,
        type: type as never,
        ...(label === undefined ? {} : { label }),
      });
    emit('synced1@smart.test', 'custom_label', 'Demo wanted');
    emit('synced2@smart.test', 'lead_not_interested');
    await scene.project.smartlead.deliveriesSettled();
    await scene.project.project();
    const rows = await scene.project.sql(
      `select interest_status, interest_label from public.synced_leads
       where email in ('synced1@smart.test', 'synced2@smart.test') order by email`,
    );
    expect(rows).toEqual([
      { interest_status: 'positive', interest_label: 'Demo wanted' },
      { interest_status: 'negative', interest_label: 'lead_not_interested' },
    ]);
  });
});

describe('what failed', () => {
  /** A connected workspace with a campaign of five people, to whom this happened while we were away. */
  async function failedDeliveries(name: string, types = ['email_sent']) {
    scene.open(name);
    const campaign = await makeSmartleadCampaign(scene.project.smartlead.url, key(name), name, {
      leads: people(5, name),
    });
    const connectionId = await scene.connect(name, scene.tenant.clientId);
    await scene.sync(connectionId);
    scene.relay.isDown = true;
    const start = scene.project.smartlead.simulatedNow().getTime() - types.length * 600_000;
    for (const [number, type] of types.entries()) {
      for (let index = 0; index < 5; index++) {
        scene.project.smartlead.emit({
          workspaceId: scene.workspaceId(name),
          campaignId: campaign,
          leadEmail: `${name}${index}@smart.test`,
          type: type as never,
          step: 1,
          at: new Date(start + number * 600_000),
        });
      }
    }
    await scene.project.smartlead.deliveriesSettled();
    scene.relay.isDown = false;
    return { campaign, connectionId };
  }

  const requestsFor = (campaign: string) =>
    scene.project.smartlead.requests().filter(({ path }) =>
      path.includes(`/${campaign}/`) && path.endsWith('retrigger-failed-events')
    ).length;

  it('is asked for again and comes as deliveries, so that the statistics have nothing to add', async () => {
    const { campaign, connectionId } = await failedDeliveries('failed');
    // The provider's clock is days behind ours here.
    await scene.project.sql(
      `update private.campaign_webhooks set redelivered_until = now() - interval '60 days' where connection_id = $1`,
      [connectionId],
    );
    expect(await scene.sync(connectionId)).toMatchObject({ facts_recovered: 0 });
    await scene.project.smartlead.deliveriesSettled();
    await scene.project.project();
    expect(requestsFor(campaign)).toBe(1);
    expect(await scene.sync(connectionId)).toMatchObject({ facts_recovered: 0 });
    await expectTruth(scene.project, connectionId, campaign);
    expect(
      await scene.project.sql(
        'select source, count(*)::int as events from private.webhook_events where connection_id = $1 group by source',
        [connectionId],
      ),
    ).toEqual([{ source: 'delivery', events: 5 }]);
  });

  it('and arrives after the statistics told of it, is the same mail, open, click, bounce or unsubscribe', async () => {
    const { campaign, connectionId } = await failedDeliveries('late', [
      'email_sent',
      'email_opened',
      'email_opened',
      'link_clicked',
      'email_opened',
      'reply_received',
      'lead_unsubscribed',
    ]);
    const checkedUntil = (moment: string) =>
      scene.project.sql(
        `update private.campaign_webhooks set redelivered_until = ${moment} where connection_id = $1`,
        [connectionId],
      );
    await checkedUntil('now()');
    const { facts_recovered: recovered } = await scene.sync(connectionId, true);
    expect(recovered).toBe(35);
    await expectTruth(scene.project, connectionId, campaign);

    await checkedUntil(`now() - interval '60 days'`);
    await scene.sync(connectionId, true);
    expect(requestsFor(campaign)).toBe(1);
    await scene.project.smartlead.deliveriesSettled();
    await scene.project.project();
    await expectTruth(scene.project, connectionId, campaign);
    const deliveries = await scene.project.one(
      `select count(*)::int as arrived from private.webhook_events
       where connection_id = $1 and source = 'delivery' and status = 'duplicate'`,
      [connectionId],
    );
    // Those of a known time have the key of what is there already.
    expect(deliveries['arrived']).toBe(15);
    // Nor do the next statistics find anything to add.
    expect(await scene.sync(connectionId, true)).toMatchObject({ facts_recovered: 0 });
    await expectTruth(scene.project, connectionId, campaign);
  });

  it('is found by a clock that differs from ours by minutes, and asked for once', async () => {
    const { campaign, connectionId } = await failedDeliveries('clock');
    /** As if the last check had been five minutes after the failures by the provider's clock, and had seen that many. */
    const checked = (failedAround: number) =>
      scene.project.sql(
        `update private.campaign_webhooks set redelivered_until = $2::timestamptz, failed_around = $3 where connection_id = $1`,
        [
          connectionId,
          new Date(scene.project.smartlead.simulatedNow().getTime() + 5 * 60_000).toISOString(),
          failedAround,
        ],
      );
    const { data } = await scene.api('clock').get(
      `campaigns/${campaign}/webhooks/summary?fromTime=2020-01-01T00:00:00Z&toTime=2099-01-01T00:00:00Z`,
    ) as { data: { summary: { failed: number }[] } };
    const failed = data.summary.reduce((sum, row) => sum + row.failed, 0);
    expect(failed).toBeGreaterThanOrEqual(5);
    await checked(failed - 1);
    await scene.sync(connectionId);
    expect(requestsFor(campaign)).toBe(1);
    await scene.project.smartlead.deliveriesSettled();
    await checked(failed);
    await scene.sync(connectionId, true);
    expect(requestsFor(campaign)).toBe(1);
    await expectTruth(scene.project, connectionId, campaign);
  });
});

describe('secrets', () => {
  it('are nowhere in the database and the logs afterwards: no key, no token, no password, no secret_key', async () => {
    const tables = await scene.project.sql<{ name: string }>(
      `select format('%I.%I', n.nspname, c.relname) as name from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p') and n.nspname in ('public', 'private', 'net', 'cron') and c.relispartition = false`,
    );
    let text = '';
    for (const { name } of tables) {
      text += JSON.stringify(await scene.project.sql(`select * from ${name}`));
    }
    expect(text.length).toBeGreaterThan(100_000);
    const logs = readdirSync(scene.project.logDirectory, { recursive: true, withFileTypes: true }).filter((
      entry,
    ) => entry.isFile());
    expect(logs.length).toBeGreaterThan(2);
    for (const log of logs) text += readFileSync(join(log.parentPath, log.name), 'utf8');
    const passwords =
      (await scene.api('synced').get('email-accounts/?offset=0&limit=100') as Record<string, string>[])
        .flatMap((account) => [account['password'], account['imap_password']])
        .filter((password): password is string => typeof password === 'string' && password.length > 5);
    expect(passwords.length).toBeGreaterThan(0);
    const [webhook] = await scene.api('synced').get(
      `campaigns/${
        (await scene.api('synced').get('campaigns/') as { id: number; name: string }[]).find((one) =>
          one.name === 'Synced'
        )?.id
      }/webhooks`,
    ) as { webhook_url: string }[];
    const token = new URL(String(webhook?.webhook_url)).searchParams.get('token');
    expect(token?.length).toBeGreaterThan(20);
    for (
      const secret of [
        ...passwords,
        String(token),
        'smartlead-key-of-',
      ]
    ) {
      expect(text.includes(secret), secret.slice(0, 6)).toBe(false);
    }
  });
});
