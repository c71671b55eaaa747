import { z } from 'zod';
import { callFunction, type ServiceClient } from '../platform/database.ts';

/**
 * Deliveries of one call. Counters are written once a batch. Behind a reader with an old snapshot each old version of them is read again
 * by every batch, so twice the batch is a quarter of that for each delivery.
 */
export const largestBatch = 1_000;
const smallestBatch = 50;

/** The next size where a batch took too long; the same one when it cannot be smaller. */
export const smallerBatch = (size: number): number =>
  Math.max(Math.min(smallestBatch, size), Math.floor(size / 2));

/** By connection: deliveries before it are not looked for. */
export type Positions = Record<string, string>;

const progress = z.object({
  claimed: z.number(),
  /** Without the time that it waited for another worker. */
  milliseconds: z.number(),
  positions: z.record(z.string(), z.string()),
  /** Those asked for that may have more, or that another worker has. */
  unfinished: z.array(z.string()),
});

/** Projects the next waiting deliveries of these connections. */
export async function projectBatch(
  database: ServiceClient,
  size: number,
  positions: Positions,
  connections: string[],
): Promise<z.infer<typeof progress>> {
  const own = Object.entries(positions).filter(([connection]) => connections.includes(connection));
  return await callFunction(
    database,
    'process_webhook_events',
    { batch_size: size, positions: Object.fromEntries(own), connections },
    progress,
  );
}
