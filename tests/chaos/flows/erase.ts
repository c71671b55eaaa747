// People are erased while deliveries, syncs and lists still bring them: in the end they are nowhere, and their neighbours are whole.
import { setTimeout as sleep } from 'node:timers/promises';
import { searchEveryColumn } from '../../support/every-column.ts';
import type { RecoveryDriver } from '../../support/recovery.ts';
import { callUntil, type Finding, finding, type Flow, jobEnded, type Lap } from '../flow.ts';
import { persist } from '../persist.ts';
import type { World } from '../world.ts';

/** The campaign has people for this many laps. */
const groups = 40;
const peopleOfGroup = 3;
/** Each gets one mail in its lap: two to the same person within two minutes would be one, and no campaign sends them. */
const neighbours = 25;

export async function eraseFlow(world: World, driver: RecoveryDriver): Promise<Flow> {
  const { project } = world;
  const { provider } = driver;
  const simulator = driver.simulator(project);
  const tenant = await project.createTenant('Erase');
  const connection = await project.createConnection(tenant.clientId, undefined, provider.name);
  await project.sql(
    `insert into private.connection_rate_limits (connection_id, span, calls)
     values ($1, '1 second', 1000), ($1, '1 minute', 10000), ($1, '1 hour', 100000)`,
    [connection.id],
  );
  /** In the address, name and company of all who are erased in the same lap, and in nothing else. */
  const wordOf = (group: number) => `umbriclex${provider.name}${group}x`;
  const emailOf = (group: number, person: number) => `quincey${person}@${wordOf(group)}.test`;
  const neighbour = (group: number, index: number) =>
    `neighbour${group}-${index}@${provider.name}-elsewhere.test`;
  const campaignId = await driver.makeCampaign(project, connection, `${provider.name} privacy`, [
    ...Array.from({ length: groups }, (_, group) => [
      ...Array.from({ length: peopleOfGroup }, (_, person) => ({
        email: emailOf(group, person),
        first_name: wordOf(group),
      })),
      ...Array.from({ length: neighbours }, (_, index) => ({
        email: neighbour(group, index),
        first_name: 'Nora',
      })),
    ]).flat(),
  ]);
  const place = { workspaceId: connection.workspaceId, campaignId };
  /** Neighbours with a mail. */
  const written: string[] = [];
  let erased = 0;
  let again = 0;

  const sync = async (): Promise<boolean> => {
    const { jobs } = await callUntil(world, 'sync-client', { connection_id: connection.id }, [202]);
    const [job] = jobs as { job_id: string }[];
    return (await jobEnded(world, String(job?.job_id))).status === 'completed';
  };

  // Registered for the campaigns that a sync has found.
  await persist(
    world,
    `the first sync of ${provider.name} completes`,
    async () => await sync() ? true : undefined,
  );
  await callUntil(world, 'provider-connection', {
    action: 'register_webhook',
    connection_id: connection.id,
  }, [200]);

  const mail = (email: string) =>
    simulator.emit({ ...place, type: 'email_sent', leadEmail: email, step: 1 } as never);

  /** A delivery about somebody who is being erased or was, which the provider makes as often as it is not answered. */
  async function deliver(group: number, person: number): Promise<void> {
    const fact = {
      type: 'email_opened',
      campaign: campaignId,
      email: emailOf(group, person),
      at: new Date().toISOString(),
      account: 'mia@outreach.test',
    };
    const body = { ...provider.deliveryOf(fact), firstName: wordOf(group), to_name: wordOf(group) };
    await persist(
      world,
      'a delivery is taken',
      async () => (await project.deliver(connection, body)).status === 200 ? true : undefined,
    );
  }

  async function bringInList(group: number): Promise<void> {
    const [row] = await world.sql<{ id: string }>(
      `insert into public.campaigns (client_id, name, generation_status) values ($1, $2, 'pending') returning id`,
      [tenant.clientId, `List ${group}`],
    );
    const { import_id } = await callUntil(world, 'import-leads', {
      action: 'start',
      campaign_id: row?.id,
      file_name: 'list.csv',
      columns: [{ header: 'Email', target: 'email' }, { header: 'Company', target: 'name' }],
      list_is_verified: true,
    }, [201]);
    const rows = Array.from(
      { length: peopleOfGroup },
      (_, person) => [emailOf(group, person), wordOf(group)],
    );
    await callUntil(world, 'import-leads', { action: 'add', import_id, chunk: 0, first_row: 2, rows }, [200]);
    await callUntil(world, 'import-leads', { action: 'finish', import_id, chunks: 1 }, [200]);
  }

  async function erase(lap: Lap, email: string): Promise<void> {
    const body = {
      action: 'erase',
      email,
      client_id: lap.random.integer(2) === 0 ? null : tenant.clientId,
    };
    await persist(world, `${email} is erased`, async () => {
      const { job_id } = await callUntil(world, 'personal-data', body, [202]);
      if ((await jobEnded(world, String(job_id))).status === 'completed') return true;
      // Left at a provider that did not answer: erasing once more asks it again.
      again++;
      return undefined;
    });
    erased++;
  }

  return {
    name: `erase at ${provider.name}`,
    async run(lap: Lap) {
      const group = lap.number;
      if (group >= groups) return;
      const all = Array.from({ length: peopleOfGroup }, (_, person) => person);
      for (const person of all) mail(emailOf(group, person));
      let isErased = false;
      await Promise.all([
        (async () => {
          for (let index = 0; index < neighbours && !lap.isCalm; index++) {
            const email = neighbour(group, index);
            written.push(email);
            mail(email);
            await sleep(lap.random.integer(2000));
          }
        })(),
        (async () => {
          while (!lap.isCalm) {
            await sync();
            await sleep(2000);
          }
        })(),
        (async () => {
          while (!isErased) {
            await deliver(group, lap.random.pick(all));
            await sleep(500);
          }
        })(),
        (async () => {
          try {
            await sleep(1500);
            for (const person of all) await erase(lap, emailOf(group, person));
            await bringInList(group);
          } finally {
            isErased = true;
          }
        })(),
      ]);
      for (const person of all) await deliver(group, person);
      await simulator.deliveriesSettled();
      await driver.beforeSync(project, connection);
      for (let number = 0; number < driver.syncs; number++) {
        await persist(world, `a sync of ${provider.name} completes`, async () => {
          const done = await sync();
          await simulator.deliveriesSettled();
          return done ? true : undefined;
        }, 500);
      }
    },
    async check(): Promise<Finding[]> {
      const words = Array.from(
        { length: Math.min(Math.ceil(erased / peopleOfGroup), groups) },
        (_, group) => wordOf(group),
      );
      const left = await searchEveryColumn(project, words);
      const mails = await project.sql<{ email: string; mails: number }>(
        `select l.email, count(*)::int as mails
         from public.email_events as e join public.synced_leads as l on l.id = e.lead_id
         where e.connection_id = $1 and e.type = 'email_sent' and l.email = any ($2) group by l.email`,
        [connection.id, written],
      );
      const wrong = written.filter((email) => mails.find((row) => row.email === email)?.mails !== 1);
      return [
        finding(
          'An erased person is nowhere and does not come back',
          left.length === 0,
          `${provider.name}: ${erased} people erased, ${again} times once more because the provider had not answered` +
            (left.length === 0 ? '' : `; left: ${left.slice(0, 3).join('; ')}`),
        ),
        finding(
          'An erasure takes nothing of anybody else',
          wrong.length === 0,
          `${provider.name}: a mail to each of ${written.length} others, counted once` +
            (wrong.length === 0 ? '' : `; wrong: ${JSON.stringify(wrong.slice(0, 3))}`),
        ),
      ];
    },
  };
}
