// How much processor time background runs use that end by themselves because their budget of 1,500 ms is booked; the hosted platform ends
// an isolate after 2,000.
//
// Method: see project.ts; each run finds more work than it can do, in a function that was just started and again in a warm one. The time
// is the kernel's count for the thread that runs the function's JavaScript, until the run did nothing more for a second. Receivers are on
// this machine and without TLS. A sync is measured by `npm run bench -- sync`.
import { startReceiver } from '../tests/support/receiver.ts';
import { listCampaigns } from './deliveries.ts';
import { isolateSeconds, report, storeBacklog } from './flood-parts.ts';
import { type BenchProject, clientId, connectionId, startBenchProject } from './project.ts';

const functions = ['sync-client', 'outgoing', 'export-campaign', 'provider-connection'];
const runs = 3;
const limit = 2;

export async function benchProcessorTime(): Promise<void> {
  const project = await startBenchProject(functions, { limits: 'off' });
  const receiver = await startReceiver();
  try {
    await prepareMails(project);
    await prepareEvents(project, receiver.url);
    const jobId = await prepareExport(project);
    const results = [
      await measure(
        project,
        'messages, 10 kB of HTML each',
        'sync-client',
        { prepare_messages: true },
        waitingMails,
      ),
      await measure(project, 'outgoing events', 'outgoing', { action: 'send' }, waitingEvents),
      await measure(project, 'leads of an export', 'export-campaign', { job_id: jobId }, waitingLeads),
    ];
    const worst = Math.max(...results.flat());
    if (worst >= limit) {
      throw new Error(`A run used ${worst.toFixed(2)} s of processor time; the limit is ${limit}`);
    }
  } finally {
    await receiver.stop();
    await project.stop();
  }
}

/** Processor seconds of each run, which is called again when it has ended. */
async function measure(
  project: BenchProject,
  what: string,
  functionName: string,
  body: unknown,
  waiting: string,
): Promise<number[]> {
  const left = async () => (await project.database.query<{ n: number }>(waiting)).rows[0]?.n ?? 0;
  const used: number[] = [];
  const done: number[] = [];
  for (let run = 0; run < runs; run++) {
    const before = await left();
    const started = isolateSeconds(project, functionName);
    await project.call(functionName, body);
    let now = started;
    for (let last = -1; now !== last;) {
      last = now;
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      now = isolateSeconds(project, functionName);
    }
    used.push(now - started);
    done.push(before - await left());
  }
  if (await left() === 0) throw new Error(`There was too little work: ${what}`);
  report(what, `${used.map((seconds) => seconds.toFixed(2)).join(', ')} s for ${done.join(', ')}`);
  return used;
}

const waitingMails = `select count(*)::int as n from private.message_contents where prepare_at is not null`;

async function prepareMails(project: BenchProject): Promise<void> {
  await listCampaigns(project.database, connectionId);
  while (((await project.database.query<{ n: number }>(waitingMails)).rows[0]?.n ?? 0) < 8_000) {
    await storeBacklog(project, 10_000);
    for (let claimed = 1; claimed > 0;) {
      const { rows } = await project.database.query<{ n: number }>(
        `select (worker.process_webhook_events(500) ->> 'claimed')::int as n`,
      );
      claimed = rows[0]?.n ?? 0;
    }
  }
  await project.database.query('update private.message_contents set raw_html = repeat(raw_html, 12)');
}

const waitingEvents = `select count(*)::int as n from private.outgoing_deliveries where state = 'waiting'`;

async function prepareEvents({ call, database }: BenchProject, url: string): Promise<void> {
  const { endpoint } = await call('outgoing', {
    action: 'add',
    client_id: null,
    name: 'CRM',
    url: `${url}/hook`,
    events: ['reply.positive'],
  }) as { endpoint: { id: string } };
  await database.query(
    `with events as (
       insert into private.outgoing_events (type, fact, client_id, occurred_at, payload)
       select 'reply.positive', 'bench:' || n, $1, now(), jsonb_build_object('id', n, 'type', 'reply.positive', 'data', jsonb_build_object('text', repeat('Sounds good. ', 60)))
       from generate_series(1, 6000) as n
       returning id
     )
     insert into private.outgoing_deliveries (event_id, endpoint_id) select e.id, $2 from events as e`,
    [clientId, endpoint.id],
  );
}

const waitingLeads = `select count(*)::int as n from public.export_receipts where outcome = 'planned'`;

async function prepareExport({ call, database }: BenchProject): Promise<string> {
  const { rows } = await database.query<{ id: string }>(
    `insert into public.campaigns (client_id, connection_id, name, generation_status)
     values ($1, $2, 'Bench', 'completed') returning id`,
    [clientId, connectionId],
  );
  await database.query(
    `insert into public.businesses (client_id, campaign_id, name, email, email_deliverability, icebreaker, subject_line, city)
     select $1, $2, 'Business ' || n, 'owner' || n || '@business.test', 'deliverable', repeat('Nice place. ', 20), 'A question', 'Utrecht'
     from generate_series(1, 40000) as n`,
    [clientId, rows[0]?.id],
  );
  await database.query('analyze');
  const { job_id: jobId } = await call('export-campaign', { campaign_id: rows[0]?.id });
  return String(jobId);
}
