// Every background run gives its work back after 1.5 seconds of processor time, as it is booked, so that another isolate continues. Here
// each of them has work without an end.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createRunner } from '../../supabase/functions/_shared/platform/one-run.ts';
import {
  bookProcessorTime,
  processorBudget,
  processorTime,
} from '../../supabase/functions/_shared/platform/processor-time.ts';
import { runs } from '../support/background-runs.ts';
import { prepareSync } from '../support/endless-work.ts';

beforeEach(() => {
  vi.spyOn(console, 'error').mockReturnValue();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('a background run without an end', () => {
  it.each(runs)('ends after 1.5 seconds of processor time: $name', async ({ run, released }) => {
    const before = processorTime();
    const calls = await run();
    const booked = processorTime() - before;
    expect(booked).toBeGreaterThanOrEqual(1_500);
    // The platform ends an isolate after 2,000 ms; the last batch and the end of the run are in it.
    expect(booked).toBeLessThan(1_700);
    if (released !== undefined) expect(calls).toContain(released);
  });
});

describe('an isolate of the platform that has spent its time', () => {
  beforeEach(() => {
    vi.stubGlobal('EdgeRuntime', { waitUntil: () => undefined });
    bookProcessorTime(2_000);
  });

  it('gives a run that begins in it the time for some progress only', () => {
    const budget = processorBudget();
    expect(budget.isSpent()).toBe(false);
    expect(budget.fits(100, 20)).toBe(3);
    bookProcessorTime(290);
    expect(budget.fits(100, 20)).toBe(1);
    bookProcessorTime(10);
    expect(budget.isSpent()).toBe(true);
  });

  it('does not look once more for work that came meanwhile', async () => {
    const run = createRunner();
    const work = vi.fn(async () => void await run(work));
    await run(work);
    expect(work).toHaveBeenCalledTimes(1);
  });
});

it('an isolate with time left looks once more for work that came meanwhile', async () => {
  const run = createRunner();
  const work = vi.fn(async () => void (work.mock.calls.length === 1 && await run(work)));
  await run(work);
  expect(work).toHaveBeenCalledTimes(2);
});

describe('a list of campaigns that takes two runs', () => {
  /** Its first page spends the budget of the first run; the second run comes as far as the labels. */
  async function listInTwoRuns(oddRows: unknown[]) {
    const asked: (string | undefined)[] = [];
    const odd: unknown[] = [];
    const { run, calls } = prepareSync({ phase: 'campaigns' }, {
      listCampaigns: (cursor?: string) => {
        asked.push(cursor);
        if (cursor === undefined) {
          odd.push(...oddRows);
          bookProcessorTime(1_500);
        }
        return Promise.resolve({ items: [], next: cursor === undefined ? 'second' : undefined });
      },
      listLabels: () => {
        bookProcessorTime(1_500);
        return Promise.resolve({ items: [], next: 'more' });
      },
      takeOddRows: () => odd.splice(0),
    });
    await run();
    expect(calls).not.toContain('record_deleted_campaigns');
    await run();
    expect(asked).toEqual([undefined, 'second']);
    return calls.filter((name) => name === 'record_deleted_campaigns').length;
  }

  it('is continued, and then tells which campaigns are gone', async () => {
    expect(await listInTwoRuns([])).toBe(1);
  });

  it('tells nothing of the kind where a row of the first run could not be read', async () => {
    expect(await listInTwoRuns([{ list: 'campaigns', problem: 'no name' }])).toBe(0);
  });
});

/** What starts work after its answer, and the name of its run above, or the test that has it. */
const startedBy: Record<string, string> = {
  'client-reports/handle-client-report.ts': 'reports',
  'connections/connection-job.ts': 'the campaigns of a sync',
  'crm/handle-crm.ts': 'pushes to the CRM',
  'language-model/handle-reply-model.ts': 'questions to the language model',
  'outgoing/handle-outgoing.ts': 'outgoing events',
  'personal-data/handle-personal-data.ts': 'an erasure',
  // One write of the calls of a run, which the run itself has booked.
  'providers/call-log.ts': 'tests/unit/instantly-session.test.ts',
  'removal/handle-removal.ts': 'the webhooks of a removed client',
  'sync/handle-sync.ts': 'messages',
  'webhooks/projector.ts': 'tests/unit/projector.test.ts',
};

it('knows everything that starts work after its answer', () => {
  const shared = join(import.meta.dirname, '..', '..', 'supabase', 'functions', '_shared');
  const found = readdirSync(shared, { recursive: true })
    .map(String)
    .filter((path) =>
      path.endsWith('.ts') && /\brunInBackground\??\.?\(/.test(readFileSync(join(shared, path), 'utf8'))
    );
  expect(found.filter((path) => path !== 'platform/background.ts').sort()).toEqual(
    Object.keys(startedBy).sort(),
  );
  const names = runs.map(({ name }) => name);
  expect(Object.values(startedBy).filter((name) => !name.startsWith('tests/') && !names.includes(name)))
    .toEqual([]);
});
