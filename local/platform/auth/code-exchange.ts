// PKCE: the link hands over a code, which only the browser that asked can turn into a session.
import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { AuthContext } from './context.ts';
import { AuthError } from './errors.ts';
import { type Queryable, requireUser, type UserRow } from './users.ts';

export const codeBody = z.object({
  auth_code: z.string().default(''),
  code_verifier: z.string().default(''),
});

export type FlowMethod = 'magiclink' | 'recovery';

/** Minutes in which a code must be used. */
const codeLifetime = 5;

export async function startFlow(
  db: Queryable,
  userId: string,
  method: FlowMethod,
  asked: { challenge: string; method: string },
): Promise<void> {
  const kind = asked.method.toLowerCase();
  if (kind !== 's256' && kind !== 'plain') {
    throw new AuthError(400, 'validation_failed', 'code challenge method must be s256 or plain');
  }
  if (!/^[\w.~-]{43,128}$/.test(asked.challenge)) {
    throw new AuthError(400, 'validation_failed', 'code challenge has to be between 43 and 128 characters');
  }
  await db.query(
    `insert into auth.flow_state (user_id, auth_code, code_challenge_method, code_challenge, provider_type, authentication_method)
     values ($1, $2, $3, $4, 'email', $5)`,
    [userId, randomUUID(), kind, asked.challenge, method],
  );
}

/** The code for the newest flow of this user and kind. */
export async function issueCode(db: Queryable, userId: string, method: FlowMethod): Promise<string> {
  const { rows } = await db.query<{ auth_code: string }>(
    `update auth.flow_state set auth_code_issued_at = now(), updated_at = now()
     where id = (
       select id from auth.flow_state
       where user_id = $1 and authentication_method = $2 and auth_code_issued_at is null
       order by created_at desc limit 1
     )
     returning auth_code`,
    [userId, method],
  );
  if (!rows[0]) throw new AuthError(400, 'flow_state_not_found', 'No associated flow state found.');
  return rows[0].auth_code;
}

/** Gives the user of a code, once. A wrong verifier does not use it up. */
export async function exchangeCode(
  context: AuthContext,
  body: z.infer<typeof codeBody>,
): Promise<{ user: UserRow; method: FlowMethod }> {
  if (!body.auth_code || !body.code_verifier) {
    throw new AuthError(
      400,
      'validation_failed',
      'invalid request: both auth code and code verifier should be non-empty',
    );
  }
  const { rows } = await context.auth.query<
    {
      id: string;
      user_id: string;
      code_challenge: string;
      code_challenge_method: string;
      authentication_method: FlowMethod;
      is_fresh: boolean;
    }
  >(
    `select *, auth_code_issued_at > now() - make_interval(mins => $2) as is_fresh
     from auth.flow_state where auth_code = $1 and auth_code_issued_at is not null`,
    [body.auth_code, codeLifetime],
  );
  const [flow] = rows;
  if (!flow) {
    throw new AuthError(404, 'flow_state_not_found', 'invalid flow state, no valid flow state found');
  }
  if (!flow.is_fresh) {
    throw new AuthError(422, 'flow_state_expired', 'invalid flow state, flow state has expired');
  }
  const answer = flow.code_challenge_method === 's256'
    ? createHash('sha256').update(body.code_verifier).digest('base64url')
    : body.code_verifier;
  if (answer !== flow.code_challenge) {
    throw new AuthError(
      400,
      'bad_code_verifier',
      'code challenge does not match previously saved code verifier',
    );
  }
  const { rowCount } = await context.auth.query('delete from auth.flow_state where id = $1', [flow.id]);
  if (rowCount !== 1) {
    throw new AuthError(404, 'flow_state_not_found', 'invalid flow state, no valid flow state found');
  }
  return { user: await requireUser(context.auth, flow.user_id), method: flow.authentication_method };
}
