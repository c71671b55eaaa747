import { type RangeStats, rollingRate, type Stats } from '../../data/stats.ts';
import { countChange, formatCount, formatRate, rateChange } from '../../shared/format.ts';
import { countOf, tooFew, tooFewHint } from '../../shared/signal.ts';
import { Tile, type TileProps } from '../../shared/Tile.tsx';

interface KeyNumber {
  label: string;
  hint: string;
  kind: 'count' | 'rate';
  of: (stats: Stats) => number | null;
  /** How many of how many, where there are too few for a rate. */
  parts?: (stats: Stats) => [part: number, whole: number];
  series?: (days: RangeStats['days']) => number[];
  note?: string;
  mark?: number;
  goodWhen?: TileProps['goodWhen'];
}

const hero: KeyNumber = {
  label: 'Positive-reply rate',
  hint: 'Leads whose latest label is positive (interested, meeting, won), as a share of leads contacted.',
  kind: 'rate',
  of: (stats) => stats.positive_rate,
  parts: (stats) => [stats.positive, stats.contacted],
  series: (days) => rollingRate(days, 'positive', 'contacted'),
  // docs/metrics.md, "Benchmarks".
  note:
    'Good is 1% or more (dashed line). The curve is a rolling rate over seven days, or longer where they have fewer than 100 leads.',
  mark: 0.01,
};

const perDay = (name: 'sent' | 'contacted' | 'positive' | 'meetings') => (days: RangeStats['days']) =>
  days.map((day) => day[name]);

const others: readonly KeyNumber[] = [
  {
    label: 'Emails sent',
    hint: 'Emails sent in this period, follow-ups included.',
    kind: 'count',
    of: (stats) => stats.sent,
    series: perDay('sent'),
    goodWhen: 'neither',
  },
  {
    label: 'Contacted',
    hint: 'Leads who were sent their first email in this period, each counted once.',
    kind: 'count',
    of: (stats) => stats.contacted,
    series: perDay('contacted'),
    goodWhen: 'neither',
  },
  {
    label: 'Reply rate',
    hint:
      'Leads who replied, as a share of leads contacted. Automatic replies do not count. Good is 2–3% or more.',
    kind: 'rate',
    of: (stats) => stats.reply_rate,
    parts: (stats) => [stats.replied, stats.contacted],
    series: (days) => rollingRate(days, 'replied', 'contacted'),
  },
  {
    label: 'Positive replies',
    hint: 'Leads whose latest label is positive, counted on the day they got it.',
    kind: 'count',
    of: (stats) => stats.positive,
    series: perDay('positive'),
  },
  {
    label: 'Meetings',
    hint: 'Leads whose first meeting was booked or held, or whose deal was closed, in this period.',
    kind: 'count',
    of: (stats) => stats.meetings,
    series: perDay('meetings'),
  },
  {
    label: 'Open rate*',
    hint:
      'Leads who opened an email, as a share of leads contacted. Email apps that load images automatically raise it; apps that block images lower it.',
    kind: 'rate',
    of: (stats) => stats.open_rate,
    parts: (stats) => [stats.opened, stats.contacted],
    series: (days) => rollingRate(days, 'opened', 'contacted'),
  },
  {
    label: 'Click rate',
    hint: 'Leads who clicked a link, as a share of leads contacted. It is 0 without links or tracking.',
    kind: 'rate',
    of: (stats) => stats.click_rate,
    parts: (stats) => [stats.clicked, stats.contacted],
    series: (days) => rollingRate(days, 'clicked', 'contacted'),
  },
  {
    label: 'Bounce rate',
    hint:
      'Emails that bounced, as a share of emails sent. Under 3% is fine. Above 5%, pause and verify the addresses.',
    kind: 'rate',
    of: (stats) => stats.bounce_rate,
    parts: (stats) => [stats.bounced, stats.sent],
    series: (days) => rollingRate(days, 'bounced', 'sent'),
    goodWhen: 'down',
  },
];

/** The positive-reply rate first, the numbers behind it beside it. */
export function KeyNumbers({ stats, isCompared }: { stats: RangeStats | undefined; isCompared: boolean }) {
  return (
    <div className='grid gap-3 lg:grid-cols-[minmax(0,1fr)_minmax(0,3.4fr)]'>
      <NumberTile number={hero} stats={stats} isCompared={isCompared} isHero />
      <div className='grid grid-cols-2 gap-3 sm:grid-cols-4'>
        {others.map((number) => (
          <NumberTile key={number.label} number={number} stats={stats} isCompared={isCompared} />
        ))}
      </div>
    </div>
  );
}

function NumberTile({ number, stats, isCompared, isHero = false }: {
  number: KeyNumber;
  stats: RangeStats | undefined;
  isCompared: boolean;
  isHero?: boolean;
}) {
  const { series } = number;
  const now = stats ? number.of(stats.current) : null;
  const before = stats?.previous ? number.of(stats.previous) : null;
  const isJudged = number.kind === 'count' || (stats?.current.enough_signal ?? true);
  const format = number.kind === 'rate' ? formatRate : formatCount;
  const change = !isCompared || !stats || !isJudged ? undefined : number.kind === 'rate'
    // A rate over a handful of leads is nothing to compare with.
    ? (stats.previous?.enough_signal ? rateChange(now, before) : null)
    : countChange(now ?? 0, before ?? 0);
  return (
    <Tile
      label={number.label}
      hint={number.hint}
      value={!stats ? null : isJudged ? format(now) : countOf(...number.parts!(stats.current))}
      change={change}
      goodWhen={number.goodWhen ?? 'up'}
      {...(isJudged ? {} : { caution: tooFew })}
      isHero={isHero}
      {...(stats ? { ageSeconds: stats.age_seconds } : {})}
      {...(stats && series && isJudged ? { series: series(stats.days) } : {})}
      {...(stats && number.note ? { note: isJudged ? number.note : tooFewHint } : {})}
      {...(number.mark === undefined ? {} : { mark: number.mark })}
    />
  );
}
