import { ArrowDownRight, ArrowRight, ArrowUpRight, Info } from 'lucide-react';
import { Card } from '../ui/card.tsx';
import { cn } from '../ui/class-names.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { Tooltip } from '../ui/tooltip.tsx';
import { Age, isStale } from './Age.tsx';
import type { Change } from './format.ts';
import { Sparkline } from './Sparkline.tsx';

export interface TileProps {
  label: string;
  /** Already formatted; null while it loads. */
  value: string | null;
  /** What the number counts, behind the small i. */
  hint?: string;
  /** Against the period before; undefined = not compared, null = nothing to compare with. */
  change?: Change | null | undefined;
  /** For bounces a rise is bad news. @default 'up' */
  goodWhen?: 'up' | 'down' | 'neither';
  /** The series behind the number. */
  series?: readonly number[];
  asOf?: string | null;
  ageSeconds?: number | null;
  /** False: too few contacted leads for a rate; the value is shown small. @default true */
  enoughSignal?: boolean;
  /** The first tile of a page. */
  isHero?: boolean;
  /** A sentence under the number: what is good, say. */
  note?: string;
  /** A height of the series worth a line across it. */
  mark?: number;
  className?: string;
}

/** One number: what it is, how it moved, how old it is. */
export function Tile(props: TileProps) {
  const { label, value, hint, change, goodWhen = 'up', series, asOf, enoughSignal = true, isHero = false } =
    props;
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
              className='grid size-6 place-items-center rounded-full hover:text-ink'
            >
              <Info aria-hidden className='size-3.5' />
            </button>
          </Tooltip>
        )}
      </div>
      {value === null ? <Skeleton className={cn('mt-1 w-24', isHero ? 'h-12' : 'h-8')} /> : enoughSignal
        ? (
          <p
            className={cn(
              'font-semibold tracking-tight',
              isHero ? 'text-5xl leading-tight' : 'text-2xl leading-8',
              // An amount of money is as wide as half a phone.
              !isHero && value.length > 9 && 'whitespace-nowrap max-sm:text-lg max-sm:leading-8',
            )}
          >
            {value}
          </p>
        )
        : (
          <p className={cn('font-medium text-ink-soft', isHero ? 'py-2 text-lg' : 'text-sm')}>
            Not enough signal yet
          </p>
        )}
      <div className='mt-1 flex min-h-5 items-center gap-2 text-xs'>
        {change !== undefined && enoughSignal && value !== null && (
          <ChangeNote change={change} goodWhen={goodWhen} />
        )}
      </div>
      {props.note && <p className='mt-1 text-xs text-ink-soft'>{props.note}</p>}
      {series && (
        <Sparkline
          values={series}
          {...(props.mark === undefined ? {} : { mark: props.mark })}
          className={cn('mt-1 w-full', isHero ? 'min-h-14 flex-1 text-brand' : 'h-7 text-brand')}
        />
      )}
      {asOf !== undefined && <Age asOf={asOf} className='mt-auto self-start pt-1.5 text-xs' />}
    </Card>
  );
}

export function ChangeNote({ change, goodWhen = 'up' }: {
  change: Change | null;
  goodWhen?: 'up' | 'down' | 'neither';
}) {
  if (!change) return <span className='text-ink-soft'>nothing before</span>;
  const isGood = change.direction === goodWhen;
  const isPlain = change.direction === 'same' || goodWhen === 'neither';
  const Icon = { up: ArrowUpRight, down: ArrowDownRight, same: ArrowRight }[change.direction];
  return (
    <span
      className={cn(
        'inline-flex items-center gap-0.5 font-medium',
        isPlain ? 'text-ink-soft' : isGood ? 'text-good' : 'text-bad',
      )}
    >
      <Icon aria-hidden className='size-3.5' />
      {change.text}
      <span className='sr-only'>against the period before</span>
    </span>
  );
}
