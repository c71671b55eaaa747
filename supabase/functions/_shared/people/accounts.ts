// Supabase Auth, which keeps the accounts, through supabase-js. Links and tokens pass through here and are written nowhere.
import type { AuthError } from '@supabase/supabase-js';
import type { ServiceClient } from '../platform/database.ts';
import { AppError } from '../platform/errors.ts';

/** Why a project did not mail an invitation. */
export type MailProblem = 'not_configured' | 'address_not_allowed' | 'limit_reached';

export type Mailed =
  | { outcome: 'sent'; userId: string }
  /** Somebody has the account already, and has used it. */
  | { outcome: 'account_exists' }
  | { outcome: 'not_sent'; problem: MailProblem };

export interface OneTimeLink {
  userId: string;
  url: string;
}

export type MailIdentity = Record<string, string>;

interface LinkOptions {
  /** Of a new account: what its mails say of the agency (supabase/templates); the database keeps it up to date. */
  identity: MailIdentity;
  name?: string | undefined;
  returnTo?: string | undefined;
}

export async function mailInvitation(
  database: ServiceClient,
  email: string,
  { name, returnTo, identity }: LinkOptions,
): Promise<Mailed> {
  const { data, error } = await database.auth.admin.inviteUserByEmail(email, {
    data: { ...identity, ...(name === undefined ? {} : { name }) },
    ...(returnTo === undefined ? {} : { redirectTo: returnTo }),
  });
  if (!error) return { outcome: 'sent', userId: data.user.id };
  if (error.code === 'email_exists') return { outcome: 'account_exists' };
  const problem = mailProblem(error);
  if (problem) return { outcome: 'not_sent', problem };
  throw authFailure(error);
}

/** The link of an invitation, or for somebody with an account one to choose a new password. */
export async function makeLink(
  database: ServiceClient,
  type: 'invite' | 'recovery',
  email: string,
  { name, returnTo, identity }: Partial<LinkOptions>,
): Promise<OneTimeLink> {
  const { data, error } = await database.auth.admin.generateLink({
    type,
    email,
    options: {
      ...(type === 'recovery' ? {} : { data: { ...identity, ...(name === undefined ? {} : { name }) } }),
      ...(returnTo === undefined ? {} : { redirectTo: returnTo }),
    },
  });
  if (error) throw authFailure(error);
  return { userId: data.user.id, url: dashboardLink(data.properties) };
}

/**
 * Leads to the dashboard and not to Auth: Auth's own link signs in as soon as it is fetched, so a chat program that shows a
 * preview would use it up. Behind `#`, so that no server on the way sees the token.
 */
export function dashboardLink(
  properties: { hashed_token: string; verification_type: string; redirect_to: string },
): string {
  const url = new URL(properties.redirect_to);
  url.hash = new URLSearchParams({
    token_hash: properties.hashed_token,
    type: properties.verification_type,
  }).toString();
  return url.href;
}

export async function rename(database: ServiceClient, userId: string, name: string): Promise<void> {
  const { error } = await database.auth.admin.updateUserById(userId, { user_metadata: { name } });
  if (error) throw authFailure(error);
}

/** True when the account is gone; false when Auth did not answer, which costs nothing: it has no rights any more. */
export async function deleteAccount(database: ServiceClient, userId: string): Promise<boolean> {
  const { error } = await database.auth.admin.deleteUser(userId);
  return error === null || error.status === 404;
}

/** Undefined when the mail was not the problem. */
export function mailProblem(error: AuthError): MailProblem | undefined {
  if (error.code === 'email_address_not_authorized') return 'address_not_allowed';
  if (error.code === 'over_email_send_rate_limit') return 'limit_reached';
  // Auth reports a mail server that fails or is missing as a fault of its own; only its sentence names the mail.
  return (error.status ?? 0) >= 500 && /sending/i.test(error.message) ? 'not_configured' : undefined;
}

function authFailure(error: AuthError): AppError {
  if (error.code === 'validation_failed' || error.code === 'email_address_invalid') {
    return new AppError('VALIDATION_FAILED', 'Supabase Auth does not accept this email address; check it');
  }
  if (error.code === 'user_not_found' || error.status === 404) {
    return new AppError('NOT_FOUND', 'This account does not exist any more; reload the list');
  }
  // The error of Auth itself may repeat the request, so only its kind goes to the log.
  return new AppError('INTERNAL', 'Supabase Auth did not answer as expected; try again in a minute', {
    cause: new Error(`Auth: ${error.status ?? 0} ${error.code ?? error.name}`),
  });
}
