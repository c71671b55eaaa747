import { describe, expect, it, vi } from 'vitest';
import { createProjector } from '../../supabase/functions/_shared/webhooks/projector.ts';
import { fakeDatabase } from '../support/fake-database.ts';

describe('createProjector', () => {
  const at = (call: number) => new Date(Date.UTC(2026, 9, 1) + 1000 * call).toISOString();

  interface Calls {
    process: number;
    messages: number;
  }

  /** A projector on a database with that many waiting deliveries and always some waiting messages. */
  function projectorOver(
    waiting: number,
    options: { isSaturated?: boolean; onCall?: (calls: Calls) => void } = {},
  ) {
    const calls: Calls = { process: 0, messages: 0 };
    const positions: unknown[] = [];
    const sizes: unknown[] = [];
    const works: Promise<unknown>[] = [];
    let left = waiting;
    const database = fakeDatabase((name, parameters) => {
      if (name === 'process_webhook_events') {
        calls.process++;
        positions.push(parameters['after']);
        sizes.push(parameters['batch_size']);
        const claimed = Math.min(left, parameters['batch_size'] as number);
        left -= claimed;
        options.onCall?.(calls);
        return {
          data: {
            claimed,
            failed: 0,
            position: claimed === 0 ? parameters['after'] ?? null : at(calls.process),
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
      wake,
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
      expect(projector.positions).toEqual([undefined, at(1), at(2), undefined, at(4)]);
    } finally {
      clock.mockRestore();
    }
  });

  it('takes smaller batches while calls are slow, and large ones again when they are not', async () => {
    let now = 0;
    let took = 300;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => now);
    try {
      const projector = projectorOver(350, {
        onCall: ({ process }) => {
          if (process === 4) took = 10;
          now += took;
        },
      });
      projector.wake();
      await Promise.all(projector.works);
      expect(projector.sizes).toEqual([100, 50, 50, 50, 100, 100]);
    } finally {
      clock.mockRestore();
    }
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
});
