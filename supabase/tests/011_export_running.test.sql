-- While an export runs: batches are marked before they are sent, receipts say how each ended, and leads show up at once.

begin;
set local search_path = public, extensions;
select plan(33);

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('running ' || name)::uuid $$;

insert into public.clients (id, name) values (pg_temp.id('bakery'), 'Bakery');
insert into public.provider_connections (id, client_id, name) values (pg_temp.id('connection'), pg_temp.id('bakery'), 'Bakery');
insert into private.provider_keys (connection_id, encrypted_key, master_key_id) values (pg_temp.id('connection'), 'encrypted', 'k1');
insert into public.campaigns (id, client_id, connection_id, name, generation_status, sending_accounts)
values (pg_temp.id('bread'), pg_temp.id('bakery'), pg_temp.id('connection'), 'Bread', 'completed', '{mia@outreach.test}');
insert into public.businesses (id, client_id, campaign_id, name, email, email_deliverability, icebreaker, subject_line)
select pg_temp.id(who), pg_temp.id('bakery'), pg_temp.id('bread'), initcap(who), who || '@lead.test', 'deliverable', 'Nice bread', 'Bread'
from unnest('{ida,jon,kim,lea,max,nia}'::text[]) as who;

create table pg_temp.export as select (worker.request_export(pg_temp.id('bread'), false, null) ->> 'job_id')::uuid as job_id;
create function pg_temp.job() returns uuid language sql as $$ select job_id from pg_temp.export $$;
create table pg_temp.lease as select (worker.claim_job(pg_temp.job(), 60) ->> 'lease_token')::uuid as token;
create function pg_temp.token() returns uuid language sql as $$ select token from pg_temp.lease $$;

create view pg_temp.receipts as
select split_part(email, '@', 1) as who, r.* from public.export_receipts as r where r.export_id = pg_temp.job();
create function pg_temp.receipt(name text) returns bigint language sql as $$ select id from pg_temp.receipts where who = name $$;

-- The next batch, and who is in it.
create function pg_temp.next_batch(size integer) returns text language sql as $$
  select string_agg(split_part(b ->> 'email', '@', 1) || case when (b ->> 'resent')::boolean then ' again' else '' end, ', ' order by b ->> 'email')
  from json_array_elements(worker.next_export_batch(pg_temp.job(), pg_temp.token(), size)) as b
$$;

-- How one address ended, with the lead that the provider made of it.
create function pg_temp.ended(who text, outcome text, lead jsonb default null, reason text default null) returns jsonb language sql as $$
  select jsonb_build_object('receipt_id', pg_temp.receipt(who), 'outcome', outcome, 'reason', reason, 'lead', lead)
$$;

-- The worker asks what it needs to know.
select is(
  worker.read_export_campaign(pg_temp.id('bread')),
  jsonb_build_object(
    'id', pg_temp.id('bread'), 'name', 'Bread', 'client_id', pg_temp.id('bakery'), 'time_zone', 'UTC', 'sending_days', '[1, 2, 3, 4, 5]'::jsonb,
    'sending_from', '09:00', 'sending_to', '17:00', 'daily_limit', null, 'sending_accounts', '["mia@outreach.test"]'::jsonb, 'sequence', null, 'unsubscribe_header', true,
    'unsubscribe_text', null, 'footer', null, 'start_on', null, 'end_on', null, 'sending_account_tags', '[]'::jsonb,
    'stop_on_reply', true, 'stop_for_company', false, 'track_opens', true, 'track_clicks', true, 'plain_text', false,
    'provider_campaign_id', null, 'provider_status', null
  ),
  'a campaign that was never exported has no id at the provider'
);

-- The provider was quicker: an event of the new campaign is here before its id is.
insert into private.webhook_events (connection_id, event_key, provider_campaign_id, event, payload, status)
values (pg_temp.id('connection'), pg_temp.id('early'), 'pc-1', '{"type": "email_sent", "email": "ida@lead.test", "provider_campaign_ids": ["pc-1"], "occurred_at": "2026-10-05T08:00Z"}', '{}', 'quarantined');
select worker.record_exported_campaign(pg_temp.id('bread'), 'pc-1', 'Bread [1]');
select is(worker.read_export_campaign(pg_temp.id('bread')) ->> 'provider_campaign_id', 'pc-1', 'the created campaign is remembered');
select is((select provider_status::text from public.campaigns where id = pg_temp.id('bread')), 'draft', 'it is a draft at the provider');
select is(
  (select status::text from private.webhook_events where event_key = pg_temp.id('early')), 'pending', 'an event that was quicker is released'
);
select worker.process_webhook_events(500);
select lives_ok($$ select worker.record_exported_campaign(pg_temp.id('bread'), 'pc-1', 'Bread [1]') $$, 'saying it again after a crash changes nothing');

-- Somebody unsubscribes between planning and sending.
insert into public.suppressions (client_id, email, reason) values (pg_temp.id('bakery'), 'max@lead.test', 'unsubscribed');

-- Without the lease no worker gets an address.
select is(worker.next_export_batch(pg_temp.job(), gen_random_uuid(), 10)::jsonb, null, 'without the lease there is no batch');
select is((select count(*) from pg_temp.receipts where outcome = 'planned'), 6::bigint, 'and nothing is marked');

-- The first batch.
create table pg_temp.batch as select worker.next_export_batch(pg_temp.job(), pg_temp.token(), 2)::jsonb as rows;
select is(jsonb_array_length(rows), 2, 'a batch is as large as it was asked for') from pg_temp.batch;
select ok(
  (select bool_and(row -> 'business' ->> 'name' is not null and not row -> 'business' ?| '{id,client_id,campaign_id}') from pg_temp.batch, jsonb_array_elements(rows) as row),
  'it brings the business along, without our ids'
);
select is((select count(*) from pg_temp.receipts where outcome = 'sending'), 2::bigint, 'its addresses are marked before the provider is called');

-- The worker dies. The next one sees first what was on its way, and knows that it may have arrived.
-- The third of this batch has unsubscribed, so it is smaller.
select is(pg_temp.next_batch(3), 'ida again, jon again', 'what an interrupted run had on its way comes first and is marked as such');

-- Who asks for the next batch while one is under way gets other addresses, and those on their way stay as they are.
select is(
  (
    select string_agg(b ->> 'email', ', ' order by b ->> 'email')
    from json_array_elements(worker.next_export_batch(
      pg_temp.job(), pg_temp.token(), 10, array(select r.id from pg_temp.receipts as r where r.outcome = 'sending')
    )) as b
  ),
  'kim@lead.test, lea@lead.test, nia@lead.test', 'what is under way is not given out again'
);
select results_eq(
  $$ select outcome::text, reason from pg_temp.receipts where who = 'max' $$, $$ values ('skipped', 'suppressed') $$,
  'who unsubscribed after the planning is not sent'
);

-- From here on the story goes by names: all five are on their way.
select pg_temp.next_batch(10);
select is((select count(*) from pg_temp.receipts where outcome = 'sending'), 5::bigint, 'a large batch takes all that is left');

-- How it ended, for four of them.
select is(
  worker.record_export_batch(pg_temp.job(), pg_temp.token(), jsonb_build_array(
    pg_temp.ended('ida', 'created', '{"provider_lead_id": "pl-1", "first_name": "Ida", "company_name": "Other name", "payload": {"icebreaker": "Hello"}}'),
    pg_temp.ended('jon', 'duplicate', '{"provider_lead_id": "pl-2", "first_name": "Jon"}', 'in_provider_campaign'),
    pg_temp.ended('kim', 'blocked', null, 'on_provider_block_list'),
    pg_temp.ended('lea', 'invalid', null, 'refused_by_provider')
  ), 60),
  '{"done": 4, "total": 5, "paused": false}', 'the answer is the progress, without the one who was skipped'
);
select results_eq(
  'select who, outcome::text, reason from pg_temp.receipts order by who',
  $$ values ('ida', 'created', null), ('jon', 'duplicate', 'in_provider_campaign'), ('kim', 'blocked', 'on_provider_block_list'),
       ('lea', 'invalid', 'refused_by_provider'), ('max', 'skipped', 'suppressed'), ('nia', 'sending', null) $$,
  'every address shows how it ended'
);
select results_eq(
  $$ select email, provider_lead_id, first_name, business_id from public.synced_leads where campaign_id = pg_temp.id('bread') order by email $$,
  $$ values ('ida@lead.test', 'pl-1', 'Ida', pg_temp.id('ida')), ('jon@lead.test', 'pl-2', 'Jon', pg_temp.id('jon')) $$,
  'created and already present leads show up at once, blocked ones do not'
);
select is(
  (select sent_count from public.synced_leads where email = 'ida@lead.test' and campaign_id = pg_temp.id('bread')), 1, 'the event that was quicker still counts on its lead'
);
select is(
  (select payload from public.synced_leads where email = 'ida@lead.test' and campaign_id = pg_temp.id('bread')), '{"icebreaker": "Hello"}', 'what the lead lacked is filled in'
);
select is(
  (select result from private.jobs where id = pg_temp.job()), '{"created": 1, "duplicate": 1, "blocked": 1, "invalid": 1, "skipped": 1, "failed": 0}', 'the job adds it up'
);

-- The same answer written twice, by the holder or by somebody who lost the lease.
select is(
  worker.record_export_batch(pg_temp.job(), pg_temp.token(), jsonb_build_array(pg_temp.ended('ida', 'created', '{"provider_lead_id": "pl-1"}')), 60),
  '{"done": 4, "total": 5, "paused": false}', 'writing a receipt again counts no lead twice'
);
select is(
  (select count(*) from public.synced_leads where campaign_id = pg_temp.id('bread')), 2::bigint, 'and makes no second lead'
);
select is(
  worker.record_export_batch(pg_temp.job(), gen_random_uuid(), jsonb_build_array(pg_temp.ended('nia', 'failed')), 60), null, 'without the lease nothing can be written'
);
select is((select outcome::text from pg_temp.receipts where who = 'nia'), 'sending', 'and nothing is');

-- A job can write only its own receipts.
insert into public.campaigns (id, client_id, connection_id, name, generation_status)
values (pg_temp.id('rolls'), pg_temp.id('bakery'), pg_temp.id('connection'), 'Rolls', 'completed');
insert into public.businesses (client_id, campaign_id, name, email, email_deliverability, icebreaker, subject_line)
values (pg_temp.id('bakery'), pg_temp.id('rolls'), 'Rolls', 'rolls@lead.test', 'deliverable', 'Nice rolls', 'Rolls');
select worker.request_export(pg_temp.id('rolls'), false, null);
select worker.record_export_batch(pg_temp.job(), pg_temp.token(), jsonb_build_array(jsonb_build_object(
  'receipt_id', (select id from public.export_receipts where campaign_id = pg_temp.id('rolls')), 'outcome', 'created', 'lead', '{"provider_lead_id": "pl-9"}'::jsonb
)), 60);
select is(
  (select outcome::text from public.export_receipts where campaign_id = pg_temp.id('rolls')), 'planned', 'a receipt of another export cannot be written'
);
select is_empty($$ select * from public.synced_leads where campaign_id = pg_temp.id('rolls') $$, 'nor a lead of another campaign');

-- The last one.
select is(pg_temp.next_batch(10), 'nia again', 'who has no receipt yet is asked for again');
select worker.record_export_batch(pg_temp.job(), pg_temp.token(), jsonb_build_array(pg_temp.ended('nia', 'created', '{"provider_lead_id": "pl-3"}')), 60);
select is(worker.next_export_batch(pg_temp.job(), pg_temp.token(), 10)::jsonb, '[]', 'then no one is left');
select is(
  (select array[done, total] from private.jobs where id = pg_temp.job()), array[5, 5], 'the export has done all that it had to do'
);

-- The client sees the same in its view.
select results_eq(
  $$ select campaign_name, status::text, done, total, created, duplicate, blocked, invalid, skipped, failed from public.client_exports where export_id = pg_temp.job() $$,
  $$ values ('Bread', 'running', 5, 5, 2::bigint, 1::bigint, 1::bigint, 1::bigint, 1::bigint, 0::bigint) $$, 'client_exports shows progress and outcomes'
);
select worker.finish_job(pg_temp.job(), pg_temp.token(), 'completed', '{}');
select is(worker.next_export_batch(pg_temp.job(), pg_temp.token(), 10)::jsonb, null, 'a finished export gives no address');

-- Somebody who unsubscribes while the interrupted batch waits to be sent again.
create table pg_temp.second as select (worker.claim_job(id, 60) ->> 'lease_token')::uuid as token, id as job_id
from private.jobs where campaign_id = pg_temp.id('rolls');
select worker.next_export_batch(job_id, token, 10) from pg_temp.second;
insert into public.suppressions (client_id, email, reason) values (pg_temp.id('bakery'), 'rolls@lead.test', 'unsubscribed');
select is(
  (select worker.next_export_batch(job_id, token, 10)::jsonb from pg_temp.second), '[]', 'who unsubscribed during an interruption is not sent again'
);

-- A whole batch that was suppressed is not the end.
insert into public.campaigns (id, client_id, connection_id, name, generation_status)
values (pg_temp.id('buns'), pg_temp.id('bakery'), pg_temp.id('connection'), 'Buns', 'completed');
insert into public.businesses (id, client_id, campaign_id, name, email, email_deliverability, icebreaker, subject_line)
select pg_temp.id(who), pg_temp.id('bakery'), pg_temp.id('buns'), who, who || '@buns.test', 'deliverable', 'Nice buns', 'Buns'
from unnest('{one,two,three}'::text[]) as who;
create table pg_temp.third as select (worker.request_export(pg_temp.id('buns'), false, null) ->> 'job_id')::uuid as job_id;
alter table pg_temp.third add column token uuid;
update pg_temp.third set token = (worker.claim_job(job_id, 60) ->> 'lease_token')::uuid;
insert into public.suppressions (client_id, email, reason)
select pg_temp.id('bakery'), r.email, 'unsubscribed' from public.export_receipts as r where r.export_id = (select job_id from pg_temp.third) order by r.id limit 2;
select is(
  (select json_array_length(worker.next_export_batch(job_id, token, 1)) from pg_temp.third), 1, 'who comes after a suppressed batch is sent'
);

select * from finish();
rollback;
