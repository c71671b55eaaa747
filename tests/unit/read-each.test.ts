// The campaigns of a sync that are read at the same time: how many, and what its cursor says of them.
import { describe, expect, it } from 'vitest';
import { LeaseLost } from '../../supabase/functions/_shared/jobs/run-job.ts';
import { ProviderError, type ProviderSession } from '../../supabase/functions/_shared/providers/provider.ts';
import { readEach } from '../../supabase/functions/_shared/sync/campaigns/read-each.ts';
import type { SyncRun } from '../../supabase/functions/_shared/sync/context.ts';
import { type At, position } from '../../supabase/functions/_shared/sync/position.ts';
import { report } from '../../supabase/functions/_shared/sync/report.ts';
import { fakeDatabase } from '../support/fake-database.ts';

const campaigns = ['a', 'b', 'c', 'd'].map((name) => ({
  campaign_id: name,
  provider_campaign_id: name,
  provider_created_at: null,
  leads_fingerprint: null,
  leads_walked_at: null,
  has_analytics: true,
}));

interface Scene {
  /** Pages of leads of each campaign. */
  pages?: Record<string, number>;
  atOnce?: number;
  /** Called before a page is answered. */
  onPage?: (campaign: string, page: number) => unknown;
  onSave?: () => unknown;
}

/** A workspace whose campaigns have pages of five hundred leads, so that each page is written and saved. */
function scene({ pages = {}, atOnce = 2, onPage, onSave }: Scene) {
  const read: string[] = [];
  const written: string[] = [];
  const saved: { at: At<'reading'>; progress: unknown }[] = [];
  let isOutOfTime = false;
  let reading = 0;
  let most = 0;
  const session = {
    provider: 'instantly',
    campaignsAtOnce: atOnce,
    totalsPerCall: 50,
    takeOddRows: () => [],
    readTotals: (ids: string[]) => {
      read.push(`totals of ${ids.join('')}`);
      return Promise.resolve([]);
    },
    readDays: () => Promise.resolve([]),
    readSteps: () => Promise.resolve({ steps: [] }),
    listLeads: async (campaign: string, cursor = '0') => {
      most = Math.max(most, ++reading);
      await new Promise((resolve) => setTimeout(resolve, 1));
      reading--;
      const page = Number(cursor) + 1;
      await onPage?.(campaign, page);
      read.push(`${campaign}${page}`);
      const items = Array.from({ length: 500 }, () => ({ email: `${campaign}${page}` }));
      return { items, next: page < (pages[campaign] ?? 1) ? String(page) : undefined };
    },
  } as unknown as ProviderSession;
  const database = fakeDatabase((name, parameters) => {
    if (name === 'record_leads') written.push((parameters['leads'] as { email: string }[])[0]?.email ?? '');
    if (name === 'record_leads') {
      return { data: (parameters['leads'] as unknown[]).length, error: null, status: 200 };
    }
    return { data: name === 'finish_lead_walk' ? 1 : 0, error: null, status: 200 };
  });
  const counted = report.parse({});
  const run = (at: Omit<At<'reading'>, 'phase'> = {}) => {
    const syncRun: SyncRun = {
      job: { isOutOfTime: () => isOutOfTime } as SyncRun['job'],
      context: {
        database,
        session,
        openSession: () => session,
        now: () => new Date('2026-11-20T00:00:00Z'),
        environment: { masterKeys: undefined },
        functionsUrl: 'https://project.test/functions/v1',
      },
      report: counted,
      full: true,
      outage: null,
      save: async (next, progress) => {
        // As it is after the way through the database.
        saved.push({ at: position.parse(JSON.parse(JSON.stringify(next))) as At<'reading'>, progress });
        await new Promise((resolve) => setTimeout(resolve, 1));
        await onSave?.();
      },
    };
    return readEach(syncRun, campaigns, { phase: 'reading', ...at });
  };
  return {
    run,
    read,
    counted,
    written,
    saved,
    most: () => most,
    end: () => {
      isOutOfTime = true;
    },
    resume: () => {
      isOutOfTime = false;
      read.length = 0;
    },
  };
}

describe('the campaigns of a sync', () => {
  it.each([1, 2, 3])('are read %i at the same time, and each once', async (atOnce) => {
    const { run, read, saved, counted, most } = scene({ atOnce, pages: { a: 4, b: 4, c: 4, d: 4 } });
    expect(await run()).toBe(true);
    const leads = read.filter((one) => !one.startsWith('totals'));
    expect(leads.toSorted()).toEqual(
      ['a', 'b', 'c', 'd'].flatMap((name) => [1, 2, 3, 4].map((page) => name + page)),
    );
    expect(most()).toBe(atOnce);
    expect(counted).toMatchObject({ campaigns_synced: 4, leads: 8_000, leads_removed: 4 });
    expect(read.filter((one) => one.startsWith('totals'))).toEqual(['totals of abcd']);
    expect(saved.at(-1)).toEqual({ at: { phase: 'reading', after: 'd' }, progress: { done: 4, total: 4 } });
  });

  it('are named in the cursor where they are done before an earlier one, and never before their leads are written', async () => {
    const { run, saved, written } = scene({ pages: { a: 9 } });
    expect(await run()).toBe(true);
    expect(
      saved.some(({ at }) =>
        at.after === undefined && at.done?.includes('b') && at.walks?.['a'] !== undefined
      ),
    )
      .toBe(true);
    const pages = saved.map(({ at }) => Number(at.walks?.['a']?.page ?? 0)).filter((page) => page > 0);
    expect(pages).toEqual(pages.toSorted((one, other) => one - other));
    expect(written.filter((one) => one.startsWith('a'))).toHaveLength(9);
  });

  it('continue where they were when the time ended, none from its beginning', async () => {
    const one = scene({
      pages: { a: 9, b: 3, c: 3 },
      onPage: (campaign, page) => {
        if (campaign === 'c' && page === 2) one.end();
      },
    });
    expect(await one.run()).toBe(false);
    const at = one.saved.at(-1)?.at;
    expect(at).toMatchObject({
      done: ['b'],
      walks: { a: { part: 'leads' }, c: { part: 'leads', page: '2' } },
    });
    const reached = Number(at?.walks?.['a']?.page);
    one.resume();
    expect(await one.run(at)).toBe(true);
    expect(one.read.filter((page) => page.startsWith('a'))[0]).toBe(`a${reached + 1}`);
    expect(one.read).toContain('c3');
    expect(one.read.filter((page) => /^b|^c[12]/.test(page))).toEqual([]);
    expect(one.written.toSorted()).toEqual(
      [...Array.from({ length: 9 }, (_, page) => `a${page + 1}`), 'b1', 'b2', 'b3', 'c1', 'c2', 'c3', 'd1'],
    );
  });

  it('end together where one meets a problem of the whole connection, and what the others read is saved', async () => {
    const refused = new ProviderError('unauthorized', 'GET /leads', { provider: 'instantly' });
    const { run, read, saved, written } = scene({
      pages: { a: 50 },
      onPage: (campaign, page) => {
        if (campaign === 'b' && page === 1) throw refused;
      },
    });
    await expect(run()).rejects.toBe(refused);
    const reached = Number(saved.at(-1)?.at.walks?.['a']?.page);
    expect(written).toHaveLength(reached);
    const before = [read.length, written.length, saved.length];
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([read.length, written.length, saved.length]).toEqual(before);
  });

  it('end together where the lease is lost', async () => {
    const lost = new LeaseLost('lost');
    let saves = 0;
    const { run, read } = scene({
      pages: { a: 50, b: 50 },
      onSave: () => {
        if (++saves === 2) throw lost;
      },
    });
    await expect(run()).rejects.toBe(lost);
    expect(read.length).toBeLessThan(15);
  });

  it('are left to the next run once three in a row cannot be read', async () => {
    const down = new ProviderError('unavailable', 'GET /leads', { provider: 'instantly', status: 503 });
    const { run, saved } = scene({
      onPage: () => {
        throw down;
      },
    });
    await expect(run()).rejects.toBe(down);
    expect(saved.at(-1)?.progress).toEqual({ done: 2, total: 4 });
  });
});
