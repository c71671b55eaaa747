import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { clientQuery } from '../data/clients.ts';
import { ZoneContext } from '../shared/moments.tsx';
import { useClientId } from './use-client.ts';

/** Of a page: the client's, where its days begin at midnight; over several clients the reader's own. */
export function useTimeZone(ofClient?: string): string {
  const shown = useClientId();
  const clientId = ofClient ?? shown;
  const client = useQuery({ ...clientQuery(clientId ?? ''), enabled: clientId !== undefined });
  return client.data?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Its moments are in the zone of a client, or of the one that the page shows. */
export function InZoneOf({ clientId, children }: { clientId?: string | undefined; children: ReactNode }) {
  return <ZoneContext value={useTimeZone(clientId)}>{children}</ZoneContext>;
}
