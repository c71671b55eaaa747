import { lazy, memo, startTransition, Suspense, useEffect, useState } from 'react';
import { mondayOf, type Period } from '../../data/range.ts';
import type { DayNumbers } from '../../data/stats.ts';
import { Chart } from '../../shared/Chart.tsx';
import { periodName } from '../../shared/csv-name.ts';
import { formatCount } from '../../shared/format.ts';
import { StateCard } from '../../shared/StateCard.tsx';
import { Card, CardBody, CardHeader } from '../../ui/card.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';

const DailyChart = lazy(() => import('./DailyChart.tsx').then((module) => ({ default: module.DailyChart })));

/** Emails sent and replies received, one above the other: two measures, two scales, one row of days. */
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
    const isWeekly = days.length > maxDays;
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
            title='Nothing sent in this period'
            advice='Try a longer period, or export a campaign.'
          />
        </Card>
      );
    }
    return (
      <Chart
        title='Sent and replied'
        hint={isWeekly ? 'Per week, Monday to Sunday, UTC' : 'Per day, UTC'}
        summary={`${formatCount(sent)} emails sent and ${
          formatCount(replied)
        } replies over ${points.length} ${isWeekly ? 'weeks' : 'days'}.`}
        csvName='sent and replied'
        csvPeriod={periodName(period)}
        table={{
          headings: [
            isWeekly ? 'Week of' : 'Day',
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

/** A longer period is drawn in weeks. */
const maxDays = 100;

/** Days added up by week; a week is named after its Monday. */
export function toWeeks(days: readonly DayNumbers[]): DayNumbers[] {
  const weeks = new Map<string, DayNumbers>();
  for (const entry of days) {
    const monday = mondayOf(entry.day);
    const week = weeks.get(monday);
    weeks.set(monday, week ? add(week, entry) : { ...entry, day: monday });
  }
  return [...weeks.values()];
}

function add(week: DayNumbers, entry: DayNumbers): DayNumbers {
  const sums = { ...week };
  for (const name of Object.keys(sums) as (keyof DayNumbers)[]) {
    if (name !== 'day') sums[name] = week[name] + entry[name];
  }
  return sums;
}

/** The value, a paint later: what takes long to draw does not hold up the answer to a press. */
function useAfterPaint<Value>(value: Value): Value {
  const [shown, setShown] = useState(value);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => startTransition(() => setShown(() => value)));
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [value]);
  return shown;
}
