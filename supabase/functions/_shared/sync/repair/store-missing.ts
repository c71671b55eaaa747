import { z } from 'zod';
import { callFunction, type ServiceClient } from '../../platform/database.ts';
import { prepareMessages } from '../../messages/prepare.ts';
import { asDeadLetter, type StoredEvent } from '../../events/prepared-event.ts';
import { isDataError } from '../../platform/database.ts';

const outcome = z.object({ inserted: z.number(), known: z.number() });

export interface MissingMail extends StoredEvent {
  /** The key that the same reply has when it was judged otherwise whether it is automatic. */
  other_key?: string;
}

/** Stores events that no delivery brought; returns how many were missing. */
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

/** Stores mails that the provider lists and no delivery brought; returns how many were missing. */
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

/** One event that the database cannot hold must not take its page with it. */
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

const progress = z.object({ claimed: z.number() });

/** Projects what waits, until nothing is due; false when the time is up before. */
export async function projectAll(database: ServiceClient, isOutOfTime: () => boolean): Promise<boolean> {
  for (;;) {
    const { claimed } = await callFunction(database, 'process_webhook_events', { batch_size: 500 }, progress);
    if (claimed === 0) {
      await prepareMessages(database, isOutOfTime);
      return true;
    }
    if (isOutOfTime()) return false;
  }
}
