// Everything that a person reads, as text that can be compared.
import type pg from 'pg';
import { functions } from '../../supabase/access/functions.ts';

/** Texts of mails, and when they were removed. */
export const texts = ['body_text', 'body_html', 'snippet', 'body_removed_at'];

export type Rows = Record<string, string[]>;

/** Every relation and every report between two days, with its rows in one order. */
export async function readAll(
  database: pg.ClientBase,
  claims: Record<string, unknown>,
  without: (name: string) => string[],
  [from, to] = ['2026-10-01', '2026-11-30'],
): Promise<Rows> {
  const { rows: sources } = await database.query<{ name: string; source: string }>(
    `select c.relname::text as name, format('public.%I', c.relname) as source
     from pg_class as c
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v') and not c.relispartition
       and has_table_privilege('authenticated', c.oid, 'select')
     union all
     select p.proname::text, format('public.%I(%s)', p.proname, case when p.pronargs > p.pronargdefaults then format('%L, %L', $1::date, $2::date) end)
     from pg_proc as p
     where p.pronamespace = 'public'::regnamespace and p.provolatile = 's' and p.proretset
       and (p.pronargs = p.pronargdefaults or pg_get_function_arguments(p.oid) ~ '^from_day date, to_day date(, \\w+ \\w+ DEFAULT|$)')
       and p.proname <> 'retention_periods'
     order by 1`,
    [from, to],
  );
  const read: Rows = {};
  await database.query(`select set_config('request.jwt.claims', $1, true)`, [JSON.stringify(claims)]);
  await database.query('set local role authenticated');
  for (const { name, source } of sources) {
    if (claims['user_role'] === 'client' && functions[name] === 'operators') continue;
    const { rows } = await database.query<{ row: string }>(
      `select (to_jsonb(t) - $1::text[])::text as row from ${source} as t order by 1`,
      [without(name)],
    );
    read[name] = rows.map(({ row }) => row);
  }
  await database.query('reset role');
  return read;
}
