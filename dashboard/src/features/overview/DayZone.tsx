import { useQuery } from '@tanstack/react-query';
import { clientQuery, dayRebuildQuery } from '../../data/clients.ts';
import { formatTimeZone } from '../../shared/format.ts';

/** Where the client's days begin at midnight, and how far they are recounted after a change. */
export function DayZone({ clientId }: { clientId: string }) {
  const client = useQuery(clientQuery(clientId));
  const rebuild = useQuery(dayRebuildQuery(clientId));
  if (!client.data) return null;
  return (
    <>
      <span title='Each day begins and ends at midnight there.'>
        Days in {formatTimeZone(client.data.time_zone)}
      </span>
      {rebuild.data && (
        <span
          role='status'
          title='Totals are right meanwhile; days may still be those of the time zone before.'
        >
          Days are being recounted: {Math.floor((rebuild.data.progress ?? 0) * 100)}%
        </span>
      )}
    </>
  );
}
