import { createAdminClient } from '@supabase/server/core';
import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { AppError, isErrorCode } from './errors.ts';
import type { Database } from './database.types.ts';

/** supabase-js with the service role: everything below the function files reaches the database through this. */
export type ServiceClient = SupabaseClient<Database>;

let client: ServiceClient | undefined;

/** One client per isolate: withSupabase makes two per request at 130 µs each, and storing a delivery takes 90 µs. */
export const adminClient = (): ServiceClient => (client ??= createAdminClient<Database>());

type Functions = Database['worker']['Functions'];
export type FunctionName = keyof Functions;

/** A failed call of a SQL function; `sqlState` tells data errors from conflicts. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  readonly sqlState: string;
  /** The status of the API's answer; 0 when there was none. */
  readonly httpStatus: number;

  constructor(functionName: string, sqlState: string, message: string, httpStatus = 0) {
    super(`${functionName} failed with ${sqlState || httpStatus || 'no answer'}: ${message}`);
    this.sqlState = sqlState;
    this.httpStatus = httpStatus;
  }
}

/**
 * Conflicts with another writer, connections that broke or could not be had, and an API that waited too long for one: the
 * same call may simply run again a little later.
 */
const passingStates: ReadonlySet<string> = new Set([
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

export function isPassing(error: unknown): boolean {
  return error instanceof DatabaseError &&
    (passingStates.has(error.sqlState) ||
      (error.sqlState === '' && [0, 502, 503, 504].includes(error.httpStatus)));
}

/** Postgres class 22: the data itself is the problem, so one delivery must not take the others of its call with it. */
export function isDataError(error: unknown): boolean {
  return error instanceof DatabaseError && (error.sqlState.startsWith('22') || error.sqlState === '54001');
}

/** How often and for how long somebody who waits for an answer tries again, in milliseconds. */
const patience = { tries: 6, total: 20_000, first: 50, longest: 1_000 };

/** Runs work again while it fails in a way that passes: whoever delivered is not told of a busy moment. */
export async function retryPassing<T>(
  work: () => Promise<T>,
  now: () => number = Date.now,
  sleep: (milliseconds: number) => Promise<void> = (milliseconds) =>
    new Promise((wake) => setTimeout(wake, milliseconds)),
): Promise<T> {
  const endsAt = now() + patience.total;
  for (let tries = 1;; tries++) {
    try {
      return await work();
    } catch (error) {
      if (!isPassing(error) || tries === patience.tries || now() >= endsAt) throw error;
      await sleep(Math.min(patience.longest, patience.first * 3 ** (tries - 1)) * (0.5 + Math.random() / 2));
    }
  }
}

/**
 * Calls a SQL function of the schema worker and checks its answer. Our SQL raises `message = CODE, detail = sentence`; those become AppError,
 * everything else DatabaseError.
 */
export async function callFunction<T>(
  database: ServiceClient,
  name: FunctionName,
  parameters: Record<string, unknown>,
  answer: z.ZodType<T>,
): Promise<T> {
  const { data, error, status } = await database.schema('worker').rpc(name, parameters as never);
  if (error) {
    if (isErrorCode(error.message)) throw new AppError(error.message, error.details ?? error.message);
    throw new DatabaseError(name, error.code ?? '', error.message, status);
  }
  return answer.parse(data);
}
