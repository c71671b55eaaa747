// What an assistant needs to read as the person who is signed in.
import { Failure } from './failure.ts';
import { projectConfig, supabase } from './supabase.ts';

export interface Access {
  token: string;
  /** Milliseconds since 1970. */
  endsAt: number;
}

/** The address of the function that assistants ask. */
export const assistantUrl = (): string => `${projectConfig().api_url.replace(/\/$/, '')}/functions/v1/mcp`;

/** The local stack, which takes private addresses too, is the one that is not reached by https. */
export const isLocalProject = (): boolean => projectConfig().api_url.startsWith('http://');

/** A new token, so that it lasts its whole hour; the one that the page has may be about to end. */
export async function newAccess(): Promise<Access> {
  const { data, error } = await supabase().auth.refreshSession();
  const status = error?.status ?? 0;
  // A session that Auth does not renew is over, though the page's own token may last a while.
  if (error && (status === 0 || status >= 500)) {
    throw new Failure(status ? 'INTERNAL' : 'OFFLINE', error.message, status);
  }
  const { session } = data;
  if (error || !session) throw new Failure('SESSION_EXPIRED', 'Auth did not renew the session', 401);
  return {
    token: session.access_token,
    endsAt: session.expires_at === undefined
      ? Date.now() + session.expires_in * 1000
      : session.expires_at * 1000,
  };
}
