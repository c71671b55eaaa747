// A small Management API of one project, for the real Supabase CLI and for our own deployment: it keeps what is set, runs SQL on a
// database of the embedded Postgres, and remembers which files of which function were uploaded.
import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import pg from 'pg';
import type { Keys } from '../../local/shared/keys.ts';

export const projectRef = 'abcdefghijklmnopqrst';

export interface ManagementApi {
  url: string;
  /** Function → the names of its uploaded files. */
  uploads: Map<string, string[]>;
  functions: Map<string, { version: number }>;
  secrets: Map<string, string>;
  authConfig: Record<string, unknown>;
  dataApiConfig: Record<string, unknown>;
  /** Calls that changed something, as "METHOD path". */
  changes: string[];
  /** Refuses the next call that fits with 400; undefined ends it. */
  refuse(call: RegExp | undefined): void;
  stop(): Promise<void>;
}

export async function startManagementApi(
  options: { keys: Keys; databaseUrl: string },
): Promise<ManagementApi> {
  const pool = new pg.Pool({ connectionString: options.databaseUrl, max: 2 });
  // The server ends the connections when the database is dropped.
  pool.on('error', () => undefined);
  const uploads = new Map<string, string[]>();
  const functions = new Map<string, { version: number }>();
  const secrets = new Map<string, string>();
  // As a new project has them.
  const authConfig: Record<string, unknown> = {
    site_url: 'http://localhost:3000',
    disable_signup: false,
    external_anonymous_users_enabled: false,
    password_min_length: 6,
    jwt_exp: 3600,
    mailer_otp_length: 6,
    mailer_otp_exp: 3600,
    smtp_host: null,
    hook_custom_access_token_enabled: false,
    hook_custom_access_token_uri: null,
  };
  const dataApiConfig: Record<string, unknown> = {
    db_schema: 'public,graphql_public',
    db_extra_search_path: 'public, extensions',
    max_rows: 1000,
    db_pool: null,
  };
  const keys = [
    { name: 'default', type: 'publishable', api_key: options.keys.publishableKeys.default },
    { name: 'default', type: 'secret', api_key: options.keys.secretKeys.default },
  ];
  const changes: string[] = [];
  let refused: RegExp | undefined;

  const app = new Hono().basePath(`/v1/projects/${projectRef}`);
  app.use(async (context, next) => {
    if (context.req.header('authorization') !== `Bearer ${accessToken}`) {
      return context.json({ message: 'Unauthorized' }, 401);
    }
    const call = `${context.req.method} ${context.req.path.split(projectRef)[1]}`;
    if (refused?.test(call)) return context.json({ message: 'Refused for a test' }, 400);
    if (context.req.method !== 'GET' && !call.endsWith('/database/query')) changes.push(call);
    return await next();
  });
  app.get('/', (context) =>
    context.json({
      id: projectRef,
      ref: projectRef,
      name: 'Rehearsal',
      organization_id: 'agency',
      organization_slug: 'agency',
      region: 'eu-central-1',
      created_at: '2026-11-01T00:00:00Z',
      status: 'ACTIVE_HEALTHY',
      database: {
        host: `db.${projectRef}.localhost`,
        version: '17.6.1.011',
        postgres_engine: '17',
        release_channel: 'ga',
      },
    }));

  app.get('/api-keys', (context) => context.json(keys));
  app.post('/api-keys', async (context) => {
    const { type, name } = await context.req.json<{ type: string; name: string }>();
    const key = { name, type, api_key: options.keys.secretKeys.cron };
    keys.push(key);
    return context.json(key, 201);
  });

  app.get('/secrets', (context) =>
    context.json([...secrets].map(([name, value]) => ({
      name,
      value: createHash('sha256').update(value).digest('hex'),
      updated_at: '2026-11-01T00:00:00Z',
    }))));
  app.post('/secrets', async (context) => {
    for (const { name, value } of await context.req.json<{ name: string; value: string }[]>()) {
      secrets.set(name, value);
    }
    return context.json({}, 201);
  });
  app.delete('/secrets', async (context) => {
    for (const name of await context.req.json<string[]>()) secrets.delete(name);
    return context.json({});
  });

  const functionRow = (slug: string) => ({
    id: createHash('md5').update(slug).digest('hex'),
    slug,
    name: slug,
    status: 'ACTIVE',
    version: functions.get(slug)?.version ?? 1,
    created_at: 1_790_000_000_000,
    updated_at: 1_790_000_000_000,
  });
  const raiseVersion = (slug: string) =>
    functions.set(slug, { version: (functions.get(slug)?.version ?? 0) + 1 });
  app.get('/functions', (context) => context.json([...functions.keys()].map(functionRow)));
  app.post('/functions/deploy', async (context) => {
    const slug = context.req.query('slug') ?? '';
    const form = await context.req.formData();
    uploads.set(
      slug,
      form.getAll('file').flatMap((file) => typeof file === 'string' ? [] : [file.name]).sort(),
    );
    return context.json({ ...functionRow(slug), ezbr_sha256: 'a'.repeat(64) }, 201);
  });
  app.put('/functions', async (context) => {
    for (const { slug } of await context.req.json<{ slug: string }[]>()) raiseVersion(slug);
    return context.json({ functions: [...functions.keys()].map(functionRow) });
  });
  app.delete('/functions/:slug', (context) => {
    functions.delete(context.req.param('slug'));
    return context.json({});
  });

  const settings = (path: string, values: Record<string, unknown>) => {
    app.get(path, (context) => context.json(values));
    app.patch(path, async (context) => {
      Object.assign(values, await context.req.json());
      return context.json(values);
    });
  };
  settings('/config/auth', authConfig);
  settings('/postgrest', dataApiConfig);

  app.post('/database/query', (context) => runQuery(context, pool));

  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 });
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    uploads,
    functions,
    secrets,
    authConfig,
    dataApiConfig,
    changes,
    refuse: (call) => refused = call,
    stop: async () => {
      await pool.end();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export const accessToken = `sbp_${'a'.repeat(40)}`;

/** As the platform: several statements give the rows of the last one, an error is 400 with Postgres's own words. */
async function runQuery(context: Context, pool: pg.Pool): Promise<Response> {
  const { query, parameters } = await context.req.json<{ query: string; parameters?: unknown[] }>();
  try {
    const result: pg.QueryResult | pg.QueryResult[] = await pool.query(query, parameters);
    const last = Array.isArray(result) ? result.at(-1) : result;
    return context.json(last?.rows ?? [], 201);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return context.json({ message: `Failed to run sql query: ${message}` }, 400);
  }
}
