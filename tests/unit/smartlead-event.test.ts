// What a delivery of Smartlead says, field by field and shape by shape.
import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../supabase/functions/_shared/platform/digest.ts';
import { readSmartleadWebhook } from '../../supabase/functions/_shared/providers/smartlead/webhook-mapping.ts';
import { smartleadDelivery } from '../support/smartlead-deliveries.ts';

const lead = 'ingrid.holm@fjordpak.test';
const mailbox = 'mia@try-lakeside.test';
const mailId = '<a1b2c3@try-lakeside.test>';
const statsId = '7c0f3d3e-52a4-4d2e-9b0e-6a0d6a2f1c11';

const read = (body: unknown) => {
  const { event, reason } = readSmartleadWebhook(body);
  if (!event) throw new Error(reason);
  return event;
};
const eventOf = (type: string, fields: Record<string, unknown> = {}) => read(smartleadDelivery(type, fields));
const person = {
  first_name: null,
  last_name: null,
  company_name: null,
  job_title: null,
  industry: null,
  company_size: null,
  website: null,
  phone: null,
};

describe('an event', () => {
  it('has every field of its delivery', () => {
    const reading = readSmartleadWebhook(smartleadDelivery('EMAIL_REPLY', {
      client_id: 5000,
      sequence_number: '2',
      reply_category: 'Interested',
      leadCorrespondence: { targetLeadEmail: lead, replyReceivedFrom: 'Boss@fjordpak.test' },
      stats_thread_id: 'thread-1',
      sent_message: { message_id: '<sent@try-lakeside.test>' },
      preview_text: 'Sure',
      lead_data: {
        first_name: 'Inga',
        company_name: 'Fjordpak',
        website: 'https://fjordpak.test',
        phone_number: 471,
        custom_fields: { Functie: 'CFO', Branche: 'Packaging', 'company size': 240 },
      },
    }));
    expect(reading).toStrictEqual({
      event: {
        type: 'reply_received',
        provider_campaign_ids: ['2418830'],
        label: 'Interested',
        occurred_at: '2026-10-07T07:02:40.000Z',
        campaign_name: 'Nordic CFOs',
        provider_org_id: '5000',
        email_account: mailbox,
        step: 2,
        email: lead,
        lead: {
          first_name: 'Inga',
          last_name: 'Holm',
          company_name: 'Fjordpak',
          job_title: 'CFO',
          industry: 'Packaging',
          company_size: '240',
          website: 'https://fjordpak.test',
          phone: '471',
        },
        written_by: 'boss@fjordpak.test',
        message: {
          subject: 'subject',
          text: 'reply_message.text',
          html: 'reply_message.html',
          snippet: 'preview_text',
        },
        email_id: '<CAJ9@mail.fjordpak.test>',
        identity: 'reply <CAJ9@mail.fjordpak.test>',
        answers: [statsId, mailId, '<sent@try-lakeside.test>'],
        thread_id: 'thread-1',
      },
    });
  });

  it('has no field that its delivery has not', () => {
    expect(readSmartleadWebhook({ event_type: 'SOMETHING_NEW' })).toStrictEqual({
      event: { type: 'unknown', provider_campaign_ids: [], label: 'SOMETHING_NEW' },
    });
    expect(readSmartleadWebhook({ event: 'EMAIL_OPEN', email_campaign_id: 7, to_email: lead })).toStrictEqual(
      {
        event: { type: 'email_opened', provider_campaign_ids: ['7'], email: lead, lead: person },
      },
    );
    const reply = { event: 'EMAIL_REPLY', campaign: { id: 7 }, lead: { email: lead }, stats_id: statsId };
    expect(readSmartleadWebhook(reply)).toStrictEqual({
      event: {
        type: 'reply_received',
        provider_campaign_ids: ['7'],
        email: lead,
        lead: person,
        answers: [statsId],
      },
    });
    expect(readSmartleadWebhook({ ...reply, stats_id: undefined, reply: { text: 'T' } })).toStrictEqual({
      event: {
        type: 'reply_received',
        provider_campaign_ids: ['7'],
        email: lead,
        lead: person,
        message: { text: 'reply.text' },
      },
    });
  });

  it('is read from { type, data } as from a flat delivery, its mail included', () => {
    const { event_type, ...data } = smartleadDelivery('EMAIL_REPLY', { reply_message: { text: 'Sure.' } });
    expect(read({ type: event_type, data })).toStrictEqual({
      ...eventOf('EMAIL_REPLY', { reply_message: { text: 'Sure.' } }),
      message: { subject: 'data.subject', text: 'data.reply_message.text', html: 'data.reply_body' },
    });
    // What is beside the data counts more.
    expect(read({ type: event_type, data, campaign_id: 8 }).provider_campaign_ids).toEqual(['8']);
  });

  it.each([
    ['EMAIL_OPEN', 'email_opened'],
    ['email opened', 'email_opened'],
    ['email-link.clicked', 'email_clicked'],
    ['EMAIL_LINK_CLICK', 'email_clicked'],
    ['first  email - sent', 'email_sent'],
    ['EMAIL_SPAM_REPORT', 'email_spam_reported'],
    ['UNTRACKED_REPLY', 'untracked_reply'],
    ['UNTRACKED_REPLIES', 'untracked_reply'],
    ['EMAIL_BOUNCE_THRESHOLD', 'bounce_threshold_reached'],
    ['bounce_limit', 'bounce_threshold_reached'],
    ['CAMPAIGN_BOUNCE_HIGH_RATE', 'bounce_threshold_reached'],
    ['HIGH_BOUNCES', 'bounce_threshold_reached'],
    ['RATE_OF_BOUNCES', 'unknown'],
    ['CONSTRUCTOR', 'unknown'],
  ])(
    'named %s is %s',
    (name, type) => expect(eventOf(name, { sender_detail: { email: lead } }).type).toBe(type),
  );

  it.each([
    [
      { current_status: 'Start', new_status: 'PAUSED', status: 'PAUSED', campaign_status: 'PAUSED' },
      'campaign_started',
    ],
    [{ new_status: 'started', status: 'PAUSED', campaign_status: 'PAUSED' }, 'campaign_started'],
    [{ status: 'ACTIVE', campaign_status: 'PAUSED' }, 'campaign_started'],
    [{ campaign_status: 'PAUSED' }, 'campaign_paused'],
    [{ campaign_status: null }, 'unknown'],
  ])('about a campaign with %o is %s', (fields, type) => {
    expect(eventOf('CAMPAIGN_STATUS_CHANGED', fields).type).toBe(type);
  });

  it.each([
    ['3', 3],
    [0, 0],
    [32_767, 32_767],
    [32_768, undefined],
    ['first', undefined],
  ])('of step %j has step %s', (value, step) => {
    expect(eventOf('EMAIL_OPEN', { sequence_number: value }).step).toBe(step);
  });

  it('has the name of its campaign, wherever it is', () => {
    const body = {
      event_type: 'EMAIL_SENT',
      campaign: { id: 1, name: 'Nordic CFOs' },
      lead: { email: lead },
    };
    expect(read(body).campaign_name).toBe('Nordic CFOs');
  });

  it('has a class of bounce only if it bounced, and for a reason', () => {
    expect(eventOf('EMAIL_BOUNCE', { bounce_type: 'soft' }).bounce_class).toBe('soft');
    expect(eventOf('EMAIL_OPEN', { bounce_type: 'soft' })).not.toHaveProperty('bounce_class');
    expect(eventOf('EMAIL_BOUNCE', { bounce_message: null })).not.toHaveProperty('bounce_class');
  });

  it('has the category of a reply only if it is one', () => {
    expect(eventOf('EMAIL_SENT', { reply_category: 'Out Of Office' })).toMatchObject({ type: 'email_sent' });
    expect(eventOf('EMAIL_SENT', { reply_category: 'Interested' })).not.toHaveProperty('label');
  });

  it('of somebody in no campaign has none, and no step', () => {
    const event = read(smartleadDelivery('UNTRACKED_REPLIES', {
      sender_detail: { email: 'Boss@fjordpak.test', name: 'Bo Berg' },
      recipient_detail: { email: 'Mia@try-lakeside.test' },
      reply_message: { text: 'Who?' },
    }));
    expect(event).toStrictEqual({
      type: 'untracked_reply',
      provider_campaign_ids: [],
      occurred_at: '2026-10-05T07:15:20.551Z',
      email_account: mailbox,
      email: 'boss@fjordpak.test',
      lead: { ...person, first_name: 'Bo Berg' },
      message: { subject: 'subject', text: 'reply_message.text' },
      identity: `reply to ${statsId} ${sha256Hex('Who?')}`,
    });
  });
});

describe('the time of an event', () => {
  const anyTime = ['event_timestamp', 'timestamp', 'created_at'];
  const replyTimes = [
    'time_replied',
    'reply_message.time',
    'reply.time',
    'reply.timestamp',
    'reply.replied_at',
  ];

  it.each([
    ['EMAIL_SENT', ['time_sent', 'sent_message.time', ...anyTime]],
    ['EMAIL_OPEN', ['time_opened', ...anyTime]],
    ['EMAIL_LINK_CLICK', ['time_clicked', ...anyTime]],
    ['EMAIL_REPLY', [...replyTimes, ...anyTime]],
    ['UNTRACKED_REPLY', [...replyTimes, ...anyTime]],
    ['EMAIL_BOUNCE', anyTime],
  ])('%s is the best one: %o', (event_type, places) => {
    const base = { event_type, campaign_id: 1, sl_lead_email: lead, from_email: lead };
    const body: Record<string, unknown> = { ...base };
    for (const [index, place] of [...places.entries()].reverse()) {
      const [first = '', second] = place.split('.');
      const time = `2026-10-0${index + 1}T08:00:00.000Z`;
      body[first] = second === undefined ? time : { ...body[first] as object, [second]: time };
      expect(read(body).occurred_at).toBe(time);
    }
    expect(read(base)).not.toHaveProperty('occurred_at');
  });
});

describe('what makes a fact unique', () => {
  const keys = (type: string, fields: Record<string, unknown> = {}) => {
    const { email_id, identity } = eventOf(type, fields);
    return [email_id, identity];
  };
  const withoutId = { reply_message: undefined, reply_body: undefined };

  it('is what happened and the mail, for what happens once', () => {
    expect(keys('EMAIL_SENT')).toEqual([statsId, `email_sent ${statsId}`]);
    expect(keys('email_delivered', { stats_id: null })).toEqual([mailId, `email_delivered ${mailId}`]);
    expect(keys('EMAIL_BOUNCE')).toEqual([statsId, `email_bounced ${statsId}`]);
    expect(keys('EMAIL_SENT', { stats_id: null, message_id: null })).toEqual([undefined, undefined]);
  });

  it('has a time, for what happens often', () => {
    expect(keys('EMAIL_OPEN')).toEqual([statsId, `email_opened ${statsId} 2026-10-05T08:00:00.000Z`]);
    expect(keys('EMAIL_LINK_CLICK')).toEqual([statsId, `email_clicked ${statsId} 2026-10-05T09:00:11.000Z`]);
    expect(keys('EMAIL_OPEN', { time_opened: null, event_timestamp: null })).toEqual([statsId, undefined]);
    expect(keys('LEAD_UNSUBSCRIBED')).toEqual([statsId, undefined]);
  });

  it('is the id of a reply, else the mail that it answers and its text', () => {
    expect(keys('EMAIL_REPLY', { ...withoutId, reply: { message_id: '<n1@mail.test>' } }))
      .toEqual(['<n1@mail.test>', 'reply <n1@mail.test>']);
    const of = (text: string) => [undefined, `reply to ${statsId} ${sha256Hex(text)}`];
    expect(keys('EMAIL_REPLY', { ...withoutId, reply: { text: 'T', html: 'H' } })).toEqual(of('T'));
    expect(keys('EMAIL_REPLY', { ...withoutId, reply: { html: 'H', preview_text: 'P' } })).toEqual(of('H'));
    expect(keys('EMAIL_REPLY', { ...withoutId, preview_text: 'P' })).toEqual(of('P'));
    expect(keys('EMAIL_REPLY', withoutId)).toEqual([undefined, undefined]);
    expect(keys('EMAIL_REPLY', { ...withoutId, reply: { text: 'T' }, stats_id: null, message_id: null }))
      .toEqual([undefined, undefined]);
  });

  it('has the category of a reply, which may come later', () => {
    const id = '<CAJ9@mail.fjordpak.test>';
    expect(keys('EMAIL_REPLY', { reply_category: 'Out Of Office' })).toEqual([id, `reply ${id} automatic`]);
    expect(keys('EMAIL_REPLY', { reply_category: 6 })).toEqual([id, `reply ${id} automatic`]);
    expect(keys('EMAIL_REPLY', { reply_category: 3 })).toEqual([id, `reply ${id} of category 3`]);
    expect(keys('EMAIL_REPLY', { ...withoutId, reply_category: 3 })).toEqual([undefined, undefined]);
  });
});

describe('the lead’s data', () => {
  const leadOf = (fields: Record<string, unknown>) =>
    eventOf('EMAIL_SENT', { to_name: null, ...fields }).lead;

  it.each([
    [{ to_name: 'Ingrid  Maria  Holm' }, 'Ingrid', 'Maria Holm'],
    [{ to_name: 'Ingrid Holm', to_email: mailbox }, null, null],
    [{ to_name: 'Ingrid Holm', to_email: null }, 'Ingrid', 'Holm'],
    [{ to_name: 'Ingrid Holm', to_email: mailbox, lead_name: 'Inga' }, 'Inga', null],
    [{ lead_name: 'Per Ek', lead: { name: 'Inga' } }, 'Per', 'Ek'],
    [{ lead: { name: 'Per Ek' } }, 'Per', 'Ek'],
    [{ lead: { name: 'Per Ek', last_name: 'Holm' } }, 'Per', 'Holm'],
    [{ lead: { first_name: 'No' }, lead_data: { last_name: 'Ek' } }, null, 'Ek'],
  ])('in %o', (fields, first_name, last_name) => {
    expect(leadOf(fields)).toMatchObject({ first_name, last_name });
  });
});

it('of somebody in no campaign the name is known', () => {
  const name = (fields: Record<string, unknown>) =>
    read({ event_type: 'UNTRACKED_REPLY', from_email: lead, from_name: 'Bo Berg', ...fields }).lead
      ?.first_name;
  expect(name({})).toBe('Bo Berg');
  expect(name({ sender_detail: { name: 'Bo' } })).toBe('Bo');
});

describe('a test delivery', () => {
  it.each([
    [{ secret_key: 'secretkey' }],
    [{ sl_lead_email: 'test@example.com' }],
    [{ to_email: 'Test@example.com' }],
    [{ campaign_id: 100, campaign_name: 'LINK insertion' }],
  ])('is marked by %o', (fields) => {
    expect(readSmartleadWebhook(smartleadDelivery('EMAIL_SENT', fields))).toStrictEqual({ isTest: true });
  });

  it.each([
    [{ campaign_id: 100 }],
    [{ campaign_id: 100, campaign_name: null }],
    [{ campaign_name: 'Link insertion' }],
  ])('is not %o', (fields) => expect(eventOf('EMAIL_SENT', fields).type).toBe('email_sent'));
});

describe('what is no event', () => {
  const namesNoLead =
    'All fields that name the lead are missing (sl_lead_email, lead_email, lead, leadCorrespondence, from_email, to_email)';

  it.each<[body: unknown, reason: string]>([
    [null, 'The delivery is not a JSON object'],
    ['EMAIL_SENT', 'The delivery is not a JSON object'],
    [[], 'The delivery is not a JSON object'],
    [{ event_type: ' ' }, 'The field event_type is missing'],
    [{ event_type: 'EMAIL_SENT', campaign_id: 1 }, namesNoLead],
    [{ event_type: 'EMAIL_SENT', sl_lead_email: lead }, 'The field campaign_id is missing'],
    [
      { event_type: 'LEAD_CATEGORY_UPDATED', sl_lead_email: lead, new_category: 'Interested' },
      'The field campaign_id is missing',
    ],
  ])('%j says why', (body, reason) => expect(readSmartleadWebhook(body)).toStrictEqual({ reason }));
});
