// How much longer an export of 10,000 verified leads takes than the provider itself needs to answer, for both providers.
//
// Method: see project.ts; every answer of a provider is delayed by 200 ms. The time is from starting the export until its job is
// completed. Then the calls that the simulator recorded are repeated by plain fetch, one after the other, against another
// workspace: the provider's time for them is the baseline.
import { startSmartleadSimulator } from '../simulators/smartlead/simulator.ts';
import { type BenchProject, clientId, connectionId, startBenchProject } from './project.ts';

const leads = 10_000;
const latencyMs = 200;
const secondKey = 'baseline-key';
const accounts = ['mia@outreach.test', 'jon@outreach.test'];

const smartlead = {
  clientId: 'cccccccc-0000-4000-8000-000000000003',
  connectionId: 'dddddddd-0000-4000-8000-000000000003',
  provider: 'smartlead',
  apiKey: 'bench-smartlead-key',
} as const;

interface Call {
  method: string;
  path: string;
  query: Record<string, string | string[]>;
  body: unknown;
  status: number | null;
}

/** A provider: where its workspace belongs, the calls that its simulator recorded, and how a call is repeated with another key. */
interface Target {
  name: string;
  clientId: string;
  connectionId: string;
  url: string;
  calls(): Call[];
  createWorkspace(): unknown;
  authorize(query: URLSearchParams): Record<string, string>;
  /** How the id of the campaign is written in a path or a body. */
  campaignId: RegExp;
  created: string;
  /** Ids of the mailboxes that belong to a key, where calls name them. */
  mailboxes?(apiKey: string): Promise<string[]>;
}

export async function benchExport(): Promise<void> {
  const smartleadSimulator = await startSmartleadSimulator({ port: 0, latencyMs, limits: 'off' });
  const project = await startBenchProject(['export-campaign'], { latencyMs }, {
    SMARTLEAD_API_URL: smartleadSimulator.url,
  });
  const { simulator } = project;
  try {
    smartleadSimulator.createWorkspace({ keys: [smartlead.apiKey], accounts });
    await project.connect(smartlead);
    // 10,000 leads are more calls than a plan of 60 a minute has, and waiting for the next minute is not what is measured.
    await project.database.query(
      `insert into private.connection_rate_limits (connection_id, span, calls)
       values ($1, '1 second', 100), ($1, '1 minute', 6000), ($1, '1 hour', 100000)`,
      [smartlead.connectionId],
    );
    await measure(project, {
      name: 'Instantly',
      clientId,
      connectionId,
      url: simulator.url,
      calls: () => simulator.requests(),
      createWorkspace: () => simulator.createWorkspace({ keys: [secondKey], accounts }),
      authorize: () => ({ authorization: `Bearer ${secondKey}` }),
      campaignId: /"campaign_id":"([0-9a-f-]{36})"/,
      created: '/campaigns',
    });
    await measure(project, {
      ...smartlead,
      name: 'Smartlead',
      url: smartleadSimulator.url,
      calls: () => smartleadSimulator.requests(),
      createWorkspace: () => smartleadSimulator.createWorkspace({ keys: [secondKey], accounts }),
      authorize: (query) => {
        query.set('api_key', secondKey);
        return {};
      },
      campaignId: /campaigns\/(\d+)/,
      created: '/campaigns/create',
      mailboxes: async (key) => {
        const answer = await fetch(
          `${smartleadSimulator.url}/api/v1/email-accounts/?offset=0&limit=100&api_key=${key}`,
        );
        return (await answer.json() as { id: number }[]).map(({ id }) => String(id));
      },
    });
  } finally {
    await project.stop();
    await smartleadSimulator.stop();
  }
}

async function measure(project: BenchProject, target: Target): Promise<void> {
  const campaignId = await prepare(project, target);
  const before = target.calls().length;
  const ours = await runExport(project, campaignId);
  const calls = target.calls().slice(before);
  const theirs = await repeat(target, calls);
  const refused = calls.filter((call) => call.status === 429).length;
  console.log(
    `  ${target.name}: export of ${leads.toLocaleString('en')} leads ${
      ours.toFixed(1)
    } s, ${calls.length} calls, ${refused} answers 429; the same calls alone ${theirs.toFixed(1)} s: ${
      (ours / theirs).toFixed(2)
    } times that`,
  );
}

async function prepare({ database }: BenchProject, target: Target): Promise<string> {
  const { rows } = await database.query<{ id: string }>(
    `insert into public.campaigns (client_id, connection_id, name, generation_status)
     values ($1, $2, 'Bench', 'completed') returning id`,
    [target.clientId, target.connectionId],
  );
  const campaignId = rows[0]?.id ?? '';
  await database.query(
    `insert into public.businesses (client_id, campaign_id, name, email, email_deliverability, icebreaker, subject_line, city)
     select $1, $2, 'Business ' || n, 'owner' || n || '@business.test', 'deliverable', 'Nice place, business ' || n,
       'A question', 'Utrecht'
     from generate_series(1, ${leads}) as n`,
    [target.clientId, campaignId],
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
async function repeat(target: Target, calls: Call[]): Promise<number> {
  target.createWorkspace();
  const ids = new Map<string, string>();
  const theirMailboxes = await target.mailboxes?.(secondKey) ?? [];
  (await target.mailboxes?.(smartlead.apiKey) ?? []).forEach((id, place) =>
    ids.set(id, theirMailboxes[place] ?? '')
  );
  const translated = (text: string) =>
    [...ids].reduce((result, [ours, theirs]) => result.replaceAll(ours, theirs), text);
  const created = calls.find((call) => call.method === 'POST' && call.path.endsWith(target.created));
  const ourId = calls.map((call) => target.campaignId.exec(`${call.path} ${JSON.stringify(call.body)}`)?.[1])
    .find((id) => id !== undefined);
  if (ourId === undefined) throw new Error('No call names the campaign');

  const started = performance.now();
  for (const call of calls) {
    const query = new URLSearchParams(
      Object.entries(call.query).flatMap(([name, value]) =>
        [value].flat().map((one) => [name, one] as [string, string])
      ),
    );
    const headers = target.authorize(query);
    const hasBody = call.body !== undefined && call.body !== null;
    const response = await fetch(
      `${target.url}${translated(call.path)}${query.size > 0 ? `?${query}` : ''}`,
      {
        method: call.method,
        headers: {
          'user-agent': 'bench',
          ...hasBody ? { 'content-type': 'application/json' } : {},
          ...headers,
        },
        body: hasBody ? translated(JSON.stringify(call.body)) : null,
      },
    );
    const answer = await response.text();
    if (!response.ok) {
      throw new Error(`${call.method} ${call.path} was answered with ${response.status}: ${answer}`);
    }
    if (call === created) ids.set(ourId, String((JSON.parse(answer) as { id: string | number }).id));
  }
  return (performance.now() - started) / 1000;
}
