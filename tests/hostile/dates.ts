// No date of a stranger stretches a chart: every day and time in the database lies in the span that is believed.
import type { Project } from '../support/project.ts';

/** Columns with a day or a time, and how many of their values lie before 2015 or more than a year and a half from now. */
export async function findOddDates(project: Project): Promise<string[]> {
  const columns = await project.sql<{ table: string; column: string }>(
    `select format('%I.%I', n.nspname, c.relname) as table, format('%I', a.attname) as column
     from pg_attribute as a
     join pg_class as c on c.oid = a.attrelid and c.relkind in ('r', 'p') and not c.relispartition
     join pg_namespace as n on n.oid = c.relnamespace and n.nspname in ('public', 'private')
     where a.atttypid in ('date'::regtype, 'timestamptz'::regtype, 'timestamp'::regtype) and not a.attisdropped
     order by 1, 2`,
  );
  const counts = columns.map(({ table, column }) =>
    `select '${table}.${column}' as name, count(*)::int as odd, max(${column})::text as latest from ${table}
     where ${column} not between '2015-01-01' and now() + interval '18 months'`
  );
  const rows = await project.sql<{ name: string; odd: number; latest: string }>(
    `select * from (${counts.join(' union all ')}) as o where o.odd > 0`,
  );
  return rows.map(({ name, odd, latest }) =>
    `${name} has ${odd} values outside of the believed span, such as ${latest}`
  );
}

/** What charts read has no day later than tomorrow. */
export async function findLongCharts(project: Project): Promise<string[]> {
  const rows = await project.sql<{ name: string; first: string; last: string }>(
    `select * from (
       select 'client_daily_stats' as name, min(day)::text as first, max(day)::text as last from public.client_daily_stats
       union all select 'campaign_activity', min(day)::text, max(day)::text from public.campaign_activity
       union all select 'campaign_analytics', min(day)::text, max(day)::text from public.campaign_analytics
     ) as c where c.first < '2015-01-01' or c.last::date > current_date + 2`,
  );
  return rows.map(({ name, first, last }) => `${name} reaches from ${first} to ${last}`);
}
