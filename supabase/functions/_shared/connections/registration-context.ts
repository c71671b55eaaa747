import type { ServiceClient } from '../platform/database.ts';
import type { MasterKeys } from '../platform/environment.ts';
import type { ProviderName, ProviderSession, ProviderWebhooks } from '../providers/provider.ts';

export interface RegistrationContext {
  database: ServiceClient;
  masterKeys: MasterKeys | undefined;
  webhooks: ProviderWebhooks;
  connectionId: string;
  /** Where the provider delivers: our function and the connection id. */
  url: string;
}

export const webhookName = 'Replyloop';

/** The URL to which a provider delivers a connection's events. */
export function webhookUrl(functionsUrl: string, provider: ProviderName, connectionId: string): string {
  return `${functionsUrl}/${provider}-webhook/${connectionId}`;
}

/**
 * True for a URL that delivers to this connection, whatever its host: the connection id at the end of the path is unique, so this also
 * matches a webhook that was registered by hand, or before our address changed.
 */
export function deliversTo(url: string, connectionId: string): boolean {
  const path = URL.canParse(url) ? new URL(url).pathname : url;
  return path.toLowerCase().replace(/\/$/, '').endsWith(`/${connectionId}`);
}

/** The context for registering webhooks of an open connection. */
export function registrationOf(
  { database, environment, functionsUrl }: {
    database: ServiceClient;
    environment: { masterKeys: MasterKeys | undefined };
    functionsUrl: string;
  },
  session: ProviderSession,
  connectionId: string,
): RegistrationContext {
  return {
    database,
    masterKeys: environment.masterKeys,
    webhooks: session.webhooks,
    connectionId,
    url: webhookUrl(functionsUrl, session.provider, connectionId),
  };
}
