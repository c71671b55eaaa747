/** The URL of a provider's API: the usual one, or a white-label host that this installation allows. */
import { AppError } from '../platform/errors.ts';
import type { Environment } from '../platform/environment.ts';
import type { ProviderName } from '../events/webhook-event.ts';

const titles: Record<ProviderName, string> = { instantly: 'Instantly', smartlead: 'Smartlead' };

/**
 * The base URL of a connection's calls, without a trailing slash. A key is sent only to the provider's own URL and, by https,
 * to the hosts that PROVIDER_HOSTS names for it.
 *
 * @param chosen The connection's own URL; null = the usual one.
 * @throws AppError VALIDATION_FAILED for a URL that is not allowed.
 */
export function baseUrlOf(provider: ProviderName, chosen: string | null, environment: Environment): string {
  const usual = environment.providerUrls[provider];
  if (chosen === null || chosen.replace(/\/+$/, '') === usual) return usual;
  const url = URL.canParse(chosen) ? new URL(chosen) : undefined;
  const isPlain = url !== undefined && url.protocol === 'https:' && url.port === '' && url.username === '' &&
    url.password === '' && url.pathname === '/' && url.search === '' && url.hash === '';
  if (isPlain && environment.providerHosts[provider].includes(url.hostname)) return url.origin;
  throw new AppError(
    'VALIDATION_FAILED',
    `"${chosen}" is not an allowed address of ${titles[provider]}; ` +
      'send https:// and the host alone, and add that host to PROVIDER_HOSTS first',
  );
}
