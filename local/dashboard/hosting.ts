// What a static host needs beside the files of the site: headers, the page as the answer to unknown addresses, and config.json.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DashboardConfig } from './serve.ts';
import { type HeaderRule, headerRules, withoutFallback } from './security-headers.ts';

export const hosts = ['cloudflare', 'netlify', 'vercel', 'nginx', 'caddy'] as const;
export type Host = (typeof hosts)[number];

/** File → content, to be put into the site's folder; nginx's and Caddy's belong into the server's configuration. */
export function hostFiles(host: Host, apiUrl: string): Record<string, string> {
  const rules = headerRules(apiUrl);
  switch (host) {
    case 'cloudflare':
      // Without a 404.html Pages answers unknown addresses with the page; a rule for that would be a loop.
      return { '_headers': cloudflareHeaders(rules) };
    case 'netlify':
      return { '_headers': netlifyHeaders(rules), '_redirects': netlifyRedirects() };
    case 'vercel':
      return { 'vercel.json': vercelConfig(rules) };
    case 'nginx':
      return { 'nginx.conf': nginxConfig(rules) };
    case 'caddy':
      return { 'Caddyfile': caddyConfig(rules) };
  }
}

/** Writes them and config.json into the built site; returns the names. */
export function writeHostFiles(directory: string, host: Host | undefined, config: DashboardConfig): string[] {
  const files = {
    'config.json': `${JSON.stringify(config, null, 2)}\n`,
    ...(host === undefined ? {} : hostFiles(host, config.api_url)),
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(directory, name), content);
  return Object.keys(files);
}

/** Values of several rules would be joined by commas, so a later rule takes the earlier ones away first. */
function cloudflareHeaders(rules: HeaderRule[]): string {
  const before = new Set<string>();
  return rules.map(({ path, headers }) => {
    const names = Object.keys(headers);
    const removed = names.filter((name) => before.has(name));
    for (const name of names) before.add(name);
    return [path, ...removed.map((name) => `  ! ${name}`), ...lines(headers)].join('\n');
  }).join('\n\n') + '\n';
}

const lines = (headers: Record<string, string>) =>
  Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`);

/** Of several rules for a path Netlify takes the last value of a header. */
function netlifyHeaders(rules: HeaderRule[]): string {
  return rules.map(({ path, headers }) => [path, ...lines(headers)].join('\n')).join('\n\n') + '\n';
}

/** A file that is there is served before any of these. */
function netlifyRedirects(): string {
  return [...withoutFallback.map((folder) => `${folder}* /index.html 404`), '/* /index.html 200', ''].join(
    '\n',
  );
}

function vercelConfig(rules: HeaderRule[]): string {
  const config = {
    headers: rules.map(({ path, headers }) => ({
      source: path.replace('*', '(.*)'),
      headers: Object.entries(headers).map(([key, value]) => ({ key, value })),
    })),
    rewrites: [{
      source: `/((?!${withoutFallback.map((folder) => folder.slice(1)).join('|')}).*)`,
      destination: '/index.html',
    }],
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}

/** A location with a header of its own inherits none, so each has all of its headers. */
function nginxConfig(rules: HeaderRule[]): string {
  const location = ({ path }: HeaderRule) => path.endsWith('*') ? path.slice(0, -1) : `= ${path}`;
  const fallback = (path: string) =>
    withoutFallback.some((folder) => path.startsWith(folder))
      ? 'try_files $uri =404;'
      : 'try_files $uri /index.html;';
  const complete = rules.map((rule) => ({ ...rule, headers: { ...rules[0]?.headers, ...rule.headers } }));
  return [
    '# Inside of the server block of the site, whose root is the folder of the dashboard.',
    'index index.html;',
    ...complete.flatMap((rule) => [
      `location ${location(rule)} {`,
      ...Object.entries(rule.headers).map(([name, value]) => `  add_header ${name} "${value}" always;`),
      `  ${fallback(rule.path)}`,
      '}',
    ]),
    'location /message/ { return 404; }',
    'location ~ /\\. { return 404; }',
    '',
  ].join('\n');
}

/** `header` sets, so the last one that fits wins, as directives of one kind keep their order within `route`. */
function caddyConfig(rules: HeaderRule[]): string {
  const value = (text: string) => `"${text}"`;
  return [
    '# Inside of the block of the site\'s address, after "root * <folder of the dashboard>".',
    'route {',
    ...rules.flatMap(({ path, headers }) => [
      `  header ${path} {`,
      ...Object.entries(headers).map(([name, text]) => `    ${name} ${value(text)}`),
      '  }',
    ]),
    '  @hidden path */.*',
    '  respond @hidden 404',
    '  @page {',
    `    not path ${withoutFallback.map((folder) => `${folder}*`).join(' ')}`,
    '    not file',
    '  }',
    '  rewrite @page /index.html',
    '  file_server',
    '}',
    '',
  ].join('\n');
}
