// A client with two campaigns and a history of ten days, another client beside it, and everybody signed in.
import { randomUUID } from 'node:crypto';
import { startProject } from './project.ts';
import { createRandom } from './random.ts';
import { asDelivery, makeHistory } from './report-facts.ts';

export type ReportScene = Awaited<ReturnType<typeof startReportScene>>;

export async function startReportScene(moreFunctions: string[] = []) {
  const chance = createRandom(20261121);
  const random = () => chance.integer(1_000_000) / 1_000_000;
  const project = await startProject({
    functions: ['sync-client', 'instantly-webhook', ...moreFunctions],
    scheduler: { cron: false },
  });
  const north = await project.createTenant('North');
  const south = await project.createTenant('South');
  const connection = await project.createConnection(north.clientId);
  const makeCampaign = async (name: string) => {
    const campaign = {
      id: await project.createCampaign(north.clientId, connection.id, { name }),
      provider: randomUUID(),
    };
    await project.sql('select private.map_provider_campaign($1, $2, $3)', [
      connection.id,
      campaign.provider,
      campaign.id,
    ]);
    return campaign;
  };
  const first = await makeCampaign('First');
  const second = await makeCampaign('Second');
  const foreignCampaign = await project.createCampaign(south.clientId, null, { name: 'Foreign' });

  // In any order, in several batches, one in five twice.
  const facts = makeHistory([first.provider, second.provider], 130, random);
  const shuffled = chance.shuffle([...facts, ...facts.filter(() => random() < 0.2)]).map(asDelivery);
  for (let start = 0; start < shuffled.length; start += 150) {
    const answer = await project.deliver(connection, shuffled.slice(start, start + 150));
    if (answer.status !== 200) throw new Error(`The webhook answered ${answer.status}`);
    await project.project();
  }
  return {
    project,
    connection,
    north,
    south,
    first,
    second,
    foreignCampaign,
    facts,
    operator: await project.signIn(await project.createUser('operator', null)),
    client: await project.signIn(north),
    stranger: await project.signIn(south),
  };
}
