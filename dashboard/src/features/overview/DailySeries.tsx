import { lazy, memo, Suspense } from 'react';
import type { Period } from '../../data/range.ts';
import type { DayNumbers } from '../../data/stats.ts';
import { Chart } from '../../shared/Chart.tsx';
import { periodName } from '../../shared/csv-name.ts';
import { formatCount } from '../../shared/format.ts';
import { StateCard } from '../../shared/StateCard.tsx';
import { useAfterPaint } from '../../shared/use-after-paint.ts';
import { Card, CardBody, CardHeader } from '../../ui/card.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { longestDaily, toWeeks } from './weeks.ts';

const DailyChart = lazy(() => import('./DailyChart.tsx').then((module) => ({ default: module.DailyChart })));

/** Mails that went out and replies that came in, one above the other: two measures, two scales, one row of days. */
export const DailySeries = memo(
  function DailySeries({ days: newest, period }: {
    days: readonly DayNumbers[] | undefined;
    period: Period | null;
  }) {
    // Drawing takes longest: the tiles do not wait for it.
    const days = useAfterPaint(newest);
    if (!days) {
      return (
        <Card>
          <CardHeader title='Sent and replied' />
          <CardBody>
            <Skeleton className='h-72' />
          </CardBody>
        </Card>
      );
    }
    const isWeekly = days.length > longestDaily;
    const points = isWeekly ? toWeeks(days) : days;
    const sum = (pick: (day: DayNumbers) => number) => points.reduce((total, day) => total + pick(day), 0);
    const sent = sum((day) => day.sent);
    const replied = sum((day) => day.replied);
    if (sent === 0 && replied === 0) {
      return (
        <Card>
          <CardHeader title='Sent and replied' />
          <StateCard
            kind='empty'
            title='Nothing was sent in this period'
            advice='Choose a longer period, or export a campaign.'
          />
        </Card>
      );
    }
    return (
      <Chart
        title='Sent and replied'
        hint={isWeekly ? 'Per week, Monday to Sunday, UTC' : 'Per day, UTC'}
        summary={`${formatCount(sent)} mails sent and ${formatCount(replied)} replies over ${points.length} ${
          isWeekly ? 'weeks' : 'days'
        }.`}
        csvName='sent and replied'
        csvPeriod={periodName(period)}
        table={{
          headings: [
            isWeekly ? 'Week from' : 'Day',
            'Sent',
            'Contacted',
            'Opened',
            'Clicked',
            'Replied',
            'Positive',
            'Meetings',
            'Bounced',
          ],
          rows: points.map((
            day,
          ) => [
            day.day,
            day.sent,
            day.contacted,
            day.opened,
            day.clicked,
            day.replied,
            day.positive,
            day.meetings,
            day.bounced,
          ]),
        }}
      >
        <Suspense fallback={<Skeleton className='h-72' />}>
          <DailyChart
            unit={isWeekly ? 'week' : 'day'}
            points={points.map((day) => ({
              day: day.day,
              sent: day.sent,
              replied: day.replied,
              positive: day.positive,
            }))}
          />
        </Suspense>
      </Chart>
    );
  },
);
