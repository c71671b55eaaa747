// Shared by the flood scenarios.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { platform } from 'node:os';
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

/** Processor seconds of a function's process so far, in hundredths; NaN outside Linux. */
export function processorSeconds(project: BenchProject, functionName: string = slug): number {
  return bookedSeconds(project, functionName, (pid) => `/proc/${pid}/stat`);
}

/** Those of the thread that runs JavaScript: what the hosted platform counts. */
export function isolateSeconds(project: BenchProject, functionName: string): number {
  return bookedSeconds(project, functionName, (pid) => `/proc/${pid}/task/${pid}/stat`);
}

function bookedSeconds(project: BenchProject, functionName: string, file: (pid: number) => string): number {
  const pid = project.stack.functions.pid(functionName);
  if (platform() !== 'linux' || pid === undefined) return NaN;
  const fields = readFileSync(file(pid), 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Peak memory of the function's process in MiB; NaN outside Linux. */
export function peakMemory(project: BenchProject): number {
  const pid = project.stack.functions.pid(slug);
  if (platform() !== 'linux' || pid === undefined) return NaN;
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}

/** Deliveries of the benchmark's connection, directly into the table, without waking the projector. */
export async function storeBacklog(project: BenchProject, number: number): Promise<void> {
  const secret_digest = createHash('sha256').update(webhookSecret).digest('hex');
  for (let done = 0; done < number; done += 500) {
    const events = Array.from({ length: 500 }, () => {
      const text = nextDelivery();
      return prepareEvent('instantly', readInstantlyWebhook, JSON.parse(text), text);
    });
    const deliveries = [{ provider: 'instantly', connection_id: connectionId, secret_digest, events }];
    await project.database.query('select worker.ingest_webhook_events($1)', [JSON.stringify(deliveries)]);
  }
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
