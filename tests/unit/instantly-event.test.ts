// What a delivery of Instantly says, field by field: all of them, none of them, and values that are no value of their field.
import { describe, expect, it } from 'vitest';
import { readInstantlyWebhook } from '../../supabase/functions/_shared/providers/instantly/webhook-mapping.ts';
import { delivery } from '../support/deliveries.ts';

const campaign = '019a1c3e-5f20-7c11-9d0a-3b7f1e22a001';
const other = '019a1c3e-5f20-7c11-9d0a-3b7f1e22a002';
const lead = 'ingrid.holm@fjordpak.test';

const read = (type: string, fields: Record<string, unknown> = {}) =>
  readInstantlyWebhook(delivery(type, { campaign, campaign_id: campaign, ...fields }));
const eventOf = (type: string, fields: Record<string, unknown> = {}) => {
  const { event, reason } = read(type, fields);
  if (!event) throw new Error(reason);
  return event;
};

describe('an event', () => {
  it('has every field of its delivery', () => {
    const reading = read('reply_received', {
      campaign_id: other.toUpperCase(),
      lead_email: 'Ingrid.Holm@fjordpak.test',
      email: 'ingrid@fjordpak.test',
      email_account: 'Mia@outreach.test',
      step: '2',
      variant: 3,
      email_id: '019A3A77-0C0D-7E0F-9A1B-2C3D4E5F6071',
      from_address_email: 'Boss@fjordpak.test',
      thread_id: 'thread-1',
      reply_subject: 'Re: books',
      reply_text: 'Sure.',
      reply_html: '<p>Sure.</p>',
      reply_text_snippet: 'Sure',
      unibox_url: 'https://app.instantly.ai/app/unibox',
      jobTitle: 'CFO',
      'job title': 'Chief',
      phone: '+47 1',
      Branche: 'Packaging',
      'company size': 12,
      vip: true,
      nothing: null,
      nested: { a: 1 },
    });
    expect(reading).toStrictEqual({
      event: {
        type: 'reply_received',
        provider_campaign_ids: [campaign, other],
        occurred_at: '2026-10-05T08:15:21.903Z',
        campaign_name: 'Nordic CFOs',
        email_account: 'mia@outreach.test',
        step: 2,
        variant: 3,
        email_id: '019a3a77-0c0d-7e0f-9a1b-2c3d4e5f6071',
        written_by: 'boss@fjordpak.test',
        thread_id: 'thread-1',
        message: {
          subject: 'reply_subject',
          text: 'reply_text',
          html: 'reply_html',
          snippet: 'reply_text_snippet',
          inbox_url: 'unibox_url',
        },
        email: lead,
        emails: [lead, 'ingrid@fjordpak.test'],
        lead: {
          first_name: 'Ingrid',
          last_name: 'Holm',
          company_name: 'Fjordpak',
          job_title: 'CFO',
          industry: 'Packaging',
          company_size: '12',
          website: 'https://fjordpak.test',
          phone: '+47 1',
        },
        variables: ['job title', 'Branche', 'company size', 'vip', 'nothing'],
      },
    });
  });

  it('has no field that its delivery has not', () => {
    expect(readInstantlyWebhook({ event_type: 'campaign_paused', campaign })).toStrictEqual({
      event: { type: 'campaign_paused', provider_campaign_ids: [campaign] },
    });
    expect(readInstantlyWebhook({ event_type: 'warmup_paused' })).toStrictEqual({
      event: { type: 'unknown', provider_campaign_ids: [], label: 'warmup_paused' },
    });
    expect(readInstantlyWebhook({ event_type: 'lead_neutral', campaign_id: campaign, email: lead }))
      .toStrictEqual({
        event: {
          type: 'lead_neutral',
          provider_campaign_ids: [campaign],
          email: lead,
          lead: {
            first_name: null,
            last_name: null,
            company_name: null,
            job_title: null,
            industry: null,
            company_size: null,
            website: null,
            phone: null,
          },
        },
      });
  });

  it.each([
    ['12', 12],
    ['0', 0],
    [32_767, 32_767],
    [32_768, undefined],
    ['12345', undefined],
    ['x1', undefined],
    ['1x', undefined],
    ['', undefined],
    [-1, undefined],
    [1.5, undefined],
  ])('has step and variant %j as %s', (value, number) => {
    const event = eventOf('email_sent', { step: value, variant: value });
    expect([event.step, event.variant]).toEqual([number, number]);
  });

  it('is about the address that is one', () => {
    expect(eventOf('email_sent', { lead_email: 'none', email: lead })).toMatchObject({ email: lead });
    expect(eventOf('email_sent', { lead_email: lead, email: 'none' })).not.toHaveProperty('emails');
  });

  it.each([
    ['email_delivered', 'email_delivered'],
    ['email_spam_reported', 'email_spam_reported'],
    ['lead_lost', 'lead_lost'],
    ['EMAIL_SENT', 'email_sent'],
  ])('%s is %s', (name, type) => expect(eventOf(name).type).toBe(type));
});

describe('the type of a delivery whose variable hides it', () => {
  const inbox = { unibox_url: 'https://app.instantly.ai/app/unibox', reply_text: 'Sure.' };

  it.each([
    ['a link into the inbox and a text', inbox, 'reply_received'],
    ['a link in another spelling', { ...inbox, unibox_url: 'HTTP://app.test' }, 'reply_received'],
    ['a link without a text', { ...inbox, reply_text: ' ' }, 'lead_labelled'],
    ['a link without any mail', { unibox_url: inbox.unibox_url }, 'lead_labelled'],
    ['a text without a link', { ...inbox, unibox_url: null }, 'lead_labelled'],
    ['a text that is no link', { ...inbox, unibox_url: 'see https://app.test' }, 'lead_labelled'],
    ['a list of links', { ...inbox, unibox_url: [inbox.unibox_url] }, 'lead_labelled'],
  ])('is read from %s', (_, fields, type) => {
    expect(eventOf('Enterprise', fields).type).toBe(type);
  });

  it('is unknown without a lead, whatever else is there', () => {
    const event = eventOf('Enterprise', { ...inbox, lead_email: null, email: null });
    expect(event).toMatchObject({ type: 'unknown', label: 'Enterprise' });
    expect(event).not.toHaveProperty('lead');
  });
});

describe('the mail of a delivery', () => {
  it.each<[type: string, fields: Record<string, unknown>, message: unknown]>([
    ['email_sent', { email_subject: 'S', email_text: 'T', email_html: 'H', reply_text: 'R' }, {
      subject: 'email_subject',
      text: 'email_text',
      html: 'email_html',
    }],
    ['email_sent', { email_subject: 'S', email_text: ' \n', email_html: '' }, { subject: 'email_subject' }],
    ['email_sent', { email_subject: 7, email_text: null }, undefined],
    ['auto_reply_received', { reply_text: 'Away', email_text: 'T' }, { text: 'reply_text' }],
    ['email_opened', { email_subject: 'S', reply_text: 'R' }, undefined],
  ])('of type %s with %o', (type, fields, message) => {
    expect(eventOf(type, fields).message).toEqual(message);
  });
});

describe('who wrote a reply', () => {
  const writtenBy = (type: string, fields: Record<string, unknown>) => eventOf(type, fields).written_by;

  it('is reported where it was not the lead', () => {
    const boss = { from_address_email: 'boss@fjordpak.test' };
    expect(writtenBy('reply_received', boss)).toBe('boss@fjordpak.test');
    expect(writtenBy('auto_reply_received', boss)).toBe('boss@fjordpak.test');
    expect(writtenBy('email_sent', boss)).toBeUndefined();
    expect(writtenBy('reply_received', { from_address_email: lead })).toBeUndefined();
    expect(eventOf('reply_received', { from_address_email: 'none' })).not.toHaveProperty('written_by');
  });

  it('comes with the thread, which alone would be a variable of the lead', () => {
    expect(eventOf('reply_received', { thread_id: 't', from_address_email: null }).thread_id).toBe('t');
    expect(eventOf('reply_received', { thread_id: 't' })).not.toHaveProperty('thread_id');
    expect(eventOf('reply_received', { thread_id: ' ', from_address_email: lead })).not.toHaveProperty(
      'thread_id',
    );
  });
});

describe('why a mail bounced', () => {
  it.each<[fields: Record<string, unknown>, bounce: string | undefined]>([
    [{ bounce_type: 'Soft', bounce_reason: '550 No such user here' }, 'soft'],
    [{ bounce_type: 'robot', bounce_reason: '452 4.2.2 over quota' }, 'soft'],
    [{ bounce_reason: 'No such user', bounce_message: '452 4.2.2 over quota' }, 'hard'],
    [{ bounce_message: '452 4.2.2 over quota' }, 'soft'],
    [{ bounce_reason: `${'x'.repeat(19_981)} mailbox full today` }, 'soft'],
    [{ bounce_reason: `${'x'.repeat(20_000)} mailbox full` }, 'hard'],
    [{}, undefined],
  ])('is read from %o', (fields, bounce) => {
    expect(eventOf('email_bounced', fields).bounce_class).toBe(bounce);
  });

  it('is no matter of other events', () => {
    expect(eventOf('email_opened', { bounce_type: 'soft' })).not.toHaveProperty('bounce_class');
    expect(eventOf('email_bounced')).not.toHaveProperty('bounce_class');
  });
});

describe('a test delivery', () => {
  const nowhere = { campaign: null, campaign_id: null };
  it.each([
    ['a mail without a campaign', 'email_sent', nowhere],
    ['a campaign without its id', 'campaign_paused', { ...nowhere, lead_email: null, email: null }],
    ['its own address', 'email_sent', { lead_email: 'test@example.com' }],
    ['its own address, whatever the type', 'Enterprise', {
      ...nowhere,
      email: 'test@example.com',
      lead_email: null,
    }],
  ])('is marked by %s', (_, type, fields) => {
    expect(read(type, fields)).toStrictEqual({ isTest: true });
  });

  it.each([
    ['a mailbox', 'account_error', nowhere],
    ['an unsubscribe from everything', 'lead_unsubscribed', nowhere],
    ['a label that says so', 'Do not contact', nowhere],
    ['a campaign by its other id', 'email_sent', { campaign_id: null }],
  ])('is not %s', (_, type, fields) => expect(read(type, fields).event).toBeDefined());
});

describe('what is no event', () => {
  const isNoObject = 'The delivery is not a JSON object';
  const hasNoCampaign = 'The fields campaign and campaign_id hold no campaign id';

  it.each<[payload: unknown, reason: string]>([
    [null, isNoObject],
    ['email_sent', isNoObject],
    [[], isNoObject],
    [{}, 'The field event_type is missing'],
    [{ event_type: ' ' }, 'The field event_type is missing'],
    [{ event_type: 'email_sent', campaign }, 'The field lead_email is missing'],
    [{ event_type: 'email_sent', campaign, lead_email: ' ', email: '' }, 'The field lead_email is missing'],
    [{ event_type: 'email_sent', campaign, lead_email: 'x' }, 'The field lead_email holds no usable address'],
    [{ event_type: 'email_sent', campaign, email: 'x' }, 'The field lead_email holds no usable address'],
    [{ event_type: 'email_sent', email: lead }, hasNoCampaign],
    [{ event_type: 'email_sent', email: lead, campaign_id: 'Spring sale' }, hasNoCampaign],
  ])('%j says why', (payload, reason) => {
    expect(readInstantlyWebhook(payload)).toStrictEqual({ reason });
  });
});
