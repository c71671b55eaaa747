// A year of 1,000 clients, generated in the database: three campaigns each, leads, events, daily rows, steps, costs.
import type pg from 'pg';

export const clients = 1000;
export const campaignsPerClient = 3;
export const eventsPerLead = 4;

/** The n-th client and its c-th campaign always have the same ids. */
export const clientId = (client: number) => `cccccccc-0000-4000-8000-${String(client).padStart(12, '0')}`;
export const campaignId = (client: number, campaign: number) =>
  `eeeeeeee-0000-4000-8000-${String(client * 10 + campaign).padStart(12, '0')}`;
const clientExpression = `('cccccccc-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid`;
const campaignExpression = `('eeeeeeee-0000-4000-8000-' || lpad((n * 10 + c)::text, 12, '0'))::uuid`;
const connectionExpression = `('dddddddd-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid`;

/** What does not grow with the number of events: clients, campaigns, and the daily rows of each campaign, by default a year. */
export async function writeClients(database: pg.Client, size = { clients, days: 365 }): Promise<void> {
  const each =
    `from generate_series(1, ${size.clients}) as n, generate_series(1, ${campaignsPerClient}) as c`;
  const days = `${each}, generate_series(0, ${size.days - 1}) as d`;
  for (
    const statement of [
      `insert into public.clients (id, name, may_see_costs, positive_reply_value)
       select ${clientExpression}, 'Client ' || n, true, 250 from generate_series(1, ${size.clients}) as n`,
      `insert into public.provider_connections (id, client_id, name)
       select ${connectionExpression}, ${clientExpression}, 'Workspace' from generate_series(1, ${size.clients}) as n`,
      `insert into public.campaigns (id, client_id, connection_id, name, generation_status, provider_status, synced_at)
       select ${campaignExpression}, ${clientExpression}, ${connectionExpression}, 'Campaign ' || c, 'completed', 'active', now() ${each}`,
      `insert into public.campaign_activity_totals (campaign_id, client_id, sent, contacted, opened, replied)
       select ${campaignExpression}, ${clientExpression}, 7300, 3650, 1825, case when c = 1 then 300 else 365 end ${each}`,
      `insert into public.campaign_analytics_totals (campaign_id, client_id, sent, contacted, opened, replied, synced_at)
       select ${campaignExpression}, ${clientExpression}, 7500, 3650, 1900, 360, now() ${each}`,
      `insert into public.campaign_step_activity (campaign_id, step, variant, client_id, sent, opened, replied)
       select ${campaignExpression}, s, v, ${clientExpression}, 1200 + v, 300, 60 + 9 * v ${each}, generate_series(1, 3) as s, generate_series(1, 2) as v`,
      `insert into public.campaign_step_analytics (campaign_id, step, variant, client_id, sent, opened, replied, synced_at)
       select a.campaign_id, a.step, a.variant, a.client_id, a.sent + 5, a.opened, a.replied, now() from public.campaign_step_activity as a`,
      `insert into public.cost_entries (client_id, campaign_id, kind, amount, currency, spent_on)
       select ${clientExpression}, ${campaignExpression}, 'sending', 100, 'EUR', current_date - m * 30 ${each}, generate_series(0, 11) as m`,
    ]
  ) await database.query(statement);
  await writeWithoutTriggers(
    database,
    `insert into public.campaign_activity (campaign_id, day, client_id, sent, contacted, opens, opened, replies, replied)
     select ${campaignExpression}, current_date - d, ${clientExpression}, 20 + (n + d) % 7, 12, 9, 6, 1, 1 ${days}`,
    `insert into public.campaign_first_times (campaign_id, day, client_id, contacted, opened, clicked, replied)
     select ${campaignExpression}, current_date - d, ${clientExpression}, 10, 5, 1, 1 ${days}`,
    `insert into public.campaign_analytics (campaign_id, day, client_id, sent, contacted, new_contacted, opened, replied, synced_at)
     select ${campaignExpression}, current_date - d, ${clientExpression}, 21, 12, 10, 6, 1, now() ${days}`,
  );
}

/** What is right as it is: checking the references of a hundred million rows, and noting each as changed, takes longer than writing them. */
async function writeWithoutTriggers(database: pg.Client, ...statements: string[]): Promise<void> {
  await database.query('set session_replication_role = replica');
  for (const statement of statements) await database.query(statement);
  await database.query('reset session_replication_role');
}

/** Leads `from` to `to` of every campaign, interleaved over the tenants as in production, and their events. */
export async function writeLeads(database: pg.Client, from: number, to: number): Promise<void> {
  await database.query(`select private.prepare_email_event_months((now() - interval '13 months')::date, 16)`);
  await database.query(
    `insert into public.synced_leads
       (client_id, campaign_id, email, first_name, last_name, company_name, job_title, industry, company_size, website,
        sent_count_observed, open_count_observed, reply_count_observed, sent_at, opened_at, replied_at, interest_status_reported, interest_label,
        interest_changed_at_reported, payload, created_at)
     select
       ${clientExpression}, ${campaignExpression}, 'person' || l || '@company' || n || 'x' || c || '.test', 'Ingrid', 'Holm',
       'Company ' || l, (array['CEO','ceo ','CFO','Directeur','Head of Sales','Owner','Founder','CTO'])[1 + (l * 7 + n) % 8],
       (array['Retail','retail','Bouw','Software','Logistics','Health'])[1 + (l * 5 + n) % 6],
       (array['1-10','11-50','51-200','201-500'])[1 + (l * 3 + n) % 4], 'https://company.test',
       2, l % 2, case when l % 20 = 0 then 1 else 0 end, now() - (l % 364) * interval '1 day',
       case when l % 2 = 1 then now() - (l % 364) * interval '1 day' end, case when l % 20 = 0 then now() - (l % 364) * interval '1 day' end,
       case when l % 50 = 0 then 'positive'::public.interest_status when l % 25 = 0 then 'negative' end,
       case when l % 200 = 0 then 'lead_meeting_booked' when l % 50 = 0 then 'lead_interested' when l % 25 = 0 then 'lead_not_interested' end,
       case when l % 25 = 0 then now() - (l % 364) * interval '1 day' end,
       jsonb_build_object('city', 'Berlin', 'rating', 4.5, 'icebreaker', repeat('how long does your close take? ', 6)),
       now() - interval '1 year' + l * interval '5 minutes'
     from generate_series($1::integer, $2::integer) as l, generate_series(1, ${clients}) as n, generate_series(1, ${campaignsPerClient}) as c`,
    [from, to],
  );
  await database.query(
    `insert into public.email_events
       (id, occurred_at, client_id, campaign_id, lead_id, connection_id, provider, type, email, email_account, step, variant, received_at)
     select
       row_number() over () + (select coalesce(max(e.id), 0) from public.email_events as e), k.sent_at + (e.number - 1) * interval '1 hour',
       k.client_id, k.campaign_id, k.id, 'dddddddd-0000-4000-8000-000000000001', 'instantly', e.type, k.email, 'mia@outreach.test', e.step, 1 + k.number % 2, now()
     from (
       select l.*, substring(l.email from '^person(\\d+)')::integer as number from public.synced_leads as l
     ) as k
     cross join (values
       (1, 'email_sent'::public.email_event_type, 1), (2, 'email_opened', 1), (3, 'email_sent', 2), (4, 'email_opened', 2)
     ) as e (number, type, step)
     where k.number between $1 and $2`,
    [from, to],
  );
  await database.query(
    `insert into public.email_events (id, occurred_at, client_id, campaign_id, lead_id, connection_id, provider, type, email, received_at)
     select row_number() over () + (select max(e.id) from public.email_events as e), l.interest_changed_at, l.client_id, l.campaign_id, l.id,
       'dddddddd-0000-4000-8000-000000000001', 'instantly', l.interest_label::public.email_event_type, l.email, now()
     from public.synced_leads as l
     where l.interest_label is not null and substring(l.email from '^person(\\d+)')::integer between $1 and $2`,
    [from, to],
  );
}
