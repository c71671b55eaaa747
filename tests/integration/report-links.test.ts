// Share links over real HTTP: what a token opens, what it does not, and how it ends.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runSnippet } from '../support/docs.ts';
import { type Client, type Project, startProject, type Tenant } from '../support/project.ts';
import { sampleReport } from '../support/sample-report.ts';

let project: Project;
let tenant: Tenant;
let operator: Client;
let client: Client;
let reportId: string;

beforeAll(async () => {
  project = await startProject({
    functions: ['shared-report'],
    simulator: false,
    scheduler: { cron: false },
  });
  tenant = await project.createTenant('Bakery Vermeer');
  operator = await project.signIn(await project.createUser('operator', null));
  client = await project.signIn(tenant);
  const { id } = await project.one<{ id: string }>(
    `insert into public.client_reports (client_id, kind, from_day, to_day, snapshot, sent_at)
     values ($1, 'weekly', '2026-11-23', '2026-11-29', $2, now()) returning id`,
    [tenant.clientId, JSON.stringify({ ...sampleReport, secret: 'not named in the shape' })],
  );
  reportId = id;
});
afterAll(() => project.stop());
beforeEach(() => project.sql('delete from private.report_links'));

/** Each test comes from an address of its own: the function counts the requests of one. */
let from = 0;
beforeEach(() => void from++);

async function open(token: string, password?: string, init: RequestInit = {}) {
  const response = await fetch(`${project.stack.functions.url('shared-report')}/shared-report`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': `203.0.113.${from}` },
    body: JSON.stringify({ token, ...(password === undefined ? {} : { password }) }),
    ...init,
  });
  const text = await response.text();
  type Body = { error?: { code: string; message: string }; report?: Record<string, unknown> };
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: (text === '' ? {} : JSON.parse(text)) as Body,
  };
}

const share = async (settings: { label?: string; expires_in_days?: number; password?: string } = {}) => {
  const { data } = await operator.rpc('create_report_link', { target_report_id: reportId, ...settings })
    .throwOnError();
  return data as { link_id: string; token: string; expires_at: string };
};
const listed = async () => (await operator.from('operator_report_links').select('*').throwOnError()).data!;

describe('a share link', () => {
  it('opens the frozen report without a sign-in, counts it, and is neither kept nor indexed', async () => {
    const { token, expires_at } = await share();
    const opened = await open(token);
    expect(opened.status, opened.text).toBe(200);
    expect(Object.keys(opened.body).sort()).toEqual(['expires_at', 'report']);
    expect(new Date((opened.body as { expires_at?: string }).expires_at!)).toEqual(new Date(expires_at));
    expect(opened.body.report).toMatchObject({
      client: { name: sampleReport.client.name },
      agency: { name: 'Northwind Outreach', colour: '#0f766e' },
      numbers: sampleReport.numbers,
      days: sampleReport.days,
    });
    for (
      const [name, value] of Object.entries({
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-robots-tag': 'noindex, nofollow',
        'access-control-allow-origin': '*',
      })
    ) expect([name, opened.headers.get(name)]).toEqual([name, value]);
    expect(await listed()).toMatchObject([{
      opens: 1,
      state: 'working',
      last_opened_at: expect.any(String),
    }]);
    await open(token);
    expect(await listed()).toMatchObject([{ opens: 2 }]);
  });

  it('shows no id, and nothing that its shape does not name', async () => {
    const { text, body } = await open((await share()).token);
    expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
    expect(text).not.toContain('not named in the shape');
    const { client, sentences, replies, ...rest } = body.report as typeof sampleReport;
    expect(Object.keys(client).sort()).toEqual(['name', 'time_zone']);
    for (const sentence of Object.values(sentences)) {
      expect(Object.keys(sentence).sort()).toEqual(['code', 'text', 'tone']);
    }
    expect(replies?.map((reply) => Object.keys(reply)).flat()).not.toContain('lead_id');
    const { client: _1, sentences: _2, replies: _3, ...expected } = sampleReport;
    expect(rest).toEqual(expected);
  });

  it('is no key to anything else', async () => {
    const { token, link_id } = await share();
    for (const path of ['clients', 'client_reports', 'operator_report_links', 'rpc/report_settings']) {
      for (const headers of [{ authorization: `Bearer ${token}` }, { apikey: token }]) {
        const response = await fetch(`${project.stack.apiUrl}/rest/v1/${path}?select=*`, {
          headers: { apikey: project.stack.publishableKey, ...headers },
        });
        expect([path, response.status]).toEqual([path, 401]);
        await response.body?.cancel();
      }
    }
    expect((await open(link_id)).status).toBe(404);
    expect((await open(reportId)).status).toBe(404);
    const digest = await project.one<{ hex: string }>(
      `select encode(token_digest, 'hex') as hex from private.report_links`,
    );
    expect((await open(digest.hex)).status).toBe(404);
  });

  it('gives one answer when it never was, has expired, was revoked, or its client is being deleted', async () => {
    const expired = await share();
    const revoked = await share();
    const removed = await share();
    await project.sql(
      `update private.report_links set expires_at = now() - interval '1 second' where id = $1`,
      [
        expired.link_id,
      ],
    );
    expect((await operator.rpc('revoke_report_link', { target_link_id: revoked.link_id })).data).toBe(true);
    expect((await operator.rpc('revoke_report_link', { target_link_id: revoked.link_id })).data).toBe(false);
    const answers = [await open('x'.repeat(43)), await open(expired.token), await open(revoked.token)];
    await project.sql('update public.clients set removal_requested_at = now() where id = $1', [
      tenant.clientId,
    ]);
    answers.push(await open(removed.token));
    await project.sql('update public.clients set removal_requested_at = null where id = $1', [
      tenant.clientId,
    ]);
    expect(answers.map(({ status, text }) => [status, text])).toEqual(
      Array(4).fill([404, answers[0]!.text]),
    );
    expect(answers[0]!.body.error).toEqual({
      code: 'NOT_FOUND',
      message: 'This link no longer works; ask who sent it for a new one',
    });
    expect((await listed()).map(({ state, opens }) => [state, opens]).sort()).toEqual([
      ['expired', 0],
      ['revoked', 0],
      ['working', 0],
    ]);
  });

  it('asks for its password, and guesses that come all at once are locked out as those one by one', async () => {
    const { token } = await share({ password: 'correct horse' });
    expect(await open(token)).toMatchObject({ status: 401, body: { error: { code: 'PASSWORD_REQUIRED' } } });
    expect(await open(token, 'wrong')).toMatchObject({
      status: 401,
      body: { error: { code: 'WRONG_PASSWORD' } },
    });
    expect((await open(token, 'correct horse')).status).toBe(200);
    const guesses = await Promise.all(Array.from({ length: 20 }, (_, n) => open(token, `guess ${n}`)));
    expect(guesses.map(({ status }) => status).sort()).toEqual([
      ...Array(9).fill(401),
      ...Array(11).fill(429),
    ]);
    const locked = await open(token, 'correct horse');
    expect(locked).toMatchObject({ status: 429, body: { error: { code: 'RATE_LIMIT_EXCEEDED' } } });
    expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(850);
    expect(locked.headers.get('access-control-expose-headers')).toBe('retry-after');
    expect(await listed()).toMatchObject([{
      opens: 1,
      has_password: true,
      locked_until: expect.any(String),
    }]);
    await project.sql(`update private.report_links set locked_until = now() - interval '1 second'`);
    expect((await open(token, 'correct horse')).status).toBe(200);
  });

  it('is made and listed by operators alone, as the example of the reference does', async () => {
    const data = await runSnippet('create_report_link', operator, { reportId });
    expect(data).toMatchObject({ token: expect.stringMatching(/^[\w-]{43}$/) });
    expect(await listed()).toMatchObject([{ label: 'For the board', has_password: true }]);
    const refused = await client.rpc('create_report_link', { target_report_id: reportId });
    expect([refused.status, refused.error?.message]).toEqual([403, 'FORBIDDEN']);
    expect((await client.from('operator_report_links').select('*').throwOnError()).data).toEqual([]);
    const audit = await operator.from('audit_log').select('action, details').eq(
      'action',
      'report_link_created',
    )
      .order('id', { ascending: false }).limit(1).throwOnError();
    expect(audit.data).toMatchObject([{ details: { label: 'For the board', has_password: true } }]);
  });
});

describe('the function', () => {
  it('takes POST from any page, and one address no more than sixty times a minute', async () => {
    const { token } = await share();
    expect((await open(token, undefined, { method: 'GET', body: null })).status).toBe(405);
    const preflight = await open(token, undefined, { method: 'OPTIONS', body: null });
    expect([preflight.status, preflight.headers.get('access-control-allow-methods')]).toEqual([204, 'POST']);
    expect((await open('')).body.error?.code).toBe('VALIDATION_FAILED');
    expect((await open(token, undefined, { body: 'x'.repeat(5000) })).status).toBe(413);
    await project.sql(`update private.request_counts set requests = 60`);
    await project.sql(
      `insert into private.request_counts select door, source, minute + interval '1 minute', requests from private.request_counts
       on conflict do nothing`,
    );
    const refused = await open(token);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    from += 100;
    expect((await open(token)).status).toBe(200);
  });
});
