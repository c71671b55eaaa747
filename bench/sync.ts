// How fast a full sync reads 100,000 leads of 20 campaigns, against what the provider's rate limit allows.
//
// Method: see project.ts; the provider enforces its documented limits (100 calls a second, 6,000 a minute) and answers at once,
// so that only our own time is measured. The sync is started, and resumed whenever it pauses. The ceiling is 100 calls a
// second. Processor time is the kernel's count for the thread that runs the function's JavaScript.
import { makeCampaign, people } from '../tests/support/provider-api.ts';
import { isolateSeconds } from './flood-parts.ts';
import { apiKey, type BenchProject, connectionId, startBenchProject } from './project.ts';

const campaigns = 20;
const leadsEach = 5_000;
const ceiling = 100;

export async function benchSync(): Promise<void> {
  const project = await startBenchProject(['sync-client']);
  try {
    for (let number = 0; number < campaigns; number++) {
      await makeCampaign(project.simulator.url, apiKey, `Bench ${number}`, people(leadsEach, `c${number}-`));
      // Setting up also has to stay below the limit.
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await measure(project);
  } finally {
    await project.stop();
  }
}

async function measure(project: BenchProject): Promise<void> {
  const { call, database, simulator } = project;
  const used: number[] = [];
  let booked = isolateSeconds(project, 'sync-client');
  const endCall = () => {
    const now = isolateSeconds(project, 'sync-client');
    used.push(now - booked);
    booked = now;
  };
  const before = simulator.requests().at(-1)?.number ?? 0;
  const started = performance.now();
  const { jobs } = await call('sync-client', { connection_id: connectionId, full: true });
  const jobId = (jobs as { job_id: string }[])[0]?.job_id;
  let job: Record<string, unknown> = {};
  do {
    await new Promise((resolve) => setTimeout(resolve, 250));
    const { rows } = await database.query<Record<string, unknown>>(
      `select status, result, lease_token is null and next_attempt_at <= now() as is_due from private.jobs where id = $1`,
      [jobId],
    );
    job = rows[0] ?? {};
    if (job['is_due'] !== true || job['status'] === 'completed') continue;
    endCall();
    await call('sync-client', { job_id: jobId });
  } while (job['status'] === 'queued' || job['status'] === 'running');
  const seconds = (performance.now() - started) / 1000;
  endCall();
  const calls = simulator.requests({ after: before });
  const { rows } = await database.query<{ leads: number }>(
    'select count(*)::int as leads from public.synced_leads',
  );
  console.log(
    `  ${String(job['status'])}: ${rows[0]?.leads.toLocaleString('en')} leads in ${
      seconds.toFixed(0)
    } s, ${calls.length} calls, ${(calls.length / seconds).toFixed(0)} a second = ${
      (100 * calls.length / seconds / ceiling).toFixed(0)
    } % of the limit, ${calls.filter(({ status }) => status === 429).length} answers 429`,
  );
  console.log(
    `  ${used.length} calls of the function, processor seconds of each: ${
      used.map((value) => value.toFixed(2)).join(', ')
    } (the platform's limit is 2)`,
  );
}
