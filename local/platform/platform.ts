// What the hosted platform creates in a database before the first migration: roles, schemas, Auth's tables, Vault, pg_cron,
// pg_net and Realtime. None of it is a migration, and none of it ever reaches a hosted project.
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { withClient } from './postgres/client.ts';

/** Per server: roles belong to all its databases. Per database: the rest. */
const serverFile = 'postgres/roles.sql';
const databaseFiles = (hasCron: boolean) => [
  'postgres/schemas.sql',
  'auth/auth.sql',
  'vault/vault.sql',
  hasCron ? 'scheduler/genuine-cron.sql' : 'scheduler/cron.sql',
  'scheduler/cron-grants.sql',
  'scheduler/net.sql',
  'realtime/realtime.sql',
];

/** Prepares the database of the superuser's URL for migrations; idempotent. */
export async function preparePlatform(
  adminUrl: string,
  { hasCron = false }: { hasCron?: boolean } = {},
): Promise<void> {
  const maintenance = new URL(adminUrl);
  const database = decodeURIComponent(maintenance.pathname.slice(1));
  maintenance.pathname = '/postgres';
  await withClient(maintenance.href, async (client) => {
    // Databases prepared at the same time would change the same roles, so they take turns.
    await client.query('select pg_advisory_lock(hashtext($1))', ['replyloop platform']);
    await client.query(sqlOf(serverFile));
    await client.query(`alter database ${pg.escapeIdentifier(database)} owner to postgres`);
  });
  await withClient(adminUrl, async (client) => {
    await client.query('begin');
    for (const file of databaseFiles(hasCron)) await client.query(sqlOf(file));
    await client.query('commit');
  });
}

function sqlOf(file: string): string {
  return readFileSync(new URL(`./${file}`, import.meta.url), 'utf8');
}
