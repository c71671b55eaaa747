// One connected workspace in its own project, for benchmarks with a provider: Postgres 17 with fsync on,
// PostgREST, `deno serve` and the Instantly simulator with its documented limits share the machine.
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '../local/cli/supabase-cli.ts';
import {
  type InstantlySimulator,
  type InstantlySimulatorOptions,
  startInstantlySimulator,
} from '../simulators/instantly/simulator.ts';
import { createKeys } from '../local/shared/keys.ts';
import { type Stack, startStack } from '../local/stack/stack.ts';
import { createDatabase, startThrowAwayPostgres } from '../local/stack/testing.ts';
import { encryptKey } from '../supabase/functions/_shared/connections/encryption.ts';

export const clientId = 'cccccccc-0000-4000-8000-000000000002';
export const connectionId = 'dddddddd-0000-4000-8000-000000000002';
export const apiKey = 'bench-key';
export const webhookSecret = 'bench-webhook-secret';

export interface BenchProject {
  database: pg.Client;
  stack: Stack;
  simulator: InstantlySimulator;
  /** The workspace at the simulator that belongs to the key. */
  workspaceId: string;
  /** Calls a function like the scheduler. */
  call(name: string, body: unknown): Promise<Record<string, unknown>>;
  /** Makes another client with a workspace of its own. */
  connect(tenant: Connected): Promise<void>;
  stop(): Promise<void>;
}

interface Connected {
  clientId: string;
  connectionId: string;
  provider: 'instantly' | 'smartlead';
  apiKey: string;
}

/**
 * `environment` = secrets of the functions, such as the address of a second simulator. With `isContinued` a job that ends its call
 * has the next one made at once, as in production; no cron job runs either way.
 */
export async function startBenchProject(
  functions: string[],
  simulatorOptions: InstantlySimulatorOptions = {},
  environment: Record<string, string> = {},
  { isContinued = false } = {},
): Promise<BenchProject> {
  const ends: (() => unknown)[] = [];
  const stop = async () => {
    for (const end of ends.reverse()) await end();
  };
  try {
    const logDirectory = mkdtempSync(join(tmpdir(), 'bench-'));
    ends.push(() => rmSync(logDirectory, { recursive: true, force: true }));
    const postgres = await startThrowAwayPostgres({ durable: true });
    ends.push(() => postgres.stop());
    const simulator = await startInstantlySimulator({ port: 0, ...simulatorOptions });
    ends.push(() => simulator.stop());
    await createDatabase(postgres, 'bench');
    await migrate(postgres.url('bench'));
    const database = new pg.Client({ connectionString: postgres.adminUrl('bench') });
    await database.connect();
    ends.push(() => database.end());

    const masterKeys = { current: 'k1', keys: { k1: randomBytes(32).toString('base64') } };
    const stack = await startStack({
      postgres,
      database: 'bench',
      keys: await createKeys(),
      functions,
      scheduler: isContinued && { cron: false },
      environment: {
        PROVIDER_KEYS_MASTER: JSON.stringify(masterKeys),
        INSTANTLY_API_URL: simulator.url,
        ...environment,
      },
      logDirectory,
    });
    ends.push(() => stack.stop());
    const workspace = simulator.createWorkspace({
      keys: [apiKey],
      accounts: ['mia@outreach.test', 'jon@outreach.test'],
    });
    const connectTenant = (tenant: Connected) => connect(database, masterKeys, tenant);
    await connectTenant({ clientId, connectionId, provider: 'instantly', apiKey });
    return {
      database,
      stack,
      simulator,
      workspaceId: workspace.id,
      call: async (name, body) => {
        const response = await fetch(`${stack.functionsUrl}/${name}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', apikey: stack.secretKeys.cron },
          body: JSON.stringify(body),
        });
        const answer = await response.json() as Record<string, unknown>;
        if (!response.ok) throw new Error(`${name} answered ${response.status}: ${JSON.stringify(answer)}`);
        return answer;
      },
      connect: connectTenant,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function connect(
  database: pg.Client,
  masterKeys: Parameters<typeof encryptKey>[0],
  { clientId: client, connectionId: connection, provider, apiKey: key }: Connected,
): Promise<void> {
  await database.query(`insert into public.clients (id, name) values ($1, 'Bench ' || $2)`, [
    client,
    provider,
  ]);
  await database.query(
    `insert into public.provider_connections (id, client_id, name, api_key_last4, provider)
     values ($1, $2, 'Bench', '-key', $3::public.provider)`,
    [connection, client, provider],
  );
  const encrypted = await encryptKey(masterKeys, connection, key);
  await database.query(
    'insert into private.provider_keys (connection_id, encrypted_key, master_key_id) values ($1, $2, $3)',
    [connection, encrypted.encryptedKey, encrypted.masterKeyId],
  );
  await database.query('insert into private.webhook_secrets (connection_id, digest) values ($1, $2)', [
    connection,
    createHash('sha256').update(webhookSecret).digest(),
  ]);
}
