// One person in every corner of the system, at both providers, and how to look for it there.
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { delivery } from './deliveries.ts';
import { ended, startSync } from './outage.ts';
import { type Client, type Project, startProject, type Tenant, type TestConnection } from './project.ts';
import { makeCampaign } from './provider-api.ts';
import { makeSmartleadCampaign } from './smartlead-api.ts';
import { smartleadDelivery } from './smartlead-deliveries.ts';
import { prepareMessages } from './prepare-messages.ts';

export const person = {
  email: 'zebedee.quirkmont@vexlumen-labs.test',
  first_name: 'Zebedee',
  last_name: 'Quirkmont',
  company_name: 'Vexlumen Laboratories',
};

/** What may be nowhere afterwards: the address, its parts, the name, the company. */
export const markers = ['zebedee', 'quirkmont', 'vexlumen'];

/** Somebody else at the same campaigns, of whom nothing may change. */
const neighbour = { email: 'nora.neighbour@elsewhere.test', first_name: 'Nora', company_name: 'Elsewhere' };

export interface Corner {
  tenant: Tenant;
  connection: TestConnection;
  campaignId: string;
  providerCampaignId: string;
}

export type PersonScene = Awaited<ReturnType<typeof startPersonScene>>;

export async function startPersonScene() {
  const clock = { startAt: new Date(Date.now() - 3_600_000) };
  const project = await startProject({
    functions: [
      'personal-data',
      'instantly-webhook',
      'smartlead-webhook',
      'sync-client',
      'import-leads',
      'export-campaign',
    ],
    simulator: clock,
    smartlead: clock,
  });
  const operator = await project.signIn(await project.createUser('operator', null));
  const call = (body: Record<string, unknown>, who: Client = operator) => callFunction(who, body);

  return {
    project,
    operator,
    call,
    corner: (
      name: string,
      provider: 'instantly' | 'smartlead',
      tenant?: Tenant,
      connection?: TestConnection,
    ) => openCorner(project, name, provider, tenant, connection),
    async erase(body: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
      const { status, body: answer } = await call({
        action: 'erase',
        email: person.email,
        client_id: null,
        ...body,
      });
      expect([status, answer['error']]).toEqual([202, undefined]);
      await project.jobEnded(String(answer['job_id']));
      return await project.one('select * from public.operator_erasures where erasure_id = $1', [
        answer['job_id'],
      ]);
    },
    sync: async (connection: TestConnection) => {
      await project.sql('update private.rate_budgets set blocked_until = null');
      const job = await ended(
        project,
        await startSync(project, { connection_id: connection.id, full: true }),
      );
      expect(job['status'], JSON.stringify(job['result'])).toBe('completed');
    },
  };
}

export async function callFunction(who: Client, body: Record<string, unknown>) {
  const { data, error } = await who.functions.invoke<Record<string, unknown>>('personal-data', { body });
  if (!error) return { status: 'job_id' in (data ?? {}) ? 202 : 200, body: data ?? {} };
  const response = error.context as Response;
  return { status: response.status, body: await response.json() as Record<string, unknown> };
}

async function openCorner(
  project: Project,
  name: string,
  provider: 'instantly' | 'smartlead',
  given?: Tenant,
  shared?: TestConnection,
): Promise<Corner> {
  const tenant = given ?? await project.createTenant(name);
  const connection = shared ?? await project.createConnection(tenant.clientId, undefined, provider);
  await project.sql(
    `insert into private.connection_rate_limits (connection_id, bucket, span, calls)
     values ($1, 'calls', interval '1 minute', 6000), ($1, 'calls', interval '1 second', 100) on conflict do nothing`,
    [connection.id],
  );
  const campaignId = await project.createCampaign(tenant.clientId, connection.id, { name });
  const leads = [person, neighbour].map(({ email, first_name }) => ({ email, first_name }));
  const providerCampaignId = provider === 'instantly'
    ? await makeCampaign(project.simulator.url, connection.apiKey, name, [
      { ...person, phone: '+31 6 5550 Vexlumen', custom_variables: { Hobby: 'Quirkmont bees' } },
      neighbour,
    ])
    : await makeSmartleadCampaign(project.smartlead.url, connection.apiKey, name, { leads });
  await project.sql('select private.map_provider_campaign($1, $2, $3)', [
    connection.id,
    providerCampaignId,
    campaignId,
  ]);
  return { tenant, connection, campaignId, providerCampaignId };
}

/** Sent, opened and replied, at the provider and as its webhook brings it. Returns the deliveries, to send them again. */
export async function correspond(project: Project, corner: Corner): Promise<Record<string, unknown>[]> {
  const { connection, providerCampaignId: campaign } = corner;
  const deliveries: Record<string, unknown>[] = [];
  const deliver = async (body: Record<string, unknown>) => {
    deliveries.push(body);
    expect((await project.deliver(connection, body)).status).toBe(200);
  };
  const text = 'Quirkmont here of Vexlumen. Call me, Zebedee';
  for (const { email, first_name } of [person, neighbour]) {
    const isPerson = email === person.email;
    const place = { workspaceId: connection.workspaceId, campaignId: campaign, leadEmail: email };
    const words = isPerson ? text : 'I met zebedee.quirkmont@vexlumen-labs.test, he says hi';
    if (connection.provider === 'instantly') {
      for (const type of ['email_sent', 'email_opened', 'reply_received'] as const) {
        const event = project.simulator.emit(
          { ...place, type, account: 'mia@outreach.test', text: words } as never,
        );
        await deliver(delivery(type, {
          campaign,
          campaign_id: campaign,
          lead_email: email,
          firstName: first_name,
          lastName: isPerson ? 'Quirkmont' : 'Neighbour',
          companyName: isPerson ? 'Vexlumen' : 'Elsewhere',
          website: isPerson ? 'https://vexlumen-labs.test' : 'https://elsewhere.test',
          timestamp: new Date(event?.at ?? Date.now()).toISOString(),
          ...(type === 'email_opened' ? {} : { email_id: event?.id }),
          ...(type === 'reply_received'
            ? { reply_text: words, reply_html: `<p>${words}</p>`, reply_subject: `Re: ${first_name}` }
            : {}),
        }));
      }
      continue;
    }
    const common = {
      campaign_id: Number(campaign),
      sl_lead_email: email,
      to_email: email,
      to_name: isPerson ? 'Zebedee Quirkmont' : 'Nora Neighbour',
      message_id: `<${randomUUID()}@try-lakeside.test>`,
      stats_id: randomUUID(),
    };
    project.smartlead.emit({ ...place, type: 'email_sent', account: 'mia@outreach.test' } as never);
    await deliver(smartleadDelivery('EMAIL_SENT', {
      ...common,
      sent_message: {
        message_id: common.message_id,
        text: `Dear ${first_name}`,
        html: null,
        time: new Date().toISOString(),
      },
    }));
    await deliver(smartleadDelivery('EMAIL_REPLY', {
      ...common,
      reply_message: {
        message_id: `<${randomUUID()}@${email.split('@')[1]}>`,
        text: words,
        html: `<p>${words}</p>`,
      },
      reply_body: `<p>${words}</p>`,
      leadCorrespondence: { targetLeadEmail: email },
    }));
  }
  await project.project();
  await prepareMessages(project);
  return deliveries;
}

/** Everything else that comes to be of a lead: lists, receipts, drafts, notes, events to the outside, reports, incidents … */
export async function spread(project: Project, corner: Corner, operatorId: string): Promise<void> {
  const { tenant: { clientId }, connection, campaignId } = corner;
  const started = await project.invoke('import-leads', {
    action: 'start',
    campaign_id: campaignId,
    file_name: 'list.csv',
    columns: [
      { header: 'Email', target: 'email' },
      { header: 'First name', target: 'first_name' },
      { header: 'Last name', target: 'last_name' },
      { header: 'Company', target: 'name' },
      { header: 'Hobby', target: 'variable' },
    ],
    list_is_verified: true,
  });
  const row = [person.email, 'Zebedee', 'Quirkmont', 'Vexlumen', 'Vexlumen bees'];
  const added = await project.invoke('import-leads', {
    action: 'add',
    import_id: started.body['import_id'],
    chunk: 0,
    first_row: 2,
    rows: [row, ['max@elsewhere.test', 'Max', 'Muster', 'Elsewhere', 'Chess'], row],
  });
  expect(added.status).toBe(200);
  await project.addBusinesses(clientId, campaignId, [
    {
      name: 'Vexlumen Laboratories',
      email: person.email,
      first_name: 'Zebedee',
      last_name: 'Quirkmont',
      icebreaker: 'Hi Zebedee',
      website: 'https://vexlumen-labs.test',
      custom_variables: { Boss: 'Quirkmont' },
    } as never,
    // The second person of somebody else's company, who stays.
    {
      name: 'Kept company',
      email: 'kept@company.test',
      linkedin_contact_name: 'Zebedee Quirkmont',
      linkedin_contact_email: 'Zebedee.Quirkmont@Vexlumen-Labs.test',
      linkedin_contact_email_deliverability: 'deliverable',
      custom_variables: {},
    } as never,
  ]);
  await project.sql(`select worker.request_export($1, false, null)`, [campaignId]);
  await project.sql(
    `with lead as (
       select l.*, (select m.id from public.messages as m where m.lead_id = l.id and m.direction = 'received' limit 1) as reply_id
       from public.synced_leads as l where l.campaign_id = $1 and l.email = $2
     ), answered as (
       insert into private.answers (id, reply_id, lead_id, connection_id, state, subject, body_text, is_quoted, sent_at)
       select gen_random_uuid(), reply_id, id, $3, 'sent', 'Dear Zebedee', 'Dear Quirkmont', true, now() from lead
     ), drafted as (
       insert into private.answer_drafts (reply_id, user_id, body_text) select reply_id, $4, 'Dear Zebedee' from lead
     ), noted as (
       insert into private.thread_notes (lead_id, client_id, campaign_id, body) select id, client_id, campaign_id, 'Zebedee is nice' from lead
     ), judged as (
       update public.messages as m set verdict_note = 'Quirkmont wants it' from lead where m.id = lead.reply_id
     ), endpoint as (
       insert into public.outgoing_endpoints (client_id, name, url, events)
       select client_id, 'CRM', 'https://crm.test/hook', '{reply.positive}' from lead returning id
     ), event as (
       insert into private.outgoing_events (type, fact, client_id, lead_id, occurred_at, about, payload)
       select 'reply.positive', 'test:' || id, client_id, id, now(), '{"note": "Zebedee"}', jsonb_build_object('lead', to_jsonb(lead.*)) from lead
       returning id, lead_id, client_id
     ), sent as (
       insert into private.outgoing_deliveries (event_id, endpoint_id, state, last_answer)
       select v.id, e.id, 'waiting', 'Got Zebedee' from event as v, endpoint as e
     ), crm as (
       insert into public.crm_connections (client_id, account_id, account_host, token_last4, events, pipeline_id, pipeline_name, lead_stage_id)
       select client_id, '1', 'app.hubspot.com', 'last', '{reply.positive}', 'default', 'Sales', 'new' from lead returning id
     ), record as (
       insert into public.crm_records (connection_id, lead_id, client_id, contact_id, deal_id)
       select crm.id, lead.id, lead.client_id, '77', '88' from crm, lead
     ), push as (
       insert into private.crm_pushes (connection_id, event_id, lead_id, client_id, type, state, sent, last_answer)
       select crm.id, event.id, event.lead_id, event.client_id, 'reply.positive', 'delivered', '{"firstname": "Zebedee"}', 'Vexlumen made'
       from crm, event
     ), report as (
       insert into public.client_reports (client_id, kind, from_day, to_day, snapshot, sent_at)
       select client_id, 'weekly', '2026-10-05', '2026-10-11',
         jsonb_build_object('replies', jsonb_build_array(
           jsonb_build_object('lead_id', id, 'from', 'Zebedee Quirkmont', 'excerpt', 'Call me'),
           jsonb_build_object('lead_id', gen_random_uuid(), 'from', 'Nora', 'excerpt', 'Hello')
         )), now()
       from lead returning id
     ), quoted as (
       insert into private.client_report_leads (report_id, lead_id, client_id) select report.id, lead.id, lead.client_id from report, lead
     ), link as (
       insert into private.report_links (report_id, client_id, token_digest, label, expires_at)
       select report.id, lead.client_id, sha256(convert_to(report.id::text, 'UTF8')), 'For the board', now() + interval '9 days' from report, lead
     ), mailed as (
       insert into private.client_report_mails (report_id, client_id, email) select report.id, lead.client_id, $2 from report, lead
     ), recipient as (
       insert into private.client_report_recipients (client_id, email) select client_id, $2 from lead
     ), asked as (
       insert into private.verdict_pushes (lead_id, message_id, connection_id) select id, reply_id, $3 from lead on conflict do nothing
     ), incident as (
       insert into public.incidents (client_id, kind, subject, details)
       select client_id, 'test', id::text, 'Mail to Zebedee.Quirkmont@vexlumen-labs.test failed' from lead
     ), filter as (
       insert into private.saved_filters (user_id, page, name, filter) select $4, 'leads', 'One', jsonb_build_object('search', $2::text)
       on conflict do nothing
     ), logged as (
       insert into public.audit_log (action, target_type, client_id, details)
       select 'suppressions_added', 'client', client_id, jsonb_build_object('note', 'asked by ' || $2 || ', by phone') from lead
     ), called as (
       insert into public.provider_api_calls (connection_id, client_id, called_at, method, path, duration_ms, attempt)
       select $3, client_id, now(), 'GET', '/api/v2/leads?email=zebedee.quirkmont%40vexlumen-labs.test', 1, 1 from lead
     ), outage as (
       insert into private.outage_leads (campaign_id, email, open_count, click_count, has_bounced, has_unsubscribed)
       select campaign_id, email, 0, 0, false, false from lead
     )
     insert into public.suppressions (client_id, email, reason, note) select client_id, email, 'do_not_contact', 'Zebedee called' from lead`,
    [campaignId, person.email, connection.id, operatorId],
  );
  await project.sql(
    `select private.record_meeting(l.id, 'person', 'won', now(), deal_value => 100, deal_currency => 'EUR', note => 'Lunch with Zebedee')
     from public.synced_leads as l where l.campaign_id = $1 and l.email = $2`,
    [campaignId, person.email],
  );
  // Unreadable, of an unknown campaign, and of nobody's campaign.
  await project.sql(
    `with dead as (
       insert into private.webhook_events (connection_id, event_key, payload, status, reason)
       values ($1, gen_random_uuid(), '{"who": ["Zebedee", "Zebedee.Quirkmont@vexlumen-labs.test"]}', 'dead', 'Who is Quirkmont?')
     ), held as (
       insert into private.webhook_events (connection_id, event_key, provider_campaign_id, event, payload, status)
       values ($1, gen_random_uuid(), 'unknown', jsonb_build_object('type', 'email_sent', 'email', $2::text, 'provider_campaign_ids', '["unknown"]'::jsonb),
         '{"lead_email": "zebedee.quirkmont@vexlumen-labs.test", "firstName": "Zebedee"}', 'quarantined')
     ), stray as (
       insert into private.webhook_events (connection_id, event_key, event, payload, status)
       values ($1, gen_random_uuid(), jsonb_build_object('type', 'untracked_reply', 'email', $2::text), '{"from": "Quirkmont"}', 'projected')
       returning id
     )
     insert into public.untracked_replies (id, client_id, connection_id, provider, occurred_at, email, sender_name, body_text)
     select s.id, c.client_id, c.id, c.provider, now(), $2, 'Zebedee', 'Vexlumen again' from stray as s, public.provider_connections as c where c.id = $1`,
    [connection.id, person.email],
  );
  await project.sql(
    `insert into net._http_response (id, status_code, content) values (-1, 200, '{"email": "zebedee.quirkmont@vexlumen-labs.test"}')`,
  );
}

/** A list with the person once more: its row is settled without it. */
export async function importAgain(project: Project, campaignId: string): Promise<void> {
  const { body } = await project.invoke('import-leads', {
    action: 'start',
    campaign_id: campaignId,
    file_name: 'again.csv',
    list_is_verified: true,
    columns: [{ header: 'Email', target: 'email' }, { header: 'First name', target: 'first_name' }],
  });
  await project.invoke('import-leads', {
    action: 'add',
    import_id: body['import_id'],
    chunk: 0,
    first_row: 2,
    rows: [[person.email, 'Zebedee']],
  });
  expect(
    await project.sql('select outcome, reason, email, cells from public.import_rows where import_id = $1', [
      body['import_id'],
    ]),
  )
    .toEqual([{ outcome: 'suppressed', reason: 'erased', email: null, cells: null }]);
}
