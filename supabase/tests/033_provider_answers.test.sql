-- Answers that people write in the provider's own inbox: each kept once, ours known again, and counted like those written here.

begin;
set local search_path = public, extensions;
select plan(30);

create function pg_temp.id(name text) returns uuid language sql as $$ select md5('written ' || name)::uuid $$;
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
insert into auth.users (id, email) select pg_temp.id(name), name || '@written.test' from unnest('{ada,ben,olga}'::text[]) as name;
insert into public.members (user_id, role, client_id) values
  (pg_temp.id('ada'), 'client', pg_temp.id('bakery')), (pg_temp.id('ben'), 'client', pg_temp.id('dentist')), (pg_temp.id('olga'), 'operator', null);
insert into public.provider_connections (id, client_id, name) values (pg_temp.id('connection'), pg_temp.id('bakery'), 'Bakery');
insert into public.campaigns (id, client_id, connection_id, name)
select pg_temp.id(name), pg_temp.id('bakery'), pg_temp.id('connection'), name from unnest('{autumn,winter}'::text[]) as name;
insert into private.provider_campaigns (connection_id, provider_campaign_id, campaign_id)
values (pg_temp.id('connection'), 'autumn', pg_temp.id('autumn')), (pg_temp.id('connection'), 'winter', pg_temp.id('winter'));
insert into public.synced_leads (id, client_id, campaign_id, email)
select pg_temp.id(campaign || ' ' || name), pg_temp.id('bakery'), pg_temp.id(campaign), name || '@lead.test'
from unnest('{ann,bea,cas,dot,eve}'::text[]) as name, unnest('{autumn,winter}'::text[]) as campaign;

-- Last Monday, nine o'clock in Amsterdam, so that minutes are working minutes.
create function pg_temp.at(minutes integer) returns timestamptz language sql stable as $$
  select (date_trunc('week', now() at time zone 'Europe/Amsterdam') - interval '7 days' + interval '9 hours') at time zone 'Europe/Amsterdam'
    + make_interval(mins => minutes)
$$;
create function pg_temp.mail(lead text, way text, minutes integer, body text default null, thread text default null, writer text default null) returns uuid language sql as $$
  with made as (
    insert into public.messages (client_id, campaign_id, lead_id, connection_id, provider, direction, occurred_at, email, written_by, body_text, source, event_id)
    select
      l.client_id, l.campaign_id, l.id, pg_temp.id('connection'), 'instantly', case when way = 'reply' then 'received' else 'sent' end::public.message_direction,
      pg_temp.at(minutes), l.email, writer, body, case way when 'answer' then 'answer' else 'webhook' end::public.message_source,
      case way when 'answer' then null else 1 end
    from public.synced_leads as l where l.id = pg_temp.id(lead)
    returning id, direction
  )
  insert into private.message_contents (message_id, connection_id, direction, provider_thread_id)
  select m.id, pg_temp.id('connection'), m.direction, thread from made as m returning message_id
$$;
create function pg_temp.written(name text, minutes integer, rest jsonb default '{}') returns integer language sql as $$
  select worker.record_provider_answers(pg_temp.id('connection'), jsonb_build_array(jsonb_build_object(
    'at', pg_temp.at(minutes), 'email', name || '@lead.test', 'text', 'Happy to call on Friday'
  ) || rest))
$$;
create function pg_temp.answers(name text) returns bigint language sql as $$
  select count(*) from public.messages where email = name || '@lead.test' and direction = 'sent' and event_id is null
$$;

-- Kept once, and it ends the wait.
select pg_temp.mail('autumn ann', 'reply', 0, 'What does it cost?');
select is(pg_temp.written('ann', 4, '{"mail_id": "m1", "provider_campaign_id": "autumn", "subject": "Re: Bread", "html": "<p>Happy to call on Friday</p>"}'), 1, 'an answer in the provider''s inbox is kept');
select results_eq(
  $$ select subject, body_text, source::text, campaign_id from public.messages where email = 'ann@lead.test' and direction = 'sent' $$,
  $$ values ('Re: Bread', 'Happy to call on Friday', 'inbox', pg_temp.id('autumn')) $$, 'as a message of the conversation'
);
select results_eq(
  $$ select waiting_since, answered_at = pg_temp.at(4) from private.threads where lead_id = pg_temp.id('autumn ann') $$, $$ values (null::timestamptz, true) $$,
  'where no one waits any more'
);
select is(pg_temp.written('ann', 4, '{"mail_id": "m1", "provider_campaign_id": "autumn"}'), 0, 'read again it is the same');
select is(pg_temp.answers('ann'), 1::bigint, 'and there once');
select results_eq(
  $$ select (private.answer_warnings(m, pg_temp.id('none')) -> 0 ->> 'message') from public.messages as m where m.email = 'ann@lead.test' and m.direction = 'received' $$,
  array['Somebody has answered this person in Instantly'], 'whoever answers from here now is told'
);

-- Whose conversation it is.
select pg_temp.mail('winter bea', 'reply', 0, 'Hello', 'thread of bea');
select pg_temp.mail('autumn bea', 'reply', 1, 'Hello too');
select is(pg_temp.written('bea', 30, '{"mail_id": "m2", "thread_id": "thread of bea"}'), 1, 'without a campaign the thread tells');
select isnt((select answered_at from private.threads where lead_id = pg_temp.id('winter bea')), null, 'which conversation was answered');
select is(pg_temp.written('bea', 40, '{"mail_id": "m3"}'), 1, 'without a thread too it is the conversation');
select is((select answered_at from private.threads where lead_id = pg_temp.id('autumn bea')), pg_temp.at(40), 'that was alive last');
select is(pg_temp.written('nobody', 5, '{"mail_id": "m4"}'), 0, 'a mail to a stranger is none of ours');
select is(pg_temp.written('bea', 50, '{"mail_id": "m5", "provider_campaign_id": "autumn", "to": ["boss@agency.test"]}'), 0, 'a mail passed on to somebody else is no answer');
select pg_temp.mail('autumn bea', 'reply', 60, 'I take over', null, 'colleague@lead.test');
select is(pg_temp.written('bea', 70, '{"mail_id": "m6", "provider_campaign_id": "autumn", "to": ["colleague@lead.test"]}'), 1, 'one to the colleague who wrote is');

-- Our own are known again.
insert into private.answers (id, reply_id, lead_id, connection_id, state, subject, body_text, is_quoted, tried_at)
select pg_temp.id('answer'), pg_temp.mail('autumn cas', 'reply', 0, 'Tell me more'), pg_temp.id('autumn cas'), pg_temp.id('connection'), 'sending', 'Re: Bread',
  E'Here it is:\n\nall of it', true, pg_temp.at(2);
select is(pg_temp.written('cas', 3, '{"mail_id": "m7", "provider_campaign_id": "autumn", "text": "Here it is: all of it On Monday you wrote"}'), 1, 'the sync may be quicker than the record');
select is(
  worker.record_answer(pg_temp.id('answer'), null, 'sent', null, pg_temp.at(2)) ->> 'message_id', (select id::text from public.messages where email = 'cas@lead.test' and direction = 'sent'),
  'which then finds its mail by its words'
);
select results_eq($$ select source::text, body_text from public.messages where email = 'cas@lead.test' and direction = 'sent' $$, $$ values ('answer', E'Here it is:\n\nall of it') $$, 'and makes it ours');
select pg_temp.mail('autumn dot', 'reply', 0, 'Tell me more');
select pg_temp.mail('autumn dot', 'answer', 1, 'Here it is');
select is(pg_temp.written('dot', 11, '{"mail_id": "m8", "provider_campaign_id": "autumn", "text": "Here it is -- Mia"}'), 0, 'one without an id is known by its words, though it waited in a queue');
select is(pg_temp.written('dot', 11, '{"mail_id": "m8", "provider_campaign_id": "autumn", "text": "Here it is -- Mia"}') + pg_temp.answers('dot'), 1::bigint, 'and by its id from then on');

-- A delivery called it a mail of the campaign.
select pg_temp.mail('autumn eve', 'reply', 0, 'When?');
select pg_temp.mail('autumn eve', 'delivered', 2, 'Happy to call on Friday');
select isnt((select waiting_since from private.threads where lead_id = pg_temp.id('autumn eve')), null, 'a mail of the campaign ends no wait');
select is(pg_temp.written('eve', 2, '{"mail_id": "m9", "provider_campaign_id": "autumn"}'), 1, 'until the provider''s list says that a person wrote it');
select is((select waiting_since from private.threads where lead_id = pg_temp.id('autumn eve')), null, 'then it does');

-- Which conversations are asked for, where it is a call each: those that wait first, and each once in a while.
update private.threads set last_reply_at = now() - interval '1 hour', waiting_since = case when lead_id = pg_temp.id('autumn eve') then now() - interval '1 hour' end;
select is(jsonb_array_length(worker.list_answers_to_read(pg_temp.id('connection'), 3)), 3, 'no more than there is room for');
select is(worker.list_answers_to_read(pg_temp.id('connection'), 3) -> 0 ->> 'email', 'eve@lead.test', 'who waits is first');
select worker.record_provider_answers(pg_temp.id('connection'), '[]', array(select lead_id from private.threads));
select is(worker.list_answers_to_read(pg_temp.id('connection'), 9), '[]', 'what was just read is not asked for again');

-- Reply times: from the reply to the answer, wherever it was written.
select pg_temp.sign_in('olga');
select results_eq(
  $$ select answered, answered_at_provider, median_seconds, share_under_5_minutes from public.reply_times() where client_id = pg_temp.id('bakery') $$,
  $$ values (7::bigint, 5::bigint, 240, 0.5714) $$, 'operators read them over all clients'
);
reset role;
update public.clients set time_zone = 'Asia/Tokyo' where id = pg_temp.id('bakery');
select pg_temp.sign_in('ada');
select is((select median_seconds from public.client_reply_times), 0, 'in another time zone other hours are worked');
select throws_ok('select * from public.reply_times()', 'PT403', 'FORBIDDEN', 'a client reads its own only');
reset role;

-- Providers name moments to the second: within one of them, the answer follows what it answers.
reset role;
select pg_temp.mail('winter cas', 'reply', 200, 'Now?');
select pg_temp.written('cas', 200, '{"mail_id": "m10", "provider_campaign_id": "winter", "text": "Yes, at once"}');
select is((select waiting_since from private.threads where lead_id = pg_temp.id('winter cas')), null, 'an answer at the moment of the reply ends the wait');
select is((select seconds from private.reply_waits where lead_id = pg_temp.id('winter cas')), 0, 'which took no time');
select is(
  (select private.answer_warnings(m, pg_temp.id('none')) -> 0 ->> 'reason' from public.messages as m where m.lead_id = pg_temp.id('winter cas') and m.direction = 'received'),
  'answered', 'and a second answer asks first'
);

select * from finish();
rollback;
