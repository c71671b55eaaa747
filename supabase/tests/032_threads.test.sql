-- The inbox as work: who waits, in which order, who has it, when it comes back, what colleagues note, how fast is answered.

begin;
set local search_path = public, extensions;
select plan(39);

create function pg_temp.id(name text) returns uuid language sql as $$ select md5('threads ' || name)::uuid $$;
create function pg_temp.sign_in(person text) returns void language plpgsql as $$
begin
  perform set_config('request.jwt.claims', (private.custom_access_token_hook(jsonb_build_object(
    'user_id', pg_temp.id(person), 'claims', jsonb_build_object('sub', pg_temp.id(person), 'role', 'authenticated')
  )) -> 'claims')::text, true);
  perform set_config('role', 'authenticated', true);
end
$$;

grant execute on function pg_temp.id(text), pg_temp.sign_in(text) to public;

insert into public.clients (id, name, time_zone) values (pg_temp.id('bakery'), 'Bakery', 'Europe/Amsterdam'), (pg_temp.id('dentist'), 'Dentist', 'UTC');
insert into auth.users (id, email) select pg_temp.id(name), name || '@threads.test' from unnest('{ada,ben,olga,otto,anon}'::text[]) as name;
insert into public.members (user_id, role, client_id) values
  (pg_temp.id('ada'), 'client', pg_temp.id('bakery')), (pg_temp.id('ben'), 'client', pg_temp.id('dentist')),
  (pg_temp.id('olga'), 'operator', null), (pg_temp.id('otto'), 'operator', null);
insert into public.provider_connections (id, client_id, name) values (pg_temp.id('connection'), pg_temp.id('bakery'), 'Bakery');
insert into public.campaigns (id, client_id, connection_id, name) values (pg_temp.id('campaign'), pg_temp.id('bakery'), pg_temp.id('connection'), 'Autumn');
insert into public.synced_leads (id, client_id, campaign_id, email, interest_status_reported)
select pg_temp.id(name), pg_temp.id('bakery'), pg_temp.id('campaign'), name || '@lead.test', interest::public.interest_status
from (values ('hot', 'positive'), ('cold', 'negative'), ('plain', null), ('old', null), ('away', null), ('silent', null)) as l (name, interest);

create function pg_temp.mail(lead text, way text, at timestamptz, automatic boolean default false, name text default null) returns void language sql as $$
  insert into public.messages (id, client_id, campaign_id, lead_id, connection_id, provider, direction, occurred_at, email, is_auto_reply, source, event_id)
  values (
    coalesce(pg_temp.id(name), gen_random_uuid()), pg_temp.id('bakery'), pg_temp.id('campaign'), pg_temp.id(lead), pg_temp.id('connection'), 'instantly',
    case when way = 'reply' then 'received' else 'sent' end::public.message_direction, at, lead || '@lead.test', automatic,
    case when way = 'answer' then 'answer' else 'webhook' end::public.message_source, case when way = 'answer' then null else 1 end
  )
$$;
select pg_temp.mail('hot', 'reply', now() - interval '2 hours');
select pg_temp.mail('plain', 'reply', now() - interval '3 hours');
select pg_temp.mail('plain', 'reply', now() - interval '1 hour', name => 'second');
select pg_temp.mail('old', 'reply', now() - interval '9 hours');
select pg_temp.mail('cold', 'reply', now() - interval '10 hours');
select pg_temp.mail('away', 'reply', now() - interval '20 hours', true, 'automatic');
select pg_temp.mail('silent', 'mail', now() - interval '20 hours');

-- The order.
select results_eq(
  $$ select split_part(email, '@', 1) from public.operator_threads order by place, ordered_at $$,
  array['hot', 'old', 'plain', 'cold', 'away'],
  'interested people come first, then who waits longest, then who wants nothing, then what needs no answer'
);
select results_eq(
  $$ select replies, message_id, state, is_hot from public.operator_threads where email = 'plain@lead.test' $$,
  $$ values (2, pg_temp.id('second'), 'waiting', false) $$, 'a conversation is one row with its newest reply'
);
select is((select state from public.operator_threads where email = 'away@lead.test'), 'automatic', 'an automatic reply waits for nothing');
select is_empty($$ select from public.operator_threads where email = 'silent@lead.test' $$, 'who has not replied is no conversation');
select results_eq($$ select waiting, snoozed, threads from public.operator_inbox_counts $$, $$ values (4::bigint, 0::bigint, 5::bigint) $$, 'the counts agree');

-- What changes it.
update public.messages set is_auto_reply = false where id = pg_temp.id('automatic');
select is((select state from public.operator_threads where email = 'away@lead.test'), 'waiting', 'a reply that proves to be a person''s waits');
update public.messages set is_auto_reply = true where id = pg_temp.id('automatic');
select pg_temp.mail('old', 'mail', now() - interval '1 minute');
select is((select state from public.operator_threads where email = 'old@lead.test'), 'waiting', 'a mail of the sequence is no answer');
select pg_temp.mail('old', 'answer', now());
select results_eq(
  $$ select state, waiting_since, answered_at = now() from public.operator_threads where email = 'old@lead.test' $$,
  $$ values ('answered', null::timestamptz, true) $$, 'an answer ends the wait'
);
select pg_temp.mail('old', 'reply', now() + interval '1 minute');
select is((select waiting_since from public.operator_threads where email = 'old@lead.test'), now() + interval '1 minute', 'the next reply begins another');

-- Operators take, put off and finish.
select pg_temp.sign_in('olga');
select is(
  public.change_thread(pg_temp.id('hot'), jsonb_build_object('assigned_to', pg_temp.id('otto'))) ->> 'assigned_to', pg_temp.id('otto')::text,
  'an operator assigns a conversation to a colleague'
);
select is((select assigned_to_name from public.operator_threads where lead_id = pg_temp.id('hot')), 'otto@threads.test', 'under a name');
select throws_ok(
  format($$ select public.change_thread(%L, '{"assigned_to": "%s"}') $$, pg_temp.id('hot'), pg_temp.id('ada')), 'PT400', 'VALIDATION_FAILED',
  'but not to a client'
);
select throws_ok(format($$ select public.change_thread(%L, '{"assigned_to": "somebody"}') $$, pg_temp.id('hot')), 'PT400', 'VALIDATION_FAILED', 'nor to a word');
select throws_ok(format($$ select public.change_thread(%L, '{"color": "red"}') $$, pg_temp.id('hot')), 'PT400', 'VALIDATION_FAILED', 'and nothing but these three');
select throws_ok(format($$ select public.change_thread(%L, '{"done": true}') $$, pg_temp.id('silent')), 'PT404', 'NOT_FOUND', 'what is no conversation cannot be changed');
select throws_ok(
  format($$ select public.change_thread(%L, jsonb_build_object('snoozed_until', now() - interval '1 hour')) $$, pg_temp.id('hot')), 'PT400', 'VALIDATION_FAILED',
  'a snooze ends in the future'
);
select lives_ok(
  format($$ select public.change_thread(%L, jsonb_build_object('snoozed_until', now() + interval '1 day')) $$, pg_temp.id('plain')), 'it is put off'
);
select is((select is_snoozed from public.operator_threads where lead_id = pg_temp.id('plain')), true, 'and is out of the way');
select is((select waiting from public.operator_inbox_counts), 3::bigint, 'also of the count');
reset role;
update private.threads set snoozed_until = now() - interval '1 second' where lead_id = pg_temp.id('plain');
select is((select split_part(email, '@', 1) from public.operator_threads order by place, ordered_at limit 1), 'plain', 'when it is due it is on top');
update private.threads set snoozed_at = now() - interval '1 day' where lead_id = pg_temp.id('plain');
select pg_temp.mail('plain', 'answer', now());
select is((select place from public.operator_threads where lead_id = pg_temp.id('plain')), 4, 'until it is answered');
update private.threads set snoozed_until = now() + interval '1 day' where lead_id = pg_temp.id('plain');
select pg_temp.mail('plain', 'reply', now() + interval '1 minute');
select is((select snoozed_until from public.operator_threads where lead_id = pg_temp.id('plain')), null, 'a reply meanwhile ends the snooze');
select pg_temp.sign_in('olga');
select is(public.change_thread(pg_temp.id('cold'), '{"done": true}') ->> 'waiting_since', null, 'done needs no answer');
select is((select state from public.operator_threads where lead_id = pg_temp.id('cold')), 'done', 'and says so');
select isnt(public.change_thread(pg_temp.id('cold'), '{"done": false}') ->> 'waiting_since', null, 'until it is reopened');

-- Notes and filters.
select isnt(public.add_thread_note(pg_temp.id('hot'), 'Call her first'), null, 'an operator notes something');
select throws_ok(format($$ select public.add_thread_note(%L, '  ') $$, pg_temp.id('hot')), 'PT400', 'VALIDATION_FAILED', 'but not nothing');
select is(public.save_filter('inbox', 'Mine', '{"who": "me"}'), '[{"name": "Mine", "filter": {"who": "me"}}]', 'and saves a filter');
reset role;
select pg_temp.sign_in('otto');
select is((select body || ' ' || author_name from public.operator_thread_notes), 'Call her first olga@threads.test', 'a colleague reads the note');
select throws_ok(
  format($$ select public.remove_thread_note(%L, %L) $$, pg_temp.id('hot'), (select id from public.operator_thread_notes)), 'PT404', 'NOT_FOUND',
  'and does not remove it'
);
select is(public.saved_filters('inbox'), '[]', 'nor sees the filter');

-- Clients see none of it.
reset role;
select pg_temp.sign_in('ada');
select is(
  (select count(*) from public.operator_threads) + (select count(*) from public.operator_thread_notes) + (select count(*) from private.threads)
    + (select count(*) from private.thread_notes),
  0::bigint, 'a client reads neither conversations nor notes'
);
select throws_ok(format($$ select public.change_thread(%L, '{"done": true}') $$, pg_temp.id('hot')), 'PT403', 'FORBIDDEN', 'nor changes one');
select throws_ok(format($$ select public.add_thread_note(%L, 'x') $$, pg_temp.id('hot')), 'PT403', 'FORBIDDEN', 'nor notes anything');
reset role;

-- Working hours: Friday 16:59 to Monday 9:01 in Amsterdam are two minutes.
select is(private.working_seconds('2026-11-06T15:59:00Z', '2026-11-09T08:01:00Z', 'Europe/Amsterdam'), 120, 'a weekend does not count');
select is(private.working_seconds('2026-11-07T10:00:00Z', '2026-11-08T10:00:00Z', 'Europe/Amsterdam'), 0, 'not even a whole one');
delete from public.messages;
select is((select count(*) from private.threads), 0::bigint, 'without replies there is no conversation');
select pg_temp.mail('hot', 'reply', date_trunc('week', now()) - interval '7 days' + interval '9 hours');
select pg_temp.mail('hot', 'reply', date_trunc('week', now()) - interval '7 days' + interval '9 hours 1 minute');
select pg_temp.mail('hot', 'answer', date_trunc('week', now()) - interval '7 days' + interval '9 hours 2 minutes');
select pg_temp.mail('old', 'reply', date_trunc('week', now()) - interval '7 days' + interval '9 hours');
select pg_temp.mail('old', 'answer', date_trunc('week', now()) - interval '7 days' + interval '10 hours');
select pg_temp.mail('plain', 'reply', date_trunc('week', now()) - interval '7 days' + interval '9 hours');
select pg_temp.sign_in('ada');
select results_eq(
  $$ select answered, waiting, median_seconds, share_under_5_minutes from public.client_reply_times $$,
  $$ values (2::bigint, 1::bigint, 1860, 0.5000) $$, 'a client reads how fast its replies were answered: from the first of several until the answer'
);
reset role;
select pg_temp.sign_in('ben');
select is((select string_agg(client_name || ' ' || answered, ',') from public.client_reply_times), 'Dentist 0', 'and nothing of others');
reset role;

select * from finish();
rollback;
