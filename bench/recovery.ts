// How long it takes until our facts equal the provider's again after 24 hours without a reachable webhook, in which 100,000
// things happened: 90,000 were tried and failed (they stand in the delivery log), then the webhook was switched off and
// 10,000 more were never tried.
//
// Method: one Postgres 17 with fsync on, PostgREST, `deno serve` and the Instantly simulator (documented limits: 100 calls a
// second, 20 lists of mails a minute) share the machine. One sync is started and, as the minute sweep does, called again at
// the next full minute whenever it has given itself back. The time runs until every count per lead and per campaign equals
// the simulator's.
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '../local/cli-tool.ts';
import { type InstantlySimulator, startInstantlySimulator } from '../local/instantly-simulator/simulator.ts';
import { createKeys } from '../local/keys.ts';
import { type Stack, startStack } from '../local/stack.ts';
import { createDatabase, startThrowAwayPostgres } from '../local/testing.ts';
import { sealKey } from '../supabase/functions/_shared/sealing.ts';
import { type LeadFacts, Life } from '../tests/support/outage.ts';
import { makeCampaign, people, providerApi } from '../tests/support/provider-api.ts';

const hour = 3_600_000;
const logged = 90_000;
const unlogged = 10_000;
const leads = 20_000;
const clientId = 'cccccccc-0000-4000-8000-000000000002';
const connectionId = 'dddddddd-0000-4000-8000-000000000002';
const apiKey = 'bench-key';

export async function benchRecovery(): Promise<void> {
  const postgres = await startThrowAwayPostgres({ durable: true });
  const logDirectory = mkdtempSync(join(tmpdir(), 'bench-'));
  const simulator = await startInstantlySimulator({
    port: 0,
    startAt: new Date(Date.now() - 26 * hour),
    delivery: {
      retryDelaysMs: [],
      failedGroupsBeforeSwitchOff: logged,
      concurrency: 32,
      logSize: logged + unlogged,
    },
  });
  const down = createServer((request, response) => {
    request.resume();
    request.on('end', () => response.writeHead(503).end());
  });
  await new Promise<void>((resolve) => down.listen(0, '127.0.0.1', resolve));
  try {
    await createDatabase(postgres, 'bench');
    await migrate(postgres.url('bench'));
    const database = new pg.Client({ connectionString: postgres.adminUrl('bench') });
    await database.connect();
    const masterKeys = { current: 'k1', keys: { k1: randomBytes(32).toString('base64') } };
    const stack = await startStack({
      postgres,
      database: 'bench',
      keys: await createKeys(),
      functions: ['sync-client'],
      scheduler: false,
      environment: { PROVIDER_KEYS_MASTER: JSON.stringify(masterKeys), INSTANTLY_API_URL: simulator.url },
      logDirectory,
    });
    try {
      await connect(database, masterKeys);
      const life = await playOutage(simulator, `http://127.0.0.1:${(down.address() as AddressInfo).port}`);
      await measure(stack, database, simulator, life);
    } finally {
      await stack.stop();
      await database.end();
    }
  } finally {
    down.close();
    await simulator.stop();
    await postgres.stop();
    rmSync(logDirectory, { recursive: true, force: true });
  }
}

async function connect(database: pg.Client, masterKeys: Parameters<typeof sealKey>[0]): Promise<void> {
  await database.query(`insert into public.clients (id, name) values ($1, 'Bench')`, [clientId]);
  await database.query(
    `insert into public.provider_connections (id, client_id, name, api_key_last4) values ($1, $2, 'Bench', '-key')`,
    [connectionId, clientId],
  );
  const sealed = await sealKey(masterKeys, connectionId, apiKey);
  await database.query(
    'insert into private.provider_keys (connection_id, sealed_key, master_key_id) values ($1, $2, $3)',
    [connectionId, sealed.sealedKey, sealed.masterKeyId],
  );
  await database.query('insert into private.webhook_secrets (connection_id, digest) values ($1, $2)', [
    connectionId,
    createHash('sha256').update('secret').digest(),
  ]);
}

async function playOutage(simulator: InstantlySimulator, address: string): Promise<Life> {
  const workspace = simulator.createWorkspace({
    keys: [apiKey],
    accounts: ['mia@outreach.test', 'jon@outreach.test'],
  });
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
      simulator.emit({ ...event, workspaceId: workspace.id, campaignId });
    }
    await simulator.deliveriesSettled();
  }
  return life;
}

async function measure(
  stack: Stack,
  database: pg.Client,
  simulator: InstantlySimulator,
  life: Life,
): Promise<void> {
  const call = async (body: unknown) =>
    await (await fetch(`${stack.functionsUrl}/sync-client`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', apikey: stack.secretKeys.cron },
      body: JSON.stringify(body),
    })).json() as { jobs?: { job_id: string }[] };
  const started = performance.now();
  const elapsed = () => (performance.now() - started) / 1000;
  const { jobs } = await call({ connection_id: connectionId });
  const jobId = jobs?.[0]?.job_id;
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
      if (job['is_due'] === true) await call({ job_id: jobId });
    }
  } while (job['status'] === 'queued' || job['status'] === 'running');
  const seconds = elapsed();
  const differences = await compare(database, simulator, life);
  console.log(`  ${JSON.stringify(job['result'])}`);
  console.log(
    `  ${life.events.length.toLocaleString('en')} missed events, of which ${
      (life.events.length - logged).toLocaleString('en')
    } stood in no log: ${String(job['status'])} after ${seconds.toFixed(0)} s, ${
      Math.round(life.events.length / seconds).toLocaleString('en')
    } events/s, ${differences} differences to the provider`,
  );
}

/** How many leads, and totals of the campaign, differ from what happened. */
async function compare(database: pg.Client, simulator: InstantlySimulator, life: Life): Promise<number> {
  const { rows } = await database.query<LeadFacts & { email: string }>(
    `select l.email, l.sent_count_seen as sent, l.open_count_seen as opens, l.click_count_seen as clicks, l.reply_count_seen as replies,
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
