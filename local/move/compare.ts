// Whether both sides hold the same: rows and a digest of each table, and of what each view shows to the client.
import pg from 'pg';
import { views } from '../../supabase/access/relations.ts';
import type { Column } from './catalogue.ts';
import {
  comparedColumns,
  type Owner,
  type Plan,
  type PlannedTable,
  renamed,
  type Rewriting,
  selectOf,
  settledColumns,
} from './plan.ts';
import { type Project, rowOf, rowsOf } from './project.ts';
import { comparesClients, pagingKeys } from './tables.ts';

export interface Digest {
  rows: string;
  /** The sum of the hashes of all rows, in whatever order they are. */
  sum: string;
}

const digest = (select: string) =>
  `select count(*)::text as rows, coalesce(sum(hashtextextended(r::text, 0)), 0)::text as sum from (${select}) as r`;

export const same = (one: Digest | undefined, other: Digest | undefined): boolean =>
  one !== undefined && other !== undefined && one.rows === other.rows && one.sum === other.sum;

async function digestColumns(
  project: Project,
  plan: Plan,
  table: PlannedTable,
  columns: Column[],
  owner: Owner,
  rewriting: Rewriting,
): Promise<Digest> {
  return (await rowOf<Digest & pg.QueryResultRow>(
    project,
    digest(selectOf(plan, table, columns, owner, rewriting)),
  ))!;
}

/** Every column of a table, as it is in the target. */
export async function digestTable(
  project: Project,
  plan: Plan,
  table: PlannedTable,
  owner: Owner,
  rewriting: Rewriting,
): Promise<Digest> {
  return await digestColumns(project, plan, table, comparedColumns(table.table), owner, rewriting);
}

/**
 * What of a table only a person changes, by table; tables that the background may change as a whole are left out. `whole`: digests of
 * tables with all their columns, where they are known.
 */
export async function digestSettled(
  project: Project,
  plan: Plan,
  owner: Owner,
  rewriting: Rewriting,
  whole: Record<string, Digest> = {},
): Promise<Record<string, Digest>> {
  const digests: Record<string, Digest> = {};
  for (const planned of plan.values()) {
    const { table } = planned;
    const columns = settledColumns(table);
    if (columns.length === 0) continue;
    const known = columns.length === comparedColumns(table).length ? whole[table.name] : undefined;
    digests[table.name] = known ?? await digestColumns(project, plan, planned, columns, owner, rewriting);
  }
  return digests;
}

/** The views that a client reads; what depends on the other clients of a project differs between two of them. */
export const clientViews = Object.keys(views).filter((name) =>
  views[name] === 'own' && !comparesClients.includes(name)
);

/** What a client reads in a view. Ages differ by the moment of the question. */
export async function digestViews(
  project: Project,
  clientId: string,
  { accounts }: Rewriting,
): Promise<Record<string, Digest>> {
  const columns = await rowsOf<{ view: string; name: string; type: string }>(
    project,
    `select c.relname as view, a.attname as name, format_type(a.atttypid, a.atttypmod) as type
     from pg_catalog.pg_class as c
     join pg_catalog.pg_attribute as a on a.attrelid = c.oid and a.attnum > 0
     where c.relnamespace = 'public'::regnamespace and c.relname = any ($1) order by 1, 2`,
    [clientViews],
  );
  const digests: Record<string, Digest> = {};
  // As any person of the client: row level security and the views decide what there is to read.
  await project.client.query(`set local role authenticated`);
  await project.client.query(`select set_config('request.jwt.claims', $1, true)`, [
    JSON.stringify({ role: 'authenticated', user_role: 'client', client_id: clientId }),
  ]);
  for (const view of clientViews) {
    const list = columns.filter(({ name, ...column }) =>
      column.view === view && !name.endsWith('age_seconds') && !pagingKeys.includes(`${view}.${name}`)
    ).map(({ name, type }) => {
      const quoted = pg.escapeIdentifier(name);
      return `${type === 'uuid' ? renamed(`t.${quoted}`, accounts) : `t.${quoted}`} as ${quoted}`;
    });
    const select = `select ${list.join(', ')}
      from public.${view} as t where t.client_id = ${pg.escapeLiteral(clientId)}`;
    digests[view] = (await rowOf<Digest & pg.QueryResultRow>(project, digest(select)))!;
  }
  await project.client.query('set local role none');
  await project.client.query(`select set_config('request.jwt.claims', '', true)`);
  return digests;
}
