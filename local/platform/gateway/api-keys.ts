// What the platform's gateway does with an `sb_…` key: replaces it with the token of a role.
import type { IncomingMessage } from 'node:http';
import type { Keys } from '../../shared/keys.ts';
import type { Tokens } from '../auth/tokens.ts';

/** The URL of a request, split once. */
export interface GatewayUrl {
  path: string;
  /** With its question mark, unchanged: URLSearchParams would rewrite PostgREST's filters. */
  query: string;
  keyInQuery: string | null;
}

export function splitUrl(address: string): GatewayUrl {
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

/** The rights of the request: the signed-in user's if it has a token, otherwise those of the API key's role. */
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
  // Without a signed-in user supabase-js also sends the key as a bearer token.
  const authorization = request.headers.authorization;
  if (authorization && !/^bearer\s+sb_/i.test(authorization)) return { allowed: true, authorization };
  return { allowed: true, authorization: `Bearer ${await tokens.forRole(role)}` };
}

export type RolesByKey = ReadonlyMap<string, 'anon' | 'service_role'>;

/** A plain map, looked up on every request; timing attacks do not matter on this machine. */
export function rolesByKey(keys: Keys): RolesByKey {
  return new Map([
    ...Object.values(keys.publishableKeys).map((key) => [key, 'anon'] as const),
    ...Object.values(keys.secretKeys).map((key) => [key, 'service_role'] as const),
  ]);
}

function refuse(message: string, hint: string): KeyAnswer {
  return { allowed: false, body: { message, hint } };
}
