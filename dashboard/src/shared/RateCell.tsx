import { cn } from '../ui/class-names.ts';
import { formatRate, nothing } from './format.ts';
import { countOf, tooFew, tooFewHint } from './signal.ts';

/** A rate in a table; of too few it is a count with a caution. */
export function RateCell({ rate, enoughSignal, part, whole, isStrong = false }: {
  rate: number | null;
  enoughSignal: boolean;
  part: number | null;
  whole: number | null;
  isStrong?: boolean;
}) {
  if (enoughSignal) return <span className={cn(isStrong && 'font-semibold')}>{formatRate(rate)}</span>;
  if (!whole) return <span className='text-ink-soft'>{nothing}</span>;
  return (
    <span className='inline-block max-w-24 text-ink-soft' title={tooFewHint}>
      <span className='block whitespace-nowrap'>{countOf(part, whole)}</span>
      <span className='block text-xs'>{tooFew}</span>
    </span>
  );
}
