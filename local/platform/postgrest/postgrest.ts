// The real PostgREST in front of one database.
import process from 'node:process';
import { join } from 'node:path';
import { postgrestBinary } from '../../shared/binaries.ts';
import { checkoutRoot } from '../../shared/checkout.ts';
import { Child, type ProcessEnd } from '../../shared/child.ts';
import { publicKeySet } from '../../shared/keys.ts';
import type { Keys } from '../../shared/keys.ts';
import { databasePassword } from '../postgres/postgres.ts';
import type { ProjectConfig } from '../../shared/project-config.ts';

/** Users get at most twelve of them (private.request_places); the rest is for the functions. */
export const usualPool = 16;

export interface PostgrestOptions {
  adminUrl: string;
  port: number;
  keys: Keys;
  config: ProjectConfig;
  logDirectory: string;
  /** Connections to the database. @default 16 */
  pool?: number | undefined;
  signal?: AbortSignal | undefined;
  onProcess?: ((pid: number | undefined, end?: ProcessEnd) => void) | undefined;
}

export async function startPostgrest(options: PostgrestOptions): Promise<Child> {
  const database = new URL(options.adminUrl);
  database.username = 'authenticator';
  database.password = databasePassword;
  const child = new Child({
    name: 'PostgREST',
    command: postgrestBinary(),
    parameters: [],
    environment: {
      PATH: process.env['PATH'] ?? '',
      PGRST_DB_URI: database.href,
      PGRST_DB_SCHEMAS: options.config.schemas.join(','),
      PGRST_DB_EXTRA_SEARCH_PATH: options.config.searchPath.join(','),
      PGRST_DB_MAX_ROWS: String(options.config.maxRows),
      PGRST_DB_ANON_ROLE: 'anon',
      PGRST_DB_POOL: String(options.pool ?? usualPool),
      PGRST_JWT_SECRET: JSON.stringify(publicKeySet(options.keys)),
      // Verifying an ES256 signature on every request would cost more than a small query.
      PGRST_JWT_CACHE_MAX_LIFETIME: '600',
      PGRST_SERVER_HOST: '127.0.0.1',
      PGRST_SERVER_PORT: String(options.port),
      PGRST_OPENAPI_MODE: 'follow-privileges',
    },
    directory: checkoutRoot,
    logFile: join(options.logDirectory, 'postgrest.log'),
    isReady: () => schemaIsLoaded(options.port),
    signal: options.signal,
    onProcess: options.onProcess,
  });
  try {
    await child.start();
  } catch (error) {
    await child.stop();
    throw error;
  }
  return child;
}

/** It answers 503 until it has read the database's schema. */
async function schemaIsLoaded(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/`, {
      method: 'HEAD',
      signal: AbortSignal.timeout(2_000),
    });
    return response.status < 500;
  } catch {
    return false;
  }
}
