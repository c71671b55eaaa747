import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { delivery } from '../support/deliveries.ts';
import { type Project, startProject, type Tenant, type TestConnection } from '../support/project.ts';

let project: Project;
let tenant: Tenant;
let dedicated: TestConnection;
let shared: TestConnection;

beforeAll(async () => {
  project = await startProject({ functions: ['instantly-webhook'], simulator: false });
  tenant = await project.createTenant();
  dedicated = await project.createConnection(tenant.clientId);
  shared = await project.createConnection(null);
});
afterAll(() => project.stop());

const storedRows = async (connection: TestConnection) =>
  (await project.one<{ n: number }>(
    'select count(*)::int as n from private.webhook_events where connection_id = $1',
    [
      connection.id,
    ],
  )).n;

describe('instantly-webhook answers', () => {
  it('stores a delivery, and the same one again is a duplicate', async () => {
    const body = delivery('email_sent');
    const first = await project.deliver(dedicated, body);
    expect(first.status).toBe(200);
    expect(await first.json()).toEqual({ received: 1, stored: 1, duplicate: 0 });
    const again = await project.deliver(dedicated, body);
    expect(await again.json()).toEqual({ received: 1, stored: 0, duplicate: 1 });
  });

  it('takes several events in one body and counts repeats inside it', async () => {
    const one = delivery('email_opened', { timestamp: '2026-10-06T08:00:00.000Z' });
    const answer = await project.deliver(dedicated, [one, one, {
      ...one,
      timestamp: '2026-10-06T09:00:00.000Z',
    }]);
    expect(await answer.json()).toEqual({ received: 3, stored: 2, duplicate: 1 });
  });

  it.each([
    ['a wrong secret', { 'x-webhook-secret': 'wrong' }],
    ['no secret', { 'x-webhook-secret': '' }],
  ])('refuses %s with 401 and stores nothing', async (_, headers) => {
    const before = await storedRows(dedicated);
    const answer = await project.deliver(
      dedicated,
      delivery('email_sent', { campaign: randomUUID() }),
      headers,
    );
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ error: { code: 'INVALID_SIGNATURE' } });
    expect(await storedRows(dedicated)).toBe(before);
  });

  it('refuses the secret of another connection and an unknown connection alike', async () => {
    const foreign = await project.deliver({ ...dedicated, secret: shared.secret }, delivery('email_sent'));
    const unknown = await project.deliver(
      { ...dedicated, webhookUrl: dedicated.webhookUrl.replace(dedicated.id, randomUUID()) },
      delivery('email_sent'),
    );
    expect([foreign.status, unknown.status]).toEqual([401, 401]);
    expect(await foreign.json()).toEqual(await unknown.json());
  });

  it('accepts the old secret beside the new one until it expires', async () => {
    const connection = await project.createConnection(tenant.clientId);
    await project.sql(
      `insert into private.webhook_secrets (connection_id, digest) values ($1, sha256('fresh-secret'))`,
      [connection.id],
    );
    await project.sql(
      `update private.webhook_secrets set expires_at = now() + interval '1 hour'
       where connection_id = $1 and digest <> sha256('fresh-secret')`,
      [connection.id],
    );
    expect((await project.deliver(connection, delivery('email_sent'))).status).toBe(200);
    expect((await project.deliver({ ...connection, secret: 'fresh-secret' }, delivery('email_sent'))).status)
      .toBe(200);
    await project.sql(
      `update private.webhook_secrets set expires_at = now() - interval '1 second'
       where connection_id = $1 and expires_at is not null`,
      [connection.id],
    );
    expect((await project.deliver(connection, delivery('email_sent'))).status).toBe(401);
    expect((await project.deliver({ ...connection, secret: 'fresh-secret' }, delivery('email_sent'))).status)
      .toBe(200);
  });

  it('refuses a body that is not JSON with 400, one of 2 MB with 413, and a GET with 405', async () => {
    const notJson = await project.deliver(dedicated, '{"event_type": ');
    expect(notJson.status).toBe(400);
    expect(await notJson.json()).toMatchObject({ error: { code: 'VALIDATION_FAILED' } });

    const large = await project.deliver(
      dedicated,
      delivery('reply_received', { reply_text: 'x'.repeat(2_000_000) }),
    );
    expect(large.status).toBe(413);
    expect(await large.json()).toMatchObject({ error: { code: 'PAYLOAD_TOO_LARGE' } });

    const chunked = await fetch(dedicated.webhookUrl, {
      method: 'POST',
      headers: { 'x-webhook-secret': dedicated.secret },
      body: new ReadableStream({
        start(controller) {
          for (let part = 0; part < 32; part++) controller.enqueue(new Uint8Array(65_536).fill(32));
          controller.close();
        },
      }),
      duplex: 'half',
    } as RequestInit);
    expect(chunked.status).toBe(413);
    expect((await fetch(dedicated.webhookUrl)).status).toBe(405);
  });
});

describe('instantly-webhook loses nothing', () => {
  it('quarantines an unmapped campaign of a shared workspace, and projects its events once it is mapped', async () => {
    const campaign = randomUUID();
    const answer = await project.deliver(
      shared,
      delivery('reply_received', { campaign, reply_text: 'Tell me more' }),
    );
    expect(await answer.json()).toEqual({ received: 1, stored: 1, duplicate: 0 });
    await project.project();
    const held = await project.one(
      'select status, payload from private.webhook_events where connection_id = $1',
      [shared.id],
    );
    expect(held).toMatchObject({ status: 'quarantined', payload: { reply_text: 'Tell me more' } });

    const campaignId = await project.createCampaign(tenant.clientId, shared.id);
    await project.sql('select private.map_provider_campaign($1, $2, $3)', [shared.id, campaign, campaignId]);
    await project.project();
    const lead = await project.one(
      'select lead_status, reply_count from public.synced_leads where campaign_id = $1',
      [campaignId],
    );
    expect(lead).toEqual({ lead_status: 'replied', reply_count: 1 });
  });

  it.each([
    ['an array inside an array', [[1, 2]], 'The delivery is not a JSON object'],
    ['an object without a type', { hello: 'world' }, 'The field event_type is missing'],
    [
      'a lead event without an address',
      { event_type: 'email_sent', campaign_id: randomUUID() },
      'The field lead_email is missing',
    ],
    [
      'a lead event without a campaign',
      { event_type: 'email_sent', lead_email: 'a@b.test' },
      'The fields campaign and campaign_id hold no campaign id',
    ],
  ])('keeps %s as a dead letter with the reason', async (_, body, reason) => {
    const answer = await project.deliver(dedicated, body);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ received: 1, stored: 1, duplicate: 0 });
    const rows = await project.sql(
      'select status from private.webhook_events where connection_id = $1 and reason = $2',
      [
        dedicated.id,
        reason,
      ],
    );
    expect(rows).toEqual([{ status: 'dead' }]);
  });

  it('keeps content that Postgres cannot hold as JSON: NUL, half surrogates, deep nesting', async () => {
    const campaign = randomUUID();
    await project.listCampaigns(dedicated, campaign);
    const odd = `{"event_type":"reply_received","campaign_id":"${campaign}","lead_email":"odd@signs.test",` +
      `"timestamp":"2026-10-07T09:00:00Z","reply_text":"a\\u0000b \\ud83d end"}`;
    expect(await (await project.deliver(dedicated, odd)).json()).toEqual({
      received: 1,
      stored: 1,
      duplicate: 0,
    });
    const deep = `{"event_type":"email_sent","x":${'['.repeat(20_000)}${']'.repeat(20_000)}}`;
    expect(await (await project.deliver(dedicated, deep)).json()).toEqual({
      received: 1,
      stored: 1,
      duplicate: 0,
    });
    await project.project();
    expect(await project.one(`select reply_count from public.synced_leads where email = 'odd@signs.test'`))
      .toEqual({
        reply_count: 1,
      });
    expect(
      await project.sql(
        `select status from private.webhook_events where reason like 'The content is nested%'`,
      ),
    ).toEqual([
      { status: 'dead' },
    ]);
  });

  it('retries a poison row alone and makes it a dead letter after the fifth try', async () => {
    const campaign = randomUUID();
    await project.listCampaigns(dedicated, campaign);
    // Something refuses its lead, as a rule of an own trigger might.
    const poison = 'refused@poison.test';
    await project.sql(
      `create function private.refuse_poison() returns trigger language plpgsql as $$
       begin raise exception 'refused by a rule of our own'; end $$`,
    );
    await project.sql(
      `create trigger refuse_poison before insert on public.synced_leads for each row
       when (new.email = 'refused@poison.test') execute function private.refuse_poison()`,
    );
    await project.deliver(dedicated, [
      delivery('email_sent', { campaign, lead_email: 'before@poison.test' }),
      delivery('email_sent', { campaign, lead_email: poison }),
      delivery('email_sent', { campaign, lead_email: 'after@poison.test' }),
    ]);
    const state = () =>
      project.one<{ status: string; attempts: number }>(
        `select status, attempts from private.webhook_events where event ->> 'email' = $1`,
        [poison],
      );
    for (let attempt = 1; attempt <= 5; attempt++) {
      await project.project();
      await project.eventually(async () => (await state()).attempts >= attempt, `try ${attempt} is over`);
      await project.sql(`update private.webhook_events set next_attempt_at = now() where status = 'pending'`);
    }
    expect(await state()).toEqual({ status: 'dead', attempts: 5 });
    const leads = await project.sql(
      `select email from public.synced_leads where email in ('before@poison.test', 'after@poison.test') order by email`,
    );
    expect(leads).toEqual([{ email: 'after@poison.test' }, { email: 'before@poison.test' }]);
    await project.sql('drop function private.refuse_poison() cascade');
  });

  it('makes no campaign of what a delivery says: it waits until the provider lists it', async () => {
    const campaign = randomUUID();
    const invented = randomUUID();
    const campaigns = async () =>
      (await project.one<{ n: number }>(
        'select count(*)::int as n from public.campaigns where connection_id = $1',
        [dedicated.id],
      )).n;
    const before = await campaigns();
    await project.deliver(dedicated, [
      delivery('email_sent', { campaign, lead_email: 'new@campaign.test' }),
      delivery('email_sent', { campaign: invented, lead_email: 'no@campaign.test' }),
    ]);
    await project.project();
    expect(await campaigns()).toBe(before);
    const held = await project.sql(
      `select status, reason from private.webhook_events where provider_campaign_id in ($1, $2)`,
      [campaign, invented],
    );
    const waits = {
      status: 'quarantined',
      reason: 'The provider has not listed this campaign; the next sync looks for it',
    };
    expect(held).toEqual([waits, waits]);

    // The hourly sync is not awaited, and a flood of made-up ids requests only one sync in ten minutes.
    const asked = async () => {
      await project.sql('select private.look_up_campaigns()');
      return (await project.one<{ n: number }>(
        `select count(*)::int as n from private.jobs where connection_id = $1 and kind = 'sync'`,
        [dedicated.id],
      )).n;
    };
    expect(await asked()).toBe(1);
    await project.sql(
      `update private.jobs set status = 'completed', finished_at = now() where connection_id = $1`,
      [dedicated.id],
    );
    expect(await asked()).toBe(1);
    await project.deliver(dedicated, delivery('email_sent', { campaign: randomUUID() }));
    await project.project();
    expect(await asked()).toBe(1);
    await project.sql(
      `update private.jobs set created_at = created_at - interval '11 minutes' where connection_id = $1`,
      [dedicated.id],
    );
    expect(await asked()).toBe(2);

    await project.listCampaigns(dedicated, campaign);
    await project.project();
    expect(await campaigns()).toBe(before + 1);
    expect(await project.sql(`select email from public.synced_leads where email like '%@campaign.test'`))
      .toEqual([{ email: 'new@campaign.test' }]);
  });

  it('wakes the projector: a stored reply is visible to the client', async () => {
    const campaign = randomUUID();
    await project.listCampaigns(dedicated, campaign);
    await project.deliver(
      dedicated,
      delivery('reply_received', { campaign, lead_email: 'visible@soon.test' }),
    );
    const client = await project.signIn(tenant);
    await project.eventually(
      async () => {
        const { data } = await client.from('synced_leads').select('lead_status').eq(
          'email',
          'visible@soon.test',
        );
        return data?.[0]?.lead_status === 'replied';
      },
      'the client sees the reply',
      5_000,
    );
  });
});
