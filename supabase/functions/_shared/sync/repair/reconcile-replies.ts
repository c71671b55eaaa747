import { z } from 'zod';
import { callFunction, isDataError, type ServiceClient } from '../../platform/database.ts';
import { prepareEvent, type StoredEvent } from '../../events/prepared-event.ts';
import type { ListedMail, ReceivedMail } from '../../providers/provider.ts';
import type { SyncContext } from '../context.ts';
import { type MailWalk, walkMails } from './mail-walk.ts';
import { type MissingMail, storeMissingMails } from './store-missing.ts';

/** The inbox allows 20 calls a minute per workspace. */
const maxPages = 10;

const firstLook = 3 * 86_400_000;

/**
 * Reads the inbox from where the last sync stopped and stores the replies that no delivery reported. Ends after ten pages
 * and saves the position for the next sync. False when the time is up.
 */
export async function reconcileReplies(context: SyncContext, walk: MailWalk): Promise<boolean> {
  const { inbox } = context.session;
  if (inbox === undefined) return true;
  return await walkMails(context, walk, {
    source: 'inbox',
    firstLook,
    maxPages,
    read: (since, cursor) => inbox.listReceived(since, cursor),
    store: async (mails) => {
      const replies = mails.map((mail) => readMail(context, mail)).filter((reply) => reply !== undefined);
      const inserted = await storeMissingMails(context.database, walk.connectionId, replies);
      await completeMessages(context.database, walk.connectionId, replies);
      return inserted;
    },
  });
}

/** Completes messages from webhooks with what only the provider's inbox has of the same mails. */
async function completeMessages(
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

/** A listed mail as an event; undefined when it is none: as a dead letter it would only be noise. */
export function readMail(context: SyncContext, mail: ReceivedMail | ListedMail): MissingMail | undefined {
  if (mail.delivery === undefined) return undefined;
  const prepare = (payload: unknown) =>
    prepareEvent(
      context.session.provider,
      (content) => context.session.readDelivery(content),
      payload,
      JSON.stringify(payload),
    );
  const { payload, otherPayload } = mail.delivery;
  const event = prepare(payload);
  if (event.event === null) return undefined;
  return otherPayload === undefined ? event : { ...event, other_key: prepare(otherPayload).key };
}
