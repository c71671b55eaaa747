// What a database consists of, as sorted lines of text: two databases are the same when their lines are.
// Columns are sorted by name, not by place: a column that was added later is the same column.
import pg from 'pg';

/** The schemas that the migrations own; of others only what migrations put there (policies, grants, cron jobs). */
const own = `('public', 'private', 'worker')`;

/** Grants as `role=privileges`, without the grantor; null is Postgres's default, which is not the same as none. */
const acl = (column: string) =>
  `coalesce((select string_agg(split_part(entry::text, '/', 1), ' ' order by entry::text collate "C")
     from unnest(${column}) as entry), 'default')`;

const described = (catalogue: string, oid: string, part = '0') =>
  `coalesce((select e' -- ' || replace(description, e'\\n', ' ') from pg_description
     where objoid = ${oid} and classoid = '${catalogue}'::regclass and objsubid = ${part}), '')`;

const queries: Record<string, string> = {
  schema: `select n.nspname || ' ' || ${acl('n.nspacl')} || ${described('pg_namespace', 'n.oid')}
    from pg_namespace as n where n.nspname in ${own} or n.nspname in ('cron', 'net')`,
  'default privileges': `select pg_get_userbyid(d.defaclrole) || ' ' || coalesce(n.nspname, '*') || ' '
      || d.defaclobjtype::text || ' ' || ${acl('d.defaclacl')}
    from pg_default_acl as d left join pg_namespace as n on n.oid = d.defaclnamespace`,
  relation: `select c.oid::regclass::text || ' ' || c.relkind::text || c.relpersistence::text
      || ' rls=' || c.relrowsecurity || '/' || c.relforcerowsecurity || ' ' || coalesce(array_to_string(c.reloptions, ','), '')
      || ' owner=' || pg_get_userbyid(c.relowner) || ' ' || ${acl('c.relacl')}
      || coalesce(' partition ' || (select i.inhparent::regclass::text from pg_inherits as i where i.inhrelid = c.oid)
           || ' ' || pg_get_expr(c.relpartbound, c.oid), '')
      || coalesce(' partitioned ' || case c.relkind when 'p' then pg_get_partkeydef(c.oid) end, '')
      || ${described('pg_class', 'c.oid')}
    from pg_class as c where c.relnamespace::regnamespace::text in ${own} and c.relkind in ('r', 'p', 'v', 'm', 'S', 'f', 'c')`,
  column:
    `select a.attrelid::regclass::text || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
      || case when a.attnotnull then ' not null' else '' end || ' ' || a.attidentity::text || a.attgenerated::text
      || ' ' || a.attstorage::text || a.attcompression::text || ' stats=' || coalesce(a.attstattarget::text, '')
      || ' ' || coalesce(pg_get_expr(d.adbin, d.adrelid), '') || ' ' || ${acl('a.attacl')}
      || ${described('pg_class', 'a.attrelid', 'a.attnum')}
    from pg_attribute as a join pg_class as c on c.oid = a.attrelid
    left join pg_attrdef as d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where c.relnamespace::regnamespace::text in ${own} and c.relkind in ('r', 'p', 'v', 'm', 'f', 'c')
      and a.attnum > 0 and not a.attisdropped`,
  view: `select c.oid::regclass::text || e'\\n' || pg_get_viewdef(c.oid) from pg_class as c
    where c.relnamespace::regnamespace::text in ${own} and c.relkind in ('v', 'm')`,
  index: `select i.indrelid::regclass::text || ' ' || pg_get_indexdef(i.indexrelid) || ${
    described('pg_class', 'i.indexrelid')
  }
    from pg_index as i join pg_class as c on c.oid = i.indrelid where c.relnamespace::regnamespace::text in ${own}`,
  constraint:
    `select coalesce(nullif(k.conrelid, 0)::regclass::text, k.contypid::regtype::text) || ' ' || k.conname || ' '
      || pg_get_constraintdef(k.oid) || ' ' || k.convalidated || ${described('pg_constraint', 'k.oid')}
    from pg_constraint as k where k.connamespace::regnamespace::text in ${own}`,
  trigger:
    `select t.tgrelid::regclass::text || ' ' || t.tgenabled::text || ' ' || pg_get_triggerdef(t.oid) || ${
      described('pg_trigger', 't.oid')
    }
    from pg_trigger as t join pg_class as c on c.oid = t.tgrelid
    where c.relnamespace::regnamespace::text in ${own} and not t.tgisinternal`,
  policy:
    `select p.polrelid::regclass::text || ' ' || p.polname || ' ' || p.polcmd::text || ' permissive=' || p.polpermissive
      || ' to ' || (select string_agg(coalesce(r.rolname, 'public'), ',' order by r.rolname)
           from unnest(p.polroles) as role_id left join pg_roles as r on r.oid = role_id)
      || ' using ' || coalesce(pg_get_expr(p.polqual, p.polrelid), '-')
      || ' check ' || coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '-') || ${
      described('pg_policy', 'p.oid')
    }
    from pg_policy as p`,
  function: `select f.oid::regprocedure::text || ' owner=' || pg_get_userbyid(f.proowner) || ' ' || ${
    acl('f.proacl')
  }
      || ${described('pg_proc', 'f.oid')} || case when f.prokind = 'a' then
           (select ' aggregate ' || g.aggtransfn::text || ' ' || g.aggfinalfn::text || ' ' || format_type(g.aggtranstype, null)
              || ' ' || coalesce(g.agginitval, '') from pg_aggregate as g where g.aggfnoid = f.oid)
         else e'\\n' || pg_get_functiondef(f.oid) end
    from pg_proc as f where f.pronamespace::regnamespace::text in ${own}`,
  type: `select t.oid::regtype::text || ' ' || t.typtype::text || ' ' || ${acl('t.typacl')} || ' '
      || case t.typtype when 'e' then (select string_agg(l.enumlabel, ',' order by l.enumsortorder) from pg_enum as l where l.enumtypid = t.oid)
         when 'd' then format_type(t.typbasetype, t.typtypmod)
         else (select string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod), ', ' order by a.attnum)
                 from pg_attribute as a where a.attrelid = t.typrelid and a.attnum > 0) end
      || ${described('pg_type', 't.oid')}
    from pg_type as t left join pg_class as c on c.oid = t.typrelid
    where t.typnamespace::regnamespace::text in ${own} and (t.typtype in ('e', 'd') or c.relkind = 'c')`,
  sequence:
    `select s.seqrelid::regclass::text || ' ' || s.seqstart || ' ' || s.seqincrement || ' ' || s.seqcache || ' '
      || coalesce((select d.refobjid::regclass::text || '.' || d.refobjsubid::text from pg_depend as d
           where d.objid = s.seqrelid and d.deptype = 'a' limit 1), '')
    from pg_sequence as s join pg_class as c on c.oid = s.seqrelid where c.relnamespace::regnamespace::text in ${own}`,
  publication: `select p.pubname || ' ' || r.prrelid::regclass::text from pg_publication as p
    join pg_publication_rel as r on r.prpubid = p.oid`,
  'event trigger': `select evtname || ' ' || evtevent || ' ' || evtfoid::regproc::text from pg_event_trigger`,
  'role setting': `select coalesce(r.rolname, '*') || ' ' || coalesce(d.datname, '*') || ' ' || setting
    from pg_db_role_setting as s left join pg_roles as r on r.oid = s.setrole
    left join pg_database as d on d.oid = s.setdatabase and d.datname <> current_database(), unnest(s.setconfig) as setting
    where s.setdatabase = 0 or s.setdatabase = (select oid from pg_database where datname = current_database())`,
  'cron job':
    `select jobname || ' | ' || schedule || ' | ' || command || ' | ' || username || ' ' || active from cron.job`,
};

/** Every line starts with what it is about; a function's or a view's definition follows in the same entry. */
export async function catalogue(databaseUrl: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    // Names are printed with their schema only when it is not on the path.
    await client.query('set search_path = pg_catalog');
    const entries: string[] = [];
    for (const [kind, query] of Object.entries(queries)) {
      const { rows } = await client.query<{ entry: string }>(
        `select entry from (${query}) as listed (entry)`,
      );
      entries.push(...rows.map((row) => `${kind} ${row.entry}`));
    }
    entries.push(...await ownRows(client));
    return entries.sort();
  } finally {
    await client.end();
  }
}

/** The rows that the migrations themselves wrote. */
async function ownRows(client: pg.Client): Promise<string[]> {
  const { rows: tables } = await client.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class as c
     where c.relnamespace::regnamespace::text in ${own} and c.relkind in ('r', 'm')`,
  );
  const entries: string[] = [];
  for (const { name } of tables) {
    const { rows } = await client.query<{ entry: string }>(
      `select to_jsonb(r)::text as entry from ${name} as r`,
    );
    entries.push(...rows.map((row) => `row ${name} ${row.entry}`));
  }
  return entries;
}
