// For tests: one throw-away Postgres per run, and for each file a database copied from a template.
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { preparePlatform } from '../platform/platform.ts';
import { withClient } from '../platform/postgres/client.ts';
import { freePort } from '../shared/ports.ts';
import { startPostgres } from '../platform/postgres/postgres.ts';
import type { PostgresServer } from '../platform/postgres/postgres.ts';
import type { PostgresPrograms } from '../platform/postgres/programs.ts';
import { temporaryDirectory } from '../shared/unprivileged.ts';

export { freePort } from '../shared/ports.ts';

/** A Postgres on a free port; `stop()` and `kill()` also delete its data. */
export async function startThrowAwayPostgres(options: {
  settings?: Record<string, string>;
  durable?: boolean;
  log?: (line: string) => void;
  programs?: PostgresPrograms;
} = {}): Promise<PostgresServer> {
  const directory = join(temporaryDirectory(), randomBytes(6).toString('hex'));
  const server = await startPostgres({ durable: false, ...options, directory, port: await freePort() });
  const remove = () => rmSync(directory, { recursive: true, force: true, maxRetries: 3 });
  return {
    ...server,
    stop: () => server.stop().then(remove),
    kill: () => server.kill().then(remove),
  };
}

/** A database that belongs to postgres: a copy of the template, or an empty project. */
export async function createDatabase(server: PostgresServer, name: string, template?: string): Promise<void> {
  await withClient(server.adminUrl(), (client) =>
    client.query(
      `create database ${pg.escapeIdentifier(name)} owner postgres
       template ${template ? pg.escapeIdentifier(template) : 'template1'}`,
    ));
  if (!template) await preparePlatform(server.adminUrl(name));
}

/** Retries while connections are open: Postgres waits five seconds for them to end, too little on a busy machine. */
export async function dropDatabase(server: PostgresServer, name: string): Promise<void> {
  await withClient(server.adminUrl(), async (client) => {
    for (let tries = 1;; tries++) {
      try {
        await client.query(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`);
        return;
      } catch (error) {
        if ((error as { code?: unknown }).code !== objectInUse || tries === 5) throw error;
      }
    }
  });
}

/** SQLSTATE object_in_use. */
const objectInUse = '55006';
