-- Organisations: whose a campaign of a workspace is, who may say so, and what happens to what waited.

begin;
set local search_path = public, extensions;
select plan(20);

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('organisations ' || name)::uuid $$;
grant execute on function pg_temp.id(text) to public;

create function pg_temp.sign_in(person text) returns void language plpgsql as $$
begin
  perform set_config('request.jwt.claims', (private.custom_access_token_hook(jsonb_build_object(
    'user_id', pg_temp.id(person), 'claims', jsonb_build_object('sub', pg_temp.id(person), 'role', 'authenticated')
  )) -> 'claims')::text, true);
  perform set_config('role', 'authenticated', true);
end
$$;

create function pg_temp.organization(connection text, org text) returns uuid language sql as $$
  select o.id from private.organizations as o where o.connection_id = pg_temp.id(connection) and o.provider_org_id = org
$$;

insert into public.clients (id, name) select pg_temp.id(name), name from unnest('{bakery,dentist}'::text[]) as name;
insert into auth.users (id, email) select pg_temp.id(name), name || '@org.test' from unnest('{ada,olga}'::text[]) as name;
insert into public.members (user_id, role, client_id) values
  (pg_temp.id('ada'), 'client', pg_temp.id('bakery')), (pg_temp.id('olga'), 'operator', null);
insert into public.provider_connections (id, provider, client_id, name) values
  (pg_temp.id('shared'), 'smartlead', null, 'Shared'), (pg_temp.id('own'), 'smartlead', pg_temp.id('bakery'), 'Own');

-- A shared workspace.
select is(worker.record_provider_organizations(pg_temp.id('shared'), '[{"provider_org_id":"1","name":"Bakery"},{"provider_org_id":"2","name":" "}]'), 2, 'two are new');
select is(worker.record_provider_organizations(pg_temp.id('shared'), '[{"provider_org_id":"1","name":"Bakery"},{"provider_org_id":"2"}]'), 0, 'and known afterwards');
select is(
  private.register_provider_campaigns(pg_temp.id('shared'), '[{"provider_campaign_id":"10","name":"Rolls","provider_org_id":"1"},{"provider_campaign_id":"20","provider_org_id":"2"},{"provider_campaign_id":"30","provider_org_id":"3"},{"provider_campaign_id":"40"}]', true),
  0, 'nothing is imported while their owner is unknown'
);
select results_eq('select count(*) from private.organizations where connection_id = pg_temp.id(''shared'')', array[3::bigint], 'an organisation that only a campaign names is noted');

insert into private.webhook_events (connection_id, event_key, provider_campaign_id, event, payload)
select pg_temp.id('shared'), md5(n::text)::uuid, '10',
  jsonb_build_object('type', 'email_sent', 'email', 'p' || n || '@org.test', 'occurred_at', now(), 'provider_campaign_ids', array['10']), '{}'
from generate_series(1, 3) as n;
select worker.process_webhook_events(10);
select is((select count(*) from private.webhook_events where status = 'quarantined'), 3::bigint, 'their events wait');

select pg_temp.sign_in('ada');
select throws_ok($$ select public.map_organization(pg_temp.id('any'), pg_temp.id('bakery')) $$, 'PT403', 'FORBIDDEN', 'a client maps none');
select is_empty('select * from public.provider_organizations', 'and sees none');
reset role;

create table pg_temp.ids as select pg_temp.organization('shared', '1') as one, pg_temp.organization('shared', '2') as two;
grant select on pg_temp.ids to public;
select pg_temp.sign_in('olga');
select results_eq(
  'select provider_org_name, is_mapped, campaigns, unmapped_campaigns, held_events from public.provider_organizations where connection_id = pg_temp.id(''shared'') and provider_org_id = ''1''',
  $$ values ('Bakery', false, 1::bigint, 1::bigint, 3::bigint) $$, 'an operator sees what waits'
);
select throws_ok($$ select public.map_organization(pg_temp.id('any'), pg_temp.id('bakery')) $$, 'PT404', 'NOT_FOUND', 'an organisation has to exist');
select throws_ok($$ select public.map_organization((select one from pg_temp.ids), pg_temp.id('nobody')) $$, 'PT404', 'NOT_FOUND', 'and a client');
select is(
  public.map_organization((select one from pg_temp.ids), pg_temp.id('bakery')),
  '{"campaigns": 1, "released": 3, "projected": 3}', 'mapped, its campaigns are the client''s and the events are projected'
);
select throws_ok($$ select public.map_organization((select one from pg_temp.ids), pg_temp.id('dentist')) $$, 'PT400', 'VALIDATION_FAILED', 'it cannot be taken from its client');
reset role;

select results_eq($$ select client_id, name from public.campaigns where connection_id = pg_temp.id('shared') $$, $$ values (pg_temp.id('bakery'), 'Rolls') $$, 'the campaign is the bakery''s');
select is(private.register_provider_campaigns(pg_temp.id('shared'), '[{"provider_campaign_id":"11","name":"Buns","provider_org_id":"1"}]', true), 1, 'so are future ones');
select is(worker.read_export_organization((select id from public.campaigns where name = 'Buns')), '1', 'an export goes under its organisation');
select is((select count(*) from public.audit_log where action = 'organization_mapped'), 1::bigint, 'who mapped it is in the audit log');

-- What only a delivery names is noted, and imported when the provider lists it.
select is(private.register_provider_campaigns(pg_temp.id('shared'), '[{"provider_campaign_id":"12","name":"Pies","provider_org_id":"1"}]', false), 0, 'a delivery alone makes no campaign');
select is(private.register_provider_campaigns(pg_temp.id('shared'), '[{"provider_campaign_id":"12","provider_org_id":"1"}]', true), 1, 'the provider''s list does');

-- A dedicated one.
select is(private.register_provider_campaigns(pg_temp.id('own'), '[{"provider_campaign_id":"50","name":"All","provider_org_id":"7"}]', true), 1, 'a dedicated workspace imports everything');
update private.organizations set client_id = pg_temp.id('bakery') where connection_id = pg_temp.id('own');
select is(private.register_provider_campaigns(pg_temp.id('own'), '[{"provider_campaign_id":"60","provider_org_id":"8"},{"provider_campaign_id":"70"},{"provider_campaign_id":"80","provider_org_id":"7"}]', true), 1, 'until it is limited to an organisation');

select * from finish();
rollback;
