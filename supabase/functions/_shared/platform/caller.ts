import type { SupabaseContext } from '@supabase/server';
import { z } from 'zod';
import { callFunction, type ServiceClient } from './database.ts';
import { AppError } from './errors.ts';
import type { Database } from './database.types.ts';

/** Who called: another part of the system with a secret key, an operator, or a user of one client. */
export type Caller =
  | { kind: 'service'; userId: null }
  | { kind: 'operator'; userId: string }
  | { kind: 'client'; userId: string; clientId: string };

/** The caller from a context verified by `withSupabase`; throws FORBIDDEN for a user without membership. */
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
    'This user belongs to no client and is not an operator; ask the agency for access',
  );
}

/**
 * A token can be up to an hour old. The functions act with the service role, so they first check that its owner still has
 * the membership in it; throws FORBIDDEN for somebody who was removed or moved.
 */
export async function requireMembership(caller: Caller, database: ServiceClient): Promise<void> {
  if (caller.kind === 'service') return;
  const isMember = await callFunction(database, 'is_still_member', {
    target_user_id: caller.userId,
    claimed_role: caller.kind,
    claimed_client_id: caller.kind === 'client' ? caller.clientId : null,
  }, z.boolean());
  if (!isMember) {
    throw new AppError(
      'FORBIDDEN',
      'Your access has ended or was changed since you signed in; sign in again, or ask the agency',
    );
  }
}
