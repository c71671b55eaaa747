import { describe, expect, it } from 'vitest';
import { withSimulator } from './helpers.ts';
import type { Json } from './helpers.ts';

describe('rate limits', () => {
  const limited = (limits: Json | 'live', clock: { now: number }, more: Json = {}) => ({
    limits: limits as never,
    rateClock: () => clock.now,
    ...more,
  });

  it('refuse after the hour although the minute has room', async () => {
    const clock = { now: 0 };
    await withSimulator(limited({ perSecond: 100, perMinute: 10, perHour: 25 }, clock), async ({ call }) => {
      const statuses: number[] = [];
      for (let minute = 0; minute < 3; minute += 1) {
        for (let count = 0; count < 9; count += 1) statuses.push((await call('GET', '/client/')).status);
        clock.now += 60_000;
      }
      expect(statuses.filter((status) => status === 200)).toHaveLength(25);
      const refused = await call('GET', '/client/');
      expect(refused).toMatchObject({ status: 429, body: { error: { code: 'RATE_LIMIT_EXCEEDED' } } });
      expect(refused.headers.get('x-ratelimit-remaining')).toBe('10');
      const wait = Number(refused.headers.get('retry-after'));
      expect(wait).toBe(3600 - 180);
      clock.now += 1000 * wait;
      expect((await call('GET', '/client/')).status).toBe(200);
    });
  });

  it('refuse after the minute, for all keys together, in the words seen live', async () => {
    const clock = { now: 0 };
    const options = limited('live', clock, {
      behaviour: { rateLimitAnswer: 'live', rateLimitHeaders: false },
    });
    await withSimulator(options, async ({ call }) => {
      for (let count = 0; count < 200; count += 1) expect((await call('GET', '/client/')).status).toBe(200);
      const refused = await call('GET', '/client/');
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, null]);
      expect(refused.body.message).toContain('200');
      clock.now += 60_000;
      expect((await call('GET', '/client/')).status).toBe(200);
    });
  });

  it('are 10 a second, 60 a minute and 1,000 an hour unless told otherwise', async () => {
    const clock = { now: 0 };
    await withSimulator({ limits: 'standard', rateClock: () => clock.now }, async ({ call }) => {
      const answers = [];
      for (let count = 0; count < 11; count += 1) answers.push(await call('GET', '/client/'));
      expect(answers.map(({ status }) => status)).toEqual([...Array<number>(10).fill(200), 429]);
      expect(answers[0]?.headers.get('x-ratelimit-limit')).toBe('60');
    });
  });

  it('can be tighter for analytics', async () => {
    const clock = { now: 0 };
    await withSimulator(limited({ analyticsPerMinute: 1 }, clock), async (bench) => {
      const path = '/analytics/overall-stats-v2?start_date=2026-10-01&end_date=2026-10-02';
      expect((await bench.call('GET', path)).status).toBe(200);
      expect((await bench.call('GET', path)).status).toBe(429);
      expect((await bench.call('GET', '/client/')).status).toBe(200);
    });
  });
});
