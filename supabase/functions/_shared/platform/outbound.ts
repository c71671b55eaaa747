/**
 * The only way out: what a function may call, and how. Functions run inside a network, so an address that a person or a setting names
 * has to be https and public, decided by what its name resolves to just before the call; no redirect is followed, and an answer has
 * an end in bytes and in time. A test finds calls that go past this file.
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

/** Names of networks, not of the internet: RFC 6761, 6762 and 9476, what ICANN reserves, and what clouds call their metadata services. */
const privateNames =
  /(^|\.)(localhost|localdomain|local|internal|intranet|private|corp|home|lan|onion|alt|arpa|invalid)$/;

/**
 * Ports above 1023 at which something else than a web server listens: what the Fetch standard blocks there, and databases, caches and
 * control planes. Below 1024 only 443 is open.
 */
const otherServices = new Set([
  ...[1433, 1521, 1719, 1720, 1723, 2049, 2375, 2376, 2379, 2380, 3306, 3389, 3659, 4045, 4190, 5060, 5061],
  ...[5432, 5900, 5984, 6000, 6379, 6443, 6543, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 9042, 9092],
  ...[9200, 9300, 10080, 10250, 11211, 27017],
]);

const isWebPort = (port: string) =>
  port === '' || port === '443' || (Number(port) > 1023 && !otherServices.has(Number(port)));

const refuse = (what: string) => new AppError('VALIDATION_FAILED', `The address ${what}`);

/** Without the brackets of IPv6 and the dot that ends an absolute name. */
const hostOf = (url: URL) => url.hostname.replace(/^\[|\]$/g, '').replace(/\.+$/, '');

/** The URL, if its form is allowed; throws VALIDATION_FAILED with what to change. */
export function requireOutboundUrl(
  text: string,
  { allowsPrivate }: Pick<AddressRules, 'allowsPrivate'>,
): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) throw refuse('is not complete; it begins with https://');
  if (url.protocol !== 'https:' && !(allowsPrivate && url.protocol === 'http:')) {
    throw refuse('must begin with https://');
  }
  if (url.username !== '' || url.password !== '') {
    throw refuse('may not contain a user name or a password; a receiver knows us by the signature');
  }
  if (allowsPrivate) return url;
  const host = hostOf(url);
  const isNumber = numberOfV4(host) !== undefined || host.includes(':');
  if (isNumber ? !isPublicAddress(host) : !host.includes('.') || privateNames.test(host)) {
    throw refuse('is inside a private network; use a public one');
  }
  if (!isWebPort(url.port)) {
    throw refuse(`has the port ${url.port}, which is not one of a web server; use 443 or one above 1023`);
  }
  return url;
}

/**
 * Resolves the host and throws VALIDATION_FAILED if any of its addresses is not public: a name may point to the inside of the
 * network, today or from the next answer on.
 */
async function requirePublicHost(url: URL, { allowsPrivate, resolve }: AddressRules): Promise<void> {
  if (allowsPrivate) return;
  const addresses = await resolve(hostOf(url));
  if (addresses.length === 0 || !addresses.every(isPublicAddress)) {
    throw refuse(`"${url.hostname}" leads into a private network; use a public one`);
  }
}

/**
 * For an address that a person enters: its form, and that its host is there and public. It is checked again before each call, since a
 * name can change where it leads.
 */
export async function requireReachableUrl(text: string, rules: AddressRules): Promise<URL> {
  const url = requireOutboundUrl(text, rules);
  await requirePublicHost(url, rules).catch((error: unknown) => {
    if (error instanceof AppError) throw error;
    throw new AppError('VALIDATION_FAILED', `There is no host "${url.hostname}"; check the address`, {
      cause: error,
    });
  });
  return url;
}

/** Bytes of an answer, whatever Content-Length says; callers read less. */
const maxAnswerBytes = 16 * 1024 * 1024;
/** Milliseconds of a call, its answer included; callers wait less. */
const maxCallTime = 120_000;
/** Milliseconds for which a host that was found to be public is not resolved again: a sync makes ten calls a second. */
const publicFor = 5_000;

export interface OutboundOptions extends AddressRules {
  fetch: typeof fetch;
  now: () => number;
  maxBytes?: number;
}

/**
 * A fetch that obeys the rules. It throws VALIDATION_FAILED before anything is sent to an address that is not allowed, and what
 * fetch throws; a redirect is returned like any answer.
 *
 * What it cannot do: fetch resolves the name once more, so a name that answers differently within milliseconds (DNS rebinding) could
 * still lead inside. TLS limits this: the host inside would have to present a valid certificate of that name.
 */
export function createOutboundFetch(options: OutboundOptions): typeof fetch {
  const { fetch, now, maxBytes = maxAnswerBytes } = options;
  const publicUntil = new Map<string, number>();

  async function requireAllowed(url: URL, signal: AbortSignal): Promise<void> {
    if (options.allowsPrivate || (publicUntil.get(url.host) ?? 0) > now()) return;
    await beforeTimeout(requirePublicHost(url, options), signal);
    publicUntil.set(url.host, now() + publicFor);
  }

  return async (input: Request | URL | string, init?: RequestInit): Promise<Response> => {
    const isRequest = input instanceof Request;
    const url = requireOutboundUrl(isRequest ? input.url : String(input), options);
    const asked = init?.signal ?? (isRequest ? input.signal : undefined);
    const longest = AbortSignal.timeout(maxCallTime);
    const signal = asked ? AbortSignal.any([asked, longest]) : longest;
    await requireAllowed(url, signal);
    return bounded(await fetch(input, { ...init, redirect: 'manual', signal }), maxBytes);
  };
}

/** A resolver knows no signal. */
async function beforeTimeout(work: Promise<void>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await Promise.race([
    work,
    new Promise<never>((_, reject) =>
      signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    ),
  ]);
}

/** The same answer, whose body fails beyond this number of bytes. */
function bounded(response: Response, limit: number): Response {
  if (response.body === null) return response;
  let size = 0;
  const counter = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      size += chunk.byteLength;
      if (size > limit) controller.error(new TypeError(`The answer has more than ${limit} bytes`));
      else controller.enqueue(chunk);
    },
  });
  const { status, statusText, headers } = response;
  return new Response(response.body.pipeThrough(counter), { status, statusText, headers });
}
