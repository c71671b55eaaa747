import { describe, expect, it, vi } from 'vitest';
import { CallLog, type LoggedCall } from '../../supabase/functions/_shared/providers/call-log.ts';
import { InstantlySession } from '../../supabase/functions/_shared/providers/instantly/session.ts';
import { ProviderError } from '../../supabase/functions/_shared/providers/provider.ts';
import {
  databaseRateBudget,
  type GrantAnswer,
  RateBudget,
  RateBudgetExhausted,
} from '../../supabase/functions/_shared/providers/rate-budget.ts';
import { fakeDatabase } from '../support/fake-database.ts';
import { rateBudgetScene as scene } from '../support/rate-budget-scene.ts';

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

  it('reports calls of one chunk apart that were made at different moments, so that each frees its room in time', async () => {
    const { budget, state } = scene([{ granted: 4 }]);
    const first = [await budget.take('calls'), await budget.take('calls')];
    state.now += 30;
    for (const token of first) token.answered();
    state.now += 270;
    (await budget.take('calls')).answered();
    // This one is never answered, and has arrived after 250 ms at the latest.
    await budget.take('calls');
    state.now += 400;
    await budget.take('calls');
    expect(state.questions[1]?.finished).toEqual([
      { id: 1, used: 2, latest_ms_ago: 670 },
      { id: 1, used: 1, latest_ms_ago: 400 },
      { id: 1, used: 1, latest_ms_ago: 150 },
    ]);
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

  it('returns it as calls, whatever it was, once all its calls must have arrived', async () => {
    const { budget, state } = scene([{ granted: 5 }]);
    await budget.take('emails');
    await budget.giveBack();
    expect(state.questions).toHaveLength(1);
    state.now += 250;
    await budget.giveBack();
    expect(state.questions[1]).toEqual({
      bucket: 'calls',
      wanted: 0,
      priority: 'background',
      finished: [{ id: 1, used: 1, latest_ms_ago: 0 }],
    });
  });

  it('counts an answer once, however often it is reported', async () => {
    const { budget, state } = scene([{ granted: 1 }]);
    const token = await budget.take('calls');
    token.answered();
    state.now += 10;
    token.answered();
    await budget.giveBack();
    expect(state.questions[1]?.finished).toEqual([{ id: 1, used: 1, latest_ms_ago: 10 }]);
  });

  it('reports each chunk once', async () => {
    const { budget, state } = scene([{ granted: 1 }, { granted: 1 }, { granted: 1 }]);
    await times(3, async () => (await budget.take('calls')).answered());
    expect(state.questions.map(({ finished }) => finished.map(({ id }) => id))).toEqual([[], [1], [2]]);
  });

  it('does not use what it still has after a block', async () => {
    const { budget, state } = scene([{ granted: 5 }]);
    (await budget.take('calls')).answered();
    await budget.block(3);
    await budget.take('calls');
    expect(state.blocks).toEqual([3]);
    expect(state.questions).toHaveLength(2);
  });

  it('expects the calls of the last second again, and no older ones', async () => {
    const { budget, state } = scene([{ granted: 3 }]);
    await budget.take('calls');
    state.now += 500;
    await times(2, () => budget.take('calls'));
    state.now += 500;
    await budget.take('calls');
    expect(state.questions[1]).toMatchObject({ wanted: 2 });
  });

  it('asks again where a grant expired on the way, and returns it unused', async () => {
    const { budget, state } = scene([{ granted: 1, took: 1000 }]);
    await budget.take('calls');
    expect(state.questions).toMatchObject([{}, { finished: [{ id: 1, used: 0, latest_ms_ago: 0 }] }]);
  });

  it('gives up where grants expire on the way and its time is over', async () => {
    const { budget, state } = scene([{ granted: 1, took: 1000 }], 2000);
    await expect(budget.take('calls')).rejects.toBeInstanceOf(RateBudgetExhausted);
    expect(state.questions).toHaveLength(1);
  });

  it('uses what was granted in time, even when its time is over', async () => {
    const { budget } = scene([{ granted: 1, took: 999 }], 1500);
    await expect(budget.take('calls')).resolves.toHaveProperty('answered');
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
    await expect(budget.take('calls')).rejects.toMatchObject({
      kind: 'rate_limited',
      provider: 'smartlead',
      message: 'The rate budget of the connection is used up for now',
      retryAfterSeconds: 46,
    });
    expect(state.sleeps).toEqual([]);
  });

  it('waits for half a minute, but no longer', async () => {
    const { budget, state } = scene([{ granted: 0, wait_ms: 30_000 }]);
    await budget.take('calls');
    expect(state.sleeps).toEqual([1000]);
    const longer = scene([{ granted: 0, wait_ms: 30_001 }]);
    await expect(longer.budget.take('calls')).rejects.toMatchObject({ retryAfterSeconds: 31 });
  });

  it('sleeps by the clock of the machine where no other is given', async () => {
    vi.useFakeTimers();
    try {
      const answers: GrantAnswer[] = [
        { granted: 0, wait_ms: 80 },
        { granted: 1, wait_ms: 0, grant_id: 1, valid_ms: 1000 },
      ];
      const budget = new RateBudget({
        priority: 'interactive',
        now: Date.now,
        isOutOfTime: () => false,
        store: {
          take: () => Promise.resolve(answers.shift() ?? { granted: 0, wait_ms: 99_000 }),
          block: () => Promise.resolve(),
        },
      });
      let isGranted = false;
      const taking = budget.take('calls').then(() => (isGranted = true));
      await vi.advanceTimersByTimeAsync(79);
      expect(isGranted).toBe(false);
      await vi.advanceTimersByTimeAsync(1);
      expect(await taking).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });

  it('keeps the lists of emails apart, and takes none in advance', async () => {
    const { budget, state } = scene([{ granted: 1 }, { granted: 1 }]);
    await budget.take('emails');
    await budget.take('calls');
    await times(2, () => budget.take('emails'));
    expect(state.questions.map(({ bucket, wanted }) => [bucket, wanted])).toEqual([
      ['emails', 1],
      ['calls', 1],
      ['emails', 1],
      ['emails', 1],
    ]);
  });

  it('names no provider but its own', () => {
    expect(new RateBudgetExhausted()).toMatchObject({ provider: 'instantly', retryAfterSeconds: undefined });
  });
});

describe('the budget in the database', () => {
  const connection = '33333333-3333-4333-8333-333333333333';

  it('is asked and blocked by connection', async () => {
    const calls: unknown[] = [];
    const grant = { granted: 3, wait_ms: 0, grant_id: 8, valid_ms: 900 };
    const store = databaseRateBudget(
      fakeDatabase((name, parameters) => {
        calls.push([name, parameters]);
        return { data: name === 'take_rate_budget' ? grant : null, error: null, status: 200 };
      }),
      connection,
    );
    const finished = [{ id: 7, used: 2, latest_ms_ago: 40 }];
    expect(await store.take('emails', 3, 'interactive', finished)).toEqual(grant);
    await store.block(30);
    const target = { target_connection_id: connection };
    expect(calls).toEqual([
      ['take_rate_budget', { ...target, bucket: 'emails', wanted: 3, priority: 'interactive', finished }],
      ['block_rate_budget', { ...target, seconds: 30 }],
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
