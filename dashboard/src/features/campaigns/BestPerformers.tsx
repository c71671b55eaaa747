import { Trophy } from 'lucide-react';
import { comparableChange, type Performer } from '../../data/ranking.ts';
import { CampaignLink } from '../../shared/columns.tsx';
import { formatCount, formatRate, rateChange } from '../../shared/format.ts';
import { ChangeNote } from '../../shared/Tile.tsx';
import { Card, CardBody, CardHeader } from '../../ui/card.tsx';

/** Who did best lately, and whether that is new. Hidden while no campaign has enough data. */
export function BestPerformers(
  { performers, clientNames }: {
    performers: readonly Performer[] | undefined;
    /** Of all clients; undefined where the page is one client's. */
    clientNames: ReadonlyMap<string, string> | undefined;
  },
) {
  const shown = clientNames
    ? performers?.slice(0, 6)
    : performers?.filter(({ rank }) => rank !== null && rank <= 3);
  if (!shown || shown.length === 0) return null;
  return (
    <Card aria-labelledby='best-performers' className='mb-4'>
      <CardHeader
        id='best-performers'
        title='Best performers'
        hint={`The last 30 days compared with the 30 days before${
          clientNames ? '; the best campaign of each client' : ''
        }`}
      />
      <CardBody>
        <ol className='grid grid-cols-[minmax(0,1fr)] gap-3 sm:grid-cols-2 xl:grid-cols-3'>
          {shown.map((row) => (
            <li
              key={row.campaign_id}
              className='grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-3 rounded-lg border border-line px-3.5 py-3'
            >
              <span
                className={`grid size-9 place-items-center rounded-full text-sm font-semibold ${
                  row.is_best ? 'bg-warm-wash text-warm-ink' : 'bg-raised text-ink-soft'
                }`}
              >
                {row.is_best ? <Trophy aria-label='First' className='size-4' /> : row.rank}
              </span>
              <span className='min-w-0'>
                <CampaignLink id={row.campaign_id} className='block leading-5 font-medium'>
                  {row.name}
                </CampaignLink>
                {clientNames && (
                  <span
                    className='block truncate text-xs text-ink-soft'
                    title={clientNames.get(row.client_id)}
                  >
                    {clientNames.get(row.client_id)}
                  </span>
                )}
                <span className='block text-xs text-ink-soft'>
                  {formatCount(row.positive)} positive of {formatCount(row.contacted)}
                </span>
              </span>
              <span className='text-right'>
                <span className='block text-lg leading-6 font-semibold'>{formatRate(row.positive_rate)}</span>
                <span className='text-xs'>
                  <ChangeNote change={rateChange(comparableChange(row), 0)} />
                </span>
              </span>
            </li>
          ))}
        </ol>
      </CardBody>
    </Card>
  );
}
