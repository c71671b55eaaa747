import { Buffer } from 'node:buffer';
import { setImmediate } from 'node:timers';
import { z } from 'zod';
import { describe, expect, it } from 'vitest';
import { readEnvironment } from '../../supabase/functions/_shared/platform/environment.ts';
import { AppError } from '../../supabase/functions/_shared/platform/errors.ts';
import { errorResponse } from '../../supabase/functions/_shared/platform/http.ts';
import { explainProviderError } from '../../supabase/functions/_shared/jobs/run-job.ts';
import { ProviderError } from '../../supabase/functions/_shared/providers/provider.ts';
import { decryptKey, encryptKey } from '../../supabase/functions/_shared/connections/encryption.ts';
import { createCoalescer } from '../../supabase/functions/_shared/webhooks/coalescer.ts';
import { toStorable } from '../../supabase/functions/_shared/events/storable.ts';
import { readBody } from '../../supabase/functions/_shared/platform/http.ts';

const key = (fill: number) => Buffer.alloc(32, fill).toString('base64');

describe('encryptKey and decryptKey', () => {
  const master = { current: 'k1', keys: { k1: key(1) } };

  it('decrypt what they encrypted, and never encrypt the same text alike', async () => {
    const first = await encryptKey(master, 'connection-1', 'secret-api-key');
    const second = await encryptKey(master, 'connection-1', 'secret-api-key');
    expect(first.encryptedKey).not.toBe(second.encryptedKey);
    expect(atob(first.encryptedKey)).not.toContain('secret-api-key');
    expect(await decryptKey(master, 'connection-1', first)).toBe('secret-api-key');
  });

  it('do not open for another connection, with another master key, or when a byte was changed', async () => {
    const encrypted = await encryptKey(master, 'connection-1', 'secret-api-key');
    await expect(decryptKey(master, 'connection-2', encrypted)).rejects.toThrow('cannot be decrypted');
    await expect(decryptKey({ current: 'k1', keys: { k1: key(2) } }, 'connection-1', encrypted)).rejects
      .toThrow(
        'cannot be decrypted',
      );
    const bytes = Buffer.from(encrypted.encryptedKey, 'base64');
    bytes[20] = (bytes[20] ?? 0) ^ 1;
    const changed = { ...encrypted, encryptedKey: bytes.toString('base64') };
    await expect(decryptKey(master, 'connection-1', changed)).rejects.toThrow('cannot be decrypted');
  });

  it('open old keys after the master key was rotated', async () => {
    const encrypted = await encryptKey(master, 'c', 'secret');
    const rotated = { current: 'k2', keys: { k1: key(1), k2: key(2) } };
    expect(await decryptKey(rotated, 'c', encrypted)).toBe('secret');
    expect((await encryptKey(rotated, 'c', 'secret')).masterKeyId).toBe('k2');
    await expect(decryptKey({ current: 'k2', keys: { k2: key(2) } }, 'c', encrypted)).rejects.toThrow(
      '"k1" is not in PROVIDER_KEYS_MASTER',
    );
  });
});

describe('readEnvironment', () => {
  it('has a default for the address and names what is wrong without its value', () => {
    expect(readEnvironment(() => undefined)).toEqual({
      providerUrls: { instantly: 'https://api.instantly.ai', smartlead: 'https://server.smartlead.ai' },
      providerHosts: { instantly: [], smartlead: [] },
      crmUrls: { hubspot: 'https://api.hubapi.com' },
      functionsUrl: undefined,
      allowsPrivateEndpoints: false,
      dnsResolvers: [
        'https://cloudflare-dns.com/dns-query',
        'https://dns.google/resolve',
        'https://dns.quad9.net:5053/dns-query',
      ],
      masterKeys: undefined,
    });
    const wrong = () =>
      readEnvironment((
        name,
      ) => (name === 'PROVIDER_KEYS_MASTER' ? '{"current":"k9","keys":{"k1":"topsecret"}}' : undefined));
    expect(wrong).toThrow(/PROVIDER_KEYS_MASTER.*"current" must name/);
    expect(wrong).not.toThrow(/topsecret/);
  });
});

describe('errorResponse', () => {
  it('answers code and sentence, and hides what it does not know', async () => {
    const known = errorResponse(new AppError('NO_VERIFIED_LEADS', 'None', { details: ['x'] }));
    expect([known.status, await known.json()]).toEqual([409, {
      error: { code: 'NO_VERIFIED_LEADS', message: 'None', details: ['x'] },
    }]);
    const unknown = errorResponse(new Error('password=hunter2'));
    expect(unknown.status).toBe(500);
    expect(await unknown.text()).not.toContain('hunter2');
  });
});

describe('explainProviderError', () => {
  it("never repeats the provider's text or path: both can hold ids that no client may read", () => {
    const kinds = [
      'unauthorized',
      'payment_required',
      'forbidden',
      'blocked',
      'not_found',
      'bad_request',
      'rate_limited',
      'unavailable',
      'unreachable',
      'timeout',
      'unexpected_answer',
    ] as const;
    for (const kind of kinds) {
      const error = new ProviderError(
        kind,
        'Instantly answered POST /api/v2/campaigns/019a1c3e/activate with 400',
        { provider: 'instantly' },
      );
      expect(explainProviderError(error).message).not.toContain('019a1c3e');
    }
  });
});

describe('createCoalescer', () => {
  it('sends a lone item at once and gathers while calls are under way', async () => {
    const sizes: number[] = [];
    const release: (() => void)[] = [];
    const { add } = createCoalescer<number, number>({
      maxItems: 3,
      maxInFlight: 1,
      minBatchSize: 2,
      maxWait: 1000,
      send: async (items) => {
        sizes.push(items.length);
        await new Promise<void>((resolve) => release.push(resolve));
        return items.map((item) => item * 2);
      },
    });
    const answers = Array.from({ length: 5 }, (_, index) => index === 0 ? add(0) : undefined);
    await Promise.resolve();
    for (let index = 1; index < 5; index++) answers[index] = add(index);
    while (sizes.length < 3) {
      release.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
    release.shift()?.();
    expect(await Promise.all(answers)).toEqual([0, 2, 4, 6, 8]);
    expect(sizes).toEqual([1, 3, 1]);
  });

  it('lets a few items wait for a running call, but not for long', async () => {
    const sizes: number[] = [];
    let release = () => {};
    const first = new Promise<void>((resolve) => (release = resolve));
    const { add } = createCoalescer<number, number>({
      maxItems: 100,
      maxInFlight: 2,
      minBatchSize: 10,
      maxWait: 5,
      send: async (items) => {
        sizes.push(items.length);
        if (sizes.length === 1) await first;
        return items;
      },
    });
    const slow = add(0);
    await Promise.resolve();
    // The first call hangs; the two items behind it justify a second call only after waiting.
    expect(await Promise.all([add(1), add(2)])).toEqual([1, 2]);
    expect(sizes).toEqual([1, 2]);
    release();
    expect(await slow).toBe(0);
  });

  it('fails only the items of the call that failed', async () => {
    const { add } = createCoalescer<string, string>({
      maxItems: 1,
      maxInFlight: 2,
      minBatchSize: 1,
      maxWait: 1000,
      send: (items) => items[0] === 'bad' ? Promise.reject(new Error('No')) : Promise.resolve(items),
    });
    const results = await Promise.allSettled([add('good'), add('bad'), add('fine')]);
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
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
    expect(storable.reason).toContain('200 levels');
  });
});

describe('readBody', () => {
  const read = (body: string) =>
    readBody(new Request('http://x.test', { method: 'POST', body }), z.strictObject({ name: z.unknown() }));

  it('replaces what the database cannot hold', async () => {
    expect(await read(String.raw`{"name":["a\u0000b","\ud800"]}`)).toEqual({ name: ['a\ufffdb', '\ufffd'] });
  });

  it('refuses what is nested beyond 200 levels', async () => {
    const nested = (levels: number) => `{"name":${'['.repeat(levels)}${']'.repeat(levels)}}`;
    expect(await read(nested(199))).toHaveProperty('name');
    await expect(read(nested(200))).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  });
});
