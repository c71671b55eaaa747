// The outbox at /outbox (a page) and /outbox.json, for the person at this machine: each mail holds a link that signs in.
import { Buffer } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Mail, Outbox } from './outbox.ts';

/** What a tunnel or proxy adds: through one, somebody far away would read the mails. */
const proxyHeaders = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-real-ip',
  'via',
  'cf-connecting-ip',
];

export function showOutbox(outbox: Outbox, request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  if (!isLocal(request)) {
    answer(response, 403, 'text/plain', 'The outbox is shown at 127.0.0.1 only');
    return;
  }
  if (request.method !== 'GET') {
    answer(response, 405, 'text/plain', 'The outbox can only be read');
    return;
  }
  const mails = outbox.mails(url.searchParams.get('to') ?? undefined);
  if (url.pathname === '/outbox.json') {
    answer(response, 200, 'application/json', JSON.stringify(mails.map(withAddresses)));
    return;
  }
  const [, id, place] = /^\/outbox\/([\w-]+)\/(\d+)$/.exec(url.pathname) ?? [];
  const attachment = mails.find((mail) => mail.id === id)?.attachments?.[Number(place)];
  if (attachment) {
    // Never shown as a page of this address, whatever it is.
    response.writeHead(200, {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename*=UTF-8\'\'${encodeURIComponent(attachment.filename)}`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
    }).end(Buffer.from(attachment.content, 'base64'));
    return;
  }
  const one = mails.find((mail) => url.pathname === `/outbox/${mail.id}`);
  if (one) answer(response, 200, 'text/html', withNewTab(one.html));
  else if (url.pathname === '/outbox') answer(response, 200, 'text/html', page(mails));
  else answer(response, 404, 'text/plain', 'Mail not found');
}

/** Not another site's page under a name of its own that leads here (DNS rebinding), and no tunnel. */
function isLocal(request: IncomingMessage): boolean {
  const host = (request.headers.host ?? '').replace(/:\d+$/, '');
  return ['127.0.0.1', 'localhost', '[::1]'].includes(host) &&
    proxyHeaders.every((name) => request.headers[name] === undefined);
}

function answer(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'content-security-policy':
      `default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; frame-ancestors 'self'; base-uri 'self'`,
    // No other site reads this: without access-control-allow-origin a browser keeps the answer from it.
    'cross-origin-resource-policy': 'same-origin',
  }).end(body);
}

const addressesOf = ({ id, attachments }: Mail) =>
  (attachments ?? []).map(({ filename, content_type }, index) => ({
    filename,
    content_type,
    url: `/outbox/${encodeURIComponent(id)}/${index}`,
  }));

/** Attachments by their address: a list of mails would be too long with them in it. */
const withAddresses = (mail: Mail) => ({ ...mail, attachments: addressesOf(mail) });

const withNewTab = (html: string) => html.replace(/<head>/i, '<head><base target="_blank">');

function page(mails: Mail[]): string {
  const entries = mails.map((mail) =>
    `<article><h2>${escape(mail.subject)}</h2><p>To ${escape(mail.to)} · ${
      escape(mail.sent_at.slice(0, 19).replace('T', ' '))
    } UTC${
      addressesOf(mail).map(({ filename, url }) => ` · <a href="${url}">${escape(filename)}</a>`).join('')
    }</p>
<iframe src="/outbox/${encodeURIComponent(mail.id)}" title="${
      escape(mail.subject)
    }" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe></article>`
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Outbox</title><meta name="viewport" content="width=device-width, initial-scale=1">
<style>:root{color-scheme:light dark}body{margin:0 auto;max-width:44rem;padding:2rem 1rem;font:1rem/1.5 system-ui,sans-serif}h1{font-size:1.4rem}h2{font-size:1rem;margin:0}article{margin:1.5rem 0;padding:1rem;border:1px solid #8886;border-radius:.75rem}article p{margin:.25rem 0 1rem;opacity:.75}iframe{width:100%;height:22rem;border:0;border-radius:.5rem;background:#fff}</style></head>
<body><h1>Outbox</h1><p>Mails that this stack would have sent, newest first.</p>${
    entries.join('') || '<p>No mail yet. Invite somebody, or ask for a sign-in link.</p>'
  }</body></html>`;
}

const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
