// What a mail and its events take in the archive, and how fast they get there.
//
// Method: the mails of `storage` (storage-mails.ts), which are from June, of campaigns that have ended. The archive of everything before
// August is written to a folder through PostgREST, read back, compared and removed from the database, as `npm run archive`
// does. `npm run bench -- archive 200000` takes that number of mails instead of 12,000.
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { archive } from '../local/archive/archive.ts';
import { openStore } from '../local/archive/store.ts';
import { migrate } from '../local/cli/supabase-cli.ts';
import { createKeys } from '../local/shared/keys.ts';
import { startStack } from '../local/stack/stack.ts';
import { createDatabase, startThrowAwayPostgres } from '../local/stack/testing.ts';
import { loadMails, mails, prepareMails } from './storage.ts';

const before = '2026-08-01';

export async function benchArchive(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-archive-'));
  const postgres = await startThrowAwayPostgres();
  try {
    await createDatabase(postgres, 'bench');
    await migrate(postgres.url('bench'));
    const database = new pg.Client({ connectionString: postgres.adminUrl('bench') });
    await database.connect();
    try {
      await prepareMails(database);
      const events = await loadMails(database);
      // They arrived when they happened, and their campaigns have ended.
      await database.query(`
        update private.webhook_events as w set received_at = e.occurred_at from public.email_events as e where e.id = w.id;
        update public.campaigns set provider_status = 'completed'`);
      await database.query('vacuum analyze');
      await archiveInto(folder, postgres, events);
    } finally {
      await database.end();
    }
  } finally {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function archiveInto(
  folder: string,
  postgres: Awaited<ReturnType<typeof startThrowAwayPostgres>>,
  events: number,
): Promise<void> {
  const stack = await startStack({
    postgres,
    database: 'bench',
    keys: await createKeys(),
    functions: [],
    scheduler: false,
    logDirectory: join(folder, 'logs'),
  });
  try {
    const place = join(folder, 'archive');
    const started = performance.now();
    const archived = await archive({
      target: { url: stack.apiUrl, key: stack.secretKeys.default },
      store: openStore(place, {}),
      before,
    });
    const seconds = (performance.now() - started) / 1000;
    console.log(`  ${JSON.stringify(archived)} in ${seconds.toFixed(0)} s`);
    let all = 0;
    for (const kind of readdirSync(place)) {
      const bytes = sizeOf(join(place, kind));
      all += bytes;
      console.log(`  ${kind.padEnd(12)}${(bytes / mails).toFixed(0).padStart(6)} bytes a mail`);
    }
    console.log(`  in all ${(all / mails).toFixed(0)} bytes a mail, ${(all / events).toFixed(0)} an event`);
  } finally {
    await stack.stop();
  }
}

function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
