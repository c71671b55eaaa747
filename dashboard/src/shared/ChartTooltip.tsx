import { formatCount } from './format.ts';

/** What a chart says of the point below the pointer: every drawn number, in the colours of the theme. */
export function ChartTooltip({ title, rows }: {
  title: string;
  rows: readonly { label: string; value: number; colour: string }[];
}) {
  return (
    <div className='rounded-lg border border-line-strong bg-surface px-3 py-2 text-xs text-ink shadow-card'>
      <p className='mb-1 font-medium'>{title}</p>
      <dl className='grid grid-cols-[auto_1fr_auto] items-center gap-x-2 gap-y-0.5'>
        {rows.map(({ label, value, colour }) => (
          <div key={label} className='contents'>
            <span aria-hidden className='size-2 rounded-xs' style={{ background: colour }} />
            <dt className='text-ink-soft'>{label}</dt>
            <dd className='text-right font-medium'>{formatCount(value)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
