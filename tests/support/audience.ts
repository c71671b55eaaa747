// Rows of every kind for the tests that walk through all tables, views and functions as each kind of person, and what a call is answered.
import { functions } from '../../supabase/access/functions.ts';
import type { Project, TestConnection } from './project.ts';

/** What a call without any argument is answered, where it is not what is wrong with the arguments. */
const blankCalls: Record<string, string[]> = {
  my_notifications: [''],
  change_my_notifications: ['PT400', 'PT403'],
  // Without a client it is one's own, or for operators all; a stranger has none.
  goals_between: [''],
};

/** The codes with which a call without any argument is refused: who may call it reads what is wrong with the arguments. */
export function refusalsOf(name: string, person: string): string[] {
  const callers = functions[name];
  if (callers === undefined || person === 'anon') return ['42501'];
  if (callers !== 'operators') return blankCalls[name] ?? ['PT400', 'PT404'];
  // Without arguments they give an operator everything.
  if (['reply_times', 'retention_periods'].includes(name) && person === 'operator') return [''];
  return person === 'operator' ? ['PT400', 'PT404'] : ['PT403'];
}

/** Gives the agency what belongs to no client: a sending domain with a look at it, placement tests, a listing. */
export async function addForAgency(project: Project): Promise<void> {
  await project.sql(
    `with domain as (
       insert into public.sending_domains (domain)
       select distinct split_part(a.email, '@', 2) from public.email_accounts as a
       on conflict do nothing
     ), results as (
       insert into public.placement_results (account_id, day, inbox, promotions, spam)
       select a.id, current_date, 1, 0, 0 from public.email_accounts as a
       on conflict do nothing
     )
     insert into public.placement_readings (connection_id, state) select c.id, 'read' from public.provider_connections as c
     on conflict do nothing`,
  );
  await project.sql(
    `with looked as (
       insert into public.sending_domain_checks (domain, kind, verdict, finding, sentence)
       select d.domain, 'spf', 'good', 'valid', 'It is valid.' from public.sending_domains as d
       on conflict do nothing
     ), changed as (
       insert into public.sending_domain_changes (domain, kind, verdict_before, verdict, finding_before, finding, records_before, records)
       select d.domain, 'spf', 'bad', 'good', 'missing', 'valid', '{}', '{}' from public.sending_domains as d
     )
     insert into public.domain_listings (domain, address, blacklist, listed_at, seen_at)
     select d.domain, '192.0.2.1', 'list', now(), now() from public.sending_domains as d`,
  );
}

/** Gives a connection what only operators read: a campaign that waits to be mapped, an unreadable delivery. */
export async function addForOperators(project: Project, connectionId: string): Promise<void> {
  await project.sql(
    `with unmapped as (
       insert into private.provider_campaigns (connection_id, provider_campaign_id) values ($1, gen_random_uuid())
     ), organization as (
       insert into private.organizations (connection_id, provider_org_id) values ($1, 'o-' || gen_random_uuid())
     ), endpoint as (
       insert into public.outgoing_endpoints (client_id, name, url, events)
       select client_id, 'CRM', 'https://crm.test/hook', '{reply.positive}' from public.provider_connections where id = $1
       returning id, client_id
     ), event as (
       insert into private.outgoing_events (type, fact, client_id, occurred_at, payload)
       select 'test', 'test:' || id, client_id, now(), '{"type": "test"}' from endpoint
       returning id
     ), sent as (
       insert into private.outgoing_deliveries (event_id, endpoint_id) select v.id, e.id from event as v, endpoint as e
     ), called as (
       insert into public.provider_api_calls (connection_id, client_id, called_at, method, path, duration_ms, attempt)
       select id, client_id, now(), 'GET', '/api/v2/campaigns', 1, 1 from public.provider_connections where id = $1
     )
     insert into private.webhook_events (connection_id, event_key, payload, status) values ($1, gen_random_uuid(), '{}', 'dead')`,
    [connectionId],
  );
  await project.sql(`select worker.record_provider_webhook($1, null, null, 'missing')`, [connectionId]);
}

/** Gives a client a CRM in which its leads are. */
async function addCrm(project: Project, clientId: string): Promise<void> {
  await project.sql(
    `with crm as (
       insert into public.crm_connections (client_id, account_id, account_host, token_last4, events, pipeline_id, pipeline_name, lead_stage_id)
       values ($1, '1', 'app.hubspot.com', 'last', '{reply.positive}', 'default', 'Sales', 'new')
       returning id, client_id
     ), known as (
       insert into public.crm_records (connection_id, lead_id, client_id, deal_id)
       select c.id, l.id, l.client_id, l.id::text from crm as c join public.synced_leads as l on l.client_id = c.client_id
     )
     insert into private.crm_pushes (connection_id, lead_id, client_id, type)
     select c.id, l.id, l.client_id, 'reply.positive' from crm as c join public.synced_leads as l on l.client_id = c.client_id`,
    [clientId],
  );
}

/** Gives the leads of a client what hangs on them, once there are some. */
export async function addToLeads(project: Project, clientId: string): Promise<void> {
  await addAnswers(project, clientId);
  await addCrm(project, clientId);
}

/** Gives a client a finished import of one row, which names the marker. */
export async function addImport(project: Project, campaignId: string, marker: string): Promise<void> {
  const settings = {
    file_name: `${marker}.csv`,
    mapping: [{ header: marker, target: 'email' }],
    verification: 'declared_unverified',
  };
  const { id } = await project.one<{ id: string }>(
    `select worker.start_import($1, $2, null) ->> 'import_id' as id`,
    [campaignId, JSON.stringify(settings)],
  );
  await project.one('select worker.add_import_rows($1, 0, $2)', [
    id,
    JSON.stringify([{ n: 2, email: `imported@${marker}.test` }]),
  ]);
  await project.one(`select worker.end_import($1, 'completed', 1, null)`, [id]);
}

/** Gives each lead of a campaign named lead1@… a reply, as the projector writes it. */
export async function addReply(project: Project, campaignId: string): Promise<void> {
  await project.sql(
    `with reply as (
       insert into public.messages (client_id, campaign_id, lead_id, connection_id, provider, direction, occurred_at, email, subject, body_text, snippet, source)
       select l.client_id, l.campaign_id, l.id, c.connection_id, 'instantly', 'received', '2026-11-02T09:00Z', l.email,
         'Re: Closing the books', 'Please send the deck', 'Please send the deck', 'webhook'
       from public.synced_leads as l
       join public.campaigns as c on c.id = l.campaign_id
       where l.campaign_id = $1 and l.email like 'lead1@%'
       returning id, connection_id
     )
     insert into private.message_contents (message_id, connection_id, direction, inbox_url)
     select r.id, r.connection_id, 'received', 'https://app.instantly.ai/app/unibox' from reply as r`,
    [campaignId],
  );
  await project.sql(
    `select worker.record_message_contents(jsonb_agg(jsonb_build_object('message_id', m.id))) from public.messages as m where m.campaign_id = $1`,
    [campaignId],
  );
}

/** Gives each reply of a client an answer that was sent, and each conversation a note and a meeting. */
async function addAnswers(project: Project, clientId: string): Promise<void> {
  await project.sql(
    `insert into private.answers (id, reply_id, lead_id, connection_id, state, subject, body_text, is_quoted, sent_at)
     select gen_random_uuid(), m.id, m.lead_id, m.connection_id, 'sent', 'Re: Closing the books', 'Here it is', true, now()
     from public.messages as m where m.client_id = $1 and m.direction = 'received'`,
    [clientId],
  );
  await project.sql(
    `select private.record_meeting(t.lead_id, 'person', 'won', now(), deal_value => 100, deal_currency => 'EUR')
     from private.threads as t where t.client_id = $1`,
    [clientId],
  );
  await project.sql(
    `insert into private.thread_notes (lead_id, client_id, campaign_id, body)
     select t.lead_id, t.client_id, t.campaign_id, 'Call first' from private.threads as t where t.client_id = $1`,
    [clientId],
  );
}

/** Gives the leads of a client with a reply a meeting that was held. */
export async function addMeetings(project: Project, clientId: string): Promise<void> {
  await project.sql(
    `select private.record_meeting(m.lead_id, 'crm', 'held', '2026-11-03T09:00Z', 'meeting of ' || m.lead_id)
     from public.messages as m where m.client_id = $1 and m.direction = 'received'`,
    [clientId],
  );
}

/** Gives a connection a mailbox with a day, and a mail to it of somebody who is in no campaign. */
export async function addMailbox(project: Project, connectionId: string, email: string): Promise<void> {
  await project.sql(
    `with inserted as (
       insert into private.webhook_events (connection_id, event_key, payload, status)
       values ($1, gen_random_uuid(), '{}', 'projected')
       returning id, connection_id
     )
     insert into public.untracked_replies (id, client_id, connection_id, provider, occurred_at, email)
     select t.id, c.client_id, c.id, c.provider, now(), 'outsider@' || $2::text
     from inserted as t join public.provider_connections as c on c.id = t.connection_id`,
    [connectionId, email.split('@')[1] ?? ''],
  );
  await project.sql(
    `select worker.record_email_accounts($1, jsonb_build_array(jsonb_build_object('email', $2::text, 'status', 'active')))`,
    [connectionId, email],
  );
  await project.sql(
    `insert into public.email_account_days (account_id, client_id, day)
     select a.id, a.client_id, '2026-10-05' from public.email_accounts as a where a.email = $1
     on conflict do nothing`,
    [email],
  );
}

/** The given words that the text contains, with a little context. */
export function found(text: string, things: Map<string, string>): string[] {
  return [...things].flatMap(([value, what]) => {
    const at = text.indexOf(value);
    return at < 0 ? [] : [`${what}: ${text.slice(Math.max(0, at - 120), at + value.length + 60)}`];
  });
}

/** Every row of every table, so that a write which went through cannot hide. */
export function fingerprint(
  project: Project,
  relations: { name: string; isTable: boolean }[],
): Promise<unknown[]> {
  const digest = (name: string) =>
    project.one(
      `select '${name}' as name, md5(string_agg(t::text, '|' order by t::text)) from public.${name} as t`,
    );
  return Promise.all(relations.filter(({ isTable }) => isTable).map(({ name }) => digest(name)));
}

/** What no person may read, each with a name for the report. */
export async function internals(
  project: Project,
  connections: TestConnection[],
): Promise<Map<string, string>> {
  const values = await project.sql<{ value: string; what: string }>(
    `select provider_campaign_id as value, 'provider campaign id' as what from private.provider_campaigns
     union select provider_campaign_id, 'provider campaign id of a delivery' from private.webhook_events where provider_campaign_id is not null
     union select encrypted_key, 'encrypted key' from private.provider_keys
     union select encode(digest, 'hex'), 'webhook digest' from private.webhook_secrets
     union select encode(digest, 'base64'), 'webhook digest' from private.webhook_secrets
     union select encode(token_digest, 'hex'), 'digest of a share link' from private.report_links
     union select password_hash, 'password of a share link' from private.report_links where password_hash is not null`,
  );
  const things = new Map(values.map(({ value, what }) => [value, what]));
  for (const connection of connections) {
    things.set(connection.secret, 'webhook secret');
    things.set(connection.apiKey, 'API key');
    things.set(connection.workspaceId, 'workspace id of the provider');
  }
  return things;
}
