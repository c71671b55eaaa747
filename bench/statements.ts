// How long the statements take that concern many rows, as the Data API and the schedule run them: a statement of a function is ended after
// eight seconds, of a person after three, and of an operator's few long acts after 60. What is done in steps is done to its end here; the
// longest step counts.
//
// Method: see project.ts; one campaign of a shared workspace with 50,000 leads and 200,000 events (an argument takes another number), stored
// and projected as deliveries are, and one with 100,000 leads that was not exported. No limit ends a statement here.
import { createHash } from 'node:crypto';
import process from 'node:process';
import { prepareEvent } from '../supabase/functions/_shared/events/prepared-event.ts';
import { readInstantlyWebhook } from '../supabase/functions/_shared/providers/instantly/webhook-mapping.ts';
import { nextDelivery } from './deliveries.ts';
import { type BenchProject, clientId, connectionId, startBenchProject, webhookSecret } from './project.ts';

const leads = 50_000;
const exported = 100_000;
const providerCampaign = 'eeeeeeee-0000-4000-8000-000000000777';
const otherClient = 'cccccccc-0000-4000-8000-000000000777';
const limits = { function: 8, person: 3, act: 60 };

export async function benchStatements(): Promise<void> {
  const project = await startBenchProject([]);
  try {
    const { database } = project;
    await database.query(`insert into public.clients (id, name) values ($1, 'Other')`, [otherClient]);
    const held = await storeHeld(project, Number(process.argv[3] ?? 200_000));
    const campaignId = await measureMapping(project, held);
    await measureDays(project);
    await measureMove(project, campaignId);
    await measureErasure(project);
    await measureExport(project);
    await measureRemoval(project);
  } finally {
    await project.stop();
  }
  if (isOverLimit) throw new Error('A statement takes longer than its limit');
}

let isOverLimit = false;

type Row = Record<string, unknown>;

/** Runs a statement until its answer says that nothing is left, and reports the longest step. */
async function steps(
  { database }: BenchProject,
  what: string,
  limit: number,
  sql: string,
  isDone: (row: Row) => boolean = () => true,
): Promise<Row> {
  const seconds: number[] = [];
  let row: Row;
  do {
    const started = performance.now();
    row = (await database.query<Row>(sql)).rows[0] ?? {};
    seconds.push((performance.now() - started) / 1000);
  } while (!isDone(row));
  const longest = Math.max(...seconds);
  if (longest >= limit) isOverLimit = true;
  console.log(
    `  ${what.padEnd(50)}${longest.toFixed(2).padStart(7)} s of ${limit}${
      seconds.length > 1
        ? `, ${seconds.length} steps, ${seconds.reduce((sum, one) => sum + one).toFixed(1)} s in all`
        : ''
    }`,
  );
  return row;
}

/** Deliveries of a campaign without a mapping: they are held. Returns its id for the mapping. */
async function storeHeld({ database }: BenchProject, number: number): Promise<string> {
  await database.query('update public.provider_connections set client_id = null where id = $1', [
    connectionId,
  ]);
  await database.query('select private.register_provider_campaigns($1, $2, true)', [
    connectionId,
    JSON.stringify([{ provider_campaign_id: providerCampaign, name: 'Large' }]),
  ]);
  const secret_digest = createHash('sha256').update(webhookSecret).digest('hex');
  for (let done = 0; done < number; done += 500) {
    const events = Array.from({ length: 500 }, () => {
      const payload = {
        ...JSON.parse(nextDelivery(leads)) as Row,
        campaign_id: providerCampaign,
        campaign: providerCampaign,
      };
      return prepareEvent('instantly', readInstantlyWebhook, payload, JSON.stringify(payload));
    });
    await database.query('select worker.ingest_webhook_events($1)', [
      JSON.stringify([{ provider: 'instantly', connection_id: connectionId, secret_digest, events }]),
    ]);
  }
  await projectAll(database);
  const { rows } = await database.query<{ id: string }>(
    'select id from private.provider_campaigns where provider_campaign_id = $1',
    [providerCampaign],
  );
  return rows[0]?.id ?? '';
}

async function projectAll(database: BenchProject['database']): Promise<void> {
  for (let claimed = 1; claimed > 0;) {
    const { rows } = await database.query<{ n: number }>(
      `select (worker.process_webhook_events(500) ->> 'claimed')::int as n`,
    );
    claimed = rows[0]?.n ?? 0;
  }
  await database.query('analyze');
}

async function measureMapping(project: BenchProject, held: string): Promise<string> {
  const mapped = await steps(
    project,
    'map_campaign, with all of it held',
    limits.act,
    `select private.map_unmapped_campaign('${held}', '${clientId}', null) ->> 'campaign_id' as id`,
  );
  await steps(
    project,
    'its held deliveries are released',
    limits.function,
    `select private.continue_releases(clock_timestamp() + interval '1 second') as released`,
    ({ released }) => released === 0,
  );
  await projectAll(project.database);
  return String(mapped['id']);
}

async function measureDays(project: BenchProject): Promise<void> {
  await project.database.query(`update public.clients set time_zone = 'America/New_York' where id = $1`, [
    clientId,
  ]);
  await steps(
    project,
    'its days are cut in another time zone',
    limits.function,
    'select private.cut_days_again() as n',
    ({ n }) => n === 0,
  );
  await steps(
    project,
    'days of clients are added up',
    limits.function,
    'select private.sum_client_days() as n',
    ({ n }) => n === 0,
  );
  await steps(project, 'quartiles are counted', limits.function, 'select private.count_quartiles() as n');
}

async function measureMove(project: BenchProject, campaignId: string): Promise<void> {
  await steps(
    project,
    'remap_campaign',
    limits.person,
    `select private.move_campaign('${campaignId}', '${otherClient}')`,
  );
  await steps(
    project,
    'the move continues',
    limits.function,
    'select private.work_on_campaigns() as n',
    ({ n }) => n === 0,
  );
}

/** A lease of a job, as its worker has it. */
async function claim({ database }: BenchProject, jobId: unknown): Promise<string> {
  const { rows } = await database.query<{ token: string }>(
    `select worker.claim_job($1, 3600) ->> 'lease_token' as token`,
    [jobId],
  );
  return `'${String(jobId)}', '${rows[0]?.token}'`;
}

async function measureErasure(project: BenchProject): Promise<void> {
  const { id } = await steps(
    project,
    'request_erasure',
    limits.function,
    `select worker.request_erasure('person7@bench.test', null, false, null) ->> 'job_id' as id`,
  );
  const lease = await claim(project, id);
  await steps(
    project,
    'a person is erased',
    limits.function,
    `select worker.erase_person_batch(${lease}, 60) as state`,
    ({ state }) => state !== 'held',
  );
}

async function measureExport(project: BenchProject): Promise<void> {
  const { database } = project;
  const { rows } = await database.query<{ id: string }>(
    `insert into public.campaigns (client_id, connection_id, name, generation_status)
     values ($1, $2, 'Export', 'completed') returning id`,
    [clientId, connectionId],
  );
  const id = rows[0]?.id;
  await database.query(
    `insert into public.businesses (client_id, campaign_id, name, email, email_deliverability, icebreaker, subject_line, city)
     select $1, $2, 'Business ' || n, 'owner' || n || '@business.test', 'deliverable', 'Nice place', 'A question', 'Utrecht'
     from generate_series(1, ${exported}) as n`,
    [clientId, id],
  );
  await database.query('analyze');
  await steps(project, `${exported} leads are checked`, limits.act, `select worker.preview_export('${id}')`);
  await steps(
    project,
    'their export is requested',
    limits.act,
    `select worker.request_export('${id}', false, null)`,
  );
  await database.query('delete from public.export_receipts where campaign_id = $1', [id]);
  await database.query('delete from private.jobs where campaign_id = $1', [id]);
  await steps(project, 'delete_campaign', limits.person, `select private.drop_campaign('${id}')`);
  await steps(
    project,
    'the deletion continues',
    limits.function,
    'select private.work_on_campaigns() as n',
    ({ n }) => n === 0,
  );
}

async function measureRemoval(project: BenchProject): Promise<void> {
  const { id } = await steps(
    project,
    'delete_client',
    limits.person,
    `select private.request_client_removal('${otherClient}', 'Other') ->> 'job_id' as id`,
  );
  const lease = await claim(project, id);
  await steps(
    project,
    'all of the client is deleted',
    limits.function,
    `select worker.remove_client_batch(${lease}, 4000, 60) ->> 'state' as state`,
    ({ state }) => state !== 'held',
  );
}
