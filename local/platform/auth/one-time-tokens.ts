// The secrets in mailed links: made, and taken once. Only their SHA-256 is stored.
import { createHash, randomInt } from 'node:crypto';
import { AuthError } from './errors.ts';
import { type Queryable, userColumns, type UserRow } from './users.ts';

export type TokenType = 'confirmation_token' | 'recovery_token';

export interface OneTimeToken {
  /** The digits that a person could type instead of following the link. */
  otp: string;
  /** What the link holds. */
  hash: string;
}

/** In front of a token whose sign-in only the asking browser may finish. */
export const pkcePrefix = 'pkce_';

/** As Supabase Auth computes it from address and digits. */
export const tokenHash = (email: string, otp: string): string =>
  createHash('sha224').update(email + otp).digest('hex');

const stored = (hash: string): string => createHash('sha256').update(hash).digest('hex');

/** A new token; the user's earlier one of this type is worthless from now on. */
export async function createToken(
  db: Queryable,
  user: { id: string; email: string },
  type: TokenType,
  options: { length: number; isPkce?: boolean },
): Promise<OneTimeToken> {
  const otp = Array.from({ length: options.length }, () => randomInt(10)).join('');
  const hash = (options.isPkce ? pkcePrefix : '') + tokenHash(user.email, otp);
  await db.query(
    `insert into auth.one_time_tokens (user_id, token_type, token_hash, relates_to)
     values ($1, $2, $3, $4)
     on conflict (user_id, token_type) do update
     set token_hash = excluded.token_hash, relates_to = excluded.relates_to, created_at = now(), updated_at = now()`,
    [user.id, type, stored(hash), user.email],
  );
  return { otp, hash };
}

/** The user of a token, which is used up by this; throws otp_expired. */
export async function takeToken(
  db: Queryable,
  hashes: string[],
  types: TokenType[],
  expiry: number,
  refusal: string,
): Promise<{ user: UserRow; type: TokenType }> {
  const { rows } = await db.query<{ user_id: string; token_type: TokenType; is_fresh: boolean }>(
    `delete from auth.one_time_tokens
     where token_hash = any ($1) and token_type = any ($2)
     returning user_id, token_type, created_at > now() - make_interval(secs => $3) as is_fresh`,
    [hashes.map(stored), types, expiry],
  );
  const [token] = rows;
  const { rows: users } = token?.is_fresh
    ? await db.query<UserRow>(
      `select ${userColumns} from auth.users where id = $1 and deleted_at is null`,
      [token.user_id],
    )
    : { rows: [] };
  const [user] = users;
  if (!token || !user) throw new AuthError(403, 'otp_expired', refusal);
  if (user.banned_until && user.banned_until.getTime() > Date.now()) {
    throw new AuthError(403, 'user_banned', 'User is banned');
  }
  return { user, type: token.token_type };
}
