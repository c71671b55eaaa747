// DNS over HTTPS: what is believed of an answer, who is asked next, and what a resolver that is away, slow or lying costs.
import { describe, expect, it } from 'vitest';
import { readEnvironment } from '../../supabase/functions/_shared/platform/environment.ts';
import { ResolverError } from '../../supabase/functions/_shared/sending-health/finding.ts';
import { createResolver } from '../../supabase/functions/_shared/sending-health/resolver.ts';

type Given = { status?: number; body?: unknown; text?: string } | 'down';

/** Resolvers by host, each answering the same to every question. */
function network(answers: Record<string, Given | ((name: string) => Given)>) {
  const asked: string[] = [];
  const fetcher: typeof fetch = (input) => {
    const url = new URL(String(input));
    asked.push(`${url.hostname} ${url.searchParams.get('type')} ${url.searchParams.get('name')}`);
    const found = answers[url.hostname] ?? 'down';
    const given = typeof found === 'function' ? found(url.searchParams.get('name') ?? '') : found;
    if (given === 'down') return Promise.reject(new TypeError('connection refused'));
    return Promise.resolve(
      new Response(given.text ?? JSON.stringify(given.body), { status: given.status ?? 200 }),
    );
  };
  return {
    asked,
    resolver: createResolver(['https://one.test/dns-query', 'https://two.test/dns-query'], fetcher),
  };
}

const txt = (...data: string[]) => ({
  body: {
    Status: 0,
    TC: false,
    Question: [{ name: 'agency.test.', type: 16 }],
    Answer: data.map((text) => ({ name: 'agency.test', type: 16, TTL: 60, data: text })),
  },
});
const none = { body: { Status: 3, TC: false, Question: [{ name: 'agency.test', type: 16 }] } };

describe('a record', () => {
  it.each([
    ['"v=spf1 -all"', 'v=spf1 -all'],
    ['v=spf1 -all', 'v=spf1 -all'],
    ['"v=spf1 " "include:x.test " "-all"', 'v=spf1 include:x.test -all'],
    ['"say \\"hi\\" \\\\ \\065"', 'say "hi" \\ A'],
    ['"a\\000b\tc"', 'a�b�c'],
    ['""', ''],
  ])('%s is read as %s', async (data, expected) => {
    expect(await network({ 'one.test': txt(data) }).resolver.lookup('agency.test', 'TXT')).toEqual([
      expected,
    ]);
  });

  it('of another type, such as the alias on the way, is not taken', async () => {
    const body = {
      Status: 0,
      Question: { name: 'agency.test' },
      Answer: [{ name: 'agency.test', type: 5, data: 'other.test.' }, {
        name: 'other.test',
        type: 15,
        data: '10 mx.other.test.',
      }],
    };
    expect(await network({ 'one.test': { body } }).resolver.lookup('agency.test', 'MX')).toEqual([
      '10 mx.other.test.',
    ]);
  });
});

describe('a resolver', () => {
  it.each<[string, Given]>([
    ['is away', 'down'],
    ['answers 500', { status: 500, text: 'oops' }],
    ['redirects', { status: 302, text: '' }],
    ['answers a page of a hotel', { text: '<html>Sign in to the Wi-Fi</html>' }],
    ['answers another shape', { body: { hello: true } }],
    ['cannot find out (SERVFAIL)', { body: { Status: 2, Question: [{ name: 'agency.test' }] } }],
    ['refuses', { body: { Status: 5 } }],
    ['cuts its answer', { body: { ...txt('"v=spf1"').body, TC: true } }],
    ['answers another question', { body: { ...txt('"v=spf1"').body, Question: [{ name: 'evil.test' }] } }],
    ['never ends', { text: 'x'.repeat(200_000) }],
  ])('that %s is passed over', async (_, given) => {
    const { resolver, asked } = network({ 'one.test': given, 'two.test': txt('"from two"') });
    expect(await resolver.lookup('agency.test', 'TXT')).toEqual(['from two']);
    expect(asked).toHaveLength(2);
  });

  it('that says there is nothing is not believed alone', async () => {
    expect(
      await network({ 'one.test': none, 'two.test': txt('"it is here"') }).resolver.lookup(
        'agency.test',
        'TXT',
      ),
    ).toEqual(['it is here']);
    expect(await network({ 'one.test': none, 'two.test': none }).resolver.lookup('agency.test', 'TXT'))
      .toEqual([]);
    expect(await network({ 'one.test': none, 'two.test': 'down' }).resolver.lookup('agency.test', 'TXT'))
      .toEqual([]);
  });

  it('is asked alone for the selectors of DKIM, most of which do not exist', async () => {
    const { resolver, asked } = network({
      'one.test': { body: { Status: 3 } },
      'two.test': { body: { Status: 3 } },
    });
    expect(await resolver.lookup('k1._domainkey.agency.test', 'TXT')).toEqual([]);
    expect(asked).toEqual(['one.test TXT k1._domainkey.agency.test']);
  });

  it('that is the last to be away makes the answer unknown, not empty', async () => {
    await expect(network({}).resolver.lookup('agency.test', 'TXT')).rejects.toThrow(ResolverError);
  });

  it('is asked once per run for a name that many domains include', async () => {
    const { resolver, asked } = network({ 'one.test': txt('"v=spf1 -all"') });
    await Promise.all(
      ['agency.test', 'AGENCY.test', 'agency.test'].map((name) => resolver.lookup(name, 'TXT')),
    );
    expect(asked).toHaveLength(1);
  });
});

describe('DNS_RESOLVERS', () => {
  const read = (value: string) =>
    readEnvironment((name) => name === 'DNS_RESOLVERS' ? value : undefined).dnsResolvers;

  it('names public resolvers; another address is taken only on the own machine', () => {
    expect(read('')).toEqual([
      'https://cloudflare-dns.com/dns-query',
      'https://dns.google/resolve',
      'https://dns.quad9.net:5053/dns-query',
    ]);
    expect(read('quad9, google')).toEqual([
      'https://dns.quad9.net:5053/dns-query',
      'https://dns.google/resolve',
    ]);
    expect(read('http://127.0.0.1:5353/dns-query')).toEqual(['http://127.0.0.1:5353/dns-query']);
    for (
      const wrong of ['https://evil.test/dns-query', 'opendns', 'google,,x', 'http://127.0.0.1.evil.test/']
    ) {
      expect(() => read(wrong)).toThrow('DNS_RESOLVERS');
    }
  });
});
