// Gives the seeded connections what a person would save in the settings: an API key (of a workspace at the simulator),
// a webhook secret, and the webhook itself. Safe to run at every start.
import { createHash, createHmac } from 'node:crypto';
import { sealKey } from '../../supabase/functions/_shared/sealing.ts';
import type { MasterKeys } from '../../supabase/functions/_shared/environment.ts';
import { secretHeader } from '../../supabase/functions/_shared/webhooks/receive.ts';
import type { DemoContext, DemoFacts } from '../demo-contract.ts';
import { withClient } from '../platform.ts';
import { simulatorApi } from './simulator-api.ts';

interface DemoConnection {
  id: string;
  workspace: string;
  accounts: string[];
}

const dedicated: DemoConnection = {
  id: 'd0000000-0000-4000-8000-000000000001',
  workspace: 'Lakeside workspace',
  accounts: ['mia@lakeside-mail.test', 'jon@lakeside-mail.test'],
};
const shared: DemoConnection = {
  id: 'd0000000-0000-4000-8000-000000000002',
  workspace: 'Agency workspace',
  accounts: ['hello@agency-outreach.test', 'team@agency-outreach.test'],
};

export async function prepareDemo(context: DemoContext): Promise<DemoFacts> {
  for (const connection of [dedicated, shared]) {
    const { apiKey, webhookSecret } = secretsOf(context, connection.id);
    await saveSecrets(context, connection.id, apiKey, webhookSecret);
    await registerWebhook(context, connection, apiKey, webhookSecret);
  }
  return {
    webhookUrl: webhookUrl(context, dedicated.id),
    webhookHeader: secretHeader,
    webhookSecret: secretsOf(context, dedicated.id).webhookSecret,
  };
}

function webhookUrl(context: DemoContext, connectionId: string): string {
  return `${context.stack.functionsUrl}/instantly-webhook/${connectionId}`;
}

/** Derived from the checkout's own master key: the same at every start, different in every checkout. */
function secretsOf(context: DemoContext, connectionId: string): { apiKey: string; webhookSecret: string } {
  const derive = (purpose: string) =>
    createHmac('sha256', context.stack.keys.providerKey).update(`${purpose} ${connectionId}`).digest();
  return {
    apiKey: derive('api key').toString('base64'),
    webhookSecret: derive('webhook secret').toString('base64url'),
  };
}

async function saveSecrets(
  context: DemoContext,
  connectionId: string,
  apiKey: string,
  webhookSecret: string,
): Promise<void> {
  const masterKeys: MasterKeys = { current: 'k1', keys: { k1: context.stack.keys.providerKey } };
  const sealed = await sealKey(masterKeys, connectionId, apiKey);
  await withClient(context.stack.dbUrl, async (client) => {
    await client.query(
      `insert into private.provider_keys (connection_id, sealed_key, master_key_id) values ($1, $2, $3)
       on conflict (connection_id) do update set sealed_key = excluded.sealed_key, master_key_id = excluded.master_key_id`,
      [connectionId, sealed.sealedKey, sealed.masterKeyId],
    );
    await client.query('update public.provider_connections set api_key_last4 = $2 where id = $1', [
      connectionId,
      apiKey.slice(-4),
    ]);
    await client.query(
      'insert into private.webhook_secrets (connection_id, digest) values ($1, $2) on conflict do nothing',
      [connectionId, createHash('sha256').update(webhookSecret).digest()],
    );
  });
}

async function registerWebhook(
  context: DemoContext,
  connection: DemoConnection,
  apiKey: string,
  webhookSecret: string,
): Promise<void> {
  const api = simulatorApi(context.instantlyApiUrl, apiKey);
  if (!await api.knowsKey()) {
    context.simulator.createWorkspace({
      name: connection.workspace,
      keys: [apiKey],
      accounts: connection.accounts,
      labels: [{ label: 'Send deck later', kind: 'positive' }],
    });
  }
  const wanted = {
    name: 'Replyloop',
    target_hook_url: webhookUrl(context, connection.id),
    event_type: 'all_events',
    headers: { [secretHeader]: webhookSecret },
  };
  const existing = (await api.listWebhooks()).find((webhook) => webhook.name === wanted.name);
  if (!existing) await api.createWebhook(wanted);
  else if (existing.target_hook_url !== wanted.target_hook_url) await api.changeWebhook(existing.id, wanted);
}
