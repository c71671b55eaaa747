// supabase/schemas/ is the source: one folder per domain, one idea per file, numbered in running order.
// supabase/migrations/ is generated from it and shipped.
//   npm run migrations               writes one migration per domain
//   npm run migrations -- --check    only compares
//   npm run migrations -- diff NAME  after a release: writes what the migrations lack as a new migration
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { checkoutRoot } from '../shared/checkout.ts';
import { diffDatabases, migrate } from './supabase-cli.ts';
import { Failure, messageOf } from '../shared/failure.ts';
import { withClient } from '../platform/postgres/client.ts';
import type { PostgresServer } from '../platform/postgres/postgres.ts';
import { createDatabase, startThrowAwayPostgres } from '../stack/testing.ts';

/**
 * True from the first release on: installations have run the domain migrations, so these are frozen, and each change of the
 * schemas becomes a new migration.
 */
export const isReleased = false;

const schemas = join(checkoutRoot, 'supabase', 'schemas');
const migrations = join(checkoutRoot, 'supabase', 'migrations');

/** One migration per domain: name of the file and its SQL. */
export function domainMigrations(): Map<string, string> {
  const files = new Map<string, string>();
  for (const domain of sqlNames(schemas)) {
    const [number = '', name = ''] = splitOnce(domain, '_');
    const parts = sqlNames(join(schemas, domain)).map((file) =>
      readFileSync(join(schemas, domain, file), 'utf8')
    );
    files.set(
      `2026112109${number}00_${name}.sql`,
      [`-- Generated from supabase/schemas/${domain} by "npm run migrations".\n`, ...parts].join('\n'),
    );
  }
  return files;
}

/** The domain migrations that differ from the schemas; empty once a release has frozen them. */
export function outdatedMigrations(): string[] {
  if (isReleased) return [];
  const wanted = domainMigrations();
  const present = sqlNames(migrations);
  return [
    ...[...wanted].filter(([name, sql]) => !present.includes(name) || read(name) !== sql).map(([name]) =>
      name
    ),
    ...present.filter((name) => !wanted.has(name)),
  ];
}

/** A new database from the schemas themselves, as its owner would run them. */
export async function createFromSchemas(postgres: PostgresServer, database: string): Promise<void> {
  await createDatabase(postgres, database);
  await withClient(postgres.url(database), async (client) => {
    for (const [name, sql] of domainMigrations()) {
      await client.query(sql).catch((error: unknown) => {
        throw new Failure(`The schemas of ${name} could not be loaded: ${messageOf(error)}`, {
          cause: error,
        });
      });
    }
  });
}

function sqlNames(directory: string): string[] {
  return readdirSync(directory).filter((name) => /^\d+_/.test(name)).sort();
}

function splitOnce(text: string, separator: string): [string, string] {
  const place = text.indexOf(separator);
  return [text.slice(0, place), text.slice(place + 1)];
}

function read(name: string): string {
  return readFileSync(join(migrations, name), 'utf8');
}

function writeMigrations(): void {
  if (isReleased) {
    throw new Failure(
      'The domain migrations are released; write the change with "npm run migrations -- diff NAME"',
    );
  }
  const wanted = domainMigrations();
  for (const name of sqlNames(migrations)) if (!wanted.has(name)) rmSync(join(migrations, name));
  for (const [name, sql] of wanted) writeFileSync(join(migrations, name), sql);
  console.log(`Wrote ${wanted.size} migrations from supabase/schemas`);
}

async function writeDifference(name: string | undefined): Promise<void> {
  if (!name || !/^[a-z0-9_]+$/.test(name)) {
    throw new Failure(
      'Name the migration in lower case with underscores: npm run migrations -- diff add_reply_language',
    );
  }
  const postgres = await startThrowAwayPostgres();
  try {
    await createDatabase(postgres, 'migrated');
    await migrate(postgres.url('migrated'));
    await createFromSchemas(postgres, 'wanted');
    const sql = await diffDatabases(postgres.url('migrated'), postgres.url('wanted'));
    if (sql === '') {
      console.log('The migrations already contain everything in the schemas');
      return;
    }
    const stamp = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14);
    writeFileSync(join(migrations, `${stamp}_${name}.sql`), sql);
    console.log(
      `Wrote supabase/migrations/${stamp}_${name}.sql; read it, and add what a diff does not see (docs/decisions.md)`,
    );
  } finally {
    await postgres.stop();
  }
}

async function run([action, name]: string[]): Promise<void> {
  if (action === 'diff') return await writeDifference(name);
  if (action !== '--check') return writeMigrations();
  const outdated = outdatedMigrations();
  if (outdated.length > 0) {
    throw new Failure(
      `Migrations differ from supabase/schemas: ${
        outdated.join(', ')
      }; run "npm run migrations" and commit the result`,
    );
  }
  console.log('supabase/migrations match supabase/schemas');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    await run(process.argv.slice(2));
  } catch (error) {
    console.error(error instanceof Failure ? messageOf(error) : error);
    process.exitCode = 1;
  }
}
