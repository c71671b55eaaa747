import { describe, expect, it, vi } from 'vitest';
import { createProjector } from '../../supabase/functions/_shared/webhooks/projector.ts';
import { fakeDatabase } from '../support/fake-database.ts';

describe('createProjector', () => {
  const at = (call: number) => new Date(Date.UTC(2026, 9, 1) + 1000 * call).toISOString();
  const connection = 'dddddddd-0000-4000-8000-000000000001';

  interface Calls {
    process: number;
    messages: number;
  }

  /** A projector on a database with that many waiting deliveries and always some waiting messages. */
  function projectorOver(
    waiting: number,
    options: { isSaturated?: boolean; onCall?: (calls: Calls) => number | void } = {},
  ) {
    const calls: Calls = { process: 0, messages: 0 };
    const positions: unknown[] = [];
    const sizes: unknown[] = [];
    const works: Promise<unknown>[] = [];
    let left = waiting;
    const database = fakeDatabase((name, parameters) => {
      if (name === 'process_webhook_events') {
        calls.process++;
        positions.push(parameters['positions']);
        sizes.push(parameters['batch_size']);
        const claimed = Math.min(left, parameters['batch_size'] as number);
        left -= claimed;
        const milliseconds = options.onCall?.(calls) ?? 100;
        return {
          data: {
            claimed,
            failed: 0,
            positions: claimed === 0 ? {} : { [connection]: at(calls.process) },
            unfinished: claimed === parameters['batch_size'] ? parameters['connections'] : [],
            milliseconds,
          },
          error: null,
          status: 200,
        };
      }
      if (name === 'take_message_contents') {
        calls.messages++;
        return { data: [], error: null, status: 200 };
      }
      return { data: null, error: null, status: 200 };
    });
    const wake = createProjector({
      database: () => database,
      runInBackground: (work) => void works.push(work),
      isIngestSaturated: () => options.isSaturated ?? false,
      batchSize: 100,
    });
    return {
      wake: () => wake(connection),
      calls,
      positions,
      sizes,
      works,
      add: (more: number) => void (left += more),
      left: () => left,
    };
  }

  it('continues until nothing waits, then prepares messages, and runs once however often it is woken', async () => {
    const projector = projectorOver(1_250);
    for (let n = 0; n < 5; n++) projector.wake();
    await Promise.all(projector.works);
    expect(projector.works.length).toBe(1);
    expect(projector.left()).toBe(0);
    expect(projector.calls.process).toBeGreaterThanOrEqual(13);
    expect(projector.calls.messages).toBe(1);
  });

  it('looks for what waits from where the last call came to, and from the beginning twice a minute', async () => {
    const clock = vi.spyOn(performance, 'now').mockReturnValue(0);
    try {
      const projector = projectorOver(150);
      const wake = async () => {
        projector.wake();
        await Promise.all(projector.works);
      };
      await wake();
      projector.add(10);
      await wake();
      clock.mockReturnValue(31_000);
      projector.add(10);
      await wake();
      projector.add(10);
      await wake();
      expect(projector.positions).toEqual(
        [undefined, 1, 2, undefined, 4].map((call) => call === undefined ? {} : { [connection]: at(call) }),
      );
    } finally {
      clock.mockRestore();
    }
  });

  it('takes smaller batches while the database is slow, and large ones again when it is not', async () => {
    const projector = projectorOver(350, { onCall: ({ process }) => process < 4 ? 300 : 10 });
    projector.wake();
    await Promise.all(projector.works);
    expect(projector.sizes).toEqual([100, 50, 50, 50, 100, 100]);
  });

  it('takes a smaller batch after one that took longer than the database allows', async () => {
    const sizes: unknown[] = [];
    const works: Promise<unknown>[] = [];
    const wake = createProjector({
      database: () =>
        fakeDatabase((name, parameters) => {
          if (name !== 'process_webhook_events') return { data: [], error: null, status: 200 };
          sizes.push(parameters['batch_size']);
          return { data: null, error: { code: '57014', message: 'statement timeout' }, status: 500 };
        }),
      runInBackground: (work) => void works.push(work.catch(() => undefined)),
      isIngestSaturated: () => false,
    });
    for (let n = 0; n < 6; n++) {
      wake(connection);
      await Promise.all(works);
    }
    expect(sizes).toEqual([1000, 500, 250, 125, 62, 50]);
  });

  it('projects what arrives while it works, before it prepares messages', async () => {
    const projector = projectorOver(50, {
      onCall: (calls) => {
        if (calls.process > 3) return;
        projector.add(50);
        projector.wake();
      },
    });
    projector.wake();
    await Promise.all(projector.works);
    expect(projector.left()).toBe(0);
    expect([projector.works.length, projector.calls.messages]).toEqual([1, 1]);
  });

  it('continues while storing is busy, with short pauses', async () => {
    const projector = projectorOver(1_000, { isSaturated: true });
    const started = performance.now();
    projector.wake();
    await Promise.all(projector.works);
    expect(projector.left()).toBe(0);
    expect(performance.now() - started).toBeLessThan(3_000);
  });

  it('ends its run when the processor time of one request is used up; the next wake starts another', async () => {
    const projector = projectorOver(1_000_000);
    projector.wake();
    await Promise.all(projector.works);
    const first = projector.calls.process;
    expect(projector.left()).toBeGreaterThan(0);
    expect(first).toBeGreaterThanOrEqual(100);
    projector.wake();
    await Promise.all(projector.works);
    expect(projector.works.length).toBe(2);
    expect(projector.calls.process).toBe(2 * first);
  });

  describe('with more than one connection', () => {
    const [ours, other, third] = ['a', 'b', 'c'];

    /** Answers of the database in their order, each a list of connections that are unfinished, or an error; and what was asked. */
    function projectorWith(answers: (string[] | Error)[], onCall: (call: number) => void = () => undefined) {
      const asked: unknown[] = [];
      const works: Promise<unknown>[] = [];
      const database = fakeDatabase((name, parameters) => {
        if (name !== 'process_webhook_events') return { data: [], error: null, status: 200 };
        asked.push(parameters['connections']);
        const unfinished = answers[asked.length - 1] ?? [];
        onCall(asked.length);
        if (unfinished instanceof Error) throw unfinished;
        return {
          data: { claimed: 1, failed: 0, positions: {}, unfinished, milliseconds: 100 },
          error: null,
          status: 200,
        };
      });
      const wake = createProjector({
        database: () => database,
        runInBackground: (work) => void works.push(work.catch(() => undefined)),
        isIngestSaturated: () => false,
      });
      return { wake, asked, finished: () => Promise.all(works) };
    }

    it('asks for those that deliveries came for, and again for what another worker has or a batch had no place for', async () => {
      const { wake, asked, finished } = projectorWith([[], ['b', 'c'], ['c'], []], (call) => {
        if (call === 1) { for (const connection of [other, third, other]) wake(connection); }
      });
      wake(ours);
      await finished();
      expect(asked).toEqual([['a'], ['b', 'c'], ['b', 'c'], ['c']]);
    });

    it('asks for one whose deliveries came while a call was under way, also if the call was for it', async () => {
      const { wake, asked, finished } = projectorWith([[], []], (call) => {
        if (call !== 1) return;
        wake(ours);
        wake(other);
      });
      wake(ours);
      await finished();
      expect(asked).toEqual([['a'], ['a', 'b']]);
    });

    it('asks again for what a failed call was for, as soon as something comes', async () => {
      const { wake, asked, finished } = projectorWith([new Error('deadlock detected'), []]);
      wake(ours);
      await finished();
      wake(other);
      await finished();
      expect(asked).toEqual([['a'], ['a', 'b']]);
    });
  });
});
