// How fast a full sync reads 100,000 leads of 20 campaigns, against what the provider's rate limit allows.
//
// Method: see project.ts; the provider enforces its documented limits (100 calls a second, 6,000 a minute) and answers at once,
// so that only our own time is measured. The sync is started, and resumed whenever it pauses. Then once more with half of that
// as the connection's limit (private.connection_rate_limits), for which the two cores have time; and in a project of its own with
// answers in 200 ms, where it counts how many campaigns are read at the same time. Processor time is the kernel's
// count: of the thread that runs the function's JavaScript, of the simulator with the benchmark, and of the machine.
import { readFileSync } from 'node:fs';
import { cpus, platform } from 'node:os';
import process from 'node:process';
import { makeCampaign, people } from '../tests/support/provider-api.ts';
import { isolateSeconds } from './flood-parts.ts';
import { apiKey, type BenchProject, connectionId, startBenchProject } from './project.ts';

const campaigns = 20;
const leadsEach = 5_000;
const documented = 100;
const lower = 50;
const latencyMs = 200;

export async function benchSync(): Promise<void> {
  await withCampaigns({}, async (project) => {
    await measure(project, documented);
    await project.database.query(
      `insert into private.connection_rate_limits (connection_id, span, calls)
       values ($1, '1 second', $2), ($1, '1 minute', 60 * $2)`,
      [connectionId, lower],
    );
    await measure(project, lower);
  });
  console.log(`\n  Answers in ${latencyMs} ms:`);
  await withCampaigns({ latencyMs }, (project) => measure(project, documented));
}

async function withCampaigns(
  simulator: Parameters<typeof startBenchProject>[1],
  run: (project: BenchProject) => Promise<void>,
): Promise<void> {
  const project = await startBenchProject(['sync-client'], simulator);
  try {
    for (let number = 0; number < campaigns; number++) {
      await makeCampaign(project.simulator.url, apiKey, `Bench ${number}`, people(leadsEach, `c${number}-`));
      // Setting up also has to stay below the limit.
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await run(project);
  } finally {
    await project.stop();
  }
}

async function measure(project: BenchProject, ceiling: number): Promise<void> {
  const { call, database, simulator } = project;
  const used: number[] = [];
  let booked = isolateSeconds(project, 'sync-client');
  const endCall = () => {
    const now = isolateSeconds(project, 'sync-client');
    used.push(now - booked);
    booked = now;
  };
  const before = simulator.requests().at(-1)?.number ?? 0;
  const busyBefore = [busySeconds(), process.cpuUsage(), isolateSeconds(project, 'sync-client')] as const;
  const started = performance.now();
  const { jobs } = await call('sync-client', { connection_id: connectionId, full: true });
  const jobId = (jobs as { job_id: string }[])[0]?.job_id;
  let job: Record<string, unknown> = {};
  do {
    await new Promise((resolve) => setTimeout(resolve, 50));
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
  const [machine, own, functions] = busyBefore;
  const ownUse = process.cpuUsage(own);
  const share = (used: number) => `${(100 * used / seconds / cpus().length).toFixed(0)} %`;
  const calls = simulator.requests({ after: before });
  const lists = calls.filter(({ path }) => path.endsWith('/leads/list')).map(({ at }) =>
    Date.parse(at) / 1000
  );
  const reading = (lists.length - 1) / ((lists.at(-1) ?? NaN) - (lists[0] ?? NaN));
  const { rows } = await database.query<{ leads: number }>(
    'select count(*)::int as leads from public.synced_leads',
  );
  console.log(
    `  ${String(job['status'])}: ${rows[0]?.leads.toLocaleString('en')} leads in ${
      seconds.toFixed(0)
    } s, ${calls.length} calls, ${(calls.length / seconds).toFixed(0)} a second = ${
      (100 * calls.length / seconds / ceiling).toFixed(0)
    } % of the limit of ${ceiling}, ${
      calls.filter(({ status }) => status === 429).length
    } answers 429; from the first list of leads to the last ${reading.toFixed(0)} a second = ${
      (100 * reading / ceiling).toFixed(0)
    } %`,
  );
  console.log(
    `  the machine is busy for ${share(busySeconds() - machine)} of its time: simulator and benchmark ${
      share((ownUse.user + ownUse.system) / 1e6)
    }, the function's JavaScript ${
      share(isolateSeconds(project, 'sync-client') - functions)
    }, the rest is Postgres and others`,
  );
  console.log(
    `  ${used.length} calls of the function, processor seconds of each: ${
      used.map((value) => value.toFixed(2)).join(', ')
    } (the platform's limit is 2)`,
  );
}

/** Processor seconds of the whole machine; NaN outside Linux. */
function busySeconds(): number {
  if (platform() !== 'linux') return NaN;
  const [user = 0, nice = 0, system = 0] = readFileSync('/proc/stat', 'utf8').split(/\s+/).slice(1, 4).map(
    Number,
  );
  return (user + nice + system) / 100;
}
