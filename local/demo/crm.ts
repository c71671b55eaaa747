// HubSpot in the demo: the agency's account is connected, its newest positive replies are there, and sales moved some of the deals.
import type { DemoContext } from './context.ts';
import type { Client } from 'pg';
import { derivedSecret } from './prepare.ts';
import { withClient } from '../platform/postgres/client.ts';

/** Its portal at the simulator, which an empty start has too. */
const portalId = 24_680_135;

const settings = {
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
    website: 'website',
    reply_class: 'reply_kind',
    campaign: 'outreach_campaign',
    last_reply: 'message',
  },
  statuses: { appointmentscheduled: 'booked', closedwon: 'won', closedlost: 'lost' },
};

/** How many leads are pushed by hand: what became positive longer ago than three days is no news, and is not pushed. */
const pushed = 14;

/** What sales did with the oldest of them. */
const moves: readonly Record<string, string>[] = [
  { dealstage: 'closedwon', amount: '4800' },
  { dealstage: 'closedwon', amount: '2400' },
  { dealstage: 'closedlost' },
  { dealstage: 'contractsent', amount: '3600' },
  { dealstage: 'appointmentscheduled', amount: '1900' },
  { dealstage: 'appointmentscheduled' },
  { dealstage: 'qualifiedtobuy' },
];

/** The token of the simulated account; safe to call at every start. */
export function prepareHubSpot(context: DemoContext): string {
  const token = `pat-eu1-${derivedSecret(context, 'hubspot token').toString('hex').slice(0, 32)}`;
  if (!context.hubspot.portals().some(({ id }) => id === portalId)) {
    context.hubspot.createPortal({ id: portalId, tokens: [token] });
  }
  return token;
}

/** Once: later starts find the connection and leave what people made of it. */
export async function playHubSpot(context: DemoContext): Promise<void> {
  const token = prepareHubSpot(context);
  const { stack, hubspot, print } = context;
  await withClient(stack.dbUrl, async (client) => {
    const { rowCount } = await client.query('select from public.crm_connections');
    if (rowCount !== 0) return;
    await callCrm(context, { action: 'connect', client_id: null, token, ...settings });
    const { rows } = await client.query<{ id: string }>(
      `select l.id from public.synced_leads as l
       where l.interest_status = 'positive' and l.removed_at is null
       order by l.interest_changed_at desc nulls last, l.id limit $1`,
      [pushed],
    );
    for (const { id } of rows.toReversed()) await callCrm(context, { action: 'push', lead_id: id });
    await untilPushed(client, context);
    const { deals } = hubspot.portal(portalId);
    moves.forEach((properties, index) => {
      const deal = deals[index];
      if (deal) hubspot.change('deals', portalId, deal.id, properties);
    });
    // As five minutes later.
    await client.query('update private.crm_readers set next_read_at = now()');
    print(`HubSpot: ${deals.length} contacts and deals are at ${hubspot.url}, where you can move a deal`);
  });
}

async function callCrm({ stack }: DemoContext, body: Record<string, unknown>): Promise<void> {
  const answer = await fetch(`${stack.functionsUrl}/crm`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', apikey: stack.secretKeys.default },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`HubSpot could not be set up: ${await answer.text()}`);
}

async function untilPushed(client: Client, { signal }: DemoContext): Promise<void> {
  const end = Date.now() + 60_000;
  while (!signal.aborted && Date.now() < end) {
    const { rowCount } = await client.query(`select from private.crm_pushes where state = 'waiting' limit 1`);
    if (rowCount === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
