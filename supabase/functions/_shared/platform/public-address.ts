/**
 * Where a function may call what a person typed as an address. Functions run inside a network: only https
 * to public addresses, decided by what the name resolves to just before each attempt.
 */
import { AppError } from './errors.ts';

/** The addresses of a host, as node:dns gives them. */
export type ResolveHost = (host: string) => Promise<string[]>;

export interface AddressRules {
  /** True on a developer's machine: http and private addresses too. */
  allowsPrivate: boolean;
  resolve: ResolveHost;
}

/** Not public by RFC 6890 and its updates: this host, private, shared, link-local with the metadata services, tests, multicast. */
const privateV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
].map(rangeOf);

function rangeOf(text: string): { first: number; size: number } {
  const [address = '', length = '32'] = text.split('/');
  return { first: numberOfV4(address) ?? 0, size: 2 ** (32 - Number(length)) };
}

function numberOfV4(address: string): number | undefined {
  const parts = address.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) {
    return undefined;
  }
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0);
}

/** The eight groups of an IPv6 address, with or without an IPv4 tail. */
function groupsOfV6(address: string): number[] | undefined {
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(address);
  const v4 = tail ? numberOfV4(tail[2] ?? '') : undefined;
  if (tail && v4 === undefined) return undefined;
  const text = tail && v4 !== undefined
    ? `${tail[1]}${Math.floor(v4 / 65536).toString(16)}:${(v4 % 65536).toString(16)}`
    : address;
  const [head = '', rest, ...more] = text.split('::');
  if (more.length > 0) return undefined;
  const read = (part: string) => part === '' ? [] : part.split(':');
  const [before, after] = [read(head), read(rest ?? '')];
  const missing = 8 - before.length - after.length;
  if (rest === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...before, ...Array<string>(missing).fill('0'), ...after];
  return groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))
    ? groups.map((group) => parseInt(group, 16))
    : undefined;
}

const isPrivateV4 = (number: number) =>
  privateV4.some(({ first, size }) => number >= first && number < first + size);

/** True for an address on the public internet; false also for what is no address. */
export function isPublicAddress(address: string): boolean {
  const v4 = numberOfV4(address);
  if (v4 !== undefined) return !isPrivateV4(v4);
  const groups = groupsOfV6(address.split('%')[0] ?? '');
  if (groups === undefined) return false;
  const [a = 0, b = 0, c = 0, , , f = 0, g = 0, h = 0] = groups;
  const embedded = (high: number, low: number) => !isPrivateV4(high * 65536 + low);
  // IPv4 in other clothes is judged as what it is: mapped, translated (NAT64) and 6to4.
  if (groups.slice(0, 5).every((group) => group === 0) && f === 0xffff) return embedded(g, h);
  if (a === 0x64 && b === 0xff9b) return c === 0 && embedded(g, h);
  if (a === 0x2002) return embedded(b, c);
  // Only 2000::/3 is given out; Teredo, documentation and benchmarks within it are no hosts.
  return (a & 0xe000) === 0x2000 && !(a === 0x2001 && (b < 0x200 || b === 0xdb8)) &&
    !(a === 0x3fff && b < 0x1000);
}

/** The URL, if its form is allowed; throws VALIDATION_FAILED with what to change. */
export function requireEndpointUrl(
  text: string,
  { allowsPrivate }: Pick<AddressRules, 'allowsPrivate'>,
): URL {
  const refuse = (what: string) => new AppError('VALIDATION_FAILED', `The address ${what}`);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) throw refuse('is not complete; it begins with https://');
  if (url.protocol !== 'https:' && !(allowsPrivate && url.protocol === 'http:')) {
    throw refuse('must begin with https://');
  }
  if (url.username !== '' || url.password !== '') {
    throw refuse('may not contain a user name or a password; a receiver knows us by the signature');
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isNumber = numberOfV4(host) !== undefined || host.includes(':');
  if (!allowsPrivate && isNumber && !isPublicAddress(host)) {
    throw refuse('is inside a private network; use a public one');
  }
  return url;
}

/**
 * Resolves the host and throws VALIDATION_FAILED if any of its addresses is not public: a name may point to the inside of the
 * network, today or from the next answer on.
 */
export async function requirePublicHost(url: URL, { allowsPrivate, resolve }: AddressRules): Promise<void> {
  if (allowsPrivate) return;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = await resolve(host);
  if (addresses.length === 0 || !addresses.every(isPublicAddress)) {
    throw new AppError(
      'VALIDATION_FAILED',
      `The address "${url.hostname}" leads into a private network; use a public one`,
    );
  }
}

/**
 * For an address that a person enters: its form, and that its host is there and public. It is checked again before each call, since a
 * name can change where it leads.
 */
export async function requireReachableUrl(text: string, rules: AddressRules): Promise<URL> {
  const url = requireEndpointUrl(text, rules);
  await requirePublicHost(url, rules).catch((error: unknown) => {
    if (error instanceof AppError) throw error;
    throw new AppError('VALIDATION_FAILED', `There is no host "${url.hostname}"; check the address`, {
      cause: error,
    });
  });
  return url;
}
