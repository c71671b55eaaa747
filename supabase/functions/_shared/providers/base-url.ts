/** Where a provider's API is: its usual address, or a white-label host that this installation allows. */
import { AppError } from '../platform/errors.ts';
import type { Environment } from '../platform/environment.ts';
import type { ProviderName } from '../events/webhook-event.ts';

const titles: Record<ProviderName, string> = { instantly: 'Instantly', smartlead: 'Smartlead' };

/**
 * The address to which a connection's calls go, without a slash at the end. A key is a secret of the provider: it is sent
 * to the provider's own address and to the hosts that PROVIDER_HOSTS names for it, by https, and nowhere else.
 *
 * @param chosen The connection's own address; null = the usual one.
 * @throws AppError VALIDATION_FAILED for an address that is not allowed.
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
    `"${chosen}" is no address of ${titles[provider]} that this installation allows; ` +
      'send https:// and the host alone, and add that host to PROVIDER_HOSTS first',
  );
}
