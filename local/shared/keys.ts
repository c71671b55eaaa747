// The keys of one stack, created once and kept in `.replyloop/keys.json`, which only its owner can read.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';
import type { JWK } from 'jose';
import { z } from 'zod';
import { Failure } from './failure.ts';

const keysSchema = z.object({
  signingKey: z.looseObject({ kty: z.literal('EC'), kid: z.string() }),
  publishableKeys: z.looseObject({ default: z.string() }),
  secretKeys: z.looseObject({ default: z.string(), cron: z.string() }),
  providerKey: z.string(),
});

export interface Keys {
  /** ES256, private: signs the tokens of users and of the API keys. */
  signingKey: JWK & { kid: string };
  publishableKeys: { default: string };
  /** One per caller of the backend, all of them role `service_role`. */
  secretKeys: { default: string; cron: string };
  /** 32 bytes in base64: encrypts the providers' API keys. */
  providerKey: string;
}

export async function createKeys(): Promise<Keys> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const apiKey = (kind: string) => `sb_${kind}_${randomBytes(24).toString('base64url')}`;
  return {
    signingKey: { ...(await exportJWK(privateKey)), kid: crypto.randomUUID(), alg: 'ES256', use: 'sig' },
    publishableKeys: { default: apiKey('publishable') },
    secretKeys: { default: apiKey('secret'), cron: apiKey('secret') },
    providerKey: randomBytes(32).toString('base64'),
  };
}

/** The keys in the folder; created if there are none. */
export async function loadKeys(directory: string): Promise<Keys> {
  const file = join(directory, 'keys.json');
  if (existsSync(file)) {
    try {
      return keysSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) as Keys;
    } catch (error) {
      throw new Failure(`${file} cannot be read; delete it and run "npm run reset" to start with new keys`, {
        cause: error,
      });
    }
  }
  const keys = await createKeys();
  mkdirSync(directory, { recursive: true });
  const building = `${file}.new`;
  writeFileSync(building, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
  renameSync(building, file);
  return keys;
}

/** The public half, as `/auth/v1/.well-known/jwks.json` shows it. */
export function publicKeySet(keys: Keys): { keys: JWK[] } {
  const { d: _private, ...publicKey } = keys.signingKey;
  return { keys: [{ ...publicKey, key_ops: ['verify'] }] };
}
