import { describe, expect, it } from 'vitest';
import { withoutSecrets } from '../../supabase/functions/_shared/platform/redaction.ts';
import { readSmartleadWebhook } from '../../supabase/functions/_shared/providers/smartlead/webhook-mapping.ts';
import { businessKey } from '../../supabase/functions/_shared/events/business-key.ts';
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
  it('lists where its present parts are', () => {
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
    const withoutSides = { ...bare, from_email: null, to_email: null };
    expect(readSmartleadWebhook(smartleadDelivery('EMAIL_REPLY', withoutSides)).reason).toMatch(
      /sl_lead_email/,
    );
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

  it('that was known when the reply came makes it an automatic one, of the same mail id', () => {
    const plain = smartleadDelivery('EMAIL_REPLY');
    const automatic = { ...plain, reply_category: 'Out Of Office' };
    expect(read(automatic).type).toBe('auto_reply_received');
    // Another key, so that it is not dropped as a duplicate: the projector corrects the reply of this mail.
    expect(keyOf(automatic)).not.toBe(keyOf(plain));
    expect(read(automatic).email_id).toBe(read(plain).email_id);
    expect(read({ ...plain, reply_category: 6 })).toMatchObject({ category_id: 6 });
  });

  it('whose number no column holds is left out, and the reply stays one', () => {
    for (const reply_category of [2 ** 53, -1, 1.5, 1e300]) {
      const event = read({ ...smartleadDelivery('EMAIL_REPLY'), reply_category });
      expect([event.type, event.category_id]).toEqual(['reply_received', undefined]);
    }
  });

  it('or a global unsubscribe needs no campaign', () => {
    const everywhere = { campaign_id: undefined, campaign_name: undefined };
    expect(read(smartleadDelivery('LEAD_UNSUBSCRIBED', everywhere)).provider_campaign_ids).toEqual([]);
    expect(read(categoryDelivery('Do Not Contact', null, everywhere))).toMatchObject({
      label: 'Do Not Contact',
    });
  });

  it('keeps why a mail bounced, who wrote a reply and what it answers', () => {
    expect(read(smartleadDelivery('EMAIL_BOUNCE', { is_sender_originated_bounce: true })).bounce_class).toBe(
      'sender',
    );
    const correspondence = {
      targetLeadEmail: 'ingrid.holm@fjordpak.test',
      replyReceivedFrom: 'Per.Ek@fjordpak.test',
    };
    expect(read(smartleadDelivery('EMAIL_REPLY', { leadCorrespondence: correspondence, stats_id: 'mail-1' })))
      .toMatchObject({
        written_by: 'per.ek@fjordpak.test',
        answers: expect.arrayContaining(['mail-1']) as string[],
      });
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

  it('distinguishes repeated opens by their time, although they share all ids', () => {
    const first = smartleadDelivery('EMAIL_OPEN');
    expect(keyOf(first)).toBe(keyOf({ ...first, description: 'again' }));
    expect(keyOf(first)).not.toBe(keyOf({ ...first, time_opened: '2026-10-05T08:00:01.000+00:00' }));
  });

  it('is the same for a reply in either direction', () => {
    const reply = smartleadDelivery('EMAIL_REPLY');
    expect(keyOf({ ...reply, from_email: reply['to_email'], to_email: reply['from_email'] })).toBe(
      keyOf(reply),
    );
    const other = { message_id: '<other@mail.test>' };
    expect(keyOf({ ...reply, reply_message: other })).not.toBe(keyOf(reply));
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
