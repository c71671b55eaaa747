import { describe, expect, it } from 'vitest';
import { withoutSecrets } from '../../supabase/functions/_shared/platform/redaction.ts';
import { readSmartleadWebhook } from '../../supabase/functions/_shared/providers/smartlead/webhook-mapping.ts';
import { businessKey } from '../../supabase/functions/_shared/events/business-key.ts';
import { smartleadDelivery } from '../support/smartlead-deliveries.ts';

const read = (body: unknown) => {
  const { event, reason } = readSmartleadWebhook(body);
  if (!event) throw new Error(reason);
  return event;
};
const eventOf = (type: string, fields: Record<string, unknown> = {}) => read(smartleadDelivery(type, fields));
const keyOf = (body: Record<string, unknown>) => businessKey('smartlead', read(body), body);

describe('the shapes that others saw', () => {
  const lead = 'ingrid.holm@fjordpak.test';

  it('nested: event, lead and reply beside each other', () => {
    for (const name of ['event', 'event_type']) {
      const event = read({
        [name]: 'EMAIL_REPLY',
        timestamp: '2026-10-07T07:02:40Z',
        campaign_id: 2418830,
        lead: { email: lead, first_name: 'Ingrid', company_name: 'Fjordpak' },
        reply: { message_id: '<n1@mail.test>', subject: 'Re: books', text: 'Sure.' },
      });
      expect(event).toMatchObject({
        type: 'reply_received',
        email: lead,
        email_id: '<n1@mail.test>',
        occurred_at: '2026-10-07T07:02:40.000Z',
        provider_campaign_ids: ['2418830'],
        lead: { first_name: 'Ingrid', company_name: 'Fjordpak' },
        message: { subject: 'reply.subject', text: 'reply.text' },
      });
    }
  });

  it('official: reply_body alone, custom_subject, custom_email_message, a time in reply_message only', () => {
    const official = {
      event_type: 'EMAIL_REPLY',
      campaign_id: 2418830,
      from_email: 'mia@try-lakeside.test',
      to_email: lead,
      to_name: 'Ingrid Holm',
      custom_subject: 'Closing the books',
      reply_body: '<p>Sure.</p>',
      reply_message: { time: '2026-10-07T07:02:40.000+00:00' },
    };
    expect(read(official)).toMatchObject({
      emails: [lead, 'mia@try-lakeside.test'],
      occurred_at: '2026-10-07T07:02:40.000Z',
      message: { subject: 'custom_subject', html: 'reply_body' },
    });
    const sent = { subject: undefined, custom_subject: 'Books', custom_email_message: '<p>Hi</p>' };
    expect(eventOf('EMAIL_SENT', sent).message).toEqual({
      subject: 'custom_subject',
      html: 'custom_email_message',
    });
  });

  it('one message id with another event_timestamp is one fact, for replies by their text', () => {
    const reply = smartleadDelivery('EMAIL_REPLY', {
      reply_message: undefined,
      leadCorrespondence: undefined,
    });
    const later = { event_timestamp: '2026-10-09T07:00:00.000+00:00', time_replied: undefined };
    expect(keyOf({ ...reply, ...later })).toBe(keyOf(reply));
    expect(keyOf({ ...reply, reply_body: '<div>No.</div>' })).not.toBe(keyOf(reply));
    const sent = smartleadDelivery('EMAIL_SENT', { stats_id: undefined });
    expect(keyOf({ ...sent, ...later })).toBe(keyOf(sent));
    expect(keyOf({ ...sent, message_id: '<another@try-lakeside.test>' })).not.toBe(keyOf(sent));
  });

  it('one message id of two leads is two facts, because the id is not trusted', () => {
    const reply = smartleadDelivery('EMAIL_REPLY');
    expect(keyOf({ ...reply, sl_lead_email: 'per@oldname.test' })).not.toBe(keyOf(reply));
  });

  it('a mailbox that was disconnected and a campaign with too many bounces', () => {
    expect(read({
      type: 'email.account.disconnected',
      data: { email: 'Mia@try-lakeside.test', timestamp: '2026-10-07T07:02:40Z', reason: 'Invalid login' },
    })).toEqual({
      type: 'account_error',
      provider_campaign_ids: [],
      email_account: 'mia@try-lakeside.test',
      occurred_at: '2026-10-07T07:02:40.000Z',
    });
    for (const type of ['campaign.bounce_threshold.exceeded', 'BOUNCE_RATE_LIMIT_REACHED', 'high.bounce']) {
      expect(read({ type, data: { campaign_id: 2418830, bounce_rate: 7.2 } })).toMatchObject({
        type: 'bounce_threshold_reached',
        provider_campaign_ids: ['2418830'],
      });
    }
  });

  it('mail of somebody who is in no campaign, with who wrote to which mailbox', () => {
    expect(read({
      event_type: 'UNTRACKED_REPLIES',
      event_timestamp: '2026-10-07T07:02:40.000+00:00',
      campaign_id: 2418830,
      sender_detail: { email: 'Boss@fjordpak.test', name: 'Bo Berg' },
      recipient_detail: { email: 'mia@try-lakeside.test' },
      subject: 'Question',
      reply_message: { message_id: '<u1@mail.test>', text: 'Who are you?' },
    })).toMatchObject({
      type: 'untracked_reply',
      provider_campaign_ids: [],
      email: 'boss@fjordpak.test',
      email_account: 'mia@try-lakeside.test',
      lead: { first_name: 'Bo Berg' },
      message: { subject: 'subject', text: 'reply_message.text' },
    });
  });

  it('categories by number, by a new name, by both, removed, and absent', () => {
    const change = (fields: Record<string, unknown>) => {
      const { event } = readSmartleadWebhook({
        event_type: 'LEAD_CATEGORY_UPDATED',
        campaign_id: 2418830,
        sl_lead_email: lead,
        ...fields,
      });
      return [event?.type, event?.label, event?.category_id];
    };
    expect(change({ lead_category_id: 77 })).toEqual(['lead_labelled', undefined, 77]);
    expect(change({ new_category: 'Interested' })).toEqual(['lead_interested', undefined, undefined]);
    expect(change({ new_category: 'Own one', lead_category: { new_id: 91 } })).toEqual([
      'lead_labelled',
      'Own one',
      91,
    ]);
    expect(change({ lead_category: { old_id: 1, new_id: null } })).toEqual([
      'lead_neutral',
      undefined,
      undefined,
    ]);
    // No category is given, which is no reason to remove one.
    expect(change({})).toEqual(['unknown', 'LEAD_CATEGORY_UPDATED', undefined]);
  });

  it('the category of a reply by number: 6 is out of office, others wait for the list', () => {
    expect(eventOf('EMAIL_REPLY', { reply_category: 6 })).toMatchObject({
      type: 'auto_reply_received',
      category_id: 6,
    });
    expect(eventOf('EMAIL_REPLY', { reply_category: '6' })).toMatchObject({
      type: 'auto_reply_received',
      category_id: 6,
    });
    expect(eventOf('EMAIL_REPLY', { reply_category: 1 })).toMatchObject({
      type: 'reply_received',
      category_id: 1,
    });
    expect(eventOf('EMAIL_REPLY', { reply_category: 'Interested' })).toMatchObject({ label: 'Interested' });
  });

  it('who wrote, if it was not the lead', () => {
    const correspondence = (replyReceivedFrom: string) => ({
      leadCorrespondence: { targetLeadEmail: lead, replyReceivedFrom },
    });
    expect(eventOf('EMAIL_REPLY', correspondence('boss@fjordpak.test'))).toMatchObject({
      email: lead,
      written_by: 'boss@fjordpak.test',
    });
    expect(eventOf('EMAIL_REPLY', correspondence(lead))).not.toHaveProperty('written_by');
  });

  it.each([
    ['the placeholder of its secret', { secret_key: 'secretkey' }],
    ['its address', { sl_lead_email: 'test@example.com', to_email: 'test@example.com' }],
    ['its campaign', { campaign_id: 100, campaign_name: 'Link insertion' }],
  ])('a test delivery, marked by %s', (_, fields) => {
    expect(readSmartleadWebhook(withoutSecrets(smartleadDelivery('EMAIL_SENT', fields)))).toEqual({
      isTest: true,
    });
  });

  it('an unsubscribe from everything, which names no campaign', () => {
    expect(
      read({
        event_type: 'LEAD_UNSUBSCRIBED',
        lead_email: lead,
        event_timestamp: '2026-10-08T11:46:19.940Z',
      }),
    )
      .toMatchObject({ type: 'lead_unsubscribed', email: lead, provider_campaign_ids: [] });
  });
});
