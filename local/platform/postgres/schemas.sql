-- Schema `extensions` with the preinstalled extensions, and a schema `public` that exposes nothing by default.

create schema if not exists extensions authorization postgres;
grant usage, create on schema extensions to dashboard_user;
grant usage on schema extensions to anon, authenticated, service_role;

create extension if not exists pgcrypto with schema extensions;
create extension if not exists pg_trgm with schema extensions;
create extension if not exists pg_stat_statements with schema extensions;
-- The platform's image has pgTAP and the test command enables it; here a superuser does so once.
create extension if not exists pgtap with schema extensions;

grant execute on all functions in schema extensions to postgres with grant option;

grant usage on schema public to postgres, anon, authenticated, service_role;
-- `auto_expose_new_tables = false`: what postgres creates in public reaches the Data API only by explicit grants.
alter default privileges for role postgres in schema public revoke all on tables from anon, authenticated, service_role;
alter default privileges for role postgres in schema public revoke all on sequences from anon, authenticated, service_role;
alter default privileges for role postgres in schema public revoke all on functions from anon, authenticated, service_role;

-- PostgREST reads its schema cache again whenever a migration changes something, as on the platform.
create or replace function extensions.pgrst_ddl_watch()
returns event_trigger
language plpgsql
set search_path = ''
as $$
begin
  notify pgrst, 'reload schema';
end;
$$;

drop event trigger if exists pgrst_ddl_watch;
create event trigger pgrst_ddl_watch on ddl_command_end execute function extensions.pgrst_ddl_watch();
drop event trigger if exists pgrst_drop_watch;
create event trigger pgrst_drop_watch on sql_drop execute function extensions.pgrst_ddl_watch();
