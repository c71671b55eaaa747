// The files for the hosts of the dashboard: read as each host reads them, all say what the local server sends.
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readBuildOptions } from '../../local/cli/build.ts';
import { type Host, hostFiles, hosts, writeHostFiles } from '../../local/dashboard/hosting.ts';
import { headerRules, headersFor } from '../../local/dashboard/security-headers.ts';

const apiUrl = 'https://abcdefghijklmnopqrst.supabase.co';
type Headers = Record<string, string>;
interface Rule {
  path: string;
  headers: [name: string, value: string][];
}

const paths = [
  '/',
  '/inbox',
  '/campaigns/0f0f',
  '/config.json',
  '/theme.js',
  '/assets/index-abc123.js',
  '/message/plain.html',
  '/message/images.html',
];

/** Blocks of `_headers`: a path, then indented lines. */
function blocksOf(text: string): Rule[] {
  return text.trim().split('\n\n').map((block) => {
    const [path = '', ...lines] = block.split('\n');
    return {
      path,
      headers: lines.map((line) => {
        const [, name = '', value = ''] = /^ {2}(! [\w-]+|[\w-]+:) ?(.*)$/.exec(line) ?? [];
        return [name, value];
      }),
    };
  });
}

const fits = (rule: string, path: string) =>
  rule.endsWith('*') ? path.startsWith(rule.slice(0, -1)) : rule === path;

/** How each host finds the headers of a path. */
const readers: Record<Host, (files: Record<string, string>, path: string) => Headers> = {
  // A name of several rules gets all values, joined by commas; "! name" takes the earlier ones away.
  cloudflare(files, path) {
    const found = new Map<string, string[]>();
    for (const rule of blocksOf(files['_headers'] ?? '').filter((entry) => fits(entry.path, path))) {
      for (const [name] of rule.headers) if (name.startsWith('! ')) found.delete(name.slice(2));
      for (const [name, value] of rule.headers) {
        if (!name.startsWith('! ')) {
          found.set(name.slice(0, -1), [...found.get(name.slice(0, -1)) ?? [], value]);
        }
      }
    }
    return Object.fromEntries([...found].map(([name, values]) => [name, values.join(', ')]));
  },
  // The last rule wins.
  netlify: (files, path) =>
    Object.fromEntries(
      blocksOf(files['_headers'] ?? '').filter((rule) => fits(rule.path, path))
        .flatMap(({ headers }) => headers.map(([name, value]) => [name.slice(0, -1), value])),
    ),
  vercel(files, path) {
    const config = JSON.parse(files['vercel.json'] ?? '{}') as {
      headers: { source: string; headers: { key: string; value: string }[] }[];
    };
    return Object.fromEntries(
      config.headers.filter(({ source }) => new RegExp(`^${source}$`).test(path))
        .flatMap(({ headers }) => headers.map(({ key, value }) => [key, value])),
    );
  },
  // One location answers: the exact one, else the longest prefix.
  nginx(files, path) {
    const locations = [...(files['nginx.conf'] ?? '').matchAll(/^location (= )?(\/\S*) \{\n([\s\S]*?)^\}/gm)];
    const [chosen] = locations.filter(([, exact, prefix = '']) =>
      exact ? prefix === path : path.startsWith(prefix)
    )
      .sort(([, one, first = ''], [, other, second = '']) =>
        Number(Boolean(other)) - Number(Boolean(one)) || second.length - first.length
      );
    return Object.fromEntries(
      [...(chosen?.[3] ?? '').matchAll(/add_header (\S+) "(.*)" always;/g)].map((
        [, name = '', value = ''],
      ) => [
        name,
        value,
      ]),
    );
  },
  // Each `header` that fits sets its fields again.
  caddy(files, path) {
    const directives = [...(files['Caddyfile'] ?? '').matchAll(/^ {2}header (\S+) \{\n([\s\S]*?)^ {2}\}/gm)];
    return Object.fromEntries(
      directives.filter(([, rule = '']) => fits(rule, path))
        .flatMap(([, , body = '']) => [...body.matchAll(/^ {4}(\S+) "(.*)"$/gm)])
        .map(([, name = '', value = '']) => [name, value]),
    );
  },
};

describe('the files for a host', () => {
  it.each(hosts)('give every path of the site the headers of the local server: %s', (host) => {
    const files = hostFiles(host, apiUrl);
    const rules = headerRules(apiUrl);
    for (const path of paths) {
      expect([path, readers[host](files, path)]).toEqual([path, headersFor(rules, path)]);
    }
  });

  it('name the project in the policy, and keep mails from the page', () => {
    const rules = headerRules(apiUrl);
    const policy = (path: string) => headersFor(rules, path)['content-security-policy'];
    expect(policy('/inbox')).toContain(
      `connect-src 'self' ${apiUrl} wss://abcdefghijklmnopqrst.supabase.co;`,
    );
    expect(policy('/message/images.html')).toMatch(/^default-src 'none'.*img-src https: http:.*sandbox/);
    expect(policy('/message/plain.html')).not.toContain('img-src');
  });

  it('stay within the limits of Cloudflare Pages: 100 rules, 2,000 characters a line', () => {
    const text = hostFiles('cloudflare', apiUrl)['_headers'] ?? '';
    expect(blocksOf(text).length).toBeLessThan(100);
    for (const line of text.split('\n')) expect(line.length).toBeLessThan(2_000);
  });

  it('answer an unknown address with the page, but not for a missing script or mail', () => {
    expect(hostFiles('netlify', apiUrl)['_redirects']).toBe(
      '/assets/* /index.html 404\n/message/* /index.html 404\n/* /index.html 200\n',
    );
    const { rewrites } = JSON.parse(hostFiles('vercel', apiUrl)['vercel.json'] ?? '') as {
      rewrites: { source: string }[];
    };
    const source = new RegExp(`^${rewrites[0]?.source}$`);
    expect(['/', '/inbox', '/assets/gone.js', '/message/gone.html'].map((path) => source.test(path))).toEqual(
      [
        true,
        true,
        false,
        false,
      ],
    );
  });
});

describe('npm run build', () => {
  it('writes config.json and the files of the host into the site', () => {
    const { host, config } = readBuildOptions([
      '--host=netlify',
      `--api-url=${apiUrl}/`,
      '--publishable-key=sb_publishable_x',
      '--sign-in=magic_link,password',
      '--agency=Northwind',
    ]);
    const folder = mkdtempSync(join(tmpdir(), 'replyloop-site-'));
    if (!config) throw new Error('There is no config');
    expect(writeHostFiles(folder, host, config)).toEqual(['config.json', '_headers', '_redirects']);
    expect(JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'))).toEqual({
      api_url: apiUrl,
      publishable_key: 'sb_publishable_x',
      sign_in: ['magic_link', 'password'],
      agency: 'Northwind',
    });
  });

  it.each([
    [['--host=github'], /--host is "github"; the dashboard knows cloudflare, netlify/],
    [[`--api-url=${apiUrl}`, '--publishable-key=sb_secret_x'], /the site never gets a secret key/],
    [[`--api-url=${apiUrl}`, '--publishable-key=sb_publishable_x', '--sign-in=sms'], /--sign-in is "sms"/],
    [['--unknown'], /Unknown option '--unknown'/],
  ])('refuses %j', (parameters, message) => {
    expect(() => readBuildOptions(parameters)).toThrow(message);
  });
});
