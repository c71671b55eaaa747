import { z } from 'zod';
import { callFunction, type ServiceClient } from '../platform/database.ts';
import { describeError } from '../platform/errors.ts';
import { bookProcessorTime } from '../platform/processor-time.ts';
import { judgeDkim } from './dkim.ts';
import { judgeDmarc } from './dmarc.ts';
import { type Finding, type RecordKind, type Resolver, ResolverError } from './finding.ts';
import { judgeMx } from './mx.ts';
import { judgeSpf } from './spf.ts';

/** Domains per round: about 150 look-ups at once, and one call to write them. */
const batchSize = 10;

/** Records that are stored of one kind, and characters of each. */
const maxRecords = 10;
const maxRecord = 1_000;

const taken = z.array(z.object({ domain: z.string(), provider_kinds: z.array(z.string()) }));

export interface DomainResult {
  domain: string;
  /** Why a kind could not be looked up; null when all were. */
  error: string | null;
  checks: (Finding & { kind: RecordKind })[];
}

/** A kind that no resolver answers for is left out, so that its last result stays. */
export async function checkDomain(
  domain: string,
  providerKinds: readonly string[],
  resolver: Resolver,
): Promise<DomainResult> {
  const judges: [RecordKind, () => Promise<Finding>][] = [
    ['spf', () => judgeSpf(domain, providerKinds, resolver)],
    ['dkim', () => judgeDkim(domain, providerKinds, resolver)],
    ['dmarc', () => judgeDmarc(domain, resolver)],
    ['mx', () => judgeMx(domain, resolver)],
  ];
  const result: DomainResult = { domain, error: null, checks: [] };
  const found = await Promise.allSettled(judges.map(([, judge]) => judge()));
  for (const [index, outcome] of found.entries()) {
    const kind = judges[index]?.[0];
    if (kind === undefined) continue;
    if (outcome.status === 'fulfilled') {
      const records = outcome.value.records.slice(0, maxRecords).map((record) => record.slice(0, maxRecord));
      result.checks.push({ ...outcome.value, records, kind });
    } else if (outcome.reason instanceof ResolverError) {
      result.error = outcome.reason.message;
    } else {
      throw outcome.reason;
    }
  }
  return result;
}

/** Checks the domains that are due until none is or it should stop. A domain that breaks a check costs that domain. */
export async function checkDueDomains(
  database: ServiceClient,
  createRun: () => Resolver,
  shouldStop: () => boolean,
): Promise<void> {
  while (!shouldStop()) {
    const due = await callFunction(database, 'take_sending_domains', { batch_size: batchSize }, taken);
    if (due.length === 0) return;
    const resolver = createRun();
    const results = await Promise.all(due.map(async ({ domain, provider_kinds }): Promise<DomainResult> => {
      try {
        return await checkDomain(domain, provider_kinds, resolver);
      } catch (error) {
        console.error(
          JSON.stringify({ message: 'A sending domain could not be checked', error: describeError(error) }),
        );
        return { domain, error: 'The check itself failed; the function log says why', checks: [] };
      }
    }));
    // Judging the records of one domain takes about 0.3 ms; the look-ups are booked where they are made.
    bookProcessorTime(due.length * 0.5);
    await callFunction(database, 'record_sending_domains', { results }, z.unknown());
  }
}
