-- The roles that a Supabase project has before its first migration. They belong to the whole server, so this
-- file may run again for every database on it.

do $$
declare
  wanted record;
  is_new boolean := not exists (select from pg_catalog.pg_roles where rolname = 'authenticated');
begin
  for wanted in
    select *
    from (
      values
        ('postgres', 'login createrole createdb replication bypassrls password ''postgres'''),
        ('anon', 'nologin noinherit'),
        ('authenticated', 'nologin noinherit'),
        ('service_role', 'nologin noinherit bypassrls'),
        ('authenticator', 'login noinherit password ''postgres'''),
        ('supabase_auth_admin', 'login noinherit createrole password ''postgres'''),
        ('dashboard_user', 'nologin createdb createrole replication')
    ) as roles (name, attributes)
  loop
    if not exists (select from pg_catalog.pg_roles where rolname = wanted.name) then
      execute format('create role %I %s', wanted.name, wanted.attributes);
    end if;
  end loop;

  -- The time limits of the Data API. service_role has none of its own: it keeps the eight seconds of authenticator.
  -- Set once: preparing the next database must not undo a migration that changes one.
  if is_new then
    alter role anon set statement_timeout = '3s';
    alter role authenticated set statement_timeout = '8s';
    alter role authenticator set statement_timeout = '8s';
    alter role authenticator set lock_timeout = '8s';
  end if;
end;
$$;

-- PostgREST signs in as authenticator and switches to one of the three; postgres grants to them in migrations.
grant anon, authenticated, service_role to authenticator;
grant anon, authenticated, service_role, authenticator to postgres with admin option;
grant pg_monitor, pg_read_all_data, pg_signal_backend to postgres with admin option;

-- The platform lets postgres set what PostgREST reads from its role (supautils allows pgrst.*), and switch triggers off for a restore.
grant set on parameter pgrst.db_pre_request, session_replication_role to postgres;

alter role supabase_auth_admin set idle_in_transaction_session_timeout = '60s';

alter role postgres set search_path = "$user", public, extensions;
alter role supabase_auth_admin set search_path = auth;
