// Gives the seeded connections what a user would save in the settings: an API key (of a workspace at the simulators), a
// webhook secret, and at Instantly the webhook itself. Safe to run at every start.
import type { Buffer } from 'node:buffer';
import { createHash, createHmac } from 'node:crypto';
import { z } from 'zod';
import { encryptKey } from '../../supabase/functions/_shared/connections/encryption.ts';
import type { MasterKeys } from '../../supabase/functions/_shared/platform/environment.ts';
import { secretHeader } from '../../supabase/functions/_shared/events/delivery-proof.ts';
import type { DemoContext, DemoFacts } from './context.ts';
import type { PlacementTestOptions } from '../../simulators/instantly/options.ts';
import { domainInOrder, included, type Zone } from '../platform/dns/dns-server.ts';
import { setUpMail } from './mail.ts';
import { withClient } from '../platform/postgres/client.ts';

interface DemoConnection {
  id: string;
  workspace: string;
  accounts: string[];
}

/** Of yesterday: one domain arrives, the other is on a blacklist. */
const placementTests: readonly PlacementTestOptions[] = [{
  results: [
    { email: 'mia@lakeside-mail.test', inbox: 34, promotions: 4, spam: 2 },
    { email: 'jon@lakeside-mail.test', inbox: 32, promotions: 6, spam: 2 },
    { email: 'mia@try-lakeside.test', inbox: 18, promotions: 5, spam: 17 },
  ],
  blacklists: { 'try-lakeside.test': ['Spamhaus DBL', 'SURBL'] },
}];

const dedicated: DemoConnection = {
  id: 'd0000000-0000-4000-8000-000000000001',
  workspace: 'Lakeside workspace',
  accounts: ['mia@lakeside-mail.test', 'jon@lakeside-mail.test', 'mia@try-lakeside.test'],
};
/** The agency's, at Smartlead: Harbour is one of its organisations. */
const shared: DemoConnection = {
  id: 'd0000000-0000-4000-8000-000000000002',
  workspace: 'Agency workspace',
  accounts: ['hello@agency-outreach.test', 'team@agency-outreach.test', 'hello@agency-offers.test'],
};

const harbour = 'c0000000-0000-4000-8000-000000000002';
const organization = { name: 'Harbour Accounting', id: 5100 };

/** DNS of the mailboxes: one domain in order, and three as they are often found. */
export const demoZone: Zone = {
  ...included,
  ...domainInOrder('lakeside-mail.test'),
  // Bought for a campaign and forgotten: no DMARC, and the provider is not in SPF.
  ...domainInOrder('try-lakeside.test'),
  'TXT try-lakeside.test': ['v=spf1 mx ~all'],
  'TXT _dmarc.try-lakeside.test': [],
  // Watched but not enforced, as most agencies begin.
  ...domainInOrder('agency-outreach.test'),
  'TXT _dmarc.agency-outreach.test': ['v=DMARC1; p=none; rua=mailto:dmarc@agency-outreach.test'],
  // Two tools each added a record of their own, and DKIM has a selector that no one can guess.
  ...domainInOrder('agency-offers.test'),
  'TXT agency-offers.test': ['v=spf1 include:_spf.google.com ~all', 'v=spf1 ip4:192.0.2.10 -all'],
  'TXT google._domainkey.agency-offers.test': [],
};

export async function prepareDemo(context: DemoContext): Promise<DemoFacts> {
  const { apiKey, webhookSecret } = secretsOf(context, dedicated.id);
  await saveSecrets(context, dedicated.id, apiKey, webhookSecret);
  await registerWebhook(context, dedicated, apiKey, webhookSecret);
  await connectSmartlead(context);
  await setUpMail(context.stack);
  return {
    webhookUrl: webhookUrl(context, dedicated.id),
    webhookHeader: secretHeader,
    webhookSecret: secretsOf(context, dedicated.id).webhookSecret,
  };
}

function webhookUrl(context: DemoContext, connectionId: string): string {
  return `${context.stack.functionsUrl}/instantly-webhook/${connectionId}`;
}

/** Derived from the checkout's own master key: stable across starts, different in every checkout. */
export const derivedSecret = (context: DemoContext, purpose: string): Buffer =>
  createHmac('sha256', context.stack.keys.providerKey).update(purpose).digest();

function secretsOf(context: DemoContext, connectionId: string): { apiKey: string; webhookSecret: string } {
  const derive = (purpose: string) => derivedSecret(context, `${purpose} ${connectionId}`);
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
  const encrypted = await encryptKey(masterKeys, connectionId, apiKey);
  await withClient(context.stack.dbUrl, async (client) => {
    await client.query(
      `insert into private.provider_keys (connection_id, encrypted_key, master_key_id) values ($1, $2, $3)
       on conflict (connection_id) do update set encrypted_key = excluded.encrypted_key, master_key_id = excluded.master_key_id`,
      [connectionId, encrypted.encryptedKey, encrypted.masterKeyId],
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
      placementTests,
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

/**
 * The shared connection, as an operator creates it: the key is saved through the function that tests it, and the organisation
 * is assigned to its client. Its webhooks belong to campaigns, which the export creates.
 */
async function connectSmartlead(context: DemoContext): Promise<void> {
  const { apiKey } = secretsOf(context, shared.id);
  const answer = await fetch(
    `${context.smartlead.url}/api/v1/campaigns/?api_key=${encodeURIComponent(apiKey)}`,
    { headers: { 'user-agent': 'Replyloop demo' } },
  );
  if (!answer.ok) {
    context.smartlead.createWorkspace({
      name: shared.workspace,
      keys: [apiKey],
      accounts: shared.accounts,
      clients: [organization],
      labels: [{ label: 'Send deck later', kind: 'positive' }],
    });
  }
  const isSaved = await withClient(context.stack.dbUrl, async (client) => {
    await client.query(
      `insert into private.organizations (connection_id, provider_org_id, provider_org_name, client_id)
       values ($1, $2, $3, $4) on conflict do nothing`,
      [shared.id, String(organization.id), organization.name, harbour],
    );
    return (await client.query('select from private.provider_keys where connection_id = $1', [shared.id]))
      .rowCount === 1;
  });
  if (isSaved) return;
  const saved = await fetch(`${context.stack.functionsUrl}/provider-connection`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', apikey: context.stack.secretKeys.default },
    body: JSON.stringify({ action: 'save', connection_id: shared.id, api_key: apiKey }),
  });
  if (!saved.ok) {
    throw new Error(`The key of "${shared.workspace}" could not be saved: ${await saved.text()}`);
  }
}

const webhooks = z.object({
  items: z.array(z.object({ id: z.string(), name: z.string().nullable(), target_hook_url: z.string() })),
});

interface WantedWebhook {
  name: string;
  target_hook_url: string;
  event_type: string;
  headers: Record<string, string>;
}

/** The calls with which the demo sets up a workspace, as a user would in Instantly's settings. */
function simulatorApi(baseUrl: string, apiKey: string) {
  async function call(method: string, path: string, body?: unknown): Promise<Response> {
    return await fetch(`${baseUrl}/api/v2/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${apiKey}`,
        'user-agent': 'Replyloop demo',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  async function ok(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await call(method, path, body);
    if (!response.ok) throw new Error(`The simulator answered ${method} ${path} with ${response.status}`);
    return await response.json() as unknown;
  }

  return {
    knowsKey: async () => (await call('GET', 'workspaces/current')).ok,
    listWebhooks: async () => webhooks.parse(await ok('GET', 'webhooks?limit=100')).items,
    createWebhook: (wanted: WantedWebhook) => ok('POST', 'webhooks', wanted),
    changeWebhook: (id: string, wanted: WantedWebhook) => ok('PATCH', `webhooks/${id}`, wanted),
  };
}
