// @vitest-environment happy-dom
// Moments in the zone of the page: what is shown, what a file says, what a field means, and the days on which clocks change.
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { Ago } from '../src/shared/Ago.tsx';
import { momentColumn } from '../src/shared/columns.tsx';
import { DataTable } from '../src/shared/DataTable.tsx';
import { formatMoment, fullMoment, inZone, Moment, ZoneContext } from '../src/shared/moments.tsx';
import { shortMoment } from '../src/shared/person/labels.tsx';
import { formatTimeZone, ZoneNote } from '../src/shared/time-zone.tsx';
import { fromWallClock, wallClock, withOffset } from '../src/shared/wall-clock.ts';

afterEach(cleanup);

/** Clocks in Amsterdam go back at 01:00 UTC. */
const backInAmsterdam = { before: '2026-10-25T00:30:00Z', after: '2026-10-25T01:30:00Z' };
/** And forward at 01:00 UTC: no clock shows 02:30 that day. */
const forwardInAmsterdam = { before: '2026-03-29T00:59:00Z', after: '2026-03-29T01:00:00Z' };

describe('a moment', () => {
  it('is what the clocks of the zone show, on the day that it is there', () => {
    const at = '2026-11-09T22:05:00Z';
    expect(formatMoment(at, 'UTC')).toBe('9 Nov 2026, 22:05');
    expect(formatMoment(at, 'America/New_York')).toBe('9 Nov 2026, 17:05');
    expect(formatMoment(at, 'Asia/Kolkata')).toBe('10 Nov 2026, 03:35');
  });

  it('differs from the same hour before the clocks went back, by its offset', () => {
    const { before, after } = backInAmsterdam;
    expect(formatMoment(before, 'Europe/Amsterdam')).toBe(formatMoment(after, 'Europe/Amsterdam'));
    expect(fullMoment(before, 'Europe/Amsterdam')).toBe('25 Oct 2026, 02:30 UTC+2 · Europe/Amsterdam');
    expect(fullMoment(after, 'Europe/Amsterdam')).toBe('25 Oct 2026, 02:30 UTC+1 · Europe/Amsterdam');
  });

  it('jumps an hour when the clocks go forward', () => {
    const { before, after } = forwardInAmsterdam;
    expect([before, after].map((at) => inZone(at, 'Europe/Amsterdam', { timeStyle: 'short' }))).toEqual([
      '01:59',
      '03:00',
    ]);
  });

  it('is in UTC, and says so, where the browser does not know the zone', () => {
    expect(fullMoment('2026-11-09T22:05:00Z', 'Mars/Olympus')).toBe('9 Nov 2026, 22:05 UTC · Mars/Olympus');
    expect(fullMoment('2026-11-09T22:05:00Z', 'UTC')).toBe('9 Nov 2026, 22:05 UTC');
  });

  it('is shown in the zone of the page, with the zone in its title and the moment itself for machines', () => {
    render(
      <ZoneContext value='America/New_York'>
        <Moment at='2026-11-09T22:05:00+00:00' />
        <Ago at='2020-01-01T12:00:00Z' />
        <ZoneNote />
      </ZoneContext>,
    );
    const time = screen.getByText('9 Nov 2026, 17:05');
    expect(time.getAttribute('title')).toBe('9 Nov 2026, 17:05 UTC-5 · America/New York');
    expect(time.getAttribute('datetime')).toBe('2026-11-09T22:05:00+00:00');
    expect(screen.getByTitle('1 Jan 2020, 07:00 UTC-5 · America/New York')).toBeTruthy();
    expect(screen.getByText(/^Times in America\/New York \(UTC-[45]\)$/)).toBeTruthy();
  });

  it('is short in a list: today the time, this year the day', () => {
    const now = new Date('2026-11-10T04:00:00Z');
    const shown = (at: string, zone: string) => inZone(at, zone, shortMoment(at, now, zone));
    // In New York it is still the evening of the ninth.
    expect(shown('2026-11-09T22:05:00Z', 'America/New_York')).toBe('17:05');
    expect(shown('2026-11-09T22:05:00Z', 'UTC')).toBe('9 Nov');
    expect(shown('2026-01-01T01:00:00Z', 'America/New_York')).toBe('31 Dec 2025');
  });

  it('has a zone in the heading of its column', () => {
    interface Row {
      created_at: string | null;
    }
    render(
      <ZoneContext value='Asia/Kolkata'>
        <DataTable<Row>
          label='Things'
          columns={[momentColumn<Row>('created_at', 'Added')]}
          rows={[{ created_at: '2026-11-09T22:05:00Z' }]}
          rowKey={() => 'one'}
          empty={null}
        />
      </ZoneContext>,
    );
    expect(screen.getByRole('columnheader', { name: 'Added' }).title).toBe('In Asia/Kolkata');
    expect(screen.getByText('10 Nov 2026, 03:35')).toBeTruthy();
  });
});

describe('a moment in a file', () => {
  it('has the clock of the zone and its offset, so that it is the same moment everywhere', () => {
    const at = '2026-11-09T22:05:07.9Z';
    expect(withOffset(at, 'America/New_York')).toBe('2026-11-09T17:05:07-05:00');
    expect(withOffset(at, 'Asia/Kolkata')).toBe('2026-11-10T03:35:07+05:30');
    expect(withOffset(at, 'America/St_Johns')).toBe('2026-11-09T18:35:07-03:30');
    expect(withOffset(at, 'UTC')).toBe('2026-11-09T22:05:07+00:00');
    for (const zone of ['America/New_York', 'Europe/Amsterdam', 'Pacific/Chatham', 'Asia/Kolkata']) {
      for (const day of ['2026-03-08', '2026-03-29', '2026-07-01', '2026-10-25', '2026-11-01']) {
        for (let minute = 0; minute < 1_440; minute += 15) {
          const moment = new Date(Date.parse(`${day}T00:00:00Z`) + minute * 60_000).toISOString();
          expect(new Date(withOffset(moment, zone)).toISOString()).toBe(moment);
        }
      }
    }
  });
});

describe('a time that is entered', () => {
  it('is the moment at which the clocks of the zone show it', () => {
    expect(fromWallClock('2026-11-09T17:05', 'America/New_York').toISOString()).toBe(
      '2026-11-09T22:05:00.000Z',
    );
    for (const zone of ['America/New_York', 'Europe/Amsterdam', 'Pacific/Chatham', 'Asia/Kolkata', 'UTC']) {
      for (const text of ['2026-03-08T12:00', '2026-03-29T09:00', '2026-10-25T09:00', '2026-11-01T00:30']) {
        expect(wallClock(fromWallClock(text, zone), zone)).toBe(`${text}:00`);
      }
    }
  });

  it('in the hour that is skipped is the hour after, and in the one that comes twice it is in it', () => {
    expect(wallClock(fromWallClock('2026-03-29T02:30', 'Europe/Amsterdam'), 'Europe/Amsterdam')).toBe(
      '2026-03-29T03:30:00',
    );
    expect(wallClock(fromWallClock('2026-10-25T02:30', 'Europe/Amsterdam'), 'Europe/Amsterdam')).toBe(
      '2026-10-25T02:30:00',
    );
  });
});

describe('a time zone', () => {
  it('has the offset that it has at a moment', () => {
    expect(formatTimeZone('Europe/Amsterdam', new Date('2026-07-01T00:00:00Z'))).toBe(
      'Europe/Amsterdam (UTC+2)',
    );
    expect(formatTimeZone('Mars/Olympus')).toBe('Mars/Olympus');
  });
});
