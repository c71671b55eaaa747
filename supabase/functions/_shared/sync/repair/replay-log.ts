import { z } from 'zod';
import { callFunction } from '../../platform/database.ts';
import { ProviderError } from '../../providers/provider.ts';
import { prepareEvent, type StoredEvent } from '../../events/prepared-event.ts';
import { startEagerly } from '../../platform/start-eagerly.ts';
import { type LogPosition, logPosition } from '../position.ts';
import type { ConnectionJob, RunOutcome } from '../../jobs/run-job.ts';
import { retriggerAll } from './redelivery.ts';
import type { SyncContext } from '../context.ts';
import { projectAll } from './project-all.ts';
import { storeMissingEvents } from './store-missing.ts';
import { isOurAddress, readKnownWebhook } from './webhook-health.ts';

/** Milliseconds that are read again, because a row may appear in the log later than its time. */
const overlap = 3_600_000;

/** Milliseconds that the first walk looks back. */
const firstLook = 3 * 86_400_000;

/** Beyond this the paging is broken. */
const maxPages = 20_000;

/**
 * Pages that are written together while the next ones are read. With a write and a checkpoint per page, waited for before the
 * next page, 90,000 rows took more than half of the time of a recovery.
 */
const pagesPerWrite = 5;

const reached = z.object({ reached: z.string() }).nullable();

export interface LogWalk {
  connectionId: string;
  /** With a range, all attempts are read; without one only failed attempts, back to where the last walk began. */
  range?: { from: string; to: string };
  isOutOfTime: () => boolean;
  /** Called after each page with the number of missing events that were stored. */
  save: (at: LogPosition, inserted: number) => Promise<void>;
}

/**
 * Walks back through the delivery log and stores what we do not have. An attempt answered with 2xx was stored before the
 * answer, so a sync reads only failed attempts: usually one empty page. False when the time is up.
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

  const read = (from: string | undefined, cursor: string | undefined) =>
    startEagerly(deliveryLog.list({ from, to: range?.to, failedOnly: range === undefined }, cursor));
  const write = async (events: StoredEvent[], next: LogPosition) =>
    walk.save(next, await storeMissingEvents(database, connectionId, events));

  let coming = read(at.until, at.page);
  let writing = Promise.resolve();
  let events: StoredEvent[] = [];
  try {
    for (let pages = 0; pages < maxPages; pages++) {
      const page = await coming;
      // Always the provider's clock: ours may differ by more than the overlap.
      const newest = at.newest ?? page.items[0]?.at;
      const until = at.until ??
        (newest === undefined ? undefined : new Date(Date.parse(newest) - firstLook).toISOString());
      const last = page.items.at(-1);
      const isDone = page.next === undefined ||
        (last !== undefined && until !== undefined && last.at < until);
      at = { ...(isDone ? {} : { page: page.next }), until, newest };
      const stops = isDone || walk.isOutOfTime();
      if (!stops) coming = read(until, at.page);
      const rows = page.items.filter((row) =>
        (until === undefined || row.at >= until) && (range === undefined || row.at <= range.to) &&
        isOurAddress(row.url, connectionId, webhook)
      );
      events.push(...rows.map((row) =>
        prepareEvent(
          session.provider,
          (payload) => session.readDelivery(payload),
          row.payload,
          JSON.stringify(row.payload) ?? 'null',
        )
      ));
      if (!stops && (pages + 1) % pagesPerWrite !== 0) continue;

      await writing;
      writing = startEagerly(write(events, at));
      events = [];
      if (!stops) continue;
      await writing;
      if (isDone && range === undefined && newest !== undefined) {
        await rememberWhere(context, connectionId, newest);
      }
      return isDone;
    }
  } catch (error) {
    // Stores what was read, so that a walk on a small budget makes progress.
    await writing;
    if (events.length > 0) await write(events, at);
    throw error;
  } finally {
    // Nothing may be written once another worker may claim the job.
    await writing.catch(() => undefined);
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

const replayParameters = z.object({ replay: z.object({ from: z.string(), to: z.string() }) });
const replayResult = z.object({ events_replayed: z.number().default(0) });

/** One run of a replay job: stores the delivery log of a time range again, whatever we answered at the time. */
export async function runReplay(job: ConnectionJob, context: SyncContext): Promise<RunOutcome> {
  const { replay } = replayParameters.parse(job.parameters);
  const done = replayResult.parse(job.result);
  const inTime = (moment: string) => new Date(moment).toISOString();
  if (context.session.redelivery !== undefined) {
    const asked = await retriggerAll(job, context, inTime(replay.from), inTime(replay.to));
    if (!asked) return { status: 'paused' };
    return { status: 'completed', result: done };
  }
  const isRead = job.cursor['read'] === true || await replayLog(context, {
    connectionId: job.connection_id,
    range: { from: inTime(replay.from), to: inTime(replay.to) },
    isOutOfTime: () => job.isOutOfTime(),
    save: async (at, inserted) => {
      done.events_replayed += inserted;
      await job.save({ cursor: { ...at, read: at.page === undefined }, result: done });
    },
  }, logPosition.parse(job.cursor));
  if (!isRead || !await projectAll(context.database, job.connection_id, () => job.isOutOfTime())) {
    return { status: 'paused' };
  }
  return { status: 'completed', result: done };
}
