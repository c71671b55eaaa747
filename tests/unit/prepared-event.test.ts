// A payload ready to be stored: what was read of it, its key, and a form that the database accepts.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { businessKey } from '../../supabase/functions/_shared/events/business-key.ts';
import { asDeadLetter, prepareEvent } from '../../supabase/functions/_shared/events/prepared-event.ts';
import { asUnreadable, toStorable } from '../../supabase/functions/_shared/events/storable.ts';
import type { WebhookReading } from '../../supabase/functions/_shared/events/webhook-event.ts';
import { sha256Hex } from '../../supabase/functions/_shared/platform/digest.ts';

const prepare = (payload: unknown, read: (payload: unknown) => WebhookReading) =>
  prepareEvent('instantly', read, payload, JSON.stringify(payload));

afterEach(() => {
  vi.restoreAllMocks();
});

describe('prepareEvent', () => {
  const payload = { event_type: 'email_sent' };
  const contentKey = businessKey('instantly', undefined, payload);

  it('keeps what was read, with its key and its campaign', () => {
    const event = {
      type: 'campaign_paused',
      provider_campaign_ids: ['c1', 'c2'],
      occurred_at: '2026-10-05',
    } as const;
    expect(prepare(payload, () => ({ event: { ...event, provider_campaign_ids: ['c1', 'c2'] } })))
      .toStrictEqual({
        key: businessKey('instantly', { ...event, provider_campaign_ids: ['c1', 'c2'] }, payload),
        provider_campaign_id: 'c1',
        event,
        payload,
      });
    expect(prepare(payload, () => ({ event: { ...event, provider_campaign_ids: [] } }))).toMatchObject({
      provider_campaign_id: null,
    });
  });

  it('keeps why it is no event, and that it is a test', () => {
    const none = { key: contentKey, provider_campaign_id: null, event: null, payload };
    expect(prepare(payload, () => ({ reason: 'No lead' }))).toStrictEqual({ ...none, reason: 'No lead' });
    expect(prepare(payload, () => ({ isTest: true }))).toStrictEqual({ ...none, is_test: true });
  });

  it('does not read what the database cannot hold', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 201; level++) deep = [deep];
    const read = vi.fn<() => WebhookReading>();
    expect(prepare(deep, read)).toMatchObject({
      event: null,
      reason: 'The content is nested deeper than 200 levels',
      payload: { unreadable: JSON.stringify(deep) },
    });
    expect(read).not.toHaveBeenCalled();
  });

  it('makes a dead letter of what breaks its reader', () => {
    const log = vi.spyOn(console, 'error').mockReturnValue();
    const broken = prepare(payload, () => {
      throw new Error('x'.repeat(400));
    });
    expect(broken).toMatchObject({ key: contentKey, event: null, payload });
    expect(broken.reason).toMatch(/^Reading the content failed: .*x+$/);
    expect(broken.reason).toHaveLength('Reading the content failed: '.length + 300);
    expect(JSON.parse(String(log.mock.calls[0]?.[0]))).toMatchObject({
      message: 'A delivery could not be read',
      error: expect.stringContaining('xxx'),
    });
  });
});

it('a dead letter keeps its key, and its payload as text', () => {
  const event = prepare({ name: 'N' }, () => ({ reason: 'No lead' }));
  expect(asDeadLetter({ ...event, provider_campaign_id: 'c1' })).toStrictEqual({
    key: event.key,
    provider_campaign_id: null,
    event: null,
    reason: 'The database cannot hold this content as JSON',
    payload: { unreadable: '{"name":"N"}' },
  });
});

describe('asUnreadable', () => {
  const longest = 512 * 1024;

  it('cuts a very long text, and keeps its digest', () => {
    // The quotation marks count too.
    expect(asUnreadable('x'.repeat(longest - 2))).toEqual({ unreadable: `"${'x'.repeat(longest - 2)}"` });
    const text = `"${'x'.repeat(longest - 1)}"`;
    expect(asUnreadable('x'.repeat(longest - 1))).toEqual({
      unreadable: text.slice(0, longest),
      characters: longest + 1,
      sha256: sha256Hex(text),
    });
  });

  it('cuts no character in two', () => {
    const kept = asUnreadable(`${'x'.repeat(longest - 2)}🙂`);
    expect(kept).toMatchObject({ unreadable: `"${'x'.repeat(longest - 2)}\uFFFD` });
  });
});

describe('toStorable', () => {
  it('replaces what Postgres cannot hold and leaves the rest alone', () => {
    const text = '{"a\\u0000":"b\\u0000c \\ud83d","ok":"\\u00e9","n":[1,{"x":"\\udc00"}]}';
    expect(toStorable(JSON.parse(text), text).value).toEqual({
      'a\uFFFD': 'b\uFFFDc \uFFFD',
      ok: 'é',
      n: [1, { x: '\uFFFD' }],
    });
    const plain = { a: 'b' };
    expect(toStorable(plain, '{"a":"b"}').value).toBe(plain);
  });

  it('keeps deeply nested content as text, with the reason', () => {
    const text = `${'['.repeat(500)}${']'.repeat(500)}`;
    const storable = toStorable(JSON.parse(text), text);
    expect(storable.value).toEqual({ unreadable: text });
    expect(storable.reason).toBe('The content is nested deeper than 200 levels');
  });

  it('writes that text as JSON, without its secrets', () => {
    const around = (inner: unknown) => {
      let value = inner;
      for (let level = 0; level < 200; level++) value = [value];
      return value;
    };
    const inner = { a: [1, null, { b: 'x"y', c: [] }, true], 'n"ame': {}, last: -0.5 };
    const storable = toStorable(around(inner), '');
    expect(storable.value).toEqual({
      unreadable: `${'['.repeat(200)}${JSON.stringify(inner)}${']'.repeat(200)}`,
    });
    expect(toStorable(around({ password: 'p4ss', ok: undefined, nul: '\u0000' }), '').value).toEqual({
      unreadable: `${'['.repeat(200)}{"password":"[redacted]","ok":null,"nul":"\\u0000"}${']'.repeat(200)}`,
    });
  });

  it('takes secrets out of what it keeps as JSON', () => {
    const payload = { api_key: 'k3y', name: 'N' };
    expect(toStorable(payload, JSON.stringify(payload))).toEqual({ value: { name: 'N' } });
  });
});
