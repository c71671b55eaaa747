import { lazy, memo, startTransition, Suspense, useEffect, useState } from 'react';
import { type ChosenRange, mondayOf } from '../../data/range.ts';
import { counts, type DayNumbers } from '../../data/stats.ts';
import { Chart } from '../../shared/Chart.tsx';
import { periodName } from '../../shared/csv-name.ts';
import { daysText, formatCount } from '../../shared/format.ts';
import { StateCard } from '../../shared/StateCard.tsx';
import { Card, CardBody, CardHeader } from '../../ui/card.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';

const DailyChart = lazy(() => import('./DailyChart.tsx').then((module) => ({ default: module.DailyChart })));

/** Emails sent and replies received, one above the other: two measures, two scales, one row of days. */
export const DailySeries = memo(
  function DailySeries({ days: newest, range }: {
    days: readonly DayNumbers[] | undefined;
    range: ChosenRange;
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
    const zone = range.timeZone ?? 'UTC';
    const isMixed = days.some((day) => day.provider_zone);
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
        hint={`${isWeekly ? 'Per week, Monday to Sunday' : 'Per day'}, ${daysText(range.timeZone)}`}
        summary={`${formatCount(sent)} emails sent and ${
          formatCount(replied)
        } replies over ${points.length} ${isWeekly ? 'weeks' : 'days'}.`}
        csvName='sent and replied'
        csvPeriod={periodName(range.period)}
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
            'Time zone',
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
            day.provider_zone ? `${zone}, in part ${day.provider_zone}` : zone,
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
              providerZone: day.provider_zone,
            }))}
          />
        </Suspense>
        {isMixed && (
          <p className='mt-2 text-xs text-ink-soft'>
            Some days hold emails or replies that only the provider counted. It cuts its days at midnight UTC.
          </p>
        )}
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
  const sums = { ...week, provider_zone: week.provider_zone ?? entry.provider_zone ?? null };
  for (const name of counts) sums[name] = week[name] + entry[name];
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
