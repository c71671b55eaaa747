/**
 * DNS over HTTPS, in the JSON form that the public resolvers share. Only resolvers of a list are asked; what one of them cannot
 * answer is asked of the next, and what one says does not exist has to be confirmed by another.
 */
import { z } from 'zod';
import { readText } from '../platform/bounded-text.ts';
import { bookProviderCall } from '../platform/processor-time.ts';
import { type Resolver, ResolverError } from './finding.ts';

/** Milliseconds that one resolver has for one answer. */
const timeout = 3_000;
/** Bytes; a DNS answer has at most 64 KiB. */
const maxBytes = 128 * 1024;
/** Longest record that is kept and judged. */
const maxRecord = 4_096;
const maxRecords = 50;

const typeNumbers = { TXT: 16, MX: 15 } as const;

const answer = z.object({
  Status: z.number(),
  TC: z.boolean().optional(),
  // Google sends a list, others one object.
  Question: z.union([z.array(z.object({ name: z.string() })), z.object({ name: z.string() })]).optional(),
  Answer: z.array(z.object({ type: z.number(), data: z.string() })).optional(),
});

export function createResolver(urls: readonly string[], fetcher: typeof fetch): Resolver {
  /** Names that many domains share, such as the provider's include, are asked once per run. */
  const known = new Map<string, Promise<string[]>>();

  async function resolve(name: string, type: 'TXT' | 'MX'): Promise<string[]> {
    const problems: string[] = [];
    let saidNothing = false;
    for (const url of urls) {
      let records: string[];
      try {
        records = await ask(url, name, type, fetcher);
      } catch (error) {
        problems.push(error instanceof Error ? error.message : String(error));
        continue;
      }
      if (records.length > 0) return records;
      // Two say that there is nothing, or one does and no other answers. Most selectors that are tried do not exist: one is enough.
      if (saidNothing || name.includes('._domainkey.')) return [];
      saidNothing = true;
    }
    if (saidNothing) return [];
    throw new ResolverError(`No resolver answered for ${name}: ${problems.join('; ').slice(0, 300)}`);
  }

  return {
    lookup(name, type) {
      const key = `${type} ${name.toLowerCase()}`;
      const found = known.get(key) ?? resolve(name, type);
      known.set(key, found);
      return found;
    },
  };
}

async function ask(
  url: string,
  name: string,
  type: 'TXT' | 'MX',
  fetcher: typeof fetch,
): Promise<string[]> {
  const target = new URL(url);
  target.searchParams.set('name', name);
  target.searchParams.set('type', type);
  const response = await fetcher(target, {
    headers: { accept: 'application/dns-json' },
    redirect: 'manual',
    signal: AbortSignal.timeout(timeout),
  });
  const { text, isCut: isTooLong } = await readText(response, maxBytes);
  if (isTooLong) throw new Error('An answer was too long');
  bookProviderCall(text.length);
  if (response.status !== 200) throw new Error(`${target.host} answered ${response.status}`);
  const parsed = answer.safeParse(parseOrNull(text));
  if (!parsed.success) throw new Error(`${target.host} answered something that is no DNS answer`);
  const { Status: status, TC: isCut, Question: question, Answer: records = [] } = parsed.data;
  const asked = Array.isArray(question) ? question[0]?.name : question?.name;
  if (asked !== undefined && withoutDot(asked) !== withoutDot(name)) {
    throw new Error(`${target.host} answered another question`);
  }
  // 0: fine; 3: no such name. Everything else (SERVFAIL, REFUSED …) says nothing about the records.
  if (status !== 0 && status !== 3) throw new Error(`${target.host} answered with DNS status ${status}`);
  if (isCut) throw new Error(`${target.host} cut its answer`);
  return records.filter((record) => record.type === typeNumbers[type]).slice(0, maxRecords)
    .map((record) => printable(type === 'TXT' ? unquote(record.data) : record.data).slice(0, maxRecord));
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

const withoutDot = (name: string): string => name.toLowerCase().replace(/\.$/, '');

/** The strings of a TXT record joined: `"v=spf1 " "-all"` as zone files write it, or bare. */
function unquote(data: string): string {
  if (!data.startsWith('"')) return data;
  const parts = [...data.matchAll(/"((?:[^"\\]|\\.)*)"/gsu)].map(([, part = '']) =>
    part.replace(
      /\\(\d{3})|\\(.)/gsu,
      (_, code: string | undefined, plain: string | undefined) =>
        code === undefined ? plain ?? '' : String.fromCharCode(Number(code)),
    )
  );
  return parts.length === 0 ? data : parts.join('');
}

/** A record is a stranger's text: without control characters, which neither a page nor the database takes. */
const printable = (text: string): string => text.replace(/\p{Cc}|\p{Cs}/gu, '�').trim();
