-- A client that moves to another project: what is held while it is closed, what it gets again where it opens, and what ends where it left.

begin;
set local search_path = public, extensions;
select plan(35);

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('moving ' || name)::uuid $$;
create function pg_temp.sign_in(person text) returns void language plpgsql as $$
begin
  perform set_config('request.jwt.claims', (private.custom_access_token_hook(jsonb_build_object(
    'user_id', pg_temp.id(person), 'claims', jsonb_build_object('sub', pg_temp.id(person), 'role', 'authenticated')
  )) -> 'claims')::text, true);
  perform set_config('role', 'authenticated', true);
end
$$;
grant execute on function pg_temp.id(text), pg_temp.sign_in(text) to public;

insert into public.clients (id, name) values (pg_temp.id('bakery'), 'Bakery'), (pg_temp.id('dentist'), 'Dentist');
insert into auth.users (id, email) select pg_temp.id(name), name || '@moving.test' from unnest('{ada,olga}'::text[]) as name;
insert into public.members (user_id, role, client_id) values
  (pg_temp.id('ada'), 'client', pg_temp.id('bakery')), (pg_temp.id('olga'), 'operator', null);
insert into public.provider_connections (id, client_id, name, status) values
  (pg_temp.id('works'), pg_temp.id('bakery'), 'Works', 'active'), (pg_temp.id('refused'), pg_temp.id('bakery'), 'Refused', 'invalid'),
  (pg_temp.id('paused'), pg_temp.id('bakery'), 'Paused', 'paused'), (pg_temp.id('other'), pg_temp.id('dentist'), 'Other', 'active');
insert into private.provider_keys (connection_id, encrypted_key, master_key_id)
select pg_temp.id(name), 'encrypted', 'k1' from unnest('{works,other}'::text[]) as name;
insert into private.webhook_secrets (connection_id, digest) values (pg_temp.id('works'), sha256('secret'));
insert into private.provider_webhooks (connection_id, provider_webhook_id, url) values (pg_temp.id('works'), '1', 'https://here.test');
insert into public.campaigns (id, client_id, connection_id, name) values
  (pg_temp.id('bread'), pg_temp.id('bakery'), pg_temp.id('works'), 'Bread');
insert into private.jobs (id, kind, status, connection_id, client_id, campaign_id, deadline_at) values
  (pg_temp.id('export'), 'export', 'queued', pg_temp.id('works'), pg_temp.id('bakery'), pg_temp.id('bread'), now() + interval '1 hour');
insert into public.outgoing_endpoints (id, client_id, name, url, events, hold_until) values
  (pg_temp.id('plain'), pg_temp.id('bakery'), 'Plain', 'https://plain.test', '{reply.positive}', null),
  (pg_temp.id('held'), pg_temp.id('bakery'), 'Held', 'https://held.test', '{reply.positive}', '2030-01-01Z'),
  (pg_temp.id('agency'), null, 'Agency', 'https://agency.test', '{reply.positive}', null);
insert into private.outgoing_events (id, type, fact, client_id, occurred_at)
select pg_temp.id(name), 'reply.positive', name, pg_temp.id('bakery'), now() from unnest('{first,second}'::text[]) as name;
insert into private.notification_preferences (user_id, events, frequency) values
  (pg_temp.id('ada'), '{reply.positive}', 'hourly'), (pg_temp.id('olga'), '{reply.positive}', 'hourly');
insert into private.mails (id, user_id, kind) values (pg_temp.id('mail'), pg_temp.id('ada'), 'notification');
insert into private.notifications (event_id, user_id, due_at, mail_id) values
  (pg_temp.id('first'), pg_temp.id('ada'), now(), pg_temp.id('mail')), (pg_temp.id('second'), pg_temp.id('ada'), now(), null),
  (pg_temp.id('second'), pg_temp.id('olga'), now(), null);

-- What has to end before it is copied.
select is_empty('select * from private.list_open_work(pg_temp.id(''bakery''))', 'nothing of it is under way');
update private.jobs set status = 'running', lease_token = gen_random_uuid(), lease_until = now() + interval '1 minute' where id = pg_temp.id('export');
select results_eq(
  'select is_short, details from private.list_open_work(pg_temp.id(''bakery''))', $$ values (true, 'the export that is under way') $$,
  'a job under a lease is'
);
update private.jobs set status = 'queued', lease_token = null, lease_until = null where id = pg_temp.id('export');
insert into public.imports (id, client_id, campaign_id, file_name, mapping, verification)
values (pg_temp.id('list'), pg_temp.id('bakery'), pg_temp.id('bread'), 'list.csv', '[]', 'column');
select results_eq(
  'select is_short from private.list_open_work(pg_temp.id(''bakery''))', 'values (false)', 'an open import is, and waits for a person'
);
select is_empty('select * from private.list_open_work(pg_temp.id(''dentist''))', 'of another client it is not');
delete from public.imports where id = pg_temp.id('list');

-- Closed.
select private.close_client(pg_temp.id('bakery'), 'https://there.test');
select private.close_client(pg_temp.id('bakery'), 'https://there.test');
select results_eq(
  'select integration_enabled, archived_at is not null from public.clients where id = pg_temp.id(''bakery'')', 'values (false, true)',
  'a closed client is switched off, and archived'
);
select is((select count(*) from public.audit_log where action = 'client_move_started'), 1::bigint, 'it is closed once, however often it is asked');
select bag_eq(
  'select status::text from public.provider_connections where client_id = pg_temp.id(''bakery'')', '{paused,paused,paused}'::text[],
  'its connections are paused'
);
select is((select status::text from private.jobs where id = pg_temp.id('export')), 'paused', 'and its jobs with them');
select bag_eq(
  'select name from public.outgoing_endpoints where hold_until = ''infinity''', '{Plain,Held}'::text[], 'nothing is sent to its endpoints'
);
select is(
  (select jsonb_array_length(worker.take_outgoing(10, 60) -> 'deliveries')), 0, 'so a sender finds nothing'
);
select results_eq(
  'select user_id from private.notifications where due_at = ''infinity''', 'select pg_temp.id(''ada'')', 'its people get no notification, operators do'
);
select is((select next_attempt_at from private.mails where id = pg_temp.id('mail')), 'infinity', 'and no email that waits');
select throws_ok(
  $$ select private.close_client(pg_temp.id('bakery'), 'https://else.test') $$, 'PT409', 'VALIDATION_FAILED', 'it cannot leave for a second project'
);

-- No one opens it but the move.
select pg_temp.sign_in('olga');
select throws_ok($$ select public.set_client_integration(pg_temp.id('bakery'), true) $$, 'PT409', 'VALIDATION_FAILED', 'an operator cannot switch it on');
select throws_ok($$ select public.restore_client(pg_temp.id('bakery')) $$, 'PT409', 'VALIDATION_FAILED', 'nor restore it');
select throws_ok($$ select public.delete_client(pg_temp.id('bakery'), 'Bakery') $$, 'PT409', 'VALIDATION_FAILED', 'nor delete it while it is copied');
select throws_ok('select * from private.client_moves', '42501', null, 'and reads nothing of the move itself');
reset role;
select throws_ok(
  $$ select worker.set_connection_paused(pg_temp.id('works'), false) $$, 'PT409', 'VALIDATION_FAILED', 'a connection of it does not resume'
);
select lives_ok($$ select worker.set_connection_paused(pg_temp.id('other'), false) $$, 'another client''s does');
select throws_ok($$ select private.close_client(pg_temp.id('nobody'), 'https://there.test') $$, 'PT404', 'NOT_FOUND', 'a client that is not there is not closed');

-- Given up, everything is as it was.
select private.cancel_client_move(pg_temp.id('bakery'));
select results_eq(
  'select integration_enabled, archived_at from public.clients where id = pg_temp.id(''bakery'')', 'values (true, null::timestamptz)',
  'a cancelled move opens it again'
);
select results_eq(
  'select name, status::text from public.provider_connections where client_id = pg_temp.id(''bakery'') order by 1',
  $$ values ('Paused', 'paused'), ('Refused', 'invalid'), ('Works', 'active') $$, 'its connections are as they were'
);
select is((select status::text from private.jobs where id = pg_temp.id('export')), 'queued', 'its jobs resume');
select results_eq(
  'select name, hold_until from public.outgoing_endpoints where client_id is not null order by 1',
  $$ values ('Held', '2030-01-01Z'::timestamptz), ('Plain', null) $$, 'a pause that an endpoint asked for still holds'
);
select ok(
  (select bool_and(due_at < now() + interval '61 minutes') from private.notifications), 'what was held for its people is due with the next email'
);
select ok((select next_attempt_at <= now() from private.mails where id = pg_temp.id('mail')), 'and the email that waited is due');
select throws_ok($$ select private.cancel_client_move(pg_temp.id('bakery')) $$, 'PT409', 'VALIDATION_FAILED', 'there is nothing to cancel any more');

select throws_ok($$ select private.leave_client(pg_temp.id('bakery')) $$, 'PT409', 'VALIDATION_FAILED', 'and an open client cannot leave');

-- Left: nothing here can act for it, and a late delivery is still stored.
select private.close_client(pg_temp.id('bakery'), 'https://there.test');
select private.leave_client(pg_temp.id('bakery'));
select results_eq('select connection_id from private.provider_keys', 'select pg_temp.id(''other'')', 'its key is gone, the other client''s is not');
select is_empty('select * from private.provider_webhooks', 'its webhook is no longer on record, so that no removal takes it away');
select isnt_empty('select * from private.webhook_secrets where connection_id = pg_temp.id(''works'')', 'its webhook secret still is');
select is((select status::text from private.jobs where id = pg_temp.id('export')), 'failed', 'its jobs end here');
select throws_ok($$ select private.cancel_client_move(pg_temp.id('bakery')) $$, 'PT409', 'VALIDATION_FAILED', 'and it cannot be opened here');

-- Arriving: opened once, with what was on where it came from.
update private.client_moves set state = 'arriving', other_project = 'https://there.test';
select private.arrive_client(pg_temp.id('bakery'));
select private.arrive_client(pg_temp.id('bakery'));
select results_eq(
  'select m.state, c.integration_enabled from private.client_moves as m join public.clients as c on c.id = m.client_id', $$ values ('arrived', true) $$,
  'an arrived client is at work'
);
select lives_ok($$ select private.close_client(pg_temp.id('bakery'), 'https://else.test') $$, 'and can move on');

select * from finish();
rollback;
