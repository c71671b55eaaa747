-- What cannot be projected now is held with the reason: until somebody maps the campaign, or until five tries are over.

begin;
set local search_path = public, extensions;
select plan(40);

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('quarantine ' || name)::uuid $$;

create function pg_temp.arrive(connection text, campaign text, who text, more jsonb default '{}') returns void language sql as $$
  select worker.ingest_webhook_events(jsonb_build_array(jsonb_build_object(
    'connection_id', pg_temp.id(connection),
    'secret_digest', encode(sha256('secret'), 'hex'),
    'events', jsonb_build_array(jsonb_build_object(
      'key', gen_random_uuid(), 'provider_campaign_id', campaign, 'payload', '{}'::jsonb,
      'event', jsonb_build_object(
        'type', 'email_sent', 'email', who || '@lead.test', 'occurred_at', '2026-10-05T08:00Z',
        'provider_campaign_ids', jsonb_build_array(campaign), 'campaign_name', 'Named ' || campaign
      ) || more
    ))
  )))
$$;

create function pg_temp.project() returns void language sql as $$ select worker.process_webhook_events(500) $$;

insert into public.clients (id, name) values (pg_temp.id('bakery'), 'Bakery'), (pg_temp.id('dentist'), 'Dentist');
insert into public.provider_connections (id, client_id, name) values
  (pg_temp.id('shared'), null, 'Shared'), (pg_temp.id('dedicated'), pg_temp.id('bakery'), 'Bakery');
insert into private.webhook_secrets (connection_id, digest)
select pg_temp.id(name), sha256('secret') from unnest('{shared,dedicated}'::text[]) as name;

create view pg_temp.held as
select split_part(w.event ->> 'email', '@', 1) as who, w.* from private.webhook_events as w
where w.connection_id in (pg_temp.id('shared'), pg_temp.id('dedicated'));

-- The owner of this campaign in the shared workspace is unknown.
select pg_temp.arrive('shared', 'pc-1', 'ida');
select pg_temp.arrive('shared', 'pc-1', 'jon');
select pg_temp.arrive('shared', 'pc-2', 'kim');
select pg_temp.project();
select results_eq(
  'select who, status::text, reason from pg_temp.held order by who',
  $$ select who, 'quarantined', 'Nobody has said yet which client this campaign belongs to' from unnest('{ida,jon,kim}'::text[]) as who $$,
  'events of an unmapped campaign are held with the reason'
);
select is_empty($$ select * from public.synced_leads where email in ('ida@lead.test', 'kim@lead.test') $$, 'they make no lead');
select is_empty(format('select * from public.email_events where connection_id = %L', pg_temp.id('shared')), 'and no event');
select is_empty(format('select * from public.campaigns where connection_id = %L', pg_temp.id('shared')), 'nor a campaign without a request');
select results_eq(
  format('select provider_campaign_id, name, campaign_id from private.provider_campaigns where connection_id = %L order by 1', pg_temp.id('shared')),
  $$ values ('pc-1', 'Named pc-1', null::uuid), ('pc-2', 'Named pc-2', null) $$, 'the campaigns are noted with their names, for an operator to map'
);
select is(worker.process_webhook_events(500) ->> 'claimed', '0', 'held events are not retried');

-- An operator maps the first one.
insert into public.campaigns (id, client_id, connection_id, name) values
  (pg_temp.id('bread'), pg_temp.id('bakery'), pg_temp.id('shared'), 'Bread'), (pg_temp.id('teeth'), pg_temp.id('dentist'), pg_temp.id('shared'), 'Teeth');
select is(private.map_provider_campaign(pg_temp.id('shared'), 'pc-1', pg_temp.id('bread')), 2, 'mapping says how many events it released');
select pg_temp.project();
select results_eq(
  format('select email, client_id from public.synced_leads where campaign_id = %L order by email', pg_temp.id('bread')),
  format($$ values ('ida@lead.test', %1$L::uuid), ('jon@lead.test', %1$L) $$, pg_temp.id('bakery')), 'they are projected for the client that it belongs to'
);
select is((select sent from public.campaign_activity_totals where campaign_id = pg_temp.id('bread')), 2, 'and counted');
select results_eq('select who from pg_temp.held where status = ''quarantined''', array['kim'], 'the other campaign is still held');

-- The second one belongs to the other client.
select is(private.map_provider_campaign(pg_temp.id('shared'), 'pc-2', pg_temp.id('teeth')), 1, 'the other campaign is mapped to the other client');
select pg_temp.project();
select results_eq(
  $$ select client_id from public.synced_leads where email = 'kim@lead.test' $$, array[pg_temp.id('dentist')], 'its lead belongs to that client'
);
select is(private.map_provider_campaign(pg_temp.id('shared'), 'pc-2', pg_temp.id('teeth')), 0, 'mapping again releases nothing');
select pg_temp.arrive('shared', 'pc-2', 'lea');
select pg_temp.project();
select is((select status::text from pg_temp.held where who = 'lea'), 'projected', 'from then on its events go straight through');
select throws_ok(
  format('select private.map_provider_campaign(%L, %L, %L)', pg_temp.id('shared'), 'pc-9', pg_temp.id('teeth')), '23505', null,
  'a campaign cannot be two campaigns of the provider'
);

-- In a dedicated workspace there is no question whose it is.
select pg_temp.arrive('dedicated', 'pc-1', 'max');
select pg_temp.arrive('dedicated', 'pc-3', 'nia', '{"campaign_name": "  "}');
select pg_temp.project();
select results_eq(
  $$ select who, reason from pg_temp.held where who in ('max', 'nia') order by who $$,
  $$ select who, 'The provider has not listed this campaign; the next sync looks for it' from unnest('{max,nia}'::text[]) as who $$,
  'a delivery alone makes no campaign, also in a dedicated workspace'
);
select is_empty(format('select * from public.campaigns where connection_id = %L', pg_temp.id('dedicated')), 'knowing the secret is not enough to fill a client''s reports with inventions');
select worker.record_provider_campaigns(pg_temp.id('dedicated'), '[{"provider_campaign_id": "pc-1"}, {"provider_campaign_id": "pc-3", "name": " "}, {"provider_campaign_id": "pc-5", "name": "Quiet"}]');
select pg_temp.project();
select results_eq(
  format('select name, client_id, generation_status::text from public.campaigns where connection_id = %L order by name', pg_temp.id('dedicated')),
  format($$ values ('Campaign without a name', %1$L::uuid, 'completed'), ('Named pc-1', %1$L, 'completed'), ('Quiet', %1$L, 'completed') $$, pg_temp.id('bakery')),
  'campaigns that the provider lists for a dedicated workspace become campaigns of its client'
);
select is(
  (select count(*) from public.synced_leads where email in ('max@lead.test', 'nia@lead.test') and client_id = pg_temp.id('bakery')), 2::bigint,
  'and their events are projected at once'
);
select is_empty(
  $$ select * from public.synced_leads as l join public.campaigns as c on c.id = l.campaign_id where c.client_id <> l.client_id $$,
  'the same id in two workspaces is two campaigns, and no lead is at the wrong client'
);

-- A custom variable may hide the campaign's id; the first candidate that we know is the one.
select pg_temp.arrive('shared', 'pc-1', 'oda', '{"provider_campaign_ids": ["spring", "pc-1"]}');
select pg_temp.project();
select results_eq(
  $$ select campaign_id from public.synced_leads where email = 'oda@lead.test' $$, array[pg_temp.id('bread')], 'a hidden campaign id is found among the candidates'
);

-- A campaign that is deleted here leaves its provider campaign unmapped: events are held again.
delete from public.campaigns where id = pg_temp.id('teeth');
select pg_temp.arrive('shared', 'pc-2', 'pia');
select pg_temp.project();
select is((select status::text from pg_temp.held where who = 'pia'), 'quarantined', 'events of a deleted campaign are held, not lost');

-- One row that cannot be projected, between two that can: something refuses its lead, as a rule of an own trigger might.
create function pg_temp.refuse() returns trigger language plpgsql as $$
begin
  raise exception 'refused by a rule of our own';
end
$$;
create trigger refuse before insert on public.synced_leads for each row when (new.email = 'poison@lead.test') execute function pg_temp.refuse();
select pg_temp.arrive('shared', 'pc-1', 'before');
select pg_temp.arrive('shared', 'pc-1', 'poison');
select pg_temp.arrive('shared', 'pc-1', 'after');
select is(worker.process_webhook_events(500) - '{positions,unfinished,milliseconds}'::text[], '{"claimed": 3, "failed": 1}', 'one bad row fails alone');
select is(
  (select count(*) from public.synced_leads where email in ('before@lead.test', 'after@lead.test')), 2::bigint, 'its neighbours are projected'
);
select is((select sent from public.campaign_activity_totals where campaign_id = pg_temp.id('bread')), 5, 'and counted once, though the batch was tried twice');
select results_eq(
  $$ select status::text, attempts::integer, next_attempt_at from pg_temp.held where who = 'poison' $$,
  $$ values ('pending', 1, now() + interval '1 minute') $$, 'the bad row waits a minute'
);
select matches((select reason from pg_temp.held where who = 'poison'), '^P0001: refused by a rule', 'and says what is wrong with it');
select is(worker.process_webhook_events(500) ->> 'claimed', '0', 'before its time it is left alone');

-- It is tried five times, each time later; then it is a dead letter.
create function pg_temp.try_again() returns interval language plpgsql as $$
begin
  update private.webhook_events set next_attempt_at = now()
  where connection_id = pg_temp.id('shared') and status = 'pending';
  perform pg_temp.project();
  return (select next_attempt_at - now() from pg_temp.held where who = 'poison');
end
$$;
select is(pg_temp.try_again(), '2 minutes', 'after the second try it waits two minutes');
select is(pg_temp.try_again(), '4 minutes', 'after the third four');
select is(pg_temp.try_again(), '8 minutes', 'after the fourth eight');
select is((select status::text from pg_temp.held where who = 'poison'), 'pending', 'four tries are not the end');
select pg_temp.try_again();
select results_eq(
  $$ select status::text, attempts::integer from pg_temp.held where who = 'poison' $$, $$ values ('dead', 5) $$, 'the fifth makes it a dead letter'
);
select is(worker.process_webhook_events(500) ->> 'claimed', '0', 'which is not claimed again');

-- Repaired, one update sends it through.
drop trigger refuse on public.synced_leads;
update private.webhook_events set status = 'pending', attempts = 0, next_attempt_at = now()
where id = (select id from pg_temp.held where who = 'poison');
select pg_temp.project();
select results_eq(
  $$ select status::text, reason from pg_temp.held where who = 'poison' $$, $$ values ('projected', null::text) $$, 'a repaired dead letter can be projected'
);
select is((select sent from public.campaign_activity_totals where campaign_id = pg_temp.id('bread')), 6, 'and is counted then');

-- A full disk is no fault of the rows: nothing is counted against them, however long it lasts.
create function pg_temp.fill_disk() returns trigger language plpgsql as $$
begin
  raise exception 'could not extend file: No space left on device' using errcode = 'disk_full';
end
$$;
create trigger fill_disk before insert on public.synced_leads for each row execute function pg_temp.fill_disk();
select pg_temp.arrive('shared', 'pc-1', 'quinn');
select throws_ok('select worker.process_webhook_events(500)', '53100', null, 'on a full disk the projector stops');
select results_eq(
  $$ select status::text, attempts::integer, next_attempt_at <= now() from pg_temp.held where who = 'quinn' $$,
  $$ values ('pending', 0, true) $$, 'and its deliveries wait as they were'
);
drop trigger fill_disk on public.synced_leads;
select pg_temp.project();
select is((select status::text from pg_temp.held where who = 'quinn'), 'projected', 'with space again they are projected');

-- A row that somebody else holds is skipped, not waited for: the query says so.
select matches(
  pg_get_functiondef('private.claim_webhook_events(integer, jsonb, uuid[], integer[])'::regprocedure), 'for update skip locked', 'projectors do not wait for each other''s rows'
);

select * from finish();
rollback;
