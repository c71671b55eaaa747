import { z } from 'zod';
import { callFunction } from '../../platform/database.ts';
import { inferActivity, inferEndings, missingActivity, missingEndings } from './infer-events.ts';
import { type MailPosition, readOutage, type WebhookOutage } from './outage.ts';
import { readMail } from '../repair/reconcile-replies.ts';
import type { SyncContext } from '../context.ts';
import { projectAll } from '../repair/project-all.ts';
import { storeMissingEvents, storeMissingMails } from '../repair/store-missing.ts';
import type { StoredEvent } from '../../events/prepared-event.ts';

/** Half an hour at 20 calls a minute; the next sync continues, so the webhook check is never delayed for longer. */
const maxPages = 600;

/** Milliseconds. A delivery may come long after its mail was sent: with half an hour, mails from before a switch-off stayed away. */
const overlap = 3_600_000;

/** Milliseconds. During the outage the list is read once an hour, however often a sync is started. */
const pause = 50 * 60_000;

/** Milliseconds by which a mail may appear in the list after it was sent. */
const lateness = 600_000;

/** Milliseconds. How long the delivery log is kept is not documented; it is read every hour, and believed for about a day. */
const maxInLog = 26 * 3_600_000;

/** Milliseconds within which an event may still arrive as a delivery. */
const inFlight = 5 * 60_000;

/** After this an outage is settled even if a step keeps failing or leads are still active: by then all leads were walked. */
const maxOpen = 24 * 3_600_000;

/** Events per call. */
const chunkSize = 500;

export interface OutageWalk {
  connectionId: string;
  outage: WebhookOutage;
  /** Pages of mails that this job has already read. */
  pages: number;
  /** This sync has read the log of failed deliveries. */
  isLogRead: boolean;
  /** False when a step of this sync failed, so that the next one may find more. */
  mayBeSettled: boolean;
  isOutOfTime: () => boolean;
  save: (pages: number, recovered: { mails: number; inferred: number }) => Promise<void>;
}

/**
 * Recovers the events of an outage: sent mails and replies from the provider's list, one by one; then opens, clicks, bounces
 * and unsubscribes from its counters. Everything is compared with what we have, so a killed run resumes from its last page.
 * False when the time is up.
 */
export async function recoverOutage(context: SyncContext, walk: OutageWalk): Promise<boolean> {
  if (!await projectAll(context.database, walk.connectionId, walk.isOutOfTime)) return false;
  const mails = await readMails(context, walk);
  if (mails === 'out of time') return false;
  if (mails === 'next sync') return true;
  if (!await projectAll(context.database, walk.connectionId, walk.isOutOfTime)) return false;

  const endings = await callFunction(
    context.database,
    'read_ended_outage_leads',
    { target_connection_id: walk.connectionId },
    missingEndings,
  );
  await store(context, walk, inferEndings(context.session.provider, endings));
  if (!await projectAll(context.database, walk.connectionId, walk.isOutOfTime)) return false;

  const waiting = await storeActivity(context, walk);
  if (waiting === undefined) return false;
  const { ends_at } = walk.outage;
  const isOld = ends_at !== null && context.now().getTime() - Date.parse(ends_at) > maxOpen;
  if (ends_at !== null && (isOld || (waiting === 0 && walk.mayBeSettled))) {
    await callFunction(context.database, 'settle_webhook_outage', { outage_id: walk.outage.id }, z.unknown());
  }
  return true;
}

async function readMails(
  context: SyncContext,
  walk: OutageWalk,
): Promise<'done' | 'next sync' | 'out of time'> {
  const { mailHistory } = context.session;
  if (mailHistory === undefined) return 'done';
  // Read again, because an earlier run may have moved it.
  const outage = await readOutage(context.database, walk.connectionId) ?? walk.outage;
  const readAgo = context.now().getTime() - Date.parse(outage.mails.read_at ?? '1970-01-01');
  if (outage.mails.done === true && (outage.ends_at !== null || readAgo < pause)) return 'done';

  const until = new Date(
    (outage.ends_at === null ? context.now().getTime() : Date.parse(outage.ends_at)) + lateness,
  )
    .toISOString();
  let at: MailPosition = outage.mails.page === undefined
    ? { ...outage.mails, since: startOf(outage, walk.isLogRead) }
    : outage.mails;
  for (let pages = walk.pages; pages < maxPages; pages++) {
    const page = await mailHistory.listMails(at.since ?? outage.starts_at, until, at.page);
    const mails = page.items.map((mail) => readMail(context, mail)).filter((mail) => mail !== undefined);
    const inserted = mails.length === 0
      ? 0
      : await storeMissingMails(context.database, walk.connectionId, mails);
    const newest = page.items.findLast((mail) => mail.at !== '')?.at;
    const reached = newest !== undefined && (at.reached === undefined || newest > at.reached)
      ? newest
      : at.reached;
    at = {
      ...(at.since === undefined ? {} : { since: at.since }),
      ...(reached === undefined ? {} : { reached }),
      ...(page.next === undefined ? { done: true } : { page: page.next }),
      read_at: context.now().toISOString(),
    };
    await callFunction(
      context.database,
      'save_outage_mails',
      { outage_id: outage.id, new_position: at },
      z.unknown(),
    );
    await walk.save(pages + 1, { mails: inserted, inferred: 0 });
    if (page.next === undefined) return 'done';
    if (walk.isOutOfTime()) return 'out of time';
  }
  return 'next sync';
}

/**
 * An outage that continued after its mails were read is resumed from there. Of the time before the webhook was switched off the
 * log has every attempt: with deliveries that failed for a day first, the list would be read thirty minutes for nothing.
 */
function startOf(outage: WebhookOutage, isLogRead: boolean): string {
  const { reached } = outage.mails;
  const begin = Date.parse(outage.starts_at);
  const off = Date.parse(outage.switched_off_at ?? '');
  const start = isLogRead && off - begin <= maxInLog ? Math.max(begin, off - overlap) : begin;
  return new Date(reached === undefined ? start : Math.max(start, Date.parse(reached) - overlap))
    .toISOString();
}

/** Returns how many leads wait for the next sync; undefined when the time is up. */
async function storeActivity(context: SyncContext, walk: OutageWalk): Promise<number | undefined> {
  const campaigns = await callFunction(
    context.database,
    'list_outage_campaigns',
    { target_connection_id: walk.connectionId },
    z.array(z.uuid()),
  );
  // No delivery can be in flight from before the webhook was back.
  const settledUntil = Math.max(
    context.now().getTime() - inFlight,
    walk.outage.ends_at === null ? 0 : Date.parse(walk.outage.ends_at),
  );
  let waiting = 0;
  for (const campaignId of campaigns) {
    const missing = await callFunction(
      context.database,
      'read_campaign_outage',
      { target_campaign_id: campaignId },
      missingActivity.nullable(),
    );
    if (missing !== null) {
      const plan = inferActivity(context.session.provider, missing, settledUntil);
      await store(context, walk, plan.events);
      if (!await projectAll(context.database, walk.connectionId, walk.isOutOfTime)) return undefined;
      waiting += plan.waiting.length;
      await callFunction(
        context.database,
        'forget_outage_leads',
        { target_campaign_id: campaignId, except_emails: plan.waiting },
        z.unknown(),
      );
    }
    if (walk.isOutOfTime()) return undefined;
  }
  return waiting;
}

async function store(context: SyncContext, walk: OutageWalk, events: StoredEvent[]): Promise<void> {
  for (let start = 0; start < events.length; start += chunkSize) {
    const some = events.slice(start, start + chunkSize);
    const inferred = await storeMissingEvents(context.database, walk.connectionId, some, 'inferred');
    await walk.save(walk.pages, { mails: 0, inferred });
  }
}
