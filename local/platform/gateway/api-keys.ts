// What the platform's gateway does with an `sb_…` key: it stands for a role, and goes no further.
import type { IncomingMessage } from 'node:http';
import type { Keys } from '../../shared/keys.ts';
import type { Tokens } from '../auth/tokens.ts';

/** The address of a request, cut once. */
export interface GatewayUrl {
  path: string;
  /** With its question mark, as it came: PostgREST's filters are not for URLSearchParams to rewrite. */
  query: string;
  keyInQuery: string | null;
}

export function cutUrl(address: string): GatewayUrl {
  const mark = address.indexOf('?');
  if (mark < 0) return { path: address, query: '', keyInQuery: null };
  const url = { path: address.slice(0, mark), query: address.slice(mark), keyInQuery: null };
  if (!/[?&]apikey=/.test(url.query)) return url;
  const parameters = new URLSearchParams(url.query);
  const keyInQuery = parameters.get('apikey');
  parameters.delete('apikey');
  return { path: url.path, query: parameters.size > 0 ? `?${parameters}` : '', keyInQuery };
}

export type KeyAnswer =
  | { allowed: true; authorization: string }
  | { allowed: false; body: { message: string; hint: string } };

/** Whose rights the request has: the signed-in user's when it carries a token, else those of the API key's role. */
export async function exchangeKey(
  request: IncomingMessage,
  url: GatewayUrl,
  roles: RolesByKey,
  tokens: Tokens,
): Promise<KeyAnswer> {
  const header = request.headers['apikey'];
  const key = (Array.isArray(header) ? header[0] : header) ?? url.keyInQuery ?? '';
  if (key === '') {
    return refuse('No API key found in request', 'No `apikey` request header or url param was found.');
  }
  const role = roles.get(key);
  if (!role) return refuse('Invalid API key', 'Double check your Supabase publishable or secret API key.');
  if (role === 'service_role' && (request.headers['user-agent'] ?? '').startsWith('Mozilla/')) {
    return refuse(
      'Forbidden use of secret API key in browser',
      'Secret API keys can only be used in a protected environment and should never be used in a browser.',
    );
  }
  // supabase-js sends the key as a bearer token too as long as nobody is signed in.
  const authorization = request.headers.authorization;
  if (authorization && !/^bearer\s+sb_/i.test(authorization)) return { allowed: true, authorization };
  return { allowed: true, authorization: `Bearer ${await tokens.forRole(role)}` };
}

export type RolesByKey = ReadonlyMap<string, 'anon' | 'service_role'>;

/** Looked up on every request: a map costs nothing beside comparing digests of every key, and only this machine asks. */
export function rolesByKey(keys: Keys): RolesByKey {
  return new Map([
    ...Object.values(keys.publishableKeys).map((key) => [key, 'anon'] as const),
    ...Object.values(keys.secretKeys).map((key) => [key, 'service_role'] as const),
  ]);
}

function refuse(message: string, hint: string): KeyAnswer {
  return { allowed: false, body: { message, hint } };
}
