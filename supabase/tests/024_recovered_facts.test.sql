-- Facts that the sync found by another way than a delivery, and deliveries that tell them again.

begin;
set local search_path = public, extensions;
select plan(20);

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('recovered ' || name)::uuid $$;

insert into public.clients (id, name) values (pg_temp.id('bakery'), 'Bakery');
insert into public.provider_connections (id, client_id, name) values (pg_temp.id('dedicated'), pg_temp.id('bakery'), 'Bakery');
insert into public.campaigns (id, client_id, connection_id, name) values (pg_temp.id('bread'), pg_temp.id('bakery'), pg_temp.id('dedicated'), 'Bread');
select private.map_provider_campaign(pg_temp.id('dedicated'), 'pc-1', pg_temp.id('bread'));

create function pg_temp.event(key_name text, type text, minute text, more jsonb default '{}', payload jsonb default '{}') returns jsonb language sql as $$
  select jsonb_build_object(
    'key', pg_temp.id(key_name), 'provider_campaign_id', 'pc-1', 'payload', payload,
    'event', jsonb_build_object(
      'type', type, 'occurred_at', '2026-10-05T08:' || minute || 'Z', 'email', 'ida@lead.test', 'email_account', 'mia@outreach.test',
      'provider_campaign_ids', array['pc-1']
    ) || more
  )
$$;
create function pg_temp.delivered(event jsonb) returns void language sql as $$
  insert into private.webhook_events (connection_id, event_key, provider_campaign_id, event, payload)
  values (pg_temp.id('dedicated'), (event ->> 'key')::uuid, 'pc-1', event -> 'event', '{}');
  select worker.process_webhook_events(100);
$$;
create function pg_temp.mail(event jsonb) returns jsonb language sql as $$
  select worker.ingest_missing_mails(pg_temp.id('dedicated'), jsonb_build_array(event))
$$;
create function pg_temp.inferred(event jsonb) returns jsonb language sql as $$
  select worker.ingest_missing_events(pg_temp.id('dedicated'), jsonb_build_array(event), 'inferred')
$$;
create function pg_temp.status(key_name text) returns text language sql as $$
  select w.status::text from private.webhook_events as w where w.event_key = pg_temp.id(key_name)
$$;
create function pg_temp.counted(column_name text) returns integer language sql as $$
  select (to_jsonb(l) ->> column_name)::integer from public.synced_leads as l where l.campaign_id = pg_temp.id('bread') and l.email = 'ida@lead.test'
$$;

-- Sent mails of the provider's list.
select pg_temp.delivered(pg_temp.event('sent 1', 'email_sent', '10:00'));
select is(pg_temp.mail(pg_temp.event('mail 1', 'email_sent', '11:30', '{"email_id": "m-1"}')), '{"inserted": 0, "known": 1}', 'a listed mail that a delivery without id reported is known');
select is(pg_temp.mail(pg_temp.event('mail 2', 'email_sent', '11:30', '{"email_id": "m-2", "email_account": "jon@outreach.test"}')), '{"inserted": 1, "known": 0}', 'a mail of another mailbox at that time is another one');
select is(pg_temp.mail(pg_temp.event('mail 3', 'email_sent', '20:00', '{"email_id": "m-3"}')), '{"inserted": 1, "known": 0}', 'a mail not reported yet is stored');
select worker.process_webhook_events(100);
select is((select source::text from private.webhook_events where event_key = pg_temp.id('mail 3')), 'inbox', 'with where it came from');
select is(pg_temp.counted('sent_count_observed'), 3, 'and counts');
select pg_temp.delivered(pg_temp.event('sent 3', 'email_sent', '20:01'));
select is(pg_temp.status('sent 3'), 'duplicate', 'its delivery without id that comes later is a duplicate');
select is(pg_temp.counted('sent_count_observed'), 3, 'and counts nothing');
select pg_temp.delivered(pg_temp.event('sent 4', 'email_sent', '20:01', '{"step": 2}'));
select is(pg_temp.status('sent 4'), 'projected', 'a fact is repeated once; the next delivery close by is another fact');
select pg_temp.delivered(pg_temp.event('sent 5', 'email_sent', '11:31', '{"email_id": "m-5"}'));
select is(pg_temp.status('sent 5'), 'projected', 'a delivery with an id of its own is another mail');

-- A delivery that is stored and not projected yet while the inbox is read.
insert into private.webhook_events (connection_id, event_key, provider_campaign_id, event, payload)
select pg_temp.id('dedicated'), pg_temp.id('reply 1'), 'pc-1', pg_temp.event('reply 1', 'reply_received', '30:00') -> 'event', '{}';
select is(pg_temp.mail(pg_temp.event('inbox 1', 'reply_received', '30:20', '{"email_id": "r-1"}')), '{"inserted": 1, "known": 0}', 'the inbox does not know of it');
select worker.process_webhook_events(100);
select is(pg_temp.counted('reply_count_observed'), 1, 'but the projector does');
select results_eq(
  $$ select count(*) filter (where status = 'projected'), count(*) filter (where status = 'duplicate') from private.webhook_events where event_key in (pg_temp.id('reply 1'), pg_temp.id('inbox 1')) $$,
  $$ values (1::bigint, 1::bigint) $$, 'one of both is the fact, the other the duplicate'
);

-- Inferred events.
select pg_temp.inferred(pg_temp.event('open 1', 'email_opened', '40:00', '{}', '{"inferred": true, "earliest_at": "2026-10-05T08:20Z", "latest_at": "2026-10-05T08:50Z"}'));
select worker.process_webhook_events(100);
select is((select is_inferred from public.email_events where campaign_id = pg_temp.id('bread') and type = 'email_opened'), true, 'an inferred event says so');
select is((select count(*) from public.email_events where campaign_id = pg_temp.id('bread') and is_inferred), 1::bigint, 'and no other does');
select pg_temp.delivered(pg_temp.event('open 2', 'email_opened', '25:00'));
select is(pg_temp.status('open 2'), 'duplicate', 'a delivery within its span is the same open');
select pg_temp.delivered(pg_temp.event('open 3', 'email_opened', '26:00'));
select is(pg_temp.status('open 3'), 'projected', 'a second one is not');
select pg_temp.delivered(pg_temp.event('open 4', 'email_opened', '55:00'));
select is(pg_temp.counted('open_count_observed'), 3, 'nor is one outside of it');

-- The ledger.
select results_eq(
  format($$ select sum(received), sum(projected), sum(duplicate), bool_and(balanced) from public.webhook_ledger where connection_id = %L $$, pg_temp.id('dedicated')),
  $$ values (12::numeric, 9::numeric, 3::numeric, true) $$, 'the ledger counts duplicates among what was received, and balances'
);
update private.webhook_events set delivery_count = 2 where event_key = pg_temp.id('open 2');
select is((select bool_and(balanced) from public.webhook_ledger where connection_id = pg_temp.id('dedicated')), true, 'also when a duplicate is repeated');

-- A mailbox with an error.
select worker.record_email_accounts(pg_temp.id('dedicated'), '[{"email": "mia@outreach.test", "status": "active"}]');
insert into private.webhook_events (connection_id, event_key, event, payload)
values (pg_temp.id('dedicated'), pg_temp.id('failure'), jsonb_build_object('type', 'account_error', 'occurred_at', now(), 'email_account', 'mia@outreach.test', 'provider_campaign_ids', '[]'::jsonb), '{}');
select worker.process_webhook_events(100);
select is((select status::text from public.email_accounts where connection_id = pg_temp.id('dedicated')), 'error', 'a mailbox shows its error as soon as the event is projected');

select * from finish();
rollback;
