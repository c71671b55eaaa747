import { cn } from '../ui/class-names.ts';
import { formatCount, formatRate, nothing } from './format.ts';

export interface FunnelStage {
  label: string;
  value: number;
  hint?: string;
}

/** As the middle of a sentence, without the mark of its footnote. */
const nameOf = (stage: FunnelStage): string => stage.label.replace('*', '').toLowerCase();

/** One hue, from wide to narrow; each stage says its share of the first and of the one before. */
export function Funnel({ stages, label, enoughSignal, className }: {
  stages: readonly FunnelStage[];
  label: string;
  /** False: too few for shares, so counts stand instead. */
  enoughSignal: boolean;
  className?: string;
}) {
  const first = stages[0]?.value ?? 0;
  return (
    <ol aria-label={label} className={cn('grid gap-3', className)}>
      {stages.map((stage, index) => {
        const before = stages[index - 1]?.value;
        const share = first === 0 ? 0 : Math.min(1, stage.value / first);
        return (
          <li key={stage.label} className='grid grid-cols-[6rem_1fr_auto] items-center gap-3 text-sm'>
            <span className='text-ink-soft'>{stage.label}</span>
            <span className='h-7 overflow-hidden rounded-md bg-raised' aria-hidden>
              <span
                className='block h-full rounded-md bg-brand'
                style={{
                  width: `${stage.value > 0 ? Math.max(share * 100, 1) : 0}%`,
                  opacity: 0.55 + 0.45 * (index / Math.max(1, stages.length - 1)),
                }}
              />
            </span>
            <span className='w-32 text-right'>
              <span className='font-semibold'>{formatCount(stage.value)}</span>
              <span className='block text-xs text-ink-soft'>
                {before === undefined
                  ? 'all'
                  : before === 0
                  ? nothing
                  : enoughSignal
                  ? `${formatRate(stage.value / before)} of ${nameOf(stages[index - 1]!)}`
                  : `of ${formatCount(before)} ${nameOf(stages[index - 1]!)}`}
              </span>
            </span>
          </li>
        );
      })}
    </ol>
  );
}
