// One project on one database: PostgREST, Auth, the functions, the gateway and the scheduler. The command line starts one, the
// tests start many, several on the same Postgres.
import { mkdirSync } from 'node:fs';
import { startAuth } from '../platform/auth/auth.ts';
import { createOutbox, type Outbox } from '../platform/auth/outbox.ts';
import { startFunctions } from '../platform/functions/functions.ts';
import type { Functions, FunctionsOptions } from '../platform/functions/functions.ts';
import { startGateway } from '../platform/gateway/gateway.ts';
import type { ProcessEnd } from '../shared/child.ts';
import { publicKeySet } from '../shared/keys.ts';
import type { Keys } from '../shared/keys.ts';
import { withClient } from '../platform/postgres/client.ts';
import { freePort } from '../shared/ports.ts';
import type { PostgresServer } from '../platform/postgres/postgres.ts';
import { startPostgrest } from '../platform/postgrest/postgrest.ts';
import { readProjectConfig } from '../shared/project-config.ts';
import type { ProjectConfig } from '../shared/project-config.ts';
import { startScheduler } from '../platform/scheduler/scheduler.ts';
import type { Scheduler, SchedulerOptions } from '../platform/scheduler/scheduler.ts';
import { startDnsServer } from '../platform/dns/dns-server.ts';
import { createTokens } from '../platform/auth/tokens.ts';
import type { Tokens } from '../platform/auth/tokens.ts';

export interface StackOptions {
  postgres: PostgresServer;
  /** A prepared and migrated database of that server. @default 'postgres' */
  database?: string;
  keys: Keys;
  /** @default free ports */
  ports?: { api?: number; postgrest?: number; firstFunction?: number };
  /** Which functions to start. @default 'all' */
  functions?: string[] | 'all';
  /** @default supabase/functions */
  functionsDirectory?: string;
  /** Whether pg_cron and pg_net work, and how. @default true */
  scheduler?: boolean | Pick<SchedulerOptions, 'cron' | 'netPause'>;
  /** Secrets of the functions, beside the platform's own variables. */
  environment?: Record<string, string>;
  /** @default supabase/config.toml */
  config?: ProjectConfig;
  /** The dashboard's address, to which mailed links lead. @default site_url of config.toml */
  siteUrl?: string;
  /** Where mails are kept. @default in memory */
  outboxDirectory?: string;
  postgrestPool?: number;
  /** Where alerts are posted; without it they stay in the table. */
  alertUrl?: string | undefined;
  logDirectory: string;
  log?: (line: string) => void;
  onFunctionLine?: FunctionsOptions['onLine'];
  onProcess?: (name: string, pid: number | undefined, end?: ProcessEnd) => void;
  /** Called when a part is up, with the milliseconds that it took. */
  onStarted?: (part: 'postgrest' | 'functions' | 'scheduler', milliseconds: number) => void;
  /** Aborts a running start and cleans up after it. */
  signal?: AbortSignal;
}

export interface Stack {
  apiUrl: string;
  /** Where mailed links lead. */
  siteUrl: string;
  functionsUrl: string;
  dbUrl: string;
  adminDbUrl: string;
  publishableKey: string;
  secretKeys: { default: string; cron: string };
  keys: Keys;
  /** Mints tokens, for tests that need a user without signing in. */
  tokens: Tokens;
  functions: Functions;
  /** Killed as a crash would, it restarts automatically; `ready` waits for that. */
  postgrest: { kill(): Promise<void>; ready(): Promise<void>; readonly pid: number | undefined };
  /** The mails that Auth would have sent. */
  outbox: Outbox;
  scheduler: Scheduler | undefined;
  stop(): Promise<void>;
}

export async function startStack(options: StackOptions): Promise<Stack> {
  const { postgres, keys, logDirectory, onProcess } = options;
  const read = options.config ?? readProjectConfig();
  const config = options.siteUrl === undefined ? read : { ...read, siteUrl: options.siteUrl };
  const outbox = createOutbox(options.outboxDirectory);
  const database = options.database ?? 'postgres';
  const adminUrl = postgres.adminUrl(database);
  const apiPort = options.ports?.api ?? await freePort();
  const postgrestPort = options.ports?.postgrest ?? await freePort();
  const apiUrl = `http://127.0.0.1:${apiPort}`;
  const issuer = `${apiUrl}/auth/v1`;
  mkdirSync(logDirectory, { recursive: true });

  // Callers stop before what they call.
  const parts = {
    scheduler: noPart,
    functions: noPart,
    postgrest: noPart,
    gateway: noPart,
    auth: noPart,
    dns: noPart,
  };
  const stop = async () => {
    for (const name of Object.keys(parts) as (keyof typeof parts)[]) {
      const end = parts[name];
      parts[name] = noPart;
      await end();
    }
  };
  try {
    await saveVaultSecrets(adminUrl, {
      project_url: apiUrl,
      // The alert address of a test and the functions are on this machine.
      allow_private_endpoints: 'true',
      cron_secret_key: keys.secretKeys.cron,
      alert_webhook_url: options.alertUrl,
    });
    // Nothing of a local stack asks the network; a caller that needs other records brings a resolver.
    const dns = options.environment?.['DNS_RESOLVERS'] ? undefined : await startDnsServer();
    if (dns) parts.dns = () => dns.stop();
    const tokens = await createTokens(keys, issuer);
    const auth = startAuth({
      adminUrl,
      issuer,
      keys,
      tokens,
      config,
      outbox,
      ...optional('log', options.log),
    });
    parts.auth = () => auth.stop();

    // The functions call the gateway, so it is up before them.
    const later: { functions?: Functions } = {};
    const gateway = await startGateway({
      port: apiPort,
      keys,
      tokens,
      config,
      auth,
      outbox,
      adminUrl,
      postgrestPort,
      functions: () => later.functions,
      ...optional('log', options.log),
    });
    parts.gateway = () => gateway.stop();

    const timed = async <Part>(
      part: Parameters<NonNullable<StackOptions['onStarted']>>[0],
      start: Promise<Part>,
    ) => {
      const started = performance.now();
      const result = await start;
      options.onStarted?.(part, performance.now() - started);
      return result;
    };
    const startingPostgrest = startPostgrest({
      adminUrl,
      port: postgrestPort,
      keys,
      config,
      logDirectory,
      pool: options.postgrestPool,
      signal: options.signal,
      onProcess: (pid, end) => onProcess?.('PostgREST', pid, end),
    }).then((child) => {
      parts.postgrest = () => child.stop();
      return child;
    });
    const startingFunctions = startFunctions({
      ...optional('directory', options.functionsDirectory),
      slugs: options.functions ?? 'all',
      // Receivers of events run on this machine.
      environment: {
        ...(dns ? { DNS_RESOLVERS: dns.url } : {}),
        ALLOW_PRIVATE_ENDPOINTS: 'true',
        ...options.environment,
        ...platformEnvironment(apiUrl, postgres.url(database), keys),
      },
      firstPort: options.ports?.firstFunction,
      logDirectory,
      signal: options.signal,
      onLine: options.onFunctionLine,
      onProcess: (slug, pid, end) => onProcess?.(`function ${slug}`, pid, end),
    }).then((started) => {
      parts.functions = () => started.stopAll();
      return started;
    });
    const [postgrest, startedFunctions] = await allOrNone([
      timed('postgrest', startingPostgrest),
      timed('functions', startingFunctions),
    ]);
    later.functions = startedFunctions;

    let scheduler: Scheduler | undefined;
    if (options.scheduler !== false) {
      const settings = typeof options.scheduler === 'object' ? options.scheduler : {};
      const started = await timed(
        'scheduler',
        startScheduler({ adminUrl, ...settings, ...optional('log', options.log) }),
      );
      parts.scheduler = () => started.stop();
      scheduler = started;
    }
    return {
      apiUrl,
      siteUrl: config.siteUrl,
      functionsUrl: `${apiUrl}/functions/v1`,
      dbUrl: postgres.url(database),
      adminDbUrl: adminUrl,
      publishableKey: keys.publishableKeys.default,
      secretKeys: keys.secretKeys,
      keys,
      tokens,
      functions: startedFunctions,
      postgrest,
      outbox,
      scheduler,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

const noPart = (): Promise<void> => Promise.resolve();

/** Waits for both even when the first fails, so that the other can be stopped. */
async function allOrNone<First, Second>(work: [Promise<First>, Promise<Second>]): Promise<[First, Second]> {
  await Promise.allSettled(work);
  return await Promise.all(work);
}

/** The variables that the platform sets for every function. */
export function platformEnvironment(apiUrl: string, databaseUrl: string, keys: Keys): Record<string, string> {
  return {
    SUPABASE_URL: apiUrl,
    SUPABASE_DB_URL: databaseUrl,
    SUPABASE_PUBLISHABLE_KEYS: JSON.stringify(keys.publishableKeys),
    SUPABASE_SECRET_KEYS: JSON.stringify(keys.secretKeys),
    SUPABASE_JWKS: JSON.stringify(publicKeySet(keys)),
  };
}

/** `create_secret` refuses an existing name, so existing secrets are updated; those without a value are deleted. */
async function saveVaultSecrets(
  adminUrl: string,
  secrets: Record<string, string | undefined>,
): Promise<void> {
  await withClient(adminUrl, async (client) => {
    for (const [name, value] of Object.entries(secrets)) {
      if (value === undefined) {
        await client.query('delete from vault.secrets where name = $1', [name]);
        continue;
      }
      const { rowCount } = await client.query(
        `select vault.update_secret(id, $2) from vault.secrets where name = $1`,
        [
          name,
          value,
        ],
      );
      if (rowCount === 0) await client.query('select vault.create_secret($2, $1)', [name, value]);
    }
  });
}

function optional<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { [Key in Name]?: Value } {
  return value === undefined ? {} : { [name]: value } as { [Key in Name]?: Value };
}
