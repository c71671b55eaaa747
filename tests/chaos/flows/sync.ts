// A campaign lives at a provider while syncs and replays run beside its deliveries: in the end our counts are the provider's.
import { setTimeout as sleep } from 'node:timers/promises';
import { hour, type LeadFacts, Life, seen } from '../../support/outage.ts';
import type { RecoveryDriver } from '../../support/recovery.ts';
import { callUntil, differences, type Finding, finding, type Flow, jobEnded, type Lap } from '../flow.ts';
import { persist } from '../persist.ts';
import type { World } from '../world.ts';

type Counts = Record<string, unknown>;

export async function syncFlow(world: World, driver: RecoveryDriver, seed: number): Promise<Flow> {
  const { project } = world;
  const { provider } = driver;
  const simulator = driver.simulator(project);
  const tenant = await project.createTenant('Sync');
  const connection = await project.createConnection(tenant.clientId, undefined, provider.name);
  const name = `${provider.name}-life`;
  const life = new Life(name, 4000, seed);
  await project.sql(
    `insert into private.connection_rate_limits (connection_id, span, calls)
     values ($1, '1 second', 1000), ($1, '1 minute', 10000), ($1, '1 hour', 100000)`,
    [connection.id],
  );
  const campaignId = await driver.makeCampaign(project, connection, name, life.people());
  let syncs = 0;
  let replays = 0;
  let broken = 0;
  let events = 0;
  let problems: string[] = [];

  async function sync(replayed = false): Promise<string> {
    const now = Date.now();
    const replay = { from: new Date(now - 2 * hour).toISOString(), to: new Date(now).toISOString() };
    const body = { connection_id: connection.id, ...(replayed ? { replay } : {}) };
    const { jobs } = await callUntil(world, 'sync-client', body, [202]);
    const [job] = jobs as { job_id: string }[];
    const ended = await jobEnded(world, String(job?.job_id));
    if (replayed) replays++;
    else syncs++;
    const errors = ended.result['errors'] as unknown[] | undefined;
    if (ended.status !== 'completed' || (errors ?? []).length > 0) {
      broken++;
      problems.push(`${ended.status} ${ended.error_code ?? ''} ${JSON.stringify(errors)}`);
    }
    return ended.status;
  }

  await project.invoke('sync-client', { connection_id: connection.id });
  await persist(world, 'the first sync has ended', async () => {
    const { open } = await project.one<{ open: number }>(
      `select count(*)::int as open from private.jobs where connection_id = $1 and finished_at is null`,
      [connection.id],
    );
    return open === 0 ? true : undefined;
  });
  await callUntil(world, 'provider-connection', {
    action: 'register_webhook',
    connection_id: connection.id,
  }, [200]);

  /** What happens in the moments since the last time. */
  async function live(): Promise<void> {
    const from = simulator.simulatedNow().getTime();
    await simulator.advance({ to: new Date(Date.now() + world.providerSkew) });
    const to = simulator.simulatedNow().getTime();
    for (const event of life.between(from, to, 3)) {
      simulator.emit({ ...event, workspaceId: connection.workspaceId, campaignId } as never);
      events++;
    }
  }

  return {
    name: `sync and replay of ${provider.name}`,
    async run(lap: Lap) {
      problems = [];
      await Promise.all([
        (async () => {
          while (!lap.isCalm) {
            await live();
            await sleep(300);
          }
        })(),
        (async () => {
          while (!lap.isCalm) {
            await sync();
            await sleep(300);
          }
        })(),
        // A replay may run beside a sync; only Instantly has a log to read.
        (async () => {
          while (!lap.isCalm && provider.name === 'instantly') {
            await sync(true);
            await sleep(1000);
          }
        })(),
      ]);
      await simulator.deliveriesSettled();
      await driver.beforeSync(project, connection);
      problems = [];
      // What the kills left undone, the next syncs do.
      await persist(world, `a sync of ${provider.name} completes`, async () => {
        const done = await sync() === 'completed';
        await simulator.deliveriesSettled();
        return done ? true : undefined;
      }, 500);
      for (let more = 1; more < driver.syncs; more++) await sync();
      await simulator.deliveriesSettled();
    },
    async check(): Promise<Finding[]> {
      const comparable = (of: object): Counts => {
        const counts = of as Counts;
        if (driver.tellsAutomaticReplies) return counts;
        const { replies, autoReplies, auto_replies, leadsReplied: _, ...rest } = counts;
        return { ...rest, replies: Number(replies) + Number(autoReplies ?? auto_replies) };
      };
      const eachOf = (numbers: Record<string, object>) =>
        Object.entries(numbers).map(([key, of]): [string, unknown] => [key, ordered(comparable(of))]);
      const ours = await seen(project, name);
      const truth = driver.truth(project, campaignId);
      const wrong = [
        ...differences(eachOf({ totals: ours.totals ?? {} }), eachOf({ totals: truth.totals })),
        ...differences(
          eachOf(await life.seen(project, name) as Record<string, LeadFacts>),
          eachOf(Object.fromEntries(life.facts)),
        ),
      ];
      return [finding(
        'Counters equal what happened at the provider',
        wrong.length === 0,
        `${provider.name}: ${events} events of ${life.facts.size} leads, ${syncs} syncs and ${replays} replays, ` +
          `${broken} of them incomplete at first` +
          (wrong.length === 0
            ? ''
            : `; ${wrong.length} differences, such as ${wrong.slice(0, 3).join('; ')}; last: ${
              problems.slice(-2).join('; ')
            }`),
      )];
    },
  };
}

const ordered = (counts: Counts) =>
  Object.fromEntries(Object.entries(counts).sort(([left], [right]) => left.localeCompare(right)));
