// How long the statements take that concern many rows at once, as the Data API runs them: it ends a statement of a function after eight
// seconds, of a person after three, and of an operator's few long acts after 60.
//
// Method: see project.ts; one campaign of a shared workspace with 50,000 leads and 200,000 events (a first argument takes another number),
// stored and projected as deliveries are. Each statement runs once, as the superuser, without a limit.
import process from 'node:process';
import { createHash } from 'node:crypto';
import { prepareEvent } from '../supabase/functions/_shared/events/prepared-event.ts';
import { readInstantlyWebhook } from '../supabase/functions/_shared/providers/instantly/webhook-mapping.ts';
import { nextDelivery } from './deliveries.ts';
import { type BenchProject, clientId, connectionId, startBenchProject, webhookSecret } from './project.ts';

const leads = 50_000;
const providerCampaign = 'eeeeeeee-0000-4000-8000-000000000777';
const otherClient = 'cccccccc-0000-4000-8000-000000000777';

export async function benchStatements(): Promise<void> {
  const events = Number(process.argv[3] ?? 200_000);
  const project = await startBenchProject([]);
  try {
    const { database } = project;
    await database.query(`insert into public.clients (id, name) values ($1, 'Other')`, [otherClient]);
    await storeUnmapped(project, events);
    const campaignId = await measureMapping(project);
    await timed(
      project,
      'a time zone is changed: first step of cutting days',
      `update public.clients set time_zone = 'America/New_York' where id = '${clientId}'; select private.cut_days_again(1, 20000)`,
    );
    await timed(project, 'remap_campaign', `select private.move_campaign('${campaignId}', '${otherClient}')`);
    await measureExport(project);
  } finally {
    await project.stop();
  }
}

async function timed(
  { database }: BenchProject,
  what: string,
  sql: string,
): Promise<Record<string, unknown>> {
  const started = performance.now();
  const result = await database.query<Record<string, unknown>>(sql);
  const seconds = (performance.now() - started) / 1000;
  const { rows } = Array.isArray(result) ? result.at(-1) : result;
  console.log(
    `  ${what.padEnd(56)}${seconds.toFixed(2).padStart(8)} s  ${JSON.stringify(rows[0] ?? {}).slice(0, 400)}`,
  );
  return rows[0] ?? {};
}

/** Deliveries of a campaign without a mapping: they are held. */
async function storeUnmapped({ database }: BenchProject, number: number): Promise<void> {
  await database.query('update public.provider_connections set client_id = null where id = $1', [
    connectionId,
  ]);
  await database.query('select private.register_provider_campaigns($1, $2, true)', [
    connectionId,
    JSON.stringify([{ provider_campaign_id: providerCampaign, name: 'Large' }]),
  ]);
  const secret_digest = createHash('sha256').update(webhookSecret).digest('hex');
  for (let done = 0; done < number; done += 500) {
    const group = Array.from({ length: 500 }, () => {
      const payload = {
        ...JSON.parse(nextDelivery(leads)) as object,
        campaign_id: providerCampaign,
        campaign: providerCampaign,
      };
      return prepareEvent('instantly', readInstantlyWebhook, payload, JSON.stringify(payload));
    });
    await database.query('select worker.ingest_webhook_events($1)', [
      JSON.stringify([{ provider: 'instantly', connection_id: connectionId, secret_digest, events: group }]),
    ]);
  }
  await projectAll(database, 'quarantined');
  await database.query('analyze');
}

async function projectAll(database: BenchProject['database'], what: string): Promise<void> {
  const started = performance.now();
  for (let claimed = 1; claimed > 0;) {
    const { rows } = await database.query<{ n: number }>(
      `select (worker.process_webhook_events(500) ->> 'claimed')::int as n`,
    );
    claimed = rows[0]?.n ?? 0;
  }
  console.log(`  all ${what} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

async function measureMapping(project: BenchProject): Promise<string> {
  const { database } = project;
  const { rows } = await database.query<{ id: string }>(
    'select id from private.provider_campaigns where provider_campaign_id = $1',
    [providerCampaign],
  );
  const mapped = await timed(
    project,
    'map_campaign, all of it held',
    `select private.map_unmapped_campaign('${rows[0]?.id}', '${clientId}', null) as answer`,
  );
  await projectAll(database, 'projected');
  await database.query('analyze');
  return (mapped['answer'] as { campaign_id: string }).campaign_id;
}

async function measureExport(project: BenchProject): Promise<void> {
  const { database } = project;
  const { rows } = await database.query<{ id: string }>(
    `insert into public.campaigns (client_id, connection_id, name, generation_status) values ($1, $2, 'Export', 'completed') returning id`,
    [clientId, connectionId],
  );
  const id = rows[0]?.id;
  await timed(
    project,
    '100,000 leads inserted',
    `insert into public.businesses (client_id, campaign_id, name, email, email_deliverability, icebreaker, subject_line, city)
     select '${clientId}', '${id}', 'Business ' || n, 'owner' || n || '@business.test', 'deliverable', 'Nice place', 'A question', 'Utrecht'
     from generate_series(1, 100000) as n`,
  );
  await database.query('analyze');
  await timed(project, 'preview_export of 100,000', `select worker.preview_export('${id}')`);
  await timed(project, 'request_export of 100,000', `select worker.request_export('${id}', false, null)`);
  await database.query('delete from public.export_receipts where campaign_id = $1', [id]);
  await database.query('delete from private.jobs where campaign_id = $1', [id]);
  await timed(project, 'delete_campaign of 100,000', `select private.drop_campaign('${id}')`);
}
