// From where the mails of an outage are read: the list allows 20 calls a minute, so each hour too many costs a minute or more.
import { describe, expect, it } from 'vitest';
import type { SyncContext } from '../../supabase/functions/_shared/sync/context.ts';
import { recoverOutage } from '../../supabase/functions/_shared/sync/outage/recover-outage.ts';
import { fakeDatabase } from '../support/fake-database.ts';

const began = '2026-11-19T06:00:00.000Z';
const switchedOff = '2026-11-20T06:00:00.000Z';
const anHourBefore = '2026-11-20T05:00:00.000Z';
const back = '2026-11-20T09:00:00.000Z';

/** The start and the end of the list that is asked for. */
async function rangeOf(
  changes: { switched_off_at?: string | null; starts_at?: string; mails?: object; isLogRead?: boolean },
): Promise<[since: string, until: string] | undefined> {
  const { isLogRead = true, ...of } = changes;
  const outage = { id: 1, starts_at: began, ends_at: back, switched_off_at: switchedOff, mails: {}, ...of };
  let range: [string, string] | undefined;
  const answers: Record<string, unknown> = {
    read_webhook_outage: outage,
    process_webhook_events: { claimed: 0, positions: {}, unfinished: [], milliseconds: 1 },
    take_message_contents: [],
    read_ended_outage_leads: { leads: [], account_days: [] },
    list_outage_campaigns: [],
  };
  const context = {
    database: fakeDatabase((name) => ({ data: answers[name] ?? null, error: null, status: 200 })),
    session: {
      provider: 'instantly',
      mailHistory: {
        listMails: (since: string, until: string) => {
          range = [since, until];
          return Promise.resolve({ items: [], next: undefined });
        },
      },
    },
    now: () => new Date('2026-11-20T10:00:00Z'),
  } as unknown as SyncContext;
  expect(
    await recoverOutage(context, {
      connectionId: 'c',
      outage,
      pages: 0,
      isLogRead,
      mayBeSettled: true,
      isOutOfTime: () => false,
      save: () => Promise.resolve(),
    }),
  ).toBe(true);
  return range;
}

describe('the mails of an outage', () => {
  it('are read from an hour before the switch-off, because all that was attempted before is in the log', async () => {
    expect(await rangeOf({})).toEqual([anHourBefore, '2026-11-20T09:10:00.000Z']);
  });

  it.each<[name: string, changes: Parameters<typeof rangeOf>[0], since: string]>([
    ['the log could not be read', { isLogRead: false }, began],
    ['the time of the switch-off is unknown', { switched_off_at: null }, began],
    [
      'the log would have to reach back for days',
      { starts_at: '2026-11-17T06:00:00.000Z' },
      '2026-11-17T06:00:00.000Z',
    ],
    ['it began after that', { starts_at: '2026-11-20T05:30:00.000Z' }, '2026-11-20T05:30:00.000Z'],
  ])('are read from its beginning where %s', async (_, changes, since) => {
    expect((await rangeOf(changes))?.[0]).toBe(since);
  });

  it('are read on from an hour before the newest one that was read', async () => {
    expect((await rangeOf({ mails: { reached: '2026-11-20T08:00:00.000Z' } }))?.[0]).toBe(
      '2026-11-20T07:00:00.000Z',
    );
    expect((await rangeOf({ mails: { reached: '2026-11-20T05:15:00.000Z' } }))?.[0]).toBe(anHourBefore);
  });

  it('are not read again once that is done', async () => {
    expect(await rangeOf({ mails: { done: true } })).toBeUndefined();
  });
});
