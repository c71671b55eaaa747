// An agency with a client and a HubSpot account, and what makes leads positive there.
import { expect } from 'vitest';
import { startHubSpotSimulator } from '../../simulators/hubspot/simulator.ts';
import { createPortal } from '../../simulators/hubspot/state.ts';
import { startProject } from './project.ts';

export const token = 'pat-eu1-0c5b9d1e-test-token';
export const portalId = 4_711;

export const settings = {
  events: ['reply.positive', 'meeting.booked', 'lead.unsubscribed'],
  pipeline_id: 'default',
  lead_stage_id: 'newreply',
  meeting_stage_id: 'appointmentscheduled',
  unsubscribed_property: 'outreach_stopped',
  mapping: {
    first_name: 'firstname',
    last_name: 'lastname',
    company: 'company',
    job_title: 'jobtitle',
    linkedin: 'hs_linkedin_url',
    reply_class: 'reply_kind',
    campaign: 'outreach_campaign',
    last_reply: 'message',
  },
  statuses: { appointmentscheduled: 'booked', closedwon: 'won', closedlost: 'lost' },
};

export type CrmScene = Awaited<ReturnType<typeof startCrm>>;

export async function startCrm() {
  const hubspot = await startHubSpotSimulator({
    portals: [{ id: portalId, tokens: [token] }],
    // A test does in a second what an account does in a day.
    limits: { perTenSeconds: 10_000, searchesPerSecond: 1_000 },
  });
  const project = await startProject({
    functions: ['crm', 'provider-connection'],
    simulator: false,
    scheduler: { cron: false, netPause: 20 },
    environment: { HUBSPOT_API_URL: hubspot.url },
  });
  const tenant = await project.createTenant('Lakeside');
  const campaignId = await project.createCampaign(tenant.clientId, null, { name: 'Autumn <CFOs>' });
  const portal = hubspot.portal(portalId);

  const call = (body: Record<string, unknown>) => project.invoke('crm', body);

  async function connect(fields: Record<string, unknown> = {}): Promise<string> {
    const { status, body } = await call({
      action: 'connect',
      client_id: null,
      token,
      ...settings,
      ...fields,
    });
    expect(status, JSON.stringify(body)).toBe(200);
    return (body as { connection: { id: string } }).connection.id;
  }

  let number = 0;
  /** A lead without a label yet. */
  async function addLead(
    fields: { email?: string; company?: string } = {},
  ): Promise<{ id: string; email: string }> {
    const email = fields.email ?? `jane${++number}@fjordpak.test`;
    const { id } = await project.one<{ id: string }>(
      `insert into public.synced_leads (client_id, campaign_id, email, first_name, last_name, company_name, job_title, payload)
       values ($1, $2, $3, 'Jane', 'Doe', $4, 'CFO', '{"linkedin_url": "https://www.linkedin.com/in/jane"}') returning id`,
      [tenant.clientId, campaignId, email, fields.company ?? 'Fjordpak'],
    );
    return { id, email };
  }

  const makePositive = (leadId: string) =>
    project.sql(
      `update public.synced_leads set interest_status_reported = 'positive', interest_changed_at_reported = now() where id = $1`,
      [leadId],
    );

  const log = () => project.sql('select * from public.crm_log order by created_at, push_id');

  return {
    hubspot,
    portal,
    project,
    tenant,
    campaignId,
    call,
    connect,
    addLead,
    makePositive,
    log,
    /** A lead that became positive, and its push, which has ended. */
    async positiveLead(
      fields: { email?: string; company?: string } = {},
    ): Promise<{ id: string; email: string }> {
      const lead = await addLead(fields);
      await makePositive(lead.id);
      await this.logged(lead.id, { state: 'delivered' });
      return lead;
    },
    /** Until the newest push of a lead is like this. */
    async logged(leadId: string, expected: Record<string, unknown>): Promise<Record<string, unknown>> {
      let last: Record<string, unknown> | undefined;
      await project.eventually(async () => {
        last = (await log()).filter((row) => row['lead_id'] === leadId).at(-1);
        return last !== undefined &&
          Object.entries(expected).every(([name, value]) => last?.[name] === value);
      }, `the push of ${leadId} is ${JSON.stringify(expected)}`).catch((error: unknown) => {
        throw new Error(`${String(error)}; it is ${JSON.stringify(last)}`);
      });
      return last ?? {};
    },
    recordOf: (leadId: string) =>
      project.one('select * from public.crm_records where lead_id = $1', [leadId]),
    meetingOf: async (leadId: string) =>
      (await project.sql('select * from public.meetings where lead_id = $1 and removed_at is null', [
        leadId,
      ]))[0],
    dealOf: (leadId: string) =>
      portal.deals.filter((deal) => deal.properties['replyloop_reference'] === leadId && !deal.archived),
    /** Makes what waits due now, and runs as the scheduler does. */
    async runNow(): Promise<void> {
      await project.sql(
        `update private.crm_pushes set next_attempt_at = now() where state = 'waiting';
         update public.crm_connections set hold_until = null`,
      );
      expect((await call({ action: 'run' })).status).toBe(202);
    },
    /** Reads all deals that changed, as the scheduler does every five minutes. */
    async readNow(): Promise<void> {
      // One that is under way may have read before what the test changed.
      await project.eventually(
        async () =>
          (await project.sql('select from private.crm_readers where lease_token is not null')).length === 0,
        'no reading of deals is under way',
      );
      const { at } = await project.one<{ at: Date }>('select clock_timestamp() as at');
      await project.sql('update private.crm_readers set next_read_at = now()');
      expect((await call({ action: 'run' })).status).toBe(202);
      await project.eventually(async () => {
        const { ended } = await project.one<{ ended: boolean }>(
          `select bool_and(coalesce(c.last_read_at > $1 or c.failing_since is not null, false) and r.lease_token is null) as ended
           from public.crm_connections as c join private.crm_readers as r on r.connection_id = c.id where c.switched_off_at is null`,
          [at],
        );
        return ended !== false;
      }, 'the deals are read');
    },
    async reset(): Promise<void> {
      await project.sql(
        `delete from public.crm_connections; delete from private.outgoing_events; delete from public.incidents;
         delete from public.synced_leads`,
      );
      Object.assign(portal, createPortal({ id: portalId, tokens: [token] }));
      hubspot.faults.clear();
    },
    async stop(): Promise<void> {
      await project.stop();
      await hubspot.stop();
    },
  };
}
