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

const outgoingRow = z.object({
  kind: z.enum(['current', 'previous', 'mail']),
  /** null = the key of the mail API. */
  endpoint_id: z.uuid().nullable(),
  encrypted: z.string(),
  master_key_id: z.string(),
});

const crmRow = z.object({ connection_id: z.uuid(), encrypted: z.string(), master_key_id: z.string() });

/** What binds an encrypted token to its CRM connection. */
export const crmPurpose = (connectionId: string): string => `${connectionId} crm token`;

/** What binds the encrypted key of the language model to it. */
export const modelPurpose = 'key of the language model';

const modelKey = z.object({ encrypted_key: z.string().nullable(), master_key_id: z.string().nullable() });

/** What binds an encrypted signing secret to its endpoint. */
export const endpointPurpose = (endpointId: string): string => `${endpointId} endpoint secret`;

/** The same for the key of the mail API, of which there is one. */
export const mailKeyPurpose = 'mail key';

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

  const secrets = await callFunction(
    database,
    'list_outgoing_secrets',
    { current_key_id: masterKeys.current },
    z.array(outgoingRow),
  );
  const unreadable: string[] = [];
  const reencrypt = async (
    id: string,
    purpose: string,
    row: { encrypted: string; master_key_id: string },
  ) => {
    try {
      const decrypted = await decryptKey(masterKeys, purpose, {
        encryptedKey: row.encrypted,
        masterKeyId: row.master_key_id,
      });
      const { encryptedKey, masterKeyId } = await encryptKey(masterKeys, purpose, decrypted);
      return [{ encrypted_before: row.encrypted, encrypted: encryptedKey, master_key_id: masterKeyId }];
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      unreadable.push(id);
      return [];
    }
  };

  const keys: Record<string, unknown>[] = [];
  for (const { kind, connection_id, digest, ...row } of rows) {
    const purpose = kind === 'key' ? connection_id : secretPurpose(connection_id);
    for (const changed of await reencrypt(connection_id, purpose, row)) {
      keys.push({ kind, connection_id, digest, ...changed });
    }
  }
  const signing: Record<string, unknown>[] = [];
  for (const { kind, endpoint_id, ...row } of secrets) {
    for (
      const changed of await reencrypt(
        endpoint_id ?? 'mail',
        endpoint_id === null ? mailKeyPurpose : endpointPurpose(endpoint_id),
        row,
      )
    ) {
      signing.push({ kind, endpoint_id, ...changed });
    }
  }
  const model = await callFunction(database, 'read_reply_model', {}, modelKey.nullable());
  let reencryptedModel = 0;
  if (model?.encrypted_key && model.master_key_id && model.master_key_id !== masterKeys.current) {
    const row = { encrypted: model.encrypted_key, master_key_id: model.master_key_id };
    for (
      const { encrypted_before, encrypted, master_key_id } of await reencrypt(modelPurpose, modelPurpose, row)
    ) {
      reencryptedModel += await callFunction(database, 'replace_model_key', {
        encrypted_before,
        encrypted,
        key_id: master_key_id,
      }, z.number());
    }
  }
  const tokens: Record<string, unknown>[] = [];
  for (
    const { connection_id, ...row } of await callFunction(
      database,
      'list_crm_tokens',
      { current_key_id: masterKeys.current },
      z.array(crmRow),
    )
  ) {
    for (const changed of await reencrypt(connection_id, crmPurpose(connection_id), row)) {
      tokens.push({ connection_id, ...changed });
    }
  }
  const replace = async (
    name: 'replace_encrypted' | 'replace_outgoing_secrets' | 'replace_crm_tokens',
    reencrypted: unknown[],
  ) => reencrypted.length === 0 ? 0 : await callFunction(database, name, { reencrypted }, z.number());
  return {
    reencrypted: await replace('replace_encrypted', keys) +
      await replace('replace_outgoing_secrets', signing) + await replace('replace_crm_tokens', tokens) +
      reencryptedModel,
    unreadable,
  };
}
