-- What runs automatically: the jobs of pg_cron, and the calls that they queue with the key named cron.

begin;
set local search_path = public, extensions;
select plan(34);

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('schedule ' || name)::uuid $$;

-- The schedule.
select results_eq(
  $$ select jobname::text collate "default", schedule, command from cron.job where jobname like 'replyloop: %' order by jobname collate "C" $$,
  $$ values
    ('replyloop: add up days of clients', '* * * * *', 'select private.sum_client_days()'),
    ('replyloop: apply retention', '* * * * *', 'select private.apply_retention()'),
    ('replyloop: ask the model', '* * * * *', 'select private.wake_reply_model()'),
    ('replyloop: cancel abandoned imports', '37 3 * * *', 'select private.cancel_abandoned_imports()'),
    ('replyloop: check sending domains', '*/10 * * * *', 'select private.wake_domain_checks()'),
    ('replyloop: count quartiles', '53 3 * * *', 'select private.count_quartiles()'),
    ('replyloop: cut days again', private.every_seconds(5), 'select private.cut_days_again()'),
    ('replyloop: hourly sync', '7 * * * *', 'select private.enqueue_syncs(false)'),
    ('replyloop: keep schedules', '*/5 * * * *', 'select private.keep_schedules()'),
    ('replyloop: look up campaigns', '* * * * *', 'select private.look_up_campaigns()'),
    ('replyloop: nightly full sync', '23 2 * * *', 'select private.enqueue_syncs(true)'),
    ('replyloop: prepare messages', '* * * * *', 'select private.wake_message_preparation()'),
    ('replyloop: prepare months', '41 0 * * *', 'select private.prepare_email_event_months(current_date, 3)'),
    ('replyloop: project waiting events', private.every_seconds(10), 'select private.drain_webhook_events()'),
    ('replyloop: publish late changes', private.every_seconds(5), 'select private.publish_late_changes()'),
    ('replyloop: push to the CRM', private.every_seconds(10), 'select private.run_due_crm()'),
    ('replyloop: raise alerts', '* * * * *', 'select private.raise_alerts()'),
    ('replyloop: resume jobs', '* * * * *', 'select private.resume_jobs()'),
    ('replyloop: send events', private.every_seconds(10), 'select private.send_due_events()'),
    ('replyloop: send reports', '* * * * *', 'select private.wake_client_reports()'),
    ('replyloop: settle answers', '* * * * *', 'select private.settle_answers()'),
    ('replyloop: watch goals', '17 * * * *', 'select private.watch_goals()') $$,
  'the jobs are there, each with its schedule'
);
select is(
  private.every_seconds(10), case when exists (select from pg_extension where extname = 'pg_cron' and extversion like '1.4%') then '* * * * *' else '10 seconds' end,
  'seconds are seconds, or a minute where pg_cron does not know them'
);
select is_empty($$ select jobname from cron.job where jobname like 'replyloop: %' and not active $$, 'all of them are switched on');
select lives_ok(command, format('%s can run', jobname)) from cron.job where jobname in ('replyloop: prepare months', 'replyloop: apply retention') order by jobname;

insert into public.clients (id, name) values (pg_temp.id('bakery'), 'Bakery');
insert into public.provider_connections (id, client_id, name) values
  (pg_temp.id('dedicated'), pg_temp.id('bakery'), 'Bakery'), (pg_temp.id('keyless'), null, 'Keyless'), (pg_temp.id('paused'), null, 'Paused');
update public.provider_connections set status = 'paused' where id = pg_temp.id('paused');
insert into private.provider_keys (connection_id, encrypted_key, master_key_id) select pg_temp.id(name), 'encrypted', 'k1' from unnest('{dedicated,paused}'::text[]) as name;
insert into public.campaigns (id, client_id, connection_id, name)
select pg_temp.id(name), pg_temp.id('bakery'), pg_temp.id('dedicated'), name from unnest('{due,later,held,late,late held,tired,done}'::text[]) as name;

-- Without the two secrets nothing is sent, and the reason is recorded.
delete from vault.secrets where name in ('project_url', 'cron_secret_key');
select throws_like($$ select private.invoke_function('sync-client', '{}') $$, 'Vault lacks the secret%save both%', 'without the secrets a call says what to save');
select vault.create_secret('https://project.test/', 'project_url');
select throws_like($$ select private.invoke_function('sync-client', '{}') $$, 'Vault lacks the secret%', 'one of the two is not enough');
select vault.create_secret('sb_secret_cron', 'cron_secret_key');

-- The key is sent only to a public https address, but on a developer's machine.
select vault.update_secret(id, 'http://127.0.0.1:54321') from vault.secrets where name = 'project_url';
delete from vault.secrets where name = 'allow_private_endpoints';
select throws_like($$ select private.invoke_function('sync-client', '{}') $$, '%"project_url" is no public https address%', 'the key is sent to no private address');
select is_empty($$ select from net.http_request_queue $$, 'so nothing is queued');
select vault.create_secret('true', 'allow_private_endpoints');
select lives_ok($$ select private.invoke_function('sync-client', '{}') $$, 'but where the machine is a developer''s');
delete from net.http_request_queue;
delete from vault.secrets where name = 'allow_private_endpoints';
select vault.update_secret(id, 'https://project.test/') from vault.secrets where name = 'project_url';

-- With them a call is queued for pg_net, with the key in the header and nowhere else.
create table pg_temp.call as select private.invoke_function('sync-client', '{"job_id": 1}') as id;
create view pg_temp.queue as
select id, method::text, url, headers, convert_from(body, 'UTF8')::jsonb as body, timeout_milliseconds from net.http_request_queue;
select results_eq(
  'select method, url, body, timeout_milliseconds from pg_temp.queue where id = (select id from pg_temp.call)',
  $$ values ('POST', 'https://project.test/functions/v1/sync-client', '{"job_id": 1}'::jsonb, 5000) $$, 'a call goes to the function, with its body and a short timeout'
);
select is(
  (select headers from pg_temp.queue where id = (select id from pg_temp.call)), '{"apikey": "sb_secret_cron", "Content-Type": "application/json"}',
  'the key named cron is in the apikey header'
);
select is_empty($$ select * from pg_temp.queue where url like '%sb_secret%' or body::text like '%sb_secret%' $$, 'and not in the address or the body');
select ok(
  not has_function_privilege('anon', 'private.invoke_function(text, jsonb)', 'execute')
    and not has_function_privilege('authenticated', 'private.invoke_function(text, jsonb)', 'execute'),
  'only the schedule can queue a call'
);

-- The hourly fan-out: one call per active connection with a key.
create function pg_temp.calls(function_name text) returns setof uuid language sql as $$
  select (body ->> 'job_id')::uuid from pg_temp.queue where url = 'https://project.test/functions/v1/' || function_name and jsonb_typeof(body -> 'job_id') = 'string'
$$;
select cmp_ok(private.enqueue_syncs(false), '>=', 1, 'the hourly sync queues calls');
select results_eq(
  $$ select j.connection_id, j.parameters, j.status::text from pg_temp.calls('sync-client') as c join private.jobs as j on j.id = c
     where j.connection_id in (pg_temp.id('dedicated'), pg_temp.id('keyless'), pg_temp.id('paused')) $$,
  $$ values (pg_temp.id('dedicated'), '{"full": false}'::jsonb, 'queued') $$, 'one for each active connection with a key, none for the others'
);
select private.enqueue_syncs(true);
select is(
  (select count(*) from private.jobs where connection_id = pg_temp.id('dedicated') and kind = 'sync'), 1::bigint, 'the nightly sync joins an open one instead of opening a second'
);
select is(
  (select parameters from private.jobs where connection_id = pg_temp.id('dedicated') and kind = 'sync'), '{"full": true}', 'and makes it a full one'
);

-- The sweep of every minute: who is called again, who is left alone, and who has to give up.
delete from net.http_request_queue;
update private.jobs set lease_until = now() + interval '1 hour' where kind = 'sync';
insert into private.jobs (id, kind, status, connection_id, client_id, campaign_id, deadline_at, next_attempt_at, lease_token, lease_until, attempts, error_code, error_message)
select pg_temp.id(name), 'export', 'running', pg_temp.id('dedicated'), pg_temp.id('bakery'), pg_temp.id(name), now() + deadline, now() + due, token, now() + lease, attempts, code, message
from (values
  ('due', interval '1 hour', interval '0', null::uuid, null::interval, 1, null, null),
  ('later', interval '1 hour', interval '1 minute', null, null, 1, null, null),
  ('held', interval '1 hour', interval '0', gen_random_uuid(), interval '1 minute', 1, null, null),
  ('late', interval '-1 second', interval '0', gen_random_uuid(), interval '-1 second', 1, 'RATE_LIMIT_EXCEEDED', null),
  ('late held', interval '-1 second', interval '0', gen_random_uuid(), interval '1 minute', 1, null, null),
  ('tired', interval '1 hour', interval '0', null, null, 8, 'API_UNAVAILABLE', 'Instantly is not responding at the moment; the work continues automatically'),
  ('done', interval '-1 hour', interval '0', null, null, 0, null, null)
) as v (name, deadline, due, token, lease, attempts, code, message);
update private.jobs set status = 'completed' where id = pg_temp.id('done');

create function pg_temp.state(name text) returns text language sql as $$
  select concat_ws(' ', status, error_code) from private.jobs where id = pg_temp.id(name)
$$;
select cmp_ok(private.resume_jobs(), '>=', 1, 'the sweep queues calls');
select set_eq($$ select * from pg_temp.calls('export-campaign') $$, $$ values (pg_temp.id('due')) $$, 'a due unclaimed job is called');
select is_empty(
  $$ select * from pg_temp.calls('export-campaign') where calls in (pg_temp.id('later'), pg_temp.id('held'), pg_temp.id('late held')) $$,
  'one that is not due or is claimed is not'
);
select is(pg_temp.state('due'), 'running', 'a called job is still open');
select is(pg_temp.state('late'), 'failed EXPORT_TIMEOUT', 'past its deadline a job fails as timed out');
select matches(
  (select error_message from private.jobs where id = pg_temp.id('late')), '0 of 0 leads were sent.*Start it again; it continues with the rest and sends no lead twice', 'and states what is true and what to do'
);
select results_eq(
  $$ select lease_token, lease_until, finished_at from private.jobs where id = pg_temp.id('late') $$,
  $$ values (null::uuid, null::timestamptz, now()) $$, 'it is no longer held'
);
select is(pg_temp.state('late held'), 'running', 'somebody who still works on a late job may finish it');
select is(pg_temp.state('tired'), 'failed API_UNAVAILABLE', 'after eight tries without a checkpoint a job fails with the last error');
select is(pg_temp.state('done'), 'completed', 'a finished job is left alone');

-- A job that has not even started can be too late as well.
update private.jobs set status = 'queued', lease_token = null, lease_until = null, deadline_at = now() - interval '1 second' where kind = 'sync' and connection_id = pg_temp.id('dedicated');
select private.resume_jobs();
select is(
  (select concat_ws(' ', status, error_code) from private.jobs where kind = 'sync' and connection_id = pg_temp.id('dedicated')), 'failed SYNC_FAILED',
  'a sync past its deadline fails as a sync'
);
select is(
  (select last_synced_at from public.provider_connections where id = pg_temp.id('dedicated')), null, 'and its connection is not up to date'
);

-- An export that failed can be started again.
select lives_ok(
  $$ insert into private.jobs (kind, connection_id, client_id, campaign_id, deadline_at)
     values ('export', pg_temp.id('dedicated'), pg_temp.id('bakery'), pg_temp.id('late'), now() + interval '1 hour') $$,
  'a campaign whose export failed can be exported again'
);

-- The sweep of the projector takes whatever waits, in rounds.
insert into private.webhook_events (connection_id, event_key, event, payload)
select pg_temp.id('dedicated'), md5(n::text)::uuid, '{"type": "account_error"}', '{}' from generate_series(1, 1100) as n;
select is(private.drain_webhook_events(), 1100, 'the projector''s sweep takes all that waits, not only one batch');
select is(
  (select count(*) from private.webhook_events where connection_id = pg_temp.id('dedicated') and status = 'projected'), 1100::bigint, 'and projects it'
);
select is(private.drain_webhook_events(), 0, 'with nothing to do it does nothing');

select * from finish();
rollback;
