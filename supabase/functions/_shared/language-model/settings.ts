// The settings of the language model, and its key, which only leaves in the Authorization header of a request to it.
import { z } from 'zod';
import { decryptKey } from '../connections/encryption.ts';
import { modelPurpose } from '../connections/reencrypt.ts';
import { callFunction, type ServiceClient } from '../platform/database.ts';
import type { MasterKeys } from '../platform/environment.ts';
import type { ChatModel } from './chat.ts';

export const storedModel = z.object({
  base_url: z.string(),
  model: z.string(),
  encrypted_key: z.string().nullable(),
  master_key_id: z.string().nullable(),
  daily_requests: z.number(),
  is_on: z.boolean(),
  last_error: z.string().nullable(),
  last_error_at: z.string().nullable(),
  requests_today: z.number(),
  failures_today: z.number(),
  tokens_today: z.number(),
  waiting: z.number(),
});

export type StoredModel = z.infer<typeof storedModel>;

export const readModel = async (database: ServiceClient): Promise<StoredModel | null> =>
  await callFunction(database, 'read_reply_model', {}, storedModel.nullable());

export async function openModel(stored: StoredModel, masterKeys: MasterKeys | undefined): Promise<ChatModel> {
  const { encrypted_key, master_key_id } = stored;
  const key = encrypted_key === null || master_key_id === null
    ? undefined
    : await decryptKey(masterKeys, modelPurpose, { encryptedKey: encrypted_key, masterKeyId: master_key_id });
  return { baseUrl: stored.base_url, model: stored.model, key };
}
