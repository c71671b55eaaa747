import { z } from 'zod';
import {
  callFunction,
  DatabaseError,
  isDataError,
  retryTransient,
  type ServiceClient,
} from '../platform/database.ts';
import { type Coalescer, createCoalescer } from './coalescer.ts';
import { asDeadLetter, type StoredEvent } from '../events/prepared-event.ts';

/** One HTTP delivery: its claimed connection, the digest of its secret, and its events. */
export interface Delivery {
  provider: string;
  connection_id: string;
  secret_digest: string;
  events: StoredEvent[];
  /** Approximate number of characters as JSON. */
  size: number;
}

const outcome = z.object({
  accepted: z.boolean(),
  received: z.number(),
  stored: z.number(),
  duplicate: z.number(),
});

export type IngestOutcome = z.infer<typeof outcome>;

/** The call was too large; its items may fit when it is split. */
function isTooLarge(error: unknown): boolean {
  return error instanceof DatabaseError && (error.httpStatus === 413 || error.sqlState.startsWith('54'));
}

/** Approximate characters of JSON per call; only a single delivery may be larger. */
const maxPerCall = 2 * 1024 * 1024;

/**
 * Stores deliveries, many per round trip: through the API a call takes 4 ms with one delivery and 7 ms with 64 (two cores,
 * everything on one machine; `npm run bench -- ingest`). Resolves after commit.
 */
export function createIngest(database: () => ServiceClient): Coalescer<Delivery, IngestOutcome> {
  async function store(deliveries: Delivery[]): Promise<IngestOutcome[]> {
    const stripped = deliveries.map(({ size: _, ...delivery }) => delivery);
    return await retryTransient(() =>
      callFunction(database(), 'ingest_webhook_events', { deliveries: stripped }, z.array(outcome))
    );
  }

  async function send(deliveries: Delivery[]): Promise<IngestOutcome[]> {
    try {
      return await store(deliveries);
    } catch (error) {
      if (isTooLarge(error) || isDataError(error)) return await sendInHalves(deliveries, error);
      throw error;
    }
  }

  /** Halves a refused call until the refused item is alone, so that it does not fail the others. */
  async function sendInHalves(deliveries: Delivery[], error: unknown): Promise<IngestOutcome[]> {
    if (deliveries.length > 1) {
      const middle = Math.ceil(deliveries.length / 2);
      return [...await send(deliveries.slice(0, middle)), ...await send(deliveries.slice(middle))];
    }
    return await Promise.all(deliveries.map((delivery) => sendEvents(delivery, error)));
  }

  async function sendEvents(delivery: Delivery, error: unknown): Promise<IngestOutcome> {
    const { events } = delivery;
    const [first] = events;
    if (first === undefined) throw error;
    if (events.length === 1) {
      const [stored] = await store([{ ...delivery, events: [asDeadLetter(first)] }]);
      if (stored === undefined) throw error;
      return stored;
    }
    const middle = Math.ceil(events.length / 2);
    const outcomes = [
      ...await send([{ ...delivery, events: events.slice(0, middle) }]),
      ...await send([{ ...delivery, events: events.slice(middle) }]),
    ];
    return {
      accepted: outcomes.every((one) => one.accepted),
      received: sum(outcomes.map((one) => one.received)),
      stored: sum(outcomes.map((one) => one.stored)),
      duplicate: sum(outcomes.map((one) => one.duplicate)),
    };
  }

  return createCoalescer({
    send: (deliveries) => send(deliveries),
    maxItems: 200,
    sizeOf: (delivery) => delivery.size,
    maxSize: maxPerCall,
    maxInFlight: 3,
    minBatchSize: 32,
    maxWait: 20,
  });
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
