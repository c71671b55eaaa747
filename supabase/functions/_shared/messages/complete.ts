import { z } from 'zod';
import { callFunction, type ServiceClient } from '../platform/database.ts';
import { type StoredEvent } from '../events/prepared-event.ts';
import { isDataError } from '../platform/database.ts';

/** Completes messages from webhooks with what only the provider's inbox has of the same mails. */
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
    // The database cannot hold this text; the message stays as it came from the webhook.
    if (!isDataError(error)) throw error;
  }
}
