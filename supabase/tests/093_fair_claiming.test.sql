-- Whose deliveries are projected next: a connection that is flooded delays itself and no other.
begin;
select plan(29);
create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5(name)::uuid $$;

insert into public.clients (id, name) values (pg_temp.id('client'), 'Bakery');
insert into public.provider_connections (id, client_id, name)
select pg_temp.id(name), pg_temp.id('client'), name from unnest(array['flooded', 'quiet', 'third']) as name;

create function pg_temp.arrive(connection text, number integer, due interval default '-1 minute') returns void language sql as $$
  insert into private.webhook_events (connection_id, event_key, payload, next_attempt_at)
  select pg_temp.id(connection), gen_random_uuid(), '{}', now() + due + n * interval '1 millisecond' from generate_series(1, number) as n
$$;

-- How many of each connection a claim takes; taken ones are out of the way afterwards.
create function pg_temp.claim(batch_size integer) returns table (connection text, number bigint) language sql as $$
  with claimed as materialized (select unnest(c.claimed) as id from private.claim_webhook_events(batch_size, '{}', null, '{0,1,2,3}') as c),
  done as (
    update private.webhook_events as w set status = 'projected' from claimed as c where w.id = c.id returning w.connection_id
  )
  select p.name, count(*) from done as d join public.provider_connections as p on p.id = d.connection_id group by p.name order by p.name
$$;

select is((select claimed from private.claim_webhook_events(10, '{}', null, '{0,1,2,3}')), '{}'::bigint[], 'nothing waits, nothing is taken');

-- The backlog came first, and everything of it is older.
select pg_temp.arrive('flooded', 5000, '-1 hour');
select pg_temp.arrive('quiet', 10);
select results_eq('select * from pg_temp.claim(500)', $$ values ('flooded', 490::bigint), ('quiet', 10) $$,
  'the ten of another connection are in the next batch, and the batch is full');
select results_eq('select * from pg_temp.claim(500)', $$ values ('flooded', 500::bigint) $$, 'alone it has the whole batch');

-- Each its share, and what a connection does not need goes to the others.
select pg_temp.arrive('quiet', 400);
select pg_temp.arrive('third', 3);
create table pg_temp.shares as select * from pg_temp.claim(300);
select is((select number from pg_temp.shares where connection = 'third'), 3::bigint, 'one with three has all of them');
select ok((select number from pg_temp.shares where connection = 'flooded') >= 100, 'the flooded one has its third');
select ok((select number from pg_temp.shares where connection = 'quiet') >= 100, 'and so has the other');
select is((select sum(number) from pg_temp.shares), 300::numeric, 'together they fill the batch');
update private.webhook_events set status = 'projected' where connection_id <> pg_temp.id('flooded');

-- The oldest of a connection come first, and what is not due does not come.
delete from private.webhook_events;
select pg_temp.arrive('flooded', 100);
select pg_temp.arrive('quiet', 5, '1 minute');
select results_eq(
  $$ select unnest(claimed) from private.claim_webhook_events(20, '{}', null, '{0,1,2,3}') $$,
  'select id from private.webhook_events where connection_id = pg_temp.id(''flooded'') order by next_attempt_at limit 20',
  'each connection has its oldest first'
);
select results_eq('select * from pg_temp.claim(500)', $$ values ('flooded', 100::bigint) $$, 'and what is due later stays');

-- More connections than places: none is passed over for ever.
delete from private.webhook_events;
insert into public.provider_connections (id, client_id, name) select pg_temp.id('c' || n), pg_temp.id('client'), 'c' || n from generate_series(1, 30) as n;
select pg_temp.arrive('c' || n, 2) from generate_series(1, 30) as n;
select is((select count(*) from pg_temp.claim(20)), 20::bigint, 'a batch of twenty has twenty connections');
select is((select max(number) from pg_temp.claim(20)), 1::bigint, 'each of them one');
select is((select sum(number) from pg_temp.claim(20)), 20::numeric, 'and the third has the rest');
select is((select count(*) from private.webhook_events where status = 'pending'), 0::bigint, 'after three batches of twenty all sixty are taken');

-- The position of a connection is where the search may begin next time: not beyond what it still keeps waiting.
delete from private.webhook_events;
select pg_temp.arrive('flooded', 1000, '-1 hour');
select pg_temp.arrive('quiet', 5, '-1 minute');
create table pg_temp.positions as select reached from private.claim_webhook_events(100, '{}', null, '{0,1,2,3}');
update private.webhook_events set status = 'projected' where connection_id = pg_temp.id('quiet')
  or id in (select id from private.webhook_events where connection_id = pg_temp.id('flooded') order by next_attempt_at limit 95);
select ok(
  (select (reached ->> pg_temp.id('flooded')::text)::timestamptz from pg_temp.positions) < now() - interval '59 minutes', 'it stays in the backlog of the flooded one'
);
select is(
  (select (reached ->> pg_temp.id('quiet')::text)::timestamptz from pg_temp.positions), now() - interval '1 minute' + interval '5 milliseconds', 'and is at the newest of the other'
);
select is(
  (select cardinality(c.claimed) from pg_temp.positions as p, private.claim_webhook_events(1000, p.reached, null, '{0,1,2,3}') as c), 905,
  'so everything that is left is found behind it'
);
update private.webhook_events set status = 'projected';
select pg_temp.arrive('quiet', 3, '-30 minutes');
select results_eq(
  $$ select cardinality(c.claimed), c.reached
     from private.claim_webhook_events(100, jsonb_build_object(pg_temp.id('quiet'), now() - interval '1 minute'), null, '{0,1,2,3}') as c $$,
  $$ values (0, '{}'::jsonb) $$, 'what came before a position is not searched, and the position stays'
);
select is((select cardinality(claimed) from private.claim_webhook_events(100, '{}', null, '{0,1,2,3}')), 3, 'a call without one finds it');
update private.webhook_events set status = 'projected';

-- A projector works on some shards, and a connection is always in the same one.
select is(
  (select array_agg(distinct private.projection_shard(pg_temp.id('c' || n)) order by private.projection_shard(pg_temp.id('c' || n))) from generate_series(1, 1000) as n),
  '{0,1,2,3}', 'the shards are those from 0'
);
select cmp_ok(
  (select min(number) from (select count(*) as number from generate_series(1, 1000) as n group by private.projection_shard(pg_temp.id('c' || n))) as s),
  '>', 200::bigint, 'connections are spread over them evenly'
);
create function pg_temp.other_shards(connection text) returns integer[] language sql as $$
  select array_agg(n) from generate_series(0, private.projection_shards() - 1) as n where n <> private.projection_shard(pg_temp.id(connection))
$$;
select pg_temp.arrive('quiet', 4);
select pg_temp.arrive('third', 3);
select results_eq(
  $$ select cardinality(claimed), unfinished from private.claim_webhook_events(100, '{}', array[pg_temp.id('quiet')], pg_temp.other_shards('quiet')) $$,
  $$ values (0, array[pg_temp.id('quiet')]) $$, 'one whose shard another projector has is not touched, and is to be asked for again'
);
select results_eq(
  $$ select cardinality(claimed), unfinished from private.claim_webhook_events(100, '{}', array[pg_temp.id('quiet')], '{0,1,2,3}') $$,
  $$ values (4, '{}'::uuid[]) $$, 'of named connections the others are left alone, and one that has no more is done'
);
select results_eq(
  $$ select cardinality(claimed), unfinished from private.claim_webhook_events(3, '{}', array[pg_temp.id('quiet'), pg_temp.id('flooded')], '{0,1,2,3}') $$,
  $$ values (3, array[pg_temp.id('quiet')]) $$, 'of a full batch those are to be asked for again that it came from'
);
select results_eq(
  $$ select cardinality(claimed), cardinality(unfinished) from private.claim_webhook_events(1, '{}', array[pg_temp.id('quiet'), pg_temp.id('third')], '{0,1,2,3}') $$,
  $$ values (1, 2) $$, 'and those that it had no place for'
);
update private.webhook_events set status = 'projected';

-- A batch of any size, and who may ask.
select pg_temp.arrive('quiet', 3);
select is((select sum(number) from pg_temp.claim(1)), 1::numeric, 'a batch of one has one');
select is((select sum(number) from pg_temp.claim(2)), 2::numeric, 'and the next has the rest');
select ok(not has_function_privilege('authenticated', 'private.claim_webhook_events(integer, jsonb, uuid[], integer[])', 'execute'), 'no person can claim');
select ok(not has_function_privilege('anon', 'private.claim_webhook_events(integer, jsonb, uuid[], integer[])', 'execute'), 'nor anybody signed out');
select ok(has_function_privilege('service_role', 'private.claim_webhook_events(integer, jsonb, uuid[], integer[])', 'execute'), 'the projector can');

select * from finish();
rollback;
