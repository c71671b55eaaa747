import type { ServiceClient } from '../platform/database.ts';
import type { MasterKeys } from '../platform/environment.ts';
import type { ProviderName, ProviderWebhooks } from '../providers/provider.ts';

export interface RegistrationContext {
  database: ServiceClient;
  masterKeys: MasterKeys | undefined;
  webhooks: ProviderWebhooks;
  connectionId: string;
  /** Where the provider delivers to: our function and the connection's id. */
  url: string;
}

export const webhookName = 'Replyloop';

/** Where a provider delivers a connection's events. */
export function webhookUrl(functionsUrl: string, provider: ProviderName, connectionId: string): string {
  return `${functionsUrl}/${provider}-webhook/${connectionId}`;
}
