import { cn } from '../ui/class-names.ts';
import { formatRate } from './format.ts';

/** A rate in a table; with too few contacted leads it says so instead. */
export function RateCell({ rate, enoughSignal, isStrong = false }: {
  rate: number | null;
  enoughSignal: boolean;
  isStrong?: boolean;
}) {
  if (!enoughSignal) {
    return (
      <span className='block text-xs text-ink-soft md:ml-auto md:w-20'>
        <span className='max-md:hidden'>Not enough signal yet</span>
        <span className='md:hidden' title='Not enough signal yet'>Too early</span>
      </span>
    );
  }
  return <span className={cn(isStrong && 'font-semibold')}>{formatRate(rate)}</span>;
}
