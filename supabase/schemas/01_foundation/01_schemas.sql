-- Schemas, default privileges and the extensions that everything else needs.

-- Nothing that we create is callable or readable until a grant below the object says so. New hosted projects already
-- work like this for tables; functions are still executable by everybody by default, so this revokes that for good.
alter default privileges revoke execute on functions from public;
alter default privileges in schema public revoke all on tables from anon, authenticated, service_role;
alter default privileges in schema public revoke all on sequences from anon, authenticated, service_role;
alter default privileges in schema public revoke execute on functions from anon, authenticated, service_role;

-- public is what users of supabase-js see. The edge functions have a door of their own: exposed to the Data API as well, but
-- for the service role only.
create schema worker;

comment on schema worker is
  'What the edge functions call with the service role: exposed by the Data API, closed to people and to the publishable key.';

revoke all on schema worker from public, anon, authenticated;
grant usage on schema worker to service_role;
alter default privileges in schema worker revoke execute on functions from public, anon, authenticated;

-- Everything that no browser may see: raw payloads, encrypted keys, provider campaign ids, jobs, helpers.
create schema private;

comment on schema private is
  'Not exposed by the Data API: raw deliveries, encrypted keys, provider campaign ids, jobs and helper functions.';

revoke all on schema private from public;

-- Signed-in people need usage only because policies and invoker views name objects in here; they get no table from it.
grant usage on schema private to authenticated, service_role, supabase_auth_admin;

-- pg_cron and pg_net are there on every Supabase stack that has them switched on; this switches them on where it can.
do $$
begin
  if not exists (select from pg_catalog.pg_namespace where nspname = 'cron') then
    create extension pg_cron with schema pg_catalog;
  end if;

  if not exists (select from pg_catalog.pg_namespace where nspname = 'net') then
    create extension pg_net with schema extensions;
  end if;
end
$$;

-- Neither is anything for callers of the Data API: pg_net's queue holds the headers of waiting calls, and with them a key.
-- Where the platform keeps the grants to itself nothing can be revoked; then it counts that neither schema is exposed.
do $$
begin
  revoke all on schema net, cron from public, anon, authenticated;
  revoke all on all tables in schema net, cron from public, anon, authenticated;
exception when insufficient_privilege then
  raise notice 'The platform keeps the grants on net and cron; do not expose these schemas';
end
$$;

-- One trigger function keeps every updated_at column honest.
create function private.set_updated_at()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.updated_at = pg_catalog.now();
  return new;
end
$$;

comment on function private.set_updated_at() is 'Trigger: stamps updated_at with the time of the transaction.';
