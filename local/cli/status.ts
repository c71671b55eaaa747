// `status`: what runs, for people or (`-o env`) as variables for scripts.
import process from 'node:process';
import { stateDirectory } from '../shared/checkout.ts';
import { demo } from '../shared/demo-accounts.ts';
import { Failure } from '../shared/failure.ts';
import { loadKeys } from '../shared/keys.ts';
import { withClient } from '../platform/postgres/client.ts';
import { databasePassword } from '../platform/postgres/postgres.ts';
import { accepts, answerStatus } from '../shared/ports.ts';
import { isAlive } from '../shared/process-identity.ts';
import { green, print, red } from './progress.ts';
import { leftovers, readRecord } from '../stack/running-stack.ts';
import type { StackRecord } from '../stack/running-stack.ts';

export async function status(parameters: string[]): Promise<void> {
  const asEnvironment = parameters.includes('env') &&
    parameters.some((text) => text === '-o' || text === '--output');
  if (parameters.length > 0 && !asEnvironment) {
    throw new Failure('status has only the option "-o env"');
  }
  const record = requireRunning();
  if (asEnvironment) {
    for (const [name, value] of Object.entries(await environmentOf(record))) print(`${name}="${value}"`);
    return;
  }
  const parts: [string, number][] = [
    ['API', record.ports.api],
    ['Postgres', record.ports.database],
    ['PostgREST', record.ports.postgrest],
    ['Instantly simulator', record.ports.simulator],
    ['Smartlead simulator', record.ports.smartlead],
    ['HubSpot simulator', record.ports.hubspot],
    ['Dashboard', record.ports.dashboard],
  ];
  for (const [name, port] of parts) {
    const isUp = await accepts(port);
    if (!isUp) process.exitCode = 1;
    print(`${isUp ? green('✓') : red('✗')} ${name.padEnd(22)} 127.0.0.1:${port}`);
  }
  for (const entry of record.processes.filter(({ name }) => name.startsWith('function '))) {
    const slug = entry.name.slice('function '.length);
    const answer = isAlive(entry.identity)
      ? await answerStatus(`http://127.0.0.1:${record.ports.api}/functions/v1/${slug}`)
      : undefined;
    const isUp = answer !== undefined && answer !== 503;
    if (!isUp) process.exitCode = 1;
    print(`${isUp ? green('✓') : red('✗')} ${entry.name.padEnd(22)} process ${entry.identity.pid}`);
  }
}

export async function environmentOf(record: StackRecord): Promise<Record<string, string>> {
  const keys = await loadKeys(stateDirectory);
  const api = `http://127.0.0.1:${record.ports.api}`;
  const databaseUrl = `postgresql://postgres:${databasePassword}@127.0.0.1:${record.ports.database}/postgres`;
  return {
    API_URL: api,
    DB_URL: databaseUrl,
    FUNCTIONS_URL: `${api}/functions/v1`,
    PUBLISHABLE_KEY: keys.publishableKeys.default,
    SECRET_KEY: keys.secretKeys.default,
    OUTBOX_URL: `${api}/outbox`,
    DASHBOARD_URL: `http://127.0.0.1:${record.ports.dashboard}`,
    INSTANTLY_API_URL: `http://127.0.0.1:${record.ports.simulator}`,
    SMARTLEAD_API_URL: `http://127.0.0.1:${record.ports.smartlead}`,
    HUBSPOT_API_URL: `http://127.0.0.1:${record.ports.hubspot}`,
    ...(record.empty
      ? {
        INSTANTLY_KEY: record.empty.instantlyKey,
        SMARTLEAD_KEY: record.empty.smartleadKey,
        HUBSPOT_TOKEN: record.empty.hubspotToken,
      }
      : {
        OPERATOR_EMAIL: demo.operator.email,
        OPERATOR_PASSWORD: demo.operator.password,
        CLIENT_EMAIL: demo.client.email,
        CLIENT_PASSWORD: demo.client.password,
        OTHER_CLIENT_EMAIL: demo.otherClient.email,
        OTHER_CLIENT_PASSWORD: demo.otherClient.password,
      }),
    ...(record.demo
      ? {
        INSTANTLY_WEBHOOK_URL: record.demo.webhookUrl,
        INSTANTLY_WEBHOOK_HEADER: record.demo.webhookHeader,
        INSTANTLY_WEBHOOK_SECRET: record.demo.webhookSecret,
        ...await demoCampaign(databaseUrl),
      }
      : {}),
  };
}

/** Instantly's id of the demo's first campaign; empty until it is exported. */
async function demoCampaign(databaseUrl: string): Promise<Record<string, string>> {
  const { rows } = await withClient(databaseUrl, (client) =>
    client.query<{ provider_campaign_id: string }>(
      'select provider_campaign_id from private.provider_campaigns where campaign_id = $1',
      [demo.campaignId],
    ));
  const [row] = rows;
  return row ? { INSTANTLY_CAMPAIGN_ID: row.provider_campaign_id } : {};
}

/** The record of the running stack; throws a Failure that says why there is none. */
export function requireRunning(): StackRecord {
  const record = readRecord();
  if (record && isAlive(record.supervisor)) {
    if (record.isUp) return record;
    throw new Failure('The stack of this checkout is still starting; try again in a few seconds');
  }
  if (record && leftovers(record).length > 0) {
    throw new Failure(
      'The stack of this checkout was killed and left processes behind; end them with "npm run stop"',
    );
  }
  throw new Failure('The stack of this checkout is not running; start it with "npm start"');
}
