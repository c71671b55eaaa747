import { describe, expect, it } from 'vitest';
import { withoutSecrets } from '../../supabase/functions/_shared/providers/smartlead/redaction.ts';
import { readSmartleadWebhook } from '../../supabase/functions/_shared/providers/smartlead/webhook-mapping.ts';
import { businessKey } from '../../supabase/functions/_shared/webhooks/business-key.ts';
import { categoryDelivery, smartleadDelivery } from '../support/smartlead-deliveries.ts';

const read = (body: unknown) => {
  const { event, reason } = readSmartleadWebhook(body);
  if (!event) throw new Error(reason);
  return event;
};
const eventOf = (type: string, fields: Record<string, unknown> = {}) => read(smartleadDelivery(type, fields));
const keyOf = (body: Record<string, unknown>) => businessKey('smartlead', read(body), body);

describe('readSmartleadWebhook reads', () => {
  it.each([
    // What Smartlead sends.
    ['EMAIL_SENT', 'email_sent'],
    ['FIRST_EMAIL_SENT', 'email_sent'],
    ['EMAIL_OPEN', 'email_opened'],
    ['EMAIL_LINK_CLICK', 'email_clicked'],
    ['EMAIL_REPLY', 'reply_received'],
    ['EMAIL_BOUNCE', 'email_bounced'],
    ['LEAD_UNSUBSCRIBED', 'lead_unsubscribed'],
    ['EMAIL_ACCOUNT_DISCONNECTED', 'account_error'],
    ['LINKEDIN_DISCONNECTED', 'account_error'],
    // What its pages print.
    ['EMAIL_OPENED', 'email_opened'],
    ['EMAIL_REPLIED', 'reply_received'],
    ['REPLIED', 'reply_received'],
    ['LEAD_REPLIED', 'reply_received'],
    ['EMAIL_CLICKED', 'email_clicked'],
    ['EMAIL_BOUNCED', 'email_bounced'],
    ['EMAIL_UNSUBSCRIBED', 'lead_unsubscribed'],
    // The eleven of the older schema.
    ['email_opened', 'email_opened'],
    ['email_clicked', 'email_clicked'],
    ['email_replied', 'reply_received'],
    ['email_bounced', 'email_bounced'],
    ['email_delivered', 'email_delivered'],
    ['email_sent', 'email_sent'],
    ['email_unsubscribed', 'lead_unsubscribed'],
    ['email_spam_reported', 'email_spam_reported'],
    ['email_follow_up_opened', 'email_opened'],
    ['email_follow_up_clicked', 'email_clicked'],
    ['email_follow_up_replied', 'reply_received'],
  ])('%s as %s', (name, type) => {
    expect(eventOf(name)).toMatchObject({ type, provider_campaign_ids: ['2418830'] });
  });

  it('what it does not know, and what has no counterpart, as unknown with its name', () => {
    for (const name of ['MANUAL_STEP_REACHED', 'SOMETHING_NEW']) {
      expect(eventOf(name)).toMatchObject({ type: 'unknown', label: name });
    }
  });

  it.each([
    ['ACTIVE', 'campaign_started'],
    ['PAUSED', 'campaign_paused'],
    ['STOPPED', 'campaign_paused'],
    ['COMPLETED', 'campaign_completed'],
    ['DRAFTED', 'unknown'],
  ])('a campaign that becomes %s as %s', (campaign_status, type) => {
    expect(eventOf('CAMPAIGN_STATUS_CHANGED', { campaign_status }).type).toBe(type);
  });

  it('a follow-up by its step, and as step 2 at least where only the old name says so', () => {
    expect(eventOf('EMAIL_OPEN', { sequence_number: '3' }).step).toBe(3);
    expect(eventOf('email_follow_up_opened', { sequence_number: undefined }).step).toBe(2);
    expect(eventOf('EMAIL_OPEN', { sequence_number: undefined }).step).toBeUndefined();
  });

  it('campaign, organisation, mailbox, lead and time', () => {
    expect(eventOf('EMAIL_SENT', { client_id: 5000 })).toMatchObject({
      provider_campaign_ids: ['2418830'],
      provider_org_id: '5000',
      campaign_name: 'Nordic CFOs',
      email: 'ingrid.holm@fjordpak.test',
      email_account: 'mia@try-lakeside.test',
      occurred_at: '2026-10-05T07:15:20.551Z',
      lead: { first_name: 'Ingrid', last_name: 'Holm' },
    });
    expect(eventOf('EMAIL_SENT')).not.toHaveProperty('provider_org_id');
  });
});

describe('the mail of a delivery', () => {
  it('is named by where its parts stand, of those that are there', () => {
    expect(eventOf('EMAIL_REPLY').message).toEqual({
      subject: 'subject',
      text: 'reply_message.text',
      html: 'reply_message.html',
    });
    expect(eventOf('EMAIL_SENT', { sent_message: { html: '<p>Hi</p>' } }).message).toEqual({
      subject: 'subject',
      html: 'sent_message.html',
    });
    expect(eventOf('EMAIL_SENT').message).toBeUndefined();
    expect(eventOf('EMAIL_OPEN', { sent_message: { html: '<p>Hi</p>' } }).message).toBeUndefined();
  });
});

describe('the direction of a reply', () => {
  it('never decides who the lead is', () => {
    const usual = eventOf('EMAIL_REPLY');
    const inverted = eventOf('EMAIL_REPLY', {
      from_email: 'ingrid.holm@fjordpak.test',
      to_email: 'mia@try-lakeside.test',
    });
    // The name beside `to_email` is our mailbox's then.
    expect({ ...inverted, lead: null }).toEqual({ ...usual, lead: null });
    expect(inverted.lead).toMatchObject({ first_name: null, last_name: null });
    expect(usual).toMatchObject({
      email: 'ingrid.holm@fjordpak.test',
      email_account: 'mia@try-lakeside.test',
    });
  });

  it('is not guessed: without a field that names the lead both sides may be it, and the database decides', () => {
    const correspondence = { targetLeadEmail: 'Ingrid.Holm@fjordpak.test' };
    const bare = { sl_lead_email: undefined, leadCorrespondence: undefined };
    expect(eventOf('EMAIL_REPLY', { ...bare, lead_correspondence: correspondence }).email).toBe(
      'ingrid.holm@fjordpak.test',
    );
    expect(eventOf('EMAIL_REPLY', bare)).toMatchObject({
      email: 'ingrid.holm@fjordpak.test',
      emails: ['ingrid.holm@fjordpak.test', 'mia@try-lakeside.test'],
      lead: { first_name: null },
    });
    const nobody = { ...bare, from_email: null, to_email: null };
    expect(readSmartleadWebhook(smartleadDelivery('EMAIL_REPLY', nobody)).reason).toMatch(/sl_lead_email/);
  });
});

describe('an unsubscribe', () => {
  it('is read without a lead id, with its Z time', () => {
    const body = {
      event_type: 'LEAD_UNSUBSCRIBED',
      event_timestamp: '2026-10-08T11:46:19.940Z',
      lead_email: 'Per@oldname.test',
      lead_name: 'Per Ek',
      to_email: 'per@oldname.test',
      campaign_id: 2418830,
    };
    expect(read(body)).toMatchObject({
      type: 'lead_unsubscribed',
      email: 'per@oldname.test',
      occurred_at: '2026-10-08T11:46:19.940Z',
      lead: { first_name: 'Per', last_name: 'Ek' },
    });
  });
});

describe('a category', () => {
  it.each([
    ['Interested', 'positive', 'lead_interested', undefined],
    ['Meeting Request', 'positive', 'lead_meeting_booked', undefined],
    ['Not Interested', 'negative', 'lead_not_interested', undefined],
    ['Out Of Office', 'neutral', 'lead_out_of_office', undefined],
    ['Wrong Person', 'negative', 'lead_wrong_person', undefined],
    ['Do Not Contact', null, 'lead_not_interested', 'Do Not Contact'],
    ['Information Request', null, 'lead_interested', 'Information Request'],
    ['Demo wanted', 'positive', 'lead_interested', 'Demo wanted'],
    ['Has a supplier', 'negative', 'lead_not_interested', 'Has a supplier'],
    ['Next year', 'neutral', 'lead_neutral', 'Next year'],
    ['Own one', null, 'lead_labelled', 'Own one'],
    [null, null, 'lead_neutral', undefined],
  ])('%s (%s) is %s', (name, sentiment, type, label) => {
    const event = read(categoryDelivery(name, sentiment));
    expect([event.type, event.label]).toEqual([type, label]);
  });

  it('brings the lead with its own fields, Dutch names too', () => {
    expect(read(categoryDelivery('Interested')).lead).toMatchObject({
      first_name: 'Ingrid',
      job_title: 'CFO',
      industry: 'Packaging',
    });
  });

  it('that was known when the reply came makes it an automatic one, and not another reply', () => {
    const plain = smartleadDelivery('EMAIL_REPLY');
    const automatic = { ...plain, reply_category: 'Out Of Office' };
    expect(read(automatic).type).toBe('auto_reply_received');
    expect(keyOf(automatic)).toBe(keyOf(plain));
  });
});

describe('the business key', () => {
  it('makes FIRST_EMAIL_SENT and EMAIL_SENT of one mail one fact, and other mails others', () => {
    const sent = keyOf(smartleadDelivery('EMAIL_SENT'));
    expect(keyOf(smartleadDelivery('FIRST_EMAIL_SENT', { event_timestamp: '2026-10-05T07:15:21+00:00' })))
      .toBe(sent);
    expect(keyOf(smartleadDelivery('EMAIL_SENT', { stats_id: 'another' }))).not.toBe(sent);
    expect(keyOf(smartleadDelivery('EMAIL_BOUNCE'))).not.toBe(sent);
  });

  it('tells repeated opens apart by their time, although they share all ids', () => {
    const first = smartleadDelivery('EMAIL_OPEN');
    expect(keyOf(first)).toBe(keyOf({ ...first, description: 'again' }));
    expect(keyOf(first)).not.toBe(keyOf({ ...first, time_opened: '2026-10-05T08:00:01.000+00:00' }));
  });

  it('is the same for a reply however its direction is told', () => {
    const reply = smartleadDelivery('EMAIL_REPLY');
    expect(keyOf({ ...reply, from_email: reply['to_email'], to_email: reply['from_email'] })).toBe(
      keyOf(reply),
    );
    const other = { message_id: '<other@mail.test>' };
    expect(keyOf({ ...reply, reply_message: other })).not.toBe(keyOf(reply));
  });
});

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

  it('one message id with another event_timestamp is one fact, for replies by what they say', () => {
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

  it('one message id of two leads is two facts: it is a word of a stranger', () => {
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

  it('categories by number, by a new name, by both, taken away, and not told at all', () => {
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
    // Nothing is said of a category: that is no reason to forget one.
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
  ])('a test delivery, told by %s', (_, fields) => {
    expect(readSmartleadWebhook(withoutSecrets(smartleadDelivery('EMAIL_SENT', fields)))).toEqual({
      isTest: true,
    });
  });

  it('an unsubscribe from everything, which speaks of no campaign', () => {
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

describe('what is no event', () => {
  it.each([
    [null, /not a JSON object/],
    [['EMAIL_SENT'], /not a JSON object/],
    [{}, /event_type/],
    [{ event_type: 'EMAIL_SENT', campaign_id: 1 }, /name the lead/],
    [{ event_type: 'EMAIL_SENT', sl_lead_email: 'a@b.test' }, /campaign_id/],
  ])('%j says why', (body, reason) => {
    expect(readSmartleadWebhook(body).reason).toMatch(reason);
  });
});

it('secrets that travel in a delivery are taken out before it is stored', () => {
  const clean = JSON.stringify(withoutSecrets(smartleadDelivery('EMAIL_SENT')));
  expect(clean).not.toContain('2d7f0c58');
  expect(clean).not.toContain('our-token-in-the-address');
  expect(clean).toContain('ingrid.holm@fjordpak.test');
});
