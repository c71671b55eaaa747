// Days of Smartlead, which writes them without a year.
import { expect, it } from 'vitest';
import {
  dateInRange,
  dayOf,
  pieces,
  readDay,
} from '../../supabase/functions/_shared/providers/smartlead/days.ts';

it('a moment is of a day in UTC', () => {
  expect(dayOf(Date.parse('2026-10-05T23:59:59Z'))).toBe('2026-10-05');
});

it('a range is asked for in pieces of thirty days, both ends included', () => {
  expect(pieces('2026-10-01', '2026-10-30')).toEqual([{ from: '2026-10-01', to: '2026-10-30' }]);
  expect(pieces('2026-10-01', '2026-10-31')).toEqual([
    { from: '2026-10-01', to: '2026-10-30' },
    { from: '2026-10-31', to: '2026-10-31' },
  ]);
  expect(pieces('2026-12-15', '2027-02-20')).toEqual([
    { from: '2026-12-15', to: '2027-01-13' },
    { from: '2027-01-14', to: '2027-02-12' },
    { from: '2027-02-13', to: '2027-02-20' },
  ]);
  expect(pieces('2026-10-02', '2026-10-01')).toEqual([]);
});

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

it.each(months.map((name, month) => [name, `2027-${String(month + 1).padStart(2, '0')}-05`]))(
  '5 %s is %s',
  (name, day) => {
    expect(dateInRange(`5 ${name}`, '2027-01-01', '2027-12-31')).toBe(day);
    expect(dateInRange(`${name.toUpperCase()} 05`, day, day)).toBe(day);
  },
);

it.each([
  ['20 Apr', '2027-04-20'],
  [' 20  apr ', '2027-04-20'],
  ['April 20', '2027-04-20'],
  ['Apr  20', '2027-04-20'],
  ['20 April 2027', '2027-04-20'],
  ['1 Apr', '2027-04-01'],
  ['30 Apr', '2027-04-30'],
  ['31 Mar', undefined],
  ['1 May', undefined],
  ['on 20 Apr', undefined],
  ['20Apr', undefined],
  ['Apr20', undefined],
  ['20 Ap', undefined],
  ['120 Apr', undefined],
  ['rubbish', undefined],
  ['', undefined],
])('%j in April 2027 is %s', (text, day) => {
  expect(dateInRange(text, '2027-04-01', '2027-04-30')).toBe(day);
});

it('its numbers are of mails, not of people', () => {
  expect(readDay('2027-04-20', { sent: 1, opened: 2, replied: 3, bounced: 4, unsubscribed: 5 })).toEqual({
    day: '2027-04-20',
    sent: 1,
    contacted: 0,
    new_contacted: 0,
    opens: 2,
    opened: 0,
    clicks: 0,
    clicked: 0,
    replies: 3,
    replied: 0,
    auto_replies: 0,
    opportunities: 0,
    bounced: 4,
    unsubscribed: 5,
  });
});
