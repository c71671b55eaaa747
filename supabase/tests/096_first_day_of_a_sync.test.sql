-- On a first day no table has statistics: a page of what a sync, a recovery or an export reads must not cost more for that, however
-- much is there already.

begin;
set local search_path = public, extensions;
select plan(18);

-- Files that ran before may have counted what they rolled back: tables of many pages and no rows, for which Postgres itself (a foreign
-- key too) may read a whole index for each row. These are new, and come back at the end.
set local client_min_messages = warning;
truncate public.clients, private.webhook_events cascade;

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('first sync ' || name)::uuid $$;

insert into public.clients (id, name) values (pg_temp.id('bakery'), 'Bakery');
insert into public.provider_connections (id, client_id, name) values (pg_temp.id('connection'), pg_temp.id('bakery'), 'Bakery');
insert into public.campaigns (id, client_id, connection_id, name)
select pg_temp.id('campaign ' || n), pg_temp.id('bakery'), pg_temp.id('connection'), 'Bread ' || n from generate_series(1, 300) as n;
select private.map_provider_campaign(pg_temp.id('connection'), 'pc-' || n, pg_temp.id('campaign ' || n)) from generate_series(1, 300) as n;

-- What came before: 20,000 leads of one campaign with their mails and replies, so that reading all of a table is never cheaper.
insert into public.synced_leads (id, client_id, campaign_id, provider_lead_id, email, provider_updated_at, last_synced_at, sent_count_observed)
select pg_temp.id('lead ' || n), pg_temp.id('bakery'), pg_temp.id('campaign 1'), 'pl-' || n, 'p' || n || '@lead.test', now() - interval '1 day', now() - interval '1 hour', 1
from generate_series(10001, 30000) as n;
insert into private.webhook_events (connection_id, event_key, provider_campaign_id, event, payload, status)
select pg_temp.id('connection'), pg_temp.id('old ' || n), 'pc-1', jsonb_build_object('type', 'email_sent', 'email', 'p' || n || '@lead.test'), '{}', 'projected'
from generate_series(10001, 30000) as n;
insert into public.email_events (id, occurred_at, client_id, campaign_id, lead_id, connection_id, provider, type, email, received_at)
select w.id, now() - interval '3 hours', pg_temp.id('bakery'), pg_temp.id('campaign 1'), l.id, w.connection_id, 'instantly', 'email_sent', l.email, now()
from private.webhook_events as w
cross join lateral (
  select k.* from public.synced_leads as k where k.campaign_id = pg_temp.id('campaign 1') and k.email = w.event ->> 'email' offset 0
) as l;
insert into public.messages (id, client_id, campaign_id, lead_id, connection_id, provider, direction, occurred_at, email, subject, source, event_id)
select pg_temp.id('message ' || e.id), e.client_id, e.campaign_id, e.lead_id, e.connection_id, 'instantly', 'sent', e.occurred_at, e.email, 'Bread', 'webhook', e.id
from public.email_events as e;
insert into private.message_contents (message_id, connection_id, direction, provider_mail_id, provider_thread_id, prepare_at)
select m.id, m.connection_id, 'sent', 'old ' || m.event_id, 'old ' || m.event_id, null from public.messages as m;

-- Rows that were read so far in this transaction, by table and index.
create function pg_temp.rows_read() returns table (name text, number bigint) language sql volatile as $$
  select c.oid::regclass::text, greatest(pg_stat_get_xact_tuples_returned(c.oid), pg_stat_get_xact_tuples_fetched(c.oid))
  from pg_class as c
  join pg_namespace as s on s.oid = c.relnamespace
  where s.nspname in ('public', 'private') and c.relkind in ('r', 'i')
    -- Notes of this transaction, which end with it.
    and c.relname not in ('pending_changes_pkey', 'pending_changes')
$$;

-- A page of 50 for each number from the first to the last; names the tables of which the last one read more rows than are allowed.
create function pg_temp.cost(statement text, first integer default 1, last integer default 8, allowed integer default 1400) returns setof text language plpgsql as $$
begin
  for page in first .. last - 1 loop
    execute statement using page;
  end loop;
  create temporary table before on commit drop as select * from pg_temp.rows_read();
  execute statement using last;
  return query
  select a.name || ': ' || a.number - b.number || ' rows'
  from pg_temp.rows_read() as a
  join before as b using (name)
  where a.number - b.number > allowed;
  drop table before;
end
$$;

-- Leads of the first campaign as the provider lists them, 50 a page.
create function pg_temp.leads(page integer, more jsonb default '{}') returns jsonb language sql as $$
  select jsonb_agg(jsonb_build_object(
    'provider_lead_id', 'pl-' || n, 'email', 'p' || n || '@lead.test', 'sent_count', 1, 'open_count', 1, 'click_count', 0, 'reply_count', 0,
    'sent_at', now() - interval '2 hours', 'opened_at', now() - interval '1 hour', 'updated_at', now() - interval '1 hour'
  ) || more)
  from generate_series(page * 50 - 49, page * 50) as n
$$;

-- A mail of the n-th lead.
create function pg_temp.mail(n integer, type text, key text, more jsonb default '{}') returns jsonb language sql as $$
  select jsonb_build_object(
    'key', pg_temp.id(key || n), 'other_key', pg_temp.id('other ' || key || n), 'provider_campaign_id', 'pc-1',
    'payload', jsonb_build_object('text', key || ' ' || n, 'html', '<p>' || key || '</p>'),
    'event', jsonb_build_object(
      'type', type, 'email', 'p' || n || '@lead.test', 'occurred_at', now() - interval '2 hours' + make_interval(secs => n), 'email_id', key || ' ' || n,
      'thread_id', 'thread ' || n, 'email_account', 'mia@outreach.test', 'step', 1, 'provider_campaign_ids', '["pc-1"]'::jsonb,
      'message', jsonb_build_object('text', 'text', 'html', 'html')
    )
  ) || more
$$;
create function pg_temp.mails(page integer, type text, key text, more jsonb default '{}') returns jsonb language sql as $$
  select jsonb_agg(pg_temp.mail(n, type, key, more)) from generate_series(page * 50 - 49, page * 50) as n
$$;

select is_empty(
  $$ select pg_temp.cost('select worker.record_leads(pg_temp.id(''campaign 1''), pg_temp.leads($1))', 1, 80) $$,
  'the 80th page of leads reads its own rows'
);
select is_empty(
  $$ select pg_temp.cost('select worker.record_leads(pg_temp.id(''campaign 1''), pg_temp.leads($1))') $$, 'so does a page that is there'
);
select worker.record_webhook_outage(pg_temp.id('connection'), 'switched_off', (now() - interval '5 hours')::text::timestamptz);
select is_empty(
  $$ select pg_temp.cost('select worker.record_outage_leads(pg_temp.id(''campaign 1''), pg_temp.leads($1, ''{"open_count": 9}''))') $$,
  'and one that may miss events'
);
select is_empty(
  $$ select pg_temp.cost('select worker.ingest_missing_events(pg_temp.id(''connection''), pg_temp.mails($1, ''email_sent'', ''log''))', 1, 60) $$,
  'a page of the log'
);
select worker.process_webhook_events(5000);
select is((select count(*) from public.messages), 23000::bigint, 'is projected');
select is_empty(
  $$ select pg_temp.cost('select worker.ingest_missing_mails(pg_temp.id(''connection''), pg_temp.mails($1, ''email_sent'', ''log''))') $$, 'a page of known mails'
);
select is_empty(
  $$ select pg_temp.cost('select worker.ingest_missing_mails(pg_temp.id(''connection''), pg_temp.mails($1, ''reply_received'', ''inbox''))', 1, 24) $$,
  'a page of mails that no delivery brought'
);
select worker.process_webhook_events(5000);
select is_empty(
  $$ select pg_temp.cost('select worker.ingest_missing_mails(pg_temp.id(''connection''), pg_temp.mails($1, ''reply_received'', ''again''))') $$,
  'and of others of the same leads'
);
select is_empty(
  $$ select pg_temp.cost('select worker.find_missing_facts(pg_temp.id(''connection''), pg_temp.mails($1, ''email_opened'', ''fact'', ''{"tolerance": 60}''))') $$,
  'a page of facts by time'
);
select is_empty(
  $$ select pg_temp.cost('select worker.find_missing_facts(pg_temp.id(''connection''), pg_temp.mails($1, ''email_sent'', ''fact'', ''{"nth": 1}''))') $$,
  'and by number'
);
select is_empty(
  $$ select pg_temp.cost('select worker.complete_messages(pg_temp.id(''connection''), pg_temp.mails($1, ''reply_received'', ''inbox''))') $$, 'mails that complete others'
);
select is_empty(
  $$ select pg_temp.cost('select worker.complete_messages(pg_temp.id(''connection''), pg_temp.mails($1, ''reply_received'', ''under another id''))') $$, 'also by their time'
);
select is_empty(
  $$ select pg_temp.cost('select worker.record_provider_answers(pg_temp.id(''connection''), (
    select jsonb_agg(jsonb_build_object(''at'', now() - interval ''1 hour'', ''email'', ''p'' || n || ''@lead.test'', ''text'', ''Friday?'', ''mail_id'', ''a'' || n, ''provider_campaign_id'', ''pc-1''))
    from generate_series($1 * 50 - 49, $1 * 50) as n))') $$,
  'answers written at the provider'
);
select is_empty($$ select pg_temp.cost('select worker.take_message_contents(50), $1') $$, 'messages to prepare');
select is_empty(
  $$ select pg_temp.cost('select worker.record_message_contents((
    select jsonb_agg(jsonb_build_object(''message_id'', c.message_id, ''html'', ''<p>Hi</p>'', ''text'', ''Hi''))
    from (select c.message_id from private.message_contents as c where c.prepare_at > now() order by c.prepare_at limit 50) as c)), $1') $$,
  'and what was prepared'
);
-- An export.
insert into private.provider_keys (connection_id, encrypted_key, master_key_id) values (pg_temp.id('connection'), 'encrypted', 'k1');
update public.campaigns set generation_status = 'completed', sending_accounts = '{mia@outreach.test}' where id = pg_temp.id('campaign 2');
insert into public.businesses (id, client_id, campaign_id, name, email, email_deliverability, icebreaker, subject_line)
select pg_temp.id('business ' || n), pg_temp.id('bakery'), pg_temp.id('campaign 2'), 'B ' || n, 'b' || n || '@lead.test', 'deliverable', 'Nice bread', 'Bread'
from generate_series(1, 10000) as n;
create table pg_temp.export as select (worker.request_export(pg_temp.id('campaign 2'), false, null) ->> 'job_id')::uuid as job_id, null::uuid as token;
update pg_temp.export set token = (worker.claim_job(job_id, 60) ->> 'lease_token')::uuid;
-- By id, so that only the function under test looks for them.
create function pg_temp.receipts(page integer) returns bigint[] language sql stable as $$
  select array_agg(f.id + n) from (select min(r.id) as id from public.export_receipts as r) as f, generate_series(page * 50 - 50, page * 50 - 1) as n
$$;
select is_empty(
  $$ select pg_temp.cost('select worker.next_export_batch(e.job_id, e.token, 50, pg_temp.receipts($1 - 1)) from pg_temp.export as e') $$,
  'a batch of an export'
);
-- All 10,000 receipts are counted with each batch, once.
select is_empty(
  $$ select pg_temp.cost('select worker.record_export_batch(e.job_id, e.token, (
    select jsonb_agg(jsonb_build_object(''receipt_id'', r.id, ''outcome'', ''created'', ''reason'', null, ''lead'', jsonb_build_object(''provider_lead_id'', ''x'' || r.id, ''email'', r.email)))
    from public.export_receipts as r where r.id = any (pg_temp.receipts($1))), 60), $1 from pg_temp.export as e', allowed => 11400) $$,
  'and its receipts'
);
select is((select count(*) from public.synced_leads where campaign_id = pg_temp.id('campaign 2')), 400::bigint, 'which made leads');

select * from finish();
rollback;
