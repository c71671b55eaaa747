import type { Stats } from '../../data/stats.ts';
import { formatCount, formatRate, nothing } from '../../shared/format.ts';
import { openRateNote } from '../../shared/signal.ts';
import { StateCard } from '../../shared/StateCard.tsx';
import { Card, CardBody, CardHeader } from '../../ui/card.tsx';
import { cn } from '../../ui/class-names.ts';
import { Skeleton } from '../../ui/skeleton.tsx';

export function FunnelCard({ stats }: { stats: Stats | undefined }) {
  return (
    <Card aria-labelledby='funnel' className='flex flex-col'>
      <CardHeader id='funnel' title='From contact to meeting' hint='Leads in this period' />
      <CardBody className='flex flex-1 flex-col'>
        {!stats
          ? (
            <div className='grid gap-3'>
              {[1, 2, 3, 4, 5].map((row) => <Skeleton key={row} className='h-9' />)}
            </div>
          )
          : stats.contacted === 0
          ? (
            <StateCard
              kind='empty'
              title='No leads contacted in this period'
              advice='Try a longer period, or export a campaign.'
            />
          )
          : (
            <>
              <Funnel
                label='From contact to meeting'
                enoughSignal={stats.enough_signal}
                className='flex-1 content-between'
                stages={[
                  { label: 'Contacted', value: stats.contacted },
                  { label: 'Opened*', value: stats.opened },
                  { label: 'Replied', value: stats.replied },
                  { label: 'Positive', value: stats.positive },
                  { label: 'Meetings', value: stats.meetings },
                ]}
              />
              <p className='mt-4 text-xs text-ink-soft'>
                {openRateNote}
              </p>
            </>
          )}
      </CardBody>
    </Card>
  );
}

interface FunnelStage {
  label: string;
  value: number;
  hint?: string;
}

/** As the middle of a sentence, without the mark of its footnote. */
const nameOf = (stage: FunnelStage): string => stage.label.replace('*', '').toLowerCase();

/** One hue, from wide to narrow; each stage shows its share of the one before. */
export function Funnel({ stages, label, enoughSignal, className }: {
  stages: readonly FunnelStage[];
  label: string;
  /** False: too few for shares, so counts are shown. */
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
