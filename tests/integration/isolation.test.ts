// One tenant never sees anything of another. Two tenants with data everywhere, real sign-ins through the gateway, and a
// list of tables, views and functions that comes from the catalogue: additions are tested automatically.
import { randomBytes, randomUUID } from 'node:crypto';
import type { SupabaseClient } from '@supabase/supabase-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addForOperators,
  addImport,
  addMailbox,
  addToLeads,
  fingerprint,
  forOperators,
  found,
  internals,
  refusalsOf,
} from '../support/audience.ts';
import { deliverable } from '../support/businesses.ts';
import { delivery } from '../support/deliveries.ts';
import { type Project, startProject, type Tenant, type TestConnection } from '../support/project.ts';
import { addForReports } from '../support/report-rows.ts';
import { tenantDeliveries } from '../support/tenant-deliveries.ts';

interface Party extends Tenant {
  /** Part of everything that this tenant owns, and of nothing else. */
  marker: string;
  connection: TestConnection;
  ownCampaign: string;
  sharedCampaign: string;
}

type Relation = { name: string; isTable: boolean; owner: string };
type Answer = { data: unknown; error: { code?: string; message: string } | null; count?: number | null };
type Person = 'anon' | 'outsider' | 'aurora' | 'borealis' | 'operator';
const people: Person[] = ['anon', 'outsider', 'aurora', 'borealis', 'operator'];
const tenants = ['aurora', 'borealis'] as const;
type TenantName = typeof tenants[number];
/** The workspace of each: one at either provider, and beside it both share one. */
const providerOf = { aurora: 'instantly', borealis: 'smartlead' } as const;
const otherOf: Record<TenantName, TenantName> = { aurora: 'borealis', borealis: 'aurora' };

let project: Project;
let shared: TestConnection;
let relations: Relation[];
const parties = {} as Record<TenantName, Party>;
const clients = {} as Record<Person, SupabaseClient>;
/** In the parts of raw deliveries that are not the lead's, which no user ever reads. */
const raw = `raw${randomBytes(8).toString('hex')}`;
const embedded = new Map<string, string[]>(); // by view, what can be embedded in it
/** Everything that each person was ever answered, for the scan at the end. */
const heard: Record<Person, string[]> = { anon: [], outsider: [], aurora: [], borealis: [], operator: [] };

/** Asks as a person and remembers the answer, errors included. */
async function ask(person: Person, question: (client: SupabaseClient) => PromiseLike<Answer>) {
  const { data, error, count } = await question(clients[person]);
  heard[person].push(JSON.stringify({ data, error, count }));
  return { rows: (data ?? []) as Record<string, unknown>[], error, count };
}

/** Calls an edge function as a person, with the token of its sign-in. */
async function callFunction(person: Person, slug: string, body: unknown, secret = '') {
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

/** How many rows a tenant may see: all that it has, and none of what is the operators'. */
const truth = async ({ name, owner }: Relation, id: string) =>
  forOperators.includes(name)
    ? 0
    : (await project.sql(`select from public.${name} where ${owner} = $1`, [id])).length;

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

beforeAll(async () => {
  project = await startProject({ functions: 'all', smartlead: {} });
  shared = await project.createConnection(null);
  for (const name of tenants) await furnish(name);
  // What belongs to no client: an unmapped campaign, and a mailbox of the shared workspace.
  await project.deliver(shared, delivery('reply_received', { reply_text: raw, workspace: raw }));
  await project.deliver(shared, { event_type: 'account_error', email_account: `${raw}@outreach.test` });
  await project.project();
  Object.assign(clients, { anon: project.browser() });
  Object.assign(clients, { operator: await project.signIn(await project.createUser('operator', null)) });
  Object.assign(clients, { outsider: await project.signIn(await project.createUser(null, null)) });
  relations = await project.sql<Relation>(
    `select c.relname as name, c.relkind in ('r', 'p') as "isTable",
       case c.relname when 'clients' then 'id' else 'client_id' end as owner
     from pg_catalog.pg_class as c
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition
       -- The agency's, of no client: campaign-setup-access.test.ts, sending-health.test.ts.
       and c.relname not in ('sequence_templates', 'sending_domains', 'sending_domain_checks', 'sending_domain_changes', 'operator_sending_domains', 'placement_readings', 'placement_results', 'domain_listings', 'operator_placements', 'operator_placement_readings')
     order by c.relname`,
  );
});
afterAll(() => project?.stop());

describe('every table and view', () => {
  it('shows each person what is theirs and nothing else', async () => {
    const line = (texts: string[]) => texts.map((text) => text.padEnd(28)).join('');
    const seen = [line(['', ...people])];
    const due = [line(['', ...people])];
    expect(relations.length).toBeGreaterThan(15);
    for (const { name, owner } of relations) {
      const all = await project.sql(`select ${owner} from public.${name}`);
      const cell = (rows: Record<string, unknown>[]) =>
        `${rows.length} of ${
          [...new Set(rows.map((row) => ownerOf(row[owner])))].sort().join('+') || 'nobody'
        }`;
      const cells = await Promise.all(people.map(async (person) => {
        const { rows, error } = await ask(person, (client) => client.from(name).select('*'));
        return error ? `refused ${error.code}` : cell(rows);
      }));
      seen.push(line([name, ...cells]));
      const own = tenants.map((tenant) => cell(all.filter((row) => row[owner] === parties[tenant].clientId)));
      // Without rows of both there would be nothing to hide.
      // The checklist is the agency's and names one client at most.
      if (name !== 'operator_checklist') expect([name, ...own]).not.toContain('0 of nobody');
      const visible = forOperators.includes(name) ? ['0 of nobody', '0 of nobody'] : own;
      due.push(line([name, 'refused 42501', '0 of nobody', ...visible, cell(all)]));
    }
    expect(seen.join('\n')).toBe(due.join('\n'));
  });

  it.each(people)('lets %s write nothing', async (person) => {
    const before = await fingerprint(project, relations);
    const accepted: string[] = [];
    for (const { name, owner } of relations) {
      // Who belongs to no tenant is as much a stranger to the one as to the other.
      const targets = tenants.some((tenant) => tenant === person) ? Object.values(parties) : [parties.aurora];
      for (const { clientId } of targets) {
        const row: Record<string, string> = { [owner]: clientId };
        const attempts: ((client: SupabaseClient) => PromiseLike<Answer>)[] = [
          (client) => client.from(name).insert(row as never),
          (client) => client.from(name).upsert(row as never),
          (client) => client.from(name).update(row).eq(owner, clientId),
          (client) => client.from(name).delete().eq(owner, clientId),
        ];
        for (const attempt of attempts) {
          const { error } = await ask(person, attempt);
          // 42501 = no privilege; PT405 = this is a view, which cannot be written.
          const isRefused = ['42501', 'PT405'].includes(error?.code ?? '');
          if (!isRefused) accepted.push(`${name} ${attempt}: ${error?.code ?? 'done'}`);
        }
      }
    }
    expect(accepted).toEqual([]);
    expect(await fingerprint(project, relations)).toEqual(before);
  });

  it.each(tenants)('gives %s nothing more by filter, order or count', async (name) => {
    const own = parties[name].clientId;
    const other = parties[otherOf[name]].clientId;
    for (const relation of relations) {
      const { name: from, owner } = relation;
      const all = (client: SupabaseClient) => client.from(from).select('*');
      const foreign = [
        await ask(name, (client) => all(client).eq(owner, other)),
        await ask(name, (client) => all(client).in(owner, [other])),
        await ask(name, (client) => all(client).neq(owner, own)),
        await ask(name, (client) => all(client).is(owner, null)),
        await ask(name, (client) => all(client).not(owner, 'eq', own)),
      ];
      const lengths = foreign.map(({ rows, error }) => error?.message ?? rows.length);
      expect([from, ...lengths]).toEqual([from, 0, 0, 0, 0, 0]);
      const wide = `${owner}.eq.${other},${owner}.eq.${own},${owner}.is.null`;
      const either = await ask(name, (client) => all(client).or(wide).order(owner));
      const count = { count: 'exact', head: true } as const;
      const counted = await ask(name, (client) => client.from(from).select('*', count).or(wide));
      const mine = await truth(relation, own);
      expect([from, either.rows.length, counted.count]).toEqual([from, mine, mine]);
    }
  });

  it.each(tenants)('gives %s nothing more by embedding', { timeout: 90_000 }, async (name) => {
    const keys = await project.sql<{ key: string; child: string; parent: string }>(
      `select f.conname as key, f.conrelid::regclass::text as child, f.confrelid::regclass::text as parent
       from pg_catalog.pg_constraint as f
       join pg_catalog.pg_class as c on c.oid = f.conrelid and c.relnamespace = 'public'::regnamespace
       join pg_catalog.pg_class as p on p.oid = f.confrelid and p.relnamespace = 'public'::regnamespace
       where f.contype = 'f' and f.conparentid = 0`,
    );
    expect(keys.length).toBeGreaterThan(15);
    const bare = (table: string) => table.replace('public.', '');
    const wall = forbidden(name);
    for (const { key, child, parent } of keys) {
      for (const [from = '', to] of [[child, parent], [parent, child]].map((pair) => pair.map(bare))) {
        const columns = `*,found:${to}!${key}(*)`;
        const { rows, error } = await ask(name, (client) => client.from(from).select(columns));
        expect([from, to, error]).toEqual([from, to, null]);
        expect([from, to, found(JSON.stringify(rows), wall)]).toEqual([from, to, []]);
      }
    }
    // The workspace that both share is there, and neither sees it through its own campaign in it.
    const { sharedCampaign: id } = parties[name];
    const columns = 'id,provider_connections(*)';
    const { rows } = await ask(name, (client) => client.from('campaigns').select(columns).eq('id', id));
    expect(rows).toEqual([{ id, provider_connections: null }]);
    // A view leads nowhere that its tables do not. What can be embedded is the same for everybody: one asks for every pair.
    for (const { name: from } of relations.filter(({ isTable }) => !isTable)) {
      const targets = name === 'aurora'
        ? relations.map((relation) => relation.name)
        : embedded.get(from) ?? [];
      await Promise.all(targets.map(async (to) => {
        const { error } = await ask(name, (client) => client.from(from).select(`*,x:${to}(*)`));
        if (error?.code !== 'PGRST200') embedded.set(from, [...embedded.get(from) ?? [], to]);
      }));
    }
  });
});

describe('every function', () => {
  it.each(people)('of the Data API is refused to %s, but the operators’ own', async (person) => {
    const functions = await project.sql<{ schema: string; name: string; parameters: string[] }>(
      `select p.pronamespace::regnamespace::text as schema, p.proname as name, coalesce(p.proargnames[1:p.pronargs], '{}')::text[] as parameters
       from pg_catalog.pg_proc as p
       where p.pronamespace in ('public'::regnamespace, 'worker'::regnamespace) and p.prorettype <> 'trigger'::regtype and p.prokind <> 'a'`,
    );
    expect(functions.length).toBeGreaterThan(90);
    const open: string[] = [];
    for (const { schema, name, parameters } of functions) {
      const values = Object.fromEntries(parameters.map((parameter) => [parameter, null]));
      const { error } = await ask(person, (client) => client.schema(schema).rpc(name, values));
      const refusals = schema === 'worker' ? ['42501'] : refusalsOf(name, person);
      const isRefused = refusals.includes(error?.code ?? '');
      if (!isRefused) open.push(`${name}: ${error?.message ?? 'done'}`);
    }
    expect(open).toEqual([]);
  });

  it('and table of schema private is out of reach, whoever asks', async () => {
    const privates = await project.sql<{ name: string }>(
      `select relname as name from pg_catalog.pg_class where relnamespace = 'private'::regnamespace and relkind in ('r', 'p', 'v')
       union all select proname from pg_catalog.pg_proc where pronamespace = 'private'::regnamespace`,
    );
    const reach = async (person: Person, name: string) => {
      const table = await ask(person, (client) => client.from(name).select('*'));
      const called = await ask(person, (client) => client.rpc(name, {}));
      // Anon does not get as far as looking for a table; an unknown one is 42P01 to older releases of PostgREST.
      const code = table.error?.code?.replace(person === 'anon' ? '42501' : '42P01', 'PGRST205');
      expect([person, name, code, called.error?.code]).toEqual([person, name, 'PGRST205', 'PGRST202']);
    };
    expect(privates.length).toBeGreaterThan(300);
    // What PostgREST knows is the same for everybody: each name is asked for by the one who may most, some by all.
    for (const [index, { name }] of privates.entries()) {
      await Promise.all(
        (index % 25 === 0 ? people : ['operator' as const]).map((person) => reach(person, name)),
      );
    }
    for (const schema of ['private', 'auth', 'vault', 'net', 'cron', 'extensions', 'pg_catalog']) {
      const question = (client: SupabaseClient) => client.schema(schema).from('jobs').select('*');
      const codes = await Promise.all(
        people.map(async (person) => (await ask(person, question)).error?.code),
      );
      expect([schema, ...new Set(codes)]).toEqual([schema, 'PGRST106']);
    }
  });

  it.each(tenants)('at the edge treats a foreign campaign for %s as if it did not exist', async (name) => {
    const { ownCampaign, sharedCampaign } = parties[otherOf[name]];
    const blank = (text: unknown, id: string) => JSON.stringify(text).replaceAll(id, '…');
    const missing = randomUUID();
    const nothing = await callFunction(name, 'export-campaign', { campaign_id: missing });
    for (const id of [ownCampaign, sharedCampaign]) {
      for (const more of [{}, { dry_run: true }, { activate: true }]) {
        const answer = await callFunction(name, 'export-campaign', { campaign_id: id, ...more });
        // The answer repeats the id that was asked for; that is no news to who asked.
        heard[name].push(blank(heard[name].pop(), id));
        expect([answer.status, blank(answer.body, id)]).toEqual([404, blank(nothing.body, missing)]);
      }
    }
    const { clientId, connection } = parties[otherOf[name]];
    for (const body of [{}, { client_id: clientId }, { connection_id: connection.id }, { job_id: missing }]) {
      expect((await callFunction(name, 'sync-client', body)).status).toBe(403);
    }
    expect((await callFunction(name, 'export-campaign', { job_id: missing })).status).toBe(403);
    const { secret } = parties[name].connection;
    const door = `${connection.provider}-webhook/${connection.id}?token=${secret}`;
    expect((await callFunction(name, door, {}, secret)).status).toBe(401);
  });

  it.each(['anon', 'outsider'] as const)('at the edge is refused to %s', async (person) => {
    const status = person === 'anon' ? 401 : 403;
    const { ownCampaign, clientId } = parties.aurora;
    expect((await callFunction(person, 'export-campaign', { campaign_id: ownCampaign })).status).toBe(status);
    expect((await callFunction(person, 'sync-client', { client_id: clientId })).status).toBe(status);
  });
});

describe('all that a person was ever answered', () => {
  beforeAll(async () => {
    // Questions that can only be answered with an error; its text may tell no more than a row would.
    for (const person of people) {
      await ask(person, (client) => client.from('campaigns').select('*').eq('id', 'no uuid'));
      const odd = [
        ['campaigns', 'provider_campaign_id'],
        ['email_events', '*,webhook_events(*)'],
        ['campaign_analytics', 'sent.sum()'],
        ['synced_leads', 'payload->>campaign,payload->workspace'],
      ] as const;
      for (const [from, columns] of odd) await ask(person, (client) => client.from(from).select(columns));
      for (const slug of ['export-campaign', 'sync-client']) {
        for (const body of ['{', '[]', '{}', '{"campaign_id": 1}']) await callFunction(person, slug, body);
      }
    }
  });

  it.each(people)('holds no secret, no provider campaign id and no raw payload: %s', async (person) => {
    expect(heard[person].length).toBeGreaterThan(100);
    expect(new Set(Object.values(parties).map((party) => party.connection.provider)).size).toBe(2);
    const connections = [shared, ...Object.values(parties).map((party) => party.connection)];
    const secrets = await internals(project, connections);
    // An operator sees which mailbox failed, and that address carries the marker of raw payloads here.
    if (person !== 'operator') secrets.set(raw, 'raw payload');
    expect(secrets.size).toBeGreaterThan(15);
    expect(found(heard[person].join('\n'), secrets)).toEqual([]);
  });

  it.each(tenants)('holds nothing of the other tenant: %s', (name) => {
    expect(heard[name].join('\n')).toContain(parties[name].marker);
    expect(found(heard[name].join('\n'), forbidden(name))).toEqual([]);
  });

  it.each(['anon', 'outsider'] as const)('says nothing of either tenant to %s', (person) => {
    for (const { marker } of Object.values(parties)) expect(heard[person].join('\n')).not.toContain(marker);
  });
});

function ownerOf(clientId: unknown): string {
  return tenants.find((name) => parties[name].clientId === clientId) ?? (clientId === null ? 'none' : '?');
}

/** What of the other tenant must never appear, each with a name for the report. */
function forbidden(name: TenantName): Map<string, string> {
  const { marker, connection, ownCampaign, sharedCampaign, email, clientId } = parties[otherOf[name]];
  const things = { marker, connection: connection.id, ownCampaign, sharedCampaign, email, clientId };
  return new Map(Object.entries(things).map(([what, value]) => [value, `${what} of the other tenant`]));
}
