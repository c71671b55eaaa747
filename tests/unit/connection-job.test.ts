// A job that works with one workspace: its session, what its key is worth, and a budget that is used up.
import { Buffer } from 'node:buffer';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type ConnectionJobOptions,
  startConnectionJob,
} from '../../supabase/functions/_shared/connections/connection-job.ts';
import { encryptKey } from '../../supabase/functions/_shared/connections/encryption.ts';
import type { OpenConnection } from '../../supabase/functions/_shared/connections/open-connection.ts';
import type { ConnectionJob, RunOutcome } from '../../supabase/functions/_shared/jobs/run-job.ts';
import { AppError } from '../../supabase/functions/_shared/platform/errors.ts';
import { readEnvironment } from '../../supabase/functions/_shared/platform/environment.ts';
import { ProviderError } from '../../supabase/functions/_shared/providers/provider-error.ts';
import { RateBudgetExhausted } from '../../supabase/functions/_shared/providers/rate-budget.ts';
import { fakeDatabase } from '../support/fake-database.ts';

const jobId = '11111111-1111-4111-8111-111111111111';
const connectionId = '22222222-2222-4222-8222-222222222222';
const token = '33333333-3333-4333-8333-333333333333';
const masterKeys = { current: 'k1', keys: { k1: Buffer.alloc(32, 1).toString('base64') } };
const start = Date.parse('2026-11-27T12:00:00Z');
const done: RunOutcome = { status: 'completed', result: { leads: 3 } };

beforeEach(() => {
  vi.spyOn(console, 'error').mockReturnValue();
});
afterEach(() => {
  vi.restoreAllMocks();
});

async function scene(
  /** `pass` moves the clock. */
  work: (
    job: ConnectionJob,
    open: OpenConnection,
    pass: (milliseconds: number) => void,
  ) => Promise<RunOutcome>,
  changes: { connection_id?: string | null; grant?: object; attempts?: number } = {},
) {
  const { encryptedKey, masterKeyId } = await encryptKey(masterKeys, connectionId, 'secret-key');
  const calls: [name: string, parameters: Record<string, unknown>][] = [];
  const answers: Record<string, unknown> = {
    claim_job: {
      id: jobId,
      kind: 'sync',
      connection_id: changes.connection_id === undefined ? connectionId : changes.connection_id,
      client_id: null,
      campaign_id: null,
      parameters: {},
      cursor: {},
      result: {},
      done: 0,
      total: null,
      attempts: changes.attempts ?? 9,
      lease_token: token,
      created_at: '2026-11-27T11:00:00Z',
    },
    read_connection: {
      id: connectionId,
      provider: 'instantly',
      client_id: null,
      status: 'active',
      encrypted_key: encryptedKey,
      master_key_id: masterKeyId,
      base_url: null,
    },
    take_rate_budget: changes.grant ?? { granted: 2, wait_ms: 0, grant_id: 1, valid_ms: 60_000 },
    record_provider_api_calls: 1,
  };
  const sent: (string | null)[] = [];
  let running: Promise<unknown> | undefined;
  let now = start;
  const options: ConnectionJobOptions = {
    database: fakeDatabase((name, parameters) => {
      calls.push([name, parameters]);
      return { data: answers[name] ?? true, error: null, status: 200 };
    }),
    environment: { ...readEnvironment(() => undefined), masterKeys },
    fetch: (input) => {
      sent.push((input as Request).headers.get('authorization'));
      return Promise.resolve(new Response('{"id":"w","name":"W"}'));
    },
    now: () => new Date(now),
    runInBackground: (promise) => {
      running ??= promise;
    },
  };
  const pass = (milliseconds: number) => {
    now += milliseconds;
  };
  startConnectionJob(
    jobId,
    { priority: 'background', failureCode: 'SYNC_FAILED' },
    options,
    (job, open) => work(job, open, pass),
  );
  await running;
  return {
    sent,
    /** The calls of a SQL function. */
    all: (name: string) => calls.filter(([one]) => one === name).map(([, parameters]) => parameters),
    names: calls.map(([name]) => name),
  };
}

const active = { target_connection_id: connectionId, new_status: 'active' };

describe('a job of a connection', () => {
  it('works with a session of its workspace, and records that the key is accepted', async () => {
    const { all, sent, names } = await scene(async (job, { session, connection }) => {
      expect([job.connection_id, connection.id]).toEqual([connectionId, connectionId]);
      await session.readWorkspace();
      return done;
    });
    expect(sent).toEqual(['Bearer secret-key']);
    expect(all('take_rate_budget')[0]).toMatchObject({ bucket: 'calls', priority: 'background' });
    expect(all('set_connection_status')).toEqual([active]);
    expect(all('finish_job')).toMatchObject([{ final_status: 'completed', final_result: { leads: 3 } }]);
    // What is left is returned, and the calls are logged under the job, before it ends.
    expect(all('take_rate_budget')[1]).toMatchObject({ wanted: 0, finished: [{ id: 1, used: 1 }] });
    expect(all('record_provider_api_calls')).toMatchObject([{ calls: [{ job_id: jobId, status: 200 }] }]);
    expect(names.indexOf('record_provider_api_calls')).toBeLessThan(names.indexOf('finish_job'));
  });

  it('has a hundred seconds', async () => {
    const states: boolean[] = [];
    await scene((job, _, pass) => {
      for (const milliseconds of [99_999, 1]) {
        pass(milliseconds);
        states.push(job.isOutOfTime());
      }
      return Promise.resolve(done);
    });
    expect(states).toEqual([false, true]);
  });

  it.each(
    [
      ['unauthorized', 'invalid'],
      ['payment_required', 'needs_plan'],
    ] as const,
  )('records that a key was refused (%s)', async (kind, new_status) => {
    const { all } = await scene(() =>
      Promise.reject(new ProviderError(kind, 'GET /', { provider: 'instantly' }))
    );
    expect(all('set_connection_status')).toEqual([{ target_connection_id: connectionId, new_status }]);
    expect(all('finish_job')).toMatchObject([{ final_status: 'failed', code: 'INSTANTLY_API_KEY_INVALID' }]);
  });

  it('says nothing of the key where another thing failed, and fails with the code of its kind', async () => {
    const { all } = await scene(() => Promise.reject(new TypeError('x is not a function')));
    expect(all('set_connection_status')).toEqual([]);
    expect(all('release_job')).toMatchObject([{ code: 'SYNC_FAILED' }]);
  });

  it('pauses where its time ended while it waited for the budget', async () => {
    const { all } = await scene(() => Promise.reject(new RateBudgetExhausted()));
    expect(all('release_job')).toMatchObject([{ retry_after_seconds: 0, code: null }]);
    expect(all('continue_job')).toHaveLength(1);
  });

  it('does not wait for the budget beyond its time', async () => {
    const { all } = await scene(
      async (_, { session }, pass) => {
        pass(100_000);
        await session.readWorkspace();
        return done;
      },
      { grant: { granted: 0, wait_ms: 1 } },
    );
    expect(all('release_job')).toMatchObject([{ retry_after_seconds: 0, code: null }]);
  });

  it('waits as long as a budget needs that is used up for longer', async () => {
    const { all } = await scene(
      async (_, { session }) => {
        await session.readWorkspace();
        return done;
      },
      { grant: { granted: 0, wait_ms: 200_000 } },
    );
    expect(all('release_job')).toMatchObject([{ retry_after_seconds: 200, code: 'RATE_LIMIT_EXCEEDED' }]);
  });

  it('without a connection is a mistake of ours', async () => {
    const { all } = await scene(() => Promise.resolve(done), { connection_id: null });
    expect(all('read_connection')).toEqual([]);
    expect(all('release_job')).toMatchObject([
      { code: 'SYNC_FAILED', message: 'This job works with no connection' },
    ]);
  });

  it('ends with the error of its work', async () => {
    const { all } = await scene(() => Promise.reject(new AppError('CAMPAIGN_NOT_FOUND', 'Gone')));
    expect(all('finish_job')).toMatchObject([{
      final_status: 'failed',
      code: 'CAMPAIGN_NOT_FOUND',
      message: 'Gone',
    }]);
  });
});
