import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../support/random.ts';
import { inventFacts } from '../support/invented-facts.ts';
import { compareWithOracle } from '../support/oracle-comparison.ts';
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
        for (const { what, seen, truth } of await compareWithOracle(project, provider, facts)) {
          expect([what, seen]).toEqual([what, truth]);
        }
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
