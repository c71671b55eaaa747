import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withClient } from '../../local/platform/postgres/client.ts';
import { createDatabase } from '../../local/stack/testing.ts';
import { dropTestDatabase } from '../coverage/sql-calls.ts';
import { templateDatabase } from '../support/global-setup.ts';
import { readTap, runPgTap } from '../support/pgtap.ts';
import { sharedPostgres } from '../support/project.ts';

const folder = join(import.meta.dirname, '..', '..', 'supabase', 'tests');
/** Migrated and seeded, as the database is on which `supabase test db` runs the files. */
const seededDatabase = `seeded_${randomBytes(6).toString('hex')}`;
const files = readdirSync(folder).filter((name) => name.endsWith('.sql')).sort();
const counts: string[] = [];

/** Runs a file as `supabase test db` does, as role postgres, on a database that only this file uses. */
async function runOnCopy(file: string) {
  const postgres = sharedPostgres();
  const database = `pgtap_${randomBytes(6).toString('hex')}`;
  await createDatabase(postgres, database, seededDatabase);
  try {
    return await runPgTap(postgres.url(database), join(folder, file));
  } finally {
    await dropTestDatabase(postgres, database);
  }
}

describe('pgTAP', () => {
  beforeAll(async () => {
    const postgres = sharedPostgres();
    await createDatabase(postgres, seededDatabase, templateDatabase);
    const seed = readFileSync(join(folder, '..', 'seed.sql'), 'utf8');
    await withClient(postgres.url(seededDatabase), (client) => client.query(seed));
    // Once, and copied with the rest.
    await withClient(
      postgres.adminUrl(seededDatabase),
      (admin) => admin.query('create extension if not exists pgtap with schema extensions'),
    );
  });

  it('has files, each named by its number in the story', () => {
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter((name) => !/^\d{3}_[a-z_]+\.test\.sql$/.test(name))).toEqual([]);
  });

  it.each(files)('%s', async (file) => {
    const { passed, planned, problems } = await runOnCopy(file);
    expect(problems.join('\n')).toBe('');
    expect(passed).toBe(planned);
    counts.push(`${file} › ${passed} assertions`);
  }, 90_000);

  afterAll(async () => {
    console.log(counts.join('\n'));
    await dropTestDatabase(sharedPostgres(), seededDatabase);
  });
});

describe('readTap', () => {
  it('takes a run that did all that it planned', () => {
    expect(readTap(['1..2', 'ok 1 - one', '# a remark', 'ok 2 - two'])).toEqual({
      planned: 2,
      passed: 2,
      problems: [],
    });
  });

  it.each([
    ['a failed assertion with its diagnostics', [
      '1..2',
      'not ok 1 - one',
      '# have: 1',
      '# want: 2',
      'ok 2',
      '# other',
    ], ['not ok 1 - one\n  # have: 1\n  # want: 2']],
    ['a skipped assertion', ['1..1', 'ok 1 # SKIP later'], ['ok 1 # SKIP later']],
    ['a run that stops early', ['1..2', 'ok 1'], ['The file planned 2 assertions and ran 1']],
    ['a run without a plan', ['ok 1'], ['The file announces no plan']],
    ['a run without assertions', ['1..0'], ['The file asserts nothing']],
  ])('reports %s', (_, lines, problems) => {
    expect(readTap(lines).problems).toEqual(problems);
  });
});
