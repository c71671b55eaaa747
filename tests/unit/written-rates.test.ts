// Numbers and rates as an assistant reads them: no rate of too few people, and no precision that is not there.
import { describe, expect, it } from 'vitest';
import {
  ages,
  countColumns,
  counts,
  moreRates,
  numbersText,
  rates,
} from '../../supabase/functions/_shared/mcp/numbers.ts';
import {
  age,
  clip,
  money,
  number,
  oldest,
  oneLine,
  percent,
  plural,
} from '../../supabase/functions/_shared/mcp/words.ts';

describe('the numbers of a client', () => {
  const row = {
    sent: 1204,
    contacted: 800,
    replied: 24,
    positive: 9,
    reply_rate: 0.03,
    positive_rate: 0.01125,
    enough_signal: true,
  };

  it('have their rates', () => {
    expect(numbersText(row)).toBe('1,204 emails to 800 people; 24 replied (3.0 %), 9 positive (1.1 %)');
    expect(numbersText({ ...row, meetings: 1, bounced: 1200 })).toBe(
      '1,204 emails to 800 people; 24 replied (3.0 %), 9 positive (1.1 %), 1 meeting, 1,200 bounced',
    );
    expect(numbersText({ ...row, reply_rate: null })).toBe(
      '1,204 emails to 800 people; 24 replied, 9 positive (1.1 %)',
    );
  });

  it('of too few people have none, and say so', () => {
    const few = { sent: 1, contacted: 1, replied: 1, positive: 0, enough_signal: false };
    expect(numbersText({ ...few, reply_rate: 1, positive_rate: 0 })).toBe(
      '1 email to 1 person; 1 replied, 0 positive (too few people for a rate)',
    );
  });
});

it('what each number counts, and what each rate divides, is part of the answer', () => {
  const fields = Object.entries({ ...counts, ...rates, ...moreRates });
  expect(Object.fromEntries(fields.map(([name, field]) => [name, field.description]))).toEqual({
    sent: 'emails sent',
    contacted: 'different people emailed',
    opened: 'people who opened',
    clicked: 'people who clicked',
    replied: 'people who replied; automatic replies are not among them',
    positive: 'people whose latest label is positive (interested, meeting booked …)',
    bounced: 'emails that bounced',
    unsubscribed: undefined,
    auto_replies: 'automatic replies',
    reply_rate: 'replied / contacted, 0 to 1',
    positive_rate: 'positive / contacted, 0 to 1',
    enough_signal: 'false: too few people were contacted to speak of a rate',
    open_rate: 'opened / contacted, 0 to 1',
    click_rate: 'clicked / contacted, 0 to 1',
    bounce_rate: 'bounced / sent, 0 to 1',
  });
  expect(ages.as_of.description).toBe('when the newest of these numbers was read or counted');
  expect(countColumns.split(', ').sort()).toEqual(Object.keys(counts).sort());
});

it('a number has its thousands apart, a rate one decimal, an amount two', () => {
  expect([number(0), number(1_234_567)]).toEqual(['0', '1,234,567']);
  expect([percent(0), percent(0.0825), percent(1)]).toEqual(['0.0 %', '8.3 %', '100.0 %']);
  expect([money(null, 'EUR'), money(1234.5, 'EUR'), money(0.129, 'USD')]).toEqual([
    'unknown',
    '1,234.50 EUR',
    '0.13 USD',
  ]);
  expect([plural(1, 'lead'), plural(0, 'lead'), plural(2, 'person', 'people')]).toEqual([
    '1 lead',
    '0 leads',
    '2 people',
  ]);
});

it.each([
  [null, 'of unknown age'],
  [0, 'about a minute old'],
  [89, 'about a minute old'],
  [90, '2 minutes old'],
  [5_399, '90 minutes old'],
  [5_400, '2 hours old'],
  [129_599, '36 hours old'],
  [129_600, '2 days old'],
])('an age of %s seconds is %s', (seconds, text) => expect(age(seconds)).toBe(text));

it('the oldest of several ages is known where one is', () => {
  expect(oldest([{ age_seconds: 5 }, { age_seconds: null }, { age_seconds: 7 }])).toBe(7);
  expect(oldest([{ age_seconds: null }])).toBeNull();
  expect(oldest([])).toBeNull();
});

it('a name is one line, and cut between characters', () => {
  expect(oneLine(' a\n\n b\u2028c ')).toBe('a b c');
  expect(oneLine('abcd', 3)).toBe('ab…');
  expect(oneLine('x'.repeat(121))).toBe(`${'x'.repeat(119)}…`);
  expect([clip('abc', 3), clip('abcd', 3), clip('a🙂b', 3)]).toEqual(['abc', 'ab…', 'a…']);
  expect(clip('ab🙂', 3)).toBe('ab…');
  expect(clip('🙂abc', 4)).toBe('🙂a…');
});
