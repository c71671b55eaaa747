-- Whether deliveries arrive, as the people of a connection see it: each state, and who may read it.

begin;
set local search_path = public, extensions;
select plan(26);

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('states ' || name)::uuid $$;
grant execute on function pg_temp.id(text) to public;

create function pg_temp.sign_in(person text) returns void language plpgsql as $$
begin
  perform set_config('request.jwt.claims', (private.custom_access_token_hook(jsonb_build_object(
    'user_id', pg_temp.id(person), 'claims', jsonb_build_object('sub', pg_temp.id(person), 'role', 'authenticated')
  )) -> 'claims')::text, true);
  perform set_config('role', 'authenticated', true);
end
$$;

insert into public.clients (id, name) select pg_temp.id(name), name from unnest('{bakery,dentist}'::text[]) as name;
insert into auth.users (id, email) select pg_temp.id(name), name || '@states.test' from unnest('{ada,ben,olga,otto}'::text[]) as name;
insert into public.members (user_id, role, client_id) values
  (pg_temp.id('ada'), 'client', pg_temp.id('bakery')),
  (pg_temp.id('ben'), 'client', pg_temp.id('dentist')),
  (pg_temp.id('olga'), 'operator', null);
insert into public.provider_connections (id, provider, client_id, name) values
  (pg_temp.id('instantly'), 'instantly', pg_temp.id('bakery'), 'Bakery'),
  (pg_temp.id('smartlead'), 'smartlead', pg_temp.id('dentist'), 'Dentist'),
  (pg_temp.id('shared'), 'instantly', null, 'Shared');
insert into public.campaigns (id, client_id, connection_id, name) values
  (pg_temp.id('bread'), pg_temp.id('bakery'), pg_temp.id('instantly'), 'Bread'),
  (pg_temp.id('over'), pg_temp.id('dentist'), pg_temp.id('smartlead'), 'Over');

create function pg_temp.shown(connection text) returns public.client_webhooks language sql as $$
  select w from public.client_webhooks as w where w.connection_id = pg_temp.id(connection)
$$;
create function pg_temp.state(connection text) returns text language sql as $$ select (pg_temp.shown(connection)).state $$;
create function pg_temp.looked(found_state text) returns void language sql as $$
  select worker.record_provider_webhook(pg_temp.id('instantly'), 'w-1', 'https://functions.test/instantly-webhook', found_state);
  select worker.record_webhook_outage(pg_temp.id('instantly'), found_state, null);
$$;

-- One webhook for the workspace.
select is(pg_temp.state('instantly'), 'not_registered', 'a connection without a webhook has none');
select pg_temp.looked('active');
select is(pg_temp.state('instantly'), 'registered', 'a webhook that brought nothing yet is registered');
select is((pg_temp.shown('instantly')).last_event_at, null, 'and nothing has arrived');

select private.map_provider_campaign(pg_temp.id('instantly'), 'pc-1', pg_temp.id('bread'));
create function pg_temp.arrive(key text, found_in private.event_source) returns void language sql as $$
  insert into private.webhook_events (connection_id, event_key, provider_campaign_id, event, payload, source)
  select pg_temp.id('instantly'), pg_temp.id(key), 'pc-1',
    jsonb_build_object('type', 'email_opened', 'occurred_at', '2026-10-05T08:00Z', 'email', key || '@lead.test', 'provider_campaign_ids', array['pc-1']), '{}', found_in;
  select worker.process_webhook_events(100);
$$;
select pg_temp.arrive('concluded', 'inferred');
set constraints all immediate;
select is(pg_temp.state('instantly'), 'registered', 'a fact that the sync concluded did not arrive');
select is((select count(*) from public.email_events where connection_id = pg_temp.id('instantly')), 1::bigint, 'though it is an event');
set constraints all deferred;
select pg_temp.arrive('told', 'delivery');
set constraints all immediate;
select is(pg_temp.state('instantly'), 'on', 'one that a delivery brought did');
select is((pg_temp.shown('instantly')).last_event_at, now(), 'and when');
select is((pg_temp.shown('instantly')).last_event_age_seconds, 0::bigint, 'with its age');

select pg_temp.looked('switched_off');
select is(pg_temp.state('instantly'), 'switched_off', 'the provider switched it off');
select is((pg_temp.shown('instantly')).off_since, now(), 'and since when we know');
select pg_temp.looked('active');
select is(pg_temp.state('instantly'), 'repairing', 'on again, what was missed is still to be recovered');
select isnt((pg_temp.shown('instantly')).missed_since, null, 'and from when on');
select is((pg_temp.shown('instantly')).off_since, null, 'but it is not off');
select worker.settle_webhook_outage((worker.read_webhook_outage(pg_temp.id('instantly')) ->> 'id')::bigint);
select is(pg_temp.state('instantly'), 'on', 'recovered, it is on as before');
select pg_temp.looked('missing');
select is(pg_temp.state('instantly'), 'missing', 'somebody deleted it at the provider');
select is((pg_temp.shown('instantly')).campaigns, null, 'a webhook of the workspace counts no campaigns');

-- One webhook per campaign.
insert into private.provider_campaigns (connection_id, provider_campaign_id, campaign_id, listed_at) values
  (pg_temp.id('smartlead'), 's-1', null, now()), (pg_temp.id('smartlead'), 's-2', null, now()), (pg_temp.id('smartlead'), 's-3', pg_temp.id('over'), now());
update public.campaigns set provider_status = 'completed', provider_status_at = now() where id = pg_temp.id('over');
select is(pg_temp.state('smartlead'), 'not_registered', 'campaigns without a webhook');
select worker.record_campaign_webhook(pg_temp.id('smartlead'), 's-1', 'w-1');
select is(pg_temp.state('smartlead'), 'registered', 'the first campaign that has one');
select is(
  array[(pg_temp.shown('smartlead')).campaigns_covered, (pg_temp.shown('smartlead')).campaigns], array[1, 2]::bigint[],
  'counted among those that need one: what is over needs none'
);
select worker.record_provider_webhook(pg_temp.id('smartlead'), null, null, 'missing');
select is(pg_temp.state('smartlead'), 'missing', 'a campaign that could not be given one');
update public.provider_connections set removed_at = now() where id = pg_temp.id('smartlead');
select is(pg_temp.state('smartlead'), 'not_registered', 'a removed connection has no webhook');

-- Who reads what.
select pg_temp.sign_in('ada');
select is_empty('select * from public.client_webhooks', 'a client that is not shown its connection cannot see its webhook');
reset role;
update public.clients set may_see_connection = true where id in (pg_temp.id('bakery'), pg_temp.id('dentist'));
select pg_temp.sign_in('ada');
select results_eq(
  'select connection_id from public.client_webhooks', array[pg_temp.id('instantly')],
  'a client can see the webhook of its own connection, and cannot see the other client''s nor the shared one'
);
reset role;
select pg_temp.sign_in('olga');
select is(
  (select count(*) from public.client_webhooks where connection_id in (pg_temp.id('instantly'), pg_temp.id('smartlead'), pg_temp.id('shared'))),
  3::bigint, 'an operator can see all of them'
);
reset role;
select pg_temp.sign_in('otto');
select is_empty('select * from public.client_webhooks', 'a user without a membership cannot see any');
reset role;
select set_config('request.jwt.claims', '{}', true);
set local role anon;
select throws_ok('select * from public.client_webhooks', '42501', null, 'and anon cannot ask');
reset role;

select * from finish();
rollback;
