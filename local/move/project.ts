// One side of a move: a connection to the database of a project, and what the database knows of the project itself.
import pg from 'pg';
import { Failure, messageOf } from '../shared/failure.ts';
import type { MasterKeys } from '../../supabase/functions/_shared/platform/environment.ts';

export interface ProjectAccess {
  databaseUrl: string;
  masterKeys: MasterKeys;
}

export interface Project {
  side: 'source' | 'target';
  client: pg.Client;
  /** Where its functions and its Data API are; from the Vault, where its own schedule takes it from. */
  url: string;
  /** The secret key with which its schedule calls the functions. */
  secretKey: string;
  masterKeys: MasterKeys;
}

/** Everything is read and compared as text, so both sides have to write it in one form. */
const settings = `
  set timezone = 'UTC';
  set datestyle = 'ISO, YMD';
  set intervalstyle = 'postgres';
  set bytea_output = 'hex';
  set extra_float_digits = 1;
  set search_path = pg_catalog;
  set statement_timeout = 0;
  set idle_in_transaction_session_timeout = 0;
  set lock_timeout = '60s'`;

/** One move at a time in a project; a second one finds the lock taken, and so does a target that is the source itself. */
const lock = `select pg_try_advisory_lock(hashtextextended('replyloop move client', 0)) as is_free`;

export async function openProject(side: Project['side'], access: ProjectAccess): Promise<Project> {
  const client = new pg.Client({
    connectionString: access.databaseUrl,
    application_name: 'replyloop move',
    keepAlive: true,
  });
  // A lost connection fails the query that waits for it.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw new Failure(`The database of the ${side} cannot be reached: ${messageOf(error)}`, { cause: error });
  }
  try {
    await client.query(settings);
    const { rows: [taken] } = await client.query<{ is_free: boolean }>(lock);
    if (!taken?.is_free) {
      throw new Failure(
        side === 'source'
          ? 'Another run moves a client from or to the source; wait until it ends'
          : 'Another run moves a client from or to the target, or source and target are the same database',
      );
    }
    return { side, client, masterKeys: access.masterKeys, ...await readVault(side, client) };
  } catch (error) {
    await client.end();
    throw error;
  }
}

async function readVault(side: string, client: pg.Client): Promise<{ url: string; secretKey: string }> {
  const { rows } = await client.query<{ name: string; value: string }>(
    `select s.name, s.decrypted_secret as value from vault.decrypted_secrets as s
     where s.name in ('project_url', 'cron_secret_key')`,
  );
  const find = (name: string) => rows.find((row) => row.name === name)?.value;
  const [url, secretKey] = [find('project_url'), find('cron_secret_key')];
  if (!url || !secretKey) {
    throw new Failure(
      `The Vault of the ${side} lacks "project_url" or "cron_secret_key", so its schedule does not work either; save both first`,
    );
  }
  return { url: url.replace(/\/+$/, ''), secretKey };
}

export async function rowsOf<Row extends pg.QueryResultRow>(
  { client }: Project,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  return (await client.query<Row>(text, values)).rows;
}

export async function rowOf<Row extends pg.QueryResultRow>(
  project: Project,
  text: string,
  values: unknown[] = [],
): Promise<Row | undefined> {
  return (await rowsOf<Row>(project, text, values))[0];
}

/** Work in a transaction, which is rolled back when it fails. */
export async function inTransaction<Result>(
  { client }: Project,
  work: () => Promise<Result>,
  options = '',
): Promise<Result> {
  await client.query(`begin ${options}`);
  try {
    const result = await work();
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

/** Calls an edge function of a project as its schedule does. */
export async function callFunction(project: Project, name: string, body: unknown): Promise<unknown> {
  const url = `${project.url}/functions/v1/${name}`;
  const response = await fetch(url, {
    method: 'POST',
    headers: { apikey: project.secretKey, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(150_000),
  }).catch((error: unknown) => {
    throw new Failure(`The functions of the ${project.side} cannot be reached at ${project.url}`, {
      cause: error,
    });
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok) return answer;
  const message = (answer as { error?: { message?: unknown } } | undefined)?.error?.message;
  throw new Failure(
    `The function "${name}" of the ${project.side} answered ${response.status}${
      typeof message === 'string' ? `: ${message}` : ''
    }`,
  );
}
