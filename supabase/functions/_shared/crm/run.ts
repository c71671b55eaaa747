/** The run: pushes what is due side by side, then reads what is due, until nothing is due for a while. */
import { z } from 'zod';
import { callFunction, type ServiceClient } from '../platform/database.ts';
import { bookProcessorTime, processorBudget } from '../platform/processor-time.ts';
import type { Crm } from './crm.ts';
import { openCrm, type OpenOptions } from './open-crm.ts';
import { push, takenPush } from './push.ts';
import { readNext } from './read.ts';

/** A push makes five calls at most, well within HubSpot's hundred in ten seconds. */
const batchSize = 5;
/** Longer than a push can take: five calls of twenty seconds. */
const leaseSeconds = 120;
/** A push that is due this soon is waited for instead of left to the sweep, which comes every ten seconds. */
const maxPause = 6;
/** Milliseconds after which a run leaves the rest to the next one. */
const maxRun = 60_000;
/** Milliseconds of processor time of one push, apart from its calls. */
const costOfPush = 8;

const turn = z.object({ pushes: z.array(takenPush), next_in_seconds: z.coerce.number().nullable() });

export interface RunOptions extends OpenOptions {
  database: ServiceClient;
  sleep?: (milliseconds: number) => Promise<void>;
}

/** Returns how many pushes were attempted. */
export async function runCrm(options: RunOptions): Promise<number> {
  const { database } = options;
  const sleep = options.sleep ?? ((milliseconds) => new Promise((wake) => setTimeout(wake, milliseconds)));
  const budget = processorBudget();
  const endsAt = performance.now() + maxRun;
  let attempts = 0;
  while (!budget.isSpent() && performance.now() < endsAt) {
    const { pushes, next_in_seconds: next } = await callFunction(
      database,
      'take_crm_pushes',
      { batch_size: budget.fits(costOfPush, batchSize), lease_seconds: leaseSeconds },
      turn,
    );
    if (pushes.length === 0) {
      if (await readNext(database, options, () => budget.isSpent())) continue;
      if (next === null || next > maxPause) break;
      await sleep(Math.max(250, next * 1000));
      continue;
    }
    const opened = new Map<string, Promise<Crm>>();
    const results = await Promise.all(pushes.map((taken) =>
      push(taken, () => {
        const { id } = taken.connection;
        const crm = opened.get(id) ?? openCrm(taken.connection, options);
        opened.set(id, crm);
        return crm;
      })
    ));
    bookProcessorTime(costOfPush * pushes.length);
    attempts += results.length;
    await callFunction(database, 'record_crm_pushes', { results }, z.number());
  }
  return attempts;
}
