-- The call log: written in batches by the functions, read by operators only.

begin;
set local search_path = public, extensions;
select plan(8);

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('calls ' || name)::uuid $$;

insert into public.clients (id, name) values (pg_temp.id('bakery'), 'Bakery');
insert into public.provider_connections (id, client_id, name) values (pg_temp.id('bakery'), pg_temp.id('bakery'), 'Bakery');

create function pg_temp.call(more jsonb) returns jsonb language sql as $$
  select jsonb_build_object(
    'connection_id', pg_temp.id('bakery'), 'job_id', null, 'called_at', '2026-10-05T08:00:00.250Z', 'method', 'GET',
    'path', '/api/v2/campaigns/{id}', 'status', 200, 'duration_ms', 12, 'attempt', 1, 'error_kind', null
  ) || more
$$;

grant execute on function pg_temp.id(text), pg_temp.call(jsonb) to service_role;
grant execute on function pg_temp.id(text) to authenticated;
set local role service_role;
select is(
  worker.record_provider_api_calls(jsonb_build_array(
    pg_temp.call('{}'),
    pg_temp.call(jsonb_build_object('job_id', pg_temp.id('job'), 'status', 429, 'attempt', 2, 'error_kind', 'rate_limited')),
    pg_temp.call('{"status": null, "error_kind": "timeout"}'),
    pg_temp.call(jsonb_build_object('connection_id', pg_temp.id('gone')))
  )),
  3, 'a batch is written; calls of a connection that is gone are left out'
);
reset role;
select results_eq(
  $$ select client_id, job_id, called_at, method, path, status, duration_ms, attempt, error_kind from public.provider_api_calls
     where connection_id = pg_temp.id('bakery') order by status $$,
  $$ values
    (pg_temp.id('bakery'), null::uuid, '2026-10-05T08:00:00.250Z'::timestamptz, 'GET', '/api/v2/campaigns/{id}', 200, 12, 1, null::text),
    (pg_temp.id('bakery'), pg_temp.id('job'), '2026-10-05T08:00:00.250Z', 'GET', '/api/v2/campaigns/{id}', 429, 12, 2, 'rate_limited'),
    (pg_temp.id('bakery'), null, '2026-10-05T08:00:00.250Z', 'GET', '/api/v2/campaigns/{id}', null, 12, 1, 'timeout') $$,
  'each call with its answer'
);
select is(worker.record_provider_api_calls('[]'), 0, 'an empty batch is no problem');

create function pg_temp.become(role text, client_id uuid) returns void language sql as $$
  select set_config('request.jwt.claims', json_build_object('role', 'authenticated', 'sub', gen_random_uuid(), 'user_role', role, 'client_id', client_id)::text, true)
$$;
select pg_temp.become('client', pg_temp.id('bakery'));
set local role authenticated;
select is_empty('select * from public.provider_api_calls', 'the client does not see the calls of its own connection');
select throws_ok($$ insert into public.provider_api_calls default values $$, '42501', null, 'and writes none');
select throws_ok($$ select worker.record_provider_api_calls('[]') $$, '42501', null, 'also not by the function');
reset role;
select pg_temp.become('operator', null);
set local role authenticated;
select is((select count(*) from public.provider_api_calls where connection_id = pg_temp.id('bakery')), 3::bigint, 'an operator sees all');
reset role;
select ok(not has_table_privilege('anon', 'public.provider_api_calls', 'select'), 'they are hidden without signing in');

select * from finish();
rollback;
