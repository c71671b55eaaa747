// How long a client with many events takes from one project to another, and its parts.
//
// Method: two databases on one Postgres 17 with fsync on, as two projects in one region: no network between them, but two cores for both
// sides and the command. Deliveries of about 1.6 kB are stored and projected as in production, 1,000,000 unless another number is named
// (`npm run bench -- move 100000`), for one client with 100,000 leads; then the command moves it. Its functions are not called: no
// webhook is on record.
import { randomBytes } from 'node:crypto';
import process from 'node:process';
import pg from 'pg';
import { migrate } from '../local/cli/supabase-cli.ts';
import { step } from '../local/cli/progress.ts';
import { moveClient } from '../local/move/move.ts';
import { createDatabase, startThrowAwayPostgres } from '../local/stack/testing.ts';
import { prepareProjection, projectAll, storeDeliveries } from './projection.ts';

const perTurn = 50_000;
const leads = 100_000;
const clientId = 'cccccccc-0000-4000-8000-000000000001';

export async function benchMove(): Promise<void> {
  const events = Number(process.argv[3] ?? 1_000_000);
  // The argument is the number here, and a time zone there.
  process.argv.splice(3);
  const postgres = await startThrowAwayPostgres({ durable: true });
  try {
    for (const name of ['source', 'target']) {
      await createDatabase(postgres, name);
      await migrate(postgres.url(name));
      await withDatabase(postgres.adminUrl(name), async (database) => {
        await database.query('select vault.create_secret($1, $2)', [`https://${name}.test`, 'project_url']);
        await database.query('select vault.create_secret($1, $2)', ['secret', 'cron_secret_key']);
      });
    }
    await withDatabase(postgres.adminUrl('source'), async (database) => {
      await prepareProjection(database);
      for (let done = 0; done < events; done += perTurn) {
        await storeDeliveries(database, Math.min(perTurn, events - done), { leads });
        await projectAll(database);
        await database.query('analyze');
      }
      // Texts are prepared by the functions, which do not run here.
      await database.query(
        'update private.message_contents set prepare_at = null where prepare_at is not null',
      );
    });
    const masterKeys = { current: 'k1', keys: { k1: randomBytes(32).toString('base64') } };
    const started = performance.now();
    await moveClient({ client: clientId, target: 'https://target.test', action: 'move', isDryRun: false }, {
      source: { databaseUrl: postgres.url('source'), masterKeys },
      target: { databaseUrl: postgres.url('target'), masterKeys },
      report: { step, line: console.log },
    });
    const memory = Math.round(process.memoryUsage().rss / 2 ** 20);
    console.log(`${events} events: ${((performance.now() - started) / 1_000).toFixed(1)} s, ${memory} MiB`);
  } finally {
    await postgres.stop();
  }
}

async function withDatabase(url: string, work: (database: pg.Client) => Promise<void>): Promise<void> {
  const database = new pg.Client({ connectionString: url });
  await database.connect();
  try {
    await work(database);
  } finally {
    await database.end();
  }
}
