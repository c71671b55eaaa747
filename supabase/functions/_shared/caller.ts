import type { SupabaseContext } from '@supabase/server';
import { AppError } from './errors.ts';
import type { Database } from './database.types.ts';

/** Who called: another part of the system with a secret key, an operator, or a person of one client. */
export type Caller =
  | { kind: 'service'; userId: null }
  | { kind: 'operator'; userId: string }
  | { kind: 'client'; userId: string; clientId: string };

/** Reads the caller from a context that `withSupabase` has verified; a user without membership may do nothing. */
export function identifyCaller(context: SupabaseContext<Database>): Caller {
  if (context.authMode === 'secret') return { kind: 'service', userId: null };
  const claims: Record<string, unknown> | null = context.jwtClaims;
  const userId = typeof claims?.['sub'] === 'string' ? claims['sub'] : undefined;
  if (userId && claims?.['user_role'] === 'operator') return { kind: 'operator', userId };
  if (userId && claims?.['user_role'] === 'client' && typeof claims['client_id'] === 'string') {
    return { kind: 'client', userId, clientId: claims['client_id'] };
  }
  throw new AppError(
    'FORBIDDEN',
    'This user belongs to no client and is no operator; ask the agency for access',
  );
}
