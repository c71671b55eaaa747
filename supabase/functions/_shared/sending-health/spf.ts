/** Who may send for a domain (RFC 7208), read as a receiver reads it: includes followed, their look-ups counted. */
import type { Finding, Resolver } from './finding.ts';

/** Terms that need a look-up, after which a receiver gives up. */
const maxLookups = 10;

/** What a mailbox provider's mails need in the record: an include that names the provider's servers. */
const providerIncludes: Record<string, { name: string; include: string; ending: string }> = {
  google: { name: 'Google', include: '_spf.google.com', ending: '_spf.google.com' },
  microsoft: { name: 'Microsoft', include: 'spf.protection.outlook.com', ending: 'protection.outlook.com' },
};

/** Ends the walk: what a receiver calls a permanent error. */
class PermanentError extends Error {
  readonly finding: string;
  constructor(finding: string, message: string) {
    super(message);
    this.finding = finding;
  }
}

interface Walk {
  lookups: number;
  /** Every name that was included or redirected to. */
  names: Set<string>;
  usesPtr: boolean;
}

const isSpf = (record: string): boolean => /^v=spf1(?:\s|$)/iu.test(record);

const invalidTerm = (domain: string, term: string): PermanentError =>
  new PermanentError(
    'invalid',
    `The SPF record of ${domain} has a part that is not valid: “${term.slice(0, 60)}”.`,
  );

export async function judgeSpf(
  domain: string,
  providerKinds: readonly string[],
  { lookup }: Pick<Resolver, 'lookup'>,
): Promise<Finding> {
  const texts = await lookup(domain, 'TXT');
  const records = texts.filter(isSpf).sort();
  const [record] = records;
  if (record === undefined) {
    const almost = texts.find((text) => /^"?\s*v\s*=\s*spf/iu.test(text));
    return almost === undefined
      ? {
        verdict: 'bad',
        finding: 'missing',
        sentence: 'No SPF record: receivers cannot tell who may send for this domain.',
        advice: `Add one TXT record to ${domain}: ${suggestion(providerKinds)}`,
        records: [],
      }
      : {
        verdict: 'bad',
        finding: 'invalid',
        sentence: 'There is an SPF record, but it does not begin with “v=spf1”, so receivers ignore it.',
        advice: `Correct the TXT record of ${domain}; it has to begin with “v=spf1 ”.`,
        records: [almost],
      };
  }
  if (records.length > 1) {
    return {
      verdict: 'bad',
      finding: 'multiple',
      sentence: `There are ${records.length} SPF records, so receivers use none of them.`,
      advice: 'Merge them into one TXT record and delete the others.',
      records,
    };
  }

  const walk: Walk = { lookups: 0, names: new Set(), usesPtr: false };
  let all: string | null;
  try {
    all = await follow(record, domain, walk, lookup, 0);
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    return {
      verdict: 'bad',
      finding: error.finding,
      sentence: error.message,
      advice: error.finding === 'too_many_lookups'
        ? 'Remove includes of services that no longer send for this domain.'
        : 'Correct the TXT record; until then receivers treat SPF as broken.',
      records,
    };
  }
  return judgeParsed(all, walk, providerKinds, records);
}

function judgeParsed(
  all: string | null,
  walk: Walk,
  providerKinds: readonly string[],
  records: string[],
): Finding {
  if (all === '+') {
    return {
      verdict: 'bad',
      finding: 'allows_everyone',
      sentence: 'The record ends with “+all”: anybody may send as this domain.',
      advice: 'End the record with “~all” or “-all”.',
      records,
    };
  }
  const missing = providerKinds.map((kind) => providerIncludes[kind]).filter((provider) =>
    provider !== undefined && ![...walk.names].some((name) => name.endsWith(provider.ending))
  );
  const [first] = missing;
  if (first !== undefined) {
    return {
      verdict: 'warning',
      finding: 'provider_missing',
      sentence: `Mailboxes of this domain send through ${first.name}, but the record does not include it.`,
      advice: `Add “include:${first.include}” to the record, unless its servers are listed by address.`,
      records,
    };
  }
  if (all === null || all === '?') {
    return {
      verdict: 'warning',
      finding: 'neutral',
      sentence: 'The record says nothing about senders that it does not list.',
      advice: 'End the record with “~all” or “-all”.',
      records,
    };
  }
  if (walk.usesPtr) {
    return {
      verdict: 'warning',
      finding: 'uses_ptr',
      sentence: 'The record uses “ptr”, which is slow and which some receivers do not follow.',
      advice: 'Replace “ptr” by the includes or addresses of your senders.',
      records,
    };
  }
  return {
    verdict: 'good',
    finding: 'valid',
    sentence: `One valid record, ${walk.lookups} of ${maxLookups} look-ups.`,
    advice: null,
    records,
  };
}

/** The qualifier of “all” that decides in the end, of the record itself or of the one that it redirects to. */
async function follow(
  record: string,
  domain: string,
  walk: Walk,
  lookup: Resolver['lookup'],
  depth: number,
): Promise<string | null> {
  let all: string | null = null;
  let redirect: string | null = null;
  for (const term of record.split(/\s+/u).slice(1).filter((part) => part !== '')) {
    const modifier = /^([a-z][a-z0-9_.-]*)=(.*)$/iu.exec(term);
    if (modifier) {
      if (modifier[1]?.toLowerCase() === 'redirect') redirect = modifier[2] ?? '';
      continue;
    }
    const mechanism = /^([+~?-])?(all|include|a|mx|ptr|ip4|ip6|exists)(?::([^/]+))?(\/[\d/]+)?$/iu.exec(
      // The address of ip6 has colons and its prefix a slash.
      /^[+~?-]?ip[46]:/iu.test(term) ? term.replace(/:.*/u, ':x') : term,
    );
    if (!mechanism) throw invalidTerm(domain, term);
    const [, qualifier = '+', name = '', target] = mechanism;
    const kind = name.toLowerCase();
    if (kind === 'all') {
      // Nothing behind it is read.
      all = qualifier;
      break;
    }
    if (kind === 'ip4' || kind === 'ip6') {
      const address = kind === 'ip4'
        ? /:\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?$/u
        : /:[\da-f:.]+(?:\/\d{1,3})?$/iu;
      if (!address.test(term)) throw invalidTerm(domain, term);
      continue;
    }
    count(walk);
    if (kind === 'ptr') walk.usesPtr = true;
    if (kind === 'include') await enter(target ?? '', domain, walk, lookup, depth);
  }
  if (all !== null || redirect === null) return all;
  count(walk);
  return await enter(redirect, domain, walk, lookup, depth);
}

function count(walk: Walk): void {
  walk.lookups++;
  if (walk.lookups > maxLookups) {
    throw new PermanentError(
      'too_many_lookups',
      `The SPF record needs more than ${maxLookups} look-ups, so receivers treat it as broken.`,
    );
  }
}

async function enter(
  target: string,
  from: string,
  walk: Walk,
  lookup: Resolver['lookup'],
  depth: number,
): Promise<string | null> {
  const name = target.toLowerCase().replace(/\.$/u, '');
  if (!/^[a-z0-9_%{}.+/=-]+\.[a-z0-9_%{}-]+$/u.test(name)) {
    throw new PermanentError(
      'invalid',
      `The SPF record of ${from} includes something that is no domain: “${target.slice(0, 60)}”.`,
    );
  }
  walk.names.add(name);
  // A macro depends on the mail, so a receiver alone can follow it.
  if (name.includes('%')) return null;
  if (depth >= maxLookups) {
    throw new PermanentError(
      'too_many_lookups',
      'The SPF record includes itself, so receivers treat it as broken.',
    );
  }
  const records = (await lookup(name, 'TXT')).filter(isSpf);
  const [record] = records;
  if (record === undefined || records.length > 1) {
    throw new PermanentError(
      'broken_include',
      `The SPF record includes ${name}, which has ${record === undefined ? 'no SPF record' : 'several'}.`,
    );
  }
  return await follow(record, name, walk, lookup, depth + 1);
}

function suggestion(providerKinds: readonly string[]): string {
  const includes = providerKinds.flatMap((kind) => {
    const provider = providerIncludes[kind];
    return provider ? [`include:${provider.include} `] : [];
  });
  return `“v=spf1 ${includes.join('') || 'include:<your mailbox provider> '}~all”.`;
}
