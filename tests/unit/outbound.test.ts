// What the backend may call: the form of an address, where its name leads, redirects, sizes, times, and that nothing goes past it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';
import { sendMail } from '../../supabase/functions/_shared/mail/send-mail.ts';
import {
  createOutboundFetch,
  isPublicAddress,
  requireOutboundUrl,
  requireReachableUrl,
} from '../../supabase/functions/_shared/platform/outbound.ts';
import { InstantlySession } from '../../supabase/functions/_shared/providers/instantly/session.ts';
import { SmartleadSession } from '../../supabase/functions/_shared/providers/smartlead/session.ts';

const publicAddresses = ['8.8.8.8', '93.184.216.34', '172.15.255.255', '172.32.0.1', '100.63.0.1']
  .concat(['192.167.0.1', '223.255.255.255', '2606:2800:220:1:248:1893:25c8:1946', '::ffff:8.8.8.8'])
  .concat(['64:ff9b::808:808', '2002:808:808::1']);

const privateAddresses = ['127.0.0.1', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1']
  .concat(['169.254.169.254', '100.64.0.1', '100.127.255.255', '0.0.0.0', '192.0.2.1', '198.18.0.1'])
  .concat(['203.0.113.9', '224.0.0.1', '255.255.255.255', '::', '::1', 'fe80::1', 'fe80::1%eth0'])
  .concat(['fd00:ec2::254', 'fc00::1', 'ff02::1', 'fec0::1', '2001:db8::1', '2001::1', '3fff::1'])
  .concat(['::ffff:127.0.0.1', '::ffff:a9fe:a9fe', '64:ff9b::a9fe:a9fe', '2002:7f00:1::', '::127.0.0.1'])
  .concat(['64:ff9b:1::1', '', 'localhost', '1.2.3', '1.2.3.256', '1:2:3', '2606:::1', 'g::1']);

describe('isPublicAddress()', () => {
  it.each(publicAddresses)('takes %s', (address) => expect(isPublicAddress(address)).toBe(true));
  it.each(privateAddresses)('refuses %j', (address) => expect(isPublicAddress(address)).toBe(false));
});

const hosted = { allowsPrivate: false };

/** Each with what is wrong about it. */
const wrong: [address: string, complaint: string][] = [
  ...['hooks.example.com', '', '//x.example', 'https://', 'https://[::1', 'https://1.2.3.256']
    .map((text): [string, string] => [text, 'is not complete']),
  ...[
    'http://hooks.example.com',
    'ftp://x.example',
    'file:///etc/passwd',
    'gopher://x.example:70/',
    'data:,x',
  ]
    .concat(['javascript:alert(1)', 'ws://x.example', 'HTTP://8.8.8.8'])
    .map((text): [string, string] => [text, 'must begin with https']),
  ...['https://me:pw@x.example', 'https://me@x.example', 'https://hooks.example.com@127.0.0.1/']
    .concat(['https://:pw@x.example', 'https://hooks.example.com%2f@evil.example'])
    .map((text): [string, string] => [text, 'user name or a password']),
  // Dotted, decimal, hexadecimal, octal, short, mapped, full-width, with a dot at its end, with tabs, and in capitals.
  ...['https://127.0.0.1', 'https://127.1', 'https://2130706433', 'https://0x7f000001', 'https://0x7f.1']
    .concat(['https://0177.0.0.1', 'https://017700000001', 'https://127.0.0.1.', 'https://１２７.０.０.１'])
    .concat(['https://127。0。0。1', 'https://0', 'https://0.0.0.0', 'https://[::1]/', 'https://[::]'])
    .concat(['https://[::ffff:10.0.0.1]/', 'https://[::ffff:7f00:1]', 'https://[0:0:0:0:0:ffff:127.0.0.1]'])
    .concat([
      'https://169.254.169.254/latest',
      'https://2852039166',
      'https://0xa9fea9fe',
      'https://[fd00:ec2::254]',
    ])
    .concat(['https://0251.0376.0251.0376', 'https://[64:ff9b::169.254.169.254]', 'https://[fe80::1]'])
    .concat([
      'https://10.0.0.1:443',
      'https://192.168.0.1\\@x.example',
      'ht\ntps://127.0.0.1',
      'https://100.100.100.200',
    ])
    .concat([
      'https://localhost',
      'https://LOCALHOST.',
      'https://a.localhost',
      'https://db',
      'https://kong:8443',
    ])
    .concat(['https://metadata.google.internal/computeMetadata/v1/', 'https://metadata.google.internal.'])
    .concat(['https://printer.local', 'https://db.internal', 'https://vault.corp', 'https://x.home.arpa'])
    .map((text): [string, string] => [text, 'is inside a private network']),
  ...[22, 25, 80, 110, 389, 445, 1023, 2375, 3306, 5432, 6379, 6443, 6667, 9200, 10250, 11211, 27017]
    .map((port): [string, string] => [`https://hooks.example.com:${port}`, `has the port ${port}`]),
];

describe('an address', () => {
  it.each(wrong)('is refused: %s', (text, complaint) => {
    expect(() => requireOutboundUrl(text, hosted)).toThrow(complaint);
  });

  it.each([
    ['https://hooks.example.com/a?b=c', 'hooks.example.com'],
    ['https://hooks.example.com./a', 'hooks.example.com.'],
    ['https://hooks.example.com:8443', 'hooks.example.com:8443'],
    ['https://dns.quad9.net:5053/dns-query', 'dns.quad9.net:5053'],
    ['https://n8n.example.com:5678/webhook/x', 'n8n.example.com:5678'],
    ['https://münchen.example', 'xn--mnchen-3ya.example'],
    ['https://8.8.8.8', '8.8.8.8'],
    ['https://[2606:4700:4700::1111]/', '[2606:4700:4700::1111]'],
    ['https://localhost.example.com', 'localhost.example.com'],
    ['https://hooks.example.com\\@127.0.0.1', 'hooks.example.com'],
  ])('is taken: %s', (text, host) => {
    expect(requireOutboundUrl(text, hosted).host).toBe(host);
  });

  it('may be anything of this machine where the installation says so, but no other kind of address', () => {
    const local = { allowsPrivate: true };
    for (const text of ['http://127.0.0.1:9', 'http://localhost:5432', 'https://db.internal']) {
      expect(requireOutboundUrl(text, local).href).toContain(new URL(text).host);
    }
    expect(() => requireOutboundUrl('file:///etc/passwd', local)).toThrow('must begin with https');
    expect(() => requireOutboundUrl('http://me:pw@127.0.0.1', local)).toThrow('user name');
  });

  it('is refused if any address of its name is private, or it has none', async () => {
    const check = (addresses: string[]) =>
      requireReachableUrl('https://rebind.example', { ...hosted, resolve: () => Promise.resolve(addresses) });
    await check(['8.8.8.8', '2606:2800:220:1::1']);
    for (const addresses of [['8.8.8.8', '10.0.0.1'], ['fe80::1'], ['::ffff:169.254.169.254'], []]) {
      await expect(check(addresses)).rejects.toThrow('private network');
    }
    const missing = { ...hosted, resolve: () => Promise.reject(new Error('ENOTFOUND')) };
    await expect(requireReachableUrl('https://missing.example', missing)).rejects.toThrow('There is no host');
  });
});

describe('a call', () => {
  /** A fetch under the rules; what reached the network is in `calls`. */
  function outbound(
    answers: Record<string, string[]>,
    answer: () => Response = () => new Response('ok'),
    more: { maxBytes?: number; allowsPrivate?: boolean; resolve?: (host: string) => Promise<string[]> } = {},
  ) {
    const calls: { url: string; redirect: RequestRedirect | undefined }[] = [];
    const asked: string[] = [];
    let now = 0;
    const fetch = createOutboundFetch({
      allowsPrivate: false,
      resolve: (host) => {
        asked.push(host);
        return Promise.resolve(answers[host] ?? []);
      },
      fetch: (input, init) => {
        calls.push({ url: input instanceof Request ? input.url : String(input), redirect: init?.redirect });
        return Promise.resolve(answer());
      },
      now: () => now,
      ...more,
    });
    return { fetch, calls, asked, wait: (milliseconds: number) => void (now += milliseconds) };
  }

  it.each(wrong.filter(([text]) => URL.canParse(text)))('to %s sends nothing', async (text, complaint) => {
    const { fetch, calls } = outbound({});
    await expect(fetch(text)).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
      message: expect.stringContaining(complaint),
    });
    expect(calls).toEqual([]);
  });

  it('is made only while every answer of its name is public', async () => {
    const answers: Record<string, string[]> = { 'hooks.example.com': ['8.8.8.8'] };
    const { fetch, calls, wait } = outbound(answers);
    expect(await (await fetch('https://hooks.example.com/x')).text()).toBe('ok');
    answers['hooks.example.com'] = ['8.8.8.8', '169.254.169.254'];
    wait(5_000);
    await expect(fetch(new Request('https://hooks.example.com/x'))).rejects.toThrow('private network');
    expect(calls.length).toBe(1);
  });

  it('of many to one host asks for its addresses once in five seconds', async () => {
    const { fetch, asked, wait } = outbound({ 'api.example.com': ['8.8.8.8'] });
    for (let n = 0; n < 10; n++) await fetch('https://api.example.com/x');
    wait(5_000);
    await fetch('https://api.example.com./x');
    await fetch('https://api.example.com/x');
    expect(asked).toEqual(['api.example.com', 'api.example.com', 'api.example.com']);
  });

  it('follows no redirect, also when it is asked to', async () => {
    const { fetch, calls } = outbound(
      { 'a.example.com': ['8.8.8.8'] },
      () => new Response(null, { status: 302, headers: { location: 'http://169.254.169.254/' } }),
    );
    expect((await fetch('https://a.example.com', { redirect: 'follow' })).status).toBe(302);
    expect(calls).toEqual([{ url: 'https://a.example.com', redirect: 'manual' }]);
  });

  it('reads an answer up to its limit and fails beyond, whatever it declares', async () => {
    const answer = () => new Response('12345', { status: 201, headers: { 'content-length': '1' } });
    const within = await outbound({ 'a.example.com': ['8.8.8.8'] }, answer, { maxBytes: 5 })
      .fetch('https://a.example.com');
    expect([within.status, await within.text()]).toEqual([201, '12345']);
    const beyond = await outbound({ 'a.example.com': ['8.8.8.8'] }, answer, { maxBytes: 4 })
      .fetch('https://a.example.com');
    await expect(beyond.text()).rejects.toThrow('more than 4 bytes');
  });

  it('ends with its signal, also while the name is resolved', async () => {
    const { fetch, calls } = outbound({}, undefined, { resolve: () => new Promise(() => undefined) });
    await expect(fetch('https://a.example.com', { signal: AbortSignal.timeout(1) })).rejects.toMatchObject({
      name: 'TimeoutError',
    });
    expect(calls).toEqual([]);
  });

  it('may lead to this machine where the installation says so', async () => {
    const { fetch, calls, asked } = outbound({}, undefined, { allowsPrivate: true });
    await fetch('http://127.0.0.1:9/x');
    expect([calls.length, asked]).toEqual([1, []]);
  });

  it.each([['instantly', InstantlySession], ['smartlead', SmartleadSession]] as const)(
    'of %s is refused with the rule, without a retry, and holds no key',
    async (_, Session) => {
      const { fetch, calls, asked } = outbound({ 'api.example.com': ['10.0.0.1'] });
      const options = { baseUrl: 'https://api.example.com', apiKey: 'secret-key', now: () => new Date() };
      const failure = await new Session({ ...options, fetch }).readWorkspace().catch((error: Error) => error);
      expect(failure).toMatchObject({ code: 'VALIDATION_FAILED' });
      expect(String((failure as Error).message)).not.toContain('secret-key');
      expect([calls, asked.length]).toEqual([[], 1]);
    },
  );

  it('of the mail API is refused with the rule, and no other mail is tried', async () => {
    const { fetch } = outbound({ 'mail.example.com': ['10.0.0.1'] });
    const mail = { id: 'm', from: 'a@x.test', to: 'b@x.test', subject: 's', html: 'h', text: 't' };
    expect(await sendMail(mail, { baseUrl: 'https://mail.example.com', key: 'k', fetch })).toMatchObject({
      error: expect.stringContaining('private network'),
      is_refused: true,
    });
  });
});

interface Node {
  type: string;
  start: number;
  [part: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

function partsOf(node: Node): [part: string, child: Node][] {
  return Object.entries(node).flatMap(([part, value]) =>
    (Array.isArray(value) ? value : [value]).filter(isNode).map((child): [string, Node] => [part, child])
  );
}

/** Every name that a pattern binds, types excluded. */
const namesIn = (pattern: Node): string[] =>
  pattern.type === 'Identifier'
    ? [String(pattern['name'])]
    : partsOf(pattern).filter(([part]) => part !== 'key' && part !== 'typeAnnotation' && part !== 'right')
      .flatMap(([, child]) => namesIn(child));

/** True if a function has a parameter or a variable called fetch, not counting those of functions within it. */
function givesFetch(node: Node): boolean {
  return partsOf(node).some(([part, child]) => {
    if (part === 'params') return namesIn(child).includes('fetch');
    if (child.type === 'VariableDeclarator') return namesIn(child['id'] as Node).includes('fetch');
    return !/Function/.test(child.type) && givesFetch(child);
  });
}

/** Where code could leave by another door than the `fetch` that it was given. */
function waysPast(text: string): string[] {
  const found: string[] = [];
  const source = (node: Node) => text.slice(node.start, Number(node['end']));
  const visit = (node: Node, isGiven: boolean): void => {
    if (/^TS(?!As|NonNull|Satisfies)/.test(node.type)) return;
    const given = isGiven || (/Function/.test(node.type) && givesFetch(node));
    if (node.type === 'Identifier' && node['name'] === 'fetch' && !given) {
      found.push('the fetch of the runtime');
    }
    if (
      node.type === 'MemberExpression' && /^(globalThis|self|window)\.(fetch|WebSocket)$/.test(source(node))
    ) {
      found.push(source(node));
    }
    if (node.type === 'NewExpression' && /^new (WebSocket|EventSource|XMLHttpRequest)\b/.test(source(node))) {
      found.push(source(node));
    }
    if (node.type === 'ImportDeclaration') {
      const from = String((node['source'] as Node)['value']);
      if (/^(node:(https?|http2|net|tls|dgram|child_process)|ky|axios|undici)\b/.test(from)) found.push(from);
    }
    for (const [part, child] of partsOf(node)) {
      // A name behind a dot or before a colon is no variable; `{ fetch }` is, and its key and value are the same place.
      const isOnlyName = (part === 'property' || part === 'key') && node['computed'] !== true;
      if (!isOnlyName) visit(child, given);
    }
  };
  visit(parseSync('x.ts', text).program as unknown as Node, false);
  return found;
}

describe('every call of the functions', () => {
  const root = join(import.meta.dirname, '../../supabase/functions');

  it('uses the fetch that it was given, and that one is made under the rules', () => {
    const found = readdirSync(root, { recursive: true }).map(String).filter((path) => path.endsWith('.ts'))
      .flatMap((path) => waysPast(readFileSync(join(root, path), 'utf8')).map((what) => `${path}: ${what}`));
    expect(found.sort()).toEqual([
      // The one place that has the runtime's own: it wraps it.
      '_shared/platform/signed-in-function.ts: the fetch of the runtime',
      // Given our fetch for every call.
      '_shared/providers/provider-http.ts: ky',
    ]);
    expect(readFileSync(join(root, '_shared/platform/signed-in-function.ts'), 'utf8')).toMatch(
      /fetch: createOutboundFetch\(\{[^}]*\bfetch\b/,
    );
    expect(readFileSync(join(root, '_shared/providers/provider-http.ts'), 'utf8')).toMatch(
      /fetch: \(input, init\) => attempts\.send\(input, init\)/,
    );
  });

  it.each([
    'export const f = () => fetch("https://x.test");',
    'const options = { fetch };',
    'const call = globalThis.fetch;',
    'send(fetch);',
    'import ky from "ky";',
    'import { request } from "node:https";',
    'new WebSocket("wss://x.test");',
    'const options = { fetch: fetch };',
  ])('is seen when it goes past: %s', (text) => expect(waysPast(text).length).toBe(1));

  it.each([
    'const f = ({ fetch }: { fetch: typeof globalThis.fetch }) => fetch("https://x.test");',
    'interface Options { fetch: typeof fetch }',
    'const f = (options: Options) => options.fetch("https://x.test");',
    'export default { fetch: answer };',
    'export default { async fetch(request: Request) { return answer(request); } };',
    'const f = (options: Options) => { const { fetch, now } = options; return fetch(now); };',
  ])('is not suspected: %s', (text) => expect(waysPast(text)).toEqual([]));
});
