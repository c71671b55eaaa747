// Messages from both ways, search and timeline, against real functions and the simulator.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCampaign, people } from '../support/provider-api.ts';
import { foreignCampaign, providerCampaign, reply, startCorrespondence } from '../support/correspondence.ts';
import { delivery } from '../support/deliveries.ts';
import { runSnippet } from '../support/docs.ts';
import type { Client, Project, Tenant, TestConnection } from '../support/project.ts';

let project: Project;
let aurora: Tenant;
let borealis: Tenant;
let dedicated: TestConnection;
let foreignConnection: TestConnection;
let client: Client;
let foreign: Client;
let operator: Client;
let outsider: Client;
let campaignId: string;
const anon = () => project.browser();

const messagesOf = (email: string) =>
  project.sql('select * from public.messages where email = $1 order by occurred_at, id', [email]);

const prepared = (email: string) =>
  project.eventually(async () => {
    // As the scheduler does for what the isolate of the webhook left.
    await project.invoke('sync-client', { prepare_messages: true });
    const waiting = await project.sql(
      `select from private.message_contents as c join public.messages as m on m.id = c.message_id
       where m.email = $1 and c.prepare_at is not null`,
      [email],
    );
    return waiting.length === 0 && (await messagesOf(email)).length > 0;
  }, `the messages of ${email} are prepared`);

beforeAll(async () => {
  ({
    project,
    aurora,
    borealis,
    dedicated,
    foreignConnection,
    client,
    foreign,
    operator,
    outsider,
    campaignId,
  } = await startCorrespondence());
});
afterAll(() => project.stop());

describe('a message', () => {
  it('is sent mail and reply of one thread, with sanitised HTML, text, sender and flag', async () => {
    const email = 'ingrid@fjordpak.test';
    const lead = { lead_email: email, email };
    await project.deliver(dedicated, [
      delivery('email_sent', {
        ...lead,
        campaign: providerCampaign,
        timestamp: '2026-10-05T08:00:00.000Z',
        email_subject: 'Closing the books',
        email_html:
          '<p onclick="x()">Hi Ingrid,</p><p>how long?<img src="https://t.test/p.gif" onerror="x()"></p>',
      }),
      reply({ ...lead, timestamp: '2026-10-05T09:00:00.000Z' }),
      delivery('auto_reply_received', {
        ...lead,
        campaign: providerCampaign,
        timestamp: '2026-10-05T10:00:00.000Z',
        reply_text: 'Out of office',
      }),
      delivery('email_opened', {
        ...lead,
        campaign: providerCampaign,
        timestamp: '2026-10-05T08:30:00.000Z',
      }),
    ]);
    await project.project();
    await prepared(email);
    const rows = await messagesOf(email);
    expect(rows).toMatchObject([
      {
        direction: 'sent',
        subject: 'Closing the books',
        body_text: 'Hi Ingrid,\nhow long?',
        body_html: '<p>Hi Ingrid,</p><p>how long?<img data-src="https://t.test/p.gif" /></p>',
        is_auto_reply: false,
        source: 'webhook',
        email_account: 'mia@outreach.test',
      },
      {
        direction: 'received',
        body_text: 'Please send the deck by Friday & greet <Mia>',
        body_html: '<div>Please send the <b>deck</b></div>',
        snippet: 'Please send the deck',
      },
      { direction: 'received', is_auto_reply: true, body_html: null, snippet: 'Out of office' },
    ]);
    expect(new Set(rows.map((row) => row['thread_key'])).size).toBe(1);
  });

  it('is one row when a webhook brings it twice, once without the mail id', async () => {
    const email = 'twice@lead.test';
    const lead = { lead_email: email, email };
    const id = randomUUID();
    const { email_id: _, ...nameless } = reply({ ...lead, timestamp: '2026-10-06T09:00:30.000Z' });
    await project.deliver(dedicated, nameless);
    await project.project();
    await project.deliver(dedicated, reply({ ...lead, timestamp: '2026-10-06T09:01:00.000Z', email_id: id }));
    // One after the other: two projectors at once may take the third first.
    await project.project();
    await project.deliver(dedicated, reply({ ...lead, timestamp: '2026-10-06T09:01:20.000Z' }));
    await project.project();
    // The third carries a mail id of its own, so it is another mail in spite of the time.
    const rows = await messagesOf(email);
    expect(rows.map((row) => String((row['occurred_at'] as Date).toISOString()))).toEqual([
      '2026-10-06T09:00:30.000Z',
      '2026-10-06T09:01:20.000Z',
    ]);
    const [{ n }] = await project.sql<{ n: number }>(
      `select count(*)::int as n from private.message_contents where provider_mail_id = $1`,
      [id],
    ) as [{ n: number }];
    expect(n).toBe(1);
  });
});

describe('search', () => {
  beforeAll(async () => {
    await project.deliver(
      foreignConnection,
      reply({
        campaign: foreignCampaign,
        lead_email: 'otto@hafen.test',
        email: 'otto@hafen.test',
        reply_text: 'The deck of the harbour',
      }),
    );
    await project.project();
    await prepared('otto@hafen.test');
  });
  const search = async (reader: Client, query: string, more: Record<string, unknown> = {}) => {
    const { data, error } = await reader.rpc('search_messages', { query, ...more });
    expect(error).toBeNull();
    return data ?? [];
  };

  it('finds words, phrases, parts of an address and beginnings, the tenant’s own only', async () => {
    expect((await search(client, 'fjordpak')).length).toBe(3);
    expect((await search(client, 'ingrid@fjordpak.test friday')).length).toBe(1);
    expect((await search(client, '"the deck" frid')).map((row) => row.email)).toContain(
      'ingrid@fjordpak.test',
    );
    expect(await search(client, '"deck the"')).toEqual([]);
    expect(await search(client, 'harbour')).toEqual([]);
    expect((await search(foreign, 'deck')).map((row) => row.email)).toEqual(['otto@hafen.test']);
    expect(new Set((await search(operator, 'deck')).map((row) => row.client_id))).toEqual(
      new Set([aurora.clientId, borealis.clientId]),
    );
    expect(await search(outsider, 'deck')).toEqual([]);
    const of = (clientId: string) => ({ only_client: clientId });
    expect((await search(operator, 'deck', of(borealis.clientId))).map((row) => row.email)).toEqual([
      'otto@hafen.test',
    ]);
    expect((await search(foreign, 'deck', of(borealis.clientId))).length).toBe(1);
    expect(await search(foreign, 'deck', of(aurora.clientId))).toEqual([]);
    expect((await search(client, 'books', { only_direction: 'sent' })).length).toBe(1);
    expect(await search(client, 'deck', { only_campaign: randomUUID() })).toEqual([]);
    expect((await anon().rpc('search_messages', { query: 'deck' })).error?.code).toBe('42501');
  });

  it('marks the hits in escaped text', async () => {
    const [hit] = await search(client, 'fjordpak friday');
    expect(hit?.highlight).toContain('ingrid@<mark>fjordpak</mark>.test');
    expect(hit?.highlight).toContain('<mark>Friday</mark> &amp; greet');
    expect(hit?.highlight).not.toMatch(/<(?!\/?mark>)/);
  });

  it('answers odd queries with nothing or VALIDATION_FAILED', async () => {
    for (
      const query of ['', '   ', '!!! &&& |', "'':*", '\\', '"', '-', '((', ':* & !', "a'b\\", '<->', '🦊']
    ) {
      expect(await search(client, query)).toEqual([]);
    }
    for (
      const args of [{ query: 'x'.repeat(501) }, { query: 'deck', page_size: 0 }, {
        query: 'deck',
        only_direction: 'up',
      }]
    ) {
      const { error } = await client.rpc('search_messages', args);
      expect([error?.code, error?.message]).toEqual(['PT400', 'VALIDATION_FAILED']);
    }
  });
});

describe('the inbox', () => {
  it('and the webhook together give one row per mail, and fill in what the other left out', async () => {
    const tenant = await project.createTenant('Cascade');
    const connection = await project.createConnection(tenant.clientId);
    const id = await makeCampaign(project.simulator.url, connection.apiKey, 'Cascade', people(3, 'both'));
    await project.listCampaigns(connection, id);
    const now = project.simulator.simulatedNow().getTime();
    for (let index = 0; index < 3; index++) {
      project.simulator.emit({
        workspaceId: connection.workspaceId,
        campaignId: id,
        leadEmail: `both${index}@sync.test`,
        type: index === 2 ? 'auto_reply_received' : 'reply_received',
        at: new Date(now + index),
        text: 'Tell me more',
      });
    }
    // The same reply by a webhook of the older kind: no mail id and no text.
    await project.deliver(
      connection,
      delivery('reply_received', {
        campaign: id,
        lead_email: 'both0@sync.test',
        timestamp: new Date(now + 60_000).toISOString(),
      }),
    );
    await project.project();
    const before = (await messagesOf('both0@sync.test'))[0];
    expect(before).toMatchObject({ body_text: null, source: 'webhook' });
    for (let run = 0; run < 2; run++) {
      const { body } = await project.invoke('sync-client', { connection_id: connection.id });
      const [job] = body['jobs'] as { job_id: string }[];
      const ended = await project.jobEnded(String(job?.job_id));
      expect(ended).toMatchObject({
        status: 'completed',
        result: { replies_reconciled: run === 0 ? 2 : 0 },
      });
    }
    const rows = await project.sql(
      `select email, id = $2 as same, body_text, body_html, is_auto_reply, source from public.messages
       where client_id = $1 and direction = 'received' order by email`,
      [tenant.clientId, before?.['id']],
    );
    const text = { body_text: 'Tell me more', body_html: '<div>Tell me more</div>' };
    expect(rows).toEqual([
      { email: 'both0@sync.test', same: true, ...text, is_auto_reply: false, source: 'webhook' },
      { email: 'both1@sync.test', same: false, ...text, is_auto_reply: false, source: 'inbox' },
      { email: 'both2@sync.test', same: false, ...text, is_auto_reply: true, source: 'inbox' },
    ]);
  });
});

describe('what people read', () => {
  it('is the reply with its business, for operators with the link into the inbox', async () => {
    const email = 'owner@bakery.test';
    await project.addBusinesses(aurora.clientId, campaignId, [{ name: 'Bakery', city: 'Oslo', email }]);
    await project.sql(
      `insert into public.synced_leads (client_id, campaign_id, business_id, email)
       select client_id, campaign_id, id, email from public.businesses where email = $1`,
      [email],
    );
    const status = async () =>
      (await client.from('businesses').select('email_status, reply_count, replied_at').eq('email', email)
        .single()).data;
    expect(await status()).toEqual({ email_status: 'not_sent', reply_count: 0, replied_at: null });
    await project.deliver(
      dedicated,
      reply({ lead_email: email, email, timestamp: '2026-10-11T09:00:00.000Z' }),
    );
    await project.project();
    expect(await status()).toMatchObject({
      email_status: 'replied',
      reply_count: 1,
      replied_at: expect.any(String),
    });
    const { data } = await client.from('client_replies').select('*').eq('email', email).single();
    expect(data).toMatchObject({ business_name: 'Bakery', city: 'Oslo', campaign_name: 'Autumn' });
    expect(data).not.toHaveProperty('inbox_url');
    expect((await client.from('operator_replies').select('*')).data).toEqual([]);
    const { data: link } = await operator.from('operator_replies').select('client_name, inbox_url').eq(
      'email',
      email,
    )
      .single();
    expect(link).toEqual({
      client_name: 'Aurora',
      inbox_url: 'https://app.instantly.ai/app/unibox?thread_search=x',
    });
    expect((await foreign.from('client_replies').select('*').eq('email', email)).data).toEqual([]);
  });

  it('is what docs/api-messages.md shows', async () => {
    const email = 'ingrid@fjordpak.test';
    const [first] = await messagesOf(email);
    const received = (await messagesOf(email))[1];
    expect((await runSnippet('messages', client, { campaignId })).map((row) => row['id'])).toContain(
      first?.['id'],
    );
    expect((await runSnippet('client_replies', client)).length).toBeGreaterThan(3);
    const timeline = await runSnippet('lead_timeline', client, { email });
    expect(timeline.map((row) => row['type'])).toEqual([
      'email_sent',
      'message_sent',
      'email_opened',
      'reply_received',
      'message_received',
      'auto_reply_received',
      'message_received',
    ]);
    expect(await runSnippet('message_stats', client)).toMatchObject([{
      client_name: 'Aurora',
      sent: 1,
      auto_replies: 1,
    }]);
    expect((await runSnippet('search_messages', client)).length).toBe(1);
    expect(await runSnippet('qualify_reply', client, { messageId: received?.['id'] })).toMatchObject([
      { verdict: 'qualified', interest_status: 'positive' },
    ]);
    expect(await runSnippet('classify_reply', client, { messageId: received?.['id'] })).toMatchObject([
      { reply_class: 'not_now', reply_class_source: 'person', reply_date: '2027-01-11' },
    ]);
    await project.sql(
      `insert into public.email_events (id, occurred_at, client_id, campaign_id, connection_id, provider, type, received_at)
       select 1000000 + n, '2026-10-20T08:00Z'::timestamptz + n / 7 * interval '1 second', $1, $2, $3, 'instantly', 'email_opened', now()
       from generate_series(1, 230) as n`,
      [aurora.clientId, campaignId, dedicated.id],
    );
    const events = await runSnippet('email_events_pages', client, { campaignId });
    expect(new Set(events.map((row) => row['id'])).size).toBe(events.length);
    expect(events.length).toBeGreaterThan(230);
  });
});
