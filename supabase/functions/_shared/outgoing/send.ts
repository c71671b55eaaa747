/** The sender: takes what is due, posts it side by side, records what came of it, until nothing is due for a while. */
import { z } from 'zod';
import { callFunction, type ServiceClient } from '../platform/database.ts';
import { bookProcessorTime, processorBudget } from '../platform/processor-time.ts';
import { deliver, type DeliverOptions, type DeliveryResult, takenDelivery } from './deliver.ts';

/** Deliveries of one turn; they are sent together, so a turn takes as long as the slowest, at most the time-out. */
const batchSize = 20;
/** Longer than a turn can take. What a dead sender held is taken by another one after it. */
export const leaseSeconds = 60;
/** A delivery that is due this soon is waited for instead of left to the sweep, which comes every ten seconds. */
const maxPause = 6;
/** Milliseconds after which a run leaves the rest to the next one: the platform ends an isolate after 150 seconds at the earliest. */
const maxRun = 60_000;
/** Milliseconds of processor time of one attempt: decryption, signature, TLS. */
const costOfDelivery = 4;

const turn = z.object({ deliveries: z.array(takenDelivery), next_in_seconds: z.coerce.number().nullable() });

export interface SendOptions extends DeliverOptions {
  database: ServiceClient;
  sleep?: (milliseconds: number) => Promise<void>;
}

/** Returns how many attempts were made. */
export async function sendDue(options: SendOptions): Promise<number> {
  const { database } = options;
  const sleep = options.sleep ?? ((milliseconds) => new Promise((wake) => setTimeout(wake, milliseconds)));
  const budget = processorBudget();
  const endsAt = performance.now() + maxRun;
  let attempts = 0;
  while (!budget.isSpent() && performance.now() < endsAt) {
    const { deliveries, next_in_seconds: next } = await callFunction(
      database,
      'take_outgoing',
      { batch_size: budget.fits(costOfDelivery, batchSize), lease_seconds: leaseSeconds },
      turn,
    );
    if (deliveries.length === 0) {
      if (next === null || next > maxPause) break;
      // A delivery may be due and held by another sender, or wait for the text of its reply.
      await sleep(Math.max(250, next * 1000));
      continue;
    }
    const results = await Promise.all(deliveries.map((taken) => deliver(taken, options)));
    bookProcessorTime(costOfDelivery * deliveries.length);
    attempts += results.length;
    await recordResults(database, results);
  }
  return attempts;
}

export async function recordResults(database: ServiceClient, results: DeliveryResult[]): Promise<void> {
  await callFunction(database, 'record_outgoing', { results }, z.number());
}
