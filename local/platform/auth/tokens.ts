// Signs and verifies the ES256 tokens of the stack.
import { createLocalJWKSet, importJWK, jwtVerify, SignJWT } from 'jose';
import type { JWTPayload } from 'jose';
import { publicKeySet } from '../../shared/keys.ts';
import type { Keys } from '../../shared/keys.ts';

export interface Tokens {
  sign(claims: JWTPayload): Promise<string>;
  /** The claims of a token of this stack; rejects when it is forged, foreign or expired. */
  verify(token: string): Promise<JWTPayload>;
  /** A short-lived token for the role of an API key; cached until it is about to expire. */
  forRole(role: 'anon' | 'service_role'): Promise<string>;
}

const roleTokenLifetime = 3_600;

export async function createTokens(keys: Keys, issuer: string): Promise<Tokens> {
  const privateKey = await importJWK(keys.signingKey, 'ES256');
  const keySet = createLocalJWKSet(publicKeySet(keys));
  const roleTokens = new Map<string, { token: Promise<string>; renewAt: number }>();
  const sign = (claims: JWTPayload) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: keys.signingKey.kid, typ: 'JWT' }).sign(
      privateKey,
    );
  return {
    sign,
    verify: async (token) => (await jwtVerify(token, keySet, { algorithms: ['ES256'] })).payload,
    forRole: (role) => {
      const now = Math.floor(Date.now() / 1_000);
      const known = roleTokens.get(role);
      if (known && known.renewAt > now) return known.token;
      const token = sign({ iss: issuer, role, iat: now, exp: now + roleTokenLifetime });
      roleTokens.set(role, { token, renewAt: now + roleTokenLifetime / 2 });
      return token;
    },
  };
}
