import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { DatabaseError } from '../platform/database.ts';
import type { Database } from '../platform/database.types.ts';
import { AppError, isErrorCode } from '../platform/errors.ts';

/** Milliseconds that one read may take; the database ends a person's statement after three seconds. */
const readTimeout = 8_000;

interface Answer {
  data: unknown;
  error: { code?: string; message: string; details?: string | null } | null;
  status: number;
}

/** A query of supabase-js that has not been sent yet. */
interface Query {
  abortSignal(signal: AbortSignal): PromiseLike<Answer>;
}

/**
 * Rows of a query, each as the schema says. Functions are called with `{ get: true }`: PostgREST runs a GET in a transaction that
 * cannot write.
 */
export async function readRows<T>(query: Query, row: z.ZodType<T>): Promise<T[]> {
  const { data, error, status } = await query.abortSignal(AbortSignal.timeout(readTimeout));
  if (error) throw toReadError(error, status);
  return z.array(row).parse(data);
}

function toReadError(error: NonNullable<Answer['error']>, status: number): Error {
  if (isErrorCode(error.message)) return new AppError(error.message, error.details || error.message);
  if (error.code === '57014' || /abort|timed? ?out/i.test(error.message)) {
    return new AppError(
      'REQUEST_TIMEOUT',
      'The answer took too long; ask for fewer days, for one client, or for one campaign',
    );
  }
  return new DatabaseError('A read for an assistant', error.code ?? '', error.message, status);
}

/** Refuses the token of somebody who was removed or moved since it was issued, before anything is listed. */
export async function requireReader(database: SupabaseClient<Database>, userId: string): Promise<void> {
  // What every request of the Data API passes checks this; any read of one's own does.
  await readRows(
    database.from('members').select('user_id').eq('user_id', userId).limit(1),
    z.object({ user_id: z.string() }),
  );
}
