// Two tenants with a row in everything, people of every kind who are signed in, and all that they were ever answered: for the tests of
// isolation.
import { randomBytes } from 'node:crypto';
import type { SupabaseClient } from '@supabase/supabase-js';
import { expect } from 'vitest';
import { type Rows, tables, views } from '../../supabase/access/relations.ts';
import { addForAgency, addForOperators, addImport, addMailbox, addToLeads } from './audience.ts';
import { deliverable } from './businesses.ts';
import { delivery } from './deliveries.ts';
import { type Project, startProject, type Tenant, type TestConnection } from './project.ts';
import { addForReports } from './report-rows.ts';
import { tenantDeliveries } from './tenant-deliveries.ts';

export interface Party extends Tenant {
  /** Part of everything that this tenant owns, and of nothing else. */
  marker: string;
  connection: TestConnection;
  ownCampaign: string;
  sharedCampaign: string;
}

export interface Relation {
  name: string;
  isTable: boolean;
  rows: Rows;
  /** The column that says whose a row is; the first one where it is the agency's. */
  owner: string;
}
export interface Answer {
  data: unknown;
  error: { code?: string; message: string } | null;
  count?: number | null;
}
export type Person = 'anon' | 'outsider' | 'aurora' | 'borealis' | 'operator';
export const people: Person[] = ['anon', 'outsider', 'aurora', 'borealis', 'operator'];
export const tenants = ['aurora', 'borealis'] as const;
export type TenantName = typeof tenants[number];
/** The workspace of each: one at either provider, and beside it both share one. */
const providerOf = { aurora: 'instantly', borealis: 'smartlead' } as const;
export const otherOf: Record<TenantName, TenantName> = { aurora: 'borealis', borealis: 'aurora' };

/** As they are declared; a test compares them with the catalogue. */
export const relations: Relation[] = ([[tables, true], [views, false]] as const).flatMap((
  [declared, isTable],
) =>
  Object.entries(declared).map(([name, rows]) => ({
    name,
    isTable,
    rows,
    owner: name === 'clients' ? 'id' : 'client_id',
  }))
);

export let project: Project;
export let shared: TestConnection;
export const parties = {} as Record<TenantName, Party>;
export const clients = {} as Record<Person | 'service', SupabaseClient>;
/** In the parts of raw deliveries that are not the lead's, which no user ever reads. */
export const raw = `raw${randomBytes(8).toString('hex')}`;
/** Everything that each person was ever answered, for the scan at the end. */
export const heard: Record<Person, string[]> = {
  anon: [],
  outsider: [],
  aurora: [],
  borealis: [],
  operator: [],
};

/** Asks as a person and remembers the answer, errors included. */
export async function ask(person: Person, question: (client: SupabaseClient) => PromiseLike<Answer>) {
  const { data, error, count } = await question(clients[person]);
  heard[person].push(JSON.stringify({ data, error, count }));
  return { rows: (data ?? []) as Record<string, unknown>[], error, count };
}

/** Calls an edge function as a person, with the token of its sign-in. */
export async function callFunction(person: Person, slug: string, body: unknown, secret = '') {
  const { data } = await clients[person].auth.getSession();
  const token = data.session?.access_token;
  const response = await fetch(`${project.stack.functionsUrl}/${slug}`, {
    method: 'POST',
    headers: {
      apikey: project.stack.publishableKey,
      'content-type': 'application/json',
      'x-webhook-secret': secret,
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  heard[person].push(text);
  return { status: response.status, body: JSON.parse(text) as Record<string, unknown> };
}

/** Gives a tenant a row in everything: through the functions where there is one, else as the service role. */
async function furnish(name: TenantName): Promise<void> {
  const marker = `${name}${randomBytes(8).toString('hex')}`;
  const tenant = await project.createTenant(`Client ${marker}`);
  const connection = await project.createConnection(tenant.clientId, undefined, providerOf[name]);
  const renamed = [marker, connection.id];
  await project.sql('update public.provider_connections set name = $1 where id = $2', renamed);
  const ownCampaign = await project.createCampaign(tenant.clientId, connection.id, { name: marker });
  const sharedCampaign = await project.createCampaign(tenant.clientId, shared.id, { name: marker });
  parties[name] = { ...tenant, marker, connection, ownCampaign, sharedCampaign };
  Object.assign(clients, { [name]: await project.signIn(tenant) });

  for (const [at, campaignId] of [[connection, ownCampaign], [shared, sharedCampaign]] as const) {
    const sender = tenantDeliveries[at.provider];
    const providerId = sender.newCampaignId();
    const deliveries = sender.of({ marker, raw, campaign: providerId });
    // The shared workspace is quicker than the operator who maps its campaign.
    if (at === shared) await project.deliver(at, deliveries);
    await project.sql('select private.map_provider_campaign($1, $2, $3)', [at.id, providerId, campaignId]);
    if (at !== shared) await project.deliver(at, deliveries);
    await project.sql(
      `with total as (
         insert into public.campaign_analytics_totals (campaign_id, client_id, sent, synced_at) values ($1, $2, 1, now())
       )
       insert into public.campaign_analytics (campaign_id, client_id, day, sent, synced_at) values ($1, $2, '2026-10-05', 1, now())`,
      [campaignId, tenant.clientId],
    );
  }
  await addForOperators(project, connection.id);
  await addMailbox(project, connection.id, `mia@${marker}.test`);
  await project.project();
  await addToLeads(project, tenant.clientId);
  await addForReports(project, tenant.clientId, ownCampaign);
  await addImport(project, ownCampaign, marker);
  await project.sql('insert into public.suppression_rules (client_id, entry) values ($1, $2)', [
    tenant.clientId,
    `${marker}.test`,
  ]);
  // Its days are cut again, which nothing here does.
  await project.sql(`update public.clients set time_zone = 'Asia/Kolkata' where id = $1`, [tenant.clientId]);
  // Exported, so that its id at the provider is real; then started without a mailbox, which the provider refuses.
  await project.sql('delete from private.provider_campaigns where campaign_id = $1', [sharedCampaign]);
  await project.addBusinesses(tenant.clientId, sharedCampaign, deliverable(2, marker));
  for (const activate of [false, true]) {
    const { body } = await callFunction(name, 'export-campaign', { campaign_id: sharedCampaign, activate });
    const job = await project.jobEnded(String(body['job_id']));
    expect([job['status'], job['error_message']]).toEqual(
      activate ? ['failed', expect.stringContaining('Instantly')] : ['completed', null],
    );
  }
}

export async function startScene(): Promise<void> {
  project = await startProject({ functions: 'all', smartlead: {} });
  shared = await project.createConnection(null);
  for (const name of tenants) await furnish(name);
  // What belongs to no client: an unmapped campaign, and a mailbox of the shared workspace.
  await project.deliver(shared, delivery('reply_received', { reply_text: raw, workspace: raw }));
  await project.deliver(shared, { event_type: 'account_error', email_account: `${raw}@outreach.test` });
  await project.project();
  await addForAgency(project);
  for (const relation of relations.filter(({ rows }) => rows === 'agency')) {
    relation.owner = (await project.one<{ name: string }>(
      `select attname as name from pg_catalog.pg_attribute
       where attrelid = $1::regclass and attnum > 0 and attidentity = '' and not attisdropped order by attnum limit 1`,
      [`public.${relation.name}`],
    )).name;
  }
  Object.assign(clients, { anon: project.browser(), service: project.service });
  Object.assign(clients, { operator: await project.signIn(await project.createUser('operator', null)) });
  Object.assign(clients, { outsider: await project.signIn(await project.createUser(null, null)) });
}

export interface Parameters {
  name: string;
  /** Each parameter with its type, in their order. */
  types: Record<string, string>;
  /** A call that leaves every argument blank. */
  blank: Record<string, null>;
}

/** The functions of a schema with their parameters, from the catalogue. */
export async function parametersOf(schema: 'public' | 'worker'): Promise<Parameters[]> {
  const functions = await project.sql<{ name: string; names: string[]; types: string[] }>(
    `select p.proname as name, coalesce(p.proargnames[1:p.pronargs], '{}')::text[] as names,
       array(select format_type(t, null) from unnest(p.proargtypes) with ordinality as a (t, n) order by n) as types
     from pg_catalog.pg_proc as p
     where p.pronamespace = $1::regnamespace and p.prorettype <> 'trigger'::regtype and p.prokind <> 'a'
     order by p.proname`,
    [schema],
  );
  return functions.map(({ name, names, types }) => ({
    name,
    types: Object.fromEntries(names.map((parameter, place) => [parameter, types[place] ?? ''])),
    blank: Object.fromEntries(names.map((parameter) => [parameter, null])),
  }));
}

/** Five at a time: one person has six places at the Data API. */
export async function inTurns<Item>(
  items: readonly Item[],
  act: (item: Item) => Promise<void>,
): Promise<void> {
  for (let at = 0; at < items.length; at += 5) await Promise.all(items.slice(at, at + 5).map(act));
}

export interface ViewPair {
  view: string;
  to: string;
}

/** Each view with everything that shares a foreign key with one of its own tables, or a table between them: PostgREST embeds nothing else. */
export function viewPairs(): Promise<(ViewPair & Record<string, unknown>)[]> {
  return project.sql(
    `with recursive reads as (
       select c.oid as relation, c.oid as base from pg_catalog.pg_class as c
       where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace) and c.relkind in ('r', 'p', 'v') and not c.relispartition
       union
       select r.relation, d.refobjid
       from reads as r
       join pg_catalog.pg_rewrite as w on w.ev_class = r.base
       join pg_catalog.pg_depend as d on d.objid = w.oid and d.classid = 'pg_rewrite'::regclass and d.refclassid = 'pg_class'::regclass
     ), keys as (
       select f.conrelid as child, f.confrelid as parent,
         exists (select from pg_catalog.pg_constraint as k where k.conrelid = f.conrelid and k.contype = 'p' and f.conkey <@ k.conkey) as in_primary_key
       from pg_catalog.pg_constraint as f
       where f.contype = 'f'
     ), joined as (
       select child as one, parent as other from keys
       union select parent, child from keys
       union select a.parent, b.parent from keys as a join keys as b on b.child = a.child where a.in_primary_key and b.in_primary_key
     )
     select distinct v.relname as view, o.relname as to
     from reads as a
     join pg_catalog.pg_class as v on v.oid = a.relation and v.relkind = 'v' and v.relnamespace = 'public'::regnamespace
     join joined as j on j.one = a.base
     join reads as b on b.base = j.other
     join pg_catalog.pg_class as o on o.oid = b.relation and o.relnamespace = 'public'::regnamespace`,
  );
}

/** What of the other tenant must never appear, each with a name for the report. */
export function forbidden(name: TenantName): Map<string, string> {
  const { marker, connection, ownCampaign, sharedCampaign, email, clientId } = parties[otherOf[name]];
  const things = { marker, connection: connection.id, ownCampaign, sharedCampaign, email, clientId };
  return new Map(Object.entries(things).map(([what, value]) => [value, `${what} of the other tenant`]));
}
