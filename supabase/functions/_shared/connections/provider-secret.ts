import { z } from 'zod';
import { callFunction, type ServiceClient } from '../platform/database.ts';
import { sha256Hex } from '../platform/digest.ts';
import type { MasterKeys } from '../platform/environment.ts';
import { decryptKey, encryptKey } from './encryption.ts';
import { secretPurpose } from './webhook-registration.ts';

/** How a provider uses its own secret: included in each delivery, or to sign it. */
export type SecretUse = 'body' | 'signature';

/** Saves a webhook secret chosen by the provider; with `body`, deliveries that contain it are accepted from now on. */
export async function saveProviderSecret(
  database: ServiceClient,
  masterKeys: MasterKeys | undefined,
  connectionId: string,
  secret: string,
  use: SecretUse,
): Promise<void> {
  const encrypted = await encryptKey(masterKeys, secretPurpose(connectionId), secret);
  await callFunction(database, 'save_provider_secret', {
    target_connection_id: connectionId,
    secret_origin: use,
    // A signing key must not authenticate when presented as a secret, so its digest gets a prefix.
    digest_hex: sha256Hex(use === 'signature' ? `signature ${secret}` : secret),
    encrypted: encrypted.encryptedKey,
    key_id: encrypted.masterKeyId,
  }, z.unknown());
}

const encryptedSecret = z.object({ encrypted_secret: z.string(), master_key_id: z.string() });

/** The key with which the provider signs the deliveries of a connection; undefined when none is saved. */
export async function readSignatureKey(
  database: ServiceClient,
  masterKeys: MasterKeys | undefined,
  connectionId: string,
): Promise<string | undefined> {
  const encrypted = await callFunction(
    database,
    'read_signature_secret',
    { target_connection_id: connectionId },
    encryptedSecret.nullable(),
  );
  if (encrypted === null) return undefined;
  return await decryptKey(masterKeys, secretPurpose(connectionId), {
    encryptedKey: encrypted.encrypted_secret,
    masterKeyId: encrypted.master_key_id,
  });
}
