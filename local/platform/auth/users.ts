// The accounts: how they are found, made, changed and shown.
import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { AuthError } from './errors.ts';

export interface UserRow {
  id: string;
  aud: string | null;
  role: string | null;
  email: string | null;
  phone: string | null;
  email_confirmed_at: Date | null;
  phone_confirmed_at: Date | null;
  confirmed_at: Date | null;
  invited_at: Date | null;
  confirmation_sent_at: Date | null;
  recovery_sent_at: Date | null;
  last_sign_in_at: Date | null;
  raw_app_meta_data: Record<string, unknown> | null;
  raw_user_meta_data: Record<string, unknown> | null;
  created_at: Date | null;
  updated_at: Date | null;
  is_anonymous: boolean;
  banned_until: Date | null;
  has_password: boolean;
  identities: unknown[];
}

export type Queryable = Pick<pg.Pool | pg.PoolClient, 'query'>;

export const userColumns =
  `id, aud, role, email, phone, email_confirmed_at, phone_confirmed_at, confirmed_at, invited_at, confirmation_sent_at,
  recovery_sent_at, last_sign_in_at, raw_app_meta_data, raw_user_meta_data, created_at, updated_at, is_anonymous, banned_until,
  coalesce(encrypted_password, '') <> '' as has_password,
  (
    select coalesce(jsonb_agg(jsonb_build_object(
      'identity_id', i.id, 'id', i.provider_id, 'user_id', i.user_id, 'identity_data', i.identity_data, 'provider', i.provider,
      'last_sign_in_at', i.last_sign_in_at, 'created_at', i.created_at, 'updated_at', i.updated_at, 'email', i.email
    )), '[]')
    from auth.identities as i where i.user_id = users.id
  ) as identities`;

const duplicateAddress = 'A user with this email address has already been registered';

/** Lower case and trimmed, as Auth keeps it; throws when it is no address. */
export function requireAddress(email: string | undefined): string {
  const address = (email ?? '').trim().toLowerCase();
  if (address === '') throw new AuthError(400, 'validation_failed', 'An email address is required');
  if (address.length > 255 || !/^[^\s@<>"(),:;\\]+@[^\s@.]+(\.[^\s@.]+)+$/.test(address)) {
    throw new AuthError(400, 'validation_failed', 'Unable to validate email address: invalid format');
  }
  return address;
}

export async function findByEmail(db: Queryable, email: string): Promise<UserRow | undefined> {
  const { rows } = await db.query<UserRow>(
    `select ${userColumns} from auth.users
     where lower(email) = lower($1) and not is_sso_user and deleted_at is null`,
    [email],
  );
  return rows[0];
}

export async function findById(db: Queryable, id: string): Promise<UserRow | undefined> {
  const { rows } = await db.query<UserRow>(`select ${userColumns} from auth.users where id = $1`, [id]);
  return rows[0];
}

export interface NewUser {
  id?: string | undefined;
  email: string;
  role?: string | undefined;
  userMetadata?: Record<string, unknown> | undefined;
  appMetadata?: Record<string, unknown> | undefined;
}

/** An account without a password; 422 email_exists when there is one with this address. */
export async function createUser(db: Queryable, wanted: NewUser): Promise<UserRow> {
  const id = wanted.id ?? randomUUID();
  try {
    await db.query(
      `insert into auth.users (instance_id, id, aud, role, email, encrypted_password, raw_app_meta_data, raw_user_meta_data,
         confirmation_token, recovery_token, email_change, email_change_token_new, created_at, updated_at)
       values ('00000000-0000-0000-0000-000000000000', $1, 'authenticated', $2, $3, '', $4, $5, '', '', '', '', now(), now())`,
      [
        id,
        wanted.role ?? 'authenticated',
        wanted.email,
        { provider: 'email', providers: ['email'], ...wanted.appMetadata },
        wanted.userMetadata ?? {},
      ],
    );
  } catch (error) {
    if ((error as { code?: unknown }).code !== uniqueViolation) throw error;
    throw emailExists();
  }
  await db.query(
    `insert into auth.identities (provider_id, user_id, identity_data, provider, last_sign_in_at, created_at, updated_at)
     values ($1::uuid::text, $1::uuid, jsonb_build_object('sub', $1::uuid::text, 'email', $2::text, 'email_verified', false, 'phone_verified', false), 'email', now(), now(), now())`,
    [id, wanted.email],
  );
  return await requireUser(db, id);
}

const uniqueViolation = '23505';

export const emailExists = (): AuthError => new AuthError(422, 'email_exists', duplicateAddress);

export async function requireUser(db: Queryable, id: string): Promise<UserRow> {
  const user = await findById(db, id);
  if (!user) throw new AuthError(404, 'user_not_found', 'User not found');
  return user;
}

/** The address is proved: nothing that was mailed before is good any more. */
export async function confirmEmail(db: Queryable, id: string): Promise<void> {
  await db.query(
    `update auth.users set email_confirmed_at = coalesce(email_confirmed_at, now()), updated_at = now() where id = $1`,
    [id],
  );
  await db.query(
    `update auth.identities set identity_data = identity_data || '{"email_verified": true}', updated_at = now()
     where user_id = $1 and provider = 'email'`,
    [id],
  );
  await db.query('delete from auth.one_time_tokens where user_id = $1', [id]);
}

/** Sets metadata by key; null removes one. */
export async function changeMetadata(
  db: Queryable,
  id: string,
  column: 'raw_user_meta_data' | 'raw_app_meta_data',
  changes: Record<string, unknown>,
): Promise<void> {
  await db.query(
    `update auth.users
     set ${column} = jsonb_strip_nulls(coalesce(${column}, '{}') || $2::jsonb), updated_at = now()
     where id = $1`,
    [id, changes],
  );
}

export function requireStrength(password: string, minimum: number): void {
  if (password.length < minimum) {
    throw new AuthError(422, 'weak_password', `Password should be at least ${minimum} characters.`, {
      extra: { weak_password: { reasons: ['length'] } },
    });
  }
  if (new TextEncoder().encode(password).length > 72) {
    throw new AuthError(400, 'validation_failed', 'Password cannot be longer than 72 characters');
  }
}

/** By the superuser, because Auth's own role has no pgcrypto. */
export async function setPassword(admin: Queryable, id: string, password: string): Promise<void> {
  await admin.query(
    `update auth.users set encrypted_password = extensions.crypt($2, extensions.gen_salt('bf', 10)), updated_at = now()
     where id = $1`,
    [id, password],
  );
}

/** A person's new password: every session but the given one ends, and links that were mailed before are worthless. */
export async function storePassword(
  admin: Queryable,
  id: string,
  password: string,
  keepSession: string | undefined,
): Promise<void> {
  await setPassword(admin, id, password);
  await admin.query('delete from auth.one_time_tokens where user_id = $1', [id]);
  await admin.query('delete from auth.sessions where user_id = $1 and id is distinct from $2::uuid', [
    id,
    keepSession ?? null,
  ]);
}

export async function isPassword(admin: Queryable, id: string, password: string): Promise<boolean> {
  const { rows } = await admin.query<{ matches: boolean }>(
    `select extensions.crypt($2, encrypted_password) = encrypted_password as matches
     from auth.users where id = $1 and coalesce(encrypted_password, '') <> ''`,
    [id, password],
  );
  return rows[0]?.matches === true;
}

/** A password that no one knows, as Auth gives to those who have not chosen one. */
export const randomPassword = (): string => randomBytes(48).toString('base64url');

export function userObject(user: UserRow): Record<string, unknown> {
  return {
    id: user.id,
    aud: user.aud ?? 'authenticated',
    role: user.role ?? 'authenticated',
    email: user.email ?? '',
    email_confirmed_at: user.email_confirmed_at ?? undefined,
    invited_at: user.invited_at ?? undefined,
    phone: user.phone ?? '',
    confirmation_sent_at: user.confirmation_sent_at ?? undefined,
    confirmed_at: user.confirmed_at ?? undefined,
    recovery_sent_at: user.recovery_sent_at ?? undefined,
    last_sign_in_at: user.last_sign_in_at ?? undefined,
    app_metadata: user.raw_app_meta_data ?? {},
    user_metadata: user.raw_user_meta_data ?? {},
    identities: user.identities,
    created_at: user.created_at,
    updated_at: user.updated_at,
    banned_until: user.banned_until ?? undefined,
    is_anonymous: user.is_anonymous,
  };
}
