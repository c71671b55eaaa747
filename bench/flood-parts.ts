// Shared by the flood scenarios.
import { createHash } from 'node:crypto';
import pg from 'pg';
import { peakMemory as peakMemoryOf, processorSeconds as secondsOf } from '../local/shared/process-usage.ts';
import { prepareEvent } from '../supabase/functions/_shared/events/prepared-event.ts';
import { readInstantlyWebhook } from '../supabase/functions/_shared/providers/instantly/webhook-mapping.ts';
import { nextDelivery } from './deliveries.ts';
import { type LoadOptions, type LoadResult, runLoad } from './load.ts';
import { type BenchProject, connectionId, webhookSecret } from './project.ts';

const slug = 'instantly-webhook';

/** Load on the webhook function, by default with the right secret. */
export function loadWebhook(
  project: BenchProject,
  options: Pick<LoadOptions, 'connections' | 'seconds'> & Partial<LoadOptions>,
): Promise<LoadResult> {
  return runLoad({
    url: `${project.stack.functions.url(slug)}/${slug}/${connectionId}`,
    headers: { 'x-webhook-secret': webhookSecret },
    ...options,
  });
}

/** Processor seconds of a function's process so far. */
export function processorSeconds(project: BenchProject, functionName: string = slug): number {
  return secondsOf(project.stack.functions.pid(functionName));
}

/** Those of the thread that runs JavaScript: what the hosted platform counts. */
export function isolateSeconds(project: BenchProject, functionName: string): number {
  const pid = project.stack.functions.pid(functionName);
  return secondsOf(pid, pid);
}

/** Peak memory of the function's process in MiB; NaN outside Linux. */
export function peakMemory(project: BenchProject): number {
  return peakMemoryOf(project.stack.functions.pid(slug));
}

const groupSize = 500;

/** Deliveries of the benchmark's connection as the receiver hands them to the database. */
function makeGroup(): string {
  const events = Array.from({ length: groupSize }, () => {
    const text = nextDelivery();
    return prepareEvent('instantly', readInstantlyWebhook, JSON.parse(text), text);
  });
  const secret_digest = createHash('sha256').update(webhookSecret).digest('hex');
  return JSON.stringify([{ provider: 'instantly', connection_id: connectionId, secret_digest, events }]);
}

/** That many deliveries, without a receiver and without waking the projector. */
export async function storeBacklog(project: BenchProject, number: number): Promise<void> {
  for (let done = 0; done < number; done += groupSize) {
    await project.database.query('select worker.ingest_webhook_events($1)', [makeGroup()]);
  }
}

/**
 * Makes deliveries for some seconds; the function returned stores them at that rate over four connections, as several
 * instances of the receiver would that have processors of their own, and tells the rate that was reached.
 */
export async function prepareArrivals(
  project: BenchProject,
  { perSecond, seconds }: { perSecond: number; seconds: number },
): Promise<() => Promise<number>> {
  const groups = Array.from({ length: perSecond * seconds / groupSize }, makeGroup);
  const pool = new pg.Pool({ connectionString: project.stack.adminDbUrl, max: 4 });
  // One after the other, so that all are connected before the clock starts.
  await Promise.all([1, 2, 3, 4].map(() => pool.query('select pg_sleep(0.1)')));
  return async () => {
    const started = performance.now();
    let next = 0;
    await Promise.all(Array.from({ length: 4 }, async () => {
      for (let group = groups[next]; group !== undefined; group = groups[next]) {
        const due = started + 1000 * groupSize * next++ / perSecond;
        const early = due - performance.now();
        if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
        await pool.query('select worker.ingest_webhook_events($1)', [group]);
      }
    }));
    const rate = 1000 * groupSize * groups.length / (performance.now() - started);
    await pool.end();
    return rate;
  };
}

export async function waitingEvents(project: BenchProject, upTo = Number.MAX_SAFE_INTEGER): Promise<number> {
  const { rows } = await project.database.query<{ n: number }>(
    `select count(*)::int as n from private.webhook_events where status = 'pending' and id <= $1`,
    [upTo],
  );
  return rows[0]?.n ?? 0;
}

export const latencies = (load: LoadResult) =>
  `p50 ${load.p50.toFixed(0)} ms, p99 ${load.p99.toFixed(0)} ms, ${load.failures} of ${load.requests} failed`;

export function report(what: string, measured: string, goal = ''): void {
  console.log(`  ${what.padEnd(62)}${measured}${goal && `   (goal: ${goal})`}`);
}
