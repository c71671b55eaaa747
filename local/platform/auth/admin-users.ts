// /admin/users: the accounts, for callers with the secret key.
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { type AuthContext, inTransaction, jsonBody } from './context.ts';
import { AuthError } from './errors.ts';
import {
  changeMetadata,
  confirmEmail,
  createUser,
  emailExists,
  randomPassword,
  requireAddress,
  requireStrength,
  requireUser,
  setPassword,
  storePassword,
  userColumns,
  userObject,
  type UserRow,
} from './users.ts';

const metadata = z.record(z.string(), z.unknown()).nullish();
const userBody = z.object({
  id: z.uuid().optional(),
  email: z.string().nullish(),
  password: z.string().nullish(),
  role: z.string().max(255).nullish(),
  email_confirm: z.boolean().nullish(),
  user_metadata: metadata,
  app_metadata: metadata,
  ban_duration: z.string().nullish(),
});
const deleteBody = z.object({ should_soft_delete: z.boolean().default(false) });

interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

const usualPage = 50;
const maxPage = 1_000;

export async function listUsers(context: AuthContext, url: URL): Promise<Answer> {
  const page = pageNumber(url, 'page', 1);
  const perPage = Math.min(pageNumber(url, 'per_page', usualPage), maxPage);
  const { rows } = await context.auth.query<UserRow>(
    `select ${userColumns}
     from auth.users order by created_at desc, id limit $1 offset $2`,
    [perPage, (page - 1) * perPage],
  );
  const { rows: counted } = await context.auth.query<{ total: number }>(
    'select count(*)::int as total from auth.users',
  );
  const total = counted[0]?.total ?? 0;
  const last = Math.max(1, Math.ceil(total / perPage));
  const link = (number: number, rel: string) =>
    `</admin/users?page=${number}&per_page=${perPage}>; rel="${rel}"`;
  return {
    status: 200,
    body: { users: rows.map(userObject), aud: 'authenticated' },
    headers: {
      'x-total-count': String(total),
      link: [...(page < last ? [link(page + 1, 'next')] : []), link(last, 'last')].join(', '),
    },
  };
}

export async function makeUser(context: AuthContext, request: IncomingMessage): Promise<Answer> {
  const body = await jsonBody(request, userBody);
  if (!body.email) {
    throw new AuthError(400, 'validation_failed', 'Cannot create a user without either an email or phone');
  }
  const email = requireAddress(body.email);
  const password = body.password || randomPassword();
  if (body.password) requireStrength(password, context.config.minimumPassword);
  const made = await inTransaction(context.auth, async (db) => {
    const user = await createUser(db, {
      id: body.id,
      email,
      role: body.role ?? undefined,
      userMetadata: body.user_metadata ?? undefined,
      appMetadata: body.app_metadata ?? undefined,
    });
    if (body.email_confirm) await confirmEmail(db, user.id);
    if (body.ban_duration) await ban(db, user.id, body.ban_duration);
    return user;
  });
  await setPassword(context.admin, made.id, password);
  return { status: 200, body: userObject(await requireUser(context.auth, made.id)) };
}

/** GET, PUT or DELETE /admin/users/<id>. */
export async function oneUser(
  context: AuthContext,
  id: string,
  request: IncomingMessage,
): Promise<Answer> {
  if (!z.uuid().safeParse(id).success) {
    throw new AuthError(404, 'validation_failed', 'user_id must be an UUID');
  }
  const user = await requireUser(context.auth, id);
  if (request.method === 'DELETE') {
    const { should_soft_delete: isSoft } = await jsonBody(request, deleteBody);
    await (isSoft
      ? softDelete(context, user)
      : context.auth.query('delete from auth.users where id = $1', [id]));
    return { status: 200, body: {} };
  }
  if (request.method === 'PUT') await changeUser(context, user, await jsonBody(request, userBody));
  return { status: 200, body: userObject(await requireUser(context.auth, id)) };
}

async function changeUser(
  context: AuthContext,
  user: UserRow,
  body: z.infer<typeof userBody>,
): Promise<void> {
  const email = body.email ? requireAddress(body.email) : undefined;
  if (body.password) requireStrength(body.password, context.config.minimumPassword);
  await inTransaction(context.auth, async (db) => {
    if (email && email !== user.email) {
      const { rowCount } = await db.query(
        `update auth.users set email = $2, updated_at = now()
         where id = $1 and not exists (select from auth.users as o where lower(o.email) = $2 and o.id <> $1)`,
        [user.id, email],
      );
      if (rowCount !== 1) throw emailExists();
      await db.query(
        `update auth.identities set identity_data = identity_data || jsonb_build_object('email', $2::text)
         where user_id = $1 and provider = 'email'`,
        [user.id, email],
      );
    }
    if (body.role) await db.query('update auth.users set role = $2 where id = $1', [user.id, body.role]);
    if (body.email_confirm) await confirmEmail(db, user.id);
    if (body.user_metadata) await changeMetadata(db, user.id, 'raw_user_meta_data', body.user_metadata);
    if (body.app_metadata) await changeMetadata(db, user.id, 'raw_app_meta_data', body.app_metadata);
    if (body.ban_duration) await ban(db, user.id, body.ban_duration);
  });
  if (body.password) await storePassword(context.admin, user.id, body.password, undefined);
}

/** The row stays for what refers to it; nothing in it tells who it was. */
async function softDelete(context: AuthContext, user: UserRow): Promise<void> {
  await inTransaction(context.auth, async (db) => {
    await db.query(
      `update auth.users
       set deleted_at = coalesce(deleted_at, now()), email = encode(sha256(convert_to(id::text || email, 'utf8')), 'hex'),
         encrypted_password = '', raw_user_meta_data = '{}', raw_app_meta_data = '{}', updated_at = now()
       where id = $1`,
      [user.id],
    );
    for (const table of ['identities', 'sessions', 'one_time_tokens', 'flow_state']) {
      await db.query(`delete from auth.${table} where user_id = $1`, [user.id]);
    }
  });
}

/** `none`, or a length of time as Go writes it: `24h`, `1h30m`. */
async function ban(
  db: { query(text: string, values: unknown[]): Promise<unknown> },
  id: string,
  length: string,
) {
  if (length === 'none') {
    await db.query('update auth.users set banned_until = null where id = $1', [id]);
    return;
  }
  const parts = [...length.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s)/g)];
  if (parts.length === 0 || parts.map(([text]) => text).join('') !== length) {
    throw new AuthError(
      400,
      'validation_failed',
      `invalid format for ban duration: time: invalid duration "${length}"`,
    );
  }
  const units: Record<string, number> = { h: 3_600, m: 60, s: 1, ms: 0.001 };
  const seconds = parts.reduce((sum, [, number, unit]) => sum + Number(number) * (units[unit ?? ''] ?? 0), 0);
  await db.query(`update auth.users set banned_until = now() + make_interval(secs => $2) where id = $1`, [
    id,
    seconds,
  ]);
}

function pageNumber(url: URL, name: string, usual: number): number {
  const text = url.searchParams.get(name);
  if (!text) return usual;
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) {
    throw new AuthError(
      400,
      'validation_failed',
      `Bad Pagination Parameters: ${name} must be a positive number`,
    );
  }
  return number;
}
