// What is open without a sign-in answers an address only so often, and a valid delivery always; rows and seconds of people are limited.
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { delivery } from '../support/deliveries.ts';
import {
  type Client,
  type Project,
  startProject,
  type Tenant,
  type TestConnection,
} from '../support/project.ts';

let project: Project;
let tenant: Tenant;
let connection: TestConnection;
let client: Client;

beforeAll(async () => {
  project = await startProject({
    functions: ['instantly-webhook', 'shared-report', 'outgoing', 'client-report', 'agency'],
    simulator: false,
  });
  tenant = await project.createTenant('Lakeside');
  connection = await project.createConnection(tenant.clientId);
  client = await project.signIn(tenant);
});
afterAll(() => project.stop());

const ofAddress = 'webhook refusals of an address';
const ofConnection = 'webhook refusals of a connection';
const digest = (text: string) => createHash('sha256').update(text).digest('hex');

/** Every test has an address of its own: what is over its limit stays so until the minute ends. */
let number = 0;
let address = '';
beforeEach(async () => {
  address = `198.51.100.${++number}`;
  await project.sql('delete from private.request_counts');
});

/** As if so many had come in this minute; and in the next, should it begin meanwhile. */
const spend = (door: string, source: string, requests: number) =>
  project.sql(
    `insert into private.request_counts (door, source, minute, requests)
     select $1, $2, date_trunc('minute', now()) + n * interval '1 minute', $3 from generate_series(0, 1) as n`,
    [door, source, requests],
  );

/** Straight to the function, as its proxy passes requests on. */
async function call(path: string, init: RequestInit & { from?: string } = {}) {
  const [slug = ''] = path.split(/[/?]/);
  const response = await fetch(`${project.stack.functions.url(slug)}/${path}`, {
    redirect: 'manual',
    ...init,
    headers: { 'content-type': 'application/json', 'x-forwarded-for': init.from ?? address, ...init.headers },
  });
  const text = await response.text();
  return {
    status: response.status,
    wait: response.headers.get('retry-after'),
    code: /"code":"(\w+)"/.exec(text)?.[1],
  };
}

const post = (secret: string, from = address, to = connection.id) =>
  call(`instantly-webhook/${to}`, {
    method: 'POST',
    headers: { 'x-webhook-secret': secret },
    from,
    body: JSON.stringify(delivery('email_sent', { lead_email: `lead${Math.random()}@x.test` })),
  });

const refused = {
  status: 429,
  code: 'RATE_LIMIT_EXCEEDED',
  wait: expect.stringMatching(/^([1-9]|[1-5]\d|60)$/),
};
const wrongSecret = { status: 401, code: 'INVALID_SIGNATURE', wait: null };

describe('deliveries with a wrong secret', () => {
  it('are counted by address, as a digest, and by connection; valid ones are not', async () => {
    for (const secret of ['wrong', 'wrong too', connection.secret]) await post(secret);
    const rows = await project.sql('select door, source, requests from private.request_counts order by door');
    expect(rows).toEqual([
      { door: ofConnection, source: digest(connection.id).slice(0, 3), requests: 2 },
      { door: ofAddress, source: digest(address), requests: 2 },
    ].sort((a, b) => a.door.localeCompare(b.door)));
    expect(JSON.stringify(await project.sql('select * from private.request_counts'))).not.toContain(address);
  });

  it('get 429 from the sixty-first of an address in a minute; a valid one from there is stored all the same', async () => {
    await spend(ofAddress, digest(address), 59);
    expect(await post('wrong')).toEqual(wrongSecret);
    expect(await post('wrong')).toEqual(refused);
    expect(await post('another wrong one')).toEqual(refused);
    expect((await post(connection.secret)).status).toBe(200);
    expect(await post('wrong', '192.0.2.9')).toEqual(wrongSecret);
  });

  it('cannot hide behind an address that the sender writes itself', async () => {
    await spend(ofAddress, digest(address), 60);
    expect(await post('wrong', `203.0.113.1, ${address}`)).toEqual(refused);
    expect(await post('wrong', `${address}, 192.0.2.10`)).toEqual(wrongSecret);
  });

  it('of one IPv6 network count together', async () => {
    await spend(ofAddress, digest('2001:db8:1:2::/64'), 60);
    expect(await post('wrong', '2001:db8:1:2:aaaa::1')).toEqual(refused);
    expect(await post('wrong', '2001:db8:1:3::1')).toEqual(wrongSecret);
  });

  it('from many addresses get 429 from the 601st for one connection', async () => {
    const other = await project.createConnection(tenant.clientId);
    await spend(ofConnection, digest(other.id).slice(0, 3), 600);
    expect(await post('wrong', '192.0.2.11', other.id)).toEqual(refused);
    expect((await post(other.secret, '192.0.2.11', other.id)).status).toBe(200);
  });

  it('are forgotten after an hour', async () => {
    await project.sql(
      `insert into private.request_counts values ('x', 'old', now() - interval '62 minutes', 5), ('x', 'new', now() - interval '50 minutes', 5)`,
    );
    await post('wrong');
    expect(await project.sql(`select source from private.request_counts where door = 'x'`)).toEqual([
      { source: 'new' },
    ]);
  });
});

describe('what is open without a sign-in', () => {
  const token = '11111111-1111-4111-8111-111111111111';
  it.each([
    ['shared-report', 'shared-report', 60, { method: 'POST', body: '{"token":"unknown"}' }, 404],
    ['stop', `outgoing/stop?token=${token}`, 60, { method: 'POST' }, 200],
    ['stop', `client-report/stop?token=${token}`, 60, { method: 'POST' }, 200],
    ['agency', 'agency', 600, {}, 200],
  ])(
    '%s at /%s answers one address %i times a minute, then 429 with Retry-After',
    async (door, path, most, init, usual) => {
      await spend(door, digest(address), most - 1);
      expect((await call(path, init)).status).toBe(usual);
      expect(await call(path, init)).toEqual(refused);
      expect((await call(path, { ...init, from: '192.0.2.12' })).status).toBe(usual);
    },
  );

  it('counts nothing where no proxy names an address', async () => {
    expect((await call('agency', { from: '' })).status).toBe(200);
    expect(await project.sql('select from private.request_counts')).toEqual([]);
  });
});

describe('people', () => {
  it('read a thousand rows at once, of a function too, whatever they ask for', async () => {
    const campaignId = await project.createCampaign(tenant.clientId, connection.id, { name: 'Autumn' });
    await project.sql(
      `insert into public.synced_leads (client_id, campaign_id, email) select $1, $2, 'lead' || n || '@x.test' from generate_series(1, 1100) as n`,
      [tenant.clientId, campaignId],
    );
    await project.sql(
      `insert into public.campaigns (client_id, connection_id, name) select $1, $2, 'Campaign ' || n from generate_series(1, 1100) as n`,
      [tenant.clientId, connection.id],
    );
    const rows = await client.from('synced_leads').select('id', { count: 'exact' }).limit(5000)
      .throwOnError();
    expect([rows.data.length, rows.count]).toEqual([1000, 1100]);
    const days = { from_day: '2026-01-01', to_day: '2026-01-31' };
    const ofFunction = await client.rpc('campaigns_between', days, { count: 'exact' }).limit(5000)
      .throwOnError();
    expect([ofFunction.data.length, ofFunction.count]).toEqual([1000, 1101]);
    const leads = await client.rpc('list_leads', { target_client_id: tenant.clientId, page_size: 5000 });
    expect(leads.data?.length ?? 0).toBeLessThanOrEqual(1000);
  });

  it('have three seconds for a statement, and those signed out too', async () => {
    const limits = await project.sql<{ role: string; timeout: string }>(
      `select r.rolname as role, s as timeout from pg_roles as r, unnest(r.rolconfig) as s
       where r.rolname in ('anon', 'authenticated') and s like 'statement_timeout=%' order by 1`,
    );
    expect(limits).toEqual([
      { role: 'anon', timeout: 'statement_timeout=3s' },
      { role: 'authenticated', timeout: 'statement_timeout=3s' },
    ]);
  });
});
