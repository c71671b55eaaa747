-- Events lie in a partition per month; one with an unprepared date is kept, and moves when its month comes.

begin;
set local search_path = public, extensions;
select plan(21);

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('partitions ' || name)::uuid $$;

insert into public.clients (id, name) values (pg_temp.id('bakery'), 'Bakery');
insert into auth.users (id, email) values (pg_temp.id('ada'), 'ada@partitions.test');
insert into public.members values (pg_temp.id('ada'), 'client', pg_temp.id('bakery'));
insert into public.provider_connections (id, client_id, name) values (pg_temp.id('connection'), pg_temp.id('bakery'), 'Bakery');
insert into public.campaigns (id, client_id, name) values (pg_temp.id('campaign'), pg_temp.id('bakery'), 'Bread');

create function pg_temp.happened(id bigint, at text) returns text language sql as $$
  insert into public.email_events (id, occurred_at, client_id, campaign_id, connection_id, provider, type, received_at)
  values (-id, at::timestamptz, pg_temp.id('bakery'), pg_temp.id('campaign'), pg_temp.id('connection'), 'instantly', 'email_sent', now())
  returning tableoid::regclass::text
$$;

create function pg_temp.lies_in(event bigint) returns text language sql as $$
  select tableoid::regclass::text from public.email_events where id = -event
$$;

-- The months around today are prepared.
select is(
  pg_temp.happened(1, now()::text), 'private.email_events_' || to_char(now() at time zone 'UTC', 'YYYY_MM'), 'an event of today lies in the partition of its month'
);
select is(pg_temp.happened(2, (now() - interval '11 months')::text), 'private.email_events_' || to_char((now() - interval '11 months') at time zone 'UTC', 'YYYY_MM'),
  'so does one of eleven months ago, which a first sync may bring');
select isnt(to_regclass('private.email_events_' || to_char((now() + interval '2 months') at time zone 'UTC', 'YYYY_MM')), null, 'the next months are there before they begin');
select is(private.prepare_email_event_months(current_date, 1), 0, 'preparing what is prepared does nothing');

-- A wrong clock at the provider: the year 2041.
select is(pg_temp.happened(3, '2041-03-15T12:00Z'), 'private.email_events_default', 'an event of an unprepared month lands in the default partition');
select is(pg_temp.happened(4, '2041-03-01T00:00Z'), 'private.email_events_default', 'so does one of its first moment');
select is(pg_temp.happened(5, '2041-02-28T23:59:59.999999Z'), 'private.email_events_default', 'and one of the moment before');
select is((select count(*) from public.email_events where campaign_id = pg_temp.id('campaign')), 5::bigint, 'none is lost, wherever it lies');

-- The month is prepared: what belongs to it moves, what does not stays.
select is(private.prepare_email_event_months('2041-03-20', 0), 1, 'a day prepares its month');
select is(pg_temp.lies_in(3), 'private.email_events_2041_03', 'the waiting event moves into its month');
select is(pg_temp.lies_in(4), 'private.email_events_2041_03', 'the first moment of the month belongs to it');
select is(pg_temp.lies_in(5), 'private.email_events_default', 'the last moment of the month before does not');
select is((select count(*) from public.email_events where campaign_id = pg_temp.id('campaign')), 5::bigint, 'moving loses nothing and doubles nothing');
select is(pg_temp.happened(6, '2041-03-31T23:59:59.999999Z'), 'private.email_events_2041_03', 'new events of that month go straight into it');
select is(private.prepare_email_event_months('2041-01-31', 2), 2, 'a range prepares every month in it that is not there yet');
select is(pg_temp.lies_in(5), 'private.email_events_2041_02', 'then the last one moves too');

-- The new partition is as closed as the others.
select ok(
  (select relrowsecurity from pg_catalog.pg_class where oid = 'private.email_events_2041_03'::regclass), 'a new partition has row-level security'
);
select is_empty(
  $$ select role from unnest('{anon,authenticated,service_role}'::text[]) as role
     where has_any_column_privilege(role, 'private.email_events_2041_03', 'select, insert, update, references') $$,
  'and no grant: it is read through email_events only'
);
select set_config('request.jwt.claims', jsonb_build_object('sub', pg_temp.id('ada'), 'user_role', 'client', 'client_id', pg_temp.id('bakery'))::text, true);
set local role authenticated;
select is((select count(*) from public.email_events), 6::bigint, 'a client can see its events in every partition');
select throws_ok('select * from private.email_events_2041_03', '42501', null, 'but no single partition');
reset role;

-- The foreign keys reach into it.
delete from public.campaigns where id = pg_temp.id('campaign');
select is_empty('select * from public.email_events where id between -6 and -1', 'a deleted campaign takes its events along, out of every partition');

select * from finish();
rollback;
