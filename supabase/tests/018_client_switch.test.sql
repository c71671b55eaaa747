-- A client can be switched off and on: nothing goes out, nothing is read, and nothing that arrives is lost.

begin;
set local search_path = public, extensions;
select plan(41);

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('switch ' || name)::uuid $$;
grant execute on function pg_temp.id(text) to public;

create function pg_temp.sign_in(person text) returns void language plpgsql as $$
begin
  perform set_config('request.jwt.claims', (private.custom_access_token_hook(jsonb_build_object(
    'user_id', pg_temp.id(person), 'claims', jsonb_build_object('sub', pg_temp.id(person), 'role', 'authenticated')
  )) -> 'claims')::text, true);
  perform set_config('role', 'authenticated', true);
end
$$;

create function pg_temp.arrive(connection text, campaign text, who text) returns void language sql as $$
  select worker.ingest_webhook_events(jsonb_build_array(jsonb_build_object(
    'connection_id', pg_temp.id(connection), 'secret_digest', encode(sha256('secret'), 'hex'),
    'events', jsonb_build_array(jsonb_build_object(
      'key', gen_random_uuid(), 'provider_campaign_id', campaign, 'payload', '{}'::jsonb,
      'event', jsonb_strip_nulls(jsonb_build_object(
        'type', case when campaign is null then 'account_error' else 'email_sent' end, 'email', who || '@lead.test',
        'occurred_at', '2026-10-05T08:00Z', 'provider_campaign_ids', jsonb_build_array(campaign)
      ))
    ))
  )))
$$;

create function pg_temp.switch(client text, is_on boolean) returns jsonb language plpgsql as $$
declare
  answer jsonb;
begin
  perform pg_temp.sign_in('olga');
  answer := public.set_client_integration(pg_temp.id(client), is_on);
  perform set_config('role', 'none', true);
  perform set_config('request.jwt.claims', '{}', true);
  return answer - 'client_id';
end
$$;

insert into public.clients (id, name) select pg_temp.id(name), name from unnest('{bakery,dentist}'::text[]) as name;
insert into auth.users (id, email) select pg_temp.id(name), name || '@switch.test' from unnest('{ada,olga}'::text[]) as name;
insert into public.members (user_id, role, client_id) values
  (pg_temp.id('ada'), 'client', pg_temp.id('bakery')), (pg_temp.id('olga'), 'operator', null);
insert into public.provider_connections (id, client_id, name) values
  (pg_temp.id('shared'), null, 'Shared'), (pg_temp.id('dedicated'), pg_temp.id('bakery'), 'Dedicated');
insert into private.provider_keys (connection_id, encrypted_key, master_key_id)
select pg_temp.id(name), 'encrypted', 'k1' from unnest('{shared,dedicated}'::text[]) as name;
insert into private.webhook_secrets (connection_id, digest)
select pg_temp.id(name), sha256('secret') from unnest('{shared,dedicated}'::text[]) as name;
insert into public.campaigns (id, client_id, connection_id, name, generation_status) values
  (pg_temp.id('bread'), pg_temp.id('bakery'), pg_temp.id('shared'), 'Bread', 'completed'),
  (pg_temp.id('cake'), pg_temp.id('bakery'), pg_temp.id('dedicated'), 'Cake', 'completed'),
  (pg_temp.id('teeth'), pg_temp.id('dentist'), pg_temp.id('shared'), 'Teeth', 'completed');
select private.map_provider_campaign(pg_temp.id('shared'), 'pc-bread', pg_temp.id('bread'));
select private.map_provider_campaign(pg_temp.id('shared'), 'pc-teeth', pg_temp.id('teeth'));
select private.map_provider_campaign(pg_temp.id('dedicated'), 'pc-cake', pg_temp.id('cake'));
insert into private.provider_campaigns (connection_id, provider_campaign_id) values (pg_temp.id('dedicated'), 'pc-new');
update private.provider_campaigns set listed_at = now();
insert into public.businesses (client_id, campaign_id, name, email, email_deliverability, icebreaker, subject_line) values
  (pg_temp.id('bakery'), pg_temp.id('bread'), 'Mill', 'mill@lead.test', 'deliverable', 'Nice mill', 'Mill');

create view pg_temp.listed as
select l ->> 'name' as name from jsonb_array_elements(worker.list_sync_campaigns(pg_temp.id('shared'), null, now() - interval '1 hour')) as l;

-- Who may.
select is((select bool_and(integration_enabled) from public.clients), true, 'a client starts switched on');
select pg_temp.sign_in('ada');
select throws_ok(
  format('select public.set_client_integration(%L, false)', pg_temp.id('bakery')), 'PT403', 'FORBIDDEN', 'a client cannot switch itself off'
);
select throws_ok(
  format('select private.switch_client(%L, true)', pg_temp.id('bakery')), 'PT403', 'FORBIDDEN', 'nor through the function behind the door'
);
select throws_ok('update public.clients set integration_enabled = false', '42501', null, 'nor by writing');
reset role;
set local role anon;
select throws_ok('select public.set_client_integration(null, false)', '42501', null, 'anon cannot');
reset role;
select pg_temp.sign_in('olga');
select throws_ok(format('select public.set_client_integration(%L, false)', pg_temp.id('nothing')), 'PT404', 'NOT_FOUND', 'an unknown client is not found');
select throws_ok(format('select public.set_client_integration(%L, null)', pg_temp.id('bakery')), 'PT400', 'VALIDATION_FAILED', 'on or off is required');
reset role;
select set_config('request.jwt.claims', '{}', true);

-- Before: exports and syncs are possible.
select lives_ok(format('select private.check_export(%L)', pg_temp.id('bread')), 'switched on, a campaign can be exported');
select results_eq('select name from pg_temp.listed order by name', '{Bread,Teeth}'::text[], 'and a shared sync reads both clients'' campaigns');
select is(jsonb_array_length(worker.request_sync(null, null, false, null)), 2, 'and both workspaces are synced');

-- Off.
select is(
  pg_temp.switch('bakery', false), '{"enabled": false, "released": 0, "stopped_jobs": 1}', 'switching off ends the sync of its workspace'
);
select results_eq(
  format('select status::text, error_code from private.jobs where connection_id = %L', pg_temp.id('dedicated')),
  $$ values ('failed', 'VALIDATION_FAILED') $$, 'which says why'
);
select throws_ok(format('select private.check_export(%L)', pg_temp.id('bread')), 'PT400', 'VALIDATION_FAILED', 'nothing of it is exported');
select throws_ok(format('select worker.request_export(%L, false, null)', pg_temp.id('cake')), 'PT400', 'VALIDATION_FAILED', 'from no workspace');
select lives_ok(format('select private.check_export(%L)', pg_temp.id('teeth')), 'other clients continue');
select throws_ok(
  format('select worker.request_sync(null, %L, false, null)', pg_temp.id('bakery')), 'PT400', 'VALIDATION_FAILED', 'its sync is refused'
);
select throws_ok(
  format('select worker.request_sync(%L, null, false, null)', pg_temp.id('dedicated')), 'PT400', 'VALIDATION_FAILED', 'also by its workspace'
);
select results_eq(
  'select (j ->> ''connection_id'')::uuid from jsonb_array_elements(worker.request_sync(null, null, false, null)) as j',
  array[pg_temp.id('shared')], 'the hourly sync leaves its workspace out'
);
select results_eq('select name from pg_temp.listed', '{Teeth}'::text[], 'and a shared sync skips its campaigns');

-- Deliveries are stored and wait; those of other clients do not.
select pg_temp.arrive('shared', 'pc-bread', 'ida');
select pg_temp.arrive('shared', 'pc-teeth', 'jon');
select pg_temp.arrive('shared', 'pc-nobody', 'kim');
select pg_temp.arrive('dedicated', 'pc-cake', 'lea');
select pg_temp.arrive('dedicated', 'pc-new', 'max');
select pg_temp.arrive('dedicated', null, 'account');
select is(worker.process_webhook_events() - '{positions,unfinished,milliseconds}'::text[], '{"claimed": 6, "failed": 0}', 'all six deliveries are taken');
select results_eq(
  $$ select split_part(w.event ->> 'email', '@', 1), w.status::text from private.webhook_events as w
     where w.connection_id in (pg_temp.id('shared'), pg_temp.id('dedicated')) order by 1 $$,
  $$ values ('account', 'quarantined'), ('ida', 'quarantined'), ('jon', 'projected'), ('kim', 'quarantined'), ('lea', 'quarantined'), ('max', 'quarantined') $$,
  'those of the client wait, also of a campaign that is new and without a campaign'
);
select results_eq(
  'select left(reason, 22), count(*) from private.webhook_events where status = ''quarantined'' group by 1 order by 1',
  $$ values ('Nobody has said yet wh', 1::bigint), ('The client that this b', 4) $$, 'and say why'
);
select is_empty(format('select * from public.synced_leads where client_id = %L', pg_temp.id('bakery')), 'no lead of it is written');
select is(worker.process_webhook_events() ->> 'claimed', '0', 'they are not retried');
select is((select sum(quarantined) from public.webhook_ledger where balanced), 5::numeric, 'the ledger counts them as held');

-- On: nothing is lost, and nothing that is not its own moves.
select is(pg_temp.switch('bakery', true), '{"enabled": true, "released": 4, "stopped_jobs": 0}', 'switching on releases what waited');
select is(worker.process_webhook_events() - '{positions,unfinished,milliseconds}'::text[], '{"claimed": 4, "failed": 0}', 'the next sweep takes it');
select results_eq(
  format('select email from public.synced_leads where client_id = %L order by email', pg_temp.id('bakery')),
  '{ida@lead.test,lea@lead.test,max@lead.test}'::text[], 'every lead is there'
);
select is((select count(*) from public.email_events where client_id = pg_temp.id('bakery')), 4::bigint, 'and every event, once');
select results_eq(
  $$ select w.event ->> 'email', w.reason from private.webhook_events as w where w.status = 'quarantined' $$,
  $$ values ('kim@lead.test', 'Nobody has said yet which client this campaign belongs to') $$, 'what is not mapped still waits'
);
select is(pg_temp.switch('bakery', true) ->> 'released', '0', 'switching on again releases nothing');
select lives_ok(format('select worker.request_export(%L, false, %L)', pg_temp.id('bread'), pg_temp.id('ada')), 'it can be exported again');
select is(
  jsonb_array_length(worker.request_sync(pg_temp.id('dedicated'), null, true, pg_temp.id('olga'))), 1, 'and synced'
);

-- A running export stops too: its worker has lost the lease.
select is(pg_temp.switch('bakery', false) ->> 'stopped_jobs', '2', 'switching off stops the export and the sync');
select is((select count(*) from private.jobs where client_id = pg_temp.id('bakery') and status in ('queued', 'running')), 0::bigint, 'no job of it is open');

-- Mapping to a client that is off holds the events for that other reason.
select pg_temp.sign_in('olga');
select is(
  public.map_campaign((select id from public.unmapped_campaigns), pg_temp.id('bakery')) - 'campaign_id', '{"released": 1, "projected": 0}',
  'mapping to a client that is off projects nothing yet'
);
reset role;
select set_config('request.jwt.claims', '{}', true);
select is(pg_temp.switch('bakery', true) ->> 'released', '1', 'until it is switched on');

-- Many that are held are released in steps, the first with the switch.
select pg_temp.switch('bakery', false);
insert into private.webhook_events (connection_id, event_key, event, payload, status, processed_at)
select pg_temp.id('dedicated'), md5('held ' || n)::uuid, '{"type": "account_error"}', '{}', 'quarantined', now() from generate_series(1, 2500) as n;
select is(pg_temp.switch('bakery', true) ->> 'released', '1000', 'of many that wait a thousand are released at once');
select is(private.continue_releases('infinity'), 1500, 'the sweep releases the others');
select is_empty('select from private.held_releases', 'and then nothing is left to release');
delete from private.webhook_events where event_key in (select md5('held ' || n)::uuid from generate_series(1, 2500) as n);

-- Who did what, people's exports and syncs among it.
select results_eq(
  'select action, actor_id, target_type from public.audit_log order by id',
  format(
    $$ values ('client_switched_off', %1$L::uuid, 'client'), ('client_switched_on', %1$L, 'client'), ('client_switched_on', %1$L, 'client'),
      ('export_started', %2$L, 'campaign'), ('sync_started', %1$L, 'connection'), ('client_switched_off', %1$L, 'client'),
      ('campaign_mapped', %1$L, 'campaign'), ('client_switched_on', %1$L, 'client'), ('client_switched_off', %1$L, 'client'),
      ('client_switched_on', %1$L, 'client') $$,
    pg_temp.id('olga'), pg_temp.id('ada')
  ),
  'the audit log has each act and who did it; the hourly sync is nobody''s'
);

select * from finish();
rollback;
