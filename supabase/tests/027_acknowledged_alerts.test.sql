-- Alerts: operators acknowledge one, which ends with its cause; a client's own stop of a connection is one.

begin;
set local search_path = public, extensions;
select plan(27);

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('acknowledged ' || name)::uuid $$;
grant execute on function pg_temp.id(text) to public;

create function pg_temp.sign_in(person text) returns void language plpgsql as $$
begin
  perform set_config('request.jwt.claims', (private.custom_access_token_hook(jsonb_build_object(
    'user_id', pg_temp.id(person), 'claims', jsonb_build_object('sub', pg_temp.id(person), 'role', 'authenticated')
  )) -> 'claims')::text, true);
  perform set_config('role', 'authenticated', true);
end
$$;

delete from public.clients;
delete from public.provider_connections;
insert into public.clients (id, name) values (pg_temp.id('bakery'), 'Bakery');
insert into auth.users (id, email) select pg_temp.id(name), name || '@acknowledged.test' from unnest('{ada,olga}'::text[]) as name;
insert into public.members (user_id, role, client_id) values
  (pg_temp.id('ada'), 'client', pg_temp.id('bakery')), (pg_temp.id('olga'), 'operator', null);
insert into public.provider_connections (id, client_id, name, last_synced_at) values
  (pg_temp.id('own'), pg_temp.id('bakery'), 'Own', now()), (pg_temp.id('shared'), null, 'Shared', now());
insert into public.campaigns (id, client_id, connection_id, name, provider_status) values
  (pg_temp.id('bread'), pg_temp.id('bakery'), pg_temp.id('own'), 'Bread', 'active'),
  (pg_temp.id('rolls'), pg_temp.id('bakery'), pg_temp.id('shared'), 'Rolls', 'active');

-- Two jobs fail: each is an incident of its own.
insert into private.jobs (id, kind, status, connection_id, client_id, campaign_id, error_code, created_at, finished_at, deadline_at)
select pg_temp.id('job ' || name), 'export', 'failed', pg_temp.id('own'), pg_temp.id('bakery'), pg_temp.id(name), 'INTERNAL', now(), now(), now()
from unnest('{bread,rolls}'::text[]) as name;
select private.watch_incidents();
create table pg_temp.opened as select i.id, i.subject from public.incidents as i where i.closed_at is null;
grant select on pg_temp.opened to public;
select is((select count(*) from pg_temp.opened), 2::bigint, 'two incidents are open');

select pg_temp.sign_in('ada');
select throws_ok('select public.acknowledge_alerts(array(select id from pg_temp.opened))', 'PT403', 'FORBIDDEN', 'a client cannot acknowledge');
select throws_ok('select private.mark_acknowledged(array(select id from pg_temp.opened), null, false)', 'PT403', 'FORBIDDEN', 'nor behind the door');
reset role;
set local role anon;
select throws_ok('select public.acknowledge_alerts(array[]::uuid[])', '42501', null, 'anon neither');
reset role;

select pg_temp.sign_in('olga');
select is((select failing_jobs from public.operator_health where connection_name = 'Own'), 2::bigint, 'both jobs count');
select throws_ok(
  $$ select public.acknowledge_alerts(array(select id from pg_temp.opened), repeat('x', 501)) $$, 'PT400', 'VALIDATION_FAILED', 'a note has an end'
);
select is(
  public.acknowledge_alerts(array(select id from pg_temp.opened where subject like '%' || pg_temp.id('bread')), ' Known to the provider '), 1,
  'an operator acknowledges one'
);
select results_eq(
  'select subject, acknowledged_by_name, acknowledged_note, title from public.alerts where acknowledged_at is not null and closed_at is null',
  format($$ values (%L, 'olga@acknowledged.test', 'Known to the provider', 'Job failed') $$, 'export:' || pg_temp.id('bread')), 'it says who and with which note'
);
select results_eq(
  $$ select failing_jobs, open_incidents from public.operator_health where connection_name = 'Own' $$, 'values (1::bigint, 1::bigint)',
  'only the other one still counts'
);
select is(public.acknowledge_alerts(array(select id from pg_temp.opened), 'Later'), 1, 'what is acknowledged stays as it is');
select is((select health from public.operator_health where connection_name = 'Own'), 'waiting', 'and the connection is well but without an event');
select is(public.acknowledge_alerts(array(select id from pg_temp.opened where subject like '%' || pg_temp.id('rolls')), undo => true), 1, 'it can be undone');
select results_eq(
  $$ select action, details ->> 'kind' from public.audit_log order by id $$,
  $$ values ('alert_acknowledged', 'job_failed'), ('alert_acknowledged', 'job_failed'), ('alert_reopened', 'job_failed') $$, 'all is in the audit log'
);
reset role;

-- It ends with the incident; the next of its kind shows again.
update private.jobs set status = 'completed' where campaign_id = pg_temp.id('bread');
select private.watch_incidents();
insert into private.jobs (kind, status, connection_id, client_id, campaign_id, error_code, created_at, finished_at, deadline_at)
values ('export', 'failed', pg_temp.id('own'), pg_temp.id('bakery'), pg_temp.id('bread'), 'INTERNAL', now(), now(), now());
select private.watch_incidents();
select results_eq(
  format('select acknowledged_at is not null, closed_at is not null from public.incidents where subject = %L order by closed_at nulls last', 'export:' || pg_temp.id('bread')),
  $$ values (true, true), (false, false) $$, 'a new failure is a new incident not acknowledged yet'
);
delete from private.jobs;
select private.watch_incidents();

-- Dead letters that grow for an hour after they were acknowledged are news, also where no address is set.
insert into private.webhook_events (connection_id, event_key, payload, status) values (pg_temp.id('own'), gen_random_uuid(), '{}', 'dead');
select private.watch_incidents();
select pg_temp.sign_in('olga');
select is(public.acknowledge_alerts(array(select id from public.alerts where kind = 'dead_letters')), 1, 'dead letters are acknowledged');
reset role;
insert into private.webhook_events (connection_id, event_key, payload, status) values (pg_temp.id('own'), gen_random_uuid(), '{}', 'dead');
select private.watch_incidents();
select is((select count(*) from public.incidents where kind = 'dead_letters'), 1::bigint, 'one more is no news at once');
update public.incidents set acknowledged_at = now() - interval '61 minutes' where kind = 'dead_letters';
select private.watch_incidents();
select is(
  (select count(*) from public.incidents where kind = 'dead_letters' and closed_at is null and acknowledged_at is null), 1::bigint, 'but an hour later it is'
);
delete from private.webhook_events;

-- Something of no connection alone.
insert into public.incidents (connection_id, kind, details) values (null, 'odd_thing', 'Something odd');
select throws_ok(
  $$ insert into public.incidents (connection_id, kind, details) values (null, 'odd_thing', 'Again') $$, '23505', null, 'it is open once'
);
select is((select private.alert_text(i) from public.incidents as i where i.kind = 'odd_thing'), 'Odd thing: Something odd.', 'its alert names no connection');
select pg_temp.sign_in('olga');
select is((select connection_name from public.alerts where kind = 'odd_thing'), null, 'it is listed');
reset role;

-- A stop by a person of the client shows at once; one by an operator is meant.
select worker.audit_connection(pg_temp.id('own'), 'pause', pg_temp.id('olga'));
select worker.set_connection_paused(pg_temp.id('own'), true);
select pg_temp.sign_in('olga');
select is((select health from public.operator_health where connection_name = 'Own'), 'ok', 'an operator''s pause is no incident');
reset role;
select worker.audit_connection(pg_temp.id('own'), 'pause', pg_temp.id('ada'));
select pg_temp.sign_in('olga');
select results_eq(
  $$ select health, reason from public.operator_health where connection_name = 'Own' $$,
  $$ values ('degraded', 'The client paused this connection') $$, 'a client''s pause is'
);
select is((select active_campaigns from public.operator_clients where client_name = 'Bakery'), 1::bigint, 'its campaign does not count as active');
reset role;
select private.watch_incidents();
select results_eq(
  'select kind from public.incidents where closed_at is null and connection_id is not null', array['connection_paused'], 'and it is an incident'
);
select worker.audit_connection(pg_temp.id('own'), 'remove', pg_temp.id('ada'));
select worker.remove_connection(pg_temp.id('own'));
select private.watch_incidents();
select results_eq(
  'select kind from public.incidents where closed_at is null and connection_id is not null', array['connection_removed'], 'a removal takes its place'
);
select pg_temp.sign_in('ada');
select results_eq(
  'select name, connection_stopped from public.client_campaigns order by name', $$ values ('Bread', 'removed'), ('Rolls', null) $$,
  'the client reads of its campaigns which connection stopped'
);
reset role;
update public.provider_connections set status = 'paused' where id = pg_temp.id('shared');
select pg_temp.sign_in('ada');
select is((select connection_stopped from public.client_campaigns where name = 'Rolls'), 'paused', 'also of one that it does not see');
reset role;

select * from finish();
rollback;
