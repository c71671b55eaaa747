-- The rules of the house, read from the catalogue, so that a table or function of tomorrow is held to them automatically. Who may do what
-- with which object is declared, and compared in 001_isolation.

begin;
set local search_path = public, extensions;
select plan(25);

-- Our own tables and views; partitions count as tables too.
create view pg_temp.relations as
select c.oid, n.nspname as schema, c.relname as name, c.relkind as kind, c.relispartition as is_partition, c.relrowsecurity as has_rls,
  c.reloptions as options, format('%I.%I', n.nspname, c.relname) as full_name
from pg_catalog.pg_class as c
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
where n.nspname in ('public', 'private', 'worker') and c.relkind in ('r', 'p', 'v', 'm', 'f');

-- Our own functions; those of an extension are not ours to judge.
create view pg_temp.functions as
select p.oid, n.nspname as schema, p.proname as name, p.prosecdef as is_definer, p.proconfig as settings, p.oid::regprocedure::text as full_name
from pg_catalog.pg_proc as p
join pg_catalog.pg_namespace as n on n.oid = p.pronamespace
where n.nspname in ('public', 'private', 'worker')
  -- An aggregate has no settings of its own; its functions are judged.
  and p.prokind <> 'a'
  and not exists (
    select from pg_catalog.pg_depend as d
    where d.classid = 'pg_catalog.pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e'
  );

-- The lists above are not empty, or nothing below would prove anything.
select cmp_ok((select count(*) from pg_temp.relations), '>', 25::bigint, 'there are tables and views to judge');
select cmp_ok((select count(*) from pg_temp.functions), '>', 40::bigint, 'there are functions to judge');

-- Row-level security is on everywhere, and views look with the eyes of the caller.
select is_empty(
  $$ select full_name from pg_temp.relations where kind in ('r', 'p') and not has_rls $$,
  'row-level security is on for every table of public and private'
);
select is_empty(
  $$ select full_name from pg_temp.relations where kind = 'v' and not coalesce(options @> '{security_invoker=true}', false) $$,
  'every view is a security invoker'
);
select is_empty(
  $$ select full_name from pg_temp.relations where kind in ('m', 'f') $$,
  'there is no materialized view and no foreign table, because neither can have policies'
);

-- A newcomer finds a sentence on everything that has a name outside of its file.
select is_empty(
  $$ select full_name from pg_temp.relations where not is_partition and obj_description(oid, 'pg_class') is null $$,
  'every table and view says what it is'
);
select is_empty(
  $$ select full_name from pg_temp.functions where obj_description(oid, 'pg_proc') is null $$,
  'every function says what it does'
);
select isnt(obj_description('private'::regnamespace, 'pg_namespace'), null, 'schema private says what it is for');
select isnt(obj_description('worker'::regnamespace, 'pg_namespace'), null, 'and so does schema worker');

-- A search_path of its own keeps a function from finding somebody else's objects.
select is_empty(
  $$ select full_name from pg_temp.functions where not coalesce(settings @> array['search_path=""'], false) $$,
  'every function has an empty search_path'
);

-- A policy by client is judged without statistics of the client (33_planning): with them, an operator's queries read everybody's index.
create view pg_temp.client_columns as
select r.full_name, coalesce(a.attstattarget, -1) as target
from pg_temp.relations as r
join pg_catalog.pg_attribute as a on a.attrelid = r.oid and a.attname = 'client_id'
where exists (
  select from pg_catalog.pg_policy as p
  where p.polrelid in (r.oid, (select i.inhparent from pg_catalog.pg_inherits as i where i.inhrelid = r.oid))
    and pg_get_expr(p.polqual, p.polrelid) ~ 'client_id = ANY \(ARRAY\('
);
select cmp_ok((select count(*) from pg_temp.client_columns), '>', 40::bigint, 'there are tables with a policy by client, months of events among them');
select is_empty(
  $$ select full_name from pg_temp.client_columns where target <> 0 $$,
  'none of them has statistics of the client'
);

-- Grants on tables: anon has none, people read and never write, the service role does everything.
select is_empty(
  $$ select full_name from pg_temp.relations
     where has_any_column_privilege('anon', oid, 'select, insert, update, references')
       or has_table_privilege('anon', oid, 'delete, truncate, trigger') $$,
  'anon holds no privilege on any table or view'
);
select is_empty(
  $$ select full_name from pg_temp.relations
     where has_any_column_privilege('authenticated', oid, 'insert, update, references')
       or has_table_privilege('authenticated', oid, 'delete, truncate, trigger') $$,
  'a signed-in person can write to no table and no view'
);
select is_empty(
  $$ select full_name from pg_temp.relations
     where kind in ('r', 'p') and not is_partition
       and (
         not has_table_privilege('service_role', oid, 'select') or not has_table_privilege('service_role', oid, 'insert')
         or not has_table_privilege('service_role', oid, 'update') or not has_table_privilege('service_role', oid, 'delete')
       ) $$,
  'the service role can read and write every table'
);

-- Policies: one per table and verb, each to a named role, none that lets a person write.
select is_empty(
  $$ select schemaname, tablename, policyname from pg_catalog.pg_policies
     where schemaname in ('public', 'private') and (roles && array['public', 'anon']::name[] or cardinality(roles) <> 1) $$,
  'every policy is for exactly one role, and never for anon or everybody'
);
select is_empty(
  $$ select schemaname, tablename, policyname from pg_catalog.pg_policies
     where schemaname in ('public', 'private') and 'authenticated' = any (roles) and cmd <> 'SELECT' $$,
  'no policy lets a signed-in person write'
);
select is_empty(
  $$ select r.full_name from pg_temp.relations as r
     where r.schema = 'public' and r.kind in ('r', 'p')
       and 1 <> (
         select count(*) from pg_catalog.pg_policies as p
         where p.schemaname = r.schema and p.tablename = r.name and 'authenticated' = any (p.roles)
       ) $$,
  'every table of public has exactly one policy for signed-in people'
);
select is_empty(
  $$ select tablename, policyname from pg_catalog.pg_policies
     where schemaname in ('public', 'private') and qual ~ '(auth|private)\.'
       and qual !~* 'select (auth|private)\.' $$,
  'policies call their helpers inside a select, once per query and not once per row'
);

-- Every row that a client may read carries the client's id, and finding it by that id is an index scan.
select is_empty(
  $$ select full_name from pg_temp.relations as r
     join pg_catalog.pg_attribute as a on a.attrelid = r.oid and a.attname = 'client_id'
     where r.kind in ('r', 'p') and not r.is_partition
       and not exists (select from pg_catalog.pg_index as i where i.indrelid = r.oid and i.indkey[0] = a.attnum) $$,
  'every client_id leads an index'
);

-- What is internal has no column outside of private.
select is_empty(
  $$ select r.full_name, a.attname from pg_temp.relations as r
     join pg_catalog.pg_attribute as a on a.attrelid = r.oid and a.attnum > 0
     where r.schema = 'public' and a.attname ~ 'provider_campaign_id|encrypted|secret|digest|master_key|lease|cursor' $$,
  'no provider campaign id, key, secret or lease has a column in public'
);

-- What a later migration creates is closed until it says otherwise.
create table public.later (id bigint generated always as identity primary key);
create function public.later() returns integer language sql set search_path = '' as 'select 1';
create function private.later() returns integer language sql set search_path = '' as 'select 1';
select is_empty(
  $$ select role from unnest('{anon,authenticated,service_role}'::text[]) as role
     where has_any_column_privilege(role, 'public.later', 'select, insert, update, references')
       or has_table_privilege(role, 'public.later', 'delete, truncate, trigger') $$,
  'a new table is closed to all three API roles'
);
select is_empty(
  $$ select role from unnest('{anon,authenticated,service_role}'::text[]) as role
     where has_sequence_privilege(role, 'public.later_id_seq', 'usage, select, update') $$,
  'a new sequence is closed to all three API roles'
);
select is_empty(
  $$ select role from unnest('{anon,authenticated,service_role}'::text[]) as role
     where has_function_privilege(role, 'public.later()', 'execute') $$,
  'a new public function is closed to all three API roles'
);
select is_empty(
  $$ select role from unnest('{anon,authenticated,service_role}'::text[]) as role
     where has_function_privilege(role, 'private.later()', 'execute') $$,
  'a new private function is closed to all three API roles'
);

select * from finish();
rollback;
