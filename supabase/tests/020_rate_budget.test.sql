-- One budget per connection: no rolling second or minute holds more calls than the provider allows, regardless of the caller.

begin;
set local search_path = public, extensions;
select plan(41);

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('budget ' || name)::uuid $$;

insert into public.clients (id, name) values (pg_temp.id('bakery'), 'Bakery');
insert into public.provider_connections (id, client_id, name) values
  (pg_temp.id('one'), pg_temp.id('bakery'), 'One'), (pg_temp.id('two'), null, 'Two');

create function pg_temp.take(wanted integer, priority text default 'interactive', bucket text default 'calls', finished jsonb default '[]', name text default 'one')
returns jsonb language sql as $$ select worker.take_rate_budget(pg_temp.id(name), bucket, wanted, priority, finished) $$;

-- Asks until nothing is granted any more, and returns how much there was.
create function pg_temp.drain(priority text, bucket text default 'calls') returns integer language plpgsql as $$
declare
  total integer := 0;
  granted integer;
begin
  loop
    granted := (pg_temp.take(20, priority, bucket) ->> 'granted')::integer;
    exit when granted = 0;
    total := total + granted;
  end loop;
  return total;
end
$$;

-- Calls that reached the provider so long ago.
create function pg_temp.past(calls integer, ago interval, bucket text default 'calls') returns void language sql as $$
  insert into private.rate_budgets (connection_id) values (pg_temp.id('one')) on conflict do nothing;
  insert into private.rate_grants (connection_id, bucket, tokens, latest_at) values (pg_temp.id('one'), bucket, calls, clock_timestamp() - ago);
$$;
create function pg_temp.forget() returns void language sql as $$
  delete from private.rate_budgets where connection_id in (pg_temp.id('one'), pg_temp.id('two'))
$$;

-- A first question.
create table pg_temp.answer as select pg_temp.take(20, 'background') as grant;
select is(
  (select a.grant - 'grant_id' from pg_temp.answer as a), '{"granted": 20, "wait_ms": 0, "valid_ms": 1000}', 'with nothing used, as many as wanted are granted, for a second'
);
select is((pg_temp.take(1) ->> 'granted')::integer, 1, 'asking for one gets one');
select pg_temp.forget();
select is((pg_temp.take(500) ->> 'granted')::integer, 20, 'no caller gets more than twenty at once');
select is(pg_temp.take(0), '{"granted": 0, "wait_ms": 0}', 'who only reports gets none and need not wait');
select throws_ok($$ select pg_temp.take(1, 'urgent') $$, 'There is no priority "urgent"; use interactive or background', 'there are two priorities');
select throws_ok($$ select pg_temp.take(1, name => 'nowhere') $$, '23503', null, 'a connection that does not exist has no budget');

-- Never more than 100 in a second, however often one asks.
select pg_temp.forget();
select is(pg_temp.drain('interactive'), 100, 'a hundred are granted, and then no more');
select ok((pg_temp.take(1) ->> 'wait_ms')::integer between 10 and 100, 'the answer says how long to wait, at most a tenth of a second, as others may report');
select is(
  (select (worker.take_rate_budget(pg_temp.id('two'), 'calls', 20, 'background') ->> 'granted')::integer), 20, 'another connection has a budget of its own'
);

-- The second rolls with the calls.
select pg_temp.forget();
select pg_temp.past(100, interval '700 milliseconds');
select is((pg_temp.take(1) ->> 'granted')::integer, 0, 'a hundred calls 0.7 s ago leave nothing');
select pg_temp.forget();
select pg_temp.past(100, interval '1001 milliseconds');
select is((pg_temp.take(1) ->> 'granted')::integer, 1, 'a second later there is room again');
select pg_temp.forget();
select pg_temp.past(50, interval '1100 milliseconds');
select pg_temp.past(50, interval '500 milliseconds');
select is(pg_temp.drain('interactive'), 50, 'half of it rolls out before the other half');

-- The less there is, the smaller the chunks.
select pg_temp.forget();
select pg_temp.past(60, interval '500 milliseconds');
select is((pg_temp.take(20) ->> 'granted')::integer, 10, 'of forty that are left one gets a quarter');
select pg_temp.past(25, interval '500 milliseconds');
select is((pg_temp.take(20) ->> 'granted')::integer, 3, 'of five that are left three');
select is((pg_temp.take(20) ->> 'granted')::integer, 2, 'and then the rest');

-- Six thousand in a minute.
select pg_temp.forget();
select pg_temp.past(5990, interval '30 seconds');
select is(pg_temp.drain('interactive'), 10, 'a minute never holds more than 6,000');
select ok((pg_temp.take(1) ->> 'wait_ms')::integer between 29000 and 30000, 'and the wait is until the minute has rolled on');
select pg_temp.forget();
select pg_temp.past(6000, interval '61 seconds');
select is(pg_temp.drain('interactive'), 100, 'what is older than a minute does not count');
select is_empty(
  $$ select from private.rate_grants where connection_id = pg_temp.id('one') and tokens = 6000 $$, 'and is forgotten'
);

-- Lists of emails: twenty in a minute, and each costs a call as well.
select pg_temp.forget();
select is(pg_temp.drain('interactive', 'emails'), 20, 'twenty lists of emails in a minute');
select ok((pg_temp.take(1, bucket => 'emails') ->> 'wait_ms')::integer between 59000 and 61300, 'the next one waits for a minute');
select is(pg_temp.drain('interactive'), 80, 'they count as calls too');
select pg_temp.forget();
select pg_temp.past(100, interval '500 milliseconds');
select is((pg_temp.take(1, bucket => 'emails') ->> 'granted')::integer, 0, 'without a call left there is no list of emails either');
select pg_temp.forget();
select pg_temp.past(15, interval '40 seconds', 'emails');
select is(pg_temp.drain('background', 'emails'), 4, 'the reserve holds for lists of emails');

-- The reserve.
select pg_temp.forget();
select is(pg_temp.drain('background'), 95, 'background work leaves the last twentieth');
select is(pg_temp.drain('interactive'), 5, 'which an interactive call gets at once');
select pg_temp.forget();
select pg_temp.take(1);
select is(pg_temp.drain('background'), 79, 'with somebody interactive about, background work leaves the last fifth');
select is(pg_temp.drain('interactive'), 20, 'all of it for the interactive');
select pg_temp.forget();
select pg_temp.past(0, interval '1 second');
update private.rate_budgets set interactive_at = clock_timestamp() - interval '6 seconds' where connection_id = pg_temp.id('one');
select is(pg_temp.drain('background'), 95, 'five seconds later it is a twentieth again');

-- Reports: the truth replaces the worst case.
select pg_temp.forget();
create table pg_temp.held as select (pg_temp.take(20) ->> 'grant_id')::bigint as id;
create function pg_temp.report(used integer, ago integer) returns jsonb language sql as $$
  select pg_temp.take(0, finished => jsonb_build_array(jsonb_build_object('id', (select id from pg_temp.held), 'used', used, 'latest_ms_ago', ago)))
$$;
select ok(
  (select latest_at - clock_timestamp() between '1.1 seconds' and '1.25 seconds' from private.rate_grants where id = (select id from pg_temp.held)),
  'what is granted counts as if it came as late as it can'
);
select pg_temp.report(20, 1200);
select is(pg_temp.drain('interactive'), 100, 'calls that were made 1.2 s ago are in no window any more');
select pg_temp.report(99, -5000);
select results_eq(
  $$ select tokens, latest_at < clock_timestamp() - interval '1.1 seconds' from private.rate_grants where id = (select id from pg_temp.held) $$,
  $$ values (20, true) $$, 'a report never makes it more or later'
);
select pg_temp.forget();
update pg_temp.held set id = (pg_temp.take(20) ->> 'grant_id')::bigint;
select pg_temp.report(5, 0);
select is(pg_temp.drain('interactive'), 95, 'what was not used is free again');
update pg_temp.held set id = (select max(id) from private.rate_grants where connection_id = pg_temp.id('one'));
select worker.take_rate_budget(pg_temp.id('two'), 'calls', 0, 'interactive', jsonb_build_array(jsonb_build_object('id', (select id from pg_temp.held), 'used', 0, 'latest_ms_ago', 0)));
select is((pg_temp.take(1) ->> 'granted')::integer, 0, 'no connection releases what another holds');

-- A chunk that was used over a while: each of its calls counts from its own moment.
select pg_temp.forget();
update pg_temp.held set id = (pg_temp.take(20) ->> 'grant_id')::bigint;
select pg_temp.take(0, finished => jsonb_build_array(
  jsonb_build_object('id', (select id from pg_temp.held), 'used', 12, 'latest_ms_ago', 1200),
  jsonb_build_object('id', (select id from pg_temp.held), 'used', 3, 'latest_ms_ago', 500),
  jsonb_build_object('id', (select id from pg_temp.held), 'used', 5, 'latest_ms_ago', 100)
));
select is(pg_temp.drain('interactive'), 92, 'the first calls of a chunk free their room before the last ones do');

-- A block by the provider.
select pg_temp.forget();
select worker.block_rate_budget(pg_temp.id('one'), 45);
select worker.block_rate_budget(pg_temp.id('one'), 1);
select ok(
  (pg_temp.take(1) - 'wait_ms'::text = '{"granted": 0}') and (pg_temp.take(1) ->> 'wait_ms')::integer between 44000 and 45000,
  'when the provider asks for fewer calls no caller gets one, and a shorter block does not end it'
);
select is((pg_temp.take(1, name => 'two') ->> 'granted')::integer, 1, 'another connection is not concerned');
update private.rate_budgets set blocked_until = clock_timestamp() where connection_id = pg_temp.id('one');
select is((pg_temp.take(1) ->> 'granted')::integer, 1, 'afterwards there are calls again');

-- Only the functions.
select is_empty(
  $$ select role, f from unnest('{anon,authenticated}'::text[]) as role,
       unnest(array['worker.take_rate_budget(uuid, text, integer, text, jsonb)', 'worker.block_rate_budget(uuid, double precision)']) as f
     where has_function_privilege(role, f, 'execute') $$,
  'no person can take or block'
);
select is_empty(
  $$ select role, t from unnest('{anon,authenticated}'::text[]) as role, unnest('{private.rate_budgets,private.rate_grants}'::text[]) as t
     where has_table_privilege(role, t, 'select, insert, update, delete') $$,
  'or look into the budget'
);
grant execute on function pg_temp.id(text), pg_temp.take(integer, text, text, jsonb, text) to service_role;
set local role service_role;
select is((pg_temp.take(1, name => 'two') ->> 'granted')::integer, 1, 'the functions can');

select * from finish();
rollback;
