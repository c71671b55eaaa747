// A link or its digits, exchanged for a session: GET /verify as a browser follows it, POST /verify as supabase-js does.
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { type FlowMethod, issueCode } from './code-exchange.ts';
import { type AuthContext, inTransaction, jsonBody } from './context.ts';
import { AuthError } from './errors.ts';
import { pkcePrefix, takeToken, tokenHash, type TokenType } from './one-time-tokens.ts';
import { redirectFor } from './redirects.ts';
import {
  confirmEmail,
  type Queryable,
  randomPassword,
  requireAddress,
  requireUser,
  setPassword,
  type UserRow,
} from './users.ts';

const verifyBody = z.object({
  type: z.string().default(''),
  token: z.string().default(''),
  token_hash: z.string().default(''),
  email: z.string().default(''),
});

/** Which token each type of a link is about. */
const tokenTypes: ReadonlyMap<string, TokenType[]> = new Map([
  ['invite', ['confirmation_token']],
  ['signup', ['confirmation_token']],
  ['recovery', ['recovery_token']],
  ['magiclink', ['recovery_token']],
  ['email', ['confirmation_token', 'recovery_token']],
]);

const invalidLink = 'Email link is invalid or has expired';

/** POST /verify: the user, who is signed in by this. */
export async function verifyByBody(context: AuthContext, request: IncomingMessage): Promise<UserRow> {
  const body = await jsonBody(request, verifyBody);
  const types = typesOf(body.type);
  if (Boolean(body.token) === Boolean(body.token_hash)) {
    throw new AuthError(400, 'validation_failed', 'Verify requires either a token or a token hash');
  }
  if (body.token_hash) {
    if (body.email) {
      throw new AuthError(400, 'validation_failed', 'Only the token_hash and type should be provided');
    }
    return await take(context, [body.token_hash], types, invalidLink);
  }
  if (!body.email) {
    throw new AuthError(
      400,
      'validation_failed',
      'Only an email address or phone number should be provided on verify',
    );
  }
  const hash = tokenHash(requireAddress(body.email), body.token);
  return await take(context, [hash, pkcePrefix + hash], types, 'Token has expired or is invalid');
}

/** GET /verify: where the browser goes next, with a session for `open` to make, a code, or an error. */
export async function verifyByLink(
  context: AuthContext,
  url: URL,
  request: IncomingMessage,
  open: (user: UserRow) => Promise<Record<string, string>>,
): Promise<string> {
  const type = url.searchParams.get('type') ?? '';
  const token = url.searchParams.get('token') ?? url.searchParams.get('token_hash') ?? '';
  const target = new URL(redirectFor(request, url, context.config));
  const isPkce = token.startsWith(pkcePrefix);
  try {
    if (token === '') {
      throw new AuthError(400, 'validation_failed', 'Verify requires a token or a token hash');
    }
    const types = typesOf(type);
    if (isPkce) {
      const method: FlowMethod = type === 'recovery' ? 'recovery' : 'magiclink';
      const code = await inTransaction(context.auth, async (db) => {
        const { user, type: found } = await takeToken(
          db,
          [token],
          types,
          context.config.otpExpiry,
          invalidLink,
        );
        await settle(db, user, found);
        return await issueCode(db, user.id, method);
      });
      target.searchParams.set('code', code);
      return target.href;
    }
    const user = await take(context, [token], types, invalidLink);
    target.hash = new URLSearchParams({ ...await open(user), type }).toString();
    return target.href;
  } catch (error) {
    if (!(error instanceof AuthError) || error.status >= 500) throw error;
    const facts = {
      ...(error.status === 403 || error.status === 401
        ? { error: 'access_denied' }
        : { error: 'invalid_request' }),
      error_code: error.code,
      error_description: error.message,
    };
    if (isPkce) { for (const [name, value] of Object.entries(facts)) target.searchParams.set(name, value); }
    target.hash = new URLSearchParams({ ...facts, sb: '' }).toString();
    return target.href;
  }
}

function typesOf(type: string): TokenType[] {
  if (type === '') throw new AuthError(400, 'validation_failed', 'Verify requires a verification type');
  const types = tokenTypes.get(type);
  if (!types) throw new AuthError(400, 'validation_failed', 'Invalid email verification type');
  return types;
}

async function take(
  context: AuthContext,
  hashes: string[],
  types: TokenType[],
  refusal: string,
): Promise<UserRow> {
  const taken = await inTransaction(context.auth, async (db) => {
    const found = await takeToken(db, hashes, types, context.config.otpExpiry, refusal);
    await settle(db, found.user, found.type);
    return found;
  });
  if (taken.type === 'confirmation_token' && !taken.user.has_password) {
    // As Auth does: an invited person has a password that no one knows until it chooses one.
    await setPassword(context.admin, taken.user.id, randomPassword());
  }
  return await requireUser(context.auth, taken.user.id);
}

/** Who has the mail owns the address. */
async function settle(db: Queryable, user: UserRow, type: TokenType): Promise<void> {
  if (type === 'confirmation_token' || !user.email_confirmed_at) await confirmEmail(db, user.id);
}
