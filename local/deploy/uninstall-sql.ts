// The statements that take the database objects away, all or none.
import pg from 'pg';

export interface Installed {
  relations: { tables: string[]; views: string[] };
  functions: string[];
  aggregates: string[];
  types: string[];
  migrations: string[];
  vaultNames: string[];
}

/**
 * Everything of ours may depend on everything else of ours, so it goes by `cascade`; what somebody else built on it would go too, and
 * then the whole statement fails and names it. As one block it is one transaction.
 */
export function dropSql(installed: Installed): string {
  const names = (list: string[]) => `array[${list.map((name) => pg.escapeLiteral(name)).join(', ')}]::text[]`;
  return `
do $uninstall$
declare
  relation_names text[] := ${names([...installed.relations.tables, ...installed.relations.views])};
  function_names text[] := ${names([...installed.functions, ...installed.aggregates])};
  type_names text[] := ${names(installed.types)};
  others text[];
  lost text;
  item record;
begin
  -- What belongs to somebody else: it has to be there afterwards.
  others := array(
    select c.oid::regclass::text from pg_catalog.pg_class as c
    join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition
      and n.nspname not in ('private', 'worker', 'pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%'
      and not (n.nspname = 'public' and c.relname = any (relation_names))
  );

  -- A foreign key would go without its table.
  select string_agg(format('%s of %s', k.conname, k.conrelid::regclass), ', ') into lost
  from pg_catalog.pg_constraint as k
  join pg_catalog.pg_class as c on c.oid = k.confrelid
  where k.contype = 'f' and c.relnamespace = 'public'::regnamespace and c.relname = any (relation_names)
    and k.conrelid::regclass::text = any (others);
  if lost is not null then
    raise exception 'These foreign keys are not part of Replyloop and need its tables: %. Drop them first; nothing was removed', lost;
  end if;

  drop schema if exists private, worker cascade;

  for item in
    select p.oid::regprocedure as signature, p.prokind from pg_catalog.pg_proc as p
    where p.pronamespace = 'public'::regnamespace and p.proname = any (function_names)
      and not exists (select from pg_catalog.pg_depend as d where d.objid = p.oid and d.deptype = 'e')
    order by p.prokind = 'a' desc
  loop
    if item.prokind = 'a' then
      execute format('drop aggregate if exists %s cascade', item.signature);
    elsif to_regprocedure(item.signature::text) is not null then
      execute format('drop function if exists %s cascade', item.signature);
    end if;
  end loop;

  for item in
    select c.relname, c.relkind from pg_catalog.pg_class as c
    where c.relnamespace = 'public'::regnamespace and c.relname = any (relation_names)
  loop
    if item.relkind = 'v' then
      execute format('drop view if exists public.%I cascade', item.relname);
    elsif item.relkind in ('r', 'p') then
      execute format('drop table if exists public.%I cascade', item.relname);
    end if;
  end loop;

  for item in select name from unnest(type_names) as t (name) loop
    execute format('drop type if exists public.%I cascade', item.name);
  end loop;

  select string_agg(name, ', ') into lost from unnest(others) as o (name) where to_regclass(o.name) is null;
  if lost is not null then
    raise exception 'These are not part of Replyloop and need its tables: %. Drop or change them first; nothing was removed', lost;
  end if;

  -- Also the salts that came with clients of other projects.
  delete from vault.secrets where name = any (${
    names(installed.vaultNames)
  }) or name like 'erasure_salt of %';
  delete from supabase_migrations.schema_migrations where version = any (${names(installed.migrations)});

  -- Back to what the platform gives a new project.
  alter role authenticator reset pgrst.db_pre_request;
  alter role authenticated set statement_timeout = '8s';
  notify pgrst, 'reload config';
  notify pgrst, 'reload schema';
end
$uninstall$`;
}
