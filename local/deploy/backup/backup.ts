// `npm run deploy:backup`: the data of an installation as pg_dump writes it, of one moment, with what Vault holds.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { z } from 'zod';
import { print } from '../../cli/progress.ts';
import { Failure } from '../../shared/failure.ts';
import { type DatabaseAddress, withDatabase } from './connection.ts';
import { pgDump } from './pg-dump.ts';

export const manifestShape = z.object({
  version: z.string(),
  ref: z.string(),
  made_at: z.iso.datetime({ offset: true }),
  migrations: z.array(z.string()),
  /** First day of which there are email events: their months are prepared before they come in. */
  first_event: z.string().nullable(),
  /** Rows of each table. */
  rows: z.record(z.string(), z.number()),
});
export type Manifest = z.infer<typeof manifestShape>;

export const vaultShape = z.array(z.object({ name: z.string(), secret: z.string() }));

/** Vault's secrets that belong to the data; the other two belong to the project. */
const vaultNames = ['erasure_salt', 'alert_webhook_url'];

export const files = {
  manifest: 'backup.json',
  accounts: 'accounts.sql',
  data: 'data.sql',
  vault: 'vault.json',
};

/** As the restoring side needs it: statements that any client can run, into a database with another history of partitions. */
const dumpOptions = [
  '--data-only',
  '--column-inserts',
  '--rows-per-insert=500',
  '--load-via-partition-root',
  '--no-unlogged-table-data',
];

export async function backup(
  address: DatabaseAddress,
  options: { ref: string; version: string; folder: string; write?: (line: string) => void },
): Promise<Manifest> {
  const { ref, version, folder, write = print } = options;
  const { manifest, accounts, data, vault } = await withDatabase(address, async (client) => {
    // Both dumps and the counts see the same moment.
    await client.query('begin isolation level repeatable read read only');
    const { snapshot } = await one(
      client,
      z.object({ snapshot: z.string() }),
      'select pg_export_snapshot() as snapshot',
    );
    const { megabytes } = await one(client, z.object({ megabytes: z.number() }), sizeSql);
    if (megabytes > maxMegabytes) {
      throw new Failure(
        `The tables hold ${megabytes} MB, and this backup, which is made in memory, takes up to ${maxMegabytes}; use the platform's backups (docs/operations.md)`,
      );
    }
    const migrations = await all(
      client,
      z.object({ version: z.string() }),
      'select version from supabase_migrations.schema_migrations order by version',
    );
    const { first } = await one(
      client,
      z.object({ first: z.string().nullable() }),
      'select min(occurred_at)::date::text as first from public.email_events',
    );
    const manifest: Manifest = {
      version,
      ref,
      made_at: new Date().toISOString(),
      migrations: migrations.map((row) => row.version),
      first_event: first,
      rows: await countRows(client),
    };
    const vault = await all(
      client,
      vaultShape.element,
      `select name, decrypted_secret as secret from vault.decrypted_secrets
       where name = any ('{${vaultNames.join(',')}}') or name like 'erasure_salt of %' order by name`,
    );
    const dump = (parameters: string[]) =>
      pgDump(address, [...dumpOptions, `--snapshot=${snapshot}`, ...parameters]);
    return {
      manifest,
      vault,
      accounts: await dump(['--table=auth.users', '--table=auth.identities']),
      data: await dump(['--schema=public', '--schema=private']),
    };
  });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const save = (name: string, content: string) => writeFileSync(join(folder, name), content, { mode: 0o600 });
  save(files.accounts, accounts);
  save(files.data, data);
  save(files.vault, `${JSON.stringify(vault, null, 2)}\n`);
  // Last: without it the folder is no backup.
  save(files.manifest, `${JSON.stringify(manifest, null, 2)}\n`);
  const rows = Object.values(manifest.rows).reduce((sum, count) => sum + count, 0);
  write(
    `${folder} holds ${rows} rows of ${
      Object.keys(manifest.rows).length
    } tables and ${vault.length} Vault secrets`,
  );
  write('Not in it, and needed with it: PROVIDER_KEYS_MASTER, from your password manager');
  return manifest;
}

/** Rows of every table of ours and of the accounts; tables without a log are emptied by a crash and are no data. */
export async function countRows(client: pg.Client): Promise<Record<string, number>> {
  const tables = await all(client, z.object({ name: z.string() }), tablesSql);
  const counts = await all(
    client,
    z.object({ name: z.string(), count: z.number() }),
    [...tables.map(({ name }) => name), 'auth.users', 'auth.identities']
      .map((name) => `select '${name}' as name, count(*)::int as count from ${name}`).join(' union all '),
  );
  return Object.fromEntries(counts.map(({ name, count }) => [name, count]));
}

export const tablesSql = `
  select format('%I.%I', n.nspname, c.relname) as name
  from pg_catalog.pg_class as c join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
  where n.nspname in ('public', 'private')
    and c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence = 'p'
  order by name`;

/** Rows without their indexes. */
const sizeSql = `
  select (coalesce(sum(pg_table_size(c.oid)), 0) / 1000000)::int as megabytes from pg_catalog.pg_class as c
  where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace) and c.relkind = 'r'`;

/** A text has at most 512 million characters in Node, and a dump is larger than its tables, whose long values are compressed. */
const maxMegabytes = 250;

export async function all<Shape extends z.ZodType>(
  client: pg.Client,
  shape: Shape,
  sql: string,
): Promise<z.infer<Shape>[]> {
  return z.array(shape).parse((await client.query(sql)).rows);
}

async function one<Shape extends z.ZodType>(
  client: pg.Client,
  shape: Shape,
  sql: string,
): Promise<z.infer<Shape>> {
  const [row] = await all(client, shape, sql);
  if (row === undefined) throw new Failure('The database answered without a row');
  return row;
}
