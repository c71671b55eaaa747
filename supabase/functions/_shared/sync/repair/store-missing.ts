import { z } from 'zod';
import {
  callFunction,
  isDataError,
  isStatementTimeout,
  type ServiceClient,
} from '../../platform/database.ts';
import { prepareMessages } from '../../messages/prepare.ts';
import { asDeadLetter, type StoredEvent } from '../../events/prepared-event.ts';

const outcome = z.object({ inserted: z.number(), known: z.number() });

export interface MissingMail extends StoredEvent {
  /** The key of the same reply if it were classified the other way (automatic or not). */
  other_key?: string;
}

/** Stores events that no delivery reported; returns how many were new. */
export async function storeMissingEvents(
  database: ServiceClient,
  connectionId: string,
  events: StoredEvent[],
  foundIn: 'log' | 'inferred' = 'log',
): Promise<number> {
  const store = async (some: StoredEvent[]) =>
    (await callFunction(
      database,
      'ingest_missing_events',
      { target_connection_id: connectionId, events: some, found_in: foundIn },
      outcome,
    )).inserted;
  return await storeTogetherOrAlone(events, store);
}

/** Stores listed mails that no delivery reported; returns how many were new. */
export async function storeMissingMails(
  database: ServiceClient,
  connectionId: string,
  mails: MissingMail[],
): Promise<number> {
  const store = async (some: StoredEvent[]) =>
    (await callFunction(
      database,
      'ingest_missing_mails',
      { target_connection_id: connectionId, mails: some },
      outcome,
    )).inserted;
  return await storeTogetherOrAlone(mails, store);
}

/** Retries one by one, so that one event that the database refuses does not fail its page. */
async function storeTogetherOrAlone(
  events: StoredEvent[],
  store: (events: StoredEvent[]) => Promise<number>,
): Promise<number> {
  if (events.length === 0) return 0;
  try {
    return await store(events);
  } catch (error) {
    if (!isDataError(error)) throw error;
  }
  let inserted = 0;
  for (const event of events) {
    try {
      inserted += await store([event]);
    } catch (error) {
      if (!isDataError(error)) throw error;
      inserted += await store([asDeadLetter(event)]);
    }
  }
  return inserted;
}

/** Deliveries of one call, and how few it takes where the database is slow. */
const largestBatch = 1_000;
const smallestBatch = 50;

const progress = z.object({
  claimed: z.number(),
  positions: z.record(z.string(), z.string()),
  unfinished: z.array(z.string()),
});

/** Projects waiting deliveries of a connection until none is due; false when the time is up first. */
export async function projectAll(
  database: ServiceClient,
  connectionId: string,
  isOutOfTime: () => boolean,
): Promise<boolean> {
  let size = largestBatch;
  for (let positions: Record<string, string> = {};;) {
    let answer: z.infer<typeof progress>;
    try {
      answer = await callFunction(
        database,
        'process_webhook_events',
        { batch_size: size, positions, connections: [connectionId] },
        progress,
      );
    } catch (error) {
      // The same batch would take as long the next time, and the sync would never get past it.
      if (!isStatementTimeout(error) || size === smallestBatch) throw error;
      if (isOutOfTime()) return false;
      size = Math.max(smallestBatch, Math.floor(size / 2));
      continue;
    }
    const isLeft = answer.claimed > 0 || answer.unfinished.length > 0;
    if (!isLeft && Object.keys(positions).length === 0) {
      await prepareMessages(database, isOutOfTime);
      return true;
    }
    if (isOutOfTime()) return false;
    // None after the position: once more from the beginning, for one whose transaction took longer.
    positions = isLeft ? { ...positions, ...answer.positions } : {};
  }
}
