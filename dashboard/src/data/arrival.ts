// What somebody brings who opened a link of an email: read from the address before anything else, and taken out of it, so that
// it stays in no history and is used once. The token is exchanged only when the person presses a button: mail filters and
// previews that open every link find nothing to use up.
import * as z from 'zod/mini';

export type Arrival =
  | { kind: 'token'; type: LinkType; tokenHash: string }
  /** From a project with Supabase's own mail texts, whose links sign in at once. */
  | { kind: 'session'; type: LinkType; accessToken: string; refreshToken: string }
  /** Signed in already, by the code of a link that this browser had asked for. */
  | { kind: 'signed-in'; type: LinkType }
  | { kind: 'refused' };

export type LinkType = 'invite' | 'recovery' | 'magiclink';

const linkType = z.catch(
  z.pipe(
    z.enum(['invite', 'signup', 'recovery', 'magiclink', 'email']),
    z.transform((type): LinkType => type === 'signup' ? 'invite' : type === 'email' ? 'magiclink' : type),
  ),
  'magiclink',
);

let current: Arrival | undefined;

export const readArrival = (): Arrival | undefined => current;
export const setArrival = (arrival: Arrival | undefined): void => {
  current = arrival;
};

export function arrivalFrom(address: URL): Arrival | undefined {
  const inHash = new URLSearchParams(address.hash.slice(1));
  const facts = inHash.has('token_hash') || inHash.has('access_token') || inHash.has('error_code')
    ? inHash
    : address.searchParams;
  const tokenHash = facts.get('token_hash');
  const type = linkType.parse(facts.get('type'));
  if (tokenHash) return { kind: 'token', type, tokenHash };
  const accessToken = facts.get('access_token');
  const refreshToken = facts.get('refresh_token');
  if (facts === inHash && accessToken && refreshToken) {
    return { kind: 'session', type, accessToken, refreshToken };
  }
  return facts.has('error_code') && facts.has('error_description') ? { kind: 'refused' } : undefined;
}

const ownParameters = ['token_hash', 'type', 'error', 'error_code', 'error_description', 'sb'];

/** Before the client is made, which would look for a session in the address itself. */
export function receiveArrival(base: string): void {
  const address = new URL(location.href);
  const arrival = arrivalFrom(address);
  // The link of a mail opened in the tab where the page is: only the part behind # changes.
  addEventListener('hashchange', () => {
    if (arrivalFrom(new URL(location.href))) location.reload();
  });
  if (!arrival) return;
  current = arrival;
  for (const name of ownParameters) address.searchParams.delete(name);
  const page = address.pathname.slice(base.length - 1) + address.search;
  const isOwnPage = !/^\/(welcome|sign-in)?(\?|$)/.test(page);
  history.replaceState(
    null,
    '',
    `${base}welcome${isOwnPage ? `?${new URLSearchParams({ next: page })}` : ''}`,
  );
}
