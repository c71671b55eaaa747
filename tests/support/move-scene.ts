// Two projects with the providers between them, and a client in one of them that has a row in everything which moves.
import { randomUUID } from 'node:crypto';
import { type ChildProcess, spawn } from 'node:child_process';
import pg from 'pg';
import type { CopyReport } from '../../local/move/copy.ts';
import { moveClient, type MoveRequest } from '../../local/move/move.ts';
import type { ProjectAccess } from '../../local/move/project.ts';
import { encryptKey } from '../../supabase/functions/_shared/connections/encryption.ts';
import { crmPurpose, endpointPurpose } from '../../supabase/functions/_shared/connections/reencrypt.ts';
import { addForOperators, addImport, addMailbox, addReply, addToLeads } from './audience.ts';
import { deliverable } from './businesses.ts';
import { delivery } from './deliveries.ts';
import { fillEveryTable } from './every-table.ts';
import { type Project, startProject, type Tenant, type TestConnection } from './project.ts';
import { addForReports } from './report-rows.ts';
import { makeSmartleadCampaign } from './smartlead-api.ts';
import { tenantDeliveries } from './tenant-deliveries.ts';
import { prepareMessages } from './prepare-messages.ts';

/** What an endpoint signs with and what opens the CRM, as the functions encrypt them. */
export const secrets = { endpoint: 'signs', previous: 'signed', crm: 'opens' };

export interface Mover extends Tenant {
  name: string;
  connection: TestConnection;
  smartlead: TestConnection;
  campaign: string;
  /** Its id at Instantly. */
  providerCampaign: string;
}

export interface MoveScene {
  source: Project;
  target: Project;
  access: { source: ProjectAccess; target: ProjectAccess };
  /** Runs the command with the lines that it prints; `during` is called as each of its steps begins. */
  run(
    request: Partial<MoveRequest> & Pick<MoveRequest, 'client'>,
    during?: (step: string) => Promise<void>,
  ): Promise<string[]>;
  /** The other way: from the target to the source. */
  runBack(request: Pick<MoveRequest, 'client'>): Promise<string[]>;
  /** The same as a process of its own, which a test can kill. */
  spawn(client: string): ChildProcess;
  stop(): Promise<void>;
}

export async function startMoveScene(): Promise<MoveScene> {
  const functions = ['instantly-webhook', 'smartlead-webhook', 'provider-connection', 'sync-client'];
  const source = await startProject({ functions: [...functions, 'remove-client'], smartlead: {} });
  const target = await startProject({
    functions,
    simulator: false,
    environment: { INSTANTLY_API_URL: source.simulator.url, SMARTLEAD_API_URL: source.smartlead.url },
  });
  const accessOf = ({ stack, masterKeys }: Project): ProjectAccess => ({
    databaseUrl: stack.dbUrl,
    masterKeys,
  });
  const access = { source: accessOf(source), target: accessOf(target) };
  const run = async (
    request: Omit<MoveRequest, 'action' | 'isDryRun'> & Partial<MoveRequest>,
    sides: MoveScene['access'],
    during?: (step: string) => Promise<void>,
  ) => {
    const lines: string[] = [];
    const report: CopyReport = {
      line: (text) => void lines.push(text),
      step: async (what, work) => {
        await during?.(what);
        const result = await work();
        lines.push(what);
        return result;
      },
    };
    await moveClient({ action: 'move', isDryRun: false, ...request }, { ...sides, report, patience: 5_000 });
    return lines;
  };
  return {
    source,
    target,
    access,
    run: (request, during) => run({ target: target.stack.apiUrl, ...request }, access, during),
    runBack: (request) =>
      run({ target: source.stack.apiUrl, ...request }, { source: access.target, target: access.source }),
    spawn: (client) =>
      spawn(process.execPath, ['local/bootstrap.mjs', 'move-client', client, target.stack.apiUrl], {
        env: {
          ...process.env,
          SOURCE_DB_URL: access.source.databaseUrl,
          TARGET_DB_URL: access.target.databaseUrl,
          SOURCE_PROVIDER_KEYS_MASTER: JSON.stringify(source.masterKeys),
          TARGET_PROVIDER_KEYS_MASTER: JSON.stringify(target.masterKeys),
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    stop: async () => {
      await target.stop();
      await source.stop();
    },
  };
}

/** Makes the next one who writes to a table wait; returns what lets it continue. */
export async function holdTable(project: Project, table: string): Promise<() => Promise<void>> {
  const holder = new pg.Client({ connectionString: project.stack.adminDbUrl });
  // When the test ends before it lets go.
  holder.on('error', () => undefined);
  await holder.connect();
  await holder.query(`begin; lock table ${table} in share mode`);
  return () => holder.end();
}

/** Gives a project a client with leads, events, messages, people and workspaces at both providers. */
export async function addMover(project: Project, at: Project, name: string): Promise<Mover> {
  const marker = `${name.toLowerCase()}${randomUUID().slice(0, 8)}`;
  const tenant = await project.createTenant(name);
  const connection = await project.createConnection(tenant.clientId, `key-${marker}`);
  const smartlead = await project.createConnection(tenant.clientId, `smart-${marker}`, 'smartlead');
  // The providers are those of one of the two projects.
  if (at !== project) {
    at.simulator.createWorkspace({ keys: [connection.apiKey], accounts: [`mia@${marker}.test`] });
    at.smartlead.createWorkspace({ keys: [smartlead.apiKey], accounts: [`mia@${marker}.test`] });
  }
  const campaign = await project.createCampaign(tenant.clientId, connection.id, { name: 'Own' });
  const providerCampaign = randomUUID();
  await project.sql('select private.map_provider_campaign($1, $2, $3)', [
    connection.id,
    providerCampaign,
    campaign,
  ]);
  const smartCampaign = await makeSmartleadCampaign(at.smartlead.url, smartlead.apiKey, 'Second');
  const second = await project.createCampaign(tenant.clientId, smartlead.id, { name: 'Second' });
  await project.listCampaigns(smartlead, smartCampaign);
  await project.sql('select private.map_provider_campaign($1, $2, $3)', [
    smartlead.id,
    String(smartCampaign),
    second,
  ]);
  for (const { id } of [connection, smartlead]) {
    const registered = await project.invoke('provider-connection', {
      action: 'register_webhook',
      connection_id: id,
    });
    if (registered.status !== 200) throw new Error(JSON.stringify(registered.body));
  }
  await project.addBusinesses(tenant.clientId, campaign, deliverable(20, marker));
  await project.deliver(
    connection,
    ['email_sent', 'email_opened', 'reply_received', 'email_bounced', 'lead_unsubscribed', 'lead_interested']
      .flatMap((type) =>
        Array.from({ length: 8 }, (_, index) =>
          delivery(type, {
            campaign: providerCampaign,
            campaign_id: providerCampaign,
            lead_email: `lead${index}@${type.replaceAll('_', '-')}.${marker}.test`,
            reply_text: 'Please call me',
          }))
      ),
  );
  const marks = { marker, raw: `raw${marker}`, campaign: String(smartCampaign) };
  await project.deliver(smartlead, tenantDeliveries.smartlead.of(marks));
  await project.project();
  await addForOperators(project, connection.id);
  await addReply(project, campaign);
  await addMailbox(project, connection.id, `mia@${marker}.test`);
  await addForReports(project, tenant.clientId, campaign);
  await addToLeads(project, tenant.clientId);
  await addImport(project, campaign, marker);
  await prepareMessages(project);
  // One that is over: what comes of it later waits.
  const over = await project.createCampaign(tenant.clientId, connection.id, { name: 'Over' });
  await project.sql('insert into private.closed_campaigns (campaign_id, client_id) values ($1, $2)', [
    over,
    tenant.clientId,
  ]);
  // As the projector announces it, where somebody listens.
  await project.sql(
    `insert into private.outgoing_events (type, fact, client_id, lead_id, occurred_at)
     select 'email.bounced', 'email.bounced:' || e.id, e.client_id, e.lead_id, e.occurred_at
     from public.email_events as e where e.client_id = $1 and e.type = 'email_bounced'`,
    [tenant.clientId],
  );
  await fillEveryTable(project.stack.adminDbUrl, tenant.clientId);
  await encryptSecrets(project, tenant.clientId);
  return { ...tenant, name, connection, smartlead, campaign, providerCampaign };
}

async function encryptSecrets(project: Project, clientId: string): Promise<void> {
  const idOf = async (table: string) =>
    (await project.one<{ id: string }>(`select id from ${table} where client_id = $1`, [clientId])).id;
  const endpoint = await idOf('public.outgoing_endpoints');
  const crm = await idOf('public.crm_connections');
  const encrypt = async (purpose: string, text: string) => {
    const { encryptedKey, masterKeyId } = await encryptKey(project.masterKeys, purpose, text);
    return [encryptedKey, masterKeyId];
  };
  await project.sql(
    `update private.outgoing_secrets set encrypted_secret = $2, master_key_id = $3, encrypted_previous = $4,
       previous_master_key_id = $5, previous_until = now() + interval '1 day' where endpoint_id = $1`,
    [
      endpoint,
      ...await encrypt(endpointPurpose(endpoint), secrets.endpoint),
      ...await encrypt(endpointPurpose(endpoint), secrets.previous),
    ],
  );
  await project.sql(
    'update private.crm_tokens set encrypted_token = $2, master_key_id = $3 where connection_id = $1',
    [crm, ...await encrypt(crmPurpose(crm), secrets.crm)],
  );
}
