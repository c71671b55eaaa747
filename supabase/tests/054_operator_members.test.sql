-- Operators see who may sign in, and why a client is not well; no one else sees either.

begin;
set local search_path = public, extensions;
select plan(7);

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('members ' || name)::uuid $$;
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
insert into auth.users (id, email, raw_user_meta_data, last_sign_in_at) values
  (pg_temp.id('ada'), 'ada@members.test', '{"name": "Ada"}', '2026-11-01T08:00Z'),
  (pg_temp.id('olga'), 'olga@members.test', '{}', null);
insert into public.members (user_id, role, client_id) values
  (pg_temp.id('ada'), 'client', pg_temp.id('bakery')), (pg_temp.id('olga'), 'operator', null);
insert into public.provider_connections (id, client_id, name, status) values (pg_temp.id('own'), pg_temp.id('bakery'), 'Own', 'invalid');

select pg_temp.sign_in('ada');
select is_empty('select * from public.operator_members', 'a client sees no one, not even itself');
select is_empty('select * from private.list_members()', 'nor through the function behind the view');

reset role;
select pg_temp.sign_in('olga');
select results_eq(
  $$ select email, name, role::text, client_name, last_sign_in_at from public.operator_members where user_id in (pg_temp.id('ada'), pg_temp.id('olga')) order by email $$,
  $$ values ('ada@members.test', 'Ada', 'client', 'bakery', '2026-11-01T08:00Z'::timestamptz), ('olga@members.test', null, 'operator', null, null) $$,
  'an operator sees everybody with address, name, role, client and last sign-in'
);
select is(
  (select o.reason from public.operator_clients as o where o.client_id = pg_temp.id('bakery')), 'The provider refuses the API key',
  'a client that is down says why'
);
select is(
  (select o.reason from public.operator_clients as o where o.client_id = pg_temp.id('dentist')), null,
  'a healthy one has no reason'
);

reset role;
update public.clients set integration_enabled = false where id = pg_temp.id('bakery');
select pg_temp.sign_in('olga');
select results_eq(
  $$ select health, reason from public.operator_clients where client_id = pg_temp.id('bakery') $$,
  $$ values ('ok'::text, 'The client is switched off'::text) $$,
  'one that is switched off is well and says so'
);

reset role;
set local role anon;
select throws_ok('select * from public.operator_members', '42501', null, 'anon may not even ask');

select * from finish();
rollback;
