// What a reader costs that holds a snapshot open, as a dump, a replica with feedback or a forgotten console does: Postgres may not
// remove the row versions that it could still see, and queues are read through them.
//
// Method: two databases on one Postgres 17 with fsync on. In turns, each stores 10,000 deliveries in groups of 64 and projects
// them with one connection, at full speed, 60 times: 600,000 deliveries, as 1,000 a second for ten minutes. In one of the
// two a transaction keeps its snapshot from the second turn on. Compared are the last ten turns of both, so that what else
// the machine does meets both. Claim: how long finding the next 500 waiting deliveries takes, the median of 20 in each turn.
import pg from 'pg';
import { migrate } from '../local/cli/supabase-cli.ts';
import { createDatabase, startThrowAwayPostgres } from '../local/stack/testing.ts';
import { prepareProjection, projectAll, storeDeliveries } from './projection.ts';

const perTurn = 10_000;
/** Six events each: what a lead brings in ten minutes is a mail, its openings and perhaps a reply. */
const leads = 100_000;
const compared = 10;

interface Turn {
  ingest: number;
  projection: number;
  claim: number;
}

export async function benchHeldSnapshot(turns = 60): Promise<boolean> {
  const postgres = await startThrowAwayPostgres({ durable: true });
  const connect = async (name: string) => {
    const database = new pg.Client({ connectionString: postgres.adminUrl(name) });
    await database.connect();
    return database;
  };
  const open: pg.Client[] = [];
  try {
    const sides = { free: [] as Turn[], held: [] as Turn[] };
    const databases = new Map<keyof typeof sides, pg.Client>();
    for (const name of ['free', 'held'] as const) {
      await createDatabase(postgres, name);
      await migrate(postgres.url(name));
      const database = await connect(name);
      open.push(database);
      databases.set(name, database);
      await prepareProjection(database);
    }
    for (let turn = 1; turn <= turns; turn++) {
      for (const [name, database] of databases) sides[name].push(await takeTurn(database));
      if (turn === 1) {
        const reader = await connect('held');
        open.push(reader);
        await reader.query('begin isolation level repeatable read');
        await reader.query('select count(*) from private.webhook_events');
      }
      if (turn % 5 === 0) {
        console.log(
          `  turn ${turn}: ${show(sides.free.at(-1)!)}; snapshot held: ${show(sides.held.at(-1)!)}`,
        );
      }
    }
    return report(sides.free.slice(-compared), sides.held.slice(-compared));
  } finally {
    for (const database of open) await database.end();
    await postgres.stop();
  }
}

async function takeTurn(database: pg.Client): Promise<Turn> {
  const storing = performance.now();
  await storeDeliveries(database, perTurn, { leads });
  const projecting = performance.now();
  const claim = await measureClaim(database);
  const started = performance.now();
  await projectAll(database);
  return {
    ingest: rate(projecting - storing),
    projection: rate(performance.now() - started),
    claim,
  };
}

const rate = (milliseconds: number): number => 1000 * perTurn / milliseconds;

/** Milliseconds until a worker has its batch. */
async function measureClaim(database: pg.Client): Promise<number> {
  const times: number[] = [];
  for (let count = 0; count < 20; count++) {
    const started = performance.now();
    await database.query(
      `select e.id from private.webhook_events as e where e.status = 'pending' and e.next_attempt_at <= now()
       order by e.next_attempt_at, e.id limit 500`,
    );
    times.push(performance.now() - started);
  }
  return median(times);
}

function median(values: number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;
}

function show({ ingest, projection, claim }: Turn): string {
  return `ingest ${whole(ingest)}/s, projection ${whole(projection)}/s, claim ${claim.toFixed(1)} ms`;
}

const whole = (value: number): string => Math.round(value).toLocaleString('en');

/** True if the goal is met: 80 % of both rates. */
function report(free: Turn[], held: Turn[]): boolean {
  const compare = (value: (turn: Turn) => number) => median(held.map(value)) / median(free.map(value));
  const ingest = compare((turn) => turn.ingest);
  const projection = compare((turn) => turn.projection);
  const claim = compare((turn) => turn.claim);
  const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
  console.log(
    `  with the snapshot held: ingest ${percent(ingest)}, projection ${
      percent(projection)
    } of the rate without (goal 80 %); claim ${claim.toFixed(1)} × as long`,
  );
  return ingest >= 0.8 && projection >= 0.8;
}
