// Mailboxes and their days: as the provider counts them, seen by whom they belong to.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { delivery } from '../support/deliveries.ts';
import { makeCampaign, people, providerApi } from '../support/provider-api.ts';
import { type Project, startProject, type Tenant, type TestConnection } from '../support/project.ts';

let project: Project;
let tenant: Tenant;
let connection: TestConnection;

beforeAll(async () => {
  project = await startProject({
    functions: ['sync-client', 'instantly-webhook'],
    scheduler: { cron: false },
    simulator: { startAt: new Date(Date.now() - 5 * 86_400_000) },
  });
  tenant = await project.createTenant('Mailboxes');
  connection = await project.createConnection(tenant.clientId);
});
afterAll(() => project.stop());

async function sync(of: TestConnection): Promise<Record<string, unknown>> {
  const answer = await project.invoke('sync-client', { connection_id: of.id });
  const [job] = answer.body['jobs'] as { job_id: string }[];
  return await project.jobEnded(String(job?.job_id));
}

const health = (email: string) =>
  project.one('select * from public.email_account_health where email = $1 and connection_id = $2', [
    email,
    connection.id,
  ]);

describe('email accounts', () => {
  it('come with their warm-up, equal to the provider', async () => {
    await sync(connection);
    const reported = await providerApi(project.simulator.url, connection.apiKey).post(
      'accounts/warmup-analytics',
      {
        emails: ['mia@outreach.test'],
      },
    );
    const mia = (reported['aggregate_data'] as Record<string, Record<string, number>>)['mia@outreach.test'];
    expect(mia?.['sent']).toBeGreaterThan(0);
    expect(await project.one(`select * from public.email_accounts where email = 'mia@outreach.test'`))
      .toMatchObject({
        warmup_sent: mia?.['sent'],
        warmup_landed_inbox: mia?.['landed_inbox'],
        warmup_landed_spam: mia?.['landed_spam'],
      });
    expect((await health('mia@outreach.test'))['warmup_spam_rate']).not.toBeNull();
  });

  it('come with their days, equal to the provider', async () => {
    const id = await makeCampaign(project.simulator.url, connection.apiKey, 'Mail', people(40, 'mail'));
    for (let index = 0; index < 40; index++) {
      const lead = {
        workspaceId: connection.workspaceId,
        campaignId: id,
        leadEmail: `mail${index}@sync.test`,
        account: index % 4 === 0 ? 'jon@outreach.test' : 'mia@outreach.test',
      };
      if (index === 20) await project.simulator.advance({ days: 1 });
      const at = new Date(project.simulator.simulatedNow().getTime() - 40 + index);
      project.simulator.emit({ ...lead, type: 'email_sent', at });
      if (index % 4 === 0 && index < 8) project.simulator.emit({ ...lead, type: 'email_bounced', at });
    }
    const job = await sync(connection);
    expect(job).toMatchObject({ status: 'completed' });
    expect(job['result']).toMatchObject({ accounts_imported: 0, accounts_updated: 2 });

    const reported = z.array(z.record(z.string(), z.unknown())).parse(
      await providerApi(project.simulator.url, connection.apiKey).get(
        'accounts/analytics/daily?emails=mia@outreach.test&emails=jon@outreach.test',
      ),
    );
    expect(reported.length).toBeGreaterThan(2);
    const ours = await project.sql(
      `select d.day::text as date, a.email as email_account, d.sent, d.bounced, d.contacted
       from public.email_account_days as d join public.email_accounts as a on a.id = d.account_id
       where a.connection_id = $1 order by d.day, a.email collate "C"`,
      [connection.id],
    );
    expect(ours).toEqual(
      reported.map(({ date, email_account, sent, bounced, contacted }) => ({
        date,
        email_account,
        sent,
        bounced,
        contacted,
      })),
    );
    expect(await health('jon@outreach.test')).toMatchObject({
      client_id: tenant.clientId,
      status: 'active',
      provider_kind: 'google',
      sent: '10',
      bounced: '2',
      bounce_rate: '0.2000',
      is_bouncing: true,
      enough_signal: false,
    });
    expect(await health('mia@outreach.test')).toMatchObject({ sent: '30', bounced: '0', is_bouncing: false });
    expect((await sync(connection))['result']).toMatchObject({ accounts_imported: 0, accounts_updated: 2 });
  });

  it('carry the problem that an event reported', async () => {
    const answer = await project.deliver(
      connection,
      delivery('account_error', {
        campaign: null,
        campaign_id: null,
        lead_email: null,
        email: null,
        email_account: 'mia@outreach.test',
        timestamp: new Date().toISOString(),
      }),
    );
    expect(answer.status).toBe(200);
    await project.project();
    await sync(connection);
    expect(await health('mia@outreach.test')).toMatchObject({ status: 'error' });
    expect(await health('jon@outreach.test')).toMatchObject({ status: 'active' });
  });

  it('are seen by their client and by operators, those of a shared workspace by operators only', async () => {
    const shared = await project.createConnection(null);
    await sync(shared);
    const read = async (person: { email: string; password: string }) => {
      const browser = await project.signIn(person);
      const { data } = await browser.from('email_account_health').select('connection_id');
      return new Set(data?.map((row) => row.connection_id));
    };
    expect(await read(tenant)).toEqual(new Set([connection.id]));
    expect(await read(await project.createTenant('Other'))).toEqual(new Set());
    expect(await read(await project.createUser('operator', null))).toEqual(
      new Set([connection.id, shared.id]),
    );
  });
});
