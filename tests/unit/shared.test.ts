import { setImmediate } from 'node:timers';
import { z } from 'zod';
import { describe, expect, it } from 'vitest';
import { readEnvironment } from '../../supabase/functions/_shared/platform/environment.ts';
import { AppError } from '../../supabase/functions/_shared/platform/errors.ts';
import { errorResponse } from '../../supabase/functions/_shared/platform/http.ts';
import { createCoalescer } from '../../supabase/functions/_shared/webhooks/coalescer.ts';
import { readBody } from '../../supabase/functions/_shared/platform/http.ts';

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
