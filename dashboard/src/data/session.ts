// Who is signed in, from the claims of the token, which every policy in the database reads too.
import { useSyncExternalStore } from 'react';
import * as z from 'zod/mini';
import type { AuthError } from '@supabase/supabase-js';
import { type Arrival, setArrival } from './arrival.ts';
import { Failure } from './failure.ts';
import { supabase } from './supabase.ts';

export interface Session {
  userId: string;
  email: string;
  /** Null: the account is not linked to a client yet, and may see nothing. */
  role: 'operator' | 'client' | null;
  clientId: string | null;
}

const claimsSchema = z.object({
  sub: z.string(),
  email: z._default(z.string(), ''),
  user_role: z.catch(z.nullable(z.enum(['operator', 'client'])), null),
  client_id: z.catch(z.nullable(z.string()), null),
});

/** The claims of a token, unchecked: the server checks the signature, the page only chooses what to show. */
export function sessionFromToken(token: string): Session | null {
  try {
    const payload = token.split('.')[1] ?? '';
    const bytes = Uint8Array.from(
      atob(payload.replaceAll('-', '+').replaceAll('_', '/')),
      (character) => character.charCodeAt(0),
    );
    const claims = claimsSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
    return { userId: claims.sub, email: claims.email, role: claims.user_role, clientId: claims.client_id };
  } catch {
    return null;
  }
}

let current: Session | null = null;
/** True when a session ended without anybody having pressed "Sign out". */
let ended = false;
let isLeaving = false;
const listeners = new Set<() => void>();

function set(session: Session | null): void {
  if (current && !session) ended = !isLeaving;
  if (session) ended = false;
  const isSame = JSON.stringify(session) === JSON.stringify(current);
  current = session;
  if (!isSame) { for (const listener of listeners) listener(); }
}

/** Resolves when it is known whether somebody is signed in. */
export async function watchSession(): Promise<void> {
  const { data } = await supabase().auth.getSession();
  set(data.session ? sessionFromToken(data.session.access_token) : null);
  supabase().auth.onAuthStateChange((event, session) => {
    if (event === 'PASSWORD_RECOVERY') setArrival({ kind: 'signed-in', type: 'recovery' });
    set(session ? sessionFromToken(session.access_token) : null);
  });
}

export const readSession = (): Session | null => current;
export const hasSessionEnded = (): boolean => ended;

export function onSessionChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useSession(): Session | null {
  return useSyncExternalStore(onSessionChange, readSession);
}

export async function signInWithPassword(email: string, password: string): Promise<void> {
  const { data, error } = await supabase().auth.signInWithPassword({ email, password });
  if (error) {
    if (error.code === 'invalid_credentials' || error.status === 400) {
      throw new Failure('INVALID_CREDENTIALS', error.message, 400);
    }
    if (error.status === 429) throw new Failure('RATE_LIMIT_EXCEEDED', error.message, 429);
    throw new Failure(error.status ? 'INTERNAL' : 'OFFLINE', error.message, error.status ?? 0);
  }
  set(sessionFromToken(data.session.access_token));
}

export async function sendMagicLink(email: string, returnTo: string): Promise<void> {
  const { error } = await supabase().auth.signInWithOtp({
    email,
    options: { emailRedirectTo: returnTo, shouldCreateUser: false },
  });
  // Who has no account reads the same as who has one.
  if (error && error.code !== 'otp_disabled' && error.code !== 'signup_disabled') throw authFailure(error);
}

/** The same answer whether or not the address has an account. */
export async function sendPasswordLink(email: string, returnTo: string): Promise<void> {
  const { error } = await supabase().auth.resetPasswordForEmail(email, { redirectTo: returnTo });
  if (error) throw authFailure(error);
}

/** Signs in with what a link brought; throws LINK_EXPIRED. */
export async function openArrival(arrival: Arrival): Promise<void> {
  if (arrival.kind === 'signed-in') return;
  if (arrival.kind === 'refused') throw new Failure('LINK_EXPIRED', 'The link was refused', 403);
  const { data, error } = arrival.kind === 'token'
    ? await supabase().auth.verifyOtp({ token_hash: arrival.tokenHash, type: arrival.type })
    : await supabase().auth.setSession({
      access_token: arrival.accessToken,
      refresh_token: arrival.refreshToken,
    });
  if (error) throw authFailure(error);
  // What is left of it is a session.
  setArrival({ kind: 'signed-in', type: arrival.type });
  if (data.session) set(sessionFromToken(data.session.access_token));
}

export async function choosePassword(password: string): Promise<void> {
  const { error } = await supabase().auth.updateUser({ password });
  // Typed again by the owner of the address: it stays as it is.
  if (error && error.code !== 'same_password') throw authFailure(error);
}

function authFailure(error: AuthError): Failure {
  const status = error.status ?? 0;
  const code = error.code === 'otp_expired' || error.code === 'bad_jwt' || error.code === 'user_banned'
    ? 'LINK_EXPIRED'
    : error.code === 'weak_password'
    ? 'WEAK_PASSWORD'
    : error.code === 'over_email_send_rate_limit'
    ? 'MAIL_LIMIT'
    : status === 429
    ? 'TOO_MANY_ATTEMPTS'
    : status
    ? 'INTERNAL'
    : 'OFFLINE';
  return new Failure(code, error.message, status);
}

export async function signOut(): Promise<void> {
  isLeaving = true;
  try {
    // Only this browser; the server's answer does not matter for leaving.
    await supabase().auth.signOut({ scope: 'local' });
    set(null);
  } finally {
    isLeaving = false;
  }
}

let recovering: Promise<boolean> | undefined;

/** After a 401: asks for a fresh token once for all who were refused; false = the session is over. */
export function recoverSession(): Promise<boolean> {
  recovering ??= (async () => {
    const { data, error } = await supabase().auth.refreshSession();
    if (!error && data.session) return true;
    // Without a network the answer is unknown; only a refusal ends the session.
    if (error && !error.status) return false;
    await supabase().auth.signOut({ scope: 'local' });
    set(null);
    return false;
  })().finally(() => {
    recovering = undefined;
  });
  return recovering;
}
