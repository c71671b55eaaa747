// The examples of docs/ run and answer what they claim, and docs/security.md's promise about clients holds.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addImport, addMailbox, addMeetings, addReply } from '../support/audience.ts';
import { fences, nameOf, pages, runSnippet } from '../support/docs.ts';
import {
  type Client,
  type Project,
  startProject,
  type Tenant,
  type TestConnection,
} from '../support/project.ts';
import { addForReports } from '../support/report-rows.ts';

let project: Project;
let tenant: Tenant;
let other: Tenant;
let dedicated: TestConnection;
let shared: TestConnection;
let client: Client;
let operator: Client;
let leadId: string;
let exportId: string;
const providerCampaignId = randomUUID();

beforeAll(async () => {
  // Without the scheduler days stay as they are after a change of zone, so that there is a rebuild to read.
  project = await startProject({ functions: [], simulator: false, scheduler: { cron: false } });
  tenant = await project.createTenant('Lakeside');
  other = await project.createTenant('Harbour');
  dedicated = await project.createConnection(tenant.clientId);
  shared = await project.createConnection(null);
  await addMailbox(project, dedicated.id, 'mia@outreach.test');
  const autumn = await project.createCampaign(tenant.clientId, dedicated.id, { name: 'Autumn' });
  const pilot = await project.createCampaign(tenant.clientId, dedicated.id, { name: 'Pilot' });
  const foreign = await project.createCampaign(other.clientId, shared.id, { name: 'Foreign' });
  await totals(autumn, pilot, foreign);
  await campaignLife(tenant.clientId, autumn, dedicated.id, 230);
  await campaignLife(other.clientId, foreign, shared.id, 3);
  await addForReports(project, tenant.clientId, autumn);
  await addForReports(project, other.clientId, foreign);
  await project.sql(`update public.clients set time_zone = 'Asia/Kolkata'`);
  for (const campaign of [autumn, foreign]) await addReply(project, campaign);
  for (const { clientId } of [tenant, other]) await addMeetings(project, clientId);
  await addImport(project, autumn, 'autumn');
  await addImport(project, foreign, 'foreign');
  await project.sql(
    `select private.map_provider_campaign('${dedicated.id}', '${providerCampaignId}', '${autumn}')`,
  );
  const ids = await project.one<{ lead: string; export: string }>(
    `select l.id as lead, j.id as export from public.synced_leads as l join private.jobs as j using (campaign_id)
     where l.campaign_id = $1 and l.email = 'lead1@lead.test'`,
    [autumn],
  );
  [leadId, exportId] = [ids.lead, ids.export];
  client = await project.signIn(tenant);
  operator = await project.signIn(await project.createUser('operator', null));
});
afterAll(() => project.stop());

/** Totals as in the worked example of docs/metrics.md; the other client has a line of its own. */
async function totals(first: string, second: string, foreign: string): Promise<void> {
  await project.sql(`
    insert into public.campaign_analytics_totals (campaign_id, client_id, sent, contacted, opened, replied, bounced, synced_at)
    values ('${first}', '${tenant.clientId}', 480, 240, 120, 12, 6, now()), ('${foreign}', '${other.clientId}', 9, 9, 9, 9, 0, now());
    insert into public.campaign_activity_totals (campaign_id, client_id, sent, contacted, opened, replied, bounced)
    values ('${first}', '${tenant.clientId}', 470, 236, 123, 12, 7), ('${second}', '${tenant.clientId}', 60, 60, 15, 6, 0),
      ('${foreign}', '${other.clientId}', 9, 9, 9, 9, 0)`);
}

async function campaignLife(
  clientId: string,
  campaignId: string,
  connectionId: string,
  leads: number,
): Promise<void> {
  await project.addBusinesses(clientId, campaignId, [{ email: 'a@shop.test' }, { email: null }]);
  await project.sql(`
    insert into public.synced_leads (client_id, campaign_id, email, interest_status_reported, interest_changed_at_reported)
    select '${clientId}', '${campaignId}', 'lead' || n || '@lead.test', case when n <= 2 then 'positive'::public.interest_status end,
      case when n <= 2 then '2026-11-10T10:00:00Z'::timestamptz end
    from generate_series(1, ${leads}) as n;
    insert into public.email_events (id, occurred_at, client_id, campaign_id, lead_id, connection_id, provider, type, received_at)
    select ${leads} * 1000 + n, '2026-11-01T08:00:00Z'::timestamptz + n * interval '1 hour', l.client_id, l.campaign_id, l.id,
      '${connectionId}', 'instantly', 'email_opened', now()
    from public.synced_leads as l, generate_series(1, 12) as n
    where l.campaign_id = '${campaignId}' and l.email = 'lead1@lead.test';
    insert into public.campaign_activity (client_id, campaign_id, day, sent, contacted, opened)
    select '${clientId}', '${campaignId}', d.* from (
      values ('2026-10-30'::date, 9, 9, 9), ('2026-11-02', 50, 40, 10), ('2026-11-03', 20, 20, 4)) as d;
    insert into public.campaign_analytics (campaign_id, day, client_id, sent, contacted, synced_at)
    values ('${campaignId}', '2026-11-02', '${clientId}', 45, 45, now());
    insert into public.suppressions (client_id, email, reason) values ('${clientId}', 'gone@lead.test', 'bounced');
    insert into public.suppression_rules (client_id, entry) values ('${clientId}', 'rival.test');
    with job as (
      insert into private.jobs (kind, status, connection_id, client_id, campaign_id, done, total, started_at, deadline_at)
      values ('export', 'running', '${connectionId}', '${clientId}', '${campaignId}', 1, 1, now(), now() + interval '1 hour')
      returning id
    )
    insert into public.export_receipts (export_id, client_id, campaign_id, business_id, recipient, email, outcome, reason)
    select job.id, b.client_id, b.campaign_id, b.id, 'business', b.email,
      case when b.email is null then 'skipped' else 'created' end::public.export_outcome, case when b.email is null then 'no_email' end
    from job, public.businesses as b where b.campaign_id = '${campaignId}'`);
}

/** Runs a snippet of the API reference as the signed-in client and returns its `data`. */
const snippet = (name: string, reader: Client = client) =>
  runSnippet(name, reader, { leadId, exportId, clientId: tenant.clientId });

describe('the supabase-js examples of the API reference', () => {
  it('client_overview: one row with the numbers of the worked example, for an operator one per client', async () => {
    const rows = await snippet('client_overview');
    expect(rows).toMatchObject([
      {
        client_name: 'Lakeside',
        sent: 540,
        contacted: 300,
        replied: 18,
        positive: 2,
        reply_rate: 0.06,
        enough_signal: true,
      },
    ]);
    expect((await snippet('client_overview', operator)).length).toBe(2);
  });

  it('operator_threads, client_reply_times: who waits, for operators, and how fast a client was answered', async () => {
    const rows = await snippet('operator_threads', operator);
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({ email: 'lead1@lead.test', is_hot: true, assigned_to_name: null });
    expect(await snippet('operator_threads')).toEqual([]);
    expect(await snippet('client_reply_times')).toMatchObject([{
      client_name: 'Lakeside',
      answered: 0,
      waiting: 1,
    }]);
    expect(await snippet('reply_times', operator)).toEqual([]);
  });

  it('client_standings: how a client compares, without how many clients there are', async () => {
    expect(await snippet('client_standings')).toMatchObject([
      {
        rate: 'reply_rate',
        value: null,
        standing: null,
        median: 0.02,
        clients: null,
        shown_to_clients: true,
      },
    ]);
  });

  it('client_campaigns: the best reply rate first, and no signal below 100', async () => {
    expect(await snippet('client_campaigns')).toMatchObject([
      { name: 'Pilot', contacted: 60, reply_rate: 0.1, enough_signal: false },
      { name: 'Autumn', contacted: 240, replied: 12, reply_rate: 0.05, enough_signal: true },
    ]);
  });

  it('client_daily_stats: the days from the first of the month, in order, the greater of both', async () => {
    expect(await snippet('client_daily_stats')).toMatchObject([
      { day: '2026-11-02', sent: 50, contacted: 45, opened: 10 },
      { day: '2026-11-03', sent: 20, contacted: 20, opened: 4 },
      { day: '2026-11-10', sent: 0, positive: 2 },
    ]);
  });

  it('synced_leads: every lead once, over three pages', async () => {
    const rows = await snippet('synced_leads');
    expect(rows.length).toBe(230);
    expect(new Set(rows.map((row) => row['id'])).size).toBe(230);
  });

  it('client_imports: what came of each list', async () => {
    expect(await snippet('client_imports')).toMatchObject([
      {
        file_name: 'autumn.csv',
        status: 'completed',
        done_rows: 1,
        imported: 1,
        not_imported: 0,
        counts: { imported: 1 },
      },
    ]);
  });

  it('client_exports and export_receipts: progress, and who was not created and why', async () => {
    expect(await snippet('client_exports')).toMatchObject([
      {
        export_id: exportId,
        campaign_name: 'Autumn',
        status: 'running',
        done: 1,
        total: 1,
        created: 1,
        skipped: 1,
      },
    ]);
    expect(await snippet('export_receipts')).toEqual([
      { email: null, recipient: 'business', outcome: 'skipped', reason: 'no_email' },
    ]);
  });

  it('client_webhooks: the own connection, an operator also the shared one', async () => {
    expect(await snippet('client_webhooks')).toMatchObject([{
      connection_id: dedicated.id,
      off_since: null,
    }]);
    const ids = (await snippet('client_webhooks', operator)).map((row) => row['connection_id']);
    expect(ids.sort()).toEqual([dedicated.id, shared.id].sort());
  });

  it('email_events: the latest ten of a lead', async () => {
    const times = (await snippet('email_events')).map((row) => String(row['occurred_at']));
    expect(times.length).toBe(10);
    expect(times).toEqual([...times].sort().reverse());
  });
});

describe('docs/metrics.md', () => {
  it('states the rates of its worked example as the views compute them', async () => {
    const { data } = await client.from('client_overview').select('opened, bounced, open_rate, bounce_rate')
      .single();
    expect(data).toEqual({ opened: 138, bounced: 7, open_rate: 0.46, bounce_rate: 0.013 });
    const { data: campaign } = await client.from('client_campaigns').select(
      'sent, opened, open_rate, bounce_rate',
    ).eq('name', 'Autumn')
      .single();
    expect(campaign).toEqual({ sent: 480, opened: 123, open_rate: 0.5125, bounce_rate: 0.0146 });
  });
});

describe('docs/security.md: a client', () => {
  it('cannot impersonate anybody', async () => {
    const { error } = await client.from('members').update({ role: 'operator', client_id: null }).neq(
      'role',
      'operator',
    );
    expect(error?.code).toBe('42501');
    await client.auth.updateUser({ data: { user_role: 'operator', client_id: other.clientId } }).catch(() =>
      undefined
    );
    await client.auth.refreshSession();
    const { data } = await client.from('clients').select('id');
    expect(data).toEqual([{ id: tenant.clientId }]);
  });
});

describe('the SQL of the pages', () => {
  it('runs as written, with its blanks filled in', async () => {
    const person = await project.createUser(null, null);
    const held = randomUUID();
    await project.sql(
      `insert into private.webhook_events (connection_id, event_key, provider_campaign_id, event, payload, status)
       values ($1, $2::text::uuid, $2, '{}', '{}', 'quarantined'), ($1, $3, null, '{}', '{}', 'dead')`,
      [shared.id, held, randomUUID()],
    );
    const dead = await project.one<{ id: string }>(
      `select id from private.webhook_events where status = 'dead'`,
    );
    const blanks: Record<string, string> = {
      'client name': 'New client',
      'client id': tenant.clientId,
      'email': person.email,
      'workspace name': 'Workspace',
      'campaign name': 'Mapped',
      'connection id': dedicated.id,
      'shared connection id': shared.id,
      'provider campaign id': held,
      'event id': dead.id,
      'new value': 'sb_secret_new',
      'alert address': 'https://alerts.test/hook',
    };
    // What has a name is run by the test that knows what it answers.
    const statements = pages.flatMap((page) => fences(page)).filter((fence) =>
      fence.language === 'sql' && nameOf(fence, 'snippet') === undefined
    );
    expect(statements.length).toBeGreaterThan(20);
    for (const { page, line, code } of statements) {
      const filled = code.replace(/<([a-z ]+)>/g, (_, name: string) => {
        const value = blanks[name];
        if (value === undefined) {
          throw new Error(`${page}:${line} has the blank <${name}>, which nothing fills`);
        }
        return value;
      });
      try {
        await project.sql(filled);
      } catch (error) {
        throw new Error(`The SQL of ${page}:${line} fails:\n${filled}`, { cause: error });
      }
    }
    const members = await project.sql(
      `select m.role, m.client_id from public.members as m join auth.users as u on u.id = m.user_id where u.email = $1`,
      [person.email],
    );
    expect(members).toEqual([{ role: 'client', client_id: tenant.clientId }]);
    const released = await project.sql(`select status from private.webhook_events where connection_id = $1`, [
      shared.id,
    ]);
    expect(released).toEqual([{ status: 'pending' }, { status: 'pending' }]);
  });
});
