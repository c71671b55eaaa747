// What the platform's gateway does with an `sb_…` key: it stands for a role, and goes no further.
import { Buffer } from 'node:buffer';
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Keys } from './keys.ts';
import type { Tokens } from './tokens.ts';

export type KeyAnswer =
  | { allowed: true; authorization: string }
  | { allowed: false; body: { message: string; hint: string } };

/** Whose rights the request has: the signed-in user's when it carries a token, else those of the API key's role. */
export async function exchangeKey(
  request: IncomingMessage,
  url: URL,
  keys: Keys,
  tokens: Tokens,
): Promise<KeyAnswer> {
  const header = request.headers['apikey'];
  const key = (Array.isArray(header) ? header[0] : header) ?? url.searchParams.get('apikey') ?? '';
  if (key === '') {
    return refuse('No API key found in request', 'No `apikey` request header or url param was found.');
  }
  const role = roleOf(key, keys);
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

export function roleOf(key: string, keys: Keys): 'anon' | 'service_role' | undefined {
  if (Object.values(keys.publishableKeys).some((known) => sameKey(known, key))) return 'anon';
  if (Object.values(keys.secretKeys).some((known) => sameKey(known, key))) return 'service_role';
  return undefined;
}

function sameKey(known: string, given: string): boolean {
  const digest = (text: string) => createHash('sha256').update(Buffer.from(text)).digest();
  return timingSafeEqual(digest(known), digest(given));
}

function refuse(message: string, hint: string): KeyAnswer {
  return { allowed: false, body: { message, hint } };
}
