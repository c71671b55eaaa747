-- A job has one worker at a time, resumes from its last checkpoint, and is complete only when all of it worked.

begin;
set local search_path = public, extensions;
select plan(79);

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('jobs ' || name)::uuid $$;

insert into public.clients (id, name) values (pg_temp.id('bakery'), 'Bakery'), (pg_temp.id('dentist'), 'Dentist');
insert into public.provider_connections (id, client_id, name) values
  (pg_temp.id('dedicated'), pg_temp.id('bakery'), 'Bakery'), (pg_temp.id('shared'), null, 'Shared'), (pg_temp.id('keyless'), null, 'Keyless');
insert into private.provider_keys (connection_id, encrypted_key, master_key_id)
select pg_temp.id(name), 'encrypted', 'k1' from unnest('{dedicated,shared}'::text[]) as name;
insert into public.campaigns (id, client_id, connection_id, name) values
  (pg_temp.id('bread'), pg_temp.id('bakery'), pg_temp.id('dedicated'), 'Bread'),
  (pg_temp.id('teeth'), pg_temp.id('dentist'), pg_temp.id('shared'), 'Teeth');
insert into private.jobs (id, kind, connection_id, client_id, campaign_id, parameters, deadline_at)
values (pg_temp.id('export'), 'export', pg_temp.id('dedicated'), pg_temp.id('bakery'), pg_temp.id('bread'), '{"activate": true}', now() + interval '1 hour');

create function pg_temp.job(name text) returns private.jobs language sql as $$ select * from private.jobs where id = pg_temp.id(name) $$;

-- The token that a claim gave, by the name of who claimed.
create table pg_temp.hands (who text primary key, job jsonb);
create function pg_temp.token(name text) returns uuid language sql as $$
  select (job ->> 'lease_token')::uuid from pg_temp.hands where who = name
$$;

-- The first worker takes the job.
insert into pg_temp.hands values ('first', worker.claim_job(pg_temp.id('export'), 60));
select is(
  (select job - 'lease_token' - 'created_at' from pg_temp.hands where who = 'first'),
  jsonb_build_object(
    'id', pg_temp.id('export'), 'kind', 'export', 'connection_id', pg_temp.id('dedicated'), 'client_id', pg_temp.id('bakery'),
    'campaign_id', pg_temp.id('bread'), 'parameters', '{"activate": true}'::jsonb, 'cursor', '{}'::jsonb, 'result', '{}'::jsonb,
    'done', 0, 'total', null, 'attempts', 1
  ),
  'a worker can claim an open job and gets all that it needs'
);
select results_eq(
  $$ select (j).status::text, (j).started_at, (j).lease_until from (select pg_temp.job('export') as j) as x $$,
  $$ values ('running', now(), now() + interval '60 seconds') $$, 'the job runs, with a lease that ends'
);
select is(worker.claim_job(pg_temp.id('export'), 60), null, 'a second worker cannot claim it at the same time');
select is(worker.claim_job(pg_temp.id('nothing'), 60), null, 'a job that does not exist cannot be claimed');

-- It saves how far it got.
select is(
  worker.save_job(pg_temp.id('export'), pg_temp.token('first'), '{"cursor": {"page": 2}, "result": {"created": 5}, "done": 5, "total": 9}', 60),
  'held', 'the holder can save a checkpoint'
);
select is(
  worker.read_job(pg_temp.id('export')) - '{id,kind,connection_id,client_id,campaign_id,created_at,started_at,finished_at}'::text[],
  '{"status": "running", "done": 5, "total": 9, "result": {"created": 5}, "error_code": null, "error_message": null}', 'and everybody who asks reads how far it is'
);
select is((pg_temp.job('export')).attempts, 0, 'a checkpoint restarts the count of tries');
select is(worker.save_job(pg_temp.id('export'), pg_temp.token('first'), '{}', 60), 'held', 'a heartbeat saves nothing');
select is((pg_temp.job('export')).cursor, '{"page": 2}', 'and keeps what was saved');
select is(worker.read_job(pg_temp.id('nothing')), null, 'a job that does not exist reads as null');
select ok(not worker.read_job(pg_temp.id('export')) ?| '{cursor,lease_token,parameters}', 'reading a job tells neither cursor nor lease');

-- It dies: when the lease is over, another worker resumes from the checkpoint, and the dead one is locked out.
update private.jobs set lease_until = now() - interval '1 second' where id = pg_temp.id('export');
insert into pg_temp.hands values ('second', worker.claim_job(pg_temp.id('export'), 60));
select is((select job -> 'cursor' from pg_temp.hands where who = 'second'), '{"page": 2}', 'after the lease another worker resumes from the checkpoint');
select is((pg_temp.job('export')).attempts, 1, 'and that is one try since the checkpoint');
select isnt(pg_temp.token('first'), pg_temp.token('second'), 'with a lease of its own');
select is(worker.save_job(pg_temp.id('export'), pg_temp.token('first'), '{"done": 0}', 60), 'lost', 'the first worker cannot save any more');
select ok(not worker.release_job(pg_temp.id('export'), pg_temp.token('first'), 0), 'it cannot give the job back');
select ok(not worker.finish_job(pg_temp.id('export'), pg_temp.token('first'), 'completed', '{}'), 'it cannot finish the job');
select is((pg_temp.job('export')).done, 5, 'nothing of what it tried is written');

-- An error worth another try: the job waits, says why, and is due later.
select ok(
  worker.release_job(pg_temp.id('export'), pg_temp.token('second'), 30, 'RATE_LIMIT_EXCEEDED', 'Later'), 'the holder can give the job back'
);
select results_eq(
  $$ select (j).status::text, (j).lease_token, (j).error_code, (j).next_attempt_at from (select pg_temp.job('export') as j) as x $$,
  $$ values ('running', null::uuid, 'RATE_LIMIT_EXCEEDED', now() + interval '30 seconds') $$, 'it says why it waits and until when'
);
select is(worker.claim_job(pg_temp.id('export'), 60), '{"due_in_ms": 30000}', 'before that time it cannot be claimed, and says when');
select is((pg_temp.job('export')).lease_token, null, 'and nobody has it');
update private.jobs set next_attempt_at = now() + interval '61 seconds' where id = pg_temp.id('export');
select is(worker.claim_job(pg_temp.id('export'), 60), null, 'nobody waits for longer than a minute');
update private.jobs set next_attempt_at = now() where id = pg_temp.id('export');
insert into pg_temp.hands values ('third', worker.claim_job(pg_temp.id('export'), 60));
select isnt(pg_temp.token('third'), null, 'then somebody can');
select worker.save_job(pg_temp.id('export'), pg_temp.token('third'), '{"done": 7}', 60);
select is((pg_temp.job('export')).error_code, null, 'and the next checkpoint clears the old error');

-- The end.
select ok(worker.finish_job(pg_temp.id('export'), pg_temp.token('third'), 'completed', '{"activated": true}'), 'the holder can finish the job');
select results_eq(
  $$ select (j).status::text, (j).result, (j).finished_at, (j).lease_token from (select pg_temp.job('export') as j) as x $$,
  $$ values ('completed', '{"created": 5, "activated": true}'::jsonb, now(), null::uuid) $$, 'its result is added to what was saved'
);
select is(worker.claim_job(pg_temp.id('export'), 60), null, 'a finished job cannot be claimed');
select is(worker.save_job(pg_temp.id('export'), pg_temp.token('third'), '{"done": 0}', 60), 'lost', 'nor written to');
select ok(not worker.finish_job(pg_temp.id('export'), pg_temp.token('third'), 'failed', '{}'), 'nor finished again');

-- One open export per campaign, one open sync per connection and client: by constraint.
insert into private.jobs (id, kind, connection_id, client_id, campaign_id, deadline_at)
values (pg_temp.id('again'), 'export', pg_temp.id('dedicated'), pg_temp.id('bakery'), pg_temp.id('bread'), now() + interval '1 hour');
select is((pg_temp.job('again')).status, 'queued', 'after the end a campaign can be exported again');
select throws_ok(
  $$ insert into private.jobs (kind, connection_id, client_id, campaign_id, deadline_at)
     values ('export', pg_temp.id('dedicated'), pg_temp.id('bakery'), pg_temp.id('bread'), now()) $$,
  '23505', null, 'a second open export of the campaign is refused'
);

-- Syncs: one job for the whole connection, or one for a client in a shared workspace.
create table pg_temp.opened as
select j.* from jsonb_to_recordset(worker.request_sync(null, null, false, null)) as j (job_id uuid, connection_id uuid, client_id uuid, already_running boolean)
where connection_id in (pg_temp.id('dedicated'), pg_temp.id('shared'), pg_temp.id('keyless'));
select results_eq(
  'select connection_id, client_id from pg_temp.opened order by connection_id',
  $$ select pg_temp.id(name), null::uuid from unnest('{dedicated,shared}'::text[]) as name order by 1 $$, 'the hourly call opens one sync per active connection with a key'
);
select set_eq(
  $$ select job_id from jsonb_to_recordset(worker.request_sync(pg_temp.id('shared'), null, true, null)) as j (job_id uuid) $$,
  $$ select job_id from pg_temp.opened where connection_id = pg_temp.id('shared') $$, 'asking again finds the open one'
);
select is(
  (select parameters from private.jobs where id = (select job_id from pg_temp.opened where connection_id = pg_temp.id('shared'))), '{"full": true}',
  'and a full sync asked for meanwhile is not forgotten'
);
select worker.request_sync(pg_temp.id('shared'), null, false, null);
select is(
  (select parameters from private.jobs where id = (select job_id from pg_temp.opened where connection_id = pg_temp.id('shared'))), '{"full": true}',
  'nor made smaller by the next hourly call'
);
select is(
  worker.request_sync(null, pg_temp.id('dentist'), true, null) #>> '{0,client_id}', pg_temp.id('dentist')::text, 'in a shared workspace a client''s sync is only its own'
);
select is(
  worker.request_sync(null, pg_temp.id('bakery'), true, null) #>> '{0,job_id}', (select job_id::text from pg_temp.opened where connection_id = pg_temp.id('dedicated')),
  'in a dedicated workspace it is the connection''s'
);
select throws_ok($$ select worker.request_sync(pg_temp.id('nothing'), null, true, null) $$, 'PT404', 'NOT_FOUND', 'an unknown connection is reported');
select throws_ok($$ select worker.request_sync(null, pg_temp.id('nothing'), true, null) $$, 'PT404', 'NOT_FOUND', 'so is an unknown client');
select throws_ok(
  $$ select worker.request_sync(pg_temp.id('keyless'), null, true, null) $$, 'PT409', 'INSTANTLY_API_KEY_MISSING', 'so is a connection without a key'
);
update public.provider_connections set status = 'paused' where id = pg_temp.id('dedicated');
select throws_ok(
  $$ select worker.request_sync(pg_temp.id('dedicated'), null, true, null) $$, 'PT409', 'INSTANTLY_API_KEY_MISSING', 'a paused connection cannot be synced'
);

-- Paused with the connection: what is unclaimed at once, what is under way with its next checkpoint; and resumed with it.
create function pg_temp.states() returns text language sql as $$
  select string_agg(concat_ws(' ', j.kind, j.status, (j.lease_token is not null)::text), ', ' order by j.kind)
  from private.jobs as j
  where j.connection_id = pg_temp.id('dedicated') and j.status not in ('completed', 'failed')
$$;
update public.provider_connections set status = 'active' where id = pg_temp.id('dedicated');
update public.campaigns set generation_status = 'completed' where id = pg_temp.id('bread');
insert into pg_temp.hands values ('exporter', worker.claim_job(pg_temp.id('again'), 60));
select is(pg_temp.states(), 'export running true, sync queued false', 'an export is under way, a sync waits');
select worker.set_connection_paused(pg_temp.id('dedicated'), true);
select is(pg_temp.states(), 'export running true, sync paused false', 'pausing the connection pauses what is unclaimed');
select is(
  worker.claim_job((select job_id from pg_temp.opened where connection_id = pg_temp.id('dedicated')), 60), null, 'it cannot be claimed'
);
select is(worker.save_job(pg_temp.id('again'), pg_temp.token('exporter'), '{"done": 1}', 60), 'paused', 'the one under way learns it with its next checkpoint');
select ok(worker.release_job(pg_temp.id('again'), pg_temp.token('exporter'), 0), 'and gives the job back');
select is(pg_temp.states(), 'export paused false, sync paused false', 'which is paused then');
select throws_ok($$ select worker.request_export(pg_temp.id('bread'), true, null) $$, 'PT400', null, 'pressing export says that the connection is paused');
update private.jobs set paused_at = now() - interval '5 hours', deadline_at = now() - interval '1 hour' where id = pg_temp.id('again');
select private.resume_jobs();
select is((pg_temp.job('again')).status, 'paused', 'a deadline does not end a paused job');
select worker.set_connection_paused(pg_temp.id('dedicated'), false);
select is(pg_temp.states(), 'export queued false, sync queued false', 'resuming the connection resumes both');
select is((pg_temp.job('again')).deadline_at, now() + interval '4 hours', 'and the pause does not count against the deadline');

-- What is asked of a job under way takes effect: one more run.
select is(
  (worker.request_export(pg_temp.id('bread'), true, null) ->> 'job_id')::uuid, pg_temp.id('again'), 'pressing export again finds the open one'
);
select is((pg_temp.job('again')).parameters -> 'activate', 'true', 'activation was asked for while the export was open');
insert into pg_temp.hands values ('unknowing', worker.claim_job(pg_temp.id('again'), 60));
select ok(worker.finish_job(pg_temp.id('again'), pg_temp.token('unknowing'), 'completed', '{"activated": false}'), 'a run that did not know of it ends');
select is((pg_temp.job('again')).status, 'queued', 'and the export is due once more');
insert into pg_temp.hands values ('knowing', worker.claim_job(pg_temp.id('again'), 60));
select ok(worker.finish_job(pg_temp.id('again'), pg_temp.token('knowing'), 'completed', '{"activated": true}'), 'the run that knew of it');
select is((pg_temp.job('again')).status, 'completed', 'ends it');
create function pg_temp.hourly() returns uuid language sql as $$
  select (worker.request_sync(pg_temp.id('dedicated'), null, false, null) #>> '{0,job_id}')::uuid
$$;
update private.jobs set status = 'failed' where connection_id = pg_temp.id('dedicated') and kind = 'sync';
insert into pg_temp.hands values ('reader', worker.claim_job(pg_temp.hourly(), 60));
select is(worker.save_job(pg_temp.hourly(), pg_temp.token('reader'), '{"cursor": {"phase": "replies"}}', 60), 'held', 'an hourly sync is at its end');
update private.jobs set deadline_at = now() + interval '1 minute' where connection_id = pg_temp.id('dedicated') and kind = 'sync' and status = 'running';
select worker.save_job(pg_temp.hourly(), pg_temp.token('reader'), '{}', 60);
select is((select deadline_at from private.jobs where connection_id = pg_temp.id('dedicated') and kind = 'sync' and status = 'running'), now() + interval '1 minute', 'a heartbeat does not move its deadline');
select worker.save_job(pg_temp.hourly(), pg_temp.token('reader'), '{"cursor": {"phase": "replies"}}', 60);
select is((select deadline_at from private.jobs where connection_id = pg_temp.id('dedicated') and kind = 'sync' and status = 'running'), now() + interval '1 hour', 'a sync that gets on is not ended by it');
select is(worker.request_sync(pg_temp.id('dedicated'), null, true, null) #>> '{0,already_running}', 'false', 'somebody asks for everything');
select ok(worker.finish_job(pg_temp.hourly(), pg_temp.token('reader'), 'completed', '{}'), 'the hourly one ends');
select results_eq(
  $$ select (j).status::text, (j).cursor, (j).parameters from (select j from private.jobs as j where id = pg_temp.hourly()) as x $$,
  $$ values ('queued', '{}'::jsonb, '{"full": true}'::jsonb) $$, 'and begins again, with everything'
);

-- Removed: its jobs have ended, and say why.
update public.provider_connections set status = 'active' where id = pg_temp.id('shared');
select worker.remove_connection(pg_temp.id('dedicated'));
select results_eq(
  $$ select j.status::text, j.error_code from private.jobs as j where j.connection_id = pg_temp.id('dedicated') and j.finished_at = now() and j.error_code is not null $$,
  $$ values ('failed', 'INSTANTLY_API_KEY_MISSING') $$, 'removing a connection ends its jobs'
);

-- When is a connection up to date? Only when a sync of all of it worked.
create function pg_temp.end_sync(ending text, client uuid default null) returns timestamptz language plpgsql as $$
declare
  job uuid;
  claimed jsonb;
begin
  update private.jobs set status = 'failed' where connection_id = pg_temp.id('shared') and status in ('queued', 'running');
  insert into private.jobs (kind, connection_id, client_id, deadline_at) values ('sync', pg_temp.id('shared'), client, now()) returning id into job;
  claimed := worker.claim_job(job, 60);
  perform worker.finish_job(job, (claimed ->> 'lease_token')::uuid, ending::public.job_status, '{}');
  return (select last_synced_at from public.provider_connections where id = pg_temp.id('shared'));
end
$$;
select is(pg_temp.end_sync('failed'), null, 'a failed sync does not make a connection up to date');
select is(pg_temp.end_sync('partial'), null, 'nor does a partial one');
select is(pg_temp.end_sync('completed', pg_temp.id('dentist')), null, 'nor one of a single client');
select is(pg_temp.end_sync('completed'), now(), 'a completed one of the whole connection does');
update public.provider_connections set last_synced_at = '2026-01-01Z' where id = pg_temp.id('shared');
select is(pg_temp.end_sync('partial'), '2026-01-01Z', 'and a later partial one does not move it');

-- A job that was given back is called again at once, unless somebody else has it, it waits, or its connection is paused.
select vault.create_secret('https://project.example', 'project_url');
select vault.create_secret('cron-key', 'cron_secret_key');
update private.jobs set status = 'queued', lease_token = null, lease_until = null, next_attempt_at = now(), finished_at = null where id = pg_temp.id('again');
set local role service_role;
select ok(worker.continue_job(md5('jobs again')::uuid), 'a job that nobody works on can be continued at once');
reset role;
select results_eq(
  $$ select url, convert_from(body, 'utf8')::jsonb from net.http_request_queue order by id desc limit 1 $$,
  $$ values ('https://project.example/functions/v1/export-campaign', jsonb_build_object('job_id', pg_temp.id('again'))) $$,
  'by the function for its kind'
);
update private.jobs set next_attempt_at = now() + interval '1 minute' where id = pg_temp.id('again');
select ok(worker.continue_job(pg_temp.id('again')), 'also while it waits for up to a minute, for the next call to wait');
update private.jobs set next_attempt_at = now() + interval '61 seconds' where id = pg_temp.id('again');
select ok(not worker.continue_job(pg_temp.id('again')), 'not for longer');
update private.jobs set next_attempt_at = now(), lease_token = gen_random_uuid(), lease_until = now() + interval '1 minute' where id = pg_temp.id('again');
select ok(not worker.continue_job(pg_temp.id('again')), 'nor while somebody works on it');
update private.jobs set lease_token = null, lease_until = null where id = pg_temp.id('again');
delete from vault.secrets where name = 'cron_secret_key';
select ok(not worker.continue_job(pg_temp.id('again')), 'and without the secrets of the Vault it waits for the sweep');

-- No signed-in user can touch a job.
select is_empty(
  $$ select role, f from unnest('{anon,authenticated}'::text[]) as role,
       unnest('{claim_job,save_job,release_job,continue_job,finish_job,read_job,request_sync,request_export}'::text[]) as f
     join pg_catalog.pg_proc as p on p.proname = f and p.pronamespace = 'worker'::regnamespace
     where has_function_privilege(role, p.oid, 'execute') $$,
  'neither anon nor a signed-in person can claim, write or open a job'
);
set local role service_role;
select lives_ok(format('select worker.claim_job(%L, 60)', md5('jobs again')::uuid), 'the service role can');
reset role;

-- A job of a deleted campaign is gone with it, and so are its receipts.
delete from public.campaigns where id = pg_temp.id('bread');
select is_empty($$ select * from private.jobs where campaign_id = pg_temp.id('bread') $$, 'a deleted campaign takes its jobs along');

select * from finish();
rollback;
