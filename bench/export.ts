// How much longer an export of 10,000 verified leads takes than the provider itself needs to answer.
//
// Method: see project.ts; every answer of the provider is delayed by 200 ms. The time is from starting the export until its job
// is completed. Then the calls that the simulator recorded are repeated by plain fetch, one after the other, against another
// workspace: the provider's time for them is the baseline.
import { type BenchProject, clientId, connectionId, startBenchProject } from './project.ts';

const leads = 10_000;
const latencyMs = 200;
const secondKey = 'baseline-key';

export async function benchExport(): Promise<void> {
  const project = await startBenchProject(['export-campaign'], { latencyMs });
  try {
    const campaignId = await prepare(project);
    const before = project.simulator.requests().at(-1)?.number ?? 0;
    const ours = await runExport(project, campaignId);
    const calls = project.simulator.requests({ after: before });
    const theirs = await repeat(project, calls);
    const refused = calls.filter((call) => call.status === 429).length;
    console.log(
      `  export of ${leads.toLocaleString('en')} leads  ${
        ours.toFixed(1)
      } s, ${calls.length} calls, ${refused} answers 429`,
    );
    console.log(
      `  the same calls alone     ${theirs.toFixed(1)} s; the export takes ${
        (ours / theirs).toFixed(2)
      } times that`,
    );
  } finally {
    await project.stop();
  }
}

async function prepare({ database }: BenchProject): Promise<string> {
  const { rows } = await database.query<{ id: string }>(
    `insert into public.campaigns (client_id, connection_id, name, generation_status)
     values ($1, $2, 'Bench', 'completed') returning id`,
    [clientId, connectionId],
  );
  const campaignId = rows[0]?.id ?? '';
  await database.query(
    `insert into public.businesses (client_id, campaign_id, name, email, email_deliverability, icebreaker, subject_line, city)
     select $1, $2, 'Business ' || n, 'owner' || n || '@business.test', 'deliverable', 'Nice place, business ' || n,
       'A question', 'Utrecht'
     from generate_series(1, ${leads}) as n`,
    [clientId, campaignId],
  );
  await database.query('analyze');
  return campaignId;
}

/** Seconds until the job is completed. */
async function runExport({ call, database }: BenchProject, campaignId: string): Promise<number> {
  const started = performance.now();
  const { job_id: jobId } = await call('export-campaign', { campaign_id: campaignId });
  for (;;) {
    const { rows } = await database.query<{ status: string; done: number }>(
      'select status, done from private.jobs where id = $1',
      [jobId],
    );
    const job = rows[0];
    if (job?.status === 'completed' && job.done === leads) return (performance.now() - started) / 1000;
    if (job?.status !== 'queued' && job?.status !== 'running') {
      throw new Error(`The export ended: ${JSON.stringify(job)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Repeats the calls with the ids of a second workspace; returns how many seconds they took. */
async function repeat(
  { simulator }: BenchProject,
  calls: ReturnType<BenchProject['simulator']['requests']>,
): Promise<number> {
  simulator.createWorkspace({ keys: [secondKey], accounts: ['mia@outreach.test', 'jon@outreach.test'] });
  const ids = new Map<string, string>();
  const translated = (text: string) =>
    [...ids].reduce((result, [ours, theirs]) => result.replaceAll(ours, theirs), text);
  const created = calls.find((call) => call.method === 'POST' && call.path.endsWith('/campaigns'));
  const firstWithId = calls.find((call) => /campaigns\/[0-9a-f-]{36}/.test(call.path))?.path;
  const ourId = /campaigns\/([0-9a-f-]{36})/.exec(firstWithId ?? '')?.[1];

  const started = performance.now();
  for (const call of calls) {
    const query = new URLSearchParams(
      Object.entries(call.query).flatMap(([name, value]) =>
        [value].flat().map((one) => [name, one] as [string, string])
      ),
    );
    const response = await fetch(
      `${simulator.url}${translated(call.path)}${query.size > 0 ? `?${query}` : ''}`,
      {
        method: call.method,
        headers: {
          authorization: `Bearer ${secondKey}`,
          'user-agent': 'bench',
          'content-type': 'application/json',
        },
        body: call.body === undefined || call.body === null ? null : translated(JSON.stringify(call.body)),
      },
    );
    const answer = await response.text();
    if (call === created && ourId) ids.set(ourId, String((JSON.parse(answer) as { id: string }).id));
  }
  return (performance.now() - started) / 1000;
}
