import { useQuery } from '@tanstack/react-query';
import { clientQuery } from '../data/clients.ts';
import { useClientId } from './use-client.ts';

/** Where the days of the page begin: at the client's midnight; over several clients "today" is the reader's. */
export function useTimeZone(ofClient?: string): string {
  const shown = useClientId();
  const clientId = ofClient ?? shown;
  const client = useQuery({ ...clientQuery(clientId ?? ''), enabled: clientId !== undefined });
  return client.data?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}
