// Deliveries projected per second by one worker, and what each step of the projector costs.
//
// Method: Postgres 17 with fsync on. Deliveries of about 1.6 kB (20 campaigns, 2,000 leads, five types, one in five with
// a mail to keep) are stored in groups of 64, as by the receiver; then one connection calls process_webhook_events(1000) until
// none is left. The first round starts with empty tables, the others with known leads. Processor time is the kernel's count
// for the one backend, valid even while other work shares the machine. The ceiling in the same run: one insert of the same
// facts into an empty copy of email_events with its indexes. The client is in UTC, or in the zone that is named after the
// benchmark: `npm run bench -- projection Asia/Kolkata`.
import { createHash, randomBytes } from 'node:crypto';
import process from 'node:process';
import pg from 'pg';
import { migrate } from '../local/cli/supabase-cli.ts';
import { processorSeconds } from '../local/shared/process-usage.ts';
import { createDatabase, startThrowAwayPostgres } from '../local/stack/testing.ts';
import { readInstantlyWebhook } from '../supabase/functions/_shared/providers/instantly/webhook-mapping.ts';
import { prepareEvent } from '../supabase/functions/_shared/events/prepared-event.ts';
import { listCampaigns, nextDelivery } from './deliveries.ts';

const rounds = 4;
/** Rounds at the end with an endpoint, which hears of every fiftieth delivery: a bounce of this moment. */
const roundsWithEndpoint = 2;
const perAnnounced = 50;
const perRound = 10_000;
const groupSize = 64;
const connectionId = 'dddddddd-0000-4000-8000-000000000001';
const secret = randomBytes(24).toString('base64url');

export async function benchProjection(): Promise<void> {
  const postgres = await startThrowAwayPostgres({ durable: true, settings: { track_functions: 'all' } });
  try {
    await createDatabase(postgres, 'bench');
    await migrate(postgres.url('bench'));
    const database = new pg.Client({ connectionString: postgres.adminUrl('bench') });
    await database.connect();
    try {
      await prepareProjection(database);
      for (let round = 1; round <= rounds + roundsWithEndpoint; round++) {
        if (round === rounds + 1) await addEndpoint(database);
        await storeDeliveries(database, perRound, { announces: round > rounds });
        await database.query('vacuum analyze');
        await database.query('select pg_stat_reset()');
        await measureRound(database, round);
      }
      const { rows } = await database.query<{ events: number }>(
        'select count(*)::int as events from private.outgoing_events',
      );
      console.log(`  events written for the endpoint: ${rows[0]?.events}`);
      await showSteps(database);
      await measureCeiling(database);
    } finally {
      await database.end();
    }
  } finally {
    await postgres.stop();
  }
}

export async function prepareProjection(database: pg.Client): Promise<void> {
  await prepareConnection(database, connectionId);
}

/** A client with a connection of this id, which takes deliveries. */
export async function prepareConnection(database: pg.Client, id: string): Promise<void> {
  const clientId = id.replace(/^d+/, 'cccccccc');
  await database.query(`insert into public.clients (id, name, time_zone) values ($1, $2, $3)`, [
    clientId,
    `Bench ${id}`,
    process.argv[3] ?? 'UTC',
  ]);
  await database.query(
    `insert into public.provider_connections (id, client_id, name) values ($1, $2, $3)`,
    [id, clientId, `Bench ${id}`],
  );
  await database.query('insert into private.webhook_secrets (connection_id, digest) values ($1, $2)', [
    id,
    createHash('sha256').update(secret).digest(),
  ]);
  await listCampaigns(database, id);
}

async function addEndpoint(database: pg.Client): Promise<void> {
  await database.query(
    `insert into public.outgoing_endpoints (name, url, events)
     values ('Bench', 'https://bench.test', '{reply.positive,meeting.booked,email.bounced,lead.unsubscribed}')`,
  );
}

/** Stores deliveries as the receiver does. */
export async function storeDeliveries(
  database: pg.Client,
  count: number,
  { announces = false, leads, of = connectionId }: { announces?: boolean; leads?: number; of?: string } = {},
): Promise<void> {
  for (let done = 0; done < count; done += groupSize) {
    const deliveries = Array.from({ length: Math.min(groupSize, count - done) }, (_, place) => {
      const isNews = announces && (done + place) % perAnnounced === 0;
      const usual = nextDelivery(leads);
      const text = isNews
        ? JSON.stringify({
          ...JSON.parse(usual) as object,
          event_type: 'email_bounced',
          timestamp: new Date().toISOString(),
        })
        : usual;
      return {
        provider: 'instantly',
        connection_id: of,
        secret_digest: createHash('sha256').update(secret).digest('hex'),
        events: [prepareEvent('instantly', readInstantlyWebhook, JSON.parse(text), text)],
      };
    });
    await database.query('select worker.ingest_webhook_events($1)', [JSON.stringify(deliveries)]);
  }
}

async function measureRound(database: pg.Client, round: number): Promise<void> {
  const pid = await backend(database);
  const booked = processorSeconds(pid);
  const started = performance.now();
  await projectAll(database);
  const seconds = (performance.now() - started) / 1000;
  const used = processorSeconds(pid) - booked;
  report(`round ${round}`, seconds, Number.isNaN(used) ? '' : `${perSecond(used)}/s of processor time`);
}

export type Positions = Record<string, string>;

/** One worker, until nothing waits that no other one has, from its last positions; returns how far it came. */
export async function projectAll(database: pg.Client, from: Positions = {}): Promise<Positions> {
  let positions = from;
  for (let isDone = false; !isDone;) {
    const { rows }: pg.QueryResult<
      { answer: { claimed: number; positions: Positions; unfinished: string[] } }
    > = await database.query(
      `select worker.process_webhook_events(1000, $1, array(select id from public.provider_connections)) as answer`,
      [positions],
    );
    const [{ answer }] = rows as [typeof rows[0]];
    isDone = answer.claimed === 0 && answer.unfinished.length === 0;
    positions = { ...positions, ...answer.positions };
  }
  return positions;
}

async function showSteps(database: pg.Client): Promise<void> {
  await database.query('select pg_stat_force_next_flush()');
  const { rows } = await database.query<{ name: string; milliseconds: number }>(
    `select schemaname || '.' || funcname as name, total_time as milliseconds
     from pg_stat_user_functions where total_time > 5 order by total_time desc`,
  );
  const whole = rows.find((row) => row.name === 'worker.process_webhook_events')?.milliseconds ?? NaN;
  console.log('  of the last round, each with what it calls:');
  for (const { name, milliseconds } of rows) {
    console.log(
      `    ${name.padEnd(44)}${(1000 * milliseconds / perRound).toFixed(1).padStart(7)} µs an event ${
        (100 * milliseconds / whole).toFixed(0).padStart(4)
      } %`,
    );
  }
}

async function measureCeiling(database: pg.Client): Promise<void> {
  await database.query('create table private.bench_events (like public.email_events including all)');
  const started = performance.now();
  await database.query(
    `insert into private.bench_events select * from public.email_events limit ${perRound}`,
  );
  report('one insert of the bare facts', (performance.now() - started) / 1000, '');
}

async function backend(database: pg.Client): Promise<number> {
  const { rows } = await database.query<{ pid: number }>('select pg_backend_pid() as pid');
  return rows[0]?.pid ?? 0;
}

function perSecond(seconds: number): string {
  return Math.round(perRound / seconds).toLocaleString('en');
}

function report(what: string, seconds: number, details: string): void {
  console.log(`  ${what.padEnd(32)}${perSecond(seconds).padStart(9)}/s   ${details}`);
}
