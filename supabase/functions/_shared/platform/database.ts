import { createAdminClient } from '@supabase/server/core';
import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { AppError, isErrorCode } from './errors.ts';
import { bookDatabaseCall } from './processor-time.ts';
import type { Database } from './database.types.ts';

/** supabase-js with the service role; all `_shared` code reaches the database through it. */
export type ServiceClient = SupabaseClient<Database>;

let client: ServiceClient | undefined;

/** One client per isolate: withSupabase makes two per request at 130 µs each, and storing a delivery takes 90 µs. */
export const adminClient = (): ServiceClient => (client ??= createAdminClient<Database>());

type Functions = Database['worker']['Functions'];
export type FunctionName = keyof Functions;

/** A failed call of a SQL function; `sqlState` distinguishes data errors from conflicts. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  readonly sqlState: string;
  /** HTTP status of the API's answer; 0 without an answer. */
  readonly httpStatus: number;

  constructor(functionName: string, sqlState: string, message: string, httpStatus = 0) {
    super(`${functionName} failed with ${sqlState || httpStatus || 'no answer'}: ${message}`);
    this.sqlState = sqlState;
    this.httpStatus = httpStatus;
  }
}

/**
 * Conflicts with another writer, broken or unavailable connections, and an API that waited too long for one: the same call
 * may succeed a little later.
 */
const transientStates: ReadonlySet<string> = new Set([
  '40001',
  '40P01',
  '53300',
  '57P01',
  '57P03',
  'PGRST000',
  'PGRST001',
  'PGRST002',
  'PGRST003',
]);

export function isTransient(error: unknown): boolean {
  return error instanceof DatabaseError &&
    (transientStates.has(error.sqlState) ||
      (error.sqlState === '' && [0, 502, 503, 504].includes(error.httpStatus)));
}

/** Postgres class 22: the data itself is the problem, so one delivery must not fail the others of its call. */
export function isDataError(error: unknown): boolean {
  return error instanceof DatabaseError && (error.sqlState.startsWith('22') || error.sqlState === '54001');
}

/** The statement took longer than its role may (8 s for the functions): with less to do at once it may end. */
export function isStatementTimeout(error: unknown): boolean {
  return error instanceof DatabaseError && error.sqlState === '57014';
}

/** Durations in milliseconds, short enough for a caller that waits for the answer. */
const retryPolicy = { maxTries: 6, maxDuration: 20_000, firstDelay: 50, maxDelay: 1_000 };

/** Retries work while it fails with a transient error. */
export async function retryTransient<T>(
  work: () => Promise<T>,
  now: () => number = Date.now,
  sleep: (milliseconds: number) => Promise<void> = (milliseconds) =>
    new Promise((wake) => setTimeout(wake, milliseconds)),
): Promise<T> {
  const endsAt = now() + retryPolicy.maxDuration;
  for (let tries = 1;; tries++) {
    try {
      return await work();
    } catch (error) {
      if (!isTransient(error) || tries === retryPolicy.maxTries || now() >= endsAt) throw error;
      await sleep(
        Math.min(retryPolicy.maxDelay, retryPolicy.firstDelay * 3 ** (tries - 1)) * (0.5 + Math.random() / 2),
      );
    }
  }
}

/**
 * Calls a SQL function of the schema worker and validates its answer. Our SQL raises `message = CODE, detail = sentence`,
 * which becomes an AppError; everything else becomes a DatabaseError.
 */
export async function callFunction<T>(
  database: ServiceClient,
  name: FunctionName,
  parameters: Record<string, unknown>,
  answer: z.ZodType<T>,
): Promise<T> {
  const { data, error, status } = await database.schema('worker').rpc(name, parameters as never);
  bookDatabaseCall(data, ...Object.values(parameters));
  if (error) {
    if (isErrorCode(error.message)) throw new AppError(error.message, error.details ?? error.message);
    throw new DatabaseError(name, error.code ?? '', error.message, status);
  }
  return answer.parse(data);
}
