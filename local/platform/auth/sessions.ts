// Sessions and their refresh tokens, and the password that opens one.
import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { AuthError } from './errors.ts';
import { userColumns, type UserRow } from './users.ts';
import type { ProjectConfig } from '../../shared/project-config.ts';

export interface Session {
  user: UserRow;
  sessionId: string;
  signedInAt: Date;
  refreshToken: string;
  /** How it was opened, for the claim `amr`. */
  method: SignInMethod;
}

export type SignInMethod = 'password' | 'otp' | 'magiclink' | 'recovery';

/** The user with this address and password. The check runs as superuser: Auth's own role has no pgcrypto. */
export async function checkPassword(admin: pg.Pool, email: string, password: string): Promise<UserRow> {
  const { rows } = await admin.query<UserRow & { matches: boolean }>(
    `select ${userColumns}, extensions.crypt($2, encrypted_password) = encrypted_password as matches
     from auth.users
     where lower(email) = lower(trim($1)) and not is_sso_user and deleted_at is null and coalesce(encrypted_password, '') <> ''`,
    [email, password],
  );
  const user = rows[0];
  if (!user?.matches) throw new AuthError(400, 'invalid_credentials', 'Invalid login credentials');
  requireNotBanned(user);
  if (!user.email_confirmed_at) throw new AuthError(400, 'email_not_confirmed', 'Email not confirmed');
  return user;
}

export async function openSession(
  auth: pg.Pool,
  user: UserRow,
  method: SignInMethod,
  userAgent: string | undefined,
): Promise<Session> {
  const sessionId = randomUUID();
  const refreshToken = newRefreshToken();
  const { rows } = await auth.query<{ created_at: Date }>(
    `with signed_in as (
       update auth.users set last_sign_in_at = now() where id = $2
     ), session as (
       insert into auth.sessions (id, user_id, created_at, updated_at, aal, user_agent)
       values ($1, $2, now(), now(), 'aal1', $3)
       returning id, created_at
     ), amr as (
       insert into auth.mfa_amr_claims (id, session_id, created_at, updated_at, authentication_method)
       select gen_random_uuid(), id, created_at, created_at, $5 from session
     ), token as (
       insert into auth.refresh_tokens (instance_id, token, user_id, revoked, created_at, updated_at, session_id)
       select '00000000-0000-0000-0000-000000000000', $4, $2::text, false, now(), now(), id from session
     )
     select created_at from session`,
    [sessionId, user.id, userAgent ?? null, refreshToken, method],
  );
  return { user, sessionId, signedInAt: rows[0]?.created_at ?? new Date(), refreshToken, method };
}

/**
 * A refresh token is valid once and replaced by its successor. Used again within the reuse interval (two tabs, a lost answer)
 * it returns the current successor; later it counts as theft, and the whole session ends.
 */
export async function refreshSession(auth: pg.Pool, token: string, config: ProjectConfig): Promise<Session> {
  const client = await auth.connect();
  try {
    await client.query('begin');
    const session = await rotate(client, token, config);
    await client.query('commit');
    if (session) return session;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  } finally {
    client.release();
  }
  throw new AuthError(400, 'refresh_token_already_used', 'Invalid Refresh Token: Already Used');
}

interface TokenRow {
  id: string;
  token: string;
  revoked: boolean;
  age: number;
  session_id: string;
  signed_in_at: Date;
  method: SignInMethod;
}

async function rotate(
  client: pg.PoolClient,
  token: string,
  config: ProjectConfig,
): Promise<Session | undefined> {
  const { rows } = await client.query<TokenRow & { user_id: string }>(
    `select token.id, token.token, token.revoked, token.user_id, token.session_id, session.created_at as signed_in_at,
       coalesce(
         (select authentication_method from auth.mfa_amr_claims as amr where amr.session_id = session.id limit 1), 'password'
       ) as method,
       extract(epoch from now() - token.updated_at)::float8 as age
     from auth.refresh_tokens as token
     join auth.sessions as session on session.id = token.session_id
     where token.token = $1
     for update`,
    [token],
  );
  const row = rows[0];
  if (!row) {
    throw new AuthError(400, 'refresh_token_not_found', 'Invalid Refresh Token: Refresh Token Not Found');
  }
  const { rows: users } = await client.query<UserRow>(`select ${userColumns} from auth.users where id = $1`, [
    row.user_id,
  ]);
  const user = users[0];
  if (!user) throw new AuthError(400, 'user_not_found', 'User from sub claim in JWT does not exist');
  requireNotBanned(user);
  const session = { user, sessionId: row.session_id, signedInAt: row.signed_in_at, method: row.method };

  if (!config.rotateRefreshTokens) return { ...session, refreshToken: token };
  if (row.revoked) {
    const { rows: active } = await client.query<{ token: string }>(
      'select token from auth.refresh_tokens where session_id = $1 and not revoked order by id desc limit 1',
      [row.session_id],
    );
    if (active[0] && row.age <= config.refreshReuseInterval) {
      return { ...session, refreshToken: active[0].token };
    }
    await client.query(
      'update auth.refresh_tokens set revoked = true, updated_at = now() where session_id = $1',
      [
        row.session_id,
      ],
    );
    return undefined;
  }
  const refreshToken = newRefreshToken();
  await client.query('update auth.refresh_tokens set revoked = true, updated_at = now() where id = $1', [
    row.id,
  ]);
  await client.query(
    `insert into auth.refresh_tokens (instance_id, token, user_id, revoked, created_at, updated_at, parent, session_id)
     values ('00000000-0000-0000-0000-000000000000', $1, $2, false, now(), now(), $3, $4)`,
    [refreshToken, user.id, token, row.session_id],
  );
  await client.query('update auth.sessions set refreshed_at = now(), updated_at = now() where id = $1', [
    row.session_id,
  ]);
  return { ...session, refreshToken };
}

/** The user of a live session; the caller has verified the token's signature. */
export async function userOfSession(auth: pg.Pool, userId: string, sessionId: string): Promise<UserRow> {
  const { rows } = await auth.query<UserRow>(
    `select ${userColumns} from auth.users
     where id = $1 and exists (select from auth.sessions where sessions.id = $2 and sessions.user_id = users.id)`,
    [userId, sessionId],
  );
  if (rows[0]) return rows[0];
  throw new AuthError(403, 'session_not_found', 'Session from session_id claim in JWT does not exist');
}

export async function closeSessions(
  auth: pg.Pool,
  userId: string,
  sessionId: string,
  scope: string,
): Promise<void> {
  const condition = scope === 'local'
    ? 'and id = $2'
    : scope === 'others'
    ? 'and id <> $2'
    : 'and $2::uuid is not null';
  await auth.query(`delete from auth.sessions where user_id = $1 ${condition}`, [userId, sessionId]);
}

function requireNotBanned(user: UserRow): void {
  if (user.banned_until && user.banned_until.getTime() > Date.now()) {
    throw new AuthError(400, 'user_banned', 'User is banned');
  }
}

function newRefreshToken(): string {
  return randomBytes(9).toString('base64url').replaceAll(/[-_]/g, 'x');
}
