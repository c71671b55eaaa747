import { useQuery } from '@tanstack/react-query';
import { type PlacementReading, placementReadingsQuery } from '../../data/placements.ts';
import { providerNames } from '../../data/supabase.ts';
import { Ago } from '../../shared/Ago.tsx';
import { FailureCard } from '../../shared/StateCard.tsx';

/** Per workspace whether blacklists and placement tests are known, and what to do where they are not. */
export function PlacementReadings({ connectionId }: { connectionId: string | undefined }) {
  const readings = useQuery(placementReadingsQuery(connectionId));
  if (readings.error) {
    return <FailureCard error={readings.error} onRetry={() => void readings.refetch()} className='py-4' />;
  }
  if (!readings.data || readings.data.length === 0) return null;
  return (
    <section
      aria-label='Blacklists and placement tests'
      className='grid gap-1.5 border-t border-line px-5 py-4 text-sm'
    >
      <h3 className='font-medium'>Blacklists and placement tests</h3>
      <ul className='grid gap-1.5'>
        {readings.data.map((reading) => (
          <li key={reading.connection_id} className='flex flex-wrap gap-x-2'>
            <span className='font-medium'>{reading.connection_name}</span>
            <span className='min-w-0 flex-1 basis-64 text-ink-soft'>
              {sentenceOf(reading)}
              {reading.state !== 'waiting' && reading.read_at && reading.state !== 'not_offered' && (
                <>
                  {' '}Read <Ago at={reading.read_at} staleAfterSeconds={3 * 86_400} />.
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function sentenceOf({ state, error, tests, provider }: PlacementReading): string {
  const name = providerNames[provider];
  switch (state) {
    case 'read':
      return tests === 1 ? '1 placement test.' : `${tests} placement tests.`;
    case 'no_tests':
      return `No placement test in the last 30 days. Make one in ${name} to see where emails land and whether a blacklist has the domain.`;
    case 'missing_scope':
      return `The API key may not read placement tests. Give it inbox_placement_tests:read, inbox_placement_analytics:read and inbox_placement_reports:read in ${name}, then sync.`;
    case 'not_in_plan':
      return `The plan of the workspace has no inbox placement, so ${name} tests neither where emails land nor blacklists.`;
    case 'not_offered':
      return provider === 'smartlead'
        ? 'Smartlead’s API gives none.'
        : `${name} has no such list for this workspace.`;
    case 'failed':
      return `Could not be read: ${error ?? 'no reason is known'}. The next sync reads again.`;
    case 'reading':
      return 'Being read now.';
    default:
      return 'Read with the next sync.';
  }
}
