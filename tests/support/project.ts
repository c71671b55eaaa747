// A whole project for one test file: its own database from the template, PostgREST, functions, gateway, scheduler, and
// the Instantly simulator if wanted; and the people and connections that a test needs.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import pg from 'pg';
import { inject } from 'vitest';
import { type InstantlySimulator, startInstantlySimulator } from '../../simulators/instantly/simulator.ts';
import { type DnsServer, startDnsServer, type Zone } from '../../local/platform/dns/dns-server.ts';
import { type SmartleadSimulator, startSmartleadSimulator } from '../../simulators/smartlead/simulator.ts';
import { createKeys } from '../../local/shared/keys.ts';
import type { PostgresServer } from '../../local/platform/postgres/postgres.ts';
import { type Stack, type StackOptions, startStack } from '../../local/stack/stack.ts';
import { createDatabase } from '../../local/stack/testing.ts';
import { temporaryDirectory } from '../../local/shared/unprivileged.ts';
import type { Database } from '../../supabase/functions/_shared/platform/database.types.ts';
import type { MasterKeys } from '../../supabase/functions/_shared/platform/environment.ts';
import type { ProviderName } from '../../supabase/functions/_shared/providers/provider.ts';
import { encryptKey } from '../../supabase/functions/_shared/connections/encryption.ts';
import { instrumentedDirectory, isMeasured } from '../coverage/places.ts';
import { dropTestDatabase } from '../coverage/sql-calls.ts';
import { templateDatabase } from './global-setup.ts';

export type Client = SupabaseClient<Database>;

/** Reads a table or view whose name comes from a list or the catalogue, so its columns are whatever it has. */
export function readRelation(client: Client, name: string, filter: Record<string, string> = {}) {
  return client.from(name as keyof Database['public']['Tables']).select('*').match(filter)
    .overrideTypes<Record<string, unknown>[], { merge: false }>();
}

export interface ProjectOptions {
  /** A server of its own with the template in it. @default the one that all files share */
  postgres?: PostgresServer;
  functions?: StackOptions['functions'];
  stack?: Pick<StackOptions, 'functionsDirectory' | 'onProcess'>;
  scheduler?: StackOptions['scheduler'];
  simulator?: Parameters<typeof startInstantlySimulator>[0] | false;
  /** Smartlead's simulator; only where a test asks for it. */
  smartlead?: Parameters<typeof startSmartleadSimulator>[0];
  /** Records of the resolver that the functions ask; without them every domain is in order. */
  dns?: Zone;
  /** Where providers deliver to, instead of the functions themselves. */
  functionsPublicUrl?: string;
  /** More secrets of the functions. */
  environment?: Record<string, string>;
}

export interface Tenant {
  clientId: string;
  email: string;
  password: string;
}

export interface TestConnection {
  id: string;
  provider: ProviderName;
  clientId: string | null;
  secret: string;
  apiKey: string;
  webhookUrl: string;
  /** The workspace behind the key at the simulator; empty without one. */
  workspaceId: string;
}

export interface Business {
  name?: string;
  email?: string | null;
  email_deliverability?: Database['public']['Enums']['email_deliverability'];
  [column: string]: unknown;
}

export type Project = Awaited<ReturnType<typeof startProject>>;

/** The server that the global setup started, as the parts of the stack want it. */
export function sharedPostgres(): PostgresServer {
  const port = inject('postgresPort');
  const address = (user: string) => (database = 'postgres') =>
    `postgresql://${user}:postgres@127.0.0.1:${port}/${database}`;
  return {
    port,
    directory: '',
    pid: 0,
    exited: new Promise(() => undefined),
    isNew: true,
    url: address('postgres'),
    adminUrl: address('supabase_admin'),
    stop: () => Promise.resolve(),
    kill: () => Promise.resolve(),
  };
}

export async function startProject(options: ProjectOptions = {}) {
  const postgres = options.postgres ?? sharedPostgres();
  const database = `test_${randomBytes(6).toString('hex')}`;
  await createDatabase(postgres, database, templateDatabase);
  const pool = new pg.Pool({ connectionString: postgres.adminUrl(database), max: 4 });
  // The server ends the connections when the database is dropped; that is no error of a test.
  pool.on('error', () => undefined);

  const simulator: InstantlySimulator | undefined = options.simulator === false
    ? undefined
    : await startInstantlySimulator({ port: 0, limits: 'off', ...options.simulator });
  const smartlead: SmartleadSimulator | undefined = options.smartlead === undefined
    ? undefined
    : await startSmartleadSimulator({ port: 0, limits: 'off', ...options.smartlead });
  const dns: DnsServer = await startDnsServer(options.dns ?? null);
  const newKey = () => randomBytes(32).toString('base64');
  const masterKeys: MasterKeys = { current: 'k1', keys: { k0: newKey(), k1: newKey() } };
  const logDirectory = join(temporaryDirectory(), 'logs', database);
  const stack: Stack = await startStack({
    postgres,
    database,
    keys: await createKeys(),
    functions: options.functions ?? 'all',
    ...(isMeasured ? { functionsDirectory: instrumentedDirectory } : {}),
    ...options.stack,
    scheduler: options.scheduler ?? false,
    environment: {
      PROVIDER_KEYS_MASTER: JSON.stringify(masterKeys),
      DNS_RESOLVERS: dns.url,
      ...(simulator ? { INSTANTLY_API_URL: simulator.url } : {}),
      ...(options.functionsPublicUrl ? { FUNCTIONS_PUBLIC_URL: options.functionsPublicUrl } : {}),
      ...(smartlead ? { SMARTLEAD_API_URL: smartlead.url } : {}),
      ...options.environment,
    },
    logDirectory,
  });

  async function sql<Row extends pg.QueryResultRow = Record<string, unknown>>(
    text: string,
    values: unknown[] = [],
  ): Promise<Row[]> {
    return (await pool.query<Row>(text, values)).rows;
  }

  async function one<Row extends pg.QueryResultRow = Record<string, unknown>>(
    text: string,
    values: unknown[] = [],
  ): Promise<Row> {
    const [row] = await sql<Row>(text, values);
    if (!row) throw new Error(`No row for: ${text}`);
    return row;
  }

  /** Locks a row, so that a writer of it waits; returns what lets it go. */
  async function holdRow(table: string, id: string): Promise<() => Promise<void>> {
    const holder = await pool.connect();
    await holder.query('begin');
    await holder.query(`select from ${table} where id = $1 for update`, [id]);
    return async () => {
      await holder.query('rollback');
      holder.release();
    };
  }

  const browser = (): Client =>
    createClient<Database>(stack.apiUrl, stack.publishableKey, {
      auth: { persistSession: false, autoRefreshToken: false },
    });
  const service = createClient<Database>(stack.apiUrl, stack.secretKeys.default, {
    auth: { persistSession: false, autoRefreshToken: false },
  });

  async function createUser(
    role: 'operator' | 'client' | null,
    clientId: string | null,
  ): Promise<{ email: string; password: string }> {
    const id = randomUUID();
    const email = `${id.slice(0, 8)}@people.test`;
    const password = randomBytes(9).toString('hex');
    await sql(
      `insert into auth.users (instance_id, id, aud, role, email, encrypted_password, email_confirmed_at, raw_app_meta_data, raw_user_meta_data, created_at, updated_at)
       values ('00000000-0000-0000-0000-000000000000', $1, 'authenticated', 'authenticated', $2,
         extensions.crypt($3, extensions.gen_salt('bf', 4)), now(), '{}', '{}', now(), now())`,
      [id, email, password],
    );
    if (role) {
      await sql('insert into public.members (user_id, role, client_id) values ($1, $2, $3)', [
        id,
        role,
        clientId,
      ]);
    }
    return { email, password };
  }

  async function signIn(person: { email: string; password: string }): Promise<Client> {
    const client = browser();
    const { error } = await client.auth.signInWithPassword(person);
    if (error) throw error;
    return client;
  }

  async function createTenant(name = 'Tenant'): Promise<Tenant> {
    // Its people see and manage their workspace, which an agency has to allow.
    const { id } = await one<{ id: string }>(
      'insert into public.clients (name, may_see_connection) values ($1, true) returning id',
      [name],
    );
    return { clientId: id, ...(await createUser('client', id)) };
  }

  /** A connection with a encrypted key and a webhook secret; with a simulator also the workspace behind the key. */
  async function createConnection(
    clientId: string | null,
    apiKey = randomBytes(16).toString('base64'),
    provider: ProviderName = 'instantly',
    labels: { label: string; kind: 'positive' | 'negative' | 'neutral' }[] = [],
  ): Promise<TestConnection> {
    const { id } = await one<{ id: string }>(
      'insert into public.provider_connections (provider, client_id, name, api_key_last4) values ($1, $2, $3, $4) returning id',
      [provider, clientId, 'Workspace', apiKey.slice(-4)],
    );
    const encrypted = await encryptKey(masterKeys, id, apiKey);
    await sql(
      'insert into private.provider_keys (connection_id, encrypted_key, master_key_id) values ($1, $2, $3)',
      [
        id,
        encrypted.encryptedKey,
        encrypted.masterKeyId,
      ],
    );
    const secret = randomBytes(24).toString('base64url');
    await sql('insert into private.webhook_secrets (connection_id, digest) values ($1, $2)', [
      id,
      createHash('sha256').update(secret).digest(),
    ]);
    const made = { keys: [apiKey], accounts: ['mia@outreach.test', 'jon@outreach.test'], labels };
    const workspace = provider === 'smartlead'
      ? smartlead?.createWorkspace({ ...made, clients: ['Lakeside', 'Harbour'] })
      : simulator?.createWorkspace({
        ...made,
        accounts: [{ email: 'mia@outreach.test', tags: ['North'] }, 'jon@outreach.test'],
      });
    const webhookUrl = `${stack.functionsUrl}/${provider}-webhook/${id}`;
    return { id, provider, clientId, secret, apiKey, webhookUrl, workspaceId: workspace?.id ?? '' };
  }

  async function createCampaign(
    clientId: string,
    connectionId: string | null,
    columns: Record<string, unknown> = {},
  ): Promise<string> {
    const row = {
      client_id: clientId,
      connection_id: connectionId,
      name: 'Campaign',
      generation_status: 'completed',
      ...columns,
    };
    const names = Object.keys(row);
    const { id } = await one<{ id: string }>(
      `insert into public.campaigns (${names.join(', ')}) values (${
        names.map((_, index) => `$${index + 1}`).join(', ')
      }) returning id`,
      Object.values(row),
    );
    return id;
  }

  /** Campaigns of a workspace as a sync finds them in the provider's list: what they deliver is not held any more. */
  async function listCampaigns(connection: TestConnection, ...ids: (string | number)[]): Promise<void> {
    await one('select worker.record_provider_campaigns($1, $2)', [
      connection.id,
      JSON.stringify(ids.map((id) => ({ provider_campaign_id: String(id) }))),
    ]);
  }

  async function addBusinesses(clientId: string, campaignId: string, businesses: Business[]): Promise<void> {
    const rows = businesses.map((business, index) => ({
      client_id: clientId,
      campaign_id: campaignId,
      name: `Business ${index}`,
      email_deliverability: 'deliverable',
      linkedin_contact_email_deliverability: 'unverified',
      // What the default sequence uses.
      icebreaker: 'Nice place',
      subject_line: 'A question',
      reply_count: 0,
      email_status: 'not_sent',
      created_at: new Date(Date.now() + index),
      updated_at: new Date(),
      id: randomUUID(),
      ...business,
    }));
    // By name: what the database makes itself is not written.
    const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].join(', ');
    await sql(
      `insert into public.businesses (${columns}) select ${columns} from jsonb_populate_recordset(null::public.businesses, $1::jsonb)`,
      [JSON.stringify(rows)],
    );
  }

  /** Posts one delivery (or several) as the provider would. */
  async function deliver(
    connection: TestConnection,
    body: unknown,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const isInAddress = connection.provider === 'smartlead';
    return await fetch(`${connection.webhookUrl}${isInAddress ? `?token=${connection.secret}` : ''}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(isInAddress ? {} : { 'x-webhook-secret': connection.secret }),
        ...headers,
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  }

  /** Calls a function as an operator's script does, with the secret key. */
  async function invoke(
    name: string,
    body: unknown,
    key = stack.secretKeys.default,
  ): Promise<{ status: number; body: Record<string, unknown> }> {
    const response = await fetch(`${stack.functionsUrl}/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', apikey: key },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() as Record<string, unknown> };
  }

  /** Projects everything that is due, as the sweep does; what the function holds at the moment is waited for. */
  async function project(): Promise<void> {
    await eventually(async () => {
      await sql('select worker.process_webhook_events(500)');
      const { waiting } = await one<{ waiting: number }>(
        `select count(*)::int as waiting from private.webhook_events where status = 'pending' and next_attempt_at <= now()`,
      );
      return waiting === 0;
    }, 'nothing waits to be projected');
  }

  /** Polls until the check holds; for work that the functions do after they answered. */
  async function eventually(check: () => Promise<boolean>, what: string, timeout = 20_000): Promise<void> {
    const end = Date.now() + timeout;
    while (!await check()) {
      if (Date.now() > end) throw new Error(`Gave up waiting until ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async function jobEnded(jobId: string): Promise<Record<string, unknown>> {
    const read = () => one('select * from private.jobs where id = $1', [jobId]);
    await eventually(
      async () => !['queued', 'running'].includes(String((await read())['status'])),
      `job ${jobId} ends`,
    );
    return await read();
  }

  async function stop(): Promise<void> {
    await stack.stop();
    await simulator?.stop();
    await smartlead?.stop();
    await dns.stop();
    await pool.end();
    await dropTestDatabase(postgres, database);
  }

  return {
    stack,
    /** Where the functions write their logs. */
    logDirectory,
    masterKeys,
    dns,
    sql,
    one,
    holdRow,
    browser,
    service,
    createUser,
    signIn,
    createTenant,
    createConnection,
    createCampaign,
    listCampaigns,
    addBusinesses,
    deliver,
    invoke,
    project,
    eventually,
    jobEnded,
    stop,
    get smartlead(): SmartleadSimulator {
      if (!smartlead) throw new Error("This project was started without Smartlead's simulator");
      return smartlead;
    },
    get simulator(): InstantlySimulator {
      if (!simulator) throw new Error('This project was started without the simulator');
      return simulator;
    },
  };
}
