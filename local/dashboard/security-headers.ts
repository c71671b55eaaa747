/** The headers that a host should send with every file of the dashboard; `apiUrl` is the Supabase project's URL. */
export function securityHeaders(apiUrl: string): Record<string, string> {
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
  return headers(policy, 'DENY');
}

/**
 * What it should send instead with the two documents that show mails, `/message/*.html`: no scripts, only this site may frame
 * them, and only `images.html`, which opens at the press of a button, may load images.
 */
export function messageFrameHeaders(path: string): Record<string, string> | undefined {
  if (!path.startsWith('/message/')) return undefined;
  const policy = [
    `default-src 'none'`,
    `style-src 'unsafe-inline'`,
    ...(path === '/message/images.html' ? ['img-src https: http:'] : []),
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'self'`,
    'sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox',
  ];
  return headers(policy, 'SAMEORIGIN');
}

function headers(policy: readonly string[], frameOptions: 'DENY' | 'SAMEORIGIN'): Record<string, string> {
  return {
    'content-security-policy': policy.join('; '),
    'x-content-type-options': 'nosniff',
    'x-frame-options': frameOptions,
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  };
}
