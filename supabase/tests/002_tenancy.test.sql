-- Who somebody is: the token hook decides, the policies believe only the hook, and users cannot promote themselves.

begin;
set local search_path = public, extensions;
select plan(42);

-- The same id for the same name, so that the story reads by names.
create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('tenancy ' || name)::uuid $$;
grant execute on function pg_temp.id(text) to public;

-- The token of a person: what the hook makes of the claims that Auth starts with.
create function pg_temp.claims(person text, forged jsonb default '{}') returns jsonb language sql as $$
  select private.custom_access_token_hook(jsonb_build_object(
    'user_id', pg_temp.id(person),
    'claims', jsonb_build_object('sub', pg_temp.id(person), 'role', 'authenticated') || forged
  )) -> 'claims'
$$;

-- From here to `reset role`, statements run as PostgREST runs them for a token with these claims.
create function pg_temp.act_with(claims jsonb) returns void language plpgsql as $$
begin
  perform set_config('request.jwt.claims', claims::text, true), set_config('role', 'authenticated', true);
end
$$;

-- Two clients with a person each, an operator, and somebody who has an account and nothing else.
insert into public.clients (id, name) values (pg_temp.id('bakery'), 'Bakery'), (pg_temp.id('dentist'), 'Dentist');
insert into auth.users (id, email)
select pg_temp.id(name), name || '@tenancy.test' from unnest('{ada,ben,olga,otto}'::text[]) as name;
insert into public.members (user_id, role, client_id) values
  (pg_temp.id('ada'), 'client', pg_temp.id('bakery')),
  (pg_temp.id('ben'), 'client', pg_temp.id('dentist')),
  (pg_temp.id('olga'), 'operator', null);

-- The hook sets what the membership says.
select is(pg_temp.claims('ada') ->> 'user_role', 'client', 'a person of a client gets the role client');
select is(pg_temp.claims('ada') ->> 'client_id', pg_temp.id('bakery')::text, 'and the id of that client');
select is(pg_temp.claims('olga') ->> 'user_role', 'operator', 'an operator gets the role operator');
select ok(not pg_temp.claims('olga') ? 'client_id', 'and no client');
select is(
  pg_temp.claims('otto'), jsonb_build_object('sub', pg_temp.id('otto'), 'role', 'authenticated'),
  'without a membership the token carries neither claim'
);
select is(pg_temp.claims('ada') ->> 'role', 'authenticated', 'the claims of Auth itself stay');

-- The hook trusts nothing that came in.
select is(
  pg_temp.claims('otto', '{"user_role": "operator", "client_id": "x"}'),
  jsonb_build_object('sub', pg_temp.id('otto'), 'role', 'authenticated'),
  'forged claims of an outsider are removed'
);
select is(
  pg_temp.claims('ada', jsonb_build_object('user_role', 'operator', 'client_id', pg_temp.id('dentist'))), pg_temp.claims('ada'),
  'forged claims of a client are replaced by the true ones'
);
select ok(
  not pg_temp.claims('olga', jsonb_build_object('client_id', pg_temp.id('dentist'))) ? 'client_id',
  'a forged client of an operator is removed'
);
select is(
  private.custom_access_token_hook(jsonb_build_object('user_id', pg_temp.id('otto'), 'claims', '{}'::jsonb, 'authentication_method', 'password')),
  jsonb_build_object('user_id', pg_temp.id('otto'), 'claims', '{}'::jsonb, 'authentication_method', 'password'),
  'everything else in the event stays as it was'
);

-- Only Auth may ask the hook, and Auth can read what the hook needs.
select ok(has_function_privilege('supabase_auth_admin', 'private.custom_access_token_hook(jsonb)', 'execute'), 'Auth can call the hook');
select ok(has_table_privilege('supabase_auth_admin', 'public.members', 'select'), 'Auth can read memberships');
select ok(not has_table_privilege('supabase_auth_admin', 'public.members', 'insert, update, delete'), 'Auth cannot write memberships');
select is_empty(
  $$ select role from unnest('{anon,authenticated,service_role}'::text[]) as role
     where has_function_privilege(role, 'private.custom_access_token_hook(jsonb)', 'execute') $$,
  'no other role can call the hook'
);

-- A membership is either an operator's or belongs to one client.
select throws_ok(
  format($$ insert into public.members (user_id, role) values (%L, 'client') $$, pg_temp.id('otto')), '23514', null,
  'a client role without a client is refused'
);
select throws_ok(
  format($$ insert into public.members values (%L, 'operator', %L) $$, pg_temp.id('otto'), pg_temp.id('bakery')), '23514', null,
  'an operator with a client is refused'
);
select throws_ok(
  format($$ insert into public.members values (%L, 'client', %L) $$, pg_temp.id('ada'), pg_temp.id('dentist')), '23505', null,
  'no user belongs to two clients'
);
select throws_ok($$ insert into public.clients (name) values ('  ') $$, '23514', null, 'a client has a name');

-- Ada belongs to the bakery and sees the bakery.
select pg_temp.act_with(pg_temp.claims('ada'));
select results_eq('select name from public.clients', array['Bakery'], 'ada can see her own client and no other');
select results_eq(
  'select user_id from public.members', array[pg_temp.id('ada')], 'ada can see her own membership and no other'
);

-- Ada cannot become anything else.
select throws_ok($$ update public.members set role = 'operator', client_id = null $$, '42501', null, 'ada cannot make herself an operator');
select throws_ok(
  format('update public.members set client_id = %L', pg_temp.id('dentist')), '42501', null, 'ada cannot move to another client'
);
select throws_ok(
  format($$ insert into public.members (user_id, role) values (%L, 'operator') $$, pg_temp.id('otto')), '42501', null,
  'ada cannot add a member'
);
select throws_ok('delete from public.members', '42501', null, 'ada cannot remove a member');
select throws_ok($$ insert into public.clients (name) values ('Mine') $$, '42501', null, 'ada cannot add a client');
select throws_ok($$ update public.clients set name = 'Mine' $$, '42501', null, 'ada cannot rename her client');
select throws_ok('delete from public.clients', '42501', null, 'ada cannot delete her client');
select throws_ok('select * from auth.users', '42501', null, 'ada cannot read the accounts');
reset role;

-- An operator sees everybody, and still changes no one: that is work for the service role.
select pg_temp.act_with(pg_temp.claims('olga'));
select results_eq(
  format('select name from public.clients where id in (%L, %L) order by name', pg_temp.id('bakery'), pg_temp.id('dentist')),
  array['Bakery', 'Dentist'], 'the operator can see every client'
);
select is((select count(*) from public.members where user_id in (pg_temp.id('ada'), pg_temp.id('ben'), pg_temp.id('olga'))), 3::bigint,
  'the operator can see every membership');
select throws_ok($$ update public.members set role = 'operator', client_id = null $$, '42501', null, 'the operator cannot promote anybody');
select throws_ok('delete from public.clients', '42501', null, 'the operator cannot delete a client');
reset role;

-- Claims that the hook would never write open nothing.
select pg_temp.act_with(pg_temp.claims('otto'));
select is_empty('select * from public.clients', 'without a membership a user sees no client');
select is_empty('select * from public.members', 'nor any membership');
reset role;
select pg_temp.act_with(pg_temp.claims('otto', jsonb_build_object(
  'user_metadata', jsonb_build_object('user_role', 'operator', 'client_id', pg_temp.id('bakery')),
  'app_metadata', jsonb_build_object('user_role', 'operator', 'client_id', pg_temp.id('bakery'))
)));
select is_empty('select * from public.clients', 'metadata that a user can write counts for nothing');
reset role;
select pg_temp.act_with(jsonb_build_object('sub', pg_temp.id('otto'), 'client_id', pg_temp.id('bakery')));
select is_empty('select * from public.clients', 'a client without the role client counts for nothing');
reset role;
select pg_temp.act_with(jsonb_build_object('sub', pg_temp.id('otto'), 'user_role', 'client'));
select is_empty('select * from public.clients', 'the role client without a client counts for nothing');
reset role;
select pg_temp.act_with(jsonb_build_object('sub', pg_temp.id('otto'), 'user_role', 'OPERATOR'));
select is_empty('select * from public.clients', 'a role spelt otherwise counts for nothing');
reset role;

-- Without a token there is not even a list to be empty.
select set_config('request.jwt.claims', '{}', true);
set local role anon;
select throws_ok('select * from public.clients', '42501', null, 'anon cannot read clients');
select throws_ok('select * from public.members', '42501', null, 'anon cannot read members');
reset role;

-- The service role makes and unmakes memberships; a deleted account leaves none behind.
set local role service_role;
select lives_ok(
  format($$ insert into public.members values (%L, 'client', %L) $$, pg_temp.id('otto'), pg_temp.id('dentist')),
  'the service role can add a member'
);
reset role;
delete from auth.users where id = pg_temp.id('ben');
select is_empty(format('select * from public.members where user_id = %L', pg_temp.id('ben')), 'a deleted account has no membership left');

select * from finish();
rollback;
