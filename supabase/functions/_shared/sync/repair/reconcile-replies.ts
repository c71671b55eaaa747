import { z } from 'zod';
import { callFunction, isDataError, type ServiceClient } from '../../platform/database.ts';
import { prepareEvent, type StoredEvent } from '../../events/prepared-event.ts';
import type { ListedMail, ReceivedMail } from '../../providers/provider.ts';
import type { SyncContext } from '../context.ts';
import { type MissingMail, storeMissingMails } from './store-missing.ts';

/** The inbox allows 20 calls a minute per workspace. */
const maxPages = 10;

const overlap = 3_600_000;
const firstLook = 3 * 86_400_000;

const inboxPosition = z.object({
  /** Newest mail read, by the provider's clock. */
  reached: z.string().optional(),
  /** Cursor and start of an unfinished walk. */
  page: z.string().optional(),
  since: z.string().optional(),
}).nullable();

export interface InboxWalk {
  connectionId: string;
  /** Pages that this job has already read. */
  pages: number;
  isOutOfTime: () => boolean;
  save: (pages: number, inserted: number) => Promise<void>;
}

/**
 * Reads the inbox from where the last sync stopped and stores the replies that no delivery reported. Ends after ten pages
 * and saves the position for the next sync. False when the time is up.
 */
export async function reconcileReplies(context: SyncContext, walk: InboxWalk): Promise<boolean> {
  const { inbox } = context.session;
  if (inbox === undefined) return true;
  const { connectionId } = walk;
  const position = await callFunction(
    context.database,
    'read_sync_position',
    { target_connection_id: connectionId, target_source: 'inbox' },
    inboxPosition,
  );
  let reached = position?.reached;
  let page = position?.page;
  const since = page !== undefined && position?.since !== undefined ? position.since : new Date(
    reached === undefined ? context.now().getTime() - firstLook : Date.parse(reached) - overlap,
  ).toISOString();

  for (let pages = walk.pages; pages < maxPages; pages++) {
    const mails = await inbox.listReceived(since, page);
    const replies = mails.items.map((mail) => readMail(context, mail)).filter((reply) => reply !== undefined);
    const inserted = await storeMissingMails(context.database, connectionId, replies);
    await completeMessages(context.database, connectionId, replies);
    // A mail with an implausible time must not move the position.
    const newest = mails.items.findLast((mail) => mail.at !== '')?.at;
    if (newest !== undefined && (reached === undefined || newest > reached)) reached = newest;
    page = mails.next;
    if (reached !== undefined) {
      await callFunction(context.database, 'save_sync_position', {
        target_connection_id: connectionId,
        target_source: 'inbox',
        new_position: { reached, ...(page === undefined ? {} : { page, since }) },
      }, z.unknown());
    }
    await walk.save(pages + 1, inserted);
    if (page === undefined) return true;
    if (walk.isOutOfTime()) return false;
  }
  return true;
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
