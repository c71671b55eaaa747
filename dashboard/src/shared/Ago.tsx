import { CircleAlert } from 'lucide-react';
import { cn } from '../ui/class-names.ts';
import { useNow } from './Age.tsx';
import { formatAge, nothing } from './format.ts';
import { fullMoment, useZone } from './moments.tsx';

/** How long ago something was, short enough for a cell; highlighted when that is too long. */
export function Ago({ at, staleAfterSeconds, never = nothing }: {
  at: string | null;
  /** From here on it is highlighted; without, it never is. */
  staleAfterSeconds?: number | undefined;
  /** In place of a moment. */
  never?: string;
}) {
  const now = useNow(30_000);
  const zone = useZone();
  const seconds = at ? Math.max(0, (now - Date.parse(at)) / 1_000) : null;
  const isStale = staleAfterSeconds !== undefined && (seconds === null || seconds > staleAfterSeconds);
  const text = seconds === null ? never : seconds < 60 ? 'just now' : `${formatAge(rounded(seconds))} ago`;
  return (
    <span
      title={at ? fullMoment(at, zone) : undefined}
      className={cn(
        'inline-flex items-center gap-1 whitespace-nowrap',
        isStale && 'rounded-full bg-bad-wash px-2 py-0.5 text-xs font-medium text-bad',
      )}
    >
      {isStale && <CircleAlert aria-hidden className='size-3.5' />}
      {isStale && <span className='sr-only'>Overdue:</span>}
      {text}
    </span>
  );
}

/** After two hours the minutes do not matter, and a cell has no room for them. */
const rounded = (seconds: number): number => seconds < 7_200 ? seconds : Math.floor(seconds / 3_600) * 3_600;
