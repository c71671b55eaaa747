import { z } from 'zod';
import { callFunction, type ServiceClient } from '../platform/database.ts';
import type { MasterKeys } from '../platform/environment.ts';
import { AppError } from '../platform/errors.ts';
import { decryptKey, encryptKey } from './encryption.ts';
import { secretPurpose } from './webhook-registration.ts';

const encryptedRow = z.object({
  kind: z.enum(['key', 'secret']),
  connection_id: z.uuid(),
  digest: z.string().nullable(),
  encrypted: z.string(),
  master_key_id: z.string(),
});

/**
 * Re-encrypts everything under the current master key, so that an old one can be removed from the environment. A row that
 * no known master key decrypts is reported in `unreadable` and left unchanged.
 */
export async function reencryptAll(
  database: ServiceClient,
  masterKeys: MasterKeys | undefined,
): Promise<{ reencrypted: number; unreadable: string[] }> {
  if (!masterKeys) {
    throw new AppError('INTERNAL', 'PROVIDER_KEYS_MASTER is not set; add it to the function secrets');
  }
  const rows = await callFunction(
    database,
    'list_encrypted',
    { current_key_id: masterKeys.current },
    z.array(encryptedRow),
  );

  const unreadable: string[] = [];
  const reencrypted: Record<string, unknown>[] = [];
  for (const row of rows) {
    const purpose = row.kind === 'key' ? row.connection_id : secretPurpose(row.connection_id);
    try {
      const decrypted = await decryptKey(masterKeys, purpose, {
        encryptedKey: row.encrypted,
        masterKeyId: row.master_key_id,
      });
      const encrypted = await encryptKey(masterKeys, purpose, decrypted);
      reencrypted.push({
        kind: row.kind,
        connection_id: row.connection_id,
        digest: row.digest,
        encrypted_before: row.encrypted,
        encrypted: encrypted.encryptedKey,
        master_key_id: encrypted.masterKeyId,
      });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      unreadable.push(row.connection_id);
    }
  }
  const changed = reencrypted.length === 0
    ? 0
    : await callFunction(database, 'replace_encrypted', { reencrypted }, z.number());
  return { reencrypted: changed, unreadable };
}
