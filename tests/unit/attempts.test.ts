// One attempt of a call to a provider: what is written about it, what it takes from the budget, and what its answer asks for.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../supabase/functions/_shared/platform/errors.ts';
import {
  Attempts,
  kindOfStatus,
  retryAfter,
  searchParameters,
} from '../../supabase/functions/_shared/providers/attempts.ts';
import { CallLog, type LoggedCall } from '../../supabase/functions/_shared/providers/call-log.ts';
import { ProviderError } from '../../supabase/functions/_shared/providers/provider-error.ts';
import { rateBudgetScene } from '../support/rate-budget-scene.ts';

/** A call whose attempts are answered by `answer`. */
function scene(answer: () => Promise<Response>, { budget, state } = rateBudgetScene()) {
  const log: LoggedCall[] = [];
  const callLog = new CallLog({
    now: () => state.now,
    sleep: () => new Promise(() => undefined),
    write: (calls) => {
      log.push(...calls);
      return Promise.resolve();
    },
  });
  const call = {
    fetch: answer,
    method: 'POST',
    path: '/api/leads',
    bucket: 'calls',
    cooldownSeconds: 7,
  } as const;
  const attempts = new Attempts({ ...call, budget, callLog });
  const send = async () => {
    await attempts.takeTurn();
    try {
      return await attempts.send('https://provider.test/api/leads', { method: 'POST' });
    } finally {
      await callLog.flush();
    }
  };
  return { attempts, send, log, state, budget, bare: new Attempts(call) };
}

const answering = (status: number, headers: Record<string, string> = {}) => () =>
  Promise.resolve(new Response('{}', { status, headers }));
const failing = (error: unknown) => () => Promise.reject(error as Error);
const named = (name: string) => Object.assign(new Error('stopped'), { name });

describe('an attempt', () => {
  it('is written to the log with its number and its answer', async () => {
    const { send, log } = scene(answering(201));
    expect((await send()).status).toBe(201);
    await send();
    expect(log).toMatchObject([
      { method: 'POST', path: '/api/leads', attempt: 1, status: 201, error_kind: null },
      { attempt: 2 },
    ]);
  });

  it('needs neither a budget nor a log', async () => {
    const { bare } = scene(answering(429));
    await bare.takeTurn();
    expect((await bare.send('https://provider.test', {})).status).toBe(429);
    await expect(scene(failing(named('AbortError'))).bare.send('https://provider.test', {})).rejects
      .toThrow('stopped');
    const refused = scene(failing(new AppError('VALIDATION_FAILED', 'Not allowed'))).bare;
    await expect(refused.send('https://provider.test', {})).rejects.toThrow('Not allowed');
    const unreadable = new ProviderError('unexpected_answer', 'GET /', { provider: 'instantly' });
    await expect(scene(failing(unreadable)).bare.send('https://provider.test', {})).rejects.toBe(unreadable);
  });

  it.each([
    ['an answer', answering(200)],
    ['no answer', failing(new TypeError('connection reset'))],
  ])('that got %s cannot arrive later any more', async (_, answer) => {
    const { send, budget, state } = scene(answer);
    await send().catch(() => undefined);
    await budget.giveBack();
    expect(state.questions[1]?.finished).toEqual([{ id: 1, used: 1, latest_ms_ago: 0 }]);
  });

  it('that gets no turn is not sent, and says so', async () => {
    const { send, attempts, log } = scene(answering(200), rateBudgetScene([{ granted: 0, wait_ms: 60_000 }]));
    const error: unknown = await send().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ kind: 'rate_limited' });
    expect(attempts.refusal).toBe(error);
    expect(log).toEqual([]);
  });

  it.each([
    ['an address that is not allowed', new AppError('VALIDATION_FAILED', 'Not allowed'), null, 'blocked'],
    [
      'an answer that is not accepted',
      new ProviderError('unexpected_answer', 'GET /', { provider: 'instantly', status: 200 }),
      200,
      'unexpected_answer',
    ],
    [
      'an answer without a status',
      new ProviderError('blocked', 'GET /', { provider: 'instantly' }),
      null,
      'blocked',
    ],
  ])('is not repeated after %s', async (_, error, status, kind) => {
    const { send, attempts, log } = scene(failing(error));
    await expect(send()).rejects.toBe(error);
    expect(attempts.refusal).toBe(error);
    expect(log).toMatchObject([{ status, error_kind: kind }]);
  });

  it.each([
    [named('AbortError'), 'timeout'],
    [named('TimeoutError'), 'timeout'],
    [new TypeError('connection reset'), 'unreachable'],
    ['a text', 'unreachable'],
  ])('may be repeated after %s', async (error, kind) => {
    const { send, attempts, log } = scene(failing(error));
    await expect(send()).rejects.toBe(error);
    expect(attempts.refusal).toBeUndefined();
    expect(log).toMatchObject([{ status: null, error_kind: kind }]);
  });
});

describe('the answer of a provider that has enough', () => {
  it.each<[status: number, headers: Record<string, string>, blocks: number[]]>([
    [429, { 'retry-after': '12' }, [12]],
    [429, {}, [7]],
    [503, { 'retry-after': '30' }, [30]],
    [503, {}, []],
    [500, { 'retry-after': '30' }, []],
    [200, { 'retry-after': '30' }, []],
  ])('%i %o blocks the connection for %o seconds', async (status, headers, blocks) => {
    const { send, state } = scene(answering(status, headers));
    await send();
    expect(state.blocks).toEqual(blocks);
  });

  it('counts also where the block cannot be saved', async () => {
    const { send, budget } = scene(answering(429));
    vi.spyOn(budget, 'block').mockRejectedValue(new Error('The database is away'));
    expect((await send()).status).toBe(429);
  });
});

it.each([
  [400, 'bad_request'],
  [401, 'unauthorized'],
  [402, 'payment_required'],
  [403, 'forbidden'],
  [404, 'not_found'],
  [429, 'rate_limited'],
  [500, 'unavailable'],
  [503, 'unavailable'],
  [302, 'unexpected_answer'],
  [418, 'unexpected_answer'],
  [499, 'unexpected_answer'],
])('status %i means %s', (status, kind) => expect(kindOfStatus(status)).toBe(kind));

it('a query is written with what it has, lists value by value', () => {
  const query = { none: undefined, id: ['a', 'b c'], limit: 0, full: false, name: 'x&y' };
  expect(String(searchParameters(query))).toBe('id=a&id=b+c&limit=0&full=false&name=x%26y');
  expect(String(searchParameters(undefined))).toBe('');
});

describe('Retry-After', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: new Date('2026-11-27T12:00:00.400Z') });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each([
    [null, undefined],
    ['', undefined],
    ['120', 120],
    ['0.5', 0.5],
    ['-5', 0],
    ['soon', undefined],
    ['Fri, 27 Nov 2026 12:01:30 GMT', 90],
    ['Fri, 27 Nov 2026 11:00:00 GMT', 0],
  ])('%j is %s seconds', (header, seconds) => expect(retryAfter(header)).toBe(seconds));
});
