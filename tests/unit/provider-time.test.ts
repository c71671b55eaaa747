import { describe, expect, it } from 'vitest';
import {
  isBelievedDay,
  readBelievedTime,
  readTime,
} from '../../supabase/functions/_shared/events/provider-time.ts';

describe('a provider time', () => {
  it.each([
    ['2026-10-05T10:15:21+02:00', '2026-10-05T08:15:21.000Z'],
    ['2026-10-05 08:15:21', '2026-10-05T08:15:21.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
    ['2015-01-01T00:00:00Z', '2015-01-01T00:00:00.000Z'],
    [' 2026-10-05T08:15Z\n', '2026-10-05T08:15:00.000Z'],
    ['2026-10-05T10:15:21.5+0200', '2026-10-05T08:15:21.500Z'],
    ['2026-10-05T08:15:21z', '2026-10-05T08:15:21.000Z'],
    ['on 2026-10-05T08:15:21Z', undefined],
    ['2026-10-05T08:1', undefined],
    ['2026-10-05T08:15:99', undefined],
    ['2026-10-00T10:00:00Z', undefined],
    ['2026-00-01T10:00:00Z', undefined],
    ['2027-02-29T10:00:00Z', undefined],
    ['2026-12-32T10:00:00Z', undefined],
    ['2026-02-30T10:00:00Z', undefined],
    ['2026-13-01T10:00:00Z', undefined],
    ['0000-01-01T00:00:00Z', undefined],
    ['2014-12-31T23:59:59Z', undefined],
    ['1970-01-01T00:00:00Z', undefined],
    ['yesterday', undefined],
    ['2026-10-05', undefined],
    [1_790_000_000, undefined],
    [null, undefined],
  ])('%j is %s', (value, time) => expect(readTime(value)).toBe(time));

  it('more than a day in the future is not believed', () => {
    const now = Date.parse('2026-11-27T12:00:00Z');
    expect(readBelievedTime('2026-11-28T11:59:00Z', now)).toBe('2026-11-28T11:59:00.000Z');
    expect(readBelievedTime('2026-11-28T12:01:00Z', now)).toBeNull();
    expect(readBelievedTime('2026-11-28T12:00:00Z', now)).toBe('2026-11-28T12:00:00.000Z');
    expect(readBelievedTime('9999-12-31T00:00:00Z', now)).toBeNull();
    expect(readBelievedTime('yesterday', now)).toBeNull();
  });
});

it.each([
  ['2026-11-28', true],
  ['2026-11-29', false],
  ['2015-01-01', true],
  ['2014-12-31', false],
  ['2026-02-30', false],
  ['0000-01-01', false],
  ['2026-11-28T00:00', false],
  ['x2026-11-28', false],
  ['yesterday', false],
])('a day of the numbers, %s, is believed: %s', (day, isBelieved) => {
  expect(isBelievedDay(day, Date.parse('2026-11-27T00:00:00Z'))).toBe(isBelieved);
});
