// Deliveries projected per second by one worker and by several at the same time, over eight connections in all shards.
//
// Method: as `projection`, with eight clients, each with its own connection, 20 campaigns and 2,000 leads. Before each measurement
// 5,000 deliveries of each connection are stored, the first time to make the leads known. Each worker has a connection to the
// database of its own and asks for all eight, as a function that everything arrives at.
import pg from 'pg';
import { migrate } from '../local/cli/supabase-cli.ts';
import { createDatabase, startThrowAwayPostgres } from '../local/stack/testing.ts';
import { prepareConnection, projectAll, storeDeliveries } from './projection.ts';

const connections = Array.from({ length: 8 }, (_, number) => `dddddddd-0000-4000-8000-00000000000${number}`);
const perConnection = 5_000;
const turns = [1, 1, 2, 3, 1, 2, 3];

export async function benchProjectors(): Promise<void> {
  const postgres = await startThrowAwayPostgres({ durable: true });
  try {
    await createDatabase(postgres, 'bench');
    await migrate(postgres.url('bench'));
    const workers = await Promise.all(Array.from({ length: Math.max(...turns) }, async () => {
      const worker = new pg.Client({ connectionString: postgres.adminUrl('bench') });
      await worker.connect();
      return worker;
    }));
    const [database] = workers as [pg.Client];
    try {
      for (const id of connections) await prepareConnection(database, id);
      for (const [turn, count] of turns.entries()) {
        for (const of of connections) await storeDeliveries(database, perConnection, { of });
        await database.query('vacuum analyze');
        await database.query('checkpoint');
        const started = performance.now();
        await Promise.all(workers.slice(0, count).map((worker) => projectAll(worker)));
        const seconds = (performance.now() - started) / 1000;
        await requireAllProjected(database);
        const rate = Math.round(connections.length * perConnection / seconds).toLocaleString('en');
        console.log(
          `  ${count === 1 ? '1 worker ' : `${count} workers`}${rate.padStart(9)}/s${
            turn === 0 ? ', new leads' : ''
          }`,
        );
      }
    } finally {
      await Promise.all(workers.map((worker) => worker.end()));
    }
  } finally {
    await postgres.stop();
  }
}

async function requireAllProjected(database: pg.Client): Promise<void> {
  const { rows } = await database.query<{ left: number }>(
    `select count(*)::int as left from private.webhook_events where status <> 'projected'`,
  );
  if (rows[0]?.left !== 0) throw new Error(`${rows[0]?.left} deliveries were not projected`);
}
