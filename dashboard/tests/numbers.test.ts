import { describe, expect, it } from 'vitest';
import type { CampaignRow } from '../src/data/campaigns.ts';
import { spent } from '../src/data/costs.ts';
import { chooseRange, dayIn, endOf, everyDay, mondayOf, periodBefore, startOf } from '../src/data/range.ts';
import { comparableChange, mostCompared, performersQuery, rankWholeLives } from '../src/data/ranking.ts';
import { orderSegments, type SegmentRow } from '../src/data/segments.ts';
import { rate, rollingRate } from '../src/data/stats.ts';
import { groupSteps, type StepRow } from '../src/data/steps.ts';
import { explainResult, variantResult } from '../src/features/campaigns/variant-result.ts';
import { replyTimeText } from '../src/shared/reply-time.ts';
import { regularTicks } from '../src/features/overview/DailyChart.tsx';
import { toWeeks } from '../src/features/overview/DailySeries.tsx';
import { isStale } from '../src/shared/Age.tsx';
import { csvFileName, periodName } from '../src/shared/csv-name.ts';
import { csvCell, csvMoment, toCsv, writeCsv } from '../src/shared/csv.ts';
import { countChange, formatAge, formatCount, formatRate, rateChange } from '../src/shared/format.ts';
import { formatMoney } from '../src/shared/money.ts';
import { formatTimeZone, timeZoneNames } from '../src/shared/time-zone.tsx';
import { csvLines } from '../src/shared/table-types.ts';

const now = new Date('2026-11-21T23:30:00Z');
const day = (text: string, numbers = {}) => ({
  day: text,
  sent: 0,
  contacted: 0,
  opened: 0,
  clicked: 0,
  replied: 0,
  bounced: 0,
  unsubscribed: 0,
  auto_replies: 0,
  positive: 0,
  meetings: 0,
  ...numbers,
});

describe('a period', () => {
  it('is whole UTC days with today, and is compared with as many days before', () => {
    const range = chooseRange({ range: '7d' }, now);
    expect(range.period).toEqual({ from: '2026-11-15', to: '2026-11-21' });
    expect(range.previous).toEqual({ from: '2026-11-08', to: '2026-11-14' });
    expect(chooseRange({}, now).preset).toBe('30d');
    expect(chooseRange({ range: 'month' }, now).period).toEqual({ from: '2026-11-01', to: '2026-11-21' });
    expect(periodBefore({ from: '2026-03-01', to: '2026-03-01' })).toEqual({
      from: '2026-02-28',
      to: '2026-02-28',
    });
  });

  it('is cut in the time zone of the client, also where the clocks change', () => {
    expect(chooseRange({ range: '7d' }, now, 'Europe/Amsterdam').period).toEqual({
      from: '2026-11-16',
      to: '2026-11-22',
      timeZone: 'Europe/Amsterdam',
    });
    expect(dayIn('America/Los_Angeles', now)).toBe('2026-11-21');
    expect(dayIn('Pacific/Kiritimati', new Date('2026-11-20T10:00:00Z'))).toBe('2026-11-21');
    expect(dayIn('Nowhere/Known', now)).toBe('2026-11-21');
    const bounds = (day: string, timeZone?: string) => {
      const period = { from: day, to: day, timeZone };
      return [startOf(period), endOf(period)].map((text) => text.slice(5, 16));
    };
    expect(bounds('2026-11-21')).toEqual(['11-21T00:00', '11-22T00:00']);
    // 23 and 25 hours, half an hour, fourteen ahead; midnight that is left out, and midnight that comes twice.
    expect(bounds('2026-03-29', 'Europe/Amsterdam')).toEqual(['03-28T23:00', '03-29T22:00']);
    expect(bounds('2026-10-25', 'Europe/Amsterdam')).toEqual(['10-24T22:00', '10-25T23:00']);
    expect(bounds('2026-10-05', 'Asia/Kolkata')).toEqual(['10-04T18:30', '10-05T18:30']);
    expect(bounds('2026-10-05', 'Pacific/Kiritimati')).toEqual(['10-04T10:00', '10-05T10:00']);
    expect(bounds('2026-09-06', 'America/Santiago')).toEqual(['09-06T04:00', '09-07T03:00']);
    expect(bounds('2026-11-01', 'America/Havana')).toEqual(['11-01T04:00', '11-02T05:00']);
  });

  it('can be this week, this quarter, and the whole of last month', () => {
    const period = (range: 'week' | 'quarter' | 'last_month', at = now) => chooseRange({ range }, at).period;
    expect(period('week')).toEqual({ from: '2026-11-16', to: '2026-11-21' });
    expect(period('week', new Date('2026-11-16T00:00:00Z'))).toEqual({
      from: '2026-11-16',
      to: '2026-11-16',
    });
    expect(period('quarter')).toEqual({ from: '2026-10-01', to: '2026-11-21' });
    expect(period('quarter', new Date('2026-03-31T12:00:00Z'))?.from).toBe('2026-01-01');
    expect(period('last_month')).toEqual({ from: '2026-10-01', to: '2026-10-31' });
    expect(period('last_month', new Date('2027-01-01T00:00:00Z'))).toEqual({
      from: '2026-12-01',
      to: '2026-12-31',
    });
    expect(period('last_month', new Date('2028-03-05T00:00:00Z'))?.to).toBe('2028-02-29');
  });

  it('of all time has no earlier data it; comparison can be off; swapped days are put right', () => {
    expect(chooseRange({ range: 'all' }, now)).toMatchObject({ period: null, previous: null });
    expect(chooseRange({ range: '7d', compare: false }, now).previous).toBeNull();
    expect(chooseRange({ range: 'custom', from: '2026-05-03', to: '2026-05-01' }, now).period)
      .toEqual({ from: '2026-05-01', to: '2026-05-03' });
  });

  it('has every day from the first to the last', () => {
    expect(everyDay({ from: '2026-02-27', to: '2026-03-01' })).toEqual([
      '2026-02-27',
      '2026-02-28',
      '2026-03-01',
    ]);
  });

  it('has a rate of seven days at a time, added up first and divided after', () => {
    const days = Array.from(
      { length: 30 },
      (_, index) =>
        day(`2026-01-${index + 1}`, { contacted: index < 15 ? 10 : 0, positive: index === 0 ? 7 : 0 }),
    );
    // Until ten days hold a hundred leads there is none, and after that no stretch is over fewer.
    const rates = rollingRate(days, 'positive', 'contacted');
    expect(rates).toHaveLength(21);
    expect(rates.slice(0, 2)).toEqual([0.07, 0]);
    expect(rates.at(-1)).toBe(0);
    const busy = days.map((entry) => ({ ...entry, contacted: 100 }));
    expect(rollingRate(busy, 'positive', 'contacted')).toHaveLength(24);
    expect(rollingRate(busy, 'positive', 'contacted').slice(0, 2)).toEqual([0.01, 0]);
    expect(rollingRate(days.slice(0, 6), 'positive', 'contacted')).toEqual([]);
    expect(rollingRate([], 'positive', 'contacted')).toEqual([]);
    expect(rate(1, 0)).toBeNull();
  });

  it('becomes weeks from Monday on when it is long', () => {
    expect(mondayOf('2026-11-22')).toBe('2026-11-16');
    expect(mondayOf('2026-11-16')).toBe('2026-11-16');
    const weeks = toWeeks([
      day('2026-11-15', { sent: 1 }),
      day('2026-11-16', { sent: 2 }),
      day('2026-11-20', { sent: 3 }),
    ]);
    expect(weeks.map((week) => [week.day, week.sent])).toEqual([['2026-11-09', 1], ['2026-11-16', 5]]);
  });
});

describe('campaigns side by side', () => {
  it('have a change only where both periods have enough leads', () => {
    const row = { enough_signal: true, previous_contacted: 100, positive_rate_change: 0.004 };
    expect(comparableChange(row)).toBe(0.004);
    expect(comparableChange({ ...row, previous_contacted: 99 })).toBeNull();
    expect(comparableChange({ ...row, enough_signal: false })).toBeNull();
  });

  it('have no change over all time', () => {
    const life = (campaign_id: string, positive_rate: number) =>
      ({ campaign_id, positive_rate, enough_signal: true }) as CampaignRow;
    const rows = rankWholeLives([life('a', 0.01), life('b', 0.02)]);
    expect(rows.map((row) => row.change)).toEqual([undefined, undefined]);
  });
});

describe('a variant', () => {
  it('is compared with the other in words', () => {
    const words = (significance: StepRow['significance'], is_best = false) =>
      variantResult({ significance, is_best })?.text;
    expect(words(null)).toBeUndefined();
    expect(words('not_enough_signal')).toBe('Not enough data');
    expect(words('no_difference', true)).toBe('No difference yet');
    expect([words('likely', true), words('likely')]).toEqual(['Likely better', 'Likely worse']);
    expect([words('significant', true), words('significant')]).toEqual(['Clearly better', 'Clearly worse']);
    expect(explainResult({ significance: 'likely', p_value: 0.0731 })).toContain(
      'in 7 in 100 cases (p = 0.0731)',
    );
    expect(explainResult({ significance: 'significant', p_value: 0 })).toContain(
      'fewer than 1 in 1,000 cases (p < 0.0001)',
    );
    expect(explainResult({ significance: 'no_difference', p_value: null })).toBe(
      'Both variants had the same result.',
    );
  });

  it('is grouped with those of its step', () => {
    const rows = [[1, 1], [1, 2], [2, 1]].map(([step, variant]) => ({ step, variant }) as StepRow);
    expect(groupSteps(rows).map(({ step, variants }) => [step, variants.length])).toEqual([[1, 2], [2, 1]]);
  });
});

describe('segments', () => {
  const segment = (name: string, positive_rate: number, contacted: number) =>
    ({ segment: name, positive_rate, contacted, enough_signal: contacted >= 100 }) as SegmentRow;
  it('begin with the best that have enough data; sizes keep their order', () => {
    const rows = [segment('11-50', 0.01, 900), segment('1-10', 0.5, 20), segment('201-500', 0.03, 150)];
    expect(orderSegments(rows, 'industry').map((row) => row.segment)).toEqual(['201-500', '11-50', '1-10']);
    expect(orderSegments(rows, 'company_size').map((row) => row.segment)).toEqual([
      '1-10',
      '11-50',
      '201-500',
    ]);
  });
});

describe('costs', () => {
  it('are shown where something was spent, and read as money', () => {
    const row = (currency: string, cost: number) =>
      ({ currency, cost }) as Parameters<typeof spent>[0][number];
    expect(spent([row('EUR', 0), row('USD', 5), row('GBP', 9)]).map((one) => one.currency)).toEqual([
      'GBP',
      'USD',
    ]);
    expect(formatMoney(8.4926, 'EUR')).toBe('€8.49');
    expect(formatMoney(11_340, 'EUR')).toBe('€11,340.00');
    expect(formatMoney(null, 'EUR')).toBe('–');
  });
});

describe('a time zone', () => {
  it('is shown with what it differs by, and by its name where the browser does not know it', () => {
    expect(formatTimeZone('America/New_York', now)).toBe('America/New York (UTC-5)');
    expect(formatTimeZone('Nowhere/Here', now)).toBe('Nowhere/Here');
  });
});

describe('a number', () => {
  it('reads as people write it', () => {
    expect(formatCount(12_345)).toBe('12,345');
    expect(formatCount(null)).toBe('–');
    expect(formatRate(0.0423)).toBe('4.2%');
    expect(formatRate(null)).toBe('–');
    expect(formatAge(59)).toBe('less than a minute');
    expect(formatAge(3 * 3_600 + 600)).toBe('3 h 10 min');
    expect(formatAge(90_000)).toBe('1 day');
  });

  it('changes by a share, a rate by points, and from nothing not at all', () => {
    expect(countChange(112, 100)).toEqual({ text: '+12%', direction: 'up' });
    expect(countChange(50, 100)).toEqual({ text: '−50%', direction: 'down' });
    expect(countChange(5, 0)).toBeNull();
    expect(rateChange(0.05, 0.04)).toEqual({ text: '+1.0 pts', direction: 'up' });
    expect(rateChange(0.04, 0.04)).toEqual({ text: 'no change', direction: 'same' });
    expect(rateChange(0.04, null)).toBeNull();
  });

  it('is stale after two hours, and when its age is unknown', () => {
    expect([7_200, 7_201, null].map(isStale)).toEqual([false, true, true]);
  });
});

describe('a CSV', () => {
  it('starts no formula in a spreadsheet', () => {
    for (const text of ['=1+1', '+31 26 555', '-2', '@SUM(A1)', '\t=1', '  =1', '＝1', '\r=1', '|cmd']) {
      expect(csvCell(text).replace(/^"/, '')).toMatch(/^'/);
    }
    // Numbers are numbers, also below zero.
    expect(csvCell(-2)).toBe('-2');
    expect(csvCell('Anna')).toBe('Anna');
  });

  it('quotes what would break a row', () => {
    expect(toCsv(['Name', 'Note'], [['a, b', 'say "hi"'], [null, 'two\nlines']])).toBe(
      'Name,Note\r\n"a, b","say ""hi"""\r\n,"two\nlines"\r\n',
    );
  });

  it('names a moment to the second with its offset, and a file by whose, what and when', () => {
    expect(csvMoment('2026-11-27T22:24:22.123456+01:00', 'Europe/Amsterdam')).toBe(
      '2026-11-27T22:24:22+01:00',
    );
    expect([csvMoment(null, 'UTC'), csvMoment('never', 'UTC')]).toEqual([null, null]);
    const owner = { agency: 'Nord & Süd', client: 'Lakeside Dental Supplies' };
    expect(
      csvFileName(owner, 'Events of Dental/clinics', periodName({ from: '2026-10-01', to: '2026-10-31' })),
    )
      .toBe('nord-sud-lakeside-dental-supplies-events-of-dental-clinics-2026-10-01-to-2026-10-31.csv');
    expect(csvFileName({ agency: 'a', client: 'b' }, 'jobs', periodName(null))).toBe('a-b-jobs-all-time.csv');
  });

  it('is written piece by piece, and only what the columns say', async () => {
    const columns = [
      { id: 'n', header: 'Number', value: (row: { n: number }) => row.n },
      { id: 'created_at', header: 'When', value: () => '2026-11-27T22:24:22.5Z' },
      { id: 'act', header: 'Act', value: () => 'x', inCsv: false },
      { id: 'as_of', header: 'As of', value: () => null, inTable: false },
    ];
    const { headings, line } = csvLines(columns, 'America/New_York');
    async function* pieces() {
      yield [{ n: 1 }, { n: 2 }].map(line);
      yield [{ n: 3 }].map(line);
    }
    const counts: number[] = [];
    const file = await writeCsv(headings, pieces(), (count) => counts.push(count));
    expect(await file.text()).toBe(
      '\ufeffNumber,When (America/New York),As of (America/New York)\r\n' +
        [1, 2, 3].map((n) => `${n},2026-11-27T17:24:22-05:00,\r\n`).join(''),
    );
    expect(counts).toEqual([2, 3]);
  });
});

describe('the days under a chart', () => {
  const all = (count: number) => everyDay({ from: '2026-08-01', to: '2026-12-31' }).slice(0, count);

  it('are at regular distances up to the last one', () => {
    for (const count of [1, 7, 8, 30, 90, 100]) {
      const ticks = regularTicks(all(count), 'day');
      expect(ticks.length).toBeLessThanOrEqual(7);
      expect(ticks.at(-1)).toBe(all(count).at(-1));
      const gaps = ticks.slice(1).map((tick, index) => Date.parse(tick) - Date.parse(ticks[index]!));
      expect(new Set(gaps).size).toBeLessThanOrEqual(1);
    }
    expect(regularTicks([], 'week')).toEqual([]);
  });
});

describe('the best campaigns', () => {
  it('are compared of one client always, of all only up to as many clients as a query manages', () => {
    expect(performersQuery('one').enabled).toBe(true);
    expect(performersQuery('one', mostCompared + 1).enabled).toBe(true);
    expect(performersQuery(undefined).enabled).toBe(false);
    expect(performersQuery(undefined, mostCompared).enabled).toBe(true);
    expect(performersQuery(undefined, mostCompared + 1).enabled).toBe(false);
  });
});

describe('the time zones to choose from', () => {
  it('have places under their old and their new name, each once', () => {
    const names = timeZoneNames();
    expect(names).toEqual(expect.arrayContaining(['Asia/Kolkata', 'Europe/Kyiv', 'Europe/Amsterdam']));
    expect(names).toEqual(expect.arrayContaining(Intl.supportedValuesOf('timeZone')));
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual([...names].sort());
  });
});

describe('how fast people were answered', () => {
  it('is a share within five minutes only where there is one', () => {
    const day = 86_400;
    expect(replyTimeText({ median_seconds: 9 * day, share_under_5_minutes: 0 }))
      .toBe('answered in 9 days (median), none within 5 minutes');
    expect(replyTimeText({ median_seconds: 600, share_under_5_minutes: 0.125 }))
      .toBe('answered in 10 min (median), 12.5% within 5 minutes');
  });
});
