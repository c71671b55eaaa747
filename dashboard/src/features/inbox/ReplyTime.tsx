import { useQuery } from '@tanstack/react-query';
import { replyTimesQuery } from '../../data/threads.ts';
import { formatAge, formatRate } from '../../shared/format.ts';
import { Tooltip } from '../../ui/tooltip.tsx';

/** How fast the replies of a client were answered. */
export function ReplyTime({ clientId }: { clientId: string | undefined }) {
  const times = useQuery(replyTimesQuery(clientId));
  const row = times.data;
  if (!row || row.answered === 0) return null;
  return (
    <Tooltip
      content={`From the last 90 days, ${row.answered} answered. Only Monday to Friday, 9 to 17 o’clock in the client’s time zone, counts.`}
    >
      <span tabIndex={0} className='rounded'>
        answered in {formatAge(row.median_seconds ?? 0)} (median), {formatRate(row.share_under_5_minutes)}
        {' '}
        within 5 minutes
      </span>
    </Tooltip>
  );
}
