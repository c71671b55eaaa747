// How long it takes to count everything again that is added up from events.
//
// Method: clients, leads and events of dashboard-data.ts, whose added-up numbers are invented. The first run corrects nearly all of them
// (a year of days for each campaign), the second finds nothing to do: it is the time of reading. Two connections, each working on one
// share of the campaigns, as `npm run rebuild` does; beside the clock, the processor time that Postgres took, which other work on the
// machine does not move. `npm run bench -- rebuild 2` takes 2 million events instead of 1.
import process from 'node:process';
import pg from 'pg';
import { migrate } from '../local/cli/supabase-cli.ts';
import { processorSeconds } from '../local/shared/process-usage.ts';
import { createDatabase, startThrowAwayPostgres } from '../local/stack/testing.ts';
import { campaignsPerClient, clients, eventsPerLead, writeClients, writeLeads } from './dashboard-data.ts';

const shares = 2;
const leadsAtOnce = 84;

interface Step {
  next: unknown;
  events: number;
  corrected: Record<string, number>;
}

export async function benchRebuild(): Promise<void> {
  const events = Number(process.argv[3] ?? 1) * 1e6;
  const postgres = await startThrowAwayPostgres({ settings: { shared_buffers: '1GB' } });
  try {
    await createDatabase(postgres, 'bench');
    await migrate(postgres.url('bench'));
    const database = new pg.Client({ connectionString: postgres.adminUrl('bench') });
    await database.connect();
    try {
      await database.query('set session_replication_role = replica');
      await writeClients(database);
      const leads = Math.ceil(events / (clients * campaignsPerClient * eventsPerLead));
      for (let from = 1; from <= leads; from += leadsAtOnce) {
        await writeLeads(database, from, Math.min(leads, from + leadsAtOnce - 1));
      }
      for (const run of ['everything wrong', 'everything right']) {
        await database.query('vacuum (analyze)');
        await rebuild(postgres.adminUrl('bench'), run);
      }
    } finally {
      await database.end();
    }
  } finally {
    await postgres.stop();
  }
}

async function rebuild(url: string, run: string): Promise<void> {
  const started = performance.now();
  let events = 0;
  let rows = 0;
  let longest = 0;
  let processor = 0;
  await Promise.all(Array.from({ length: shares }, async (_, share) => {
    const database = new pg.Client({ connectionString: url });
    await database.connect();
    const { rows: [backend] } = await database.query<{ pid: number }>('select pg_backend_pid() as pid');
    const before = processorSeconds(backend?.pid ?? 0);
    for (let at: unknown = null;;) {
      const begun = performance.now();
      const answer = await database.query<{ step: Step }>(
        'select worker.rebuild_rollups($1, $2, $3) as step',
        [at, share, shares],
      );
      const step = answer.rows[0]?.step;
      longest = Math.max(longest, performance.now() - begun);
      events += step?.events ?? 0;
      rows += Object.values(step?.corrected ?? {}).reduce((sum, count) => sum + count, 0);
      at = step?.next ?? null;
      if (at === null) break;
    }
    processor += processorSeconds(backend?.pid ?? 0) - before;
    await database.end();
  }));
  const seconds = (performance.now() - started) / 1_000;
  const each = processor / events * 1e6;
  console.log(
    `  ${run}: ${events.toLocaleString('en')} events in ${seconds.toFixed(1)} s, processor time ${
      processor.toFixed(1)
    } s (${each.toFixed(1)} µs an event), ${rows.toLocaleString('en')} rows corrected, the longest step ${
      (longest / 1_000).toFixed(1)
    } s; 10 million at this rate on two cores ${(each * 10 / shares).toFixed(0)} s`,
  );
}
