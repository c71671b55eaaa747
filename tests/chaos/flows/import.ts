// Lists come in part by part, in any order, each part repeated until it is taken and some once more.
import { setTimeout as sleep } from 'node:timers/promises';
import { callUntil, type Finding, finding, type Flow, type Lap } from '../flow.ts';
import type { World } from '../world.ts';

const parts = 8;
const rowsOfPart = 60;

export async function importFlow(world: World): Promise<Flow> {
  const { project } = world;
  const tenant = await project.createTenant('Import');
  let campaigns: string[] = [];
  let number = 0;
  let imported = 0;

  async function importOne(lap: Lap): Promise<void> {
    const own = ++number;
    const [row] = await world.sql<{ id: string }>(
      `insert into public.campaigns (client_id, name, generation_status) values ($1, $2, 'pending') returning id`,
      [tenant.clientId, `Import ${own}`],
    );
    const campaignId = String(row?.id);
    const { import_id } = await callUntil(world, 'import-leads', {
      action: 'start',
      campaign_id: campaignId,
      file_name: 'list.csv',
      columns: [{ header: 'Email', target: 'email' }, { header: 'Company', target: 'name' }],
      list_is_verified: true,
    }, [201]);
    const order = lap.random.shuffle(Array.from({ length: parts }, (_, index) => index));
    for (const chunk of [...order, lap.random.pick(order)]) {
      const first = chunk * rowsOfPart;
      const rows = Array.from({ length: rowsOfPart }, (_, index) => [
        `import${own}-${first + index}@import.test`,
        `Company ${first + index}`,
      ]);
      await callUntil(
        world,
        'import-leads',
        { action: 'add', import_id, chunk, first_row: first + 2, rows },
        [200],
      );
      await sleep(lap.random.integer(150));
    }
    await callUntil(world, 'import-leads', { action: 'finish', import_id, chunks: parts }, [200]);
    campaigns.push(campaignId);
  }

  return {
    name: 'import',
    async run(lap) {
      campaigns = [];
      while (!lap.isCalm) await importOne(lap);
    },
    async check(): Promise<Finding[]> {
      const rows = await project.sql<{ people: number; different: number; outcomes: number; ready: boolean }>(
        `select
           (select count(*) from public.businesses as b where b.campaign_id = c.id)::int as people,
           (select count(distinct b.email) from public.businesses as b where b.campaign_id = c.id)::int as different,
           (select coalesce(sum(i.done_rows), 0) from public.imports as i where i.campaign_id = c.id)::int as outcomes,
           c.generation_status = 'completed' as ready
         from public.campaigns as c where c.id = any ($1)`,
        [campaigns],
      );
      const all = parts * rowsOfPart;
      const wrong = rows.filter((row) =>
        row.people !== all || row.different !== all || row.outcomes !== all || !row.ready
      );
      imported += rows.length * all;
      return [finding(
        'Every row of a list counts once',
        wrong.length === 0 && rows.length === campaigns.length,
        `${number} lists, ${imported} rows, each one person` +
          (wrong.length === 0 ? '' : `; wrong: ${JSON.stringify(wrong.slice(0, 3))} instead of ${all}`),
      )];
    },
  };
}
