// Untrusted input and outside conditions: answers of providers, links, secrets in payloads, a busy database.
import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { AuthError } from '../../local/platform/auth/errors.ts';
import { createTurns, partyOf } from '../../local/platform/gateway/people-turns.ts';
import { createSignInLimit } from '../../local/platform/auth/sign-in-limit.ts';
import { DatabaseError, retryTransient } from '../../supabase/functions/_shared/platform/database.ts';
import { httpLink } from '../../supabase/functions/_shared/providers/smartlead/lead-mapping.ts';
import { boundedFetch } from '../../supabase/functions/_shared/providers/bounded-fetch.ts';
import { InstantlySession } from '../../supabase/functions/_shared/providers/instantly/session.ts';
import { SmartleadSession } from '../../supabase/functions/_shared/providers/smartlead/session.ts';
import {
  createRedaction,
  withoutSecrets,
  withoutSecretsInText,
} from '../../supabase/functions/_shared/platform/redaction.ts';
import { prepareEvent } from '../../supabase/functions/_shared/events/prepared-event.ts';

const sessions = { instantly: InstantlySession, smartlead: SmartleadSession };

describe.each(['instantly', 'smartlead'] as const)('an answer of %s', (provider) => {
  const session = (fetch: typeof globalThis.fetch) =>
    new sessions[provider]({
      baseUrl: 'https://api.test',
      apiKey: 'secret-key',
      fetch,
      now: () => new Date(),
    });

  it.each([301, 302, 307, 308])('that leads elsewhere (%d) is not followed', async (status) => {
    const called: string[] = [];
    const failure = session((input, init) => {
      called.push(new URL(String(input instanceof Request ? input.url : input)).host);
      expect(init?.redirect).toBe('manual');
      return Promise.resolve(new Response(null, { status, headers: { location: 'https://evil.test/' } }));
    }).readWorkspace();
    await expect(failure).rejects.toMatchObject({ name: 'ProviderError', kind: 'unexpected_answer', status });
    expect(called).toEqual(['api.test']);
  });

  it('that does not end is cut off, whatever it declares', async () => {
    let sent = 0;
    const failure = session(() => {
      const body = new ReadableStream<Uint8Array>({
        pull: (controller) => {
          sent += 1024 * 1024;
          controller.enqueue(new Uint8Array(1024 * 1024));
        },
      });
      return Promise.resolve(new Response(body, { headers: { 'content-length': '10' } }));
    }).readWorkspace();
    await expect(failure).rejects.toMatchObject({ kind: 'unexpected_answer' });
    expect(sent).toBeLessThan(20 * 1024 * 1024);
  });
});

it('an answer within the limit arrives whole, with its status', async () => {
  const fetch = boundedFetch(
    'instantly',
    'Instantly',
    () => Promise.resolve(new Response('1234', { status: 201 })),
    4,
  );
  const response = await fetch('https://api.test');
  expect([response.status, await response.text()]).toEqual([201, '1234']);
  const less = boundedFetch('instantly', 'Instantly', () => Promise.resolve(new Response('1234')), 3);
  await expect(less('https://api.test')).rejects.toMatchObject({ kind: 'unexpected_answer' });
});

// The same pairs as in supabase/tests/027_requests.test.sql, where private.http_link answers.
it.each([
  ['https://fjordpak.test/a?b=c', 'https://fjordpak.test/a?b=c'],
  [' HTTP://Fjordpak.test\n', 'HTTP://Fjordpak.test'],
  ['www.fjordpak.test/contact', 'https://www.fjordpak.test/contact'],
  ['linkedin.com/in/ann', 'https://linkedin.com/in/ann'],
  ['javascript:alert(1)', null],
  ['data:text/html,x', null],
  ['//evil.test', null],
  ['https://x.test/"><script>', null],
  ['ftp://x.test', null],
  ['n/a', null],
  ['ann@x.test', null],
  ['', null],
  [null, null],
])('the link %j is kept as %j', (given, kept) => {
  expect(httpLink(given)).toBe(kept);
});

describe('secrets in a payload', () => {
  const secret = 'whs-5f1e';
  it.each([
    { SECRET_KEY: secret },
    { secretKey: secret },
    { data: { list: [{ Webhook_URL: `https://x.test/?token=${secret}` }] } },
    { a: { b: { c: { 'api-key': secret, Authorization: `Bearer ${secret}` } } } },
    { note: `see https://x.test/hook?token=${secret}&x=1` },
    { note: `{"secret_key": "${secret}"}` },
    [{ headers: { 'X-Webhook-Secret': secret } }],
  ])('go at any depth and in any case: %j', (payload) => {
    expect(JSON.stringify(withoutSecrets(payload))).not.toContain(secret);
    expect(withoutSecretsInText(JSON.stringify(payload, null, 1))).not.toMatch(/"secret_?key"\s*:\s*"whs/i);
    const stored = prepareEvent('smartlead', () => ({ reason: 'x' }), payload, JSON.stringify(payload));
    expect(JSON.stringify(stored.payload)).not.toContain(secret);
  });

  it('nested deeper than can be kept go too', () => {
    let deep: unknown = { Secret_Key: secret };
    for (let n = 0; n < 300; n++) deep = { deep };
    const stored = prepareEvent('instantly', () => ({ reason: 'x' }), deep, JSON.stringify(deep));
    expect(JSON.stringify(stored.payload)).not.toContain(secret);
  });

  it('leave what only sounds like one, and the placeholder of a test', () => {
    const payload = { secretary: 'Ann', tokens: 3, secret_key: 'secretkey', note: 'my password is long' };
    expect(withoutSecrets(payload)).toEqual(payload);
  });

  it('in a refusal that quotes our key are taken out', () => {
    expect(createRedaction('secret key')('no secret%20key, no secret+key, api_key=x1')).toBe(
      'no [redacted], no [redacted], api_key=[redacted]',
    );
  });
});

describe('a busy moment of the database', () => {
  const failing = (...errors: Error[]) => {
    let calls = 0;
    return {
      work: () => {
        const error = errors[calls++];
        return error ? Promise.reject(error) : Promise.resolve(calls);
      },
      calls: () => calls,
    };
  };
  const waited: number[] = [];
  const sleep = (milliseconds: number) => Promise.resolve(void waited.push(milliseconds));
  const busy = (state: string, status = 504) => new DatabaseError('f', state, 'busy', status);

  it('is waited out', async () => {
    const { work } = failing(busy('PGRST003'), busy('', 0), busy('', 504), busy('40P01', 500));
    expect(await retryTransient(work, () => 0, sleep)).toBe(5);
    expect(waited.length).toBe(4);
  });

  it('that lasts fails in the end, and other errors fail at once', async () => {
    const lasting = failing(...Array.from({ length: 20 }, () => busy('PGRST003')));
    await expect(retryTransient(lasting.work, () => 0, sleep)).rejects.toMatchObject({
      sqlState: 'PGRST003',
    });
    expect(lasting.calls()).toBe(6);
    const wrong = failing(busy('22P02', 400));
    await expect(retryTransient(wrong.work, () => 0, sleep)).rejects.toMatchObject({ sqlState: '22P02' });
    expect(wrong.calls()).toBe(1);
  });
});

describe('turns at the Data API', () => {
  it('are shared: one party’s flood waits for itself, others pass by', async () => {
    const turns = createTurns({ everybody: 3, oneParty: 2, timeout: 20 });
    const held = [await turns.take('a'), await turns.take('a')];
    const third = turns.take('a');
    const other = await turns.take('b');
    expect(other).toBeDefined();
    other?.();
    held[0]?.();
    expect(await third).toBeDefined();
    expect(await turns.take('a')).toBeUndefined();
  });

  it('count for the client of a token; the service role needs none', () => {
    const bearer = (claims: unknown) =>
      `Bearer x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.y`;
    expect(partyOf(bearer({ role: 'service_role' }))).toBeUndefined();
    expect(partyOf(bearer({ role: 'authenticated', sub: 'u', client_id: 'c' }))).toBe('c');
    expect(partyOf(bearer({ role: 'authenticated', sub: 'u' }))).toBe('u');
    for (const odd of ['Bearer x', 'Bearer x.y.z', bearer(1), bearer({ role: 'anon' })]) {
      expect(partyOf(odd)).toBe('nobody');
    }
  });
});

describe('failed sign-ins', () => {
  const wrong = () => Promise.reject(new AuthError(400, 'invalid_credentials', 'Invalid login credentials'));
  const right = () => Promise.resolve('in');
  const codes = async (
    limit: ReturnType<typeof createSignInLimit>,
    count: number,
    account: (n: number) => string,
  ) =>
    (await Promise.all(
      Array.from({ length: count }, (_, n) =>
        limit.attempt('1.2.3.4', account(n), wrong).catch((e: AuthError) => e.status)),
    )).filter((status) =>
      status === 429
    ).length;

  it('are limited for one account, in any spelling, also when all come at once', async () => {
    let now = 0;
    const limit = createSignInLimit({ perAddress: 30, perAccount: 10 }, () => now);
    expect(await codes(limit, 25, (n) => n % 2 ? 'Ann@x.test' : ' ann@x.test')).toBe(15);
    await expect(limit.attempt('1.2.3.4', 'ann@x.test', right)).rejects.toMatchObject({
      status: 429,
      code: 'over_request_rate_limit',
      headers: { 'retry-after': '300' },
    });
    expect(await limit.attempt('1.2.3.4', 'bob@x.test', right)).toBe('in');
    now += 5 * 60_000;
    expect(await limit.attempt('1.2.3.4', 'ann@x.test', right)).toBe('in');
  });

  it('are limited for one address over all accounts; others still sign in', async () => {
    const limit = createSignInLimit({ perAddress: 30, perAccount: 10 }, () => 0);
    expect(await codes(limit, 200, (n) => `${n}@x.test`)).toBe(170);
    expect(await limit.attempt('5.6.7.8', '199@x.test', right)).toBe('in');
  });

  it('are the only ones that count', async () => {
    const limit = createSignInLimit({ perAddress: 3, perAccount: 3 }, () => 0);
    for (let n = 0; n < 20; n++) expect(await limit.attempt('1.2.3.4', 'ann@x.test', right)).toBe('in');
  });
});
