// Where a person still is, and the numbers that must not move when it goes.
import { expect } from 'vitest';
import { type Corner, markers, person } from './person-scene.ts';
import type { Project } from './project.ts';
import { providerApi } from './provider-api.ts';
import { smartleadApi } from './smartlead-api.ts';

/** Every column of text of every table of the database, read as the owner: which of them hold one of these words. */
export async function traces(project: Project, words = markers): Promise<string[]> {
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
  expect(tables.length).toBeGreaterThan(120);
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

/** Whether the providers still have the person: campaigns in which the address is. */
export async function atProvider(project: Project, { connection }: Corner): Promise<number> {
  if (connection.provider === 'instantly') {
    const api = providerApi(project.simulator.url, connection.apiKey);
    const { items } = await api.post('leads/list', { contacts: [person.email], limit: 100 });
    return (items as unknown[]).length;
  }
  const answer = await smartleadApi(project.smartlead.url, connection.apiKey).get(
    `leads/?email=${person.email}`,
  );
  return (answer as { lead_campaign_data?: unknown[] }).lead_campaign_data?.length ?? 0;
}

/** The numbers of a client as an operator reads them, without ages and without what is about single people. */
export async function numbersOf(project: Project, clientId: string): Promise<Record<string, unknown>> {
  const views = [
    'client_overview',
    'client_campaigns',
    'client_daily_stats',
    'campaign_steps',
    'client_segments',
    'campaign_comparison',
    'message_stats',
    'client_reply_times',
    'client_pipeline',
    'email_account_days',
  ];
  const numbers: Record<string, unknown> = {};
  for (const view of views) {
    numbers[view] = await project.sql(
      `select j.row from (
         select coalesce(jsonb_object_agg(e.key, e.value), '{}') as row
         from public.${view} as v cross join lateral jsonb_each(to_jsonb(v)) as e
         where v.client_id = $1 and e.key !~ '(_at|_seconds|as_of)$'
         group by v
       ) as j order by j.row`,
      [clientId],
    );
  }
  for (
    const table of [
      'synced_leads',
      'messages',
      'email_events',
      'meetings',
      'businesses',
      'import_rows',
      'export_receipts',
    ]
  ) {
    numbers[table] =
      (await project.one(`select count(*)::int as rows from public.${table} where client_id = $1`, [
        clientId,
      ]))['rows'];
  }
  return numbers;
}
