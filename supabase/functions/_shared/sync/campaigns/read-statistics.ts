/** The provider's statistics as a second source: what no delivery reported is stored like a delivery. */
import { z } from 'zod';
import { callFunction } from '../../platform/database.ts';
import { ownValue } from '../../platform/own-value.ts';
import type { MailFact } from '../../providers/provider-statistics.ts';
import { prepareEvent, type StoredEvent } from '../../events/prepared-event.ts';
import { redeliver } from '../repair/redelivery.ts';
import { clockDifference, type SyncCampaign, type SyncRun } from '../context.ts';
import { projectAll } from '../repair/project-all.ts';
import { storeMissingEvents } from '../repair/store-missing.ts';

/** Milliseconds. Older mails hardly change; a full sync reads them all. */
const lookBack = 30 * 86_400_000;

/** Milliseconds within which an event may still arrive as a delivery. */
const inFlight = 10 * 60_000;

/** Milliseconds by which two tellings of one moment may differ. */
const sameMoment = 120_000;

/** Leads per campaign and run whose correspondence is read, at one call each. */
const maxCorrespondences = 50;

const maxPages = 20_000;
const chunkSize = 500;

interface PreparedFact extends StoredEvent {
  tolerance: number | null;
  nth?: number;
  fact: MailFact;
}

export interface FactsPosition {
  page: string | undefined;
  save(page: string | undefined): Promise<void>;
  /** Something is left for the next sync: it may still arrive, was requested again, or there was too much of it. */
  recordMore(): void;
}

/** Compares the mails of one campaign with our events, page by page, saving the cursor after each. */
export async function readStatistics(
  run: SyncRun,
  campaign: SyncCampaign,
  at: FactsPosition,
): Promise<'complete' | 'out of time'> {
  const { context, job } = run;
  const { statistics } = context.session;
  if (statistics === undefined) return 'complete';
  const isOutOfTime = () => job.isOutOfTime();
  if (
    at.page === undefined && await redeliver(context, job.connection_id, campaign.provider_campaign_id)
  ) {
    at.recordMore();
    return 'complete';
  }
  await at.save(at.page);
  // Stored but not yet projected events would look missing.
  if (!await projectAll(context.database, job.connection_id, isOutOfTime)) return 'out of time';

  const now = context.now().getTime();
  const since = run.full || campaign.leads_walked_at === null
    ? undefined
    : new Date(now - lookBack).toISOString().slice(0, 10);
  let correspondences = maxCorrespondences;
  let cursor = at.page;
  for (let pages = 0; pages < maxPages; pages++) {
    const page = await statistics.list(campaign.provider_campaign_id, since, cursor);
    const prepared = page.items.map((fact) => prepare(run, fact)).filter((fact) => fact !== undefined);
    const settled = prepared.filter((fact) => Date.parse(fact.event?.occurred_at ?? '') < now - inFlight);
    if (settled.length < prepared.length) at.recordMore();
    const missing = await findMissing(run, settled);
    await store(run, missing.filter((fact) => !fact.fact.isReply));
    const replies = missing.filter((fact) => fact.fact.isReply);
    const read = await storeReplies(run, campaign, replies, correspondences);
    if (!read.all) at.recordMore();
    correspondences -= read.correspondences;
    cursor = page.next;
    if (cursor === undefined) break;
    await at.save(cursor);
    // The next page is compared with projected events.
    if (!await projectAll(context.database, job.connection_id, isOutOfTime) || isOutOfTime()) {
      return 'out of time';
    }
  }
  return await projectAll(context.database, job.connection_id, isOutOfTime) ? 'complete' : 'out of time';
}

/** Stores replies with text and id from the leads' correspondence; `most` limits the calls, the rest waits for the next sync. */
async function storeReplies(
  run: SyncRun,
  campaign: SyncCampaign,
  replies: PreparedFact[],
  most: number,
): Promise<{ all: boolean; correspondences: number }> {
  const { statistics } = run.context.session;
  const emails = [...new Set(replies.map((reply) => reply.fact.email))];
  if (statistics === undefined || emails.length === 0) return { all: true, correspondences: 0 };
  const some = emails.slice(0, most);
  const ids = await callFunction(
    run.context.database,
    'read_provider_lead_ids',
    { target_campaign_id: campaign.campaign_id, emails: some },
    z.record(z.string(), z.string()),
  );
  for (const email of some) {
    if (run.job.isOutOfTime()) return { all: false, correspondences: some.indexOf(email) };
    const id = ownValue(ids, email);
    const read = id === undefined
      ? []
      : (await statistics.readReplies(campaign.provider_campaign_id, id, email))
        .map((fact) => prepare(run, fact)).filter((fact) => fact !== undefined);
    const missing = await findMissing(run, read);
    // A reply that the correspondence does not show is stored without a text.
    const withoutText: PreparedFact[] = [];
    for (const reply of replies) {
      if (reply.fact.email !== email) continue;
      if (![...read, ...withoutText].some((one) => isSameMoment(one, reply))) withoutText.push(reply);
    }
    await store(run, [...missing, ...withoutText]);
  }
  return { all: some.length === emails.length, correspondences: some.length };
}

function isSameMoment(left: PreparedFact, right: PreparedFact): boolean {
  const apart = Date.parse(left.event?.occurred_at ?? '') - Date.parse(right.event?.occurred_at ?? '');
  return Math.abs(apart) <= sameMoment;
}

function prepare(run: SyncRun, fact: MailFact): PreparedFact | undefined {
  const { session } = run.context;
  const event = prepareEvent(
    session.provider,
    (payload) => session.readDelivery(payload),
    fact.payload,
    JSON.stringify(fact.payload),
  );
  if (event.event?.occurred_at === undefined) return undefined;
  return { ...event, tolerance: fact.tolerance, ...(fact.nth === undefined ? {} : { nth: fact.nth }), fact };
}

async function findMissing(run: SyncRun, facts: PreparedFact[]): Promise<PreparedFact[]> {
  const missing: PreparedFact[] = [];
  for (let start = 0; start < facts.length; start += chunkSize) {
    const some = facts.slice(start, start + chunkSize);
    const positions = await callFunction(run.context.database, 'find_missing_facts', {
      target_connection_id: run.job.connection_id,
      facts: some.map(({ fact: _, ...rest }) => rest),
    }, z.array(z.number()));
    missing.push(...positions.map((position) => some[position]).filter((fact) => fact !== undefined));
  }
  return missing;
}

async function store(run: SyncRun, facts: PreparedFact[]): Promise<void> {
  for (const foundIn of ['log', 'inferred'] as const) {
    const events = facts.filter((fact) => isEstimate(fact) === (foundIn === 'inferred'))
      .map(({ fact, tolerance: _, nth: __, ...event }) => ({
        ...event,
        ...(fact.since === undefined
          ? {}
          : { payload: withSpan(event.payload, fact.since, run.context.now()) }),
      }));
    for (let start = 0; start < events.length; start += chunkSize) {
      const recovered = await storeMissingEvents(
        run.context.database,
        run.job.connection_id,
        events.slice(start, start + chunkSize),
        foundIn,
      );
      run.report.facts_recovered += recovered;
    }
  }
}

/**
 * A delivery of what happened until now is among what the statistics count, however late it arrives: it confirms the estimate
 * instead of counting again (private.match_recovered_facts). One that wrongly does so is missing in the next statistics.
 */
function withSpan(payload: unknown, since: string, now: Date): unknown {
  return {
    ...(payload as Record<string, unknown>),
    earliest_at: new Date(Date.parse(since) - sameMoment).toISOString(),
    latest_at: new Date(now.getTime() + clockDifference).toISOString(),
  };
}

/** True where a delivery of the same fact would have another key, because its time or ordinal is uncertain. */
function isEstimate(fact: PreparedFact): boolean {
  return fact.nth !== undefined || fact.event?.email_id === undefined || fact.event.identity === undefined;
}
