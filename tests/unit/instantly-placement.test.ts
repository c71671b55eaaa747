// Placement tests, blacklists and records as Instantly gives them, and in shapes that it does not document.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startInstantlySimulator } from '../../simulators/instantly/simulator.ts';
import type { InstantlySimulator } from '../../simulators/instantly/simulator.ts';
import { InstantlySession } from '../../supabase/functions/_shared/providers/instantly/session.ts';
import type { ProviderPlacement } from '../../supabase/functions/_shared/providers/provider-placement.ts';
import type { Page } from '../../supabase/functions/_shared/providers/provider.ts';
import { removalUrlOf } from '../../supabase/functions/_shared/sending-health/blacklists.ts';

const now = new Date('2026-11-20T12:00:00Z');
const workspaceId = '019900aa-1111-7222-8333-444455556666';
let simulator: InstantlySimulator;
let testId: string;

beforeAll(async () => {
  simulator = await startInstantlySimulator({
    limits: 'off',
    now: () => now,
    startAt: now,
    workspaces: [{
      id: workspaceId,
      keys: ['key=='],
      accounts: ['mia@try.test', 'jon@try.test', 'ann@agency.test'],
    }],
  });
  simulator.addPlacementTest(workspaceId, { daysAgo: 60, results: [{ email: 'mia@try.test', inbox: 1 }] });
  testId = simulator.addPlacementTest(workspaceId, {
    daysAgo: 2,
    results: [
      { email: 'mia@try.test', inbox: 90, promotions: 6, spam: 14 },
      { email: 'ann@agency.test', inbox: 5 },
    ],
    blacklists: { 'try.test': ['Spamhaus DBL', 'Unheard-of list'] },
  }).id;
});
afterAll(() => simulator.stop());
beforeEach(() => simulator.faults.clear());

let placement: ProviderPlacement;
beforeAll(() => {
  placement = new InstantlySession({
    baseUrl: simulator.url,
    apiKey: 'key==',
    fetch,
    now: () => now,
    retryDelay: 1,
  })
    .placement;
});

async function all<T>(read: (cursor: string | undefined) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return items;
}

/** Gives rows in place of the simulator's. */
const answer = (path: string, body: unknown, status = 200) =>
  simulator.faults.set({ requests: [{ kind: 'answer', path: `/api/v2/${path}`, status, body }] });

const report = (more: Record<string, unknown>) => ({
  id: 'r',
  timestamp_created: '2026-11-19T10:00:00Z',
  domain: 'TRY.test',
  domain_ip: '192.0.2.1',
  spam_assassin_score: 1,
  ...more,
});
const reportsOf = async (...rows: unknown[]) => {
  answer('inbox-placement-reports', { items: rows });
  return (await placement.listReports(testId, '2026-11-01', undefined)).items;
};

describe('placement tests', () => {
  it('are those that run or were made lately', async () => {
    expect(await placement.listTests('2026-11-10')).toEqual([testId]);
    answer('inbox-placement-tests', {
      items: [
        { id: 'over', status: 3, timestamp_created: '2025-01-01T00:00:00Z' },
        { id: 'runs', status: 1, timestamp_created: '2025-01-01T00:00:00Z' },
        { id: 'new', status: 3, timestamp_created: '2026-11-05T00:00:00Z' },
      ],
    });
    expect(await placement.listTests('2026-11-10')).toEqual(['new', 'runs']);
  });

  it('say of each mail that arrived where it landed', async () => {
    const mails = await all((cursor) => placement.listMails(testId, '2026-11-10', cursor));
    const of = (email: string, landed: string) =>
      mails.filter((mail) => mail.email === email && mail.landed === landed).length;
    expect(mails).toHaveLength(115);
    expect(new Set(mails.map(({ day }) => day))).toEqual(new Set(['2026-11-18']));
    expect(['inbox', 'promotions', 'spam'].map((place) => of('mia@try.test', place))).toEqual([90, 6, 14]);
    expect(of('ann@agency.test', 'inbox')).toBe(5);
  });

  it('leave out what did not arrive, is not judged, has no sender or is older', async () => {
    const row = { timestamp_created: '2026-11-19T10:00:00Z', sender_email: 'mia@try.test', record_type: 2 };
    answer('inbox-placement-analytics', {
      items: [
        { ...row, is_spam: true, has_category: true },
        { ...row, is_spam: false, has_category: null },
        { ...row, is_spam: null },
        { ...row, record_type: 1, is_spam: false },
        { ...row, sender_email: null, is_spam: false },
        { ...row, timestamp_created: '2026-11-01T10:00:00Z', is_spam: false },
        { ...row, is_spam: 'yes' },
        'nonsense',
      ],
    });
    const { items } = await placement.listMails(testId, '2026-11-10', undefined);
    expect(items.map(({ landed }) => landed)).toEqual(['spam', 'inbox']);
  });
});

describe('blacklists', () => {
  it('are named where they have the domain', async () => {
    const reports = await all((cursor) => placement.listReports(testId, '2026-11-10', cursor));
    expect(reports.map(({ domain, listings }) => [domain, listings])).toEqual(
      expect.arrayContaining([
        ['agency.test', []],
        ['try.test', [
          { address: 'try.test', blacklist: 'Spamhaus DBL' },
          { address: 'try.test', blacklist: 'Unheard-of list' },
        ]],
      ]),
    );
  });

  it('count even where they have no name, and a report that was not made proves nothing', async () => {
    expect(await reportsOf(report({ domain_blacklist_count: 2 }))).toMatchObject([
      {
        domain: 'try.test',
        listings: [{ address: 'try.test', blacklist: '2 that Instantly does not name' }],
      },
    ]);
    expect(await reportsOf(report({ domain_blacklist_count: 0, domain_ip_blacklist_count: 1 })))
      .toMatchObject([
        { listings: [{ address: '192.0.2.1' }] },
      ]);
    expect(await reportsOf(report({ domain_blacklist_count: 0, domain_ip_blacklist_count: 0 })))
      .toMatchObject([
        { listings: [] },
      ]);
    expect(await reportsOf(report({}))).toEqual([]);
  });

  it('are read row by row, cut and made storable', async () => {
    const [first, ...rest] = await reportsOf(
      report({
        blacklist_report: {
          address: '',
          details: [
            { blacklist: `Evil\u0000\n${'x'.repeat(500)}`, is_listed: true },
            { blacklist: '  ', is_listed: true },
            { blacklist: 'Fine', is_listed: null },
            { is_listed: true },
            7,
          ],
        },
      }),
      { ...report({}), timestamp_created: 'yesterday' },
      null,
    );
    expect(rest).toEqual([]);
    expect(first?.listings).toEqual([{ address: 'try.test', blacklist: `Evil ${'x'.repeat(95)}` }]);
  });

  it('have an address for removal where we know them', () => {
    expect(removalUrlOf('Spamhaus ZEN')).toBe('https://check.spamhaus.org/');
    expect(removalUrlOf('zen.spamhaus.org')).toBe('https://check.spamhaus.org/');
    expect(removalUrlOf('b.barracudacentral.org')).toContain('barracudacentral.org');
    expect(removalUrlOf('Unheard-of list')).toBeNull();
    expect(removalUrlOf('javascript:alert(1)')).toBeNull();
  });
});

describe('the test of records', () => {
  it('is one row per domain', async () => {
    expect(await placement.testVitals(['mia@try.test', 'jon@try.test', 'ann@agency.test'])).toEqual([
      { domain: 'try.test', spf: true, dkim: true, dmarc: true, mx: true },
      { domain: 'agency.test', spf: true, dkim: true, dmarc: true, mx: true },
    ]);
  });

  it('knows nothing of a record that could not be looked up', async () => {
    answer('accounts/test/vitals', {
      status: 'success',
      failure_list: [
        { domain: 'Try.test', spf: false, dkim: false, dmarc: true, indeterminate: ['dkim'] },
        {},
      ],
    });
    expect(await placement.testVitals(['mia@try.test'])).toEqual([
      { domain: 'try.test', spf: false, dkim: null, dmarc: true, mx: null },
    ]);
  });
});

describe('a refusal', () => {
  it.each([
    [402, 'payment_required'],
    [403, 'forbidden'],
    [404, 'not_found'],
  ])('with %s is "%s"', async (status, kind) => {
    answer('inbox-placement-tests', { statusCode: status, error: 'E', message: 'No' }, status);
    await expect(placement.listTests('2026-11-10')).rejects.toMatchObject({ kind });
  });
});
