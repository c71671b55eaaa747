import { useQuery } from '@tanstack/react-query';
import { reportSettingsQuery } from '../../data/cost-entries.ts';
import { useSession } from '../../data/session.ts';
import { type Enums, providerNames } from '../../data/supabase.ts';

/** What the provider is called in a sentence: by its name where the agency shows the connection. */
export function useProviderName(provider: Enums['provider']): string {
  const isOperator = useSession()?.role === 'operator';
  // A client finds itself alone.
  const own = useQuery({ ...reportSettingsQuery, enabled: !isOperator });
  return isOperator || own.data?.some((row) => row.may_see_connection)
    ? providerNames[provider]
    : 'the provider';
}
