/** Opens a CRM account: the token is decrypted, the address is the installation’s. */
import { decryptKey } from '../connections/encryption.ts';
import { crmPurpose } from '../connections/reencrypt.ts';
import type { Environment } from '../platform/environment.ts';
import type { Crm, SealedConnection } from './crm.ts';
import { openHubSpot } from './hubspot/hubspot.ts';

export interface OpenOptions {
  environment: Environment;
  fetch: typeof fetch;
  /** Milliseconds of one call. */
  timeout?: number;
}

export async function openCrm(connection: SealedConnection, options: OpenOptions): Promise<Crm> {
  const token = await decryptKey(options.environment.masterKeys, crmPurpose(connection.id), {
    encryptedKey: connection.encrypted_token,
    masterKeyId: connection.master_key_id,
  });
  return openWithToken(connection.provider, token, options);
}

/** With a token that is not saved yet. */
export function openWithToken(
  provider: SealedConnection['provider'],
  token: string,
  { environment, fetch, timeout }: OpenOptions,
): Crm {
  const baseUrl = environment.crmUrls[provider];
  return openHubSpot({ baseUrl, token, fetch, ...(timeout === undefined ? {} : { timeout }) });
}
