import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../support/random.ts';
import { inventFacts } from '../support/invented-facts.ts';
import { type DayTruth, type Fact, type LabelRules, type LeadTruth, truthOf } from '../support/oracle.ts';
import { type Project, startProject, type TestConnection } from '../support/project.ts';
import { providers } from '../support/providers.ts';

let project: Project;
let connection: TestConnection;

describe.each(providers)('$name', (provider) => {
  beforeAll(async () => {
    project = await startProject({ functions: [provider.webhookFunction], simulator: false });
    const tenant = await project.createTenant();
    connection = await project.createConnection(tenant.clientId, undefined, provider.name);
  });
  afterAll(() => project.stop());

  describe('the same facts, shuffled and with 20 % duplicates', () => {
    it('give exactly the counters of the oracle, whatever the order', async () => {
      for (const seed of [1, 2]) {
        const random = createRandom(seed);
        const facts = inventFacts(seed, provider);
        await project.listCampaigns(connection, ...new Set(facts.map((fact) => fact.campaign)));
        const copies = random.shuffle([...facts]).slice(0, 400);
        const deliveries = random.shuffle([
          ...facts.map((fact) => provider.deliveryOf(fact)),
          ...copies.map((fact) => provider.deliveryOf(fact, true)),
        ]);

        let stored = 0;
        let duplicate = 0;
        // Twelve senders at once, some deliveries alone and some in one body.
        const queue = [...deliveries];
        await Promise.all(Array.from({ length: 12 }, async () => {
          while (queue.length > 0) {
            const some = queue.splice(0, random.integer(4) === 0 ? 5 : 1);
            const answer = await project.deliver(connection, some.length === 1 ? some[0] : some);
            expect(answer.status).toBe(200);
            const counts = await answer.json() as { stored: number; duplicate: number };
            stored += counts.stored;
            duplicate += counts.duplicate;
          }
        }));
        expect({ stored, duplicate }).toEqual({ stored: 2000, duplicate: 400 });

        await project.project();
        const isSmartlead = provider.name === 'smartlead';
        await compareWithOracle(facts, { explained: isSmartlead, correctReplies: isSmartlead });
      }
    }, 90_000);

    it('balance: received = projected + duplicate + quarantined + waiting + dead', async () => {
      const ledger = await project.one(
        `select
         sum(delivery_count)::int as received,
         count(*) filter (where status = 'projected')::int as projected,
         sum(delivery_count - 1)::int as duplicate,
         count(*) filter (where status <> 'projected')::int as other,
         (select count(*)::int from public.email_events) as events
       from private.webhook_events`,
      );
      expect(ledger).toEqual({ received: 4800, projected: 4000, duplicate: 800, other: 0, events: 4000 });
    });
  });

  describe('a receiver that dies under load', () => {
    it('loses nothing and counts nothing twice, because the sender repeats what was not answered', async () => {
      const campaign = provider.newCampaignId();
      await project.listCampaigns(connection, campaign);
      const queue = Array.from({ length: 300 }, (_, index) =>
        provider.deliveryOf({
          type: 'email_sent',
          campaign,
          email: `crash${index}@oracle.test`,
          at: '2026-10-05T08:15:21.903Z',
          account: 'mia@outreach.test',
        }));
      let answered = 0;
      const killing = (async () => {
        for (const after of [60, 160]) {
          await project.eventually(
            () => Promise.resolve(answered >= after),
            `${after} deliveries are answered`,
          );
          await project.stack.functions.kill(provider.webhookFunction);
        }
      })();
      await Promise.all(Array.from({ length: 8 }, async () => {
        for (let body = queue.shift(); body; body = queue.shift()) {
          const repeated = body;
          await project.eventually(async () => {
            const status = await project.deliver(connection, repeated).then(
              (answer) => answer.status,
              () => 0,
            );
            return status === 200;
          }, 'a delivery is taken');
          answered++;
        }
      }));
      await killing;
      await project.stack.functions.ready(provider.webhookFunction);
      await project.project();
      const counted = await project.one(
        `select count(*)::int as leads, sum(sent_count)::int as sent from public.synced_leads where email like 'crash%'`,
      );
      expect(counted).toEqual({ leads: 300, sent: 300 });
    });
  });
});

async function compareWithOracle(facts: Fact[], rules: LabelRules): Promise<void> {
  const truth = truthOf(facts, rules);
  const campaigns = [...new Set(facts.map((fact) => fact.campaign))];
  const mapped =
    `join private.provider_campaigns as p on p.campaign_id = x.campaign_id where p.provider_campaign_id = any ($1)`;

  const leads = await project.sql<Record<string, unknown>>(
    `select p.provider_campaign_id, x.* from public.synced_leads as x ${mapped}`,
    [campaigns],
  );
  const seenLeads = new Map(
    leads.map((row): [string, LeadTruth] => [`${row['provider_campaign_id']} ${row['email']}`, {
      sent: Number(row['sent_count']),
      opens: Number(row['open_count']),
      clicks: Number(row['click_count']),
      replies: Number(row['reply_count']),
      autoReplies: Number(row['auto_reply_count']),
      status: String(row['lead_status']),
      interest: row['interest_status'] === null ? null : String(row['interest_status']),
      sender: row['sender_account'] === null ? null : String(row['sender_account']),
      lastEventAt: row['last_event_at'] instanceof Date ? row['last_event_at'].toISOString() : null,
    }]),
  );
  expect(sorted(seenLeads)).toEqual(sorted(truth.leads));

  const counts = (row: Record<string, unknown>): DayTruth => ({
    sent: Number(row['sent']),
    contacted: Number(row['contacted']),
    opens: Number(row['opens']),
    opened: Number(row['opened']),
    clicks: Number(row['clicks']),
    clicked: Number(row['clicked']),
    replies: Number(row['replies']),
    replied: Number(row['replied']),
    autoReplies: Number(row['auto_replies']),
    bounced: Number(row['bounced']),
    unsubscribed: Number(row['unsubscribed']),
  });
  const days = await project.sql(
    `select p.provider_campaign_id, x.day::text as day_text, x.* from public.campaign_activity as x ${mapped}`,
    [campaigns],
  );
  const withNumbers = new Map(
    [...truth.days].filter(([, day]) => Object.values(day).some((value) => value > 0)),
  );
  expect(
    sorted(new Map(days.map((row) => [`${row['provider_campaign_id']} ${row['day_text']}`, counts(row)]))),
  )
    .toEqual(sorted(withNumbers));

  const totals = await project.sql(
    `select p.provider_campaign_id, x.* from public.campaign_activity_totals as x ${mapped}`,
    [campaigns],
  );
  expect(sorted(new Map(totals.map((row) => [String(row['provider_campaign_id']), counts(row)]))))
    .toEqual(sorted(truth.totals));
}

function sorted<T>(entries: Map<string, T>): [string, T][] {
  return [...entries].sort(([left], [right]) => left.localeCompare(right));
}
