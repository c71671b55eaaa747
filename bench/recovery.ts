// How long it takes until our facts equal the provider's after a 24-hour outage with 100,000 events: 90,000 deliveries were
// attempted and failed (they are in the delivery log), then the webhook was switched off and 10,000 were never attempted.
//
// Method: see project.ts; the limits are 100 calls a second and 20 lists of mails a minute. The floor is what these allow: sent
// mails and replies that are in no log are only in the list of mails, 100 a call, and the log has 100 rows a call. One sync is started; it
// continues itself after each call, and like the minute sweep the benchmark resumes it at the next full minute when it waits. The time is until every count per lead and per campaign
// equals the simulator's.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type pg from 'pg';
import type { InstantlySimulator } from '../simulators/instantly/simulator.ts';
import { type LeadFacts, Life } from '../tests/support/outage.ts';
import { makeCampaign, people, providerApi } from '../tests/support/provider-api.ts';
import { apiKey, type BenchProject, connectionId, startBenchProject } from './project.ts';

const hour = 3_600_000;
const logged = 90_000;
const unlogged = 10_000;
const leads = 20_000;
const pageSize = 100;
const listsPerMinute = 20;
const callsPerSecond = 100;

export async function benchRecovery(): Promise<void> {
  const project = await startBenchProject(
    ['sync-client'],
    {
      startAt: new Date(Date.now() - 26 * hour),
      delivery: {
        retryDelaysMs: [],
        failuresBeforeSwitchOff: logged,
        concurrency: 32,
        logSize: logged + unlogged,
      },
    },
    {},
    { isContinued: true },
  );
  const down = createServer((request, response) => {
    request.resume();
    request.on('end', () => response.writeHead(503).end());
  });
  await new Promise<void>((resolve) => down.listen(0, '127.0.0.1', resolve));
  try {
    await measure(
      project,
      await playOutage(project, `http://127.0.0.1:${(down.address() as AddressInfo).port}`),
    );
  } finally {
    down.close();
    await project.stop();
  }
}

async function playOutage({ simulator, workspaceId }: BenchProject, address: string): Promise<Life> {
  const campaignId = await makeCampaign(simulator.url, apiKey, 'Bench', people(leads, 'bench'));
  await providerApi(simulator.url, apiKey).post('webhooks', {
    name: 'Replyloop',
    target_hook_url: `${address}/instantly-webhook/${connectionId}`,
    event_type: 'all_events',
  });
  const life = new Life('bench', leads, 1);
  const perHour = Math.ceil((logged + unlogged) / 24);
  for (let number = 0; number < 24; number++) {
    const from = simulator.simulatedNow().getTime();
    await simulator.advance({ hours: 1 });
    for (const event of life.between(from, from + hour, perHour)) {
      simulator.emit({ ...event, workspaceId, campaignId });
    }
    await simulator.deliveriesSettled();
  }
  return life;
}

async function measure({ call, database, simulator }: BenchProject, life: Life): Promise<void> {
  const started = performance.now();
  const elapsed = () => (performance.now() - started) / 1000;
  const { jobs } = await call('sync-client', { connection_id: connectionId });
  const jobId = (jobs as { job_id: string }[])[0]?.job_id;
  let minute = 1;
  let job: Record<string, unknown> = {};
  let phase = '';
  do {
    await new Promise((resolve) => setTimeout(resolve, 250));
    const { rows } = await database.query<Record<string, unknown>>(
      `select status, result, cursor ->> 'phase' as phase, lease_token is null and next_attempt_at <= now() as is_due from private.jobs where id = $1`,
      [jobId],
    );
    job = rows[0] ?? {};
    if (job['phase'] !== phase) {
      phase = String(job['phase']);
      console.log(`  ${elapsed().toFixed(1).padStart(7)} s  ${phase}`);
    }
    if (elapsed() > minute * 60) {
      minute++;
      if (job['is_due'] === true) await call('sync-client', { job_id: jobId });
    }
  } while (job['status'] === 'queued' || job['status'] === 'running');
  const seconds = elapsed();
  const floor = floorOf(life);
  const lists =
    simulator.requests().filter(({ method, path }) => method === 'GET' && path.endsWith('/emails')).length;
  const differences = await compare(database, simulator, life);
  console.log(`  ${JSON.stringify(job['result'])}`);
  console.log(
    `  ${life.events.length.toLocaleString('en')} missed events, of which ${
      (life.events.length - logged).toLocaleString('en')
    } stood in no log: ${String(job['status'])} after ${seconds.toFixed(0)} s, ${
      Math.round(life.events.length / seconds).toLocaleString('en')
    } events/s, ${differences} differences to the provider`,
  );
  console.log(
    `  the limits allow ${floor.seconds.toFixed(0)} s (${floor.lists} lists of mails, ${lists} were read): ${
      (seconds / floor.seconds).toFixed(2)
    } times that`,
  );
}

/** How long the unavoidable calls take at the provider's limits. */
function floorOf(life: Life): { seconds: number; lists: number } {
  const mails = ['email_sent', 'reply_received', 'auto_reply_received'];
  const unlogged = life.events.slice(logged).filter(({ type }) => mails.includes(type)).length;
  const lists = Math.ceil(unlogged / pageSize);
  return { lists, seconds: Math.max(lists / listsPerMinute * 60, logged / pageSize / callsPerSecond) };
}

/** How many leads and campaign totals differ from the truth. */
async function compare(database: pg.Client, simulator: InstantlySimulator, life: Life): Promise<number> {
  const { rows } = await database.query<LeadFacts & { email: string }>(
    `select l.email, l.sent_count_observed as sent, l.open_count_observed as opens, l.click_count_observed as clicks, l.reply_count_observed as replies,
       l.auto_reply_count as auto_replies, e.bounced, e.unsubscribed
     from public.synced_leads as l
     join (
       select lead_id, bool_or(type = 'email_bounced') as bounced, bool_or(type = 'lead_unsubscribed') as unsubscribed
       from public.email_events group by lead_id
     ) as e on e.lead_id = l.id`,
  );
  const ours = new Map(rows.map(({ email, ...facts }) => [email, facts]));
  let differences = 0;
  for (const [email, facts] of life.facts) {
    const mine = ours.get(email);
    if (Object.entries(facts).some(([name, value]) => mine?.[name as keyof LeadFacts] !== value)) {
      differences++;
    }
  }
  const { rows: [totals] } = await database.query<Record<string, number>>(
    'select * from public.campaign_activity_totals',
  );
  const [truth] = simulator.truth();
  const pairs = [
    ['sent', truth?.sent],
    ['contacted', truth?.contactedLeads],
    ['opens', truth?.opens],
    ['opened', truth?.leadsOpened],
    ['clicks', truth?.clicks],
    ['clicked', truth?.leadsClicked],
    ['replies', truth?.replies],
    ['replied', truth?.leadsReplied],
    ['auto_replies', truth?.autoReplies],
    ['bounced', truth?.bounced],
    ['unsubscribed', truth?.unsubscribed],
  ] as const;
  return differences + pairs.filter(([name, value]) => totals?.[name] !== value).length;
}
