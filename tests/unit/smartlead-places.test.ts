// Reading one value at the places where Smartlead's shapes keep it.
import { describe, expect, it } from 'vitest';
import {
  addressAt,
  asObject,
  neededSmartleadFields,
  places,
  readMessage,
  textAt,
  timePlaces,
  unwrapped,
  wholeNumber,
} from '../../supabase/functions/_shared/providers/smartlead/webhook-shape.ts';

const body = { a: ' ', b: 7, c: { d: ' T ', e: 'Anna@X.test' }, list: [1], none: null };

it('an object is no list and not null', () => {
  expect([body.c, body.list, null, 'text', undefined].map(asObject))
    .toEqual([body.c, undefined, undefined, undefined, undefined]);
});

it('a text is the first one that is there', () => {
  expect(textAt(body, 'none', 'a', 'c', 'c.d', 'b')).toBe('T');
  expect(textAt(body, 'b', 'c.d')).toBe('7');
  expect(textAt(body, 'none', 'missing')).toBeNull();
});

it('an address is the first one that is there', () => {
  expect(addressAt(body, 'a', 'b', 'c.d', 'c.e')).toBe('anna@x.test');
  expect(addressAt(body, 'a', 'missing')).toBeUndefined();
});

it('data is put beside what is around it, which counts more', () => {
  const wrapped = { type: 'X', data: { type: 'Y', a: 1 } };
  expect(unwrapped(wrapped)).toEqual({ type: 'X', a: 1, data: wrapped.data });
  expect(unwrapped(body)).toBe(body);
  const list = { data: [1] };
  expect(unwrapped(list)).toBe(list);
});

it.each<[value: unknown, number: number | undefined]>([
  [0, 0],
  ['0', 0],
  ['12', 12],
  [999_999_999, 999_999_999],
  ['999999999', 999_999_999],
  [1_000_000_000, undefined],
  ['1000000000', undefined],
  [-1, undefined],
  ['-1', undefined],
  [1.5, undefined],
  ['1.5', undefined],
  ['1 ', undefined],
  ['a1', undefined],
  [['5'], undefined],
  [1e21, undefined],
  ['', undefined],
  [null, undefined],
])('the number of %j is %s', (value, number) => expect(wholeNumber(value)).toBe(number));

describe('the parts of a mail', () => {
  const parts = {
    email_sent: {
      subject: ['subject', 'custom_subject'],
      text: ['sent_message.text'],
      html: ['sent_message.html', 'sent_message_body', 'custom_email_message'],
    },
    reply_received: {
      subject: ['subject', 'reply.subject', 'custom_subject'],
      text: ['reply_message.text', 'reply.text', 'visible_text'],
      html: ['reply_message.html', 'reply_body', 'reply.html', 'reply.body'],
      snippet: ['preview_text', 'reply.preview_text'],
    },
  } as const;
  const kinds = [
    ['email_sent', parts.email_sent],
    ['reply_received', parts.reply_received],
    ['auto_reply_received', parts.reply_received],
    ['untracked_reply', parts.reply_received],
  ] as const;

  it.each(kinds)(
    'of %s are found at the first place that has them, as it came or in data',
    (type, expected) => {
      for (const [part, candidates] of Object.entries(expected) as [string, readonly string[]][]) {
        const payload: Record<string, unknown> = part === 'subject'
          ? { reply_body: 'B', sent_message_body: 'B' }
          : {};
        for (const place of [...candidates].reverse()) {
          const [first = '', second] = place.split('.');
          payload[first] = second === undefined ? 'X' : { ...payload[first] as object, [second]: 'X' };
          expect(readMessage(type, payload)).toMatchObject({ [part]: place });
          expect(readMessage(type, { data: payload })).toMatchObject({ [part]: `data.${place}` });
        }
      }
    },
  );

  it('are none where a subject is all, or where the event is about no mail', () => {
    expect(readMessage('email_sent', { subject: 'S', sent_message: { text: ' ' } })).toBeUndefined();
    expect(readMessage('reply_received', {})).toBeUndefined();
    expect(readMessage('email_opened', { sent_message_body: 'B', reply_body: 'B' })).toBeUndefined();
  });

  it('are needed of a large delivery, as is every object that is read', () => {
    const read = [
      ...Object.values(parts).flatMap((kind) => Object.values(kind).flat()),
      ...Object.values(places).flat(),
      ...kinds.flatMap(([type]) => timePlaces(type)),
    ];
    const objects = read.filter((place) => place.includes('.')).map((place) => place.split('.')[0] ?? '');
    const texts = ['reply_body', 'visible_text', 'sent_message_body', 'custom_email_message'];
    const others = ['data', 'sender_detail', 'recipient_detail', 'account', 'email_account'];
    const categories = ['lead_category', 'new_category', 'category', 'reply_category'];
    const bounces = ['bounce_message', 'bounce_reply_email', 'bounce_reply_email_preview'];
    expect([...neededSmartleadFields].sort())
      .toEqual([...new Set([...objects, ...texts, ...others, ...categories, ...bounces])].sort());
  });
});
