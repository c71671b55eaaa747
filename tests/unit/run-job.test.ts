// A job's life in one call: claimed, worked on under a lease, saved, and ended, released or retried.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type Job,
  LeaseLost,
  requireJob,
  runJob,
  type RunOutcome,
} from '../../supabase/functions/_shared/jobs/run-job.ts';
import { AppError } from '../../supabase/functions/_shared/platform/errors.ts';
import { bookProcessorTime } from '../../supabase/functions/_shared/platform/processor-time.ts';
import {
  ProviderError,
  type ProviderErrorKind,
} from '../../supabase/functions/_shared/providers/provider-error.ts';
import { fakeDatabase } from '../support/fake-database.ts';

const jobId = '11111111-1111-4111-8111-111111111111';
const token = '22222222-2222-4222-8222-222222222222';

const claimed = {
  id: jobId,
  kind: 'sync',
  connection_id: null,
  client_id: null,
  campaign_id: null,
  parameters: { full: true },
  cursor: { page: 3 },
  result: {},
  done: 5,
  total: 20,
  attempts: 1,
  lease_token: token,
  created_at: '2026-11-01T08:00:00Z',
};

interface Scene {
  /** One per claim; the last one repeats. Null: nothing to claim. */
  claims?: (Partial<typeof claimed> | { due_in_ms: number } | null)[];
  saves?: ('held' | 'paused' | 'lost')[];
  fails?: string[];
}

function scene({ claims = [{}], saves = [], fails = [] }: Scene = {}) {
  const calls: [name: string, parameters: Record<string, unknown>][] = [];
  /** The next of the list; its last one for ever. */
  const next = <T>(list: T[], otherwise: T): T => {
    const [first = otherwise] = list;
    if (list.length > 1) list.shift();
    return first;
  };
  const database = fakeDatabase((name, parameters) => {
    calls.push([name, parameters]);
    if (fails.includes(name)) return { data: null, error: { code: 'XX000', message: 'down' }, status: 500 };
    if (name === 'claim_job') {
      const claim = next(claims, {});
      const data = claim && ('due_in_ms' in claim ? claim : { ...claimed, ...claim });
      return { data, error: null, status: 200 };
    }
    if (name === 'save_job') return { data: next(saves, 'held'), error: null, status: 200 };
    return { data: true, error: null, status: 200 };
  });
  const run = (work: (job: Job) => Promise<RunOutcome>, timeBudget = 10_000) =>
    runJob(jobId, work, { database, timeBudget, now: Date.now, failureCode: 'SYNC_FAILED' });
  return {
    calls,
    named: (name: string) => calls.filter(([one]) => one === name).map(([, parameters]) => parameters),
    run,
  };
}

const providerError = (kind: ProviderErrorKind, retryAfterSeconds?: number) =>
  new ProviderError(kind, 'GET /campaigns', { provider: 'instantly', retryAfterSeconds });
const failingWith = (error: unknown) => () => Promise.reject(error as Error);

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, 'error').mockReturnValue();
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('requireJob', () => {
  const asked = (kind: string | null) => {
    const calls: [name: string, parameters: Record<string, unknown>][] = [];
    const database = fakeDatabase((name, parameters) => {
      calls.push([name, parameters]);
      return { data: kind && { id: jobId, kind }, error: null, status: 200 };
    });
    return { calls, database };
  };

  it.each(['export', 'sync', 'replay', 'removal', 'erase'] as const)(
    'finds a job of kind %s',
    async (kind) => {
      const { calls, database } = asked(kind);
      await expect(requireJob(database, jobId, kind)).resolves.toBeUndefined();
      expect(calls).toEqual([['read_job', { target_job_id: jobId }]]);
    },
  );

  it('takes one of another kind that is allowed', async () => {
    const { database } = asked('verdicts');
    await expect(requireJob(database, jobId, 'sync', 'replay', 'verdicts')).resolves.toBeUndefined();
  });

  it.each([['export'], [null]])('refuses %s', async (kind) => {
    await expect(requireJob(asked(kind).database, jobId, 'sync', 'replay')).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: `There is no sync "${jobId}"; check the id`,
    });
  });
});

describe('a run', () => {
  it('claims for a minute, hands over what was saved, and ends the job under its lease', async () => {
    const { calls, run } = scene();
    let seen: Job | undefined;
    const hasRun = await run((job) => {
      seen = job;
      return Promise.resolve({
        status: 'partial',
        result: { leads: 3 },
        code: 'RATE_LIMIT_EXCEEDED',
        message: 'Some',
      });
    });
    expect(hasRun).toBe(true);
    expect(seen).toMatchObject({
      id: jobId,
      cursor: { page: 3 },
      parameters: { full: true },
      done: 5,
      total: 20,
      leaseSeconds: 60,
    });
    expect(calls).toEqual([
      ['claim_job', { target_job_id: jobId, lease_seconds: 60 }],
      ['finish_job', {
        target_job_id: jobId,
        token,
        final_status: 'partial',
        final_result: { leads: 3 },
        code: 'RATE_LIMIT_EXCEEDED',
        message: 'Some',
      }],
    ]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('that has no error to tell writes none', async () => {
    const { named, run } = scene();
    await run(() => Promise.resolve({ status: 'completed', result: {} }));
    expect(named('finish_job')).toMatchObject([{ code: null, message: null }]);
  });

  it('does nothing where there is nothing to claim', async () => {
    const { calls, run } = scene({ claims: [null] });
    const work = vi.fn();
    expect(await run(work)).toBe(false);
    expect([calls.length, work.mock.calls.length]).toEqual([1, 0]);
  });

  it('waits for a job that is due soon, where it has the time', async () => {
    const { named, run } = scene({ claims: [{ due_in_ms: 4_000 }, {}] });
    const work = vi.fn().mockResolvedValue({ status: 'completed', result: {} });
    const running = run(work);
    await vi.advanceTimersByTimeAsync(4_049);
    expect(work).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(await running).toBe(true);
    expect([named('claim_job').length, named('finish_job').length]).toEqual([2, 1]);
  });

  it('that has no time to wait for it leaves it to the others', async () => {
    const { calls, run } = scene({ claims: [{ due_in_ms: 11_000 }] });
    expect(await run(vi.fn())).toBe(false);
    expect(calls.map(([name]) => name)).toEqual(['claim_job']);
  });

  it('saves under its lease, and renews it every twenty seconds while it lives', async () => {
    const { named, run } = scene();
    await run(async (job) => {
      await job.save({ cursor: { page: 4 }, done: 6 });
      await vi.advanceTimersByTimeAsync(41_000);
      return { status: 'completed', result: {} };
    }, 60_000);
    const lease = { target_job_id: jobId, token, lease_seconds: 60 };
    expect(named('save_job')).toEqual([
      { ...lease, checkpoint: { cursor: { page: 4 }, done: 6 } },
      { ...lease, checkpoint: {} },
      { ...lease, checkpoint: {} },
    ]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(named('save_job').length).toBe(3);
  });

  it('whose lease is lost writes nothing more and does not retry', async () => {
    const { calls, run } = scene({ saves: ['lost'] });
    let thrown: unknown;
    const hasRun = await run(async (job) => {
      await job.save({ done: 1 }).catch((error: unknown) => {
        thrown = error;
        throw error;
      });
      return { status: 'completed', result: {} };
    });
    expect(hasRun).toBe(true);
    expect(thrown).toBeInstanceOf(LeaseLost);
    expect(thrown).toMatchObject({ name: 'LeaseLost', message: `The lease on job "${jobId}" is lost` });
    expect(calls.map(([name]) => name)).toEqual(['claim_job', 'save_job']);
  });

  it('that has more to do is released, and called again at once', async () => {
    const { calls, run } = scene();
    await run((job) =>
      Promise.resolve(job.isPaused() ? { status: 'completed', result: {} } : { status: 'paused' })
    );
    expect(calls.slice(1)).toEqual([
      ['release_job', { target_job_id: jobId, token, retry_after_seconds: 0, code: null, message: null }],
      ['continue_job', { target_job_id: jobId }],
    ]);
  });

  it('ends well where it cannot be called again: the sweep does that', async () => {
    const { run } = scene({ fails: ['continue_job'] });
    expect(await run(() => Promise.resolve({ status: 'paused' }))).toBe(true);
    expect(JSON.parse(String(vi.mocked(console.error).mock.calls[0]?.[0]))).toMatchObject({
      message: 'A job could not be continued at once',
      job: jobId,
    });
  });

  it.each([['a save that says so', 'saved'], ['another call', 'elsewhere']])(
    'of a paused connection stops, and is not called again: %s',
    async (_, how) => {
      const { calls, run } = scene({ saves: ['paused'] });
      const states: boolean[] = [];
      await run(async (job) => {
        states.push(job.isPaused(), job.isOutOfTime());
        if (how === 'saved') await job.save({});
        else job.pause();
        states.push(job.isPaused(), job.isOutOfTime());
        return { status: 'paused' };
      });
      expect(states).toEqual([false, false, true, true]);
      expect(calls.map(([name]) => name)).not.toContain('continue_job');
    },
  );

  it('continues where a pause was lifted before the next save', async () => {
    const { calls, run } = scene({ saves: ['paused', 'held'] });
    await run(async (job) => {
      await job.save({});
      await job.save({});
      return job.isPaused() ? { status: 'completed', result: {} } : { status: 'paused' };
    });
    expect(calls.map(([name]) => name)).toContain('continue_job');
  });

  it.each([
    ['its time', () => vi.setSystemTime(Date.now() + 10_000)],
    ['its processor time', () => bookProcessorTime(1_500)],
  ])('is out of time when %s is used up', async (_, use) => {
    const { run } = scene();
    const states: boolean[] = [];
    await run((job) => {
      states.push(job.isOutOfTime());
      use();
      states.push(job.isOutOfTime());
      return Promise.resolve({ status: 'paused' });
    });
    expect(states).toEqual([false, true]);
  });
});

describe('a failure', () => {
  it.each<[ProviderErrorKind]>([['rate_limited'], ['unavailable'], ['unreachable'], ['timeout']])(
    'that passes (%s) releases the job and retries within the same call',
    async (kind) => {
      const { named, run } = scene({ claims: [{ attempts: 1 }, { attempts: 2 }, {}] });
      const work = vi.fn<(job: Job) => Promise<RunOutcome>>()
        .mockRejectedValueOnce(providerError(kind))
        .mockRejectedValueOnce(providerError(kind))
        .mockResolvedValue({ status: 'completed', result: {} });
      const running = run(work);
      await vi.advanceTimersByTimeAsync(2_049);
      expect(work.mock.calls.length).toBe(1);
      await vi.advanceTimersByTimeAsync(1);
      expect(work.mock.calls.length).toBe(2);
      await vi.advanceTimersByTimeAsync(4_050);
      expect(await running).toBe(true);
      expect(named('release_job').map((one) => one['retry_after_seconds'])).toEqual([2, 4]);
      expect(named('finish_job').length).toBe(1);
    },
  );

  it('waits as long as the provider asks, rounded up', async () => {
    const { named, run } = scene();
    await run(failingWith(providerError('rate_limited', 29.2)));
    expect(named('release_job')).toMatchObject([{ retry_after_seconds: 30, code: 'RATE_LIMIT_EXCEEDED' }]);
  });

  it.each([[60, 1], [61, 0]])(
    'whose wait of %i s is longer than this call is waited for by the next one, up to a minute',
    async (seconds, nextCalls) => {
      const { named, run } = scene();
      const work = vi.fn(failingWith(providerError('rate_limited', seconds)));
      expect(await run(work)).toBe(true);
      expect(work.mock.calls.length).toBe(1);
      expect(named('continue_job')).toHaveLength(nextCalls);
    },
  );

  it('waits five minutes at most, and not within a call whose time would be over', async () => {
    const { named, run } = scene({ claims: [{ attempts: 12 }] });
    const work = vi.fn(failingWith(providerError('timeout')));
    expect(await run(work)).toBe(true);
    expect(named('release_job')).toMatchObject([{ retry_after_seconds: 300, code: 'API_UNAVAILABLE' }]);
    expect(work.mock.calls.length).toBe(1);
  });

  it('that lasts ends the job with its code and sentence', async () => {
    const { calls, run } = scene();
    await run(failingWith(providerError('unauthorized')));
    expect(calls.slice(1)).toEqual([['finish_job', {
      target_job_id: jobId,
      token,
      final_status: 'failed',
      final_result: null,
      code: 'INSTANTLY_API_KEY_INVALID',
      message: 'Instantly refused the API key; save a valid one',
    }]]);
  });

  it('of the request itself ends the job as well', async () => {
    const { named, run } = scene();
    await run(failingWith(new AppError('CAMPAIGN_NOT_FOUND', 'The campaign was not found')));
    expect(named('finish_job')).toMatchObject([
      { final_status: 'failed', code: 'CAMPAIGN_NOT_FOUND', message: 'The campaign was not found' },
    ]);
  });

  it.each([['a bug', new TypeError('x is not a function')], [
    'INTERNAL',
    new AppError('INTERNAL', 'Something went wrong'),
  ]])(
    'of our own is retried, with the code of the function: %s',
    async (_, error) => {
      const { named, run } = scene({ claims: [{ attempts: 5 }] });
      await run(failingWith(error));
      expect(named('finish_job')).toEqual([]);
      expect(named('release_job')).toMatchObject([{ retry_after_seconds: 32, code: 'SYNC_FAILED' }]);
      expect(JSON.parse(String(vi.mocked(console.error).mock.calls[0]?.[0]))).toMatchObject({
        message: 'A job run failed',
        job: jobId,
      });
    },
  );
});
