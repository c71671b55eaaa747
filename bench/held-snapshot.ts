// What a reader costs that holds a snapshot open, as a dump, a replica with feedback or a forgotten console does: Postgres may not
// remove the row versions that it could still see, and queues are read through them.
//
// Method: two databases on one Postgres 17 with fsync on. In turns, each stores 10,000 deliveries in groups of 64 and projects
// them with one connection, at full speed, 60 times: 600,000 deliveries, as 1,000 a second for ten minutes. In one of the
// two a transaction keeps its snapshot from the second turn on. What else the machine does meets both. Compared is what was stored
// and projected meanwhile, and, as the worst of it, the last ten turns. Claim: how long finding the next 1,000 waiting deliveries takes, the median of nine in each turn.
import pg from 'pg';
import { migrate } from '../local/cli/supabase-cli.ts';
import { createDatabase, startThrowAwayPostgres } from '../local/stack/testing.ts';
import { type Positions, prepareProjection, projectAll, storeDeliveries } from './projection.ts';

const perTurn = 10_000;
/** Six events each: what a lead brings in ten minutes is a mail, its openings and perhaps a reply. */
const leads = 100_000;
const compared = 10;

interface Turn {
  ingest: number;
  projection: number;
  claim: number;
  positions: Positions;
}

export async function benchHeldSnapshot(turns = 60): Promise<boolean> {
  const postgres = await startThrowAwayPostgres({ durable: true, settings: { track_functions: 'all' } });
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
      if (turn === turns - compared + 1) {
        for (const database of databases.values()) await database.query('select pg_stat_reset()');
      }
      for (const [name, database] of databases) {
        // A worker starts without positions twice a minute; here every tenth turn.
        const positions = turn % 10 === 1 ? {} : sides[name].at(-1)?.positions ?? {};
        sides[name].push(await takeTurn(database, positions));
      }
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
    await compareSteps(databases);
    return report(sides.free, sides.held);
  } finally {
    for (const database of open) await database.end();
    await postgres.stop();
  }
}

/** Which steps of the projector take longer with the snapshot held, in the turns that are compared. */
async function compareSteps(databases: ReadonlyMap<string, pg.Client>): Promise<void> {
  const times = new Map<string, Record<string, number>>();
  for (const [side, database] of databases) {
    await database.query('select pg_stat_force_next_flush()');
    const { rows } = await database.query<{ name: string; milliseconds: number }>(
      `select funcname as name, self_time as milliseconds from pg_stat_user_functions where self_time > 1`,
    );
    for (const { name, milliseconds } of rows) {
      times.set(name, { ...times.get(name), [side]: 1000 * milliseconds / (compared * perTurn) });
    }
  }
  const slower = [...times].map(([name, { free = 0, held = 0 }]) => ({ name, free, held }))
    .sort((one, other) => other.held - other.free - (one.held - one.free)).slice(0, 12);
  for (const { name, free, held } of slower) {
    console.log(
      `    ${name.padEnd(32)}${free.toFixed(1).padStart(8)} µs an event, snapshot held ${held.toFixed(1)}`,
    );
  }
}

async function takeTurn(database: pg.Client, positions: Positions): Promise<Turn> {
  const storing = performance.now();
  await storeDeliveries(database, perTurn, { leads });
  const stored = performance.now();
  const claim = await measureClaim(database, positions);
  const started = performance.now();
  const reached = await projectAll(database, positions);
  return {
    ingest: rate(stored - storing),
    projection: rate(performance.now() - started),
    claim,
    positions: reached,
  };
}

const rate = (milliseconds: number): number => 1000 * perTurn / milliseconds;

/** Milliseconds until a worker has its batch, as the one that projects: it continues from its positions. */
async function measureClaim(database: pg.Client, positions: Positions): Promise<number> {
  const times: number[] = [];
  for (let count = 0; count < 9; count++) {
    await database.query('begin');
    const started = performance.now();
    await database.query(`select private.claim_webhook_events(1000, $1, null, '{0,1,2,3}')`, [positions]);
    times.push(performance.now() - started);
    await database.query('rollback');
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

/** True if the goal is met: 80 % of both rates while the snapshot is held. */
function report(free: Turn[], held: Turn[]): boolean {
  const overAll = (rate: (turn: Turn) => number) => inAll(held, rate) / inAll(free, rate);
  const atTheEnd = (value: (turn: Turn) => number) =>
    median(held.slice(-compared).map(value)) / median(free.slice(-compared).map(value));
  const ingest = overAll((turn) => turn.ingest);
  const projection = overAll((turn) => turn.projection);
  console.log(
    `  with the snapshot held: ingest ${percent(ingest)}, projection ${
      percent(projection)
    } of the rate without (goal 80 %); in the last ${compared} turns ${
      percent(atTheEnd((turn) => turn.ingest))
    } and ${percent(atTheEnd((turn) => turn.projection))}, claim ${
      atTheEnd((turn) => turn.claim).toFixed(1)
    } × as long`,
  );
  return ingest >= 0.8 && projection >= 0.8;
}

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;

/** Deliveries a second over all turns but the first, after which the snapshot is taken. */
function inAll(turns: Turn[], rateOf: (turn: Turn) => number): number {
  const seconds = turns.slice(1).map((turn) => perTurn / rateOf(turn));
  return perTurn * seconds.length / seconds.reduce((sum, one) => sum + one, 0);
}
