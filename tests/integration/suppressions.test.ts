import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leadsOfCampaigns } from '../support/provider-api.ts';
import { type Project, startProject, type Tenant, type TestConnection } from '../support/project.ts';

let project: Project;
let tenant: Tenant;
let other: Tenant;
let connection: TestConnection;

beforeAll(async () => {
  project = await startProject({ functions: ['export-campaign', 'import-leads'] });
  tenant = await project.createTenant('Suppressing');
  other = await project.createTenant('Other');
  connection = await project.createConnection(tenant.clientId);
});
afterAll(() => project.stop());

const business = (email: string) => ({ name: email, email, icebreaker: 'Hello', subject_line: 'Hello' });

describe('what an operator suppresses by hand', () => {
  it('is not imported and not exported: an address, a domain of the client, a domain of the agency', async () => {
    const operator = await project.signIn(await project.createUser('operator', null));
    const mine = await operator.rpc('add_suppressions', {
      entries: ['mia@shop.example', 'rival.example'],
      target_client_id: tenant.clientId,
    });
    expect(mine.data).toMatchObject({ addresses: 1, domains: 1 });
    const all = await operator.rpc('add_suppressions', { entries: ['bank.example'] });
    expect(all.data).toMatchObject({ domains: 1 });

    const campaignId = await project.createCampaign(tenant.clientId, connection.id, { name: 'By hand' });
    const addresses = ['mia@shop.example', 'ann@eu.rival.example', 'x@bank.example', 'jon@shop.example'];
    await project.addBusinesses(tenant.clientId, campaignId, addresses.map(business));
    const started = await project.invoke('export-campaign', { campaign_id: campaignId });
    expect(started.status).toBe(202);
    await project.jobEnded(String(started.body['job_id']));
    const sent = await leadsOfCampaigns(project.simulator.url, connection.apiKey, 'By hand');
    expect(sent.map((lead) => lead['email'])).toEqual(['jon@shop.example']);

    const second = await project.createCampaign(tenant.clientId, connection.id, { name: 'Imported' });
    const { body: opened } = await project.invoke('import-leads', {
      action: 'start',
      campaign_id: second,
      file_name: 'list.csv',
      list_is_verified: true,
      other_campaigns: 'allow',
      columns: [{ header: 'Email', target: 'email' }],
    });
    await project.invoke('import-leads', {
      action: 'add',
      import_id: opened['import_id'],
      chunk: 0,
      first_row: 2,
      rows: addresses.map((email) => [email]),
    });
    const rows = await project.sql<{ email: string; outcome: string }>(
      'select email, outcome from public.import_rows where import_id = $1 order by row_number',
      [opened['import_id']],
    );
    expect(rows.map(({ outcome }) => outcome)).toEqual([
      'suppressed',
      'suppressed',
      'suppressed',
      'imported',
    ]);
  });

  it('shows a client its own part, and of the agency only what covers its leads', async () => {
    const client = await project.signIn(tenant);
    const { data: list } = await client.from('suppression_list').select('entry').order('entry');
    expect(list?.map(({ entry }) => entry)).toEqual(['mia@shop.example', 'rival.example']);
    const { data: leads } = await client.rpc('list_leads', {
      target_client_id: tenant.clientId,
      target_email: 'x@bank.example',
    });
    expect(leads?.[0]).toMatchObject({ suppressed_reason: 'do_not_contact', suppressed_for_all: true });

    const stranger = await project.signIn(other);
    const none = await stranger.rpc('list_leads', { target_client_id: tenant.clientId });
    expect(none).toMatchObject({ error: null, data: [] });
    const refused = await stranger.rpc('add_suppressions', { entries: ['a@b.example'] });
    expect(refused.error?.message).toBe('FORBIDDEN');
  });

  it('stays removed when the sync reads the old unsubscribe again', async () => {
    const operator = await project.signIn(await project.createUser('operator', null));
    const { error } = await operator.rpc('remove_suppression', {
      entry: 'mia@shop.example',
      target_client_id: tenant.clientId,
      why: 'She wrote that it was a mistake',
    });
    expect(error).toBeNull();
    const [campaign] = await project.sql<{ id: string }>(
      `select id from public.campaigns where name = 'By hand'`,
    );
    const read = (unsubscribedAt: string) =>
      project.sql('select worker.record_leads($1, $2)', [
        campaign?.id,
        JSON.stringify([{
          email: 'mia@shop.example',
          provider_lead_id: 'lead-mia',
          sent_count: 1,
          open_count: 0,
          click_count: 0,
          reply_count: 0,
          unsubscribed_at: unsubscribedAt,
        }]),
      ]);
    const suppressed = () =>
      project.sql(`select reason from public.suppressions where email = 'mia@shop.example'`);
    await read(new Date(Date.now() - 86_400_000).toISOString());
    expect(await suppressed()).toEqual([]);
    await read(new Date(Date.now() + 1_000).toISOString());
    expect(await suppressed()).toEqual([{ reason: 'unsubscribed' }]);
  });
});
