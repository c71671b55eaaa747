// docs/schema.md, written from the catalogue of a migrated database: a diagram of the tables per domain, and what each schema
// offers. The domain of an object is the folder of supabase/schemas that creates it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { checkoutRoot } from '../shared/checkout.ts';
import { withClient } from '../platform/postgres/client.ts';

const schemas = join(checkoutRoot, 'supabase', 'schemas');

interface Column {
  name: string;
  type: string;
  /** PK, FK or both. */
  key: string | null;
}

interface Relation {
  name: string;
  kind: 'table' | 'view';
  comment: string;
  columns: Column[];
}

interface ForeignKey {
  from: string;
  to: string;
  columns: string;
  isOptional: boolean;
  isUnique: boolean;
}

interface Routine {
  name: string;
  signature: string;
  result: string;
  comment: string;
}

const relationsQuery = `
  select c.oid::regclass::text as name, case c.relkind when 'v' then 'view' else 'table' end as kind,
    coalesce(obj_description(c.oid, 'pg_class'), '') as comment,
    (select json_agg(json_build_object(
        'name', a.attname,
        'type', format_type(a.atttypid, null),
        'key', (select string_agg(distinct case k.contype when 'p' then 'PK' else 'FK' end, ', ' order by case k.contype when 'p' then 'PK' else 'FK' end desc)
                from pg_constraint as k
                where k.conrelid = c.oid and k.contype in ('p', 'f') and a.attnum = any (k.conkey))
      ) order by a.attnum)
     from pg_attribute as a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns
  from pg_class as c
  where c.relnamespace::regnamespace::text in ('public', 'private', 'worker') and c.relkind in ('r', 'p', 'v')
    and not c.relispartition
  order by c.relname`;

const foreignKeysQuery = `
  select f.conrelid::regclass::text as from, f.confrelid::regclass::text as to,
    (select string_agg(a.attname, ', ' order by k.place) from unnest(f.conkey) with ordinality as k (attnum, place)
     join pg_attribute as a on a.attrelid = f.conrelid and a.attnum = k.attnum) as columns,
    exists (select from pg_attribute as a
            where a.attrelid = f.conrelid and a.attnum = any (f.conkey) and not a.attnotnull) as "isOptional",
    exists (select from pg_constraint as u
            where u.conrelid = f.conrelid and u.contype in ('p', 'u') and u.conkey <@ f.conkey) as "isUnique"
  from pg_constraint as f
  join pg_class as c on c.oid = f.conrelid
  where f.contype = 'f' and f.conparentid = 0 and not c.relispartition
    and c.relnamespace::regnamespace::text in ('public', 'private', 'worker')
  order by 1, 3`;

const routinesQuery = `
  select f.pronamespace::regnamespace::text || '.' || f.proname as name,
    pg_get_function_arguments(f.oid) as signature, pg_get_function_result(f.oid) as result,
    coalesce(obj_description(f.oid, 'pg_proc'), '') as comment
  from pg_proc as f
  where f.pronamespace::regnamespace::text in ('public', 'worker') and f.prokind = 'f'
  order by f.proname`;

/** The page as Markdown, not formatted yet. */
export async function schemaPage(databaseUrl: string): Promise<string> {
  const { relations, foreignKeys, routines } = await withClient(databaseUrl, readCatalogue);
  const domains = readDomains();
  const inDomain = <T extends { name: string }>(objects: T[], domain: string) =>
    objects.filter((object) => domains.get(object.name) === domain);
  const names = [...new Set(domains.values())];
  const tables = relations.filter((relation) => relation.kind === 'table');
  const views = relations.filter((relation) => relation.kind === 'view');
  const inOrder = <T extends { name: string }>(objects: T[]) =>
    names.flatMap((name) => inDomain(objects, name));

  return [
    '# Schema\n',
    'Generated from the catalogue by `npm run schema`; the sentences are the `comment on` of each object in `supabase/schemas`.\n',
    'Three schemas: `public` is what a user of supabase-js sees, under row level security; `worker` is what the edge functions call with the service role; `private` is not exposed. A table with a `client_id` belongs to that client; lines to `clients` are drawn in its own domain only.\n',
    ...names.flatMap((name) => domainSection(name, inDomain(tables, name), foreignKeys)),
    '## Views of public\n',
    ...inOrder(views).map((view) => `- \`${view.name.replace('public.', '')}\`: ${view.comment}`),
    '',
    '## Functions of public\n',
    'Called with `supabase.rpc(name, parameters)` by a signed-in person.\n',
    ...routineList(inOrder(routines).filter((routine) => routine.name.startsWith('public.'))),
    '## Functions of worker\n',
    'Called by the edge functions with the service role.\n',
    ...routineList(inOrder(routines).filter((routine) => routine.name.startsWith('worker.'))),
  ].join('\n');
}

async function readCatalogue(client: pg.Client) {
  // Names are printed with their schema only when it is not on the path.
  await client.query('set search_path = pg_catalog');
  return {
    relations: (await client.query<Relation>(relationsQuery)).rows,
    foreignKeys: (await client.query<ForeignKey>(foreignKeysQuery)).rows,
    routines: (await client.query<Routine>(routinesQuery)).rows,
  };
}

/** Qualified name of an object → the folder that creates it, in the order of the folders. */
function readDomains(): Map<string, string> {
  const domains = new Map<string, string>();
  for (const domain of readdirSync(schemas).sort()) {
    for (const file of readdirSync(join(schemas, domain)).sort()) {
      const sql = readFileSync(join(schemas, domain, file), 'utf8');
      const created = sql.matchAll(
        /^create (?:or replace )?(?:unlogged )?(?:table|view|function) (\w+\.\w+)/gm,
      );
      for (const [, name = ''] of created) domains.set(name, domain);
    }
  }
  return domains;
}

function domainSection(domain: string, tables: Relation[], foreignKeys: ForeignKey[]): string[] {
  if (tables.length === 0) return [];
  const own = new Set(tables.map((table) => table.name));
  const lines = foreignKeys.filter(({ from, to }) =>
    own.has(from) && (to !== 'public.clients' || own.has(to))
  );
  return [
    `## ${titleOf(domain)}\n`,
    `\`supabase/schemas/${domain}\`\n`,
    ...tables.map((table) => `- \`${table.name}\`: ${table.comment}`),
    '',
    '```mermaid',
    'erDiagram',
    ...tables.flatMap((table) => [
      `  ${entity(table.name)} {`,
      ...table.columns.map(({ name, type, key }) =>
        `    ${shortType(type)} ${name}${key === null ? '' : ` ${key}`}`
      ),
      '  }',
    ]),
    ...lines.map(({ from, to, columns, isOptional, isUnique }) =>
      `  ${entity(to)} ${isOptional ? '|o' : '||'}--${isUnique ? 'o|' : 'o{'} ${entity(from)} : "${columns}"`
    ),
    '```\n',
  ];
}

function routineList(routines: Routine[]): string[] {
  const bare = (text: string) =>
    text.replaceAll('public.', '').replaceAll('timestamp with time zone', 'timestamptz')
      .replaceAll(/(NULL|'[^']*')::\w+(\[\])?/g, '$1');
  return [
    ...routines.map(({ name, signature, result, comment }) =>
      `- \`${name.replace(/^\w+\./, '')}(${bare(signature)})\` → \`${bare(result)}\`: ${
        comment.replace(' Service role only.', '')
      }`
    ),
    '',
  ];
}

/** "04_campaigns" as a heading. */
function titleOf(domain = ''): string {
  const name = domain.replace(/^\d+_/, '').replaceAll('_', ' ');
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** Tables of public by their bare name, as everybody writes them. */
function entity(name: string): string {
  return name.startsWith('public.') ? name.slice('public.'.length) : `"${name}"`;
}

/** Mermaid takes a type of one word. */
function shortType(type: string): string {
  return type.replace(/^(public|private|extensions)\./, '').replace('timestamp with time zone', 'timestamptz')
    .replace('double precision', 'float8').replaceAll(/[^\w[\]]+/g, '_');
}
