// The demo, live: export with progress, simulated sending, webhooks, a sync, and each client's numbers changing.
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import type { Database } from '../../supabase/functions/_shared/platform/database.types.ts';
import type { DemoContext } from './context.ts';
import { playHubSpot } from './crm.ts';
import { withClient } from '../platform/postgres/client.ts';
import { demo } from '../shared/demo-accounts.ts';
import { dayLabel, progressBar, statsHeader, statsRow } from './output.ts';

type Client = SupabaseClient<Database>;

const campaigns = [
  { id: demo.campaignId, owner: 'client' },
  { id: 'e0000000-0000-4000-8000-000000000011', owner: 'client' },
  { id: 'e0000000-0000-4000-8000-000000000012', owner: 'client' },
  { id: 'e0000000-0000-4000-8000-000000000002', owner: 'otherClient' },
  { id: 'e0000000-0000-4000-8000-000000000013', owner: 'otherClient' },
] as const;

const providerNames = { instantly: 'Instantly', smartlead: 'Smartlead' };

/** Simulated days left for the end, slow enough to watch the numbers change; after them real time applies. */
const restDays = 3;
const hoursPerSecond = 0.1;

export async function runDemo(context: DemoContext): Promise<void> {
  const { print, signal } = context;
  const operator = await signIn(context, demo.operator);
  const people = {
    client: await signIn(context, demo.client),
    otherClient: await signIn(context, demo.otherClient),
  };

  await withClient(
    context.stack.dbUrl,
    (client) => client.query(readFileSync(join(import.meta.dirname, 'campaigns.sql'), 'utf8')),
  );
  print('');
  print('Export: verified leads are sent to the provider of each client');
  for (const campaign of campaigns) {
    if (signal.aborted) return;
    await exportCampaign(context, operator, people[campaign.owner], campaign.id);
  }
  await registerWebhooks(operator);

  print('');
  print('Both providers send mails and deliver webhooks, and each client sees its own numbers');
  print(statsHeader());
  await printStats(context, people);
  while (!signal.aborted && daysLeft(context) > restDays + 1) {
    const days = Math.min(7, Math.floor(daysLeft(context) - restDays));
    for (const simulator of [context.simulator, context.smartlead]) {
      await simulator.advance({ days });
      await simulator.deliveriesSettled();
    }
    await untilProjected(context, operator);
    await printStats(context, people);
  }

  print('');
  print("Sync: the providers' own analytics correct what webhooks may have missed");
  await syncAll(context, operator);
  print(statsHeader());
  await printStats(context, people);
  if (signal.aborted) return;
  print('');
  await playHubSpot(context);
  const minutesLeft = Math.round(daysLeft(context) * 24 / hoursPerSecond / 60);
  if (minutesLeft > 0) print(`The last days pass in the next ${minutesLeft} minutes: watch the dashboard.`);
  print('After that both providers send in real time, in the campaigns’ own hours; Ctrl-C stops everything.');
  for (const simulator of [context.simulator, context.smartlead]) simulator.run({ hoursPerSecond });
}

/** Simulated time never passes the real one. */
function daysLeft(context: DemoContext): number {
  return (Date.now() - context.simulator.simulatedNow().getTime()) / 86_400_000;
}

async function signIn(context: DemoContext, person: { email: string; password: string }): Promise<Client> {
  const client = createClient<Database>(context.stack.apiUrl, context.stack.publishableKey, {
    auth: { persistSession: false, autoRefreshToken: false },
  });
  const { error } = await client.auth.signInWithPassword(person);
  if (error) throw new Error(`${person.email} could not sign in: ${error.message}`);
  return client;
}

/** Starts the export as the operator and watches it as the client, as a dashboard would. */
async function exportCampaign(
  context: DemoContext,
  operator: Client,
  owner: Client,
  campaignId: string,
): Promise<void> {
  const { data, error } = await operator.functions.invoke<{ job_id: string }>('export-campaign', {
    body: { campaign_id: campaignId, activate: true },
  });
  if (error || !data) throw new Error(`The export could not be started: ${await explain(error)}`);

  const { data: campaign } = await owner.from('client_campaigns').select('provider')
    .eq('campaign_id', campaignId).single();
  const provider = providerNames[campaign?.provider ?? 'instantly'];
  const bar = progressBar(context.print, process.stdout);
  while (!context.signal.aborted) {
    const { data: rows } = await owner.from('client_exports').select('*').eq('export_id', data.job_id);
    const row = rows?.[0];
    if (row) {
      if (row.status === 'completed' && row.total === 0) {
        context.print(
          `  ${row.campaign_name}: every verified lead was already exported, no lead is sent twice`,
        );
        return;
      }
      bar.show(row.campaign_name ?? '', row.done ?? 0, row.total ?? 0);
      if (row.status === 'failed') throw new Error(`The export failed: ${row.error_message}`);
      if (row.status === 'completed') {
        bar.end(
          `${row.created} created at ${provider}, ${row.duplicate} duplicate, ${row.skipped} skipped, ${row.invalid} invalid`,
        );
        return;
      }
    }
    await pause(100);
  }
}

/** Smartlead has webhooks per campaign; the demo does not wait for the hourly sync to register the new one. */
async function registerWebhooks(operator: Client): Promise<void> {
  const { data } = await operator.from('provider_connections').select('id').eq('provider', 'smartlead');
  for (const { id } of data ?? []) {
    const { error } = await operator.functions.invoke('provider-connection', {
      body: { action: 'register_webhook', connection_id: id },
    });
    if (error) throw new Error(`The webhook could not be registered: ${await explain(error)}`);
  }
}

/** Starts the hourly sync by hand and waits for its jobs. */
async function syncAll(context: DemoContext, operator: Client): Promise<void> {
  const { error } = await operator.functions.invoke('sync-client', { body: {} });
  if (error) throw new Error(`The sync could not be started: ${await explain(error)}`);
  await until(context, async () => {
    const { data } = await operator.from('provider_connections').select('last_synced_at');
    return data?.every((connection) => connection.last_synced_at !== null) ?? false;
  });
}

/** Waits until everything delivered is visible: the newest event is counted and nothing more arrives. */
async function untilProjected(context: DemoContext, operator: Client): Promise<void> {
  let before = -1;
  await until(context, async () => {
    const { count } = await operator.from('email_events').select('*', { count: 'exact', head: true });
    const settled = count === before;
    before = count ?? 0;
    if (!settled) await pause(150);
    return settled;
  });
}

async function printStats(context: DemoContext, people: Record<string, Client>): Promise<void> {
  const moment = dayLabel(context.simulator.simulatedNow());
  for (const client of Object.values(people)) {
    const { data, error } = await client.from('client_overview').select('*');
    if (error) throw new Error(`A client could not read its numbers: ${error.message}`);
    for (const row of data) context.print(statsRow(moment, row));
  }
}

async function until(context: DemoContext, check: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 60_000;
  while (!context.signal.aborted && !await check()) {
    if (Date.now() > end) {
      throw new Error('The demo waited for a minute without success; see the logs in .replyloop/logs');
    }
    await pause(100);
  }
}

async function explain(error: unknown): Promise<string> {
  const response = (error as { context?: unknown } | null)?.context;
  return response instanceof Response ? await response.text() : String(error);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
