// Where a person still is, and the numbers that must not move when it goes.
import { searchEveryColumn } from './every-column.ts';
import { type Corner, markers, person } from './person-scene.ts';
import type { Project } from './project.ts';
import { providerApi } from './provider-api.ts';
import { smartleadApi } from './smartlead-api.ts';

/** Where the person still is, in all that the database holds. */
export const traces = (project: Project, words = markers): Promise<string[]> =>
  searchEveryColumn(project, words);

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
