-- Mails become messages, each once, whichever way and in whatever order their copies come; opens and clicks become none.

begin;
set local search_path = public, extensions;
select plan(36);

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('messages ' || name)::uuid $$;

-- A delivery comes in and is projected; by default each is a new fact.
create function pg_temp.arrive(type text, who text, at text, payload jsonb default '{}', more jsonb default '{}')
returns void language plpgsql as $$
begin
  perform worker.ingest_webhook_events(jsonb_build_array(jsonb_build_object(
    'connection_id', pg_temp.id('connection'),
    'secret_digest', encode(sha256('secret'), 'hex'),
    'events', jsonb_build_array(jsonb_build_object(
      'key', gen_random_uuid(), 'provider_campaign_id', 'pc-1', 'payload', payload,
      'event', jsonb_build_object(
        'type', type, 'email', who || '@lead.test', 'occurred_at', '2026-10-' || at || 'Z', 'provider_campaign_ids', '["pc-1"]'::jsonb,
        'email_account', 'mia@outreach.test'
      ) || more
    ))
  )));
  perform worker.process_webhook_events(500);
end
$$;

create view pg_temp.mails as
select split_part(m.email, '@', 1) as who, m.*, c.provider_mail_id, c.inbox_url, c.raw_html, c.prepare_at
from public.messages as m
join private.message_contents as c on c.message_id = m.id;

insert into public.clients (id, name) values (pg_temp.id('bakery'), 'Bakery'), (pg_temp.id('dentist'), 'Dentist');
insert into public.provider_connections (id, name) values (pg_temp.id('connection'), 'Shared');
insert into private.webhook_secrets (connection_id, digest) values (pg_temp.id('connection'), sha256('secret'));
insert into public.campaigns (id, client_id, connection_id, name)
values (pg_temp.id('campaign'), pg_temp.id('bakery'), pg_temp.id('connection'), 'Bread');
select private.map_provider_campaign(pg_temp.id('connection'), 'pc-1', pg_temp.id('campaign'));

-- What becomes a message.
select pg_temp.arrive('email_opened', 'ida', '05T08:00');
select pg_temp.arrive('email_sent', 'ida', '05T07:00', '{}');
select is_empty('select * from pg_temp.mails', 'an open and a sent mail without contents become no message');
select pg_temp.arrive(
  'email_sent', 'ida', '06T07:00', '{"email_subject": "Bread", "mail": {"html": "<p>Hi</p>"}}',
  '{"step": 1, "message": {"subject": "email_subject", "html": "mail.html"}}'
);
select results_eq(
  $$ select direction::text, subject, body_text, body_html, raw_html, step::integer, source::text from pg_temp.mails $$,
  $$ values ('sent', 'Bread', null::text, null::text, '<p>Hi</p>', 1, 'webhook') $$,
  'a sent mail becomes one, its texts read from where the event says, nested too; its HTML stays inside until it is prepared'
);
select isnt((select prepare_at from pg_temp.mails), null, 'and waits to be prepared');
select pg_temp.arrive('reply_received', 'jon', '06T08:00');
select is((select count(*) from pg_temp.mails where who = 'jon'), 1::bigint, 'a reply becomes one even without text');
select pg_temp.arrive('auto_reply_received', 'kim', '06T08:00', '{"t": "Away"}', '{"message": {"text": "t"}}');
select is((select is_auto_reply from pg_temp.mails where who = 'kim'), true, 'an automatic reply says that it is one');
select is((select snippet from pg_temp.mails where who = 'kim'), 'Away', 'without a snippet the text gives one');

-- Copies of the same mail.
select pg_temp.arrive('reply_received', 'jon', '06T08:01:59', '{"t": "Hello"}', '{"email_id": "m-1", "message": {"text": "t"}}');
select results_eq(
  $$ select body_text, provider_mail_id from pg_temp.mails where who = 'jon' $$, $$ values ('Hello', 'm-1') $$,
  'a copy with mail id within two minutes is the same mail and fills in what was missing'
);
select pg_temp.arrive('reply_received', 'jon', '06T08:01', '{"t": "Other"}', '{"message": {"text": "t"}}');
select is((select body_text from pg_temp.mails where who = 'jon'), 'Hello', 'a copy without mail id comes to nothing new and overwrites nothing');
select pg_temp.arrive('auto_reply_received', 'jon', '09T08:00', '{}', '{"email_id": "m-1"}');
select is((select count(*) from pg_temp.mails where who = 'jon'), 1::bigint, 'the same mail id is the same mail at any time');
select pg_temp.arrive('reply_received', 'jon', '06T08:00:30', '{}', '{"email_id": "m-2"}');
select is((select count(*) from pg_temp.mails where who = 'jon'), 2::bigint, 'another mail id is another mail, however near');
select pg_temp.arrive('reply_received', 'jon', '06T08:03', '{}');
select is((select count(*) from pg_temp.mails where who = 'jon'), 3::bigint, 'more than two minutes apart is another mail');
select pg_temp.arrive('email_sent', 'ida', '06T07:01', '{"s": "Bread again"}', '{"step": 2, "message": {"subject": "s"}}');
select is((select count(*) from pg_temp.mails where who = 'ida'), 2::bigint, 'another step is another mail');
select is((select count(distinct thread_key) from pg_temp.mails where who = 'jon'), 1::bigint, 'all mails with a lead are one thread');

-- The inbox completes.
select pg_temp.arrive('reply_received', 'lea', '06T08:00');
select is(
  worker.complete_messages(pg_temp.id('connection'), jsonb_build_array(jsonb_build_object(
    'provider_campaign_id', 'pc-1', 'payload', '{"t": "From the inbox", "h": "<p>x</p>"}'::jsonb,
    'event', '{"type": "reply_received", "email": "lea@lead.test", "email_id": "m-9", "occurred_at": "2026-10-06T08:01Z", "message": {"text": "t", "html": "h"}}'::jsonb
  ))), 1, 'a mail of the inbox completes the message that a webhook left bare'
);
select results_eq(
  $$ select body_text, raw_html, provider_mail_id from pg_temp.mails where who = 'lea' $$, $$ values ('From the inbox', '<p>x</p>', 'm-9') $$,
  'with its texts and its id'
);
select is(
  worker.complete_messages(pg_temp.id('connection'), jsonb_build_array(jsonb_build_object(
    'provider_campaign_id', 'pc-1', 'payload', '{"t": "From the inbox"}'::jsonb,
    'event', '{"type": "reply_received", "email": "lea@lead.test", "email_id": "m-9", "occurred_at": "2026-10-06T08:01Z", "message": {"text": "t"}}'::jsonb
  ))), 0, 'and changes nothing when nothing is missing'
);
select is(
  worker.complete_messages(pg_temp.id('connection'), jsonb_build_array(jsonb_build_object(
    'provider_campaign_id', 'pc-1', 'payload', '{"t": "As it was written"}'::jsonb,
    'event', '{"type": "reply_received", "email": "lea@lead.test", "email_id": "m-9", "occurred_at": "2026-10-06T08:01Z", "message": {"text": "t"}}'::jsonb
  ))), 1, 'a reply that says something else in the inbox is corrected'
);
select is((select body_text from pg_temp.mails where who = 'lea'), 'As it was written', 'a variable had stood in the place of its words');

-- Preparing: claimed once, released when not recorded.
update private.message_contents set prepare_at = now() - interval '1 minute';
select is(jsonb_array_length(worker.take_message_contents(100)), (select count(*)::integer from pg_temp.mails), 'all that wait are taken');
select is(worker.take_message_contents(100), '[]', 'they are not claimed a second time');
update private.message_contents set prepare_at = now() - interval '1 second' where message_id = (select id from pg_temp.mails where who = 'lea');
select is(jsonb_array_length(worker.take_message_contents(100)), 1, 'what was not recorded in time is free again');
create temporary table contents_before as select c.message_id, c.raw_html from private.message_contents as c;
update private.message_contents set prepare_at = now() - interval '1 second', raw_html = repeat('x', 700000) where message_id in (select id from pg_temp.mails);
select is(jsonb_array_length(worker.take_message_contents(100)), 1, 'of large mails no more than a megabyte is taken at once');
update private.message_contents as c set prepare_at = now() + interval '2 minutes', raw_html = b.raw_html from contents_before as b where b.message_id = c.message_id and c.message_id in (select id from pg_temp.mails);
select worker.record_message_contents((select jsonb_agg(jsonb_build_object('message_id', id, 'html', '<p>Hi</p>', 'text', 'Hi there')) from pg_temp.mails));
select is((select count(*) from pg_temp.mails where prepare_at is not null), 0::bigint, 'what is recorded waits no more');
select is((select count(*) from pg_temp.mails where raw_html is not null), 0::bigint, 'the HTML as it came is kept until then');
select is((select body_text from pg_temp.mails where who = 'kim'), 'Away', 'a text of the provider stays');
select is((select body_text from pg_temp.mails where who = 'ida' and step = 1), 'Hi there', 'where it gave none, the derived one is used');

-- Once it is prepared, only a reply's own HTML replaces what is shown; without any, it stays.
select pg_temp.arrive('email_sent', 'ida', '06T07:00', '{"h": "<p>Another</p>"}', '{"step": 1, "message": {"html": "h"}}');
select results_eq(
  $$ select body_html, raw_html, prepare_at is not null from pg_temp.mails where who = 'ida' and step = 1 $$,
  $$ values ('<p>Hi</p>', null::text, true) $$, 'a second copy of a mail does not replace its HTML'
);
select is(
  worker.complete_messages(pg_temp.id('connection'), jsonb_build_array(jsonb_build_object(
    'provider_campaign_id', 'pc-1', 'payload', '{"t": "As it was written", "h": "<p>Late</p>"}'::jsonb,
    'event', '{"type": "reply_received", "email": "lea@lead.test", "email_id": "m-9", "occurred_at": "2026-10-06T08:01Z", "message": {"text": "t", "html": "h"}}'::jsonb
  ))), 0, 'and a reply that has HTML lacks none'
);
select is(
  worker.complete_messages(pg_temp.id('connection'), jsonb_build_array(jsonb_build_object(
    'provider_campaign_id', 'pc-1', 'payload', '{"t": "As it really was", "h": "<p>Late</p>"}'::jsonb,
    'event', '{"type": "reply_received", "email": "lea@lead.test", "email_id": "m-9", "occurred_at": "2026-10-06T08:01Z", "message": {"text": "t", "html": "h"}}'::jsonb
  ))), 1, 'a reply that says something else is corrected'
);
select is((select raw_html from pg_temp.mails where who = 'lea'), '<p>Late</p>', 'with its HTML');
update private.message_contents set prepare_at = now() + interval '1 minute' where message_id in (select id from pg_temp.mails);
select worker.record_message_contents((select jsonb_agg(jsonb_build_object('message_id', id, 'html', null, 'text', null)) from pg_temp.mails));
select is((select count(*) from pg_temp.mails where body_html = '<p>Hi</p>'), (select count(*) from pg_temp.mails), 'prepared again without HTML a message keeps what is shown');
select is((select raw_html from pg_temp.mails where who = 'lea'), '<p>Late</p>', 'HTML of which nothing came is kept');

-- A campaign that moves takes its messages along, and the search finds them for the new client only.
update public.provider_connections set client_id = null where id = pg_temp.id('connection');
select public.remap_campaign(pg_temp.id('campaign'), pg_temp.id('dentist'));
select is(
  (select array_agg(distinct client_id) from public.messages where campaign_id = pg_temp.id('campaign')), array[pg_temp.id('dentist')],
  'all messages of a moved campaign are the new client''s'
);
select is(
  (select count(*) from private.message_search where document @@ ('''#c' || pg_temp.id('bakery') || '''')::tsquery), 0::bigint,
  'no words of it are left with the old client'
);
select is(
  (select count(*) from private.message_search where document @@ ('away & ''#c' || pg_temp.id('dentist') || '''')::tsquery), 1::bigint,
  'the new client finds them'
);

-- A deleted campaign leaves nothing behind.
delete from public.campaigns where id = pg_temp.id('campaign');
select is(
  (select (select count(*) from public.messages) + (select count(*) from private.message_contents) + (select count(*) from private.message_search)),
  0::bigint, 'with its campaign a message is gone, inner side and words too'
);

select * from finish();
rollback;
