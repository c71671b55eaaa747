/**
 * How often one address may ask at what is open without a sign-in. The counts are in Postgres, so that all isolates share them; an
 * isolate that knows that an address is over its limit asks no more until the minute ends, so a flood costs nothing.
 */
import process from 'node:process';
import { z } from 'zod';
import { adminClient, callFunction, type ServiceClient } from './database.ts';
import { sha256Hex } from './digest.ts';
import { describeError, TooManyRequests } from './errors.ts';

/** Where requests are counted, and how many of one source in a minute are answered. */
export interface Door {
  name: string;
  perMinute: number;
}

export interface RequestLimit {
  /** Counts a request. Throws TooManyRequests once a source is over its limit; a source that is null is not counted. */
  take(door: Door, source: string | null): Promise<void>;
}

export interface RequestLimitOptions {
  database: () => ServiceClient;
  now?: () => number;
}

const counted = z.object({ counts: z.array(z.number()), seconds_left: z.number() });

/** Sources that are remembered as being over their limit; the oldest is forgotten first. */
const maxRemembered = 10_000;

export function createRequestLimit({ database, now = Date.now }: RequestLimitOptions): RequestLimit {
  const closedUntil = new Map<string, number>();

  function refuse(milliseconds: number): never {
    const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
    throw new TooManyRequests('Too many requests; wait until the minute is over and try again', seconds);
  }

  return {
    async take(door, source) {
      if (source === null) return;
      const key = `${door.name} ${source}`;
      const until = closedUntil.get(key) ?? 0;
      if (until > now()) refuse(until - now());
      let answer: z.infer<typeof counted>;
      try {
        answer = await callFunction(
          database(),
          'count_requests',
          { counted: [{ door: door.name, source, requests: 1 }] },
          counted,
        );
      } catch (error) {
        // Counting protects the database; where it cannot be reached there is nothing to protect, and the caller finds out itself.
        console.error(JSON.stringify({ code: 'REQUEST_COUNT', error: describeError(error) }));
        return;
      }
      if ((answer.counts[0] ?? 0) <= door.perMinute) return;
      const remaining = answer.seconds_left * 1000;
      closedUntil.delete(key);
      closedUntil.set(key, now() + remaining);
      if (closedUntil.size > maxRemembered) {
        const [oldest] = closedUntil.keys();
        if (oldest !== undefined) closedUntil.delete(oldest);
      }
      refuse(remaining);
    },
  };
}

/** The wiring of a door: counts the sender of a request. */
export function createTurns(door: Door): (request: Request) => Promise<void> {
  const limit = createRequestLimit({ database: adminClient });
  return (request) => limit.take(door, senderOf(request, (name) => process.env[name]));
}

/** On hosted projects Cloudflare is in front and sets this header, whatever the sender has put there. */
const hostedHeader = 'cf-connecting-ip';

/**
 * Who sends, as a digest: the first hop that we do not run ourselves. A sender can write anything into x-forwarded-for, but the proxy
 * in front of the functions appends the address that it saw, so only the last entry counts. Null where no proxy tells: then there is
 * nothing to count by.
 */
export function senderOf(request: Request, read: (name: string) => string | undefined): string | null {
  const isHosted = /\.supabase\.(co|in|red)$/.test(hostnameOf(read('SUPABASE_URL') ?? ''));
  const header = read('CLIENT_ADDRESS_HEADER') || (isHosted ? hostedHeader : 'x-forwarded-for');
  const address = request.headers.get(header)?.split(',').at(-1)?.trim().toLowerCase() ?? '';
  return address === '' ? null : sha256Hex(networkOf(address));
}

const hostnameOf = (url: string): string => URL.canParse(url) ? new URL(url).hostname : '';

/** One subscriber has a whole IPv6 network of 64 bits, so its addresses count as one. */
function networkOf(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address;
  const host = address.replace(/^\[|\].*$/g, '').split('%')[0] ?? '';
  const [head = '', tail] = host.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = Math.max(0, 8 - before.length - after.length);
  const groups = [...before, ...Array<string>(tail === undefined ? 0 : missing).fill('0'), ...after];
  return `${groups.slice(0, 4).map((group) => parseInt(group, 16).toString(16)).join(':')}::/64`;
}
