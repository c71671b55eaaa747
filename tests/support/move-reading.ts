// What the tests of a move compare: rows, what a person reads, where the providers deliver to.
import { tables } from '../../supabase/access/relations.ts';
import type { Mover, MoveScene } from './move-scene.ts';
import type { Client, Project, TestConnection } from './project.ts';
import { providerApi } from './provider-api.ts';
import { smartleadApi } from './smartlead-api.ts';

/** Somebody with an account in both projects, of the client and of the agency; each did something. Returns their passwords in the target. */
export async function addPeople(
  { source, target }: MoveScene,
  mover: Mover,
): Promise<Record<string, string>> {
  const passwords: Record<string, string> = {};
  for (const [role, email] of [['client', 'both@people.test'], ['operator', 'boss@people.test']] as const) {
    const here = await source.createUser(role, role === 'client' ? mover.clientId : null);
    const there = await target.createUser(role === 'client' ? null : role, null);
    await source.sql('update auth.users set email = $1 where email = $2', [email, here.email]);
    await target.sql('update auth.users set email = $1 where email = $2', [email, there.email]);
    passwords[email] = there.password;
  }
  await source.createUser('operator', null);
  const people = `(select id from auth.users where email = 'both@people.test') as both,
    (select id from auth.users where email = 'boss@people.test') as boss,
    (select user_id from public.members where role = 'operator' and user_id not in
      (select id from auth.users where email = 'boss@people.test') limit 1) as stranger`;
  await source.sql(
    `with p as (select ${people}), t as (
       select lead_id, row_number() over (order by lead_id) as place from private.threads where client_id = $1
     ), judged as (
       update public.messages as m set verdict = 'qualified', verdict_by = p.both, verdict_at = now()
       from p where m.id = (select id from public.messages where client_id = $1 and direction = 'received' order by id limit 1)
     )
     update private.threads as a set assigned_to = case t.place when 1 then p.boss when 2 then p.stranger end
     from t, p where a.lead_id = t.lead_id`,
    [mover.clientId],
  );
  await source.sql(
    `insert into private.answer_drafts (reply_id, user_id, body_text)
     select (select id from public.messages where client_id = $1 and direction = 'received' order by id limit 1), u.id, 'Draft of ' || u.email
     from auth.users as u join public.members as m on m.user_id = u.id where m.role = 'operator'`,
    [mover.clientId],
  );
  return passwords;
}

/** A digest of every row that names this client, one of its workspaces or one of its ids. */
export async function rowsOf(
  project: Project,
  { clientId, connection, smartlead }: Mover,
): Promise<Record<string, string>> {
  const names = await project.sql<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name
     from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
     where n.nspname in ('public', 'private') and c.relkind = 'r' and c.relname not in ('function_calls') order by 1`,
  );
  const digests: Record<string, string> = {};
  for (const { name } of names) {
    const row = await project.one<{ digest: string }>(
      `select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as digest
       from ${name} as t where t::text like any ($1)`,
      [[clientId, connection.id, smartlead.id].map((id) => `%${id}%`)],
    );
    if (row.digest !== '0 ') digests[name] = row.digest;
  }
  return digests;
}

/** What a signed-in person reads: each table and the views with numbers. */
export async function readAs(client: Client): Promise<Record<string, unknown>> {
  const seen: Record<string, unknown> = {};
  const own = Object.keys(tables).filter((name) => tables[name] === 'own' && name !== 'client_changes');
  for (
    const name of [
      ...own,
      'client_overview',
      'client_daily_stats',
      'client_campaigns',
      'client_replies',
      'client_segments',
    ]
  ) {
    const { data, error } = await client.from(name as 'clients').select('*').overrideTypes<
      Record<string, unknown>[],
      { merge: false }
    >();
    if (error) throw new Error(`${name}: ${error.message}`);
    seen[name] = (data ?? []).map((row) =>
      JSON.stringify(
        Object.entries(row).filter(([key, value]) =>
          !/age_seconds$|^(updated_at|verdict_by)$/.test(key) &&
          !(/^(id|event_id)$/.test(key) && typeof value === 'number')
        ),
      )
    ).sort();
  }
  return seen;
}

/** Events of an address, by type: each of them a fact that counts. */
export const eventsOf = (project: Project, email: string) =>
  project.sql('select type from public.email_events where email = $1 order by type', [email]);

export const at = (project: Project, connection: TestConnection): TestConnection => ({
  ...connection,
  webhookUrl: `${project.stack.functionsUrl}/${connection.provider}-webhook/${connection.id}`,
});

/** Where the providers deliver to. */
export async function webhooksOf({ source }: MoveScene, { connection, smartlead }: Mover): Promise<string[]> {
  const hooks = await providerApi(source.simulator.url, connection.apiKey).get('webhooks?limit=100');
  const urls = (hooks['items'] as { target_hook_url: string }[]).map((hook) => hook.target_hook_url);
  const api = smartleadApi(source.smartlead.url, smartlead.apiKey);
  for (const { id } of await api.get('campaigns/') as { id: number }[]) {
    const own = await api.get(`campaigns/${id}/webhooks`) as { webhook_url: string }[];
    urls.push(...own.map((hook) => hook.webhook_url.replace(/\?.*/, '')));
  }
  return urls;
}

export const addressesAt = (project: Project, { connection, smartlead }: Mover) =>
  [connection, smartlead].map((one) => at(project, one).webhookUrl);
