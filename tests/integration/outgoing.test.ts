// Events leave the loop: one per fact, signed, with the same id at every attempt, to real receivers that are down, slow, lying,
// gone or redirecting.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  agencyEvents,
  allEvents,
  type OutgoingScene,
  startOutgoing,
  verify,
} from '../support/outgoing-scene.ts';
import type { Received } from '../support/receiver.ts';

let scene: OutgoingScene;
let project: OutgoingScene['project'];
let receiver: OutgoingScene['receiver'];
let tenant: OutgoingScene['tenant'];
let other: OutgoingScene['other'];
let dedicated: OutgoingScene['dedicated'];
let campaignId: OutgoingScene['campaignId'];
let providerCampaign: OutgoingScene['providerCampaign'];
let call: OutgoingScene['call'];
let add: OutgoingScene['add'];
let deliver: OutgoingScene['deliver'];
let positiveReply: OutgoingScene['positiveReply'];
let log: OutgoingScene['log'];
let arrived: OutgoingScene['arrived'];
let logged: OutgoingScene['logged'];
let sendNow: OutgoingScene['sendNow'];

beforeAll(async () => {
  scene = await startOutgoing();
  ({
    project,
    receiver,
    tenant,
    other,
    dedicated,
    campaignId,
    providerCampaign,
    call,
    add,
    deliver,
    positiveReply,
    log,
    arrived,
    logged,
    sendNow,
  } = scene);
});
afterAll(() => scene.stop());
beforeEach(() => scene.reset());

describe('a positive reply', () => {
  it('arrives within seconds, signed, with the words of the reply and no id of the provider', async () => {
    const endpoint = await add();
    const email = await positiveReply();
    await arrived(1);
    const [first] = receiver.received as [Received];
    expect(verify(endpoint.secret, first)).toMatchObject({
      type: 'reply.positive',
      data: {
        client: { id: tenant.clientId, name: 'Lakeside' },
        campaign: { id: campaignId, name: 'Autumn <CFOs>' },
        lead: { email, first_name: 'Ingrid', interest: 'positive' },
        reply: { subject: 'Re: Books', text: 'Yes, please call me', from: email },
      },
    });
    expect(() => verify(`whsec_${btoa('another secret of 24 byt')}`, first)).toThrow();
    expect(first.body).not.toContain(providerCampaign);
    await logged({ state: 'delivered' });
    expect(await log()).toMatchObject([
      {
        endpoint_name: 'CRM',
        client_name: 'Lakeside',
        attempts: 1,
        last_status: 200,
        last_answer: 'ok',
        last_error: null,
      },
    ]);
  });

  it('is one event, however often and by whatever way it is said', async () => {
    await add();
    const email = await positiveReply();
    await arrived(1);
    const said = { lead_email: email, email };
    await deliver('lead_not_interested', { ...said, timestamp: new Date(Date.now() + 1000).toISOString() });
    await deliver('lead_interested', { ...said, timestamp: new Date(Date.now() + 2000).toISOString() });
    await project.project();
    expect(await log()).toHaveLength(1);
  });

  it('of the past is no news, and where nobody listens no event is written', async () => {
    await positiveReply();
    await add({ events: ['email.bounced'] });
    await positiveReply();
    await add();
    await positiveReply({ timestamp: new Date(Date.now() - 4 * 86_400_000).toISOString() });
    expect(await project.sql('select * from private.outgoing_events')).toEqual([]);
  });

  it('goes to the agency and its own client, never to another', async () => {
    await add({ name: 'agency' });
    await add({ name: 'own', client_id: tenant.clientId });
    await add({ name: 'foreign', client_id: other.clientId });
    await positiveReply();
    await arrived(2);
    expect((await log()).map((row) => row['endpoint_name']).sort()).toEqual(['agency', 'own']);
  });
});

describe('other facts', () => {
  it('become events of their types', async () => {
    await add({ events: [...allEvents, ...agencyEvents] });
    const email = 'facts@fjordpak.test';
    const said = { lead_email: email, email, timestamp: new Date().toISOString() };
    await deliver('reply_received', { ...said, reply_text: 'Tuesday?' });
    await deliver('lead_meeting_booked', said);
    await deliver('email_bounced', { ...said, lead_email: 'b@x.test', email: 'b@x.test' });
    await deliver('lead_unsubscribed', { ...said, lead_email: 'u@x.test', email: 'u@x.test' });
    await project.project();
    const operator = await project.signIn(await project.createUser('operator', null));
    const { id } = await project.one<{ id: string }>(`select id from public.messages where email = $1`, [
      email,
    ]);
    await operator.rpc('qualify_reply', {
      target_message_id: id,
      new_verdict: 'qualified',
      note: 'Budget is there',
    }).throwOnError();
    await scene.endExport();
    await scene.openIncidents();
    await arrived(11);
    const { id: leadId } = await project.one<{ id: string }>(
      'select id from public.synced_leads where email = $1',
      [email],
    );
    const becomes = (status: string, more = {}) =>
      operator.rpc('record_meeting', { target_lead_id: leadId, new_status: status, ...more }).throwOnError();
    await becomes('held', { occurs_at: '2026-12-01T09:00:00Z' });
    await arrived(12);
    await becomes('won', { deal_value: 2500, deal_currency: 'EUR' });
    await arrived(13);
    await becomes('won', { note: 'Signed' });
    const { approval_id } = await scene.askApproval(operator, 'Please by Friday');
    await arrived(14);
    const answer = { approval_id, answer: 'changes_asked', comment: 'Shorter' };
    await (await project.signIn(tenant)).rpc('answer_approval', answer).throwOnError();
    await arrived(15);
    const bodies = new Map(receiver.received.map(({ body }) => {
      const parsed = JSON.parse(body) as { type: string; data: Record<string, unknown> };
      return [parsed.type, parsed.data];
    }));
    expect([...bodies.keys()].sort()).toEqual([...allEvents, ...agencyEvents].sort());
    expect(bodies.get('meeting.booked')).toMatchObject({
      lead: { email },
      meeting: { status: 'booked', source: 'provider', occurs_at: null, value: null, time_zone: 'UTC' },
      reply: { text: 'Tuesday?' },
    });
    expect(bodies.get('meeting.held')).toMatchObject({
      lead: { email },
      meeting: { status: 'held', source: 'person', occurs_at: '2026-12-01T09:00:00+00:00' },
    });
    expect(bodies.get('meeting.won')).toMatchObject({ meeting: { value: 2500, currency: 'EUR' } });
    expect([bodies.get('approval.requested'), bodies.get('approval.answered')]).toMatchObject([
      { approval: { id: approval_id, lead_count: 1, request_comment: 'Please by Friday' } },
      { approval: { id: approval_id, state: 'changes_asked', answer_comment: 'Shorter' } },
    ]);
    expect(bodies.get('goal.behind')).toMatchObject({
      client: { id: tenant.clientId },
      incident: { title: 'Behind the goal', details: '4 of 20 meetings, on pace for 9' },
    });
    expect(bodies.get('domain.unhealthy')).toMatchObject({
      domain: 'outreach.test',
      incident: { kind: 'dmarc_broken' },
    });
    expect(bodies.get('reply.verdict')).toMatchObject({
      verdict: 'qualified',
      note: 'Budget is there',
      reply: { id },
    });
    expect(bodies.get('email.bounced')).toMatchObject({ email: 'b@x.test', bounce: 'hard' });
    expect(bodies.get('lead.unsubscribed')).toMatchObject({
      email: 'u@x.test',
      reason: 'unsubscribed',
    });
    expect(bodies.get('export.finished')).toMatchObject({
      campaign: { name: 'Autumn <CFOs>' },
      export: { status: 'completed', sent: 0 },
    });
    expect(bodies.get('mailbox.disconnected')).toMatchObject({
      mailbox: { email: 'mia@outreach.test', reason: 'SMTP refused' },
    });
    expect(bodies.get('campaign.bounce_rate_high')).toMatchObject({ campaign: { id: campaignId } });
    expect(bodies.get('connection.unhealthy')).toMatchObject({
      connection: { id: dedicated.id },
      incident: { kind: 'key_invalid', title: 'API key refused' },
    });
  });

  it('of a list that an operator enters by hand are no news', async () => {
    await add();
    const operator = await project.signIn(await project.createUser('operator', null));
    await operator.rpc('add_suppressions', {
      entries: ['by-hand@x.test'],
      target_client_id: tenant.clientId,
      reason: 'unsubscribed',
    }).throwOnError();
    expect(await log()).toEqual([]);
  });
});

describe('an endpoint that fails', () => {
  it('is tried again with the same id and the same body, after it did the work and lied', async () => {
    const endpoint = await add();
    receiver.answer((response) => response.writeHead(500).end('x'.repeat(100_000)));
    await positiveReply();
    await arrived(1);
    await project.eventually(
      async () => (await log())[0]?.['last_status'] === 500,
      'the failure is recorded',
    );
    const [failed] = await log();
    expect(failed).toMatchObject({
      state: 'waiting',
      attempts: 1,
      last_error: 'It answered with status 500',
    });
    expect(String(failed?.['last_answer'])).toHaveLength(2048);
    receiver.answer((response) => response.writeHead(204).end());
    await sendNow();
    await logged({ state: 'delivered' });
    const [first, second] = receiver.received as [Received, Received];
    expect(second.headers['webhook-id']).toBe(first.headers['webhook-id']);
    expect(second.body).toBe(first.body);
    verify(endpoint.secret, second);
  });

  it('is waited for as long as it asks', async () => {
    await add();
    receiver.answer((response) => response.writeHead(429, { 'retry-after': '600' }).end());
    await positiveReply();
    await arrived(1);
    const wait = async () =>
      await project.one<{ delivery: number; endpoint: number }>(
        `select extract(epoch from d.next_attempt_at - now())::float as delivery, extract(epoch from e.hold_until - now())::float as endpoint
         from private.outgoing_deliveries as d join public.outgoing_endpoints as e on e.id = d.endpoint_id`,
      );
    await project.eventually(async () => (await wait()).endpoint > 500, 'the pause is recorded');
    expect((await wait()).delivery).toBeGreaterThan(590);
  });

  it('is not followed to where it redirects', async () => {
    await add();
    receiver.answer((response) =>
      response.writeHead(307, { location: 'http://169.254.169.254/latest/meta-data' }).end()
    );
    await positiveReply();
    await arrived(1);
    await project.eventually(
      async () => (await log())[0]?.['last_status'] === 307,
      'the redirect is recorded',
    );
    expect((await log())[0]).toMatchObject({
      last_error: expect.stringContaining('redirect'),
      state: 'waiting',
    });
  });

  it('is reported in words when nothing listens there', async () => {
    const { id } = await add();
    await call({ action: 'change', endpoint_id: id, url: 'http://127.0.0.1:9/nobody' });
    await positiveReply();
    await project.eventually(async () => (await log())[0]?.['last_error'] != null, 'the failure is recorded');
    expect((await log())[0]).toMatchObject({ last_status: null, last_error: 'It refused the connection' });
  });

  it('is given up after 24 hours, and replayed one by one or all together, under the same id', async () => {
    const { id } = await add();
    receiver.answer((response) => response.writeHead(500).end());
    for (let events = 0; events < 2; events++) await positiveReply();
    await arrived(2);
    await project.eventually(
      async () => (await log()).every((row) => row['last_status'] === 500),
      'both failed',
    );
    await project.sql(
      `update private.outgoing_deliveries set wanted_at = now() - interval '25 hours', next_attempt_at = now()`,
    );
    await sendNow();
    await project.eventually(
      async () => (await log()).every((row) => row['state'] === 'failed'),
      'both are given up',
    );
    receiver.answer((response) => response.writeHead(200).end());
    const ids = (await log()).map((row) => String(row['event_id']));
    receiver.received.length = 0;
    expect((await call({ action: 'replay', endpoint_id: id, event_id: ids[0] })).body).toEqual({
      replayed: 1,
    });
    await arrived(1);
    const since = new Date(Date.now() - 48 * 3_600_000).toISOString();
    expect((await call({ action: 'replay_failed', endpoint_id: id, since })).body).toEqual({ replayed: 1 });
    await arrived(2);
    expect(receiver.received.map(({ headers }) => headers['webhook-id']).sort()).toEqual(ids.toSorted());
  });

  it('is switched off at 410, with an incident, until an operator switches it on', async () => {
    const { id } = await add();
    receiver.answer((response) => response.writeHead(410).end());
    await positiveReply();
    await logged({ state: 'failed' });
    const read = () =>
      project.one('select switched_off_reason, failing_since from public.outgoing_endpoints');
    expect(await read()).toMatchObject({ switched_off_reason: 'It answered 410 Gone' });
    expect(await project.sql('select kind, closed_at from public.incidents')).toEqual([{
      kind: 'endpoint_switched_off',
      closed_at: null,
    }]);
    await positiveReply();
    expect(await log()).toHaveLength(1);
    expect((await call({ action: 'switch', endpoint_id: id, on: true })).status).toBe(200);
    expect(await read()).toEqual({ switched_off_reason: null, failing_since: null });
    expect(await project.sql('select from public.incidents where closed_at is null')).toEqual([]);
  });

  it('is switched off after five days without a success', async () => {
    await add();
    receiver.answer((response) => response.writeHead(500).end());
    await project.sql(
      `update public.outgoing_endpoints set failing_since = now() - interval '5 days 1 minute'`,
    );
    await positiveReply();
    await project.eventually(
      async () =>
        (await project.sql('select from public.outgoing_endpoints where switched_off_at is not null'))
          .length === 1,
      'it is switched off',
    );
    expect(await project.one('select details from public.incidents')).toMatchObject({
      details: expect.stringContaining('nothing could be delivered for five days'),
    });
  });
});

describe('the sender', () => {
  it('that dies between sending and recording leaves the delivery to the next, with the same id', async () => {
    await add();
    let release = () => {};
    receiver.answer((response) => release = () => response.writeHead(200).end());
    await positiveReply();
    await arrived(1);
    await project.stack.functions.kill('outgoing');
    release();
    await project.stack.functions.ready('outgoing');
    receiver.answer((response) => response.writeHead(200).end());
    expect(await log()).toMatchObject([{ state: 'waiting', attempts: 1, last_status: null }]);
    await sendNow();
    await logged({ state: 'delivered' });
    const [first, second] = receiver.received as [Received, Received];
    expect(second.headers['webhook-id']).toBe(first.headers['webhook-id']);
  });

  it('ends when nothing waits, so that the next call starts a new one', async () => {
    const { taken } = await project.one<{ taken: unknown }>('select worker.take_outgoing(20, 60) as taken');
    expect(taken).toEqual({ deliveries: [], next_in_seconds: null });
  });

  it('beside another sends nothing twice', async () => {
    await scene.waiting((await add()).id, 12);
    const take = () =>
      project.one<{ taken: { deliveries: { event_id: string }[] } }>(
        `select worker.take_outgoing(20, 60) as taken`,
      );
    const turns = await Promise.all([take(), take(), take()]);
    const taken = turns.flatMap(({ taken: { deliveries } }) => deliveries.map(({ event_id }) => event_id));
    expect([taken.length, new Set(taken).size]).toEqual([12, 12]);
  });

  it('whose lease has ended records nothing', async () => {
    await scene.waiting((await add()).id, 1);
    const take = async () =>
      (await project.one<{ taken: { deliveries: Record<string, unknown>[] } }>(
        `select worker.take_outgoing(20, 60) as taken`,
      ))
        .taken.deliveries;
    const [late] = await take();
    await project.sql('update private.outgoing_deliveries set next_attempt_at = now()');
    const [present] = await take();
    const record = (taken: Record<string, unknown> | undefined) =>
      project.one(`select worker.record_outgoing($1) as recorded`, [
        JSON.stringify([{ ...taken, status: 200, duration_ms: 1 }]),
      ]);
    expect(await record(late)).toEqual({ recorded: 0 });
    expect(await record(present)).toEqual({ recorded: 1 });
  });
});
