import { z } from 'zod';
import { callFunction, isDataError, type ServiceClient } from '../../platform/database.ts';
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
