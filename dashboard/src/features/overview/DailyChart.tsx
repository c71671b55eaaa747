// The only file that draws with Recharts on this page; loaded after the numbers are there.
import {
  Bar,
  CartesianGrid,
  ComposedChart,
  Legend,
  Line,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';

import { formatCompact, formatCount, formatDay } from '../../shared/format.ts';

export interface DailyPoint {
  /** The day, of a week its Monday. */
  day: string;
  sent: number;
  replied: number;
  positive: number;
  /** Set where a part is known from the provider only, which cuts its days in this zone. */
  providerZone?: string | null | undefined;
}

const axis = { fill: 'var(--ink-soft)', fontSize: 11 };
const cursor = { fill: 'var(--raised)', stroke: 'var(--line-strong)' };
const margin = { top: 4, right: 14, bottom: 0, left: 0 };
const colours = { sent: 'var(--chart-bar)', replied: 'var(--chart-line)', positive: 'var(--brand)' };

export function DailyChart({ points, unit }: { points: readonly DailyPoint[]; unit: 'day' | 'week' }) {
  const data = [...points];
  const ticks = regularTicks(points.map(({ day }) => day), unit);
  const byDay = new Map(points.map((point) => [point.day, point]));
  // Both drawings are of the same days: the tooltip of the upper one has the numbers of both.
  const describe = ({ label }: { label?: string | number | undefined }) => {
    const point = byDay.get(String(label));
    return point && (
      <ChartTooltip
        title={unit === 'week' ? `Week of ${formatDay(point.day)}` : formatDay(point.day)}
        {...(point.providerZone ? { note: `In part days of the provider (${point.providerZone})` } : {})}
        rows={[
          { label: 'Sent', value: point.sent, colour: colours.sent },
          { label: 'Replied', value: point.replied, colour: colours.replied },
          { label: 'Positive', value: point.positive, colour: colours.positive },
        ]}
      />
    );
  };
  return (
    <div aria-hidden className='grid gap-1'>
      <div className='relative z-10 h-42'>
        <ResponsiveContainer width='100%' height='100%'>
          <ComposedChart data={data} syncId='daily' margin={margin} accessibilityLayer={false}>
            <CartesianGrid vertical={false} stroke='var(--line)' />
            <XAxis dataKey='day' hide />
            <YAxis
              width={40}
              tick={axis}
              tickLine={false}
              axisLine={false}
              tickFormatter={formatCompact}
              allowDecimals={false}
            />
            <Tooltip
              content={describe}
              cursor={cursor}
              isAnimationActive={false}
              allowEscapeViewBox={{ x: false, y: true }}
            />
            <Legend verticalAlign='top' align='left' height={30} iconSize={9} formatter={legendText} />
            <Bar
              dataKey='sent'
              name='Sent'
              fill={colours.sent}
              radius={[3, 3, 0, 0]}
              maxBarSize={28}
              isAnimationActive={false}
            />
          </ComposedChart>
        </ResponsiveContainer>
      </div>
      <div className='h-46'>
        <ResponsiveContainer width='100%' height='100%'>
          <ComposedChart data={data} syncId='daily' margin={margin} accessibilityLayer={false}>
            <CartesianGrid vertical={false} stroke='var(--line)' />
            <XAxis
              dataKey='day'
              ticks={ticks}
              interval={0}
              tick={axis}
              tickLine={false}
              tickFormatter={(day: string) => formatDay(day, { year: false })}
              axisLine={{ stroke: 'var(--line)' }}
              // The middle of a bar's room, so that both drawings are aligned.
              scale='band'
            />
            <YAxis
              width={40}
              tick={axis}
              tickLine={false}
              axisLine={false}
              tickFormatter={formatCompact}
              allowDecimals={false}
            />
            <Tooltip content={() => null} cursor={cursor} isAnimationActive={false} />
            <Legend verticalAlign='top' align='left' height={30} iconSize={9} formatter={legendText} />
            <Line
              dataKey='replied'
              name='Replied'
              type='linear'
              stroke={colours.replied}
              strokeWidth={2}
              dot={false}
              isAnimationActive={false}
            />
            <Line
              dataKey='positive'
              name='Positive'
              type='linear'
              stroke={colours.positive}
              strokeWidth={2}
              strokeDasharray='5 3'
              dot={false}
              isAnimationActive={false}
            />
          </ComposedChart>
        </ResponsiveContainer>
      </div>
    </div>
  );
}

const legendText = (name: string) => <span style={{ color: 'var(--ink-soft)', fontSize: 12 }}>{name}</span>;

/** Every drawn number of the point below the pointer, in the colours of the theme. */
function ChartTooltip({ title, rows, note }: {
  title: string;
  note?: string;
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
      {note && <p className='mt-1 text-ink-soft'>{note}</p>}
    </div>
  );
}

/** So that the eye can count the days. */
const distances = {
  day: [1, 2, 7, 14, 28, 56],
  week: [1, 2, 4, 13, 26, 52],
} as const;

/** At equal distances, from the last point backwards: today is always named. */
export function regularTicks(
  points: readonly string[],
  unit: keyof typeof distances,
  maxTicks = 7,
): string[] {
  const distance = distances[unit].find((size) => Math.ceil(points.length / size) <= maxTicks) ??
    Math.ceil(points.length / maxTicks);
  return points.filter((_, index) => (points.length - 1 - index) % distance === 0);
}
