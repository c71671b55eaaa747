import { ArrowDownRight, ArrowRight, ArrowUpRight, CircleAlert, Info } from 'lucide-react';
import { Card } from '../ui/card.tsx';
import { cn } from '../ui/class-names.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { Tooltip } from '../ui/tooltip.tsx';
import { isStale } from './Age.tsx';
import type { Change } from './format.ts';
import { Sparkline } from './Sparkline.tsx';

export interface TileProps {
  label: string;
  /** Already formatted; null while it loads. */
  value: string | null;
  /** What the number counts, behind the small i. */
  hint?: string;
  /** Compared with the previous period; undefined = not compared, null = nothing to compare with. */
  change?: Change | null | undefined;
  /** For bounces a rise is bad news. @default 'up' */
  goodWhen?: 'up' | 'down' | 'neither';
  /** The series behind the number. */
  series?: readonly number[];
  /** How old the number is: shown once per page; the tile is marked only where it is too old. */
  ageSeconds?: number | null;
  /** Beside a value that is a count because there are too few for a rate. */
  caution?: string;
  /** The first tile of a page. */
  isHero?: boolean;
  /** A sentence under the number: what is good, say. */
  note?: string;
  /** A height of the series worth a line across it. */
  mark?: number;
  className?: string;
}

/** One number: what it is, how it moved. */
export function Tile(props: TileProps) {
  const { label, value, hint, change, goodWhen = 'up', series, caution, isHero = false } = props;
  const stale = props.ageSeconds !== undefined && props.ageSeconds !== null && isStale(props.ageSeconds);
  return (
    <Card
      aria-label={label}
      className={cn(
        'relative flex flex-col overflow-hidden px-4 pt-3.5 pb-3',
        isHero && 'border-brand/25 bg-brand-wash/60',
        stale && 'border-bad/50',
        props.className,
      )}
    >
      <div className='flex items-center gap-1.5 text-sm text-ink-soft'>
        <h3 className={cn(isHero && 'font-medium text-ink')}>{label}</h3>
        {hint && (
          <Tooltip content={hint}>
            <button
              type='button'
              aria-label={`About ${label.toLowerCase()}`}
              className='grid size-6 print:hidden place-items-center rounded-full hover:text-ink'
            >
              <Info aria-hidden className='size-3.5' />
            </button>
          </Tooltip>
        )}
      </div>
      {value === null ? <Skeleton className={cn('mt-1 w-24', isHero ? 'h-12' : 'h-8')} /> : (
        <p
          className={cn(
            'font-semibold tracking-tight',
            caution
              ? `text-ink-soft ${isHero ? 'text-3xl leading-tight' : 'text-xl leading-8'}`
              : isHero
              ? 'text-5xl leading-tight'
              : 'text-2xl leading-8',
            // An amount of money is as wide as half a phone.
            !isHero && value.length > 9 && 'whitespace-nowrap max-sm:text-lg max-sm:leading-8',
          )}
        >
          {value}
        </p>
      )}
      <div className='mt-1 flex min-h-5 items-center gap-2 text-xs'>
        {caution && value !== null
          ? (
            <span className='inline-flex items-center gap-1 font-medium text-warm-ink'>
              <CircleAlert aria-hidden className='size-3.5' /> {caution}
            </span>
          )
          : change !== undefined && value !== null && <ChangeNote change={change} goodWhen={goodWhen} />}
      </div>
      {props.note && <p className='mt-1 text-xs text-ink-soft'>{props.note}</p>}
      {series && (
        <Sparkline
          values={series}
          {...(props.mark === undefined ? {} : { mark: props.mark })}
          className={cn('mt-1 w-full', isHero ? 'min-h-14 flex-1 text-brand' : 'h-7 text-brand')}
        />
      )}
    </Card>
  );
}

export function ChangeNote({ change, goodWhen = 'up' }: {
  change: Change | null;
  goodWhen?: 'up' | 'down' | 'neither';
}) {
  if (!change) return <span className='whitespace-nowrap text-ink-soft'>no earlier data</span>;
  const isGood = change.direction === goodWhen;
  const isPlain = change.direction === 'same' || goodWhen === 'neither';
  const Icon = { up: ArrowUpRight, down: ArrowDownRight, same: ArrowRight }[change.direction];
  return (
    <span
      className={cn(
        'inline-flex items-center gap-0.5 font-medium whitespace-nowrap',
        isPlain ? 'text-ink-soft' : isGood ? 'text-good' : 'text-bad',
      )}
    >
      <Icon aria-hidden className='size-3.5' />
      {change.text}
      <span className='sr-only'>compared with the previous period</span>
    </span>
  );
}
