-- How long data is kept: operators decide, a job of every minute removes what is older, and nothing that counts changes.

begin;
set local search_path = public, extensions;
select plan(54);

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('retention ' || name)::uuid $$;
create function pg_temp.become(role text, client_id uuid) returns void language sql as $$
  select set_config('request.jwt.claims', json_build_object('role', 'authenticated', 'sub', pg_temp.id(role), 'user_role', role, 'client_id', client_id)::text, true)
$$;
grant execute on function pg_temp.id(text) to authenticated;

insert into public.clients (id, name) values (pg_temp.id('bakery'), 'Bakery');
insert into auth.users (id, email) values (pg_temp.id('operator'), 'olga@retention.test'), (pg_temp.id('client'), 'ada@retention.test');
insert into public.members (user_id, role, client_id) values (pg_temp.id('operator'), 'operator', null), (pg_temp.id('client'), 'client', pg_temp.id('bakery'));
insert into public.provider_connections (id, client_id, name) values (pg_temp.id('own'), pg_temp.id('bakery'), 'Bakery'), (pg_temp.id('paused'), pg_temp.id('bakery'), 'Paused');
insert into private.webhook_secrets (connection_id, digest) values (pg_temp.id('own'), sha256('right'));
insert into public.campaigns (id, client_id, connection_id, name) values (pg_temp.id('bread'), pg_temp.id('bakery'), pg_temp.id('own'), 'Bread');
select private.map_provider_campaign(pg_temp.id('own'), 'pc-1', pg_temp.id('bread'));

-- Who decides.
select pg_temp.become('client', pg_temp.id('bakery'));
set local role authenticated;
select throws_ok('select * from public.retention_periods()', 'PT403', 'FORBIDDEN', 'a client does not read the periods');
select throws_ok($$ select public.preview_retention('deliveries', 60) $$, 'PT403', 'FORBIDDEN', 'nor what a change would remove');
select throws_ok($$ select public.change_retention('deliveries', 60) $$, 'PT403', 'FORBIDDEN', 'and changes none');
select throws_ok('select * from private.retention_settings', '42501', null, 'the table is out of reach');
reset role;
select pg_temp.become('operator', null);
set local role authenticated;
select results_eq(
  'select kind, keep_days, minimum_days from public.retention_periods()',
  $$ values ('deliveries', 90, 30), ('messages', 730, 90), ('audit', 730, 90), ('provider_calls', 30, 7), ('outgoing', 30, 7), ('placements', 180, 30),
    ('recovered_facts', 90, 90), ('run_details', 7, 1), ('scheduled_calls', 1, 1) $$, 'an operator reads every period, as it is at first'
);
select is_empty('select kind from public.retention_periods() where keep_days <> default_days', 'which is the default');
select throws_like($$ select public.change_retention('deliveries', 29) $$, 'VALIDATION_FAILED', 'less than the minimum is refused');
select throws_like($$ select public.preview_retention('deliveries', 29) $$, 'VALIDATION_FAILED', 'and is not even foreseen');
select throws_like($$ select public.change_retention('deliveries', 40000) $$, 'VALIDATION_FAILED', 'more than a century is a mistake');
select throws_like($$ select public.change_retention('leads', 90) $$, 'VALIDATION_FAILED', 'a kind that has no period is refused');
select is(public.change_retention('deliveries', 60), '{"kind": "deliveries", "keep_days": 60}', 'an operator shortens a period');
select is(public.change_retention('deliveries', 60) ->> 'keep_days', '60', 'twice is once');
select is(public.change_retention('audit', null) -> 'keep_days', 'null', 'and may keep a kind for ever');
select results_eq(
  $$ select actor_id, target_id, details from public.audit_log where action = 'retention_changed' order by id $$,
  $$ values (pg_temp.id('operator'), 'deliveries', '{"from_days": 90, "to_days": 60}'::jsonb), (pg_temp.id('operator'), 'audit', '{"from_days": 730, "to_days": null}') $$,
  'what changed is on record, once'
);
reset role;
select throws_ok($$ update private.retention_settings set keep_days = 3 where kind = 'deliveries' $$, '23514', null, 'the table itself refuses less than the minimum');

-- Deliveries. A mail that came 61 days ago, one of 59 days, and one in each state that is not finished.
create function pg_temp.event(name text, words text default null, email_id text default null) returns jsonb language sql as $$
  select jsonb_build_object(
    'key', pg_temp.id(name), 'provider_campaign_id', 'pc-1',
    'payload', jsonb_build_object('reply_text', words, 'lead_email', name || '@lead.test'),
    'event', jsonb_strip_nulls(jsonb_build_object(
      'type', 'reply_received', 'occurred_at', now() - interval '61 days', 'email', name || '@lead.test', 'email_id', email_id,
      'provider_campaign_ids', array['pc-1'], 'message', jsonb_build_object('text', 'reply_text', 'subject', 'reply_subject')
    ))
  )
$$;
create function pg_temp.deliver(variadic events jsonb[]) returns jsonb language sql as $$
  select worker.ingest_webhook_events(jsonb_build_array(jsonb_build_object(
    'connection_id', pg_temp.id('own'), 'secret_digest', encode(sha256('right'), 'hex'), 'events', to_jsonb(events)
  ))) -> 0
$$;
select pg_temp.deliver(pg_temp.event('ida', 'Send  me the DECK'), pg_temp.event('jon', 'Not now', 'mail-2'), pg_temp.event('kim', 'Yes'));
select worker.process_webhook_events(500);
insert into private.webhook_events (connection_id, event_key, provider_campaign_id, event, payload, status)
select pg_temp.id('own'), pg_temp.id(status), 'pc-2', '{"type": "email_sent"}', '{"lead_email": "kept@lead.test"}', status::public.webhook_event_status
from unnest('{pending,quarantined,dead,duplicate,test}'::text[]) as status;
update private.webhook_events set received_at = now() - interval '61 days', next_attempt_at = 'infinity' where connection_id = pg_temp.id('own');
update private.webhook_events set received_at = now() - interval '59 days' where event_key = pg_temp.id('kim');
create table pg_temp.before_them as select to_jsonb(e) as row from public.email_events as e where e.campaign_id = pg_temp.id('bread');

select pg_temp.become('operator', null);
set local role authenticated;
select is(public.preview_retention('deliveries', 60) -> 'rows', '4', 'a preview counts what would be emptied');
select is(public.preview_retention('deliveries', null) -> 'rows', '0', 'for ever removes nothing');
reset role;

select is(private.apply_retention(), 4, 'the job empties them');
select results_eq(
  $$ select event_key from private.webhook_events where connection_id = pg_temp.id('own') and payload is null order by event_key $$,
  $$ select pg_temp.id(n) from unnest('{ida,jon,duplicate,test}'::text[]) as n order by 1 $$,
  'the finished ones; what waits, is held or dead stays whole, and so does what is younger'
);
select is(
  (select event from private.webhook_events where event_key = pg_temp.id('jon')) - 'occurred_at',
  jsonb_build_object('type', 'reply_received', 'email_id', 'mail-2', 'words', md5('not now')), 'of the event stays what later facts are compared with'
);
select is_empty(
  $$ select from private.webhook_events as w where w.connection_id = pg_temp.id('own') and w.payload is null and to_jsonb(w)::text like '%@lead.test%' $$, 'and nothing of a person'
);
select throws_ok(
  $$ update private.webhook_events set status = 'pending' where event_key = pg_temp.id('ida') $$, '23514', null, 'what is empty cannot be projected again'
);
select is(pg_temp.deliver(pg_temp.event('ida', 'Send  me the DECK')), '{"stored": 0, "accepted": true, "received": 1, "duplicate": 1}', 'the same delivery again is still a duplicate');
select is((select delivery_count from private.webhook_events where event_key = pg_temp.id('ida')), 2, 'which its row counts');
create function pg_temp.listed(name text, words text, email_id text) returns jsonb language sql as $$
  select worker.ingest_missing_mails(pg_temp.id('own'), jsonb_build_array(jsonb_set(pg_temp.event(name, words, email_id), '{key}', to_jsonb(pg_temp.id('listed ' || words)))))
$$;
select is(pg_temp.listed('ida', 'send me the deck', 'mail-1'), '{"known": 1, "inserted": 0}', 'the inbox that lists it is known by its words');
select is(pg_temp.listed('jon', 'anything', 'mail-2'), '{"known": 1, "inserted": 0}', 'or by its mail id');
select is(worker.process_webhook_events(500) ->> 'claimed', '0', 'nothing waits');
select is_empty($$ select to_jsonb(e) from public.email_events as e where e.campaign_id = pg_temp.id('bread') except select row from pg_temp.before_them $$, 'no fact changed');

-- Messages: of 25 months, of 23 months, one that is not read yet, and an answer.
create function pg_temp.keep(name text, age interval, words text) returns void language sql as $$
  insert into public.messages (id, client_id, campaign_id, lead_id, connection_id, provider, direction, occurred_at, email, subject, body_text, snippet, source, reply_class, reply_class_source)
  select pg_temp.id(name), l.client_id, l.campaign_id, l.id, pg_temp.id('own'), 'instantly', 'received', now() - age, l.email, 'Loaves and rolls', words, words, 'webhook', 'question', 'rules'
  from public.synced_leads as l where l.campaign_id = pg_temp.id('bread') and l.email = 'ida@lead.test';
  insert into private.message_contents (message_id, connection_id, direction, provider_mail_id, raw_html, prepare_at)
  values (pg_temp.id(name), pg_temp.id('own'), 'received', name, '<p>' || words || '</p>', now() + interval '1 minute');
$$;
select pg_temp.keep('old', interval '25 months', 'Sourdough on Tuesdays');
select pg_temp.keep('young', interval '23 months', 'Sourdough on Fridays');
select pg_temp.keep('unread', interval '25 months', 'Sourdough on Sundays');
select worker.record_message_contents(jsonb_build_array(
  jsonb_build_object('message_id', pg_temp.id('old'), 'html', '<p>Sourdough on Tuesdays</p>', 'text', null),
  jsonb_build_object('message_id', pg_temp.id('young'), 'html', '<p>Sourdough on Fridays</p>', 'text', null)
));
insert into private.answers (id, reply_id, lead_id, connection_id, state, subject, body_text, is_quoted, message_id)
select pg_temp.id(state), pg_temp.id('old'), m.lead_id, pg_temp.id('own'), state::public.answer_state, 'Re', 'Sourdough it is', true, m.id
from public.messages as m, unnest('{sent,unknown}'::text[]) as state where m.id = pg_temp.id('old');
insert into public.untracked_replies (id, client_id, connection_id, provider, occurred_at, email, subject, body_text, snippet)
select w.id, pg_temp.id('bakery'), w.connection_id, 'instantly', now() - interval '25 months', 'outsider@lead.test', 'Hello', 'Rye', 'Rye'
from private.webhook_events as w where w.event_key = pg_temp.id('duplicate');
select pg_temp.become('operator', null);
select is((select count(*) from public.search_messages('sourdough')), 2::bigint, 'the search finds both');
create table pg_temp.numbers as select to_jsonb(s) as row from public.message_stats as s union all select to_jsonb(t) - 'snippet' from public.operator_threads as t;

select is(private.apply_retention(), 2, 'the job removes texts');
select results_eq(
  $$ select body_text, body_html, snippet, subject, reply_class::text, body_removed_at from public.messages where id = pg_temp.id('old') $$,
  $$ values (null::text, null::text, null::text, 'Loaves and rolls', 'question', now()) $$, 'text and snippet go; subject and class stay'
);
select is((select raw_html from private.message_contents where message_id = pg_temp.id('old')), null, 'the raw HTML too');
select results_eq(
  $$ select subject, body_text, snippet, body_removed_at from public.untracked_replies where email = 'outsider@lead.test' $$,
  $$ values ('Hello', null::text, null::text, now()) $$, 'and those of mails from outside the campaigns'
);
select results_eq(
  $$ select state::text, body_text from private.answers where reply_id = pg_temp.id('old') order by state $$,
  $$ values ('sent', ''), ('unknown', 'Sourdough it is') $$, 'an answer loses its copy of the text, except while it is in doubt'
);
select results_eq(
  $$ select body_text from public.messages where id in (pg_temp.id('young'), pg_temp.id('unread')) order by occurred_at desc $$,
  $$ values ('Sourdough on Fridays'), ('Sourdough on Sundays') $$, 'a younger one keeps its text, and so does one that was not read yet'
);
select results_eq($$ select message_id from public.search_messages('sourdough') $$, $$ values (pg_temp.id('young')) $$, 'the search finds the old text no more');
select is((select count(*) from public.search_messages('loaves')), 2::bigint, 'but still its subject');
select is_empty(
  $$ select row from pg_temp.numbers except (select to_jsonb(s) from public.message_stats as s union all select to_jsonb(t) - 'snippet' from public.operator_threads as t) $$,
  'and no number changes'
);
select worker.complete_messages(pg_temp.id('own'), jsonb_build_array(jsonb_build_object(
  'provider_campaign_id', 'pc-1', 'payload', '{"body": "Sourdough on Tuesdays"}'::jsonb,
  'event', jsonb_build_object('type', 'reply_received', 'email', 'ida@lead.test', 'occurred_at', now() - interval '25 months', 'email_id', 'old', 'message', '{"text": "body", "html": "body"}'::jsonb)
)));
select worker.record_message_contents(jsonb_build_array(jsonb_build_object('message_id', pg_temp.id('old'), 'html', '<p>Sourdough</p>', 'text', 'Sourdough')));
select results_eq(
  $$ select m.body_text, m.body_html, c.raw_html, c.prepare_at from public.messages as m join private.message_contents as c on c.message_id = m.id where m.id = pg_temp.id('old') $$,
  $$ values (null::text, null::text, null::text, null::timestamptz) $$, 'no later sync and no late worker brings a text back'
);

-- Logs.
update private.retention_settings set keep_days = 730 where kind = 'audit';
insert into public.provider_api_calls (connection_id, called_at, method, path, duration_ms, attempt)
select pg_temp.id('own'), now() - case when n > 300 then interval '29 days' else interval '31 days' end, 'GET', 'retention', 1, 1 from generate_series(1, 305) as n;
update public.provider_connections set status = 'paused' where id = pg_temp.id('paused');
insert into public.audit_log (occurred_at, action, client_id, target_type, target_id, actor_id)
select now() - age, action, pg_temp.id('bakery'), 'provider_connection', pg_temp.id(target)::text, pg_temp.id('client')
from (values (interval '731 days', 'pause', 'paused'), (interval '731 days', 'pause', 'own'), (interval '729 days', 'resume', 'own')) as a (age, action, target);
insert into private.outgoing_events (id, type, fact, client_id, occurred_at, created_at)
select pg_temp.id(fact), 'test', 'retention ' || fact, pg_temp.id('bakery'), now(), now() - fact::interval from unnest('{29 days,31 days}'::text[]) as fact;
insert into private.mails (user_id, kind, created_at) select pg_temp.id('operator'), 'notification', now() - age from unnest('{29 days,31 days}'::interval[]) as age;
insert into private.function_calls (request_id, function_name, called_at) values (-1, 'retention', now() - interval '23 hours'), (-2, 'retention', now() - interval '25 hours');
delete from cron.job_run_details;
insert into cron.job_run_details (runid, username, status, start_time, end_time)
select n, current_user, 'succeeded', now() - age, case when ends then now() - age end
from (values (-4, interval '8 days', true), (-3, '8 days', false), (-2, '9 days', true), (-1, '1 day', true)) as r (n, age, ends);
insert into public.email_accounts (id, connection_id, client_id, email, status) values (pg_temp.id('mia'), pg_temp.id('own'), pg_temp.id('bakery'), 'mia@retention.test', 'active');
insert into public.placement_results (account_id, day, inbox, promotions, spam) select pg_temp.id('mia'), (now() at time zone 'UTC')::date - n, 1, 0, 0 from unnest('{179,181}'::integer[]) as n;
insert into private.recovered_facts (event_id, lead_id, type, is_inferred, earliest_at, occurred_at, latest_at)
select w.id, l.id, 'email_opened', true, w.at, w.at, w.at
from (select id, now() - case event_key when pg_temp.id('ida') then interval '91 days' else interval '89 days' end as at from private.webhook_events where event_key in (pg_temp.id('ida'), pg_temp.id('jon'))) as w,
  public.synced_leads as l where l.campaign_id = pg_temp.id('bread') and l.email = 'ida@lead.test';
analyze public.provider_api_calls, private.webhook_events, public.messages, public.audit_log;
create view pg_temp.scans as select relname, seq_scan from pg_stat_xact_user_tables
where schemaname in ('public', 'private') and relname in ('webhook_events', 'messages', 'untracked_replies', 'audit_log', 'provider_api_calls', 'outgoing_events', 'crm_pushes', 'mails', 'function_calls', 'recovered_facts', 'placement_results');
set local enable_seqscan = off;
create table pg_temp.scanned as select * from pg_temp.scans;

select is(private.apply_retention(), 309, 'one run removes all of it, in as many batches as it takes');
select is_empty('select s.relname from pg_temp.scans as s join pg_temp.scanned as b using (relname) where s.seq_scan > b.seq_scan', 'and finds it by an index');
set local enable_seqscan = on;
select is((select count(*) from public.provider_api_calls where path = 'retention'), 5::bigint, 'provider calls after 30 days');
select results_eq(
  $$ select target_id::uuid, action from public.audit_log where client_id = pg_temp.id('bakery') and target_type = 'provider_connection' order by action $$,
  $$ values (pg_temp.id('paused'), 'pause'), (pg_temp.id('own'), 'resume') $$, 'the audit log after 24 months, except who paused what is still paused'
);
select results_eq($$ select fact from private.outgoing_events where fact like 'retention %' $$, $$ values ('retention 29 days') $$, 'outgoing events after 30 days');
select is((select count(*) from private.mails where user_id = pg_temp.id('operator')), 1::bigint, 'mails to people too');
select results_eq($$ select request_id from private.function_calls where function_name = 'retention' $$, $$ values (-1::bigint) $$, 'calls of the scheduler after a day');
select is((select count(*) from cron.job_run_details), 1::bigint, 'its runs after seven days, also one that never ended');
select is((select count(*) from public.placement_results where account_id = pg_temp.id('mia')), 1::bigint, 'placement results after 180 days');
select is((select count(*) from private.recovered_facts where event_id in (select id from private.webhook_events where connection_id = pg_temp.id('own'))), 1::bigint, 'facts that a sync found after 90 days');
select is(private.apply_retention(), 0, 'with nothing to do it does nothing');
select results_eq(
  $$ select removed_rows, removed_in_all, removed_at, checked_at >= now() from private.retention_settings where kind = 'provider_calls' $$,
  $$ values (300, 300::bigint, now(), true) $$, 'and the settings say when and how much was removed'
);

-- For ever, and a kind that fails.
update private.retention_settings set keep_days = null where kind = 'outgoing';
update private.outgoing_events set created_at = now() - interval '10 years' where fact like 'retention %';
create function pg_temp.refuse() returns trigger language plpgsql as $$ begin raise exception 'not today'; end $$;
create trigger refuse before delete on public.audit_log for each row execute function pg_temp.refuse();
update public.audit_log set occurred_at = now() - interval '10 years' where client_id = pg_temp.id('bakery');
update public.provider_api_calls set called_at = now() - interval '1 year' where path = 'retention';
select is(private.apply_retention(), 5, 'one kind that cannot be removed does not stop the others');
select is((select count(*) from private.outgoing_events where fact like 'retention %'), 1::bigint, 'what is kept for ever stays');
select is((select count(*) from public.audit_log where client_id = pg_temp.id('bakery') and target_type = 'provider_connection'), 2::bigint, 'what could not be removed waits for the next run');

select * from finish();
rollback;
