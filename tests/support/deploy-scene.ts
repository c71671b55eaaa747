// A hosted project as a deployment meets it: an empty database, the platform around it, and the Management API in front.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { createContext, type DeployOptions } from '../../local/deploy/context.ts';
import { checkoutRoot } from '../../local/shared/checkout.ts';
import { createKeys } from '../../local/shared/keys.ts';
import { temporaryDirectory } from '../../local/shared/unprivileged.ts';
import { startStack } from '../../local/stack/stack.ts';
import { createDatabase, startThrowAwayPostgres } from '../../local/stack/testing.ts';
import { startInstantlySimulator } from '../../simulators/instantly/simulator.ts';
import { accessToken, projectRef, startManagementApi } from './management-api.ts';
import { providerApi } from './provider-api.ts';

export type DeployScene = Awaited<ReturnType<typeof startDeployScene>>;

export async function startDeployScene() {
  // A server of its own: uninstalling changes roles, which all databases of a server share.
  const postgres = await startThrowAwayPostgres();
  const database = `deploy_${randomBytes(6).toString('hex')}`;
  const keys = await createKeys();
  await createDatabase(postgres, database);
  const folder = mkdtempSync(join(tmpdir(), 'replyloop-deploy-'));
  const directory = copyCheckout(join(folder, 'checkout'));
  const simulator = await startInstantlySimulator({ port: 0, limits: 'off' });
  const stack = await startStack({
    postgres,
    database,
    keys,
    functions: ['health', 'instantly-webhook', 'people', 'provider-connection'],
    scheduler: true,
    environment: {
      PROVIDER_KEYS_MASTER: JSON.stringify({ current: 'k1', keys: { k1: keys.providerKey } }),
      INSTANTLY_API_URL: simulator.url,
    },
    logDirectory: join(temporaryDirectory(), 'logs', database),
  });
  const api = await startManagementApi({ keys, databaseUrl: postgres.url(database) });
  const profile = join(folder, 'profile.json');
  writeFileSync(
    profile,
    JSON.stringify({
      name: 'rehearsal',
      api_url: api.url,
      dashboard_url: api.url,
      project_host: 'localhost',
    }),
  );
  const pool = new pg.Pool({ connectionString: postgres.adminUrl(database), max: 2 });
  pool.on('error', () => undefined);
  // What the stack writes for itself is the deployment's to write.
  await pool.query(`delete from vault.secrets where name in ('project_url', 'cron_secret_key')`);

  return {
    api,
    postgres,
    stack,
    simulator,
    directory,
    folder,
    databaseUrl: postgres.adminUrl(database),
    sql: async (text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> =>
      (await pool.query<Record<string, unknown>>(text, values)).rows,
    /** The webhooks in the workspace of this key. */
    webhooks: async (key: string) => {
      const answer = await providerApi(simulator.url, key).get('webhooks?limit=100');
      return answer['items'] as { target_hook_url: string }[];
    },
    /** As the command makes it from its options and variables. */
    context: (options: Partial<DeployOptions> = {}, from = directory) =>
      createContext({
        ref: projectRef,
        ...options,
        directory: from,
        stateDirectory: join(folder, 'state'),
        environment: {
          SUPABASE_ACCESS_TOKEN: accessToken,
          SUPABASE_PROFILE: profile,
          SUPABASE_DB_URL: `${postgres.url(database)}?sslmode=disable`,
          PROJECT_URL: stack.apiUrl,
        },
      }),
    stop: async () => {
      await stack.stop();
      await api.stop();
      await simulator.stop();
      await pool.end();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What a deployment reads of a checkout; the folder is the test's own, because linking writes into it. */
export function copyCheckout(to: string): string {
  mkdirSync(to);
  for (const name of ['supabase', 'deno.json', 'package.json']) {
    cpSync(join(checkoutRoot, name), join(to, name), {
      recursive: true,
      filter: (path) => !path.endsWith('.temp'),
    });
  }
  return to;
}
