// One tenant never sees anything of another. Two tenants with data everywhere, real sign-ins through the gateway, and the rows of
// supabase/access, which are compared with the catalogue: what is declared is what each person is answered.
import { randomUUID } from 'node:crypto';
import type { SupabaseClient } from '@supabase/supabase-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fingerprint, found, internals, refusalsOf } from '../support/audience.ts';
import { argumentsReachNoOther } from '../support/isolation-arguments.ts';
import {
  channelsAreJoinedBy,
  edgesAdmitWhomTheyDeclare,
  errorsQuoteNoOther,
  preferencesOpenNothing,
  profilesOpenNothing,
} from '../support/isolation-edges.ts';
import { tokensOpenNothing } from '../support/isolation-tokens.ts';
import {
  type Answer,
  ask,
  callFunction,
  clients,
  forbidden,
  heard,
  inTurns,
  otherOf,
  parametersOf,
  parties,
  people,
  type Person,
  project,
  raw,
  type Relation,
  relations,
  shared,
  startScene,
  tenants,
  viewPairs,
} from '../support/isolation-scene.ts';

/** Views with what can be embedded in them, six at a time; found out once, because it is the same for everybody. */
const embedded: [view: string, targets: string[]][] = [];
async function embeddable(): Promise<typeof embedded> {
  if (embedded.length > 0) return embedded;
  const byView = new Map<string, string[]>();
  await inTurns(await viewPairs(), async ({ view, to }) => {
    // Signed out one may read nothing, but is answered which of two cannot be joined (PGRST200), or not without a hint (PGRST201).
    const { error } = await ask('anon', (client) => client.from(view).select(`*,x:${to}(*)`));
    if (error?.code === '42501') byView.set(view, [...byView.get(view) ?? [], to]);
  });
  for (const [view, targets] of byView) {
    for (let at = 0; at < targets.length; at += 6) embedded.push([view, targets.slice(at, at + 6)]);
  }
  return embedded;
}

/** How many rows a tenant may see: all that it has, and none of what is the operators'. */
const truth = async ({ name, owner, rows }: Relation, id: string) =>
  rows === 'own' ? (await project.sql(`select from public.${name} where ${owner} = $1`, [id])).length : 0;

beforeAll(startScene);
afterAll(() => project?.stop());

describe('every table and view', () => {
  it('is declared, and what is declared is there', async () => {
    const found = await project.sql<{ name: string; isTable: boolean }>(
      `select c.relname as name, c.relkind in ('r', 'p') as "isTable" from pg_catalog.pg_class as c
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')`,
    );
    const line = (one: { name: string; isTable: boolean }) => `${one.isTable ? 'table' : 'view'} ${one.name}`;
    expect(found.map(line).sort()).toEqual(relations.map(line).sort());
  });

  it('shows each person what is theirs and nothing else', async () => {
    const line = (texts: string[]) => texts.map((text) => text.padEnd(28)).join('');
    const seen = [line(['', ...people])];
    const due = [line(['', ...people])];
    for (const { name, owner, rows: whose } of relations) {
      const all = await project.sql(`select ${owner} from public.${name}`);
      const cell = (rows: Record<string, unknown>[]) => {
        const owners = rows.map((row) => whose === 'agency' ? 'agency' : ownerOf(row[owner]));
        return `${rows.length} of ${[...new Set(owners)].sort().join('+') || 'nobody'}`;
      };
      const cells = await Promise.all(people.map(async (person) => {
        const { rows, error } = await ask(person, (client) => client.from(name).select('*'));
        return error ? `refused ${error.code}` : cell(rows);
      }));
      seen.push(line([name, ...cells]));
      const own = tenants.map((tenant) =>
        cell(all.filter((row) => whose === 'agency' || row[owner] === parties[tenant].clientId))
      );
      // Without rows of both there would be nothing to hide. The checklist names one client at most.
      if (name !== 'operator_checklist') expect([name, ...own]).not.toContain('0 of nobody');
      const visible = whose === 'own' ? own : ['0 of nobody', '0 of nobody'];
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
          // A row of another for oneself, or one's own for another.
          (client) => client.from(name).update(row).neq(owner, clientId),
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
    await inTurns(relations, async (relation) => {
      const { name: from, owner } = relation;
      const all = (client: SupabaseClient) => client.from(from).select('*');
      const foreign = await ask(name, (client) =>
        all(client).or(
          `${owner}.eq.${other},${owner}.in.(${other}),${owner}.neq.${own},${owner}.is.null,${owner}.not.eq.${own}`,
        ));
      const wide = `${owner}.eq.${other},${owner}.eq.${own},${owner}.is.null`;
      const either = await ask(
        name,
        (client) => client.from(from).select('*', { count: 'exact' }).or(wide).order(owner),
      );
      const mine = await truth(relation, own);
      expect([from, foreign.error, foreign.rows.length, either.rows.length, either.count])
        .toEqual([from, null, 0, mine, mine]);
    });
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
    // A view leads nowhere that its tables do not.
    const chunks = await embeddable();
    expect(chunks.length).toBeGreaterThan(50);
    await inTurns(chunks, async ([view, targets]) => {
      const columns = ['*', ...targets.map((to, index) => `x${index}:${to}(*)`)].join(',');
      const { rows, error } = await ask(name, (client) => client.from(view).select(columns));
      expect([view, targets, error]).toEqual([view, targets, null]);
      expect([view, targets, found(JSON.stringify(rows), wall)]).toEqual([view, targets, []]);
    });
  });

  it('is read whole by the service role, which writes tables and no view', async () => {
    await inTurns(relations, async ({ name, isTable }) => {
      const { count } = await clients.service.from(name).select('*', { count: 'exact', head: true });
      const { number } = await project.one<{ number: number }>(
        `select count(*)::integer as number from public.${name}`,
      );
      expect([name, count]).toEqual([name, number]);
      const none: Record<string, unknown>[] = [];
      const { error } = await clients.service.from(name).insert(none as never);
      expect([name, error?.code]).toEqual([name, isTable ? undefined : 'PT405']);
    });
  });
});

describe('every function', () => {
  it.each(people)('of the Data API is refused to %s, but the operators’ own', async (person) => {
    const open: string[] = [];
    for (const schema of ['public', 'worker'] as const) {
      const called = await parametersOf(schema);
      expect(called.length).toBeGreaterThan(50);
      await inTurns(called, async ({ name, blank }) => {
        const { error } = await ask(person, (client) => client.schema(schema).rpc(name, blank));
        const refusals = schema === 'worker' ? ['42501'] : refusalsOf(name, person);
        if (!refusals.includes(error?.code ?? '')) open.push(`${name}: ${error?.message ?? 'done'}`);
      });
    }
    expect(open).toEqual([]);
  });

  it('and table of schema private is out of reach for everybody', async () => {
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
    await inTurns(privates, ({ name }) => reach('operator', name));
    for (const { name } of privates.filter((_, index) => index % 25 === 0)) {
      await Promise.all(people.map((person) => reach(person, name)));
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

describe('an edge function works for whom it is declared:', edgesAdmitWhomTheyDeclare);

describe('an error', errorsQuoteNoOther);

describe('the profile', profilesOpenNothing);

describe('a preference', preferencesOpenNothing);

describe('Realtime', channelsAreJoinedBy);

describe('an argument', argumentsReachNoOther);

describe('a token', tokensOpenNothing);

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
