/** What a look at one kind of record of a domain says. */
export type RecordKind = 'spf' | 'dkim' | 'dmarc' | 'mx';
export type Verdict = 'good' | 'warning' | 'bad' | 'unknown';

export interface Finding {
  verdict: Verdict;
  /** A stable word for the case, such as `missing` or `too_many_lookups`. */
  finding: string;
  /** What was found, as an agency owner would say it. */
  sentence: string;
  /** What to do; null where nothing is to be done. */
  advice: string | null;
  /** The records that were judged, as they are in DNS. */
  records: string[];
}

/** Answers of DNS: the records of a name; none where the name or the type does not exist. Throws ResolverError without an answer. */
export interface Resolver {
  lookup(name: string, type: 'TXT' | 'MX'): Promise<string[]>;
}

/** No resolver gave an answer that can be believed, so nothing is known; the last result stays. */
export class ResolverError extends Error {
  override readonly name = 'ResolverError';
}

/** `tag=value; tag=value` of DKIM and DMARC, names in lower case. The first of a repeated tag counts. */
export function readTags(record: string): ReadonlyMap<string, string> {
  const tags = new Map<string, string>();
  for (const part of record.split(';')) {
    const at = part.indexOf('=');
    if (at < 0) continue;
    const name = part.slice(0, at).trim().toLowerCase();
    if (name !== '' && !tags.has(name)) tags.set(name, part.slice(at + 1).trim());
  }
  return tags;
}
