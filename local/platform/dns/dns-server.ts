// A resolver for the local stack, which knows no network: DNS over HTTPS in the JSON form, from a table that can change while it
// runs. Without a table every domain is in order; with one, what is not in it does not exist.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Records by "TYPE name", such as "TXT _dmarc.agency.test". */
export type Zone = Record<string, string[]>;

export interface DnsServer {
  url: string;
  zone: Zone | null;
  /** While true it answers SERVFAIL to everything. */
  isFailing: boolean;
  stop(): Promise<void>;
}

const typeNumbers: Record<string, number> = { TXT: 16, MX: 15 };

export async function startDnsServer(zone: Zone | null = null): Promise<DnsServer> {
  const server: DnsServer = { url: '', zone, isFailing: false, stop };
  const http = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const name = (url.searchParams.get('name') ?? '').toLowerCase();
    const type = url.searchParams.get('type') ?? '';
    const records = server.zone ? server.zone[`${type} ${name}`] : inOrder(type, name);
    response.setHeader('content-type', 'application/dns-json');
    response.end(JSON.stringify({
      Status: server.isFailing ? 2 : records ? 0 : 3,
      TC: false,
      Question: [{ name, type: typeNumbers[type] }],
      Answer: server.isFailing ? [] : (records ?? []).map((data) => ({
        name,
        type: typeNumbers[type],
        TTL: 60,
        data: quoted(type, data),
      })),
    }));
  });
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(0, '127.0.0.1', resolve);
  });
  server.url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/dns-query`;
  return server;

  async function stop(): Promise<void> {
    http.closeAllConnections();
    await new Promise<void>((resolve) => http.close(() => resolve()));
  }
}

/** What a domain in order answers. */
function inOrder(type: string, name: string): string[] {
  if (type === 'MX') return [`10 mx.${name}.`];
  if (name.startsWith('_dmarc.')) {
    return [`v=DMARC1; p=quarantine; rua=mailto:dmarc@${name.slice('_dmarc.'.length)}`];
  }
  if (name.includes('._domainkey.')) return [`v=DKIM1; k=rsa; p=${'A'.repeat(391)}B`];
  return [name.startsWith('_spf.') ? 'v=spf1 ip4:192.0.2.0/24 ~all' : 'v=spf1 include:_spf.google.com ~all'];
}

/** The records of a domain in order, to change some of them. */
export function domainInOrder(domain: string): Zone {
  const names = [['TXT', domain], ['MX', domain], ['TXT', `_dmarc.${domain}`], [
    'TXT',
    `google._domainkey.${domain}`,
  ]] as const;
  return Object.fromEntries(names.map(([type, name]) => [`${type} ${name}`, inOrder(type, name)]));
}

/** What its SPF record includes. */
export const included: Zone = { 'TXT _spf.google.com': inOrder('TXT', '_spf.google.com') };

/** As zone files write a text: in strings of at most 255 characters. */
const quoted = (type: string, data: string): string =>
  type === 'TXT'
    ? (data.match(/[\s\S]{1,255}/gu) ?? ['']).map((part) => `"${part.replace(/["\\]/gu, '\\$&')}"`).join(' ')
    : data;
