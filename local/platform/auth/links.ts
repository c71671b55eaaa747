// What sends or makes a link: invitations, magic links, forgotten passwords, and links for the agency to hand over itself.
import type { IncomingMessage } from 'node:http';
import pg from 'pg';
import { z } from 'zod';
import { startFlow } from './code-exchange.ts';
import { type AuthContext, inTransaction, jsonBody } from './context.ts';
import { AuthError } from './errors.ts';
import { type AuthMail, composeMail } from './mail.ts';
import { createToken, type OneTimeToken, type TokenType } from './one-time-tokens.ts';
import { isAllowed, redirectFor } from './redirects.ts';
import {
  changeMetadata,
  createUser,
  emailExists,
  findByEmail,
  randomPassword,
  requireAddress,
  requireStrength,
  requireUser,
  setPassword,
  userObject,
  type UserRow,
} from './users.ts';

const metadata = z.record(z.string(), z.unknown()).nullish();
const challenge = {
  code_challenge: z.string().nullish(),
  code_challenge_method: z.string().nullish(),
};
const inviteBody = z.object({ email: z.string().optional(), data: metadata });
const linkBody = z.object({
  type: z.string(),
  email: z.string().optional(),
  password: z.string().nullish(),
  data: metadata,
  redirect_to: z.string().nullish(),
});
const otpBody = z.object({
  email: z.string().optional(),
  create_user: z.boolean().default(true),
  data: metadata,
  ...challenge,
});
const recoverBody = z.object({ email: z.string().optional(), ...challenge });

type Answer = { status: number; body: unknown };

/** POST /invite, for the secret key: an account without a password and a mail with its link. */
export async function invite(context: AuthContext, url: URL, request: IncomingMessage): Promise<Answer> {
  const body = await jsonBody(request, inviteBody);
  const email = requireAddress(body.email);
  const user = await inTransaction(context.auth, async (db) => {
    const invited = await unconfirmedUser(db, email, body.data ?? {});
    const token = await createToken(db, { id: invited.id, email }, 'confirmation_token', {
      length: context.config.otpLength,
    });
    await db.query('update auth.users set invited_at = now(), confirmation_sent_at = now() where id = $1', [
      invited.id,
    ]);
    // Last: without its mail the account is not made.
    send(context, 'invite', invited, token, redirectFor(request, url, context.config));
    return await requireUser(db, invited.id);
  });
  return { status: 200, body: userObject(user) };
}

/** POST /admin/generate_link, for the secret key: the link instead of a mail. */
export async function generateLink(
  context: AuthContext,
  url: URL,
  request: IncomingMessage,
): Promise<Answer> {
  const body = await jsonBody(request, linkBody);
  const email = requireAddress(body.email);
  const redirectTo = body.redirect_to && isAllowed(body.redirect_to, context.config)
    ? body.redirect_to
    : redirectFor(request, url, context.config);
  const known = await findByEmail(context.auth, email);
  let type = body.type;
  if (!known && type === 'recovery') {
    throw new AuthError(404, 'user_not_found', 'User with this email not found');
  }
  const isNewSignUp = type === 'signup' || (!known && type === 'magiclink');
  if (!known && type === 'magiclink') type = 'signup';
  const kind = linkKinds.get(type);
  if (!kind) {
    throw new AuthError(400, 'validation_failed', `Invalid email action link type requested: ${body.type}`);
  }
  const password = isNewSignUp && !known ? body.password || randomPassword() : undefined;
  if (password !== undefined && body.password) requireStrength(password, context.config.minimumPassword);

  const { user, token } = await inTransaction(context.auth, async (db) => {
    const target = kind === 'confirmation_token' ? await unconfirmedUser(db, email, body.data ?? {}) : known;
    if (!target) throw new AuthError(404, 'user_not_found', 'User with this email not found');
    const made = await createToken(db, { id: target.id, email }, kind, { length: context.config.otpLength });
    await db.query(
      kind === 'recovery_token'
        ? 'update auth.users set recovery_sent_at = now() where id = $1'
        : type === 'invite'
        ? 'update auth.users set invited_at = now(), confirmation_sent_at = now() where id = $1'
        : 'update auth.users set confirmation_sent_at = now() where id = $1',
      [target.id],
    );
    return { user: await requireUser(db, target.id), token: made };
  });
  if (password !== undefined) await setPassword(context.admin, user.id, password);
  return {
    status: 200,
    body: {
      ...userObject(user),
      action_link: actionLink(context, token, type, redirectTo),
      email_otp: token.otp,
      hashed_token: token.hash,
      verification_type: type,
      redirect_to: redirectTo,
    },
  };
}

/** POST /otp: a magic link for somebody with an account. No one signs up by it. */
export async function sendMagicLink(
  context: AuthContext,
  url: URL,
  request: IncomingMessage,
): Promise<Answer> {
  const body = await jsonBody(request, otpBody);
  const email = requireAddress(body.email);
  const user = await findByEmail(context.auth, email);
  if (!user && !body.create_user) throw new AuthError(422, 'otp_disabled', 'Signups not allowed for otp');
  // Without a confirmed account the link would be a sign-up, and those are off.
  if (!user?.email_confirmed_at) {
    throw new AuthError(422, 'signup_disabled', 'Signups not allowed for this instance');
  }
  await mailRecovery(context, 'magic_link', user, body, redirectFor(request, url, context.config));
  return { status: 200, body: {} };
}

/** POST /recover: the same answer whether or not the address has an account. */
export async function recover(context: AuthContext, url: URL, request: IncomingMessage): Promise<Answer> {
  const body = await jsonBody(request, recoverBody);
  const email = requireAddress(body.email);
  const user = await findByEmail(context.auth, email);
  if (user) await mailRecovery(context, 'recovery', user, body, redirectFor(request, url, context.config));
  return { status: 200, body: {} };
}

async function mailRecovery(
  context: AuthContext,
  kind: 'magic_link' | 'recovery',
  user: UserRow,
  body: { code_challenge?: string | null | undefined; code_challenge_method?: string | null | undefined },
  redirectTo: string,
): Promise<void> {
  const wait = context.config.mailFrequency - (Date.now() - (user.recovery_sent_at?.getTime() ?? 0)) / 1_000;
  if (wait > 0) {
    throw new AuthError(
      429,
      'over_email_send_rate_limit',
      `For security purposes, you can only request this after ${Math.ceil(wait)} seconds.`,
    );
  }
  const isPkce = Boolean(body.code_challenge);
  await inTransaction(context.auth, async (db) => {
    if (isPkce) {
      await startFlow(db, user.id, kind === 'recovery' ? 'recovery' : 'magiclink', {
        challenge: body.code_challenge ?? '',
        method: body.code_challenge_method ?? '',
      });
    }
    const token = await createToken(db, { id: user.id, email: user.email ?? '' }, 'recovery_token', {
      length: context.config.otpLength,
      isPkce,
    });
    await db.query('update auth.users set recovery_sent_at = now() where id = $1', [user.id]);
    send(context, kind, user, token, redirectTo);
  });
}

/** The account of an invitation: an earlier one that no one has accepted, or a new one. */
async function unconfirmedUser(
  db: pg.PoolClient,
  email: string,
  data: Record<string, unknown>,
): Promise<UserRow> {
  const known = await findByEmail(db, email);
  if (!known) return await createUser(db, { email, userMetadata: data });
  if (known.email_confirmed_at) throw emailExists();
  await changeMetadata(db, known.id, 'raw_user_meta_data', data);
  return known;
}

const linkKinds: ReadonlyMap<string, TokenType> = new Map([
  ['invite', 'confirmation_token'],
  ['signup', 'confirmation_token'],
  ['magiclink', 'recovery_token'],
  ['recovery', 'recovery_token'],
]);

const verificationTypes: Record<AuthMail, string> = {
  invite: 'invite',
  magic_link: 'magiclink',
  recovery: 'recovery',
  confirmation: 'signup',
};

function send(
  context: AuthContext,
  kind: AuthMail,
  user: UserRow,
  token: OneTimeToken,
  redirectTo: string,
): void {
  context.outbox.send(composeMail({
    kind,
    to: user.email ?? '',
    otp: token.otp,
    tokenHash: token.hash,
    redirectTo,
    confirmationUrl: actionLink(context, token, verificationTypes[kind], redirectTo),
    data: user.raw_user_meta_data ?? {},
  }, context.config));
}

function actionLink(context: AuthContext, token: OneTimeToken, type: string, redirectTo: string): string {
  const query = new URLSearchParams({ token: token.hash, type, redirect_to: redirectTo });
  return `${context.issuer}/verify?${query}`;
}
