import { formatCount } from '../../shared/format.ts';
import { namedCounts } from './table-names.ts';

/** Rows by table, in two columns where there is room. */
export function CountList({ label, counts }: { label: string; counts: Record<string, number> }) {
  return (
    <ul aria-label={label} className='grid gap-x-6 gap-y-1 text-sm sm:grid-cols-2'>
      {namedCounts(counts).map(([name, count]) => (
        <li key={name} className='flex justify-between gap-3 border-t border-line pt-1'>
          <span className='text-ink-soft'>{name}</span>
          <span className='font-medium'>{formatCount(count)}</span>
        </li>
      ))}
    </ul>
  );
}
