// A Postgres of the run's own with the migrated template in it; killed and started again on the same data.
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { migrate } from '../../local/cli/supabase-cli.ts';
import { type PostgresServer, startPostgres } from '../../local/platform/postgres/postgres.ts';
import { freePort } from '../../local/shared/ports.ts';
import { temporaryDirectory } from '../../local/shared/unprivileged.ts';
import { createDatabase } from '../../local/stack/testing.ts';
import { templateDatabase } from '../support/global-setup.ts';

export interface OwnPostgres {
  server: PostgresServer;
  /** SIGKILL to all its processes, and the start after it. */
  crash(): Promise<void>;
  /** Stops it and deletes its data. */
  stop(): Promise<void>;
}

export async function startOwnPostgres(): Promise<OwnPostgres> {
  const directory = join(temporaryDirectory(), `chaos-${randomBytes(6).toString('hex')}`);
  const port = await freePort();
  // A kill loses nothing that the system has, so only the wait for the disk itself is left out.
  const settings = { max_connections: '200', synchronous_commit: 'on' };
  const start = () => startPostgres({ directory, port, durable: false, settings });
  let server = await start();
  const own: OwnPostgres = {
    server,
    crash: async () => {
      await server.kill();
      server = await start();
    },
    stop: async () => {
      await server.stop();
      rmSync(directory, { recursive: true, force: true, maxRetries: 3 });
    },
  };
  try {
    await createDatabase(server, templateDatabase);
    await migrate(server.url(templateDatabase));
  } catch (error) {
    await own.stop();
    throw error;
  }
  return own;
}
