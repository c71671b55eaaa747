// How the agency presents itself: what everybody may read, what only operators may change.
import { Buffer } from 'node:buffer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runSnippet } from '../support/docs.ts';
import { type Client, type Project, startProject, type Tenant } from '../support/project.ts';

let project: Project;
let operator: Client;
let client: Client;
let tenant: Tenant;
let other: Tenant;

const pixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const base64 = (text: string) => Buffer.from(text).toString('base64');
const drawing = base64(
  '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><path d="M0 0h9v9z"/></svg>',
);

beforeAll(async () => {
  project = await startProject({ functions: ['agency'], simulator: false });
  tenant = await project.createTenant('Lakeside');
  other = await project.createTenant('Harbour');
  operator = await project.signIn(await project.createUser('operator', null));
  client = await project.signIn(tenant);
});
afterAll(() => project.stop());

const show = () => fetch(`${project.stack.functionsUrl}/agency`);
const save = async (who: Client, body: Record<string, unknown>) => {
  const { data, error } = await who.functions.invoke<Record<string, unknown>>('agency', { body });
  if (!error) return { status: 200, body: data };
  const response = error.context as Response;
  return { status: response.status, body: await response.json() as unknown };
};

describe('the agency', () => {
  it('is shown to everybody, also before it has a name', async () => {
    const response = await show();
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([200, '*']);
    expect(await response.json()).toEqual({
      name: null,
      support_address: null,
      accent_colour: null,
      show_product_name: false,
      logo_version: null,
    });
    expect((await fetch(`${project.stack.functionsUrl}/agency/logo`)).status).toBe(404);
  });

  it('is changed by operators, as the example of the reference does', async () => {
    expect(await runSnippet('change_agency', operator, {})).toEqual({
      name: 'Northbeam Outreach',
      support_address: 'help@northbeam.example',
      accent_colour: '#0f766e',
      show_product_name: false,
    });
    expect((await operator.rpc('change_agency', { settings: { accent_colour: '#ABCDEF' } })).data)
      .toMatchObject({
        name: 'Northbeam Outreach',
        accent_colour: '#abcdef',
      });
    expect(await (await show()).json()).toMatchObject({
      name: 'Northbeam Outreach',
      accent_colour: '#abcdef',
    });
  });

  it.each([
    [{ name: '' }],
    [{ name: null }],
    [{ name: 'A\nB' }],
    [{ support_address: 'nobody' }],
    [{ accent_colour: 'teal' }],
    [{ accent_colour: '#12345' }],
    [{ show_product_name: 'yes' }],
    [{ logo: 'x' }],
    [[]],
  ])('refuses %j', async (settings) => {
    expect((await operator.rpc('change_agency', { settings: settings as never })).error?.code).toBe('PT400');
  });

  it('is not changed by a client or a stranger, and its table is out of reach', async () => {
    const stranger = project.browser();
    expect((await client.rpc('change_agency', { settings: {} })).error?.code).toBe('PT403');
    expect((await stranger.rpc('change_agency', { settings: {} })).error?.code).toBe('42501');
    expect((await client.rpc('hide_checklist', { hidden: true })).error?.code).toBe('PT403');
    expect((await save(client, { image: pixel })).status).toBe(403);
    expect((await save(stranger, { image: pixel })).status).toBe(401);
    for (const who of [client, operator]) {
      expect((await who.from('agency' as never).select('*')).error?.code).toBe('42P01');
    }
  });

  it('has a logo, which everybody may load, by an address that changes with it', async () => {
    const first = await save(operator, { image: pixel });
    expect(first).toMatchObject({ status: 200, body: { type: 'image/png', client_id: null } });
    const { logo_version: version } = await (await show()).json() as { logo_version: string };
    const logo = await fetch(`${project.stack.functionsUrl}/agency/logo?version=${version}`);
    expect(logo.headers.get('content-type')).toBe('image/png');
    expect(logo.headers.get('cache-control')).toContain('immutable');
    expect(logo.headers.get('content-security-policy')).toContain('sandbox');
    expect(Buffer.from(await logo.arrayBuffer()).toString('base64')).toBe(pixel);

    expect(await save(operator, { image: drawing })).toMatchObject({ body: { type: 'image/svg+xml' } });
    expect((await (await show()).json() as { logo_version: string }).logo_version).not.toBe(version);
    expect(await (await fetch(`${project.stack.functionsUrl}/agency/logo`)).text()).not.toContain('script');
    expect((await save(operator, { image: base64('GIF89a') })).status).toBe(400);
    expect((await save(operator, { image: 'no base64' })).status).toBe(400);
    expect((await save(operator, { image: 'A'.repeat(400_000) })).status).toBe(413);
    await save(operator, { image: null });
    expect((await fetch(`${project.stack.functionsUrl}/agency/logo`)).status).toBe(404);
  });

  it('gives a client a logo that this client and the operators see', async () => {
    expect((await save(operator, { client_id: tenant.clientId, image: drawing })).status).toBe(200);
    expect((await save(operator, { client_id: other.clientId, image: pixel })).status).toBe(200);
    const seen = async (who: Client) => (await who.from('client_logos').select('client_id, image')).data;
    expect(await seen(client)).toEqual([{
      client_id: tenant.clientId,
      image: expect.stringMatching(/^data:image\/svg\+xml;base64,/) as string,
    }]);
    expect(await seen(operator)).toHaveLength(2);
    expect((await project.browser().from('client_logos').select('*')).error?.code).toBe('42501');
    expect((await save(operator, { client_id: crypto.randomUUID(), image: pixel })).status).toBe(404);
    await save(operator, { client_id: other.clientId, image: null });
    expect(await seen(operator)).toHaveLength(1);
  });

  it('writes each change into the audit log', async () => {
    const { data } = await operator.from('audit_log').select('action').order('id');
    expect(new Set(data?.map((row) => row.action))).toEqual(
      new Set(['agency_changed', 'logo_saved', 'logo_removed']),
    );
  });
});

describe('the checklist', () => {
  const steps = async (who: Client) =>
    (await who.from('operator_checklist').select('step, done, hidden').order('place')).data ?? [];
  const done = async () => (await steps(operator)).filter((row) => row.done).map((row) => row.step);

  it('ticks what is in the database, for operators only', async () => {
    expect(
      (await runSnippet('operator_checklist', operator, {}) as { step: string }[]).map((row) => row.step),
    )
      .toEqual(['agency', 'connection', 'client', 'campaign', 'leads', 'export', 'webhook']);
    expect(await steps(client)).toEqual([]);
    expect(await done()).toEqual(['agency', 'client']);
    const connection = await project.createConnection(tenant.clientId);
    expect(await done()).toContain('connection');
    const campaign = await project.createCampaign(tenant.clientId, connection.id);
    expect(await done()).toEqual(['agency', 'connection', 'client', 'campaign']);
    await project.addBusinesses(tenant.clientId, campaign, [{ email: 'a@b.test' }]);
    expect(await done()).toEqual(['agency', 'connection', 'client', 'campaign', 'leads']);
    await project.sql(
      `insert into private.connection_activity (connection_id, last_event_at) values ($1, now())`,
      [connection.id],
    );
    expect(await done()).toContain('webhook');
  });

  it('can be hidden and shown again', async () => {
    expect((await operator.rpc('hide_checklist', { hidden: true })).data).toBe(true);
    expect((await steps(operator)).every((row) => row.hidden)).toBe(true);
    expect((await operator.rpc('hide_checklist', { hidden: false })).data).toBe(false);
    expect((await steps(operator)).some((row) => row.hidden)).toBe(false);
  });
});

it('mails load the logo from the function, but for an SVG, which mail programs do not show', async () => {
  const urlOf = async () =>
    (await project.one<{ identity: Record<string, string> }>(
      'select worker.read_mail_identity() as identity',
    ))
      .identity['agency_logo'];
  await save(operator, { image: pixel });
  const url = await urlOf();
  expect(url).toMatch(/\/agency\/logo\?version=[0-9a-f]{16}$/);
  const picture = await fetch(url ?? '');
  expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png']);
  await save(operator, { image: drawing });
  expect(await urlOf()).toBeUndefined();
  await save(operator, { image: null });
  expect(await urlOf()).toBeUndefined();
});
