import { CircleAlert, Clock } from 'lucide-react';
import { fullMoment, useZone } from './moments.tsx';
import { useEffect, useState } from 'react';
import { cn } from '../ui/class-names.ts';
import { formatAge } from './format.ts';

/** The sync runs hourly, so numbers older than two hours mean that it is stuck. */
export const staleAfterSeconds = 2 * 60 * 60;

export const isStale = (ageSeconds: number | null): boolean =>
  ageSeconds === null || ageSeconds > staleAfterSeconds;

/** The same of a moment; what never had numbers has no old ones. */
export const isOld = (asOf: string | null): boolean =>
  asOf !== null && isStale((Date.now() - Date.parse(asOf)) / 1_000);

/** "Updated 3 min ago"; highlighted when the numbers are old. */
export function Age({ asOf, className }: { asOf: string | null; className?: string }) {
  const now = useNow(30_000);
  const zone = useZone();
  if (!asOf) {
    return (
      <span className={cn('inline-flex items-center gap-1.5 text-sm text-ink-soft', className)}>
        No data yet
      </span>
    );
  }
  const seconds = Math.max(0, (now - Date.parse(asOf)) / 1_000);
  const stale = isStale(seconds);
  const Icon = stale ? CircleAlert : Clock;
  return (
    <span
      title={fullMoment(asOf, zone)}
      className={cn(
        'inline-flex items-center gap-1.5 text-sm',
        stale ? 'rounded-full bg-bad-wash px-2.5 py-1 font-medium text-bad' : 'text-ink-soft',
        className,
      )}
    >
      <Icon aria-hidden className='size-3.5 shrink-0' />
      {stale ? `Outdated: ${formatAge(seconds)} old` : `Updated ${formatAge(seconds)} ago`}
    </span>
  );
}

/** The time, updated at this interval in milliseconds. */
export function useNow(intervalMs: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), intervalMs);
    return () => clearInterval(timer);
  }, [intervalMs]);
  return now;
}
