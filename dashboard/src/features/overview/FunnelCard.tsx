import type { Stats } from '../../data/stats.ts';
import { Funnel } from '../../shared/Funnel.tsx';
import { StateCard } from '../../shared/StateCard.tsx';
import { Card, CardBody, CardHeader } from '../../ui/card.tsx';
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
              title='Nobody was contacted in this period'
              advice='Choose a longer period, or export a campaign.'
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
                * Opens are an estimate: some mail programs hide them, others report them without a reader.
              </p>
            </>
          )}
      </CardBody>
    </Card>
  );
}
