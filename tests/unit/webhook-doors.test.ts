import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../supabase/functions/_shared/platform/errors.ts';
import { readText } from '../../supabase/functions/_shared/platform/http.ts';
import { smartleadProof } from '../../supabase/functions/_shared/providers/smartlead/delivery-proof.ts';
import { createByteBudget } from '../../supabase/functions/_shared/webhooks/byte-budget.ts';
import { createCoalescer } from '../../supabase/functions/_shared/webhooks/coalescer.ts';
import { prepareEvent, type StoredEvent } from '../../supabase/functions/_shared/events/prepared-event.ts';
import { createIngest, type Delivery } from '../../supabase/functions/_shared/webhooks/ingest.ts';
import { createWebhookReceiver } from '../../supabase/functions/_shared/webhooks/receive.ts';
import { createSecretCheck } from '../../supabase/functions/_shared/webhooks/secret-check.ts';
import { maxPayload, shorten } from '../../supabase/functions/_shared/webhooks/shorten.ts';
import { isTooDeep } from '../../supabase/functions/_shared/platform/odd-characters.ts';
import { fakeDatabase } from '../support/fake-database.ts';

const event = (key: string): StoredEvent => ({
  key,
  provider_campaign_id: null,
  event: null,
  payload: { key },
});
const deliveryOf = (size: number, ...keys: string[]): Delivery => ({
  provider: 'instantly',
  connection_id: 'c',
  secret_digest: 'd',
  events: keys.map(event),
  size,
});

describe('createIngest', () => {
  const accepted = (deliveries: Delivery[]) =>
    deliveries.map(({ events }) => ({
      accepted: true,
      received: events.length,
      stored: events.length,
      duplicate: 0,
    }));

  it('keeps a call below two million characters, and sends no size along', async () => {
    const calls: Delivery[][] = [];
    const ingest = createIngest(() =>
      fakeDatabase((_, { deliveries }) => {
        calls.push(deliveries as Delivery[]);
        return { data: accepted(deliveries as Delivery[]), error: null, status: 200 };
      })
    );
    await Promise.all(Array.from({ length: 10 }, (_, index) => ingest.add(deliveryOf(900_000, `${index}`))));
    expect(calls.length).toBeGreaterThanOrEqual(5);
    expect(Math.max(...calls.map((call) => call.length))).toBeLessThanOrEqual(2);
    expect(JSON.stringify(calls)).not.toContain('size');
  });

  it.each([
    ['413 of the gateway', {
      data: null,
      error: { code: '', message: 'Request size limit exceeded' },
      status: 413,
    }],
    ['a limit of the database', { data: null, error: { code: '54000', message: 'Too large' }, status: 500 }],
    ['data that cannot be stored', { data: null, error: { code: '22P05', message: 'No' }, status: 400 }],
  ])(
    'splits a call that is refused for %s: only the one event becomes a dead letter',
    async (_, refusal) => {
      const stored: StoredEvent[] = [];
      const ingest = createIngest(() =>
        fakeDatabase((_name, { deliveries }) => {
          const sent = deliveries as Delivery[];
          const events = sent.flatMap((one) => one.events);
          if (events.some((one) => one.key === 'bad' && one.reason === undefined)) return refusal;
          stored.push(...events);
          return { data: accepted(sent), error: null, status: 200 };
        })
      );
      const outcomes = await Promise.all([
        ingest.add(deliveryOf(10, 'a')),
        ingest.add(deliveryOf(10, 'b', 'c', 'bad', 'd', 'e')),
        ingest.add(deliveryOf(10, 'f')),
      ]);
      expect(outcomes.map((one) => one.stored)).toEqual([1, 5, 1]);
      expect(stored.map((one) => one.key).sort()).toEqual(['a', 'b', 'bad', 'c', 'd', 'e', 'f']);
      expect(stored.filter((one) => one.reason !== undefined).map((one) => one.key)).toEqual(['bad']);
    },
  );
});

describe('createIngest on a database that is slow', () => {
  it('fails, so that the provider delivers again: nothing is a dead letter for that', async () => {
    let calls = 0;
    const ingest = createIngest(() =>
      fakeDatabase(() => {
        calls++;
        return { data: null, error: { code: '57014', message: 'Canceled' }, status: 500 };
      })
    );
    await expect(ingest.add(deliveryOf(10, 'a', 'b'))).rejects.toThrow('57014');
    expect(calls).toBe(1);
  });
});

describe('prepareEvent', () => {
  it('keeps a payload that breaks its reader as a dead letter with the reason', () => {
    const payload = { event_type: 'email_sent' };
    const prepared = prepareEvent(
      'instantly',
      () => {
        throw new TypeError('x is not a function');
      },
      payload,
      JSON.stringify(payload),
    );
    expect(prepared).toMatchObject({
      event: null,
      payload,
      reason: 'Reading the content failed: TypeError: x is not a function',
    });
  });
});

describe('createSecretCheck', () => {
  const presented = (secret_digest: string | null) => ({
    provider: 'instantly',
    connection_id: 'c',
    secret_digest,
  });

  it('asks once for the same secret while the answer is fresh, and together for many', async () => {
    let time = 0;
    const calls: unknown[][] = [];
    const check = createSecretCheck(() =>
      fakeDatabase((_, { presented: asked }) => {
        calls.push(asked as unknown[]);
        const data = (asked as { secret_digest: string }[]).map((one) => one.secret_digest === 'right');
        return { data, error: null, status: 200 };
      }), () => time);
    expect(await Promise.all(['right', 'wrong', 'right'].map((one) => check.isValid(presented(one)))))
      .toEqual([
        true,
        false,
        true,
      ]);
    const asked = calls.flat().length;
    expect(asked).toBe(2);
    await check.isValid(presented('right'));
    await check.isValid(presented('wrong'));
    expect(calls.flat().length).toBe(asked);
    time = 1_001;
    await check.isValid(presented('right'));
    await check.isValid(presented('wrong'));
    expect(calls.flat().length).toBe(asked + 1);
    time = 10_001;
    await check.isValid(presented('right'));
    expect(calls.flat().length).toBe(asked + 2);
    check.forget(presented('right'));
    await check.isValid(presented('right'));
    expect(calls.flat().length).toBe(asked + 3);
  });

  it('does not cache a failed look-up', async () => {
    let isAway = true;
    const check = createSecretCheck(() =>
      fakeDatabase(() =>
        isAway
          ? { data: null, error: { code: '', message: 'away' }, status: 503 }
          : { data: [true], error: null, status: 200 }
      )
    );
    await expect(check.isValid(presented('right'))).rejects.toThrow('503');
    isAway = false;
    expect(await check.isValid(presented('right'))).toBe(true);
  });
});

describe('createWebhookReceiver', () => {
  it('reads nothing from a sender with a wrong secret', async () => {
    let read = 0;
    const receive = createWebhookReceiver({
      provider: 'instantly',
      readWebhook: () => ({ reason: 'unused' }),
      secretCheck: { isValid: () => Promise.resolve(false), forget: () => undefined },
      countRefusal: () => Promise.resolve(),
      ingest: () => Promise.reject(new Error('unused')),
      wakeProjector: () => undefined,
    });
    const body = new ReadableStream({
      pull(controller) {
        read++;
        controller.enqueue(new Uint8Array(1024));
        if (read > 10) controller.close();
      },
    }, { highWaterMark: 0 });
    const request = new Request('http://doors.test/x/11111111-1111-4111-8111-111111111111', {
      method: 'POST',
      headers: { 'x-webhook-secret': 'wrong' },
      body,
      duplex: 'half',
    } as RequestInit);
    await expect(receive(request)).rejects.toMatchObject({ code: 'INVALID_SIGNATURE' });
    expect([read, request.bodyUsed]).toEqual([0, false]);
  });
});

describe('readText', () => {
  const post = (body: BodyInit, headers: Record<string, string> = {}) =>
    new Request('http://doors.test', { method: 'POST', body, headers });

  it('decompresses gzip, counts the output, and refuses unsupported encodings', async () => {
    const packed = new Uint8Array(gzipSync('{"a":"é"}'));
    expect(await readText(post(packed, { 'content-encoding': 'gzip' }), 100)).toBe('{"a":"é"}');
    const bomb = new Uint8Array(gzipSync('0'.repeat(1_000_000)));
    await expect(readText(post(bomb, { 'content-encoding': 'GZIP' }), 100_000)).rejects.toMatchObject({
      code: 'PAYLOAD_TOO_LARGE',
    });
    await expect(readText(post(packed, { 'content-encoding': 'br' }), 100)).rejects.toMatchObject({
      code: 'UNSUPPORTED_MEDIA_TYPE',
      status: 415,
    });
    await expect(readText(post('plain', { 'content-encoding': 'deflate' }), 100)).rejects.toBeInstanceOf(
      AppError,
    );
  });

  it('waits no longer than its timeout', async () => {
    const endless = new ReadableStream({ pull: () => new Promise(() => undefined) });
    const request = new Request(
      'http://doors.test',
      { method: 'POST', body: endless, duplex: 'half' } as RequestInit,
    );
    await expect(readText(request, 100, 20)).rejects.toMatchObject({ code: 'REQUEST_TIMEOUT' });
  });
});

describe('createByteBudget', () => {
  it('lets in what fits, in order, and a body larger than all of it alone', async () => {
    const budget = createByteBudget(10);
    const order: string[] = [];
    const take = async (name: string, bytes: number) => {
      const giveBack = await budget.take(bytes);
      order.push(name);
      return giveBack;
    };
    const first = await take('first', 6);
    const second = take('second', 6);
    const third = take('third', 50);
    await Promise.resolve();
    expect(order).toEqual(['first']);
    first();
    first();
    (await second)();
    (await third)();
    expect(order).toEqual(['first', 'second', 'third']);
    (await take('fourth', 10))();
  });
});

describe('createCoalescer', () => {
  it('fills a call up to its size, and sends what is larger alone', async () => {
    const calls: number[][] = [];
    const { add } = createCoalescer<number, number>({
      maxItems: 100,
      sizeOf: (item) => item,
      maxSize: 10,
      maxInFlight: 1,
      minBatchSize: 1,
      maxWait: 1,
      send: (items) => {
        calls.push(items);
        return Promise.resolve(items);
      },
    });
    await Promise.all([4, 6, 1, 50, 3].map(add));
    expect(calls).toEqual([[4, 6], [1], [50], [3]]);
  });
});

describe('isTooDeep', () => {
  const nested = (levels: number) => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`) as unknown;

  it('accepts two hundred levels and not more, without recursion', () => {
    expect([1, 200, 201, 200_000].map((levels) => isTooDeep(nested(levels)))).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect(isTooDeep('text')).toBe(false);
  });
});

describe('shorten', () => {
  const needed = new Set(['reply']);

  it('leaves a short payload unchanged', () => {
    const payload = { a: 'x'.repeat(1000), history: Array(1000).fill('y') };
    expect(shorten(payload, needed)).toBe(payload);
  });

  it('cuts other fields before needed ones, deterministically, and records where', () => {
    const payload = {
      event_type: 'EMAIL_REPLY',
      reply: { html: 'r'.repeat(100_000) },
      history: Array.from({ length: 200 }, () => ({ body: 'h'.repeat(20_000) })),
    };
    const cut = shorten(payload, needed) as typeof payload & {
      _shortened: { characters: number; places: string[] };
    };
    expect(cut.event_type).toBe('EMAIL_REPLY');
    expect(cut.reply).toEqual(payload.reply);
    expect(cut._shortened.characters).toBeGreaterThan(4_000_000);
    expect(cut._shortened.places).toContain('history');
    expect(JSON.stringify(cut).length).toBeLessThanOrEqual(maxPayload);
    expect(shorten(payload, needed)).toEqual(cut);
  });

  it.each([
    ['one text', { reply: 'r'.repeat(5_000_000) }],
    [
      'many fields',
      Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`field ${index}`, 'v'.repeat(40)])),
    ],
    ['many needed items', { reply: Array.from({ length: 100_000 }, () => ({ text: 't'.repeat(40) })) }],
  ])('holds the limit whatever is long: %s', (_, payload) => {
    expect(JSON.stringify(shorten(payload, needed)).length).toBeLessThanOrEqual(maxPayload);
  });
});

describe("Smartlead's secret in the text", () => {
  const find = (text: string) => smartleadProof(() => Promise.resolve(undefined)).fromText?.(text);

  it('is found without parsing, anywhere in the text', () => {
    expect(find('{"a":1,"secret_key" : "one"}')).toEqual(['one']);
    expect(find('{"secret_key":"with \\"quotes\\" and \\u00e9"}')).toEqual(['with "quotes" and é']);
    expect(find('{"reply_text":"\\"secret_key\\":\\"quoted\\""}')).toEqual([]);
  });

  it('is searched only among the first and the last few', () => {
    const names = Array.from({ length: 50 }, (_, index) => `s${index}`);
    const found = find(`[${names.map((name) => `{"secret_key":"${name}"}`).join(',')}]`);
    expect(found).toHaveLength(8);
    expect(found).toEqual(expect.arrayContaining(['s0', 's49']));
    expect(find('"secret_key"'.repeat(3))).toEqual([]);
  });
});
