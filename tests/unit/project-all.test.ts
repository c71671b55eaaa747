// A sync waits until what it stored is projected, on a database that is slow or that another worker keeps busy.
import { describe, expect, it } from 'vitest';
import { projectAll } from '../../supabase/functions/_shared/sync/repair/project-all.ts';
import { fakeDatabase } from '../support/fake-database.ts';

const connection = 'dddddddd-0000-4000-8000-000000000001';
const reached = { [connection]: '2026-11-02T08:00:00Z' };
type Answer = 'timeout' | { claimed: number; unfinished?: string[] };

/** Projects with these answers of the database, the last of them for ever; what it was asked, and how that ended. */
async function project(answers: Answer[], isOutOfTime = (_calls: number) => false) {
  const asked: [size: unknown, positions: unknown][] = [];
  const database = fakeDatabase((name, parameters) => {
    if (name !== 'process_webhook_events') return { data: [], error: null, status: 200 };
    const answer = answers[Math.min(asked.length, answers.length - 1)] ?? 'timeout';
    asked.push([parameters['batch_size'], parameters['positions']]);
    expect(parameters['connections']).toEqual([connection]);
    if (answer === 'timeout') {
      return { data: null, error: { code: '57014', message: 'statement timeout' }, status: 500 };
    }
    return {
      data: { unfinished: [], milliseconds: 100, positions: answer.claimed === 0 ? {} : reached, ...answer },
      error: null,
      status: 200,
    };
  });
  const outcome = await projectAll(database, connection, () => isOutOfTime(asked.length)).catch(
    (error: Error) => error.message,
  );
  return { asked, outcome };
}

describe('projectAll', () => {
  it('continues from the position and looks once more from the beginning', async () => {
    expect(await project([{ claimed: 1000 }, { claimed: 20 }, { claimed: 0 }])).toEqual({
      asked: [[1000, {}], [1000, reached], [1000, reached], [1000, {}]],
      outcome: true,
    });
  });

  it('asks again for a connection that another worker has', async () => {
    const { asked, outcome } = await project([
      { claimed: 0, unfinished: [connection] },
      { claimed: 0, unfinished: [connection] },
      { claimed: 0 },
    ]);
    expect([asked.length, outcome]).toEqual([3, true]);
  });

  it('takes half of a batch that took longer than the database allows', async () => {
    const { asked, outcome } = await project(['timeout', 'timeout', { claimed: 250 }, { claimed: 0 }]);
    expect(asked.map(([size]) => size)).toEqual([1000, 500, 250, 250, 250]);
    expect(outcome).toBe(true);
  });

  it('fails when even a small one does', async () => {
    const { asked, outcome } = await project(['timeout']);
    expect(asked.map(([size]) => size)).toEqual([1000, 500, 250, 125, 62, 50]);
    expect(outcome).toMatch(/57014/);
  });

  it('ends when the time is up', async () => {
    expect(await project(['timeout'], (calls) => calls > 1)).toMatchObject({
      outcome: false,
      asked: [[1000, {}], [500, {}]],
    });
    expect(await project([{ claimed: 1000 }], (calls) => calls > 2)).toMatchObject({ outcome: false });
  });
});
