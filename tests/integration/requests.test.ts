// What every request of the Data API passes: no regular expressions, no estimated counts, no writing to views, an end of each
// statement, and places for people that leave the functions their own.
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { usualTurns } from '../../local/platform/gateway/people-turns.ts';
import { usualPool } from '../../local/platform/postgrest/postgrest.ts';
import { delivery } from '../support/deliveries.ts';
import {
  type Client,
  type Project,
  startProject,
  type Tenant,
  type TestConnection,
} from '../support/project.ts';

let project: Project;
let lakeside: Tenant;
let connection: TestConnection;
let client: Client;
let other: Client;
let operator: Client;
const tokens = new Map<Client, string>();

beforeAll(async () => {
  project = await startProject({ functions: ['instantly-webhook'], simulator: false });
  lakeside = await project.createTenant('Lakeside');
  const harbour = await project.createTenant('Harbour');
  connection = await project.createConnection(lakeside.clientId);
  const campaign = await project.createCampaign(lakeside.clientId, connection.id, { name: 'Autumn' });
  await project.createCampaign(harbour.clientId, null, { name: 'Foreign' });
  // Long enough to read that 400 patterns over it take longer than anybody may wait.
  await project.sql(
    `with lead as (
       insert into public.synced_leads (client_id, campaign_id, email)
       select $1, $2, 'lead' || n || '@lead.test' from generate_series(1, 400) as n
       returning id, email
     )
     insert into public.messages (client_id, campaign_id, lead_id, connection_id, provider, direction, occurred_at, email, body_text, source)
     select $1, $2, l.id, $3, 'instantly', 'received', now(), l.email, repeat('Could you send me the deck again? ', 400), 'webhook'
     from lead as l`,
    [lakeside.clientId, campaign, connection.id],
  );
  client = await project.signIn(lakeside);
  other = await project.signIn(harbour);
  operator = await project.signIn(await project.createUser('operator', null));
  for (const person of [client, other, operator]) {
    tokens.set(person, (await person.auth.getSession()).data.session?.access_token ?? '');
  }
});
afterAll(() => project.stop());

/** A bare request: supabase-js would retry. */
async function ask(person: Client | 'service', path: string, init: RequestInit = {}) {
  const response = await fetch(`${project.stack.apiUrl}/rest/v1/${path}`, {
    ...init,
    headers: {
      'content-type': 'application/json',
      ...(person === 'service'
        ? { apikey: project.stack.secretKeys.default }
        : { apikey: project.stack.publishableKey, authorization: `Bearer ${tokens.get(person)}` }),
      ...init.headers,
    },
  });
  const text = await response.text();
  const body = (text === '' ? null : JSON.parse(text)) as
    | { code?: string; message?: string }
    | unknown[]
    | null;
  return { status: response.status, headers: response.headers, body };
}

const patterns = Array.from({ length: 150 }, (_, n) => `body_text.ilike.*z${n}a*e*i*`).join(',');
const slowRead = `messages?select=id&or=(${patterns})`;

describe('filters', () => {
  const refused = [
    'messages?body_text=match.(a*)*b',
    'messages?body_text=imatch.deck',
    'messages?body_text=not.match.deck',
    'messages?body_text=match(any).{deck,call}',
    'messages?or=(body_text.match.deck,subject.eq.x)',
    'messages?and=(body_text.ilike.*deck*,or(subject.not.imatch.x,id.is.null))',
    'messages?not.or=(body_text.match.deck,subject.eq.x)',
    'campaigns?select=id,messages(id)&messages.body_text=match.deck',
    'campaigns?select=id,messages!inner(id)&messages.or=(body_text.imatch.deck)',
    'rpc/search_messages?query=deck&subject=match.deck',
    'client_overview?client_name=match.L',
    'synced_leads?payload->>title=match.x',
  ];

  it.each(refused)('refuse a regular expression to client and operator: %s', async (path) => {
    for (const person of [client, operator]) {
      const { status, body } = await ask(person, path);
      expect([status, body]).toMatchObject([400, { code: 'PT400', message: 'VALIDATION_FAILED' }]);
    }
  });

  it('take patterns, and words that only look like an operator', async () => {
    for (const person of [client, operator]) {
      const { status, body } = await ask(
        person,
        'messages?select=id&body_text=ilike.*deck*&subject=is.null&limit=3',
      );
      expect([status, (body as unknown[]).length]).toEqual([200, 3]);
      expect((await ask(person, 'campaigns?select=id&name=eq.~match.x')).status).toBe(200);
    }
  });

  it('are the service role’s own business', async () => {
    expect((await ask('service', 'campaigns?select=name&name=match.^Aut')).body).toEqual([{
      name: 'Autumn',
    }]);
  });
});

describe('counts', () => {
  const count = (person: Client | 'service', kind: string) =>
    ask(person, 'campaigns?select=id&limit=0', { headers: { prefer: `count=${kind}` } });

  it.each(['planned', 'estimated'])(
    'that are %s are refused: they tell of other clients’ rows',
    async (kind) => {
      for (const person of [client, operator]) {
        expect((await count(person, kind)).status).toBe(400);
        const among = { headers: { prefer: `handling=lenient, count=${kind} , max-affected=5` } };
        expect((await ask(person, 'rpc/search_messages?query=deck', among)).status).toBe(400);
      }
      expect((await count('service', kind)).status).toBeLessThan(300);
    },
  );

  it('that are exact are given, each person its own', async () => {
    const totals = [];
    for (const person of [client, other, operator]) {
      totals.push((await count(person, 'exact')).headers.get('content-range'));
    }
    expect(totals).toEqual(['*/1', '*/1', '*/2']);
  });

  it('and plans are not shown to anybody', async () => {
    const plan = { headers: { accept: 'application/vnd.pgrst.plan+json' } };
    for (const person of [client, 'service'] as const) {
      expect((await ask(person, 'campaigns', plan)).status).toBe(415);
    }
  });
});

describe('writing', () => {
  it('to a view is answered with 405 for everybody', async () => {
    const views = await project.sql<{ name: string; column: string }>(
      `select c.relname as name, a.attname as column
       from pg_catalog.pg_class as c
       join pg_catalog.pg_attribute as a on a.attrelid = c.oid and a.attnum = 1
       where c.relnamespace = 'public'::regnamespace and c.relkind = 'v'`,
    );
    expect(views.length).toBeGreaterThan(10);
    for (const { name, column } of views) {
      for (const method of ['POST', 'PATCH', 'DELETE']) {
        const init = { method, ...(method === 'DELETE' ? {} : { body: JSON.stringify({ [column]: null }) }) };
        for (const person of [client, 'service'] as const) {
          const { status, headers, body } = await ask(person, name, init);
          expect([name, method, status, headers.get('allow')]).toEqual([
            name,
            method,
            405,
            'GET, HEAD, OPTIONS',
          ]);
          expect(body).toMatchObject({ code: 'PT405', message: 'METHOD_NOT_ALLOWED' });
        }
      }
    }
  });

  it('to a table is forbidden to people and open to the service role', async () => {
    const init = { method: 'POST', body: '{"name":"Mine"}' };
    for (const person of [client, operator]) expect((await ask(person, 'clients', init)).status).toBe(403);
    expect((await ask('service', 'clients', init)).status).toBe(201);
  });
});

describe('one client’s slow reads', () => {
  it('end after three seconds', async () => {
    const started = performance.now();
    const { status, body } = await ask(client, slowRead);
    expect([status, body]).toMatchObject([500, { code: '57014' }]);
    expect(performance.now() - started).toBeGreaterThan(2_500);
  });

  it('take nothing from webhooks and from other clients', async () => {
    const slow = Promise.all(Array.from({ length: 30 }, () => ask(client, slowRead)));
    let isOver = false;
    const ended = slow.finally(() => isOver = true);
    const deliveries: number[] = [];
    const reads: number[] = [];
    for (let n = 0; !isOver; n++) {
      const [delivered, read] = await Promise.all([
        project.deliver(connection, delivery('email_opened', { lead_email: `slow${n}@lead.test` })),
        ask(other, 'client_overview?select=client_name'),
      ]);
      deliveries.push(delivered.status);
      reads.push(read.status);
    }
    expect(deliveries.length).toBeGreaterThan(1);
    expect(new Set(deliveries)).toEqual(new Set([200]));
    expect(new Set(reads)).toEqual(new Set([200]));
    // Cut off after three seconds, or no turn in ten.
    const answers = (await ended).map(({ status, body }) =>
      [status, (body as { code: string }).code].join(' ')
    );
    expect([...new Set(answers)].filter((answer) => !['500 57014', '429 PT429'].includes(answer))).toEqual(
      [],
    );
    expect((await ask(client, 'clients?select=name')).body).toEqual([{ name: 'Lakeside' }]);
  }, 90_000);
});

describe('places at the database', () => {
  const opened: pg.Client[] = [];
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((one) => one.end()));
  });

  /** A running request; resolves with its refusal. */
  async function begin(claims: Record<string, unknown>): Promise<{ message: string; detail: string } | null> {
    const one = new pg.Client({ connectionString: project.stack.adminDbUrl });
    await one.connect();
    opened.push(one);
    await one.query('begin');
    await one.query(
      `select set_config('request.jwt.claims', $1, true), set_config('request.method', 'GET', true),
         set_config('request.path', '/clients', true), set_config('request.headers', '{}', true)`,
      [JSON.stringify(claims)],
    );
    await one.query('set local role authenticated');
    return await one.query('select private.check_request()').then(
      () => null,
      (error: unknown) => error as never,
    );
  }
  const member = async (person: Tenant) => {
    const { user_id } = await project.one<{ user_id: string }>(
      'select user_id from public.members where client_id = $1',
      [person.clientId],
    );
    return { sub: user_id, role: 'authenticated', user_role: 'client', client_id: person.clientId };
  };

  it('are six for one client and twelve for all people, and the thirteenth gets a 429', async () => {
    const parties = [await member(lakeside)];
    for (const name of ['Second', 'Third']) parties.push(await member(await project.createTenant(name)));
    const refusals: (string | null)[][] = [];
    for (const party of parties) {
      const answers = [];
      for (let n = 0; n < 7; n++) answers.push((await begin(party))?.detail ?? null);
      refusals.push(answers);
    }
    const taken = refusals.map((answers) => answers.filter((answer) => answer === null).length);
    expect(taken).toEqual([6, 6, 0]);
    for (const answer of refusals.flat().filter((one) => one !== null)) {
      expect(JSON.parse(answer)).toEqual({ status: 429, headers: { 'Retry-After': '1' } });
    }
    // Places go back with the transaction.
    await Promise.all(opened.splice(0).map((one) => one.end()));
    await project.eventually(
      async () => await begin(await member(lakeside)) === null,
      'a place is free again',
    );
  });

  it('are fewer than the connections of the Data API', async () => {
    const { everybody } = await project.one<{ everybody: number }>(
      'select everybody from private.request_places()',
    );
    expect(everybody).toBeLessThanOrEqual(usualPool - 4);
    expect(usualTurns).toMatchObject(
      await project.one('select everybody, one_party as "oneParty" from private.request_places()'),
    );
  });
});
