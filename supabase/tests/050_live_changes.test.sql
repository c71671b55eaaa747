-- Who hears what changed: the marks, the topics, and that nothing but the fact leaves.

begin;
set local search_path = public, extensions;
select plan(23);

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('live ' || name)::uuid $$;
grant execute on function pg_temp.id(text) to public;

create function pg_temp.sign_in(person text, role text, client text) returns void language plpgsql as $$
begin
  perform set_config('request.jwt.claims', jsonb_strip_nulls(jsonb_build_object(
    'sub', pg_temp.id(person), 'role', 'authenticated', 'user_role', role, 'client_id', pg_temp.id(client)
  ))::text, true);
  perform set_config('role', 'authenticated', true);
end
$$;

insert into public.clients (id, name) select pg_temp.id(name), name from unnest('{bakery,dentist}'::text[]) as name;
insert into public.provider_connections (id, client_id, name) values
  (pg_temp.id('own'), pg_temp.id('bakery'), 'Own'), (pg_temp.id('shared'), null, 'Shared');
insert into public.campaigns (id, client_id, connection_id, name) select pg_temp.id(name || ' campaign'), pg_temp.id(name), pg_temp.id('shared'), name
from unnest('{bakery,dentist}'::text[]) as name;
delete from private.pending_changes;
delete from realtime.messages;

-- Events of two clients in one statement: noted once per client and kind, published at commit.
insert into public.email_events (id, occurred_at, client_id, campaign_id, connection_id, provider, type, received_at)
select n, now(), pg_temp.id(client), pg_temp.id(client || ' campaign'), pg_temp.id('shared'), 'instantly', type::public.email_event_type, now()
from (values (-1, 'bakery', 'email_sent'), (-2, 'bakery', 'email_sent'), (-3, 'bakery', 'reply_received'), (-4, 'dentist', 'email_opened')) as v (n, client, type);
select results_eq(
  $$ select owner_id, kind from private.pending_changes order by kind, owner_id = pg_temp.id('dentist') $$,
  $$ values (pg_temp.id('bakery'), 'replies'), (pg_temp.id('bakery'), 'stats'), (pg_temp.id('dentist'), 'stats') $$,
  'a statement notes each client and kind once'
);
select is_empty('select * from realtime.messages', 'before the commit nothing is published');
set constraints all immediate;
select is_empty('select * from private.pending_changes', 'at commit the notes are gone');
select results_eq(
  $$ select client_id = pg_temp.id('bakery'), replies_changed_at is not null, stats_changed_at is not null, jobs_changed_at is null
     from public.client_changes where client_id in (pg_temp.id('bakery'), pg_temp.id('dentist')) order by 1 $$,
  $$ values (false, false, true, true), (true, true, true, true) $$, 'and the marks are set, each kind for whom it concerns'
);
select results_eq(
  $$ select topic, payload ->> 'changed' from realtime.messages where topic like 'client:%' order by topic = 'client:' || pg_temp.id('dentist'), 2 $$,
  $$ values ('client:' || pg_temp.id('bakery'), 'replies'), ('client:' || pg_temp.id('bakery'), 'stats'), ('client:' || pg_temp.id('dentist'), 'stats') $$,
  'each client hears its own'
);
select set_eq(
  $$ select distinct k from realtime.messages, jsonb_object_keys(payload) as k $$, array['id', 'at', 'changed', 'client_id'],
  'a broadcast holds the kind, the time and whose, and nothing else'
);
select is_empty($$ select * from realtime.messages where not private or extension <> 'broadcast' $$, 'every broadcast is private');
select is(
  (select last_event_at from private.connection_activity where connection_id = pg_temp.id('shared')), now(), 'the connection knows its newest delivery'
);

-- The second change within a second moves the mark and is held back.
create table pg_temp.mark as select stats_changed_at from public.client_changes where client_id = pg_temp.id('dentist');
delete from realtime.messages;
update public.campaigns set synced_at = now() where id = pg_temp.id('dentist campaign');
select is_empty('select * from realtime.messages', 'the second change within a second is not published');
select cmp_ok(
  (select stats_changed_at from public.client_changes where client_id = pg_temp.id('dentist')), '>', (select stats_changed_at from pg_temp.mark), 'but it moves the mark'
);
select is(private.publish_late_changes(), 1, 'the sweep tells what was held back');
select is((select count(*) from realtime.messages), 2::bigint, 'to the client and to the operators');
select is(private.publish_late_changes(), 0, 'and only once');

-- Jobs: progress is news, a heartbeat is none; a job of a whole connection is the operators'.
delete from realtime.messages;
insert into private.jobs (id, kind, status, connection_id, client_id, campaign_id, deadline_at)
values (pg_temp.id('export'), 'export', 'running', pg_temp.id('own'), pg_temp.id('bakery'), pg_temp.id('bakery campaign'), now());
select is(
  (select payload ->> 'job' from realtime.messages where topic = 'client:' || pg_temp.id('bakery')), pg_temp.id('export')::text, 'a job says which it is'
);
create table pg_temp.job_mark as select jobs_changed_at from public.client_changes where client_id = pg_temp.id('bakery');
update private.jobs set lease_until = now() where id = pg_temp.id('export');
select is(
  (select jobs_changed_at from public.client_changes where client_id = pg_temp.id('bakery')), (select jobs_changed_at from pg_temp.job_mark), 'a heartbeat changes nothing'
);
update private.jobs set done = 5 where id = pg_temp.id('export');
select cmp_ok(
  (select jobs_changed_at from public.client_changes where client_id = pg_temp.id('bakery')), '>', (select jobs_changed_at from pg_temp.job_mark), 'progress does'
);
insert into private.jobs (kind, connection_id, deadline_at) values ('sync', pg_temp.id('shared'), now());
select isnt(
  (select jobs_changed_at from public.client_changes where client_id is null), null, 'the job of a whole connection marks the row without a client'
);

-- Who may listen: Realtime asks the policy with the topic that somebody wants to join.
create function pg_temp.hears(topic text) returns boolean language plpgsql as $$
begin
  perform set_config('realtime.topic', topic, true);
  return exists (select from realtime.messages where extension = 'broadcast');
end
$$;
grant execute on function pg_temp.hears(text) to public;
insert into auth.users (id, email) select pg_temp.id(name), name || '@live.test' from unnest('{ada,olga}'::text[]) as name;
insert into public.members (user_id, role, client_id)
values (pg_temp.id('ada'), 'client', pg_temp.id('bakery')), (pg_temp.id('olga'), 'operator', null);
select pg_temp.sign_in('ada', 'client', 'bakery');
select is(pg_temp.hears('client:' || pg_temp.id('bakery')), true, 'a client can listen to its own topic');
select is(
  pg_temp.hears('client:' || pg_temp.id('dentist')) or pg_temp.hears('operators') or pg_temp.hears('client:'), false, 'and cannot to another''s, nor to the operators'''
);
reset role;
select pg_temp.sign_in('olga', 'operator', null);
select is(pg_temp.hears('client:' || pg_temp.id('dentist')) and pg_temp.hears('operators'), true, 'an operator can listen to all');
reset role;
delete from public.members where user_id = pg_temp.id('olga');
select pg_temp.sign_in('olga', 'operator', null);
select is(pg_temp.hears('operators') or pg_temp.hears('client:' || pg_temp.id('dentist')), false, 'a former operator joins nothing with an old token');
reset role;
select pg_temp.sign_in('otto', null, null);
select is(pg_temp.hears('operators') or pg_temp.hears('client:' || pg_temp.id('bakery')), false, 'a user without a membership hears nothing');
reset role;

-- A verdict on a reply changes replies, whatever table keeps it.
create table pg_temp.replies as select pg_temp.id('dentist') as client_id, null::text as verdict;
create trigger record_changes after update on pg_temp.replies
referencing new table as changed
for each statement execute function private.record_changed_rows('replies');
update pg_temp.replies set verdict = 'qualified';
select isnt(
  (select replies_changed_at from public.client_changes where client_id = pg_temp.id('dentist')), null, 'a verdict on a reply changes replies'
);

select * from finish();
rollback;
