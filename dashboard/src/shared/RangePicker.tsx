import { type ChosenRange, latestToday, type Preset, presets, type RangeSearch } from '../data/range.ts';
import { cn } from '../ui/class-names.ts';
import { fieldLooks } from '../ui/input.tsx';
import { Select } from '../ui/select.tsx';
import { formatDay } from './format.ts';

/** Presets, custom days, and whether to compare with the previous period. The address holds the choice. */
export function RangePicker({ range, onChange, canCompare = true }: {
  range: ChosenRange;
  onChange: (search: RangeSearch) => void;
  canCompare?: boolean;
}) {
  const { preset, period, previous } = range;
  const choose = (next: Preset) => {
    const dates = next === 'custom' && period
      ? { from: period.from, to: period.to }
      : { from: undefined, to: undefined };
    onChange({ range: next, ...dates });
  };
  return (
    <div className='flex flex-wrap items-center gap-2'>
      <Select aria-label='Period' choices={presets} value={preset} onValueChange={choose} />
      {preset === 'custom' && period && (
        <>
          <DayField
            label='First day'
            value={period.from}
            onChange={(from) => onChange({ from, to: period.to })}
          />
          <DayField
            label='Last day'
            value={period.to}
            onChange={(to) => onChange({ from: period.from, to })}
          />
        </>
      )}
      {period && canCompare && (
        <label className='flex h-9 items-center gap-2 rounded-lg border border-line bg-surface px-3 text-sm'>
          <input
            type='checkbox'
            className='size-4 accent-brand'
            checked={previous !== null}
            onChange={(event) => onChange({ compare: event.target.checked ? undefined : false })}
          />
          Compare
        </label>
      )}
    </div>
  );
}

function DayField(
  { label, value, onChange }: { label: string; value: string; onChange: (day: string) => void },
) {
  return (
    <input
      type='date'
      aria-label={label}
      className={cn(fieldLooks, 'w-auto')}
      value={value}
      max={latestToday(new Date())}
      onChange={(event) => event.target.value && onChange(event.target.value)}
    />
  );
}

/** "1 Oct – 30 Oct 2026 vs. 1 Sep – 30 Sep 2026" */
export function rangeText({ period, previous }: ChosenRange): string {
  if (!period) return 'All time';
  const text = (from: string, to: string) =>
    `${formatDay(from, { year: from.slice(0, 4) !== to.slice(0, 4) })} – ${formatDay(to)}`;
  const now = text(period.from, period.to);
  return previous ? `${now} vs. ${text(previous.from, previous.to)}` : now;
}
