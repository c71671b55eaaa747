import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  createCampaign,
  everything,
  hook,
  leadEmail,
  prepare,
  secretKey,
  withReceiver,
  withSimulator,
  workspaceId,
} from './helpers.ts';
import type { SmartleadSimulatorOptions } from '../../simulators/smartlead/simulator.ts';
import type { Json, Received, TestBench } from './helpers.ts';

const quick = { delivery: { retryDelaysMs: [5, 10, 15], concurrency: 1 } };
const at = '2026-10-05T07:15:20.551Z';
const typesOf = (received: Received[]) => received.map(({ body }) => body.event_type);

/** A simulator with a receiver that answers 200 and a campaign with one lead and a webhook for everything. */
const withScene = (
  options: SmartleadSimulatorOptions,
  run: (
    scene: Awaited<ReturnType<typeof prepare>> & { bench: TestBench; received: Received[]; url: string },
  ) => Promise<void>,
  answer: (count: number) => number = () => 200,
) =>
  withReceiver(answer, ({ url, received }) =>
    withSimulator({ ...quick, ...options }, async (bench) => {
      await run({ ...await prepare(bench, url), bench, received, url });
    }));

describe('webhook bodies', () => {
  it('announce a first mail twice, with the lead id as text and the times with an offset', () =>
    withScene({}, async ({ id, emit, bench, received, url }) => {
      emit('email_sent', { at });
      emit('email_sent', { at: '2026-10-07T07:15:20.551Z', step: 2 });
      await bench.simulator.deliveriesSettled();
      expect(typesOf(received)).toEqual(['EMAIL_SENT', 'FIRST_EMAIL_SENT', 'EMAIL_SENT']);
      const [sent, first] = received;
      expect(sent?.body).toMatchObject({
        webhook_url: url,
        event_timestamp: '2026-10-05T07:15:20.551+00:00',
        time_sent: '2026-10-05T07:15:20.551+00:00',
        sl_lead_email: leadEmail,
        from_email: 'mia@try-lakeside.example',
        to_email: leadEmail,
        to_name: 'Ingrid Holm',
        campaign_id: id,
        sequence_number: 1,
        client_id: null,
        secret_key: secretKey,
        subject: 'Month-end at Fjordpak',
      });
      expect(sent?.body.sl_email_lead_id).toMatch(/^\d+$/);
      expect(sent?.body.sl_email_lead_map_id).toEqual(expect.any(Number));
      const { body } = await bench.call('GET', `/leads/?email=${leadEmail}`);
      expect(String(body.id)).toBe(sent?.body.sl_email_lead_id);
      // The message id belongs to the mail, not to the event.
      expect(first?.body.message_id).toBe(sent?.body.message_id);
    }));

  it('name our own mailbox as the sender of a reply, or the prospect', async () => {
    for (const replyDirection of ['as-sent', 'inverted'] as const) {
      const correspondenceKey = replyDirection === 'inverted' ? 'lead_correspondence' : 'leadCorrespondence';
      await withScene(
        { behaviour: { replyDirection, correspondenceKey } },
        async ({ emit, bench, received }) => {
          emit('email_sent');
          emit('reply_received', { text: 'Sure, Thursday works.\nIngrid' });
          await bench.simulator.deliveriesSettled();
          const reply = received.at(-1)?.body;
          const addresses = ['mia@try-lakeside.example', leadEmail];
          if (replyDirection === 'inverted') addresses.reverse();
          expect([reply?.from_email, reply?.to_email]).toEqual(addresses);
          expect(reply).toMatchObject({
            event_type: 'EMAIL_REPLY',
            sl_lead_email: leadEmail,
            preview_text: 'Sure, Thursday works.',
            reply_message: { text: 'Sure, Thursday works.\nIngrid' },
            [correspondenceKey]: { targetLeadEmail: leadEmail, repliedCompanyDomain: 'fjordpak.example' },
          });
        },
      );
    }
  });

  it('cannot be told from a human reply when the reply is automatic', () =>
    withScene({}, async ({ emit, bench, received }) => {
      emit('email_sent');
      emit('auto_reply_received', { text: 'I am out of the office' });
      await bench.simulator.deliveriesSettled();
      expect(received.at(-1)?.body).toMatchObject({ event_type: 'EMAIL_REPLY', reply_category: null });
    }));

  it('tell a reply again, as the same mail and with the number of the category that it got', () =>
    withScene({}, async ({ emit, bench, received }) => {
      emit('email_sent');
      emit('reply_received', { text: 'On holiday', from: 'boss@elsewhere.example' });
      emit('reply_told_again', { label: 'Out Of Office' });
      await bench.simulator.deliveriesSettled();
      const [first, again] = received.slice(-2).map(({ body }) => body);
      expect([first?.reply_category, again?.reply_category]).toEqual([null, 6]);
      expect(again).toEqual({ ...first, reply_category: 6 });
      expect(first?.leadCorrespondence).toMatchObject({
        targetLeadEmail: leadEmail,
        replyReceivedFrom: 'boss@elsewhere.example',
      });
      // Nothing happened a second time.
      expect(bench.simulator.truth()).toMatchObject([{ replies: 1 }]);
      expect(() => emit('reply_told_again', { label: 'No such category' })).toThrow('no category');
    }));

  it('say of a bounce that it was the sender’s own, and only of such a one', () =>
    withScene({}, async ({ emit, bench, received }) => {
      emit('email_sent');
      expect(() => emit('reply_told_again')).toThrow('has not replied');
      emit('email_bounced', { senderSide: true });
      emit('email_bounced');
      await bench.simulator.deliveriesSettled();
      const [ours, theirs] = received.slice(-2).map(({ body }) => body);
      expect(ours).toMatchObject({ event_type: 'EMAIL_BOUNCE', is_sender_originated_bounce: true });
      expect(theirs).not.toHaveProperty('is_sender_originated_bounce');
    }));

  it('change their shape while the simulator runs', () =>
    withScene({}, async ({ id, emit, bench, received }) => {
      emit('email_sent');
      bench.simulator.behave({ replyShape: 'nested' });
      emit('reply_received', { text: 'Sure' });
      await bench.simulator.deliveriesSettled();
      expect(received.at(-1)?.body).toMatchObject({
        event_type: 'EMAIL_REPLY',
        campaign_id: id,
        lead: { email: leadEmail },
        reply: { text: 'Sure' },
      });
    }));

  it('have no lead id on unsubscribes, whose time ends in Z', () =>
    withScene({}, async ({ emit, bench, received }) => {
      emit('email_sent', { at });
      emit('lead_unsubscribed', { at });
      await bench.simulator.deliveriesSettled();
      const body = received.at(-1)?.body;
      expect(body).toMatchObject({ event_timestamp: at, lead_email: leadEmail, lead_name: 'Ingrid Holm' });
      for (const name of ['sl_email_lead_id', 'sl_lead_email', 'stats_id']) {
        expect(body).not.toHaveProperty(name);
      }
    }));

  it('tell clicks, bounces, categories and what belongs to no lead', () =>
    withScene({}, async ({ emit, bench, received }) => {
      emit('email_sent');
      emit('link_clicked', { text: 'https://lakeside.example/deck' });
      emit('email_bounced');
      emit('lead_interested');
      emit('custom_label', { label: 'Send deck later' });
      emit('lead_neutral');
      emit('account_error', { account: 'jon@try-lakeside.example' });
      emit('untracked_reply', { leadEmail: 'someone@else.example', text: 'Who are you?' });
      emit('campaign_status_changed', { status: 'PAUSED' });
      await bench.simulator.deliveriesSettled();
      const [, , click, bounce, interested, custom, taken, account, untracked, status] = received;
      expect(click?.body).toMatchObject({ link_clicked: ['https://lakeside.example/deck'] });
      expect(bounce?.body).toMatchObject({ is_bounced: true, bounce_message: { text: 'Address not found' } });
      expect(interested?.body).toMatchObject({
        category: 'Interested',
        lead_category: { old_id: null, new_id: 1, new_name: 'Interested' },
        lead_data: { custom_fields: { employees: '240' }, category: { sentiment_type: 'positive' } },
      });
      expect(custom?.body).toMatchObject({
        lead_category: { old_name: 'Interested', new_name: 'Send deck later' },
      });
      expect(taken?.body).toMatchObject({ category: null, lead_category_id: null });
      expect(account?.body.event_type).toBe('EMAIL_ACCOUNT_DISCONNECTED');
      expect(untracked?.body).toMatchObject({
        event_type: 'UNTRACKED_REPLIES',
        visible_text: 'Who are you?',
      });
      expect(untracked?.body).not.toHaveProperty('campaign_id');
      expect(status?.body).toMatchObject({
        event_type: 'CAMPAIGN_STATUS_CHANGED',
        campaign_status: 'PAUSED',
      });
      const { rows } = await bench.call('GET', '/email-accounts/');
      expect(rows.map(({ is_smtp_success }) => is_smtp_success)).toEqual([true, false]);
      expect(() => emit('lead_lost')).toThrow('no category "Lost"');
    }));

  it('can carry the names that some pages print, a signature, and a key of their own', () =>
    withScene(
      { behaviour: { eventNames: 'printed', signature: 'present', secretKeyPer: 'webhook' } },
      async ({ emit, bench, received }) => {
        emit('email_sent');
        emit('reply_received', { text: 'Hello' });
        await bench.simulator.deliveriesSettled();
        expect(typesOf(received)).toEqual(['EMAIL_SENT', 'FIRST_EMAIL_SENT', 'EMAIL_REPLIED']);
        const [{ text, headers, body } = { text: '', headers: {}, body: {} as Json }] = received;
        const signature = createHmac('sha256', 'webhook-signing-secret').update(text).digest('hex');
        expect(headers['x-smartlead-signature']).toBe(`sha256=${signature}`);
        expect(headers['x-webhook-level']).toBe('campaign');
        expect(new Set(received.map((each) => each.headers['x-request-id'])).size).toBe(3);
        const [webhook] = bench.simulator.state().workspaces[0]?.webhooks ?? [];
        expect(body.secret_key).toBe(webhook?.secretKey);
        expect(body.secret_key).not.toBe(secretKey);
      },
    ));

  it('are placeholders in the test event', () =>
    withScene({ behaviour: { testEventOnSave: true } }, async ({ bench, received }) => {
      await bench.simulator.deliveriesSettled();
      expect(received.map(({ body }) => body.secret_key)).toEqual(['secretkey']);
    }));
});

describe('webhooks', () => {
  it('belong to one campaign, are saved as maps and listed as arrays, and deleted by a body', () =>
    withScene({}, async ({ id, emit, bench, received, url }) => {
      const made = await hook(bench, id, `${url}/2`, {
        event_types: ['EMAIL_OPEN'],
        categories: ['Interested'],
      });
      expect(made.body).toMatchObject({
        ok: true,
        email_campaign_id: id,
        event_type_map: { EMAIL_OPEN: true },
        category_id_map: { 1: true },
      });
      const list = await bench.call('GET', `/campaigns/${id}/webhooks`);
      expect(list.rows[1]).toMatchObject({ event_types: ['EMAIL_OPEN'], categories: ['Interested'] });
      const renamed = await hook(bench, id, `${url}/3`, { id: made.body.id, event_types: ['EMAIL_REPLY'] });
      expect(renamed.body).toMatchObject({ id: made.body.id, webhook_url: `${url}/3` });
      expect((await bench.call('DELETE', `/campaigns/${id}/webhooks`, { id: made.body.id })).body).toEqual({
        ok: true,
      });
      expect((await bench.call('GET', `/campaigns/${id}/webhooks`)).rows).toHaveLength(1);
      const other = await createCampaign(bench);
      expect((await bench.call('GET', `/campaigns/${other}/webhooks`)).rows).toEqual([]);
      await bench.call('POST', `/campaigns/${other}/leads`, { lead_list: [{ email: leadEmail }] });
      emit('email_sent', { campaignId: other });
      await bench.simulator.deliveriesSettled();
      expect(received).toEqual([]);
      const unknown = await hook(bench, id, url, { event_types: ['EMAIL_REPLIED'] });
      expect(unknown.status).toBe(400);
    }));

  it('pick categories, and may have to name some', async () => {
    await withScene({}, async ({ id, emit, bench, received, url }) => {
      const [first] = (await bench.call('GET', `/campaigns/${id}/webhooks`)).rows;
      await hook(bench, id, url, { id: first?.id, categories: ['Not Interested'] });
      emit('lead_interested');
      emit('lead_not_interested');
      await bench.simulator.deliveriesSettled();
      expect(received.map(({ body }) => body.category)).toEqual(['Not Interested']);
    });
    await withSimulator({ behaviour: { emptyCategories: 'refused' } }, async (bench) => {
      const id = await createCampaign(bench);
      expect((await hook(bench, id, 'https://a.example')).status).toBe(400);
    });
  });

  it('of the user silence those of clients and campaigns; the family may also not exist', async () => {
    await withScene({}, async ({ emit, bench, received, url }) => {
      const made = await bench.call('POST', '/webhook/create', {
        name: 'All',
        webhook_url: `${url}/user`,
        association_type: 'user',
        event_type_map: { EMAIL_SENT: true },
      });
      emit('email_sent');
      emit('email_opened');
      await bench.simulator.deliveriesSettled();
      expect(received.map(({ body }) => [body.event_type, body.webhook_url])).toEqual([
        ['EMAIL_SENT', `${url}/user`],
        ['FIRST_EMAIL_SENT', url],
        ['EMAIL_OPEN', url],
      ]);
      expect((await bench.call('GET', `/webhook/${made.body.id}`)).body.webhook_url).toBe(`${url}/user`);
      expect((await bench.call('DELETE', `/webhook/delete/${made.body.id}`)).body).toEqual({ ok: true });
    });
    await withSimulator({ behaviour: { accountWebhooks: 'missing' } }, async (bench) => {
      const answer = await bench.call('POST', '/webhook/create', {});
      expect([answer.status, answer.text]).toEqual([404, 'Cannot POST /api/v1/webhook/create']);
    });
  });
});

describe('webhook delivery', () => {
  it('retries a 5xx with the same body', () =>
    withScene({}, async ({ id, emit, bench, received }) => {
      emit('email_opened');
      await bench.simulator.deliveriesSettled();
      expect(new Set(received.map(({ text }) => text)).size).toBe(1);
      expect(received).toHaveLength(3);
      const { body } = await bench.call(
        'GET',
        `/campaigns/${id}/webhooks/summary?fromTime=2020-01-01T00:00:00Z&toTime=2099-01-01T00:00:00Z`,
      );
      expect(body).toMatchObject({
        data: { summary: [{ event_type: 'EMAIL_OPEN', attempted: 1, succeeded: 1, failed: 0 }] },
      });
    }, (count) => (count < 3 ? 503 : 200)));

  it('does not retry a 4xx', () =>
    withScene({}, async ({ emit, bench, received }) => {
      emit('email_opened');
      await bench.simulator.deliveriesSettled();
      expect(received).toHaveLength(1);
      expect(bench.simulator.state().workspaces[0]?.failedDeliveries).toBe(1);
    }, () => 401));

  it('gives up after three retries and sends again, once, when it is triggered', () => {
    let status = 500;
    return withScene({}, async ({ id, emit, bench, received }) => {
      emit('email_sent', { at });
      emit('email_opened', { at });
      await bench.simulator.deliveriesSettled();
      expect(received).toHaveLength(3 * 4);
      const path = `/campaigns/${id}/webhooks/retrigger-failed-events`;
      expect((await bench.call('POST', path, {})).status).toBe(400);
      status = 200;
      const now = bench.simulator.simulatedNow().getTime();
      const window = (from: number, to: number) => ({
        fromTime: new Date(now + from).toISOString(),
        toTime: new Date(now + to).toISOString(),
      });
      await bench.call('POST', path, window(1000, 2000));
      await bench.simulator.deliveriesSettled();
      expect(received).toHaveLength(12);
      const answer = await bench.call('POST', path, window(-1000, 1000));
      expect(answer.body).toMatchObject({ ok: true, message: 'Failed events retrigger initiated' });
      await bench.simulator.deliveriesSettled();
      expect(received.slice(12).map(({ text }) => text)).toEqual(
        [0, 4, 8].map((index) => received[index]?.text),
      );
      await bench.call('POST', path, window(-1000, 1000));
      await bench.simulator.deliveriesSettled();
      expect(received).toHaveLength(15);
      expect(bench.simulator.state().workspaces[0]?.failedDeliveries).toBe(0);
    }, () => status);
  });

  it('can switch a webhook off and be switched on by saving it', () =>
    withScene(
      { delivery: { retryDelaysMs: [], failuresBeforeSwitchOff: 2, concurrency: 1 } },
      async ({ id, emit, bench, received, url }) => {
        for (let count = 0; count < 4; count += 1) emit('email_opened');
        await bench.simulator.deliveriesSettled();
        expect(received).toHaveLength(2);
        const [webhook] = bench.simulator.state().workspaces[0]?.webhooks ?? [];
        expect(webhook?.isActive).toBe(false);
        await hook(bench, id, url, { id: Number(webhook?.id), event_types: everything });
        emit('email_opened');
        await bench.simulator.deliveriesSettled();
        expect(received).toHaveLength(3);
      },
      () => 500,
    ));

  it('can duplicate, shuffle and drop', () =>
    withScene({}, async ({ id, emit, bench, received }) => {
      bench.simulator.faults.set({ deliveries: { duplicateShare: 1, shuffle: true, shuffleBufferMs: 5 } });
      emit('email_sent', { step: 2 });
      for (let open = 0; open < 10; open += 1) emit('email_opened');
      await bench.simulator.deliveriesSettled();
      expect(received).toHaveLength(24);
      expect(typesOf(received).slice(0, 4)).not.toEqual([
        'EMAIL_SENT',
        'EMAIL_SENT',
        'FIRST_EMAIL_SENT',
        'FIRST_EMAIL_SENT',
      ]);
      bench.simulator.faults.set({ deliveries: { dropShare: 1 } });
      emit('reply_received', { text: 'Hello' });
      await bench.simulator.deliveriesSettled();
      expect(received).toHaveLength(24);
      expect(bench.simulator.truth(id)[0]).toMatchObject({ workspaceId, replies: 1, withheld: 1 });
    }));
});
