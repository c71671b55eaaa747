// The tables of a database as a move sees them: columns, keys, and what refers to what.
import type pg from 'pg';

export interface Column {
  name: string;
  type: string;
  isGenerated: boolean;
  isNullable: boolean;
  /** The sequence that numbers it. */
  sequence: string | null;
}

export interface ForeignKey {
  table: string;
  columns: string[];
  parent: string;
  parentColumns: string[];
  /** The reference is emptied when the parent is deleted: the row belongs to somebody else. */
  setsNull: boolean;
}

export interface Table {
  name: string;
  columns: Column[];
  foreignKeys: ForeignKey[];
}

export type Catalogue = Map<string, Table>;

const tables = `
  select format('%I.%I', n.nspname, c.relname) as name,
    jsonb_agg(jsonb_build_object(
      'name', a.attname,
      'type', format_type(a.atttypid, a.atttypmod),
      'isGenerated', a.attgenerated <> '',
      'isNullable', not a.attnotnull,
      'sequence', pg_get_serial_sequence(format('%I.%I', n.nspname, c.relname), a.attname)
    ) order by a.attname) as columns
  from pg_catalog.pg_class as c
  join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
  join pg_catalog.pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where n.nspname in ('public', 'private') and c.relkind in ('r', 'p') and not c.relispartition
  group by n.nspname, c.relname
  order by 1`;

const foreignKeys = `
  select format('%I.%I', n.nspname, c.relname) as "table",
    format('%I.%I', pn.nspname, p.relname) as parent,
    (select jsonb_agg(a.attname order by k.place) from unnest(f.conkey) with ordinality as k (number, place)
      join pg_catalog.pg_attribute as a on a.attrelid = f.conrelid and a.attnum = k.number) as columns,
    (select jsonb_agg(a.attname order by k.place) from unnest(f.confkey) with ordinality as k (number, place)
      join pg_catalog.pg_attribute as a on a.attrelid = f.confrelid and a.attnum = k.number) as "parentColumns",
    f.confdeltype = 'n' as "setsNull"
  from pg_catalog.pg_constraint as f
  join pg_catalog.pg_class as c on c.oid = f.conrelid
  join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
  join pg_catalog.pg_class as p on p.oid = f.confrelid
  join pg_catalog.pg_namespace as pn on pn.oid = p.relnamespace
  where f.contype = 'f' and f.conparentid = 0 and n.nspname in ('public', 'private') and not c.relispartition
  order by 1, 3`;

export async function readCatalogue(client: pg.ClientBase): Promise<Catalogue> {
  const found = await client.query<{ name: string; columns: Column[] }>(tables);
  const keys = await client.query<ForeignKey>(foreignKeys);
  return new Map(
    found.rows.map(({ name, columns }) => [
      name,
      { name, columns, foreignKeys: keys.rows.filter(({ table }) => table === name) },
    ]),
  );
}

/** Every table and column as text; two databases of one schema have the same. */
export function shapeOf(catalogue: Catalogue): string[] {
  return [...catalogue.values()].flatMap((table) =>
    table.columns.map(({ name, type, isGenerated }) =>
      `${table.name}.${name} ${type}${isGenerated ? ' generated' : ''}`
    )
  ).sort();
}
