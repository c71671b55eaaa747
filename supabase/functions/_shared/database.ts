import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { AppError, isErrorCode } from './errors.ts';
import type { Database } from './database.types.ts';

/** supabase-js with the service role: everything below the function files reaches the database through this. */
export type ServiceClient = SupabaseClient<Database>;

type Functions = Database['public']['Functions'];
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
 * Calls a SQL function and checks its answer. Our SQL raises `message = CODE, detail = sentence`; those become AppError,
 * everything else DatabaseError.
 */
export async function callFunction<T>(
  database: ServiceClient,
  name: FunctionName,
  parameters: Record<string, unknown>,
  answer: z.ZodType<T>,
): Promise<T> {
  const { data, error, status } = await database.rpc(name, parameters as never);
  if (error) {
    if (isErrorCode(error.message)) throw new AppError(error.message, error.details ?? error.message);
    throw new DatabaseError(name, error.code ?? '', error.message, status);
  }
  return answer.parse(data);
}
