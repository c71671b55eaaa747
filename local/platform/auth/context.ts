// What the parts of the stand-in share.
import type { IncomingMessage } from 'node:http';
import type { Buffer } from 'node:buffer';
import pg from 'pg';
import { z } from 'zod';
import { AuthError } from './errors.ts';
import { readBody } from '../gateway/http-answers.ts';
import type { ProjectConfig } from '../../shared/project-config.ts';
import type { Outbox } from './outbox.ts';

export interface AuthContext {
  /** As Supabase Auth's own role. */
  auth: pg.Pool;
  /** As the superuser, for what needs pgcrypto. */
  admin: pg.Pool;
  config: ProjectConfig;
  /** URL of Auth itself. */
  issuer: string;
  outbox: Outbox;
}

const bodyLimit = 1_000_000;

export async function jsonBody<Body>(request: IncomingMessage, schema: z.ZodType<Body>): Promise<Body> {
  const bytes: Buffer | undefined = await readBody(request, bodyLimit);
  let body: unknown;
  try {
    const text = (bytes ?? '').toString();
    body = text === '' ? {} : JSON.parse(text);
  } catch {
    throw new AuthError(400, 'bad_json', 'Could not parse request body as JSON');
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => issue.path.join('.') || 'body').join(', ');
  throw new AuthError(400, 'validation_failed', `Could not parse request body as JSON: check ${fields}`);
}

/** Runs work in one transaction of Auth's role. */
export async function inTransaction<Result>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}
