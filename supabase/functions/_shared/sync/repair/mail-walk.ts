/** Walks through a list of mails at the provider, from where the last sync stopped, a page at a time. */
import { z } from 'zod';
import { callFunction } from '../../platform/database.ts';
import type { Page } from '../../providers/provider.ts';
import type { SyncContext } from '../context.ts';

/** Mails that the provider lists late. */
const overlap = 3_600_000;

const savedPosition = z.object({
  /** Newest mail read, by the provider's clock. */
  reached: z.string().optional(),
  /** Cursor and start of an unfinished walk. */
  page: z.string().optional(),
  since: z.string().optional(),
}).nullable();

export interface MailWalk {
  connectionId: string;
  /** Pages that this job has already read. */
  pages: number;
  isOutOfTime: () => boolean;
  save: (pages: number, inserted: number) => Promise<void>;
}

interface MailList<Mail> {
  /** Under which name the position is kept. */
  source: 'inbox' | 'answers';
  /** Milliseconds that the first walk looks back. */
  firstLook: number;
  /** Pages per sync; the rest waits for the next one. */
  maxPages: number;
  read: (since: string, cursor: string | undefined) => Promise<Page<Mail>>;
  /** Stores a page and returns how many mails were new. */
  store: (mails: Mail[]) => Promise<number>;
}

/** False when the time is up. */
export async function walkMails<Mail extends { at: string }>(
  context: SyncContext,
  walk: MailWalk,
  list: MailList<Mail>,
): Promise<boolean> {
  const place = { target_connection_id: walk.connectionId, target_source: list.source };
  const position = await callFunction(context.database, 'read_sync_position', place, savedPosition);
  let reached = position?.reached;
  let page = position?.page;
  const since = page !== undefined && position?.since !== undefined ? position.since : new Date(
    reached === undefined ? context.now().getTime() - list.firstLook : Date.parse(reached) - overlap,
  ).toISOString();

  for (let pages = walk.pages; pages < list.maxPages; pages++) {
    const mails = await list.read(since, page);
    const inserted = await list.store(mails.items);
    // A mail with an implausible time must not move the position.
    const newest = mails.items.findLast((mail) => mail.at !== '')?.at;
    if (newest !== undefined && (reached === undefined || newest > reached)) reached = newest;
    page = mails.next;
    if (reached !== undefined) {
      await callFunction(context.database, 'save_sync_position', {
        ...place,
        new_position: { reached, ...(page === undefined ? {} : { page, since }) },
      }, z.unknown());
    }
    await walk.save(pages + 1, inserted);
    if (page === undefined) return true;
    if (walk.isOutOfTime()) return false;
  }
  return true;
}
