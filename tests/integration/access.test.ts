// A token is as old as its sign-in. A user who was removed or moved since then reads and does nothing more with it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Client,
  type Project,
  readRelation,
  startProject,
  type Tenant,
  type TestConnection,
} from '../support/project.ts';

let project: Project;
let dedicated: TestConnection;
let campaignId: string;
let messageId: string;
let clientId: string;

interface Person {
  client: Client;
  userId: string;
  token: string;
}

beforeAll(async () => {
  project = await startProject({ functions: ['export-campaign', 'provider-connection', 'sync-client'] });
  ({ clientId } = await project.createTenant('Lakeside'));
  dedicated = await project.createConnection(clientId);
  campaignId = await project.createCampaign(clientId, dedicated.id, { name: 'Autumn' });
  await project.addBusinesses(clientId, campaignId, [{ email: 'ann@fjordpak.test' }]);
  messageId = (await project.one<{ id: string }>(
    `with lead as (
       insert into public.synced_leads (client_id, campaign_id, email) values ($1, $2, 'ann@fjordpak.test') returning id, email
     )
     insert into public.messages (client_id, campaign_id, lead_id, connection_id, provider, direction, occurred_at, email, body_text, source)
     select $1, $2, l.id, $3, 'instantly', 'received', now(), l.email, 'Please send the deck', 'webhook' from lead as l
     returning id`,
    [clientId, campaignId, dedicated.id],
  )).id;
});
afterAll(() => project.stop());

async function person(role: 'operator' | 'client', of: string | null = clientId): Promise<Person> {
  const client = await project.signIn(await project.createUser(role, role === 'client' ? of : null));
  const session = (await client.auth.getSession()).data.session;
  return { client, userId: session?.user.id ?? '', token: session?.access_token ?? '' };
}

async function invoke({ token }: Person, name: string, body: unknown) {
  const response = await fetch(`${project.stack.functionsUrl}/${name}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      apikey: project.stack.publishableKey,
      authorization: `Bearer ${token}`,
    },
    body: JSON.stringify(body),
  });
  return {
    status: response.status,
    body: await response.json() as { error?: { code: string; message: string } },
  };
}

const judge = ({ client }: Person) =>
  client.rpc('qualify_reply', { target_message_id: messageId, new_verdict: 'neutral' });
const remove = ({ userId }: Person) => project.sql('delete from public.members where user_id = $1', [userId]);
/** What must not have moved: jobs, connections, verdicts, the audit log. */
const state = () =>
  project.one(
    `select (select count(*)::int from private.jobs) as jobs, (select jsonb_agg(c.status order by c.id) from public.provider_connections as c) as connections,
       (select jsonb_agg(m.verdict_at order by m.id) from public.messages as m) as verdicts, (select count(*)::int from public.audit_log) as audited`,
  );

describe('a person of a client', () => {
  it('acts as long as it is one', async () => {
    const member = await person('client');
    expect((await invoke(member, 'export-campaign', { campaign_id: campaignId, dry_run: true })).status).not
      .toBe(403);
    for (const action of ['pause', 'resume']) {
      const answer = await invoke(member, 'provider-connection', { action, connection_id: dedicated.id });
      expect([action, answer.status]).toEqual([action, 200]);
    }
    expect((await judge(member)).error).toBeNull();
    expect((await member.client.from('campaigns').select('id')).data?.length).toBeGreaterThan(0);
  });

  it('does and reads nothing more with the token that it had', async () => {
    const former = await person('client');
    await remove(former);
    const before = await state();
    const acts: [string, unknown][] = [
      ['export-campaign', { campaign_id: campaignId }],
      ['export-campaign', { campaign_id: campaignId, dry_run: true }],
      ...['test', 'pause', 'resume', 'register_webhook', 'rotate_webhook_secret', 'remove'].map(
        (action): [string, unknown] => ['provider-connection', { action, connection_id: dedicated.id }],
      ),
      ['provider-connection', { action: 'save', api_key: 'another-key-1234' }],
      ['sync-client', { connection_id: dedicated.id }],
    ];
    for (const [name, body] of acts) {
      const answer = await invoke(former, name, body);
      expect([name, body, answer.status, answer.body.error?.code]).toEqual([name, body, 403, 'FORBIDDEN']);
      expect(answer.body.error?.message).toContain('sign in again');
    }
    const { error } = await judge(former);
    expect([error?.code, error?.message]).toEqual(['PT403', 'FORBIDDEN']);
    for (const table of ['campaigns', 'messages', 'client_overview', 'clients'] as const) {
      expect((await readRelation(former.client, table)).error?.message).toBe('FORBIDDEN');
    }
    expect(await state()).toEqual(before);
  });

  it('that was moved to another client reaches neither until it signs in again', async () => {
    const moved = await person('client');
    const other: Tenant = await project.createTenant('Elsewhere');
    await project.sql('update public.members set client_id = $2 where user_id = $1', [
      moved.userId,
      other.clientId,
    ]);
    expect((await invoke(moved, 'export-campaign', { campaign_id: campaignId })).status).toBe(403);
    expect((await moved.client.from('clients').select('name')).error?.message).toBe('FORBIDDEN');
    await moved.client.auth.refreshSession();
    expect((await moved.client.from('clients').select('name')).data).toEqual([{ name: 'Elsewhere' }]);
  });
});

describe('an operator', () => {
  it('operates as long as it is one, and then does not', async () => {
    const operator = await person('operator');
    const operate = () =>
      operator.client.rpc('set_client_integration', { target_client_id: clientId, enabled: true });
    expect((await operate()).error).toBeNull();
    expect((await operator.client.from('audit_log').select('action')).error).toBeNull();
    await remove(operator);
    const before = await state();
    expect((await operate()).error?.message).toBe('FORBIDDEN');
    expect((await operator.client.from('audit_log').select('action')).error?.message).toBe('FORBIDDEN');
    for (const body of [{ action: 'reencrypt' }, { action: 'pause', connection_id: dedicated.id }]) {
      expect((await invoke(operator, 'provider-connection', body)).status).toBe(403);
    }
    expect((await invoke(operator, 'sync-client', { client_id: clientId })).status).toBe(403);
    expect((await judge(operator)).error?.message).toBe('FORBIDDEN');
    expect(await state()).toEqual(before);
  });
});

describe('a key that cannot be one', () => {
  it.each([
    'two-halves\nof-a-key',
    'carriage\rreturn-key',
    'ключ-от-сервиса',
    'key with spaces',
    'zero​width-key',
    'nul\u0000nul-key',
  ])('is refused before anybody is called: %j', async (apiKey) => {
    const operator = await person('operator');
    const { status, body } = await invoke(operator, 'provider-connection', {
      action: 'save',
      client_id: clientId,
      api_key: apiKey,
    });
    expect([status, body.error?.code]).toEqual([400, 'VALIDATION_FAILED']);
    expect(JSON.stringify(body)).not.toContain(apiKey);
  });

  it.each(['name', 'secret'])('and so is a %s with control characters', async (field) => {
    const operator = await person('operator');
    const { status } = await invoke(operator, 'provider-connection', {
      ...(field === 'name'
        ? { action: 'save', client_id: clientId, api_key: 'fine-key-123' }
        : { action: 'save_provider_secret', connection_id: dedicated.id, use: 'body' }),
      [field]: 'sixteen characters\u0000 and a NUL',
    });
    expect(status).toBe(400);
  });
});
