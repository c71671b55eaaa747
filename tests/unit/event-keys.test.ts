// Which facts are the same. Keys are stored: these must give the same ones in every version.
import { describe, expect, it } from 'vitest';
import {
  businessKey,
  canonicalJson,
  readPath,
} from '../../supabase/functions/_shared/events/business-key.ts';
import { secretHeader } from '../../supabase/functions/_shared/events/delivery-proof.ts';
import {
  type EmailEventType,
  isOncePerMail,
  needsCampaign,
  needsLead,
  type WebhookEvent,
} from '../../supabase/functions/_shared/events/webhook-event.ts';
import { Constants } from '../../supabase/functions/_shared/platform/database.types.ts';

const types = Constants.public.Enums.email_event_type;

describe('canonicalJson', () => {
  it.each([
    [
      { b: [1, 'x', null, { z: true, a: {} }], a: 0.5, c: [] },
      '{"a":0.5,"b":[1,"x",null,{"a":{},"z":true}],"c":[]}',
    ],
    [{ d: 1, a: 2, c: 3, b: 4 }, '{"a":2,"b":4,"c":3,"d":1}'],
    [{ 'q"': undefined }, '{"q\\"":null}'],
    ['text', '"text"'],
    [null, 'null'],
    [undefined, 'null'],
  ])('of %j', (value, text) => expect(canonicalJson(value)).toBe(text));
});

describe('readPath', () => {
  const payload = { subject: 'S', reply: { text: 'T', more: { html: 'H' }, none: null }, list: ['x'] };

  it.each([
    ['subject', 'S'],
    ['reply.text', 'T'],
    ['reply.more.html', 'H'],
    ['list', ['x']],
    ['reply.none', null],
    ['reply.none.text', null],
    ['reply.missing', null],
    ['missing.text', null],
    // Not what every object or text has.
    ['reply.constructor', null],
    ['subject.length', null],
    [undefined, null],
  ])('%s', (path, value) => expect(readPath(payload, path)).toEqual(value));

  it('finds nothing in what is no object', () => {
    expect([readPath(null, 'a'), readPath('text', 'length'), readPath(undefined, 'a')]).toEqual([
      null,
      null,
      null,
    ]);
  });
});

describe('businessKey', () => {
  const event: WebhookEvent = {
    type: 'email_opened',
    provider_campaign_ids: ['c1'],
    email: 'a@x.test',
    occurred_at: '2026-10-05T08:15:21.000Z',
  };
  const payload = { b: 1, a: ['x'] };
  const mail = { subject: 'S', reply: { text: 'T', html: 'H', snippet: 'P' } };
  const message = { subject: 'subject', text: 'reply.text', html: 'reply.html', snippet: 'reply.snippet' };
  const id = { email_id: 'mail-1' };

  it.each<[name: string, key: string, event: WebhookEvent | undefined, payload?: unknown]>([
    ['content that is no event', 'd1bc744b-be03-a0ba-a4c1-afcfe7bd53ae', undefined],
    ['an event without a time', 'd1bc744b-be03-a0ba-a4c1-afcfe7bd53ae', {
      type: 'account_error',
      provider_campaign_ids: [],
    }],
    ['an event with a time', '12aa68fb-89cf-a2c4-a568-23373ca8f9a8', event],
    ['one of two possible leads', 'fe377dc5-f7ea-0469-ee45-cd051b641bb7', {
      ...event,
      email: undefined as never,
      emails: ['a@x.test', 'b@x.test'],
    }],
    ['all that tells opens apart', 'c64a30c0-3877-bd45-dac2-ce30f65b47f8', {
      ...event,
      label: 'L',
      email_account: 'm@y.test',
      step: 1,
      variant: 2,
    }],
    ['a mail by its id', '1b0f8c51-8369-e47d-4e8f-12b496e6ccc1', { ...event, ...id, type: 'email_sent' }],
    ['a repeated event by its time, whatever its id', '12aa68fb-89cf-a2c4-a568-23373ca8f9a8', {
      ...event,
      ...id,
    }],
    ['a fact with its own identity', 'dadb00ae-d6b4-4628-c175-391103517e81', {
      ...event,
      ...id,
      identity: 'reply 7',
    }],
    ['a reply by its texts', 'caa41c8a-612d-6778-d752-38b291f63748', {
      ...event,
      type: 'reply_received',
      message,
    }, mail],
  ])('of %s', (_, key, fact, content = payload) => {
    expect(businessKey('instantly', fact, content)).toBe(key);
  });

  it('is another for another text, and for a text at another place', () => {
    const reply: WebhookEvent = { ...event, type: 'reply_received', message };
    const keys = [
      mail,
      { ...mail, subject: 'T' },
      { ...mail, reply: { ...mail.reply, text: 'U' } },
      { ...mail, reply: { ...mail.reply, html: 'U' } },
      { ...mail, reply: { ...mail.reply, snippet: 'U' } },
    ].map((content) => businessKey('instantly', reply, content));
    keys.push(businessKey('instantly', { ...event, type: 'reply_received' }, mail));
    keys.push(businessKey('smartlead', reply, mail));
    expect(new Set(keys).size).toBe(7);
  });
});

describe('the types of events', () => {
  const mails: EmailEventType[] = [
    'email_sent',
    'email_delivered',
    'reply_received',
    'auto_reply_received',
    'email_bounced',
  ];
  const ofMails: EmailEventType[] = [...mails, 'email_opened', 'email_clicked', 'email_spam_reported'];

  it('that happen once per mail', () => {
    expect(types.filter(isOncePerMail).sort()).toEqual([...mails].sort());
  });

  it('that need a lead', () => {
    expect(types.filter(needsLead).sort())
      .toEqual(types.filter((type) => ofMails.includes(type) || type.startsWith('lead_')).sort());
  });

  it('that need a campaign: those with a lead, but for what applies to everything', () => {
    expect(types.filter((type) => needsLead(type) && !needsCampaign(type, undefined)).sort())
      .toEqual(['email_spam_reported', 'lead_unsubscribed']);
    expect(types.filter((type) => !needsLead(type) && needsCampaign(type, undefined))).toEqual([]);
  });

  it.each([
    ['Do not contact', false],
    [' do_not-mail', false],
    ['DoNotEmail', false],
    ['do  not  contact me', false],
    ['DNC', false],
    ['unsubscribe', false],
    ['Unsubscribed', false],
    ['unsubscribes', true],
    ['dncx', true],
    ['I do not mail', true],
    ['do nothing', true],
    ['do not call', true],
    ['Interested', true],
  ])('the label "%s" needs one: %s', (label, needs) => {
    expect(needsCampaign('lead_labelled', label)).toBe(needs);
  });
});

it('the header of the secret keeps its name, because registered webhooks send it', () => {
  expect(secretHeader).toBe('x-webhook-secret');
});
