import { z } from 'zod';
import { callFunction } from '../../platform/database.ts';
import { ProviderError } from '../../providers/provider.ts';
import { prepareEvent } from '../../events/prepared-event.ts';
import type { LogPosition } from '../position.ts';
import type { SyncContext } from '../context.ts';
import { storeMissingEvents } from './store-missing.ts';
import { isOurAddress, readKnownWebhook } from './webhook-health.ts';

/** Rows are read again for this long, because a row may appear in the log later than its time says. */
const overlap = 3_600_000;

/** How far the first walk looks back. */
const firstLook = 3 * 86_400_000;

/** Above this something is wrong with the paging. */
const maxPages = 20_000;

const reached = z.object({ reached: z.string() }).nullable();

export interface LogWalk {
  connectionId: string;
  /** A closed range reads all tries; without one only failed tries are read, back to where the last walk began. */
  range?: { from: string; to: string };
  isOutOfTime: () => boolean;
  /** Called after each page with what was missing. */
  save: (at: LogPosition, inserted: number) => Promise<void>;
}

/**
 * Walks back through the delivery log and stores what we do not have. A try that we answered with 2xx was stored before we
 * answered, so the walk of a sync reads failed tries only: usually one empty page. False when the time is up.
 */
export async function replayLog(context: SyncContext, walk: LogWalk, from: LogPosition): Promise<boolean> {
  const { session, database } = context;
  const { deliveryLog } = session;
  if (deliveryLog === undefined) return true;
  const { connectionId, range } = walk;
  const webhook = await readKnownWebhook(context, connectionId);
  let at = from.page !== undefined || range !== undefined
    ? { ...from, until: from.until ?? range?.from }
    : { until: await whereLastWalkBegan(context, connectionId) };

  for (let pages = 0; pages < maxPages; pages++) {
    const page = await deliveryLog.list(
      { from: at.until, to: range?.to, failedOnly: range === undefined },
      at.page,
    );
    // The provider's clock throughout: ours may differ by more than the overlap.
    const newest = at.newest ?? page.items[0]?.at;
    const until = at.until ??
      (newest === undefined ? undefined : new Date(Date.parse(newest) - firstLook).toISOString());
    const rows = page.items.filter((row) =>
      (until === undefined || row.at >= until) && (range === undefined || row.at <= range.to) &&
      isOurAddress(row.url, connectionId, webhook)
    );
    const events = rows.map((row) =>
      prepareEvent(
        session.provider,
        (payload) => session.readDelivery(payload),
        row.payload,
        JSON.stringify(row.payload) ?? 'null',
      )
    );
    const inserted = await storeMissingEvents(database, connectionId, events);
    const last = page.items.at(-1);
    const isDone = page.next === undefined || (last !== undefined && until !== undefined && last.at < until);
    at = { ...(isDone ? {} : { page: page.next }), until, newest };
    await walk.save(at, inserted);
    if (isDone) {
      if (range === undefined && newest !== undefined) await rememberWhere(context, connectionId, newest);
      return true;
    }
    if (walk.isOutOfTime()) return false;
  }
  throw new ProviderError(
    'unexpected_answer',
    `The provider's delivery log does not end after ${maxPages} pages`,
    { provider: session.provider },
  );
}

async function whereLastWalkBegan(context: SyncContext, connectionId: string): Promise<string | undefined> {
  const last = await callFunction(
    context.database,
    'read_sync_position',
    { target_connection_id: connectionId, target_source: 'delivery_log' },
    reached,
  );
  return last === null ? undefined : new Date(Date.parse(last.reached) - overlap).toISOString();
}

async function rememberWhere(context: SyncContext, connectionId: string, newest: string): Promise<void> {
  await callFunction(context.database, 'save_sync_position', {
    target_connection_id: connectionId,
    target_source: 'delivery_log',
    new_position: { reached: newest },
  }, z.unknown());
}
