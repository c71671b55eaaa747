-- The rate budget over an hour, and which facts of the statistics are missing.

begin;
set local search_path = public, extensions;
select plan(13);

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('facts ' || name)::uuid $$;

insert into public.clients (id, name) values (pg_temp.id('bakery'), 'Bakery');
insert into public.provider_connections (id, provider, client_id, name) values
  (pg_temp.id('smartlead'), 'smartlead', pg_temp.id('bakery'), 'Smartlead'), (pg_temp.id('instantly'), 'instantly', pg_temp.id('bakery'), 'Instantly');

-- The hour binds: 1,000 calls within it, all of them longer than a minute ago.
insert into private.rate_budgets (connection_id) values (pg_temp.id('smartlead')), (pg_temp.id('instantly'));
insert into private.rate_grants (connection_id, bucket, tokens, latest_at)
select pg_temp.id(name), 'calls', 1000, now() - interval '50 minutes' from unnest('{smartlead,instantly}'::text[]) as name;
create table pg_temp.asked as select worker.take_rate_budget(pg_temp.id('smartlead'), 'calls', 1, 'interactive') as answer;
select is((select answer ->> 'granted' from pg_temp.asked), '0', 'an hour with 1,000 calls gives no more');
select ok((select (answer ->> 'wait_ms')::integer between 590000 and 600000 from pg_temp.asked), 'until the first of them is an hour old');
select is(worker.take_rate_budget(pg_temp.id('instantly'), 'calls', 1, 'interactive') ->> 'granted', '1', 'Instantly has no such limit');
select is((select count(*) from private.rate_grants where connection_id = pg_temp.id('instantly') and tokens = 1000), 0::bigint, 'and forgets after a minute');
insert into private.connection_rate_limits (connection_id, span, calls) values (pg_temp.id('smartlead'), '1 hour', 3000);
select is(worker.take_rate_budget(pg_temp.id('smartlead'), 'calls', 1, 'interactive') ->> 'granted', '1', 'a plan with more has its own limit');

-- One lead with a sent mail, two opens of it and a reply.
select private.register_provider_campaigns(pg_temp.id('smartlead'), '[{"provider_campaign_id":"10","name":"Rolls"}]', true);
create function pg_temp.fact(fact_type text, at timestamptz, tolerance integer, nth integer default null, step integer default 1) returns jsonb language sql as $$
  select jsonb_build_object(
    'key', gen_random_uuid(), 'provider_campaign_id', '10', 'tolerance', tolerance, 'nth', nth, 'payload', '{}',
    'event', jsonb_build_object('type', fact_type, 'email', 'p@facts.test', 'occurred_at', at, 'step', step, 'email_id', 'mail-1', 'provider_campaign_ids', array['10'])
  )
$$;
create function pg_temp.missing(fact jsonb) returns boolean language sql as $$
  select worker.find_missing_facts(pg_temp.id('smartlead'), jsonb_build_array(fact)) = '[0]'
$$;
select worker.ingest_missing_events(pg_temp.id('smartlead'), jsonb_build_array(
  pg_temp.fact('email_sent', '2026-11-01T10:00:00Z', 120), pg_temp.fact('email_opened', '2026-11-01T11:00:00Z', 120),
  pg_temp.fact('email_opened', '2026-11-01T12:00:00Z', 120), pg_temp.fact('reply_received', '2026-11-02T10:00:00Z', 120),
  pg_temp.fact('email_bounced', '2026-11-03T10:00:00Z', null)
));
select worker.process_webhook_events(10);

select ok(not pg_temp.missing(pg_temp.fact('email_sent', '2026-11-01T10:01:00Z', 120)), 'a sent mail of the same step within its tolerance is known');
select ok(pg_temp.missing(pg_temp.fact('email_sent', '2026-11-01T10:01:00Z', 120, step => 2)), 'one of another step is not');
select ok(pg_temp.missing(pg_temp.fact('email_sent', '2026-11-05T10:00:00Z', 120)), 'nor one of another time');
select ok(not pg_temp.missing(pg_temp.fact('email_opened', '2026-11-09T11:00:00Z', 120, 2)), 'the second open is known when there are two, whenever they were');
select ok(pg_temp.missing(pg_temp.fact('email_opened', '2026-11-01T11:00:00Z', 120, 3)), 'the third is missing');
select ok(pg_temp.missing(pg_temp.fact('auto_reply_received', '2026-11-02T10:01:59Z', 120)), 'a reply of a person that turns out to be automatic is news');
select ok(not pg_temp.missing(pg_temp.fact('email_bounced', '2026-12-24T10:00:00Z', null)), 'a bounce is known whenever it was');
select ok(pg_temp.missing(pg_temp.fact('lead_unsubscribed', '2026-11-02T10:00:00Z', null)), 'what never happened here is missing');

select * from finish();
rollback;
