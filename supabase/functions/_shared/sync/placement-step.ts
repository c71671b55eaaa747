/**
 * Reads the provider's placement tests, once a day. They are an add-on of the plan and need permissions of their own, so whatever
 * goes wrong here is a state of the reading, which operators see, and never a failure of the sync.
 */
import { z } from 'zod';
import { callFunction } from '../platform/database.ts';
import { describeError } from '../platform/errors.ts';
import { explainProviderError } from '../jobs/run-job.ts';
import { ProviderError } from '../providers/provider.ts';
import type { ProviderPlacement } from '../providers/provider-placement.ts';
import { removalUrlOf } from '../sending-health/blacklists.ts';
import type { SyncRun } from './context.ts';
import type { At, PlacementReading } from './position.ts';

/** Pages of one reading: 30,000 test mails. Older tests are left out beyond. */
const maxPages = 300;

/** Mailboxes per call of the test of records. */
const chunkSize = 100;

/** After this many 429 answers the reading is left to the next sync. */
const maxTries = 3;

const begun = z.object({ since: z.string(), emails: z.array(z.string()) }).nullable();

type State = 'read' | 'no_tests' | 'missing_scope' | 'not_in_plan' | 'not_offered' | 'failed';

/** False when the time is up. */
export async function placementStep(run: SyncRun, start: At<'placement'>): Promise<boolean> {
  const { placement } = run.context.session;
  if (placement === undefined) return true;
  let { reading } = start;
  try {
    if (reading === undefined) {
      const due = await callFunction(run.context.database, 'start_placement_reading', {
        target_connection_id: run.job.connection_id,
        is_full: run.full,
      }, begun);
      if (due === null) return true;
      await readVitals(run, placement, due.emails);
      const tests = await placement.listTests(due.since);
      reading = { since: due.since, tests, found: tests.length, part: 'mails', pages: 0, counts: {} };
    }
    if (!await readTests(run, placement, reading)) return false;
    await callFunction(run.context.database, 'record_placement_results', {
      target_connection_id: run.job.connection_id,
      since: reading.since,
      results: Object.entries(reading.counts).flatMap(([email, days]) =>
        Object.entries(days).map(([day, [inbox, promotions, spam]]) => ({
          email,
          day,
          inbox,
          promotions,
          spam,
        }))
      ),
    }, z.number());
    await finish(run, reading.found === 0 ? 'no_tests' : 'read', null, reading.found);
  } catch (error) {
    if (!(error instanceof ProviderError) || error.kind === 'unauthorized') throw error;
    if (error.kind === 'rate_limited') {
      // Without a status our own budget is used up; waiting for it is not a failed attempt.
      const tries = (start.tries ?? 0) + (error.status === undefined ? 0 : 1);
      if (tries < maxTries) {
        await run.save({ phase: 'placement', tries, ...(reading === undefined ? {} : { reading }) });
        throw error;
      }
    }
    console.error(
      JSON.stringify({
        message: 'Placement tests could not be read',
        job: run.job.id,
        error: describeError(error),
      }),
    );
    const state = stateOf(error);
    await finish(run, state, state === 'failed' ? explainProviderError(error).message : null, 0);
  } finally {
    // Skipped rows of an optional list are no matter of the sync's report.
    run.context.session.takeOddRows();
  }
  return true;
}

/** What a refusal of an optional part means. A 402 here is about the add-on: the steps before had an answer. */
function stateOf({ kind }: ProviderError): State {
  switch (kind) {
    case 'forbidden':
      return 'missing_scope';
    case 'payment_required':
    case 'plan_limit':
      return 'not_in_plan';
    case 'not_found':
      return 'not_offered';
    default:
      return 'failed';
  }
}

async function finish(run: SyncRun, state: State, error: string | null, tests: number): Promise<void> {
  await callFunction(run.context.database, 'finish_placement_reading', {
    target_connection_id: run.job.connection_id,
    new_state: state,
    new_error: error,
    tests_found: tests,
  }, z.unknown());
}

/** The test of records needs no add-on; where it is refused, the placement tests are read all the same. */
async function readVitals(run: SyncRun, placement: ProviderPlacement, emails: string[]): Promise<void> {
  for (let start = 0; start < emails.length; start += chunkSize) {
    try {
      const vitals = await placement.testVitals(emails.slice(start, start + chunkSize));
      await callFunction(run.context.database, 'record_domain_vitals', {
        target_connection_id: run.job.connection_id,
        vitals,
      }, z.number());
    } catch (error) {
      if (
        !(error instanceof ProviderError) || error.kind === 'unauthorized' || error.kind === 'rate_limited'
      ) {
        throw error;
      }
      console.error(JSON.stringify({ message: 'Records were not tested', error: describeError(error) }));
      return;
    }
  }
}

/** Reads on from where the reading is and moves it; false when the time is up. */
async function readTests(
  run: SyncRun,
  placement: ProviderPlacement,
  reading: PlacementReading,
): Promise<boolean> {
  for (let test = reading.tests[0]; test !== undefined; test = reading.tests[0]) {
    if (reading.pages >= maxPages) return true;
    if (run.job.isOutOfTime()) {
      await run.save({ phase: 'placement', reading });
      return false;
    }
    const next = reading.part === 'mails'
      ? await countMails(placement, test, reading)
      : await readReports(run, placement, test, reading);
    reading.pages += 1;
    reading.page = next;
    if (next !== undefined) continue;
    if (reading.part === 'reports') reading.tests.shift();
    reading.part = reading.part === 'mails' ? 'reports' : 'mails';
  }
  return true;
}

async function countMails(
  placement: ProviderPlacement,
  test: string,
  reading: PlacementReading,
): Promise<string | undefined> {
  const { items, next } = await placement.listMails(test, reading.since, reading.page);
  for (const { email, day, landed } of items) {
    const days = reading.counts[email] ??= {};
    const count = days[day] ??= [0, 0, 0];
    count[landed === 'inbox' ? 0 : landed === 'promotions' ? 1 : 2] += 1;
  }
  return next;
}

async function readReports(
  run: SyncRun,
  placement: ProviderPlacement,
  test: string,
  reading: PlacementReading,
): Promise<string | undefined> {
  const { items, next } = await placement.listReports(test, reading.since, reading.page);
  const reports = items.map((report) => ({
    ...report,
    listings: report.listings.map((listing) => ({
      ...listing,
      removal_url: removalUrlOf(listing.blacklist),
    })),
  }));
  await callFunction(run.context.database, 'record_domain_listings', {
    target_connection_id: run.job.connection_id,
    reports,
  }, z.number());
  return next;
}
