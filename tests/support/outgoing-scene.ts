// An agency with endpoints: a receiver, a client with a campaign, and what makes events.
import { Webhook } from 'standardwebhooks';
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { delivery } from './deliveries.ts';
import { type Client, startProject } from './project.ts';
import { type Received, startReceiver } from './receiver.ts';

export const allEvents = [
  'reply.positive',
  'meeting.booked',
  'meeting.held',
  'meeting.won',
  'reply.verdict',
  'lead.unsubscribed',
  'email.bounced',
  'approval.requested',
  'approval.answered',
  'export.finished',
  'mailbox.disconnected',
  'campaign.bounce_rate_high',
];

/** The agency's own business. */
export const agencyEvents = ['goal.behind', 'connection.unhealthy', 'domain.unhealthy'];

/** Verifies as a receiver would; throws when it is not signed with this secret. */
export const verify = (secret: string, { body, headers }: Received): unknown =>
  new Webhook(secret).verify(body, {
    'webhook-id': String(headers['webhook-id']),
    'webhook-timestamp': String(headers['webhook-timestamp']),
    'webhook-signature': String(headers['webhook-signature']),
  });

export type OutgoingScene = Awaited<ReturnType<typeof startOutgoing>>;

export async function startOutgoing() {
  const project = await startProject({
    functions: ['outgoing', 'instantly-webhook', 'provider-connection'],
    simulator: false,
    scheduler: { cron: false, netPause: 20 },
  });
  const receiver = await startReceiver();
  const tenant = await project.createTenant('Lakeside');
  const other = await project.createTenant('Harbour');
  const dedicated = await project.createConnection(tenant.clientId);
  const campaignId = await project.createCampaign(tenant.clientId, dedicated.id, { name: 'Autumn <CFOs>' });
  const providerCampaign = randomUUID();
  await project.sql('select private.map_provider_campaign($1, $2, $3)', [
    dedicated.id,
    providerCampaign,
    campaignId,
  ]);

  const call = async (body: Record<string, unknown>) => await project.invoke('outgoing', body);

  async function add(fields: Record<string, unknown> = {}): Promise<{ id: string; secret: string }> {
    const { status, body } = await call({
      action: 'add',
      client_id: null,
      name: 'CRM',
      url: `${receiver.url}/hook`,
      events: allEvents,
      ...fields,
    });
    expect(status, JSON.stringify(body)).toBe(200);
    return { id: (body as { endpoint: { id: string } }).endpoint.id, secret: String(body['secret']) };
  }

  let number = 0;
  const deliver = (type: string, fields: Record<string, unknown>) =>
    project.deliver(
      dedicated,
      delivery(type, { campaign: providerCampaign, timestamp: new Date().toISOString(), ...fields }),
    );

  /** A reply, and the label that makes it a positive one; returns who wrote. */
  async function positiveReply(fields: Record<string, unknown> = {}): Promise<string> {
    const email = `lead${++number}@fjordpak.test`;
    const lead = { lead_email: email, email, ...fields };
    await deliver('reply_received', {
      ...lead,
      reply_subject: 'Re: Books',
      reply_text: 'Yes, please call me',
    });
    await deliver('lead_interested', lead);
    await project.project();
    return email;
  }

  /** An export that ends. */
  async function endExport(): Promise<void> {
    await project.sql(
      `with job as (
         insert into private.jobs (kind, connection_id, client_id, campaign_id, status, deadline_at)
         values ('export', $1, $2, $3, 'running', now() + interval '1 hour') returning id
       ) select id from job`,
      [dedicated.id, tenant.clientId, campaignId],
    );
    await project.sql(
      `update private.jobs set status = 'completed', finished_at = now() where kind = 'export'`,
    );
  }

  /** Leads that a client is to approve, and the question; returns its id and how many people it reaches. */
  async function askApproval(operator: Client, comment?: string) {
    await project.sql(
      `insert into public.businesses (client_id, campaign_id, name, email, email_deliverability, subject_line, icebreaker)
       select $1, $2, 'Blum', 'a@blum.test', 'deliverable', 'Books', 'Nice' where not exists (select from public.businesses where campaign_id = $2)`,
      [tenant.clientId, campaignId],
    );
    const { data } = await operator.rpc('request_approval', {
      target_campaign_id: campaignId,
      ...(comment === undefined ? {} : { comment }),
    }).throwOnError();
    return data as { approval_id: string; people: number; mailed: number };
  }

  /** Problems of the mailbox, campaign, connection, client and domain, and two that no endpoint hears of. */
  async function openIncidents(): Promise<void> {
    await project.sql(
      `insert into public.email_accounts (connection_id, client_id, email, status, status_reason) values ($1, $2, 'mia@outreach.test', 'error', 'SMTP refused')`,
      [dedicated.id, tenant.clientId],
    );
    await project.sql(
      `insert into public.incidents (connection_id, client_id, kind, subject, details)
       select $1::uuid, $2::uuid, 'mailbox_disconnected', 'mailbox:' || id, 'x' from public.email_accounts where email = 'mia@outreach.test'
       union all select $1, $2, 'bounce_threshold', 'campaign:' || $3::text, 'x'
       union all select $1, $2, 'key_invalid', '', 'The provider refuses the API key'
       union all select null, $2, 'goal_behind', 'goal:' || $2::text || ':meetings', '4 of 20 meetings, on pace for 9'
       union all select null, $2, 'dmarc_broken', 'domain:outreach.test', 'Mend the record'
       union all select null, null, 'mail_refused', '', 'is for the people who run the installation'
       union all select $1, $2, 'job_failed', 'export:' || $3, 'has its own event'`,
      [dedicated.id, tenant.clientId, campaignId],
    );
  }

  const log = () => project.sql('select * from public.outgoing_log order by occurred_at, event_id');

  return {
    project,
    receiver,
    tenant,
    other,
    dedicated,
    campaignId,
    providerCampaign,
    call,
    add,
    deliver,
    positiveReply,
    endExport,
    askApproval,
    openIncidents,
    log,
    arrived: (count: number) =>
      project.eventually(
        () => Promise.resolve(receiver.received.length >= count),
        `${count} requests arrived`,
      ),
    /** Until every delivery in the log is like this. */
    logged: (expected: Record<string, unknown>) =>
      project.eventually(async () => {
        const rows = await log();
        return rows.length > 0 &&
          rows.every((row) => Object.entries(expected).every(([name, value]) => row[name] === value));
      }, `the log says ${JSON.stringify(expected)}`),
    /** Events that wait for an endpoint, written without waking the sender. */
    waiting: (endpointId: string, count: number) =>
      project.sql(
        `with event as (
           insert into private.outgoing_events (type, fact, occurred_at) select 'email.bounced', 'written ' || n, now() from generate_series(1, $2::int) as n
           returning id
         )
         insert into private.outgoing_deliveries (event_id, endpoint_id) select id, $1 from event`,
        [endpointId, count],
      ),
    /** Makes what waits due now, and calls the sender as the scheduler does. */
    async sendNow(): Promise<void> {
      await project.sql(
        `update private.outgoing_deliveries set next_attempt_at = now() where state = 'waiting'`,
      );
      expect((await call({ action: 'send' })).status).toBe(202);
    },
    async reset(): Promise<void> {
      await project.sql(
        'delete from public.outgoing_endpoints; delete from private.outgoing_events; delete from public.incidents',
      );
      receiver.received.length = 0;
      receiver.answer((response) => response.writeHead(200).end('ok'));
    },
    async stop(): Promise<void> {
      await project.stop();
      await receiver.stop();
    },
  };
}
