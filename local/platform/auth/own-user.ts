// PUT /user: what a signed-in person changes of its own account.
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { type AuthContext, jsonBody } from './context.ts';
import { AuthError } from './errors.ts';
import {
  changeMetadata,
  isPassword,
  requireStrength,
  requireUser,
  storePassword,
  userObject,
  type UserRow,
} from './users.ts';

const body = z.object({
  email: z.string().nullish(),
  password: z.string().nullish(),
  data: z.record(z.string(), z.unknown()).nullish(),
  app_metadata: z.unknown().optional(),
});

/** Hours after which a password is changed only with a fresh sign-in (secure_password_change). */
const recentHours = 24;

export async function changeOwnUser(
  context: AuthContext,
  user: UserRow,
  sessionId: string,
  request: IncomingMessage,
): Promise<{ status: number; body: unknown }> {
  const wanted = await jsonBody(request, body);
  if (wanted.app_metadata !== undefined) {
    throw new AuthError(403, 'not_admin', 'Updating app_metadata requires admin privileges');
  }
  if (wanted.email && wanted.email.trim().toLowerCase() !== user.email?.toLowerCase()) {
    throw new AuthError(
      422,
      'validation_failed',
      'The local stack does not change an address; invite the new one and remove the old one',
    );
  }
  if (wanted.password !== undefined && wanted.password !== null) {
    requireStrength(wanted.password, context.config.minimumPassword);
    if (context.config.securePasswordChange) await requireRecentSignIn(context, sessionId);
    if (await isPassword(context.admin, user.id, wanted.password)) {
      throw new AuthError(422, 'same_password', 'New password should be different from the old password.');
    }
    await storePassword(context.admin, user.id, wanted.password, sessionId);
  }
  if (wanted.data) await changeMetadata(context.auth, user.id, 'raw_user_meta_data', wanted.data);
  return { status: 200, body: userObject(await requireUser(context.auth, user.id)) };
}

async function requireRecentSignIn(context: AuthContext, sessionId: string): Promise<void> {
  const { rowCount } = await context.auth.query(
    `select from auth.sessions where id = $1 and created_at > now() - make_interval(hours => $2)`,
    [sessionId, recentHours],
  );
  if (rowCount !== 1) {
    throw new AuthError(400, 'reauthentication_needed', 'Password update requires reauthentication');
  }
}
