-- Connections are for their client to see; their secrets are for no signed-in user.

begin;
set local search_path = public, extensions;

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('secrets ' || name)::uuid $$;
grant execute on function pg_temp.id(text) to public;

create function pg_temp.sign_in(person text) returns void language plpgsql as $$
begin
  perform set_config('request.jwt.claims', (private.custom_access_token_hook(jsonb_build_object(
    'user_id', pg_temp.id(person), 'claims', jsonb_build_object('sub', pg_temp.id(person), 'role', 'authenticated')
  )) -> 'claims')::text, true);
  perform set_config('role', 'authenticated', true);
end
$$;

-- <declared inner>
create table pg_temp.declared_columns (name text, relation text, rows text);
insert into pg_temp.declared_columns
select unnest('{
  asked_at, asked_by,
  body_text,
  error, error_code,
  id,
  lead_id,
  message_id,
  reply_id,
  sent_at, state, subject
}'::text[]), 'answers', 'operators'
union all
select unnest('{
  *
}'::text[]), 'campaign_daily_numbers', 'own'
union all
select unnest('{
  attempts,
  client_id,
  email,
  id,
  last_error,
  next_attempt_at,
  report_id,
  sent_at, state,
  wanted_at
}'::text[]), 'client_report_mails', 'operators'
union all
select unnest('{
  *
}'::text[]), 'closed_campaigns', 'own'
union all
select unnest('{
  attempts,
  client_id, connection_id, created_at,
  delivered_at, duration_ms,
  event_id,
  id,
  last_answer, last_attempt_at, last_error, last_status, lead_id,
  next_attempt_at, note,
  sent, state,
  type,
  wanted_at
}'::text[]), 'crm_pushes', 'operators'
union all
select unnest('{
  *
}'::text[]), 'day_cuts', 'own'
union all
select unnest('{
  *
}'::text[]), 'day_shifts', 'own'
union all
select unnest('{
  campaign_id, client_id, created_at,
  done,
  error_code, error_message,
  finished_at,
  id,
  kind,
  started_at, status,
  total
}'::text[]), 'jobs', 'own'
union all
select unnest('{
  inbox_url,
  message_id
}'::text[]), 'message_contents', 'operators'
union all
select unnest('{
  client_id,
  finished_at,
  id, is_blocked,
  report, requested_at, requested_by,
  status
}'::text[]), 'erasures', 'operators'
union all
select unnest('{
  attempts,
  delivered_at, duration_ms,
  endpoint_id, event_id,
  last_answer, last_attempt_at, last_error, last_status,
  next_attempt_at,
  state,
  wanted_at
}'::text[]), 'outgoing_deliveries', 'operators'
union all
select unnest('{
  client_id,
  id,
  occurred_at,
  payload,
  type
}'::text[]), 'outgoing_events', 'operators'
union all
select unnest('{
  *
}'::text[]), 'reply_waits', 'own'
union all
select unnest('{
  client_id, created_at, created_by,
  expires_at,
  has_password,
  id,
  label, last_opened_at, locked_until,
  opens,
  report_id, revoked_at
}'::text[]), 'report_links', 'operators'
union all
select unnest('{
  *
}'::text[]), 'thread_notes', 'operators'
union all
select unnest('{
  *
}'::text[]), 'threads', 'operators'
union all
select unnest('{
  connection_id,
  delivery_count,
  received_at,
  status
}'::text[]), 'webhook_events', 'operators';
grant select on pg_temp.declared_columns to public;
-- </declared>

-- Every table of private with its partitions, from the catalogue, but for those that people read as a whole, under policies
-- (085_days.test.sql, 032_threads.test.sql, 033_provider_answers.test.sql). A view has no rows of its own.
create view pg_temp.private_tables as
select c.relname as name from pg_catalog.pg_class as c
where c.relnamespace = 'private'::regnamespace and c.relkind in ('r', 'p')
  and c.relname not in (select d.relation from pg_temp.declared_columns as d where d.name = '*');
grant select on pg_temp.private_tables to public;

select plan((35 + 3 * count(*))::integer) from pg_temp.private_tables;

insert into public.clients (id, name) select pg_temp.id(name), name from unnest('{bakery,dentist}'::text[]) as name;
insert into auth.users (id, email) select pg_temp.id(name), name || '@secrets.test' from unnest('{ada,ben,olga}'::text[]) as name;
insert into public.members (user_id, role, client_id) values
  (pg_temp.id('ada'), 'client', pg_temp.id('bakery')),
  (pg_temp.id('ben'), 'client', pg_temp.id('dentist')),
  (pg_temp.id('olga'), 'operator', null);
insert into public.provider_connections (id, client_id, name, api_key_last4) values
  (pg_temp.id('bakery connection'), pg_temp.id('bakery'), 'Bakery', 'b4b4'),
  (pg_temp.id('dentist connection'), pg_temp.id('dentist'), 'Dentist', 'd4d4'),
  (pg_temp.id('shared connection'), null, 'Shared', 's4s4');
insert into private.provider_keys (connection_id, encrypted_key, master_key_id)
values (pg_temp.id('bakery connection'), 'encrypted', 'k1');
insert into private.webhook_secrets (connection_id, digest) values (pg_temp.id('bakery connection'), sha256('one'));
insert into public.campaigns (id, client_id, connection_id, name) values
  (pg_temp.id('bakery campaign'), pg_temp.id('bakery'), pg_temp.id('shared connection'), 'Bread'),
  (pg_temp.id('dentist campaign'), pg_temp.id('dentist'), pg_temp.id('shared connection'), 'Teeth');
insert into private.jobs (id, kind, connection_id, client_id, campaign_id, deadline_at) values
  (pg_temp.id('bakery job'), 'export', pg_temp.id('shared connection'), pg_temp.id('bakery'), pg_temp.id('bakery campaign'), now()),
  (pg_temp.id('dentist job'), 'export', pg_temp.id('shared connection'), pg_temp.id('dentist'), pg_temp.id('dentist campaign'), now()),
  (pg_temp.id('shared job'), 'sync', pg_temp.id('shared connection'), null, null, now());

-- A client sees of its workspace what its agency shows: nothing, unless an operator says so.
select pg_temp.sign_in('ada');
select is_empty('select * from public.provider_connections', 'ada cannot see the connection of her client by default');
select throws_ok(
  format($$ select public.change_client(%L, '{"may_see_connection": true}') $$, pg_temp.id('bakery')), 'PT403', 'FORBIDDEN',
  'ada cannot let herself see it'
);
reset role;
select pg_temp.sign_in('olga');
select is(
  public.change_client(pg_temp.id('bakery'), '{"may_see_connection": true}') -> 'may_see_connection', 'true'::jsonb,
  'an operator can show a client its connection'
);
select is(
  public.change_client(pg_temp.id('bakery'), '{"currency": "EUR"}') -> 'may_see_connection', 'true'::jsonb,
  'which stays so where it is not given'
);
reset role;

-- And then the workspace that is its own, and no other.
select pg_temp.sign_in('ada');
select results_eq('select name from public.provider_connections', array['Bakery'], 'ada can see the dedicated connection of her client');
select is_empty('select * from public.provider_connections where client_id is null', 'ada cannot see a shared connection');
select is_empty(
  $$ select k.id from public.campaigns as k join public.provider_connections as c on c.id = k.connection_id $$,
  'ada cannot reach the shared connection through a campaign of hers in it'
);
select throws_ok($$ update public.provider_connections set status = 'paused' $$, '42501', null, 'ada cannot change her connection');
select throws_ok(
  format('insert into public.provider_connections (client_id, name) values (%L, %L)', pg_temp.id('bakery'), 'New'), '42501', null,
  'ada cannot add a connection'
);
select throws_ok('delete from public.provider_connections', '42501', null, 'ada cannot delete her connection');

-- Of private nothing but the progress of her own jobs.
select throws_ok(format('select * from private.%I', name), '42501', null, format('a client cannot read private.%s', name))
from pg_temp.private_tables order by name;
select results_eq('select id from private.jobs', array[pg_temp.id('bakery job')], 'a client can see how far its own job is, and no other job');
select throws_ok(format('select %I from private.jobs', name), '42501', null, format('a client cannot read %s of a job', name))
from unnest('{connection_id,parameters,cursor,result,lease_token,requested_by}'::text[]) as name;
select throws_ok($$ update private.jobs set status = 'completed' $$, '42501', null, 'a client cannot end a job');
select throws_ok(
  format('select private.map_provider_campaign(%L, %L, %L)', pg_temp.id('shared connection'), 'x', pg_temp.id('bakery campaign')), '42501', null,
  'a client cannot take a provider campaign for itself'
);
select throws_ok($$ select private.invoke_function('sync-client', '{}') $$, '42501', null, 'a client cannot use the cron key');
select throws_ok(format('select worker.read_connection(%L)', pg_temp.id('bakery connection')), '42501', null, 'a client cannot read its encrypted key');
reset role;

select pg_temp.sign_in('ben');
select is_empty('select * from public.provider_connections', 'ben is not shown his, nor the bakery''s');
reset role;
update public.clients set may_see_connection = true where id = pg_temp.id('dentist');
select pg_temp.sign_in('ben');
select results_eq('select name from public.provider_connections', array['Dentist'], 'ben can see his, and not the bakery''s');
reset role;

-- An operator sees every connection, and no secret of any.
select pg_temp.sign_in('olga');
select is(
  (select array_agg(name order by name) from public.provider_connections where id in
    (pg_temp.id('bakery connection'), pg_temp.id('dentist connection'), pg_temp.id('shared connection'))),
  '{Bakery,Dentist,Shared}', 'an operator can see all connections, shared ones too'
);
select throws_ok(format('select * from private.%I', name), '42501', null, format('an operator cannot read private.%s', name))
from pg_temp.private_tables order by name;
select isnt_empty(format('select id from private.jobs where id = %L', pg_temp.id('shared job')), 'an operator can see the job of a shared connection');
select throws_ok(format('select worker.read_connection(%L)', pg_temp.id('bakery connection')), '42501', null, 'an operator cannot read an encrypted key');
reset role;

-- Anon cannot even name them.
select set_config('request.jwt.claims', '{}', true);
set local role anon;
select throws_ok('select * from public.provider_connections', '42501', null, 'anon cannot read connections');
select throws_ok(format('select * from private.%I', name), '42501', null, format('anon cannot read private.%s', name))
from pg_temp.private_tables order by name;
reset role;

-- The functions get what they need: the key as it lies there, encrypted.
set local role service_role;
select is(
  worker.read_connection(pg_temp.id('bakery connection')),
  jsonb_build_object(
    'id', pg_temp.id('bakery connection'), 'provider', 'instantly', 'client_id', pg_temp.id('bakery'), 'status', 'active',
    'encrypted_key', 'encrypted', 'master_key_id', 'k1', 'base_url', null
  ),
  'the service role can read a connection with its encrypted key'
);
select is(worker.read_connection(pg_temp.id('shared connection')) ->> 'encrypted_key', null, 'a connection without a key has none');
select is(worker.read_connection(pg_temp.id('nobody')), null, 'a connection that does not exist is null');

-- What the provider reports about the key is remembered; what a person decided stays.
select worker.set_connection_status(pg_temp.id('bakery connection'), 'invalid');
select is(
  (select status from public.provider_connections where id = pg_temp.id('bakery connection')), 'invalid', 'a refused key makes the connection invalid'
);
update public.provider_connections set status = 'paused' where id = pg_temp.id('dentist connection');
select worker.set_connection_status(pg_temp.id('dentist connection'), 'active');
select is(
  (select status from public.provider_connections where id = pg_temp.id('dentist connection')), 'paused', 'a paused connection stays paused'
);
reset role;

-- What cannot be a secret is refused, and a connection takes its secrets with it.
select throws_ok(
  format($$ insert into private.webhook_secrets (connection_id, digest) values (%L, 'plain text') $$, pg_temp.id('bakery connection')), '23514', null,
  'a webhook secret is stored as a digest or not at all'
);
select throws_ok(
  format($$ update public.provider_connections set api_key_last4 = 'whole key' where id = %L $$, pg_temp.id('bakery connection')), '23514', null,
  'no more than four characters of a key are shown'
);
delete from public.provider_connections where id = pg_temp.id('bakery connection');
select is_empty(
  format($$ select 1 from private.provider_keys where connection_id = %1$L
            union all select 1 from private.webhook_secrets where connection_id = %1$L $$, pg_temp.id('bakery connection')),
  'a deleted connection leaves no secret behind'
);

select * from finish();
rollback;
