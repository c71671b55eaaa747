// Where a mailed link may lead: the site and what config.toml lists, so that no one can send a session to another place.
import type { IncomingMessage } from 'node:http';
import type { ProjectConfig } from '../../shared/project-config.ts';

type Allowed = Pick<ProjectConfig, 'siteUrl' | 'redirectUrls'>;

/** Like Supabase Auth: any page of the site's own host, or one that matches a pattern of additional_redirect_urls. */
export function isAllowed(address: string, config: Allowed): boolean {
  const url = parse(address);
  const site = parse(config.siteUrl);
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) return false;
  if (site && url.protocol === site.protocol && url.hostname === site.hostname) return true;
  const bare = `${url.origin}${url.pathname}${url.search}`;
  return config.redirectUrls.some((pattern) => asExpression(pattern).test(bare) || bare === `${pattern}/`);
}

/** The address asked for, else the page that asks, else the site. */
export function redirectFor(request: IncomingMessage, url: URL, config: Allowed, asked?: string): string {
  const header = request.headers['redirect_to'];
  const candidates = [
    asked,
    url.searchParams.get('redirect_to'),
    typeof header === 'string' ? header : undefined,
    request.headers.referer,
  ];
  return candidates.find((address) => address && isAllowed(address, config)) ?? config.siteUrl;
}

/** `*` is anything but a dot or slash, `**` anything, `?` one character. */
function asExpression(pattern: string): RegExp {
  const source = pattern.replace(
    /\*\*|\*|\?|[.+^${}()|[\]\\]/g,
    (token) => token === '**' ? '.*' : token === '*' ? '[^./]*' : token === '?' ? '[^./]' : `\\${token}`,
  );
  return new RegExp(`^${source}$`);
}

function parse(address: string): URL | undefined {
  try {
    return new URL(address);
  } catch {
    return undefined;
  }
}
