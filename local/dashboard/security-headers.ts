// The headers of every file of the dashboard, in one place: the local server sends them, and the files for other hosts are written
// from them (`hosting.ts`).

/** Of rules that fit a path the later one wins, header by header. */
export interface HeaderRule {
  /** A path of the site, or everything below one: `/assets/*`. */
  path: string;
  headers: Record<string, string>;
}

/** `apiUrl` is the Supabase project's URL. */
export function headerRules(apiUrl: string): HeaderRule[] {
  return [
    // A new version of the page is seen at the next visit.
    { path: '/*', headers: { ...pageHeaders(apiUrl), 'cache-control': 'no-cache' } },
    // Their names carry a hash of their content.
    { path: '/assets/*', headers: { 'cache-control': 'public, max-age=31536000, immutable' } },
    ...frames.map(({ path, images }) => ({ path, headers: frameHeaders(images) })),
  ];
}

/** What is sent with this path. */
export function headersFor(rules: HeaderRule[], path: string): Record<string, string> {
  const fitting = rules.filter((rule) =>
    rule.path.endsWith('/*') ? path.startsWith(rule.path.slice(0, -1)) : path === rule.path
  );
  return Object.assign({}, ...fitting.map(({ headers }) => headers)) as Record<string, string>;
}

/** Never answered with the page: a browser would run HTML as a script, or show the page in a frame for mails. */
export const withoutFallback = ['/assets/', '/message/'];

function pageHeaders(apiUrl: string): Record<string, string> {
  const api = new URL(apiUrl).origin;
  const policy = [
    `default-src 'none'`,
    `script-src 'self'`,
    // Reads lists of leads away from the page.
    `worker-src 'self'`,
    // The components set styles on elements; a style can load nothing, because no remote source is allowed.
    `style-src 'self' 'unsafe-inline'`,
    // No remote images: a mail's tracking pixel must not show that somebody reads it. Requested images are shown in a frame with
    // its own policy, below.
    `img-src 'self' data:`,
    `font-src 'self'`,
    `connect-src 'self' ${api} ${api.replace(/^http/, 'ws')}`,
    `frame-src 'self'`,
    `manifest-src 'self'`,
    `form-action 'self'`,
    `base-uri 'none'`,
    `frame-ancestors 'none'`,
  ];
  return {
    'content-security-policy': policy.join('; '),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  };
}

/** The documents that show mails. Some hosts take the ending off an address, so both forms are named. */
const frames = [
  { path: '/message/plain.html', images: false },
  { path: '/message/plain', images: false },
  { path: '/message/images.html', images: true },
  { path: '/message/images', images: true },
];

/** No scripts, only this site may frame them, and only the one that opens at the press of a button may load images. */
function frameHeaders(images: boolean): Record<string, string> {
  const policy = [
    `default-src 'none'`,
    `style-src 'unsafe-inline'`,
    ...(images ? ['img-src https: http:'] : []),
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'self'`,
    'sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox',
  ];
  return { 'content-security-policy': policy.join('; '), 'x-frame-options': 'SAMEORIGIN' };
}
