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
import { formatCompact, formatCount } from '../../shared/format.ts';

export interface DailyPoint {
  label: string;
  sent: number;
  replied: number;
  positive: number;
}

const axis = { fill: 'var(--ink-soft)', fontSize: 11 };
const tooltip = {
  contentStyle: {
    background: 'var(--surface)',
    border: '1px solid var(--line)',
    borderRadius: 10,
    color: 'var(--ink)',
    fontSize: 12,
  },
  cursor: { fill: 'var(--raised)', stroke: 'var(--line-strong)' },
  formatter: (value: unknown) => formatCount(Number(value)),
  isAnimationActive: false,
};
const margin = { top: 4, right: 4, bottom: 0, left: 0 };

export function DailyChart({ points }: { points: readonly DailyPoint[] }) {
  const data = [...points];
  return (
    <div aria-hidden className='grid gap-1'>
      <div className='h-42'>
        <ResponsiveContainer width='100%' height='100%'>
          <ComposedChart data={data} syncId='daily' margin={margin} accessibilityLayer={false}>
            <CartesianGrid vertical={false} stroke='var(--line)' />
            <XAxis dataKey='label' hide />
            <YAxis
              width={40}
              tick={axis}
              tickLine={false}
              axisLine={false}
              tickFormatter={formatCompact}
              allowDecimals={false}
            />
            <Tooltip {...tooltip} />
            <Legend verticalAlign='top' align='left' height={30} iconSize={9} formatter={legendText} />
            <Bar
              dataKey='sent'
              name='Sent'
              fill='var(--chart-bar)'
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
              dataKey='label'
              tick={axis}
              tickLine={false}
              axisLine={{ stroke: 'var(--line)' }}
              minTickGap={24}
            />
            <YAxis
              width={40}
              tick={axis}
              tickLine={false}
              axisLine={false}
              tickFormatter={formatCompact}
              allowDecimals={false}
            />
            <Tooltip {...tooltip} />
            <Legend verticalAlign='top' align='left' height={30} iconSize={9} formatter={legendText} />
            <Line
              dataKey='replied'
              name='Replied'
              type='linear'
              stroke='var(--chart-line)'
              strokeWidth={2}
              dot={false}
              isAnimationActive={false}
            />
            <Line
              dataKey='positive'
              name='Positive'
              type='linear'
              stroke='var(--brand)'
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
