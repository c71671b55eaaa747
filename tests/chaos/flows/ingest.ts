// Facts of one provider as deliveries, some twice, each repeated until it is taken: the oracle knows what must come of them.
import { setTimeout as sleep } from 'node:timers/promises';
import { inventFacts } from '../../support/invented-facts.ts';
import { compareWithOracle } from '../../support/oracle-comparison.ts';
import type { Fact } from '../../support/oracle.ts';
import type { ProviderDriver } from '../../support/providers.ts';
import { differences, type Finding, finding, type Flow, type Lap } from '../flow.ts';
import { persist } from '../persist.ts';
import type { World } from '../world.ts';

const senders = 4;

export async function ingestFlow(world: World, provider: ProviderDriver, seed: number): Promise<Flow> {
  const { project } = world;
  const tenant = await project.createTenant('Ingest');
  const connection = await project.createConnection(tenant.clientId, undefined, provider.name);
  // Without a key no sync looks for these campaigns, which no provider has.
  await project.sql('delete from private.provider_keys where connection_id = $1', [connection.id]);
  let delivered: Fact[] = [];
  let answered = 0;
  let unanswered = 0;
  let earlier = 0;

  async function send(fact: Fact, isCopy: boolean): Promise<void> {
    const body = provider.deliveryOf(fact, isCopy);
    await persist(world, 'a delivery is taken', async () => {
      const status = await project.deliver(connection, body, {}).then((answer) => answer.status, () => 0);
      if (status === 200) return true;
      unanswered++;
      // What is valid is never refused: only that nothing could be stored is an answer.
      if (status > 0 && status < 500) throw new Error(`A valid delivery was answered with ${status}`);
      return undefined;
    }, 30);
    answered++;
  }

  return {
    name: `ingest from ${provider.name}`,
    async run(lap: Lap) {
      delivered = [];
      const facts = lap.random.shuffle(inventFacts(seed + lap.number, provider));
      await persist(world, 'the campaigns are listed', async () => {
        await project.listCampaigns(connection, ...new Set(facts.map((fact) => fact.campaign)));
        return true;
      });
      let next = 0;
      await Promise.all(Array.from({ length: senders }, async () => {
        while (!lap.isCalm) {
          const copy = lap.random.integer(5) === 0
            ? delivered[lap.random.integer(delivered.length)]
            : undefined;
          const fact = copy ?? facts[next++];
          if (fact === undefined) return;
          await send(fact, copy !== undefined);
          if (copy === undefined) delivered.push(fact);
          await sleep(lap.random.integer(20));
        }
      }));
    },
    async check(): Promise<Finding[]> {
      const wrong = (await compareWithOracle(project, provider, delivered)).flatMap(({ what, seen, truth }) =>
        differences(seen, truth).map((text) => `${what} ${text}`)
      );
      const stored = await project.one<{ facts: number; deliveries: number }>(
        `select count(*)::int as facts, sum(delivery_count)::int as deliveries
         from private.webhook_events where connection_id = $1`,
        [connection.id],
      );
      earlier += delivered.length;
      return [
        finding(
          'Every fact counts once',
          wrong.length === 0 && stored.facts === earlier && stored.deliveries >= answered,
          `${provider.name}: ${earlier} facts in ${answered} answered deliveries (${unanswered} attempts without a 2xx), ` +
            `${stored.facts} stored; counts differ from the oracle in ${wrong.length} places` +
            (wrong.length === 0 ? '' : `, such as ${wrong.slice(0, 3).join('; ')}`),
        ),
      ];
    },
  };
}
