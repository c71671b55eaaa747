import { describe, expect, it } from 'vitest';
import { CallLog, type LoggedCall, withoutIds } from '../../supabase/functions/_shared/providers/call-log.ts';
import { InstantlySession } from '../../supabase/functions/_shared/providers/instantly/session.ts';
import { ProviderError } from '../../supabase/functions/_shared/providers/provider.ts';
import {
  type FinishedGrant,
  type GrantAnswer,
  type Priority,
  RateBudget,
  RateBudgetExhausted,
} from '../../supabase/functions/_shared/providers/rate-budget.ts';

interface Question {
  bucket: string;
  wanted: number;
  priority: Priority;
  finished: FinishedGrant[];
}

/** A budget over a scripted store, on a clock that moves only during sleeps. */
function scene(answers: Partial<GrantAnswer>[] = [], outOfTimeAt = Infinity) {
  const state = { now: 1000, questions: [] as Question[], sleeps: [] as number[], blocks: [] as number[] };
  let id = 0;
  const budget = new RateBudget({
    priority: 'background',
    now: () => state.now,
    isOutOfTime: () => state.now >= outOfTimeAt,
    sleep: (milliseconds) => {
      state.sleeps.push(milliseconds);
      state.now += milliseconds;
      return Promise.resolve();
    },
    store: {
      take: (bucket, wanted, priority, finished) => {
        state.questions.push({ bucket, wanted, priority, finished });
        const answer = { granted: wanted, wait_ms: 0, valid_ms: 1000, ...answers.shift() };
        return Promise.resolve(answer.granted > 0 ? { grant_id: ++id, ...answer } : answer);
      },
      block: (seconds) => {
        state.blocks.push(seconds);
        return Promise.resolve();
      },
    },
  });
  return { budget, state };
}

async function times(count: number, work: () => Promise<unknown>): Promise<void> {
  for (let done = 0; done < count; done++) await work();
}

describe('the rate budget', () => {
  it('asks once for a chunk and uses it up before it asks again', async () => {
    const { budget, state } = scene([{ granted: 5 }]);
    await times(5, async () => (await budget.take('calls')).answered());
    expect(state.questions).toHaveLength(1);
    await budget.take('calls');
    // Five calls in the last second: the next second will need as many.
    expect(state.questions).toMatchObject([{ wanted: 1, priority: 'background' }, { wanted: 5 }]);
  });

  it('sends one request for all waiting callers, and never asks for more than twenty', async () => {
    const { budget, state } = scene();
    await Promise.all(Array.from({ length: 30 }, () => budget.take('calls')));
    expect(state.questions.map(({ wanted }) => wanted)).toEqual([20, 20]);
  });

  it('does not use expired calls', async () => {
    const { budget, state } = scene([{ granted: 5 }]);
    await budget.take('calls');
    state.now += 1000;
    await budget.take('calls');
    expect(state.questions).toHaveLength(2);
  });

  it('reports what it used and when it was answered, with the next request', async () => {
    const { budget, state } = scene([{ granted: 2 }]);
    const tokens = [await budget.take('calls'), await budget.take('calls')];
    state.now += 40;
    for (const token of tokens) token.answered();
    state.now += 10;
    await budget.take('calls');
    expect(state.questions[1]?.finished).toEqual([{ id: 1, used: 2, latest_ms_ago: 10 }]);
  });

  it('does not report calls in flight until they must have arrived', async () => {
    const { budget, state } = scene([{ granted: 1 }, { granted: 1 }, { granted: 1 }]);
    await budget.take('calls');
    (await budget.take('calls')).answered();
    expect(state.questions[1]?.finished).toEqual([]);
    state.now += 300;
    await budget.take('calls');
    expect(state.questions[2]?.finished).toEqual([
      { id: 1, used: 1, latest_ms_ago: 50 },
      { id: 2, used: 1, latest_ms_ago: 300 },
    ]);
  });

  it('returns what is left at the end', async () => {
    const { budget, state } = scene([{ granted: 5 }]);
    (await budget.take('calls')).answered();
    await budget.giveBack();
    expect(state.questions[1]).toMatchObject({ wanted: 0, finished: [{ id: 1, used: 1, latest_ms_ago: 0 }] });
    await budget.giveBack();
    expect(state.questions).toHaveLength(2);
  });

  it('waits for the given time, in sleeps of a second, and asks again', async () => {
    const { budget, state } = scene([{ granted: 0, wait_ms: 80 }, { granted: 0, wait_ms: 2500 }]);
    await budget.take('calls');
    expect(state.sleeps).toEqual([80, 1000]);
    expect(state.questions).toHaveLength(3);
  });

  it('gives up when the time of its run ends while it waits; the next run resumes', async () => {
    const waiting = { granted: 0, wait_ms: 5000 };
    const { budget, state } = scene([waiting, waiting, waiting, waiting], 3000);
    const error: unknown = await budget.take('calls').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RateBudgetExhausted);
    expect(error).toMatchObject({ kind: 'rate_limited', retryAfterSeconds: undefined });
    expect(state.now).toBe(3000);
  });

  it('does not wait for a long cooldown, but reports its length', async () => {
    const { budget, state } = scene([{ granted: 0, wait_ms: 45_500 }]);
    await expect(budget.take('calls')).rejects.toMatchObject({ kind: 'rate_limited', retryAfterSeconds: 46 });
    expect(state.sleeps).toEqual([]);
  });

  it('keeps the lists of emails apart, and takes none in advance', async () => {
    const { budget, state } = scene([{ granted: 1 }, { granted: 1 }]);
    await budget.take('emails');
    await budget.take('calls');
    await budget.take('emails');
    expect(state.questions.map(({ bucket, wanted }) => [bucket, wanted])).toEqual([
      ['emails', 1],
      ['calls', 1],
      ['emails', 1],
    ]);
  });
});

function session(statuses: [number, Record<string, string>?][], options = scene()) {
  const sent: string[] = [];
  const log: LoggedCall[] = [];
  const now = () => options.state.now;
  const callLog = new CallLog({
    now,
    write: (calls) => {
      log.push(...calls);
      return Promise.resolve();
    },
  });
  const answer: typeof fetch = (input) => {
    sent.push((input as Request).url);
    const [status, headers = {}] = statuses.shift() ?? [200];
    if (status === 0) return Promise.reject(new TypeError('connection reset'));
    return Promise.resolve(new Response('{"id":"w","name":"W","message":"No"}', { status, headers }));
  };
  const instantly = new InstantlySession({
    baseUrl: 'http://instantly.test',
    apiKey: 'key',
    fetch: answer,
    now: () => new Date(now()),
    retryDelay: 1,
    budget: options.budget,
    callLog,
  });
  return { instantly, sent, log, callLog, state: options.state };
}

describe('a call to Instantly', () => {
  it('takes one from the budget for every attempt, and logs each', async () => {
    const { instantly, log, callLog, state } = session(
      [[500], [0], [200]],
      scene([{ granted: 1 }, { granted: 1 }]),
    );
    await instantly.readWorkspace();
    await callLog.flush();
    expect(state.questions).toHaveLength(3);
    expect(log).toMatchObject([
      {
        method: 'GET',
        path: '/api/v2/workspaces/current',
        status: 500,
        attempt: 1,
        error_kind: 'unavailable',
      },
      { status: null, attempt: 2, error_kind: 'unreachable' },
      { status: 200, attempt: 3, error_kind: null },
    ]);
  });

  it('blocks the whole connection after a 429, for as long as Retry-After asks', async () => {
    const { instantly, state } = session([[429, { 'retry-after': '0.01' }], [429], [200]]);
    await instantly.readWorkspace();
    expect(state.blocks).toEqual([0.01, 2]);
    // What it still held is not used any more.
    expect(state.questions).toHaveLength(3);
  });

  it('is not sent, not repeated and not mistaken for a broken line when there is no budget', async () => {
    const { instantly, sent, state } = session([], scene([{ granted: 0, wait_ms: 60_000 }]));
    await expect(instantly.readWorkspace()).rejects.toBeInstanceOf(RateBudgetExhausted);
    expect(sent).toEqual([]);
    expect(state.questions).toHaveLength(1);
    expect(new RateBudgetExhausted()).toBeInstanceOf(ProviderError);
  });
});

describe('the call log', () => {
  it('writes batches of a hundred, the rest at the end', async () => {
    const sizes: number[] = [];
    const log = new CallLog({
      now: () => 0,
      sleep: () => new Promise(() => undefined),
      write: (calls) => {
        sizes.push(calls.length);
        return Promise.resolve();
      },
    });
    for (let call = 0; call < 250; call++) log.begin('GET', '/api/v2/campaigns', 1).end(200, null);
    await log.flush();
    expect(sizes).toEqual([100, 100, 50]);
  });

  it('loses a batch that cannot be written, and nothing else', async () => {
    const written: number[] = [];
    const log = new CallLog({
      now: () => 0,
      sleep: () => new Promise(() => undefined),
      write: (calls) => {
        written.push(calls.length);
        return written.length === 1 ? Promise.reject(new Error('gone')) : Promise.resolve();
      },
    });
    log.begin('GET', '/api/v2/campaigns', 1).end(200, null);
    await log.flush();
    log.begin('GET', '/api/v2/campaigns', 1).end(200, null);
    await log.flush();
    expect(written).toEqual([1, 1]);
  });

  it.each([
    ['/api/v2/leads/list', '/api/v2/leads/list'],
    ['/api/v2/webhook-events/0199a4f0-1b2c-7d3e-8f40-5a6b7c8d9e0f', '/api/v2/webhook-events/{id}'],
    ['/api/v2/campaigns/0199a4f0-1b2c-7d3e-8f40-5a6b7c8d9e0f/activate', '/api/v2/campaigns/{id}/activate'],
    ['/api/v2/accounts/mia%40outreach.test/pause', '/api/v2/accounts/{id}/pause'],
    ['/api/v2/background-jobs/abcdefabcdefabcdefabcdef', '/api/v2/background-jobs/{id}'],
  ])('keeps no id of %s', (path, kept) => {
    expect(withoutIds(path)).toBe(kept);
  });
});
