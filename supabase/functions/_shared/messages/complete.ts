import { z } from 'zod';
import { callFunction, type ServiceClient } from '../platform/database.ts';
import { type StoredEvent } from '../events/prepared-event.ts';
import { isDataError } from '../platform/database.ts';

/** Fills in, from mails of the provider's inbox, what the webhooks of the same mails left out. */
export async function completeMessages(
  database: ServiceClient,
  connectionId: string,
  mails: StoredEvent[],
): Promise<void> {
  if (mails.length === 0) return;
  try {
    await callFunction(
      database,
      'complete_messages',
      { target_connection_id: connectionId, mails },
      z.number(),
    );
  } catch (error) {
    // A text that the database cannot hold; the message stays as the webhook told it.
    if (!isDataError(error)) throw error;
  }
}
