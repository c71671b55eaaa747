import { describe, expect, it } from 'vitest';
import { createCampaign, until, withReceiver, withSimulator, workspaceId } from './helpers.ts';
import type { Json, TestBench } from './helpers.ts';

const quick = { delivery: { retryDelaysMs: [5, 10], failuresBeforeSwitchOff: 2, concurrency: 1 } };
const leadEmail = 'ingrid.holm@fjordpak.example';

async function prepare(bench: TestBench, url: string, variables: Json = {}, more: Json = {}) {
  const campaignId = await createCampaign(bench);
  await bench.call('POST', '/api/v2/leads/add', {
    campaign_id: campaignId,
    leads: [{
      email: leadEmail,
      first_name: 'Ingrid',
      company_name: 'Fjordpak',
      custom_variables: variables,
    }],
  });
  const hook = await bench.call('POST', '/api/v2/webhooks', {
    target_hook_url: url,
    event_type: 'all_events',
    ...more,
  });
  const emit = (
    type:
      | 'email_sent'
      | 'email_opened'
      | 'link_clicked'
      | 'reply_received'
      | 'auto_reply_received'
      | 'lead_interested',
    text?: string,
  ) =>
    bench.simulator.emit({ workspaceId, campaignId, leadEmail, type, ...(text !== undefined && { text }) });
  return { campaignId, hookPath: `/api/v2/webhooks/${String(hook.body.id)}`, emit };
}

describe('webhook bodies', () => {
  it('are flat, carry lead data and come with the static headers', () =>
    withReceiver(() => 200, ({ url, received }) =>
      withSimulator(quick, async (bench) => {
        const { emit, campaignId } = await prepare(bench, url, { employees: 240 }, {
          headers: { 'X-Portal-Secret': 's3cr3t' },
        });
        emit('email_sent');
        emit('reply_received', 'Sure, Thursday works.\nIngrid');
        emit('lead_interested');
        await bench.simulator.deliveriesSettled();
        const [sent, reply, interested] = received;
        expect(sent?.headers['x-portal-secret']).toBe('s3cr3t');
        expect(sent?.body).toMatchObject({
          event_type: 'email_sent',
          workspace: workspaceId,
          campaign_id: campaignId,
          campaign: campaignId,
          email: leadEmail,
          firstName: 'Ingrid',
          lastName: '',
          phone: null,
          employees: 240,
          step: 1,
          variant: 1,
          is_first: true,
          unibox_url: null,
          email_subject: 'Month-end at Fjordpak',
        });
        expect(reply?.body).toMatchObject({
          reply_text_snippet: 'Sure, Thursday works.',
          reply_subject: 'Re: Month-end at Fjordpak',
        });
        expect(interested?.body).toMatchObject({
          event_type: 'lead_interested',
          reply_text: 'Sure, Thursday works.\nIngrid',
        });
        expect(interested?.body).not.toHaveProperty('email_account');
      })));

  it('let a custom variable hide a base field', () =>
    withReceiver(() => 200, ({ url, received }) =>
      withSimulator(quick, async (bench) => {
        const { emit, campaignId } = await prepare(bench, url, { campaign_id: 'spring-list' });
        emit('email_sent');
        await bench.simulator.deliveriesSettled();
        expect(received[0]?.body).toMatchObject({ campaign_id: 'spring-list', campaign: campaignId });
      })));

  it('arrive under other names than they are subscribed by', () =>
    withReceiver(() => 200, ({ url, received }) =>
      withSimulator(quick, async (bench) => {
        const { emit, campaignId } = await prepare(bench, url, {}, { event_type: 'email_link_clicked' });
        const custom = { target_hook_url: `${url}/label`, event_type: null, custom_interest_value: 1500 };
        await bench.call('POST', '/api/v2/webhooks', custom);
        emit('email_sent');
        emit('link_clicked');
        emit('auto_reply_received', 'Away');
        bench.simulator.emit({
          workspaceId,
          campaignId,
          leadEmail,
          type: 'custom_label',
          label: 'Send deck later',
        });
        await bench.simulator.deliveriesSettled();
        expect(received.map(({ body }) => body.event_type)).toEqual(['link_clicked', 'Send deck later']);
      })));

  it('bring automatic replies only through all events', () =>
    withReceiver(() => 200, ({ url, received }) =>
      withSimulator(quick, async (bench) => {
        const { emit } = await prepare(bench, url);
        const refused = await bench.call('POST', '/api/v2/webhooks', {
          target_hook_url: url,
          event_type: 'auto_reply_received',
        });
        expect(refused.body.message).toBe('body/event_type must be equal to one of the allowed values');
        emit('auto_reply_received', 'Away');
        await bench.simulator.deliveriesSettled();
        expect(received.map(({ body }) => body.event_type)).toEqual(['auto_reply_received']);
      })));

  it('may call an automatic reply a reply, and never say who wrote; the inbox does', () =>
    withReceiver(() => 200, ({ url, received }) =>
      withSimulator(quick, async (bench) => {
        const { campaignId } = await prepare(bench, url);
        bench.simulator.emit({
          workspaceId,
          campaignId,
          leadEmail,
          type: 'auto_reply_received',
          text: 'Away',
          from: 'boss@elsewhere.example',
          deliveredAsReply: true,
        });
        await bench.simulator.deliveriesSettled();
        expect(received.map(({ body }) => body.event_type)).toEqual(['reply_received']);
        expect(received[0]?.text).not.toContain('boss@elsewhere.example');
        const { rows } = await bench.call('GET', '/api/v2/emails');
        expect(rows).toMatchObject([{
          id: received[0]?.body.email_id,
          is_auto_reply: 1,
          lead: leadEmail,
          from_address_email: 'boss@elsewhere.example',
        }]);
        expect(bench.simulator.truth(campaignId)).toMatchObject([{ replies: 0, autoReplies: 1 }]);
      })));

  it('follow an interest update that was only accepted', () =>
    withReceiver(() => 200, ({ url, received }) =>
      withSimulator(quick, async (bench) => {
        await prepare(bench, url);
        const answer = await bench.call('POST', '/api/v2/leads/update-interest-status', {
          lead_email: leadEmail,
          interest_value: 2,
        });
        expect(answer.status).toBe(202);
        await until(() => received.length > 0);
        expect(received[0]?.body.event_type).toBe('lead_meeting_booked');
      })));
});

describe('webhook delivery', () => {
  it('retries with the same body and logs every attempt', () =>
    withReceiver(
      (count) => (count < 3 ? 503 : 200),
      ({ url, received }) =>
        withSimulator(quick, async (bench) => {
          const { emit } = await prepare(bench, url);
          emit('email_sent');
          await bench.simulator.deliveriesSettled();
          expect(new Set(received.map(({ text }) => text)).size).toBe(1);
          const { rows } = await bench.call('GET', `/api/v2/webhook-events?search=${leadEmail}`);
          expect(
            rows.map((
              row,
            ) => [row.retry_count, row.success, row.will_retry, row.status_code, row.retry_successful]),
          ).toEqual([
            [2, true, false, 200, true],
            [1, false, true, 503, true],
            [0, false, true, 503, true],
          ]);
          expect(new Set(rows.map((row) => row.retry_group_id)).size).toBe(1);
          expect(rows[0]?.payload).toEqual(received[0]?.body);
          const summary = await bench.call('GET', '/api/v2/webhook-events/summary');
          expect(summary.body).toMatchObject({ total_events: 3, successful_events: 1, failed_events: 2 });
        }),
    ));

  it('switches off after failed groups in a row and on again by resume', () => {
    let status = 401;
    return withReceiver(() => status, ({ url, received }) =>
      withSimulator(quick, async (bench) => {
        const { emit, hookPath } = await prepare(bench, url);
        emit('email_sent');
        emit('email_opened');
        await bench.simulator.deliveriesSettled();
        const off = await bench.call('GET', hookPath);
        expect(off.body.status).toBe(-1);
        expect(off.body.timestamp_error).not.toBeNull();
        expect(received).toHaveLength(6);
        emit('email_opened');
        status = 200;
        const on = await bench.call('POST', `${hookPath}/resume`);
        expect(on.body).toMatchObject({ status: 1, timestamp_error: null });
        emit('link_clicked');
        await bench.simulator.deliveriesSettled();
        expect(received.slice(6).map(({ body }) => body.event_type)).toEqual(['link_clicked']);
        const test = await bench.call('POST', `${hookPath}/test`);
        expect(test.body).toMatchObject({ success: true, status_code: 200 });
      }));
  });

  it('can duplicate, shuffle and drop', () =>
    withReceiver(() => 200, ({ url, received }) =>
      withSimulator(quick, async (bench) => {
        const { emit, campaignId } = await prepare(bench, url);
        bench.simulator.faults.set({ deliveries: { duplicateShare: 1, shuffle: true, shuffleBufferMs: 5 } });
        emit('email_sent');
        for (let open = 0; open < 10; open += 1) emit('email_opened');
        await bench.simulator.deliveriesSettled();
        expect(received).toHaveLength(22);
        expect(received.slice(0, 2).every(({ body }) => body.event_type === 'email_sent')).toBe(false);
        bench.simulator.faults.set({ deliveries: { dropShare: 1 } });
        emit('reply_received', 'Hello');
        await bench.simulator.deliveriesSettled();
        expect(received).toHaveLength(22);
        expect(bench.simulator.truth(campaignId)[0]).toMatchObject({ replies: 1, withheld: 1 });
      })));
});
