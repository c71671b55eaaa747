-- What a delivery may say and what is believed of it: times, tests, sides, mails of outsiders, hidden ids, bounces.

begin;
set local search_path = public, extensions;
select plan(40);

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('readings ' || name)::uuid $$;

insert into public.clients (id, name) values (pg_temp.id('bakery'), 'Readings bakery');
insert into public.provider_connections (id, client_id, name) values (pg_temp.id('own'), pg_temp.id('bakery'), 'Own');
insert into public.provider_connections (id, name) values (pg_temp.id('shared'), 'Shared');
insert into private.webhook_secrets (connection_id, digest) values (pg_temp.id('own'), decode(repeat('ab', 32), 'hex'));
insert into public.campaigns (id, client_id, connection_id, name) values (pg_temp.id('bread'), pg_temp.id('bakery'), pg_temp.id('own'), 'Bread');
select private.map_provider_campaign(pg_temp.id('own'), 'pr-1', pg_temp.id('bread'));
insert into public.email_accounts (connection_id, client_id, email, status)
values (pg_temp.id('own'), pg_temp.id('bakery'), 'mia@our.test', 'active');

create function pg_temp.event(type text, more jsonb default '{}') returns jsonb language sql as $$
  select jsonb_build_object('type', type, 'email', 'ida@lead.test', 'provider_campaign_ids', array['pr-1']) || more
$$;
create function pg_temp.told(key_name text, event jsonb, payload jsonb default '{}') returns void language sql as $$
  insert into private.webhook_events (connection_id, event_key, provider_campaign_id, event, payload)
  values (pg_temp.id('own'), pg_temp.id(key_name), event -> 'provider_campaign_ids' ->> 0, event, payload);
  select worker.process_webhook_events(100);
$$;
create function pg_temp.status(key_name text) returns text language sql as $$
  select w.status::text from private.webhook_events as w where w.event_key = pg_temp.id(key_name)
$$;
create view pg_temp.lead as
  select l.* from public.synced_leads as l where l.campaign_id = pg_temp.id('bread') and l.email = 'ida@lead.test';
create view pg_temp.fact as
  select w.event_key, e.* from public.email_events as e join private.webhook_events as w on w.id = e.id;

-- Times.
select is(private.believed_time('2014-12-31 23:59:59+00', now()), null, 'nothing happened before 2015');
select is(private.believed_time('2015-01-01 00:00:00+00', now()), '2015-01-01 00:00:00+00', 'from 2015 on it is believed');
select is(private.believed_time(now() + interval '23 hours', now()), now() + interval '23 hours', 'a clock may run ahead');
select is(private.believed_time(now() + interval '25 hours', now()), null, 'but not by more than a day');
select is(private.believed_time(null, now()), null, 'no time is none');
select is_empty(
  $$ select t from unnest(array['2014-12-31 23:59:59.999999+00', '2015-01-01 00:00:00+00', now(), now() + interval '24 hours', now() + interval '24 hours 1 microsecond', 'infinity', '-infinity']::timestamptz[]) as t
    where (private.believed_time(t, now()) is not null) is distinct from t <@ private.believable_times(now()) $$,
  'as a range it is the same rule'
);

select pg_temp.told('far', pg_temp.event('lead_not_interested', '{"occurred_at": "9999-12-31T00:00:00Z"}'));
select is(pg_temp.status('far'), 'projected', 'a fact with a date of 9999 is kept');
select is((select f.time_is_arrival and f.occurred_at = f.received_at from pg_temp.fact as f where f.event_key = pg_temp.id('far')), true, 'at the time of its arrival, and marked');
select pg_temp.told('old', pg_temp.event('email_opened', '{"occurred_at": "1999-01-01T00:00:00Z"}'));
select is((select max(a.day) from public.campaign_activity as a where a.campaign_id = pg_temp.id('bread')), (now() at time zone 'UTC')::date, 'days are those of the arrival');
select is((select min(a.day) from public.campaign_activity as a where a.campaign_id = pg_temp.id('bread')), (now() at time zone 'UTC')::date, 'all of them');
select ok((select t.last_event_at <= now() from public.campaign_activity_totals as t where t.campaign_id = pg_temp.id('bread')), 'the last event is not in the future');
-- Later by the provider's clock, as a delivery of the next hour is.
select pg_temp.told('later', pg_temp.event('lead_interested', jsonb_build_object('occurred_at', now() + interval '1 hour')));
select is((select interest_status_reported::text from pg_temp.lead), 'positive', 'the label of 9999 does not win over a later one');
select is((select f.time_is_arrival from pg_temp.fact as f where f.event_key = pg_temp.id('later')), false, 'a believed time carries no mark');

select pg_temp.told('broken', pg_temp.event('email_opened', '{"step": 99999999}'));
select is(pg_temp.status('broken'), 'dead', 'what the data itself forbids is a dead letter at once');
select is((select attempts from private.webhook_events where event_key = pg_temp.id('broken')), 1::smallint, 'after one try');
select matches((select reason from private.webhook_events where event_key = pg_temp.id('broken')), '^22', 'with the reason');

select is(worker.record_leads(pg_temp.id('bread'), jsonb_build_array(jsonb_build_object(
  'email', 'ida@lead.test', 'provider_lead_id', 'l-1', 'sent_count', 1, 'open_count', 0, 'click_count', 0, 'reply_count', 0,
  'sent_at', '9999-01-01T00:00:00Z', 'replied_at', '1970-01-01T00:00:00Z', 'unsubscribed_at', '9999-01-01T00:00:00Z',
  'interest_status', 'negative', 'interest_changed_at', '9999-12-31T00:00:00Z', 'updated_at', '9999-12-31T00:00:00Z'
))), 1, 'a lead with implausible times is written');
select is((select sent_at is null and replied_at is null and provider_updated_at is null from pg_temp.lead), true, 'without them');
select is((select interest_status_reported::text from pg_temp.lead), 'positive', 'its label of 9999 does not win');
select is((select suppressed_at <= now() from public.suppressions where client_id = pg_temp.id('bakery') and email = 'ida@lead.test'), true, 'that it unsubscribed is true all the same');
select lives_ok($$ select worker.record_campaign_analytics(pg_temp.id('bread'), '[
  {"day": "9999-12-31", "sent": 5, "contacted": 0, "new_contacted": 0, "opens": 0, "opened": 0, "clicks": 0, "clicked": 0, "replies": 0, "replied": 0, "auto_replies": 0, "opportunities": 0},
  {"day": "2026-10-05", "sent": 7, "contacted": 0, "new_contacted": 0, "opens": 0, "opened": 0, "clicks": 0, "clicked": 0, "replies": 0, "replied": 0, "auto_replies": 0, "opportunities": 0}
]') $$, 'a day of 9999 costs itself only');
select results_eq(
  $$ select a.day, a.sent from public.campaign_analytics as a where a.campaign_id = pg_temp.id('bread') $$,
  $$ values ('2026-10-05'::date, 7) $$, 'and the others are written'
);

-- Tests of a webhook.
select is(
  worker.ingest_webhook_events(jsonb_build_array(jsonb_build_object(
    'connection_id', pg_temp.id('own'), 'secret_digest', repeat('ab', 32),
    'events', jsonb_build_array(jsonb_build_object(
      'key', pg_temp.id('test'), 'provider_campaign_id', null, 'event', null, 'is_test', true, 'payload', '{"event_type": "email_sent"}'::jsonb
    ))
  ))) -> 0 ->> 'stored', '1', 'a test is stored'
);
select is(pg_temp.status('test'), 'test', 'as a test');
select is((worker.process_webhook_events(100) ->> 'claimed')::integer, 0, 'it is not projected');
select is((select l.dead_recently from private.list_backlogs() as l where l.connection_id = pg_temp.id('own')), 1::bigint, 'it is no dead letter: the broken one is the only');
select is(
  (select row(sum(l.test), bool_and(l.balanced))::text from public.webhook_ledger as l where l.connection_id = pg_temp.id('own')),
  '(1,t)', 'the ledger has it in a column of its own and stays balanced'
);

-- Sides.
insert into public.synced_leads (client_id, campaign_id, email) values (pg_temp.id('bakery'), pg_temp.id('bread'), 'known@lead.test');
select pg_temp.told('sides 1', pg_temp.event('reply_received', '{"email": "mia@our.test", "emails": ["mia@our.test", "known@lead.test"], "occurred_at": "2026-10-05T08:00:00Z"}'));
select is((select f.email || ' ' || f.email_account from pg_temp.fact as f where f.event_key = pg_temp.id('sides 1')), 'known@lead.test mia@our.test', 'the side that is a lead is the lead, the mailbox the mailbox');
select pg_temp.told('sides 2', pg_temp.event('reply_received', '{"email": "mia@our.test", "emails": ["mia@our.test", "new@lead.test"], "occurred_at": "2026-10-05T08:00:00Z"}'));
select is((select f.email from pg_temp.fact as f where f.event_key = pg_temp.id('sides 2')), 'new@lead.test', 'else the side that is no mailbox of ours');
select pg_temp.told('sides 3', pg_temp.event('reply_received', '{"email": "one@lead.test", "emails": ["one@lead.test", "two@lead.test"], "occurred_at": "2026-10-05T08:00:00Z"}'));
select is((select f.email from pg_temp.fact as f where f.event_key = pg_temp.id('sides 3')), 'one@lead.test', 'else the likelier one');
select is((select count(*) from public.synced_leads where email = 'mia@our.test'), 0::bigint, 'no mailbox of ours becomes a lead');

-- A constant where the mail's id should be, and the inbox with the true ids.
select pg_temp.told('constant', pg_temp.event('reply_received', '{"email": "known@lead.test", "email_id": "crm-1", "occurred_at": "2026-10-06T08:00:00Z", "message": {"text": "reply_text"}}'), '{"reply_text": "Sure,  Thursday works."}');
create function pg_temp.listed(mail_id text, at text, words text) returns integer language sql as $$
  select (worker.ingest_missing_mails(pg_temp.id('own'), jsonb_build_array(jsonb_build_object(
    'key', pg_temp.id(mail_id), 'provider_campaign_id', 'pr-1', 'payload', jsonb_build_object('reply_text', words),
    'event', pg_temp.event('reply_received', jsonb_build_object(
      'email', 'known@lead.test', 'email_id', mail_id, 'occurred_at', at, 'message', jsonb_build_object('text', 'reply_text')
    ))
  ))) ->> 'inserted')::integer
$$;
select is(pg_temp.listed('true-1', '2026-10-06T08:00:01Z', 'Sure, Thursday works.'), 0, 'the reply that was reported is known by its words');
select is(pg_temp.listed('true-2', '2026-10-06T09:00:00Z', 'Or Friday?'), 1, 'the reply that was swallowed is stored');

-- Mail of outsiders.
select pg_temp.told('outsider', '{"type": "untracked_reply", "provider_campaign_ids": [], "email": "boss@lead.test", "email_account": "mia@our.test", "lead": {"first_name": "Bo Berg"}, "message": {"html": "reply_body"}}', '{"reply_body": "<p>Who <b>are</b> you?</p>"}');
select is((select u.sender_name || ': ' || u.body_text from public.untracked_replies as u where u.connection_id = pg_temp.id('own')), 'Bo Berg: Who are you?', 'is kept, as text');
select is((select count(*) from public.synced_leads where email = 'boss@lead.test'), 0::bigint, 'and makes no lead');

-- Bounces and mailboxes.
select pg_temp.told('threshold', '{"type": "bounce_threshold_reached", "provider_campaign_ids": ["pr-1"]}');
select pg_temp.told('mailbox', '{"type": "account_error", "provider_campaign_ids": [], "email_account": "mia@our.test"}');
select results_eq(
  $$ select t.kind from private.list_incidents() as t where t.connection_id = pg_temp.id('own') and t.kind in ('bounce_threshold', 'mailbox_disconnected') order by 1 $$,
  $$ values ('bounce_threshold'), ('mailbox_disconnected') $$, 'both are incidents'
);
update public.email_accounts set status = 'active' where connection_id = pg_temp.id('own');
select pg_temp.told('started', jsonb_build_object('type', 'campaign_started', 'provider_campaign_ids', array['pr-1'], 'occurred_at', now() + interval '1 minute'));
select is_empty(
  $$ select t.kind from private.list_incidents() as t where t.connection_id = pg_temp.id('own') and t.kind in ('bounce_threshold', 'mailbox_disconnected') $$,
  'over as soon as the mailbox is well and the campaign was started again'
);

-- Who sees mail of outsiders.
insert into public.untracked_replies (id, client_id, connection_id, provider, occurred_at, email)
select w.id, null, pg_temp.id('shared'), 'instantly', now(), 'nobody@lead.test' from private.webhook_events as w where w.event_key = pg_temp.id('mailbox');
insert into auth.users (id, email) select pg_temp.id(name), name || '@readings.test' from unnest('{ada,olga}'::text[]) as name;
insert into public.members (user_id, role, client_id) values
  (pg_temp.id('ada'), 'client', pg_temp.id('bakery')),
  (pg_temp.id('olga'), 'operator', null);
create function pg_temp.sign_in(person text) returns void language plpgsql as $$
begin
  perform set_config('request.jwt.claims', (private.custom_access_token_hook(jsonb_build_object(
    'user_id', pg_temp.id(person), 'claims', jsonb_build_object('sub', pg_temp.id(person), 'role', 'authenticated')
  )) -> 'claims')::text, true);
  perform set_config('role', 'authenticated', true);
end
$$;
select pg_temp.sign_in('ada');
select set_eq('select email from public.untracked_replies', array['boss@lead.test'], 'a client sees mail to its own mailboxes only');
reset role;
select pg_temp.sign_in('olga');
select set_eq('select email from public.untracked_replies', array['boss@lead.test', 'nobody@lead.test'], 'operators see all');
reset role;
set local role anon;
select throws_ok('select email from public.untracked_replies', '42501', null, 'not without signing in');
reset role;

select * from finish();
rollback;
