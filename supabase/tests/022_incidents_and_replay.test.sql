-- Repair: the state of our webhook and its incidents, and events that come by another way than a delivery.

begin;
set local search_path = public, extensions;
select plan(22);

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('healing ' || name)::uuid $$;

insert into public.clients (id, name) values (pg_temp.id('bakery'), 'Bakery');
insert into public.provider_connections (id, client_id, name) values (pg_temp.id('dedicated'), pg_temp.id('bakery'), 'Bakery');
insert into public.campaigns (id, client_id, connection_id, name) values (pg_temp.id('bread'), pg_temp.id('bakery'), pg_temp.id('dedicated'), 'Bread');
select private.map_provider_campaign(pg_temp.id('dedicated'), 'pc-1', pg_temp.id('bread'));

create view pg_temp.open_incidents as
select kind from public.incidents where connection_id = pg_temp.id('dedicated') and closed_at is null;

-- The webhook.
select is(worker.read_provider_webhook(pg_temp.id('dedicated')), null, 'nothing is on record at first');
select lives_ok($$ select worker.record_provider_webhook(pg_temp.id('dedicated'), null, null, 'missing') $$, 'a webhook that never was has no id');
select results_eq('select kind from pg_temp.open_incidents', array['webhook_missing'], 'and is an incident');
select worker.record_provider_webhook(pg_temp.id('dedicated'), null, null, 'missing');
select results_eq('select kind from pg_temp.open_incidents', array['webhook_missing'], 'which is not opened twice');
select worker.record_provider_webhook(pg_temp.id('dedicated'), 'w-1', 'https://here.test/w', 'active');
select is_empty('select kind from pg_temp.open_incidents', 'health closes it');
select is(worker.read_provider_webhook(pg_temp.id('dedicated')) ->> 'state', 'active', 'and is on record');
select worker.record_provider_webhook(pg_temp.id('dedicated'), 'w-1', 'https://here.test/w', 'switched_off');
select results_eq('select kind from pg_temp.open_incidents', array['webhook_switched_off'], 'switched off is another incident');
select isnt(worker.read_provider_webhook(pg_temp.id('dedicated')) ->> 'last_incident_at', null, 'its time is kept');
select throws_ok(
  $$ select worker.record_provider_webhook(pg_temp.id('dedicated'), 'w-1', 'https://here.test/w', 'asleep') $$,
  'PT400', 'VALIDATION_FAILED', 'there is no fourth state'
);

-- Events that no delivery brought.
create function pg_temp.reply(key_name text, minute text, more jsonb default '{}') returns jsonb language sql as $$
  select jsonb_build_object(
    'key', pg_temp.id(key_name), 'other_key', pg_temp.id('other ' || key_name), 'provider_campaign_id', 'pc-1', 'payload', '{}'::jsonb,
    'event', jsonb_build_object(
      'type', 'reply_received', 'occurred_at', '2026-10-05T08:' || minute || 'Z', 'email', 'ida@lead.test',
      'provider_campaign_ids', array['pc-1']
    ) || more
  )
$$;
create function pg_temp.missing(variadic replies jsonb[]) returns jsonb language sql as $$
  select worker.ingest_missing_events(pg_temp.id('dedicated'), to_jsonb(replies))
$$;
create function pg_temp.missing_replies(variadic replies jsonb[]) returns jsonb language sql as $$
  select worker.ingest_missing_mails(pg_temp.id('dedicated'), to_jsonb(replies))
$$;

select is(pg_temp.missing(pg_temp.reply('a', '10'), pg_temp.reply('a', '10')), '{"inserted": 1, "known": 0}', 'one fact is stored once');
select is(pg_temp.missing(pg_temp.reply('a', '10')), '{"inserted": 0, "known": 1}', 'and is known from then on');
select is((select delivery_count from private.webhook_events where event_key = pg_temp.id('a')), 1, 'a copy from the log is no second delivery');
select is(pg_temp.missing('{"key": "00000000-0000-4000-8000-000000000001", "event": null, "reason": "No type", "payload": {}}'), '{"inserted": 1, "known": 0}', 'what is no event is kept');
select is((select status::text from private.webhook_events where event_key = '00000000-0000-4000-8000-000000000001'), 'dead', 'as a dead letter');

-- Replies of the inbox.
select worker.process_webhook_events(100);
select is(pg_temp.missing_replies(pg_temp.reply('b', '11', '{"email_id": "m-1"}')), '{"inserted": 0, "known": 1}', 'a delivery without mail id a minute before is the same reply');
select is(pg_temp.missing_replies(pg_temp.reply('c', '13', '{"email_id": "m-2"}')), '{"inserted": 1, "known": 0}', 'three minutes later it is another one');
select worker.process_webhook_events(100);
select is(pg_temp.missing_replies(pg_temp.reply('d', '14', '{"email_id": "m-3"}')), '{"inserted": 1, "known": 0}', 'a reply with another mail id close by is another one too');
select is(
  pg_temp.missing_replies(pg_temp.reply('e', '40', '{"email_id": "m-2"}') || jsonb_build_object('other_key', pg_temp.id('c'))),
  '{"inserted": 0, "known": 1}', 'a reply that was judged otherwise is the same one'
);

-- A replay is a job of its own.
create function pg_temp.replay() returns jsonb language sql as $$
  select worker.request_replay(pg_temp.id('dedicated'), '2026-10-05', '2026-10-06', null) -> 0
$$;
select is(pg_temp.replay() ->> 'already_running', 'false', 'a replay opens a job');
select is(pg_temp.replay() ->> 'already_running', 'true', 'asked again it is the same one');
select throws_ok(
  $$ select worker.request_replay(pg_temp.id('dedicated'), '2026-10-06', '2026-10-05', null) $$, 'PT400', 'VALIDATION_FAILED', 'a range ends after it begins'
);
select throws_ok(
  $$ select worker.request_replay(pg_temp.id('nobody'), '2026-10-05', '2026-10-06', null) $$, 'PT404', 'NOT_FOUND', 'and belongs to a connection'
);

select * from finish();
rollback;
