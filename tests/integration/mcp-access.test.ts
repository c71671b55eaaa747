// Who an assistant may speak for: what no one reaches of another client, who is let in, and the transport.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { McpClient } from '../support/assistant.ts';
import { connectAssistant, type McpScene, mcpUrl, october, startMcpScene, tokenOf } from '../support/mcp.ts';
import type { Client, Project, Tenant } from '../support/project.ts';

let scene: McpScene;
let project: Project;
let north: Tenant;
let south: Tenant;
let client: Client;
let first: McpScene['first'];
let foreignCampaign: string;
let asOperator: McpClient;
let asStranger: McpClient;

beforeAll(async () => {
  scene = await startMcpScene();
  ({ project, north, south, client, first, foreignCampaign, asOperator, asStranger } = scene);
});
afterAll(() => scene?.stop());

describe('another client', () => {
  it('is reached by no id, name or address, and no different from one that does not exist', async () => {
    const { lead, message } = await project.one<{ lead: string; message: string }>(
      `select l.id as lead, m.id as message from public.synced_leads as l join public.messages as m on m.lead_id = l.id
       where l.client_id = $1 and m.direction = 'received' limit 1`,
      [north.clientId],
    );
    expect(await asStranger.rows('overview', 'clients', { client_id: north.clientId, period: 'all_time' }))
      .toEqual([]);
    expect(await asStranger.rows('overview', 'clients', { client_id: north.clientId, ...october })).toEqual(
      [],
    );
    expect((await asStranger.rows('overview', 'clients', october)).map((row) => row['client_id'])).toEqual([
      south.clientId,
    ]);
    for (const days of [october, { period: 'all_time' }]) {
      expect(await asStranger.rows('campaigns', 'campaigns', { client_id: north.clientId, ...days })).toEqual(
        [],
      );
      expect(await asStranger.rows('campaigns', 'campaigns', { search: 'First', ...days })).toEqual([]);
    }
    for (const guess of [first.id, 'First', randomUUID()]) {
      const { isError, text } = await asStranger.ask('compare', { campaigns: [guess, foreignCampaign] });
      expect([isError, text]).toEqual([
        true,
        `NOT_FOUND: There is no campaign "${guess}"; ask "campaigns" for the names`,
      ]);
      expect((await asStranger.ask('search_replies', { campaign: guess })).text).toMatch(/^NOT_FOUND/);
      expect((await asStranger.ask('costs', { campaign: guess })).text).toMatch(/^NOT_FOUND/);
    }
    expect(await asStranger.rows('search_replies', 'replies', { message_id: message })).toEqual([]);
    expect(await asStranger.rows('search_replies', 'replies', { query: 'pear' })).toEqual([]);
    expect(
      await asStranger.rows('search_replies', 'replies', {
        client_id: north.clientId,
        include_automatic: true,
      }),
    ).toEqual([]);
    expect(await asStranger.rows('lead_timeline', 'entries', { lead_id: lead })).toEqual([]);
    expect(await asStranger.rows('lead_timeline', 'entries', { email: 'lead1@report.test' })).toEqual([]);
    expect(await asStranger.rows('costs', 'clients', { client_id: north.clientId })).toEqual([]);
  });
});

/** A message as a client would post it. */
const post = (token: string | null, body: unknown, headers: Record<string, string> = {}) =>
  fetch(mcpUrl(project), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const listTools = { jsonrpc: '2.0', id: 1, method: 'tools/list' };

describe('who is let in', () => {
  it('nobody without a token of a person, who learns where tokens come from', async () => {
    const { sub } = await project.stack.tokens.verify(await tokenOf(client));
    const second = Math.floor(Date.now() / 1_000);
    const claims = {
      sub: String(sub),
      role: 'authenticated',
      aud: 'authenticated',
      user_role: 'client',
      client_id: north.clientId,
    };
    const expired = await project.stack.tokens.sign({ ...claims, iat: second - 7_200, exp: second - 3_600 });
    for (
      const token of [
        null,
        'nonsense',
        expired,
        project.stack.publishableKey,
        project.stack.secretKeys.default,
      ]
    ) {
      const response = await post(token, listTools);
      expect([token, response.status]).toEqual([token, 401]);
      expect(response.headers.get('www-authenticate')).toBe(
        `Bearer resource_metadata="${mcpUrl(project)}/oauth-protected-resource"`,
      );
      expect(response.headers.get('access-control-allow-origin')).toBe('*');
      await response.body?.cancel();
    }
    expect((await post(null, listTools, { apikey: project.stack.secretKeys.default })).status).toBe(401);
    const described = await fetch(`${mcpUrl(project)}/oauth-protected-resource`);
    expect(await described.json()).toEqual({
      resource: mcpUrl(project),
      authorization_servers: [`${project.stack.apiUrl}/auth/v1`],
      bearer_methods_supported: ['header'],
    });
  });

  it('nobody without a membership, or whose membership has ended', async () => {
    const outsider = await project.signIn(await project.createUser(null, null));
    const refused = await post(await tokenOf(outsider), listTools);
    expect([refused.status, await refused.json()]).toMatchObject([403, { error: { code: 'FORBIDDEN' } }]);

    const person = await project.createUser('client', north.clientId);
    const token = await tokenOf(await project.signIn(person));
    const before = await connectAssistant(project, token);
    expect(await before.rows('overview', 'clients')).toHaveLength(1);
    await project.sql(
      'delete from public.members where user_id = (select id from auth.users where email = $1)',
      [person.email],
    );
    await expect(before.ask('overview')).rejects.toThrow('FORBIDDEN');
    expect((await post(token, listTools)).status).toBe(403);
    await before.close();
  });
});

describe('the transport', () => {
  it('answers POST with one JSON document and keeps no session', async () => {
    const token = await tokenOf(client);
    const response = await post(token, listTools);
    expect(response.headers.get('content-type')).toContain('application/json');
    expect(response.headers.get('mcp-session-id')).toBeNull();
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toMatchObject({
      jsonrpc: '2.0',
      id: 1,
      result: { tools: expect.any(Array) },
    });
    const notified = await post(token, { jsonrpc: '2.0', method: 'notifications/initialized' });
    expect([notified.status, await notified.text()]).toEqual([202, '']);
  });

  it('refuses GET and DELETE, what is no JSON, too large or too much at once', async () => {
    const token = await tokenOf(client);
    for (const method of ['GET', 'DELETE']) {
      const response = await fetch(mcpUrl(project), {
        method,
        headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream' },
      });
      expect([method, response.status, response.headers.get('allow')]).toEqual([
        method,
        405,
        'POST, OPTIONS',
      ]);
      await response.body?.cancel();
    }
    expect((await post(token, '{')).status).toBe(400);
    expect(
      (await post(token, JSON.stringify({ ...listTools, params: { cursor: 'x'.repeat(70_000) } }))).status,
    ).toBe(413);
    expect((await post(token, Array.from({ length: 11 }, (_, id) => ({ ...listTools, id })))).status).toBe(
      413,
    );
    expect((await post(token, listTools, { 'mcp-protocol-version': '1999-01-01' })).status).toBe(400);
    const preflight = await fetch(mcpUrl(project), {
      method: 'OPTIONS',
      headers: {
        origin: 'https://inspector.test',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization, mcp-protocol-version',
      },
    });
    expect(preflight.ok).toBe(true);
    expect(preflight.headers.get('access-control-allow-headers')).toContain('mcp-protocol-version');
  });

  it('writes nothing: no row of the audit log, and no function that writes is called', async () => {
    const count = () => project.one<{ n: number }>(`select count(*)::int as n from public.audit_log`);
    const before = await count();
    for (const tool of ['overview', 'campaigns', 'search_replies', 'costs', 'health']) {
      await asOperator.ask(tool);
    }
    expect(await count()).toEqual(before);
  });
});
