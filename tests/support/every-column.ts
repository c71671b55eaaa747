/** Words looked for in all that a database holds. */
import type { Project } from './project.ts';

/** Every column of text of every table of the database, read as the owner: which of them hold one of these words. */
export async function searchEveryColumn(project: Project, words: readonly string[]): Promise<string[]> {
  const tables = await project.sql<{ name: string; columns: string[] }>(
    `select format('%I.%I', n.nspname, c.relname) as name,
       array_agg(case when t.typname = 'bytea' then format('encode(t.%I, ''escape'')', a.attname) else format('t.%I::text', a.attname) end) as columns
     from pg_class as c
     join pg_namespace as n on n.oid = c.relnamespace
     join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     join pg_type as t on t.oid = a.atttypid
     where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'extensions', 'vault')
       and (t.typcategory in ('S', 'U', 'A', 'C') or t.typname in ('json', 'jsonb', 'tsvector', 'bytea'))
     group by n.nspname, c.relname order by 1`,
  );
  if (tables.length <= 120) throw new Error(`Only ${tables.length} tables were found`);
  const found: string[] = [];
  for (const { name, columns } of tables) {
    const rows = await project.sql<{ held: string }>(
      `select x.held from only ${name} as t cross join lateral (select concat_ws(' | ', ${
        columns.join(', ')
      }) as held) as x
       where x.held ilike any ($1) limit 3`,
      [words.map((word) => `%${word}%`)],
    );
    found.push(...rows.map(({ held }) => `${name}: ${held.slice(0, 600)}`));
  }
  return found;
}
