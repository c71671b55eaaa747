import { z } from 'zod';
import { normalizeEmailAddress } from '../../events/email-address.ts';
import type {
  BlacklistReport,
  DomainVitals,
  PlacementMail,
  ProviderPlacement,
} from '../provider-placement.ts';
import { type Page, rowsOf, time } from '../rows.ts';
import type { InstantlyHttp } from './http.ts';
import { mapPage, readPage } from './paging.ts';

/** A workspace has few tests; automated ones stay in the list for years. */
const maxTestPages = 5;

/** Tests that are read, the newest first. */
const maxTests = 20;

/** How long a test may take, in milliseconds. */
const testTime = 7 * 86_400_000;

const active = 1;
/** Of a record: the mail as it was sent, without a place where it landed. */
const sent = 1;

const test = z.object({
  id: z.string(),
  status: z.number().int().nullish(),
  timestamp_created: time,
});

const analytics = z.object({
  timestamp_created: time,
  sender_email: z.string().nullish(),
  record_type: z.number().int().nullish(),
  is_spam: z.boolean().nullish(),
  has_category: z.boolean().nullish(),
});

/** Texts of strangers, made storable and cut to what a list or an address can be. */
const name = (length: number) =>
  z.string().transform((text) => text.replace(/\p{Cc}+/gu, ' ').trim().slice(0, length).toWellFormed());

const listing = z.object({
  blacklist: name(100).pipe(z.string().min(1)),
  is_listed: z.boolean().nullish(),
});

const report = z.object({
  timestamp_created: time,
  domain: z.string().trim().toLowerCase().min(1),
  domain_ip: name(255).nullish(),
  domain_blacklist_count: z.number().nullish(),
  domain_ip_blacklist_count: z.number().nullish(),
  blacklist_report: z.object({
    address: name(255).nullish(),
    details: rowsOf('blacklists', listing).nullish(),
  }).nullish(),
});

const record = z.boolean().nullish();
const vitals = z.object({
  domain: z.string().trim().toLowerCase().min(1),
  spf: record,
  dkim: record,
  dmarc: record,
  mx: record,
  /** Records that could not be looked up: their value means nothing. */
  indeterminate: z.array(z.string()).nullish().catch(null),
});

const vitalsAnswer = z.object({
  success_list: rowsOf('domains', vitals).nullish(),
  failure_list: rowsOf('domains', vitals).nullish(),
});

/** Inbox placement of an Instantly workspace, an add-on of the plan, and its test of a mailbox's records. */
export class InstantlyPlacement implements ProviderPlacement {
  readonly #http: InstantlyHttp;

  constructor(http: InstantlyHttp) {
    this.#http = http;
  }

  async listTests(since: string): Promise<string[]> {
    const found: z.infer<typeof test>[] = [];
    let cursor: string | undefined;
    for (let pages = 0; pages < maxTestPages; pages++) {
      const page = mapPage(
        await readPage(this.#http, 'inbox-placement-tests', test, cursor),
        cursor,
        (row) => row,
      );
      found.push(...page.items);
      cursor = page.next;
      if (cursor === undefined) break;
    }
    // The mails of a test that was made shortly before may still arrive.
    const madeSince = Date.parse(since) - testTime;
    return found.filter((row) => row.status === active || Date.parse(row.timestamp_created) >= madeSince)
      .sort((one, other) => Date.parse(other.timestamp_created) - Date.parse(one.timestamp_created))
      .slice(0, maxTests).map(({ id }) => id);
  }

  async listMails(
    testId: string,
    since: string,
    cursor: string | undefined,
  ): Promise<Page<PlacementMail>> {
    const page = await readPage(this.#http, 'inbox-placement-analytics', analytics, cursor, {
      test_id: testId,
      date_from: since,
    });
    return mapPage(page, cursor, (row) => {
      const email = normalizeEmailAddress(row.sender_email ?? '');
      const day = new Date(row.timestamp_created).toISOString().slice(0, 10);
      if (email === null || row.record_type === sent || row.is_spam == null || day < since) return undefined;
      const landed = row.is_spam ? 'spam' : row.has_category ? 'promotions' : 'inbox';
      return { email, day, landed };
    });
  }

  async listReports(
    testId: string,
    since: string,
    cursor: string | undefined,
  ): Promise<Page<BlacklistReport>> {
    const page = await readPage(this.#http, 'inbox-placement-reports', report, cursor, {
      test_id: testId,
      date_from: since,
      skip_spam_assassin_report: true,
    });
    return mapPage(page, cursor, readReport);
  }

  async testVitals(emails: string[]): Promise<DomainVitals[]> {
    const answer = await this.#http.request({
      method: 'POST',
      path: 'accounts/test/vitals',
      body: { accounts: emails },
      answer: vitalsAnswer,
      // Read-only despite its method: it asks DNS, which takes its time.
      repeatable: true,
      timeout: 60_000,
    });
    return [...answer.success_list ?? [], ...answer.failure_list ?? []].map(readVitals);
  }
}

/** Lists that are only counted are named as such, so that a listing is never lost for want of a name. */
function readReport(row: z.infer<typeof report>): BlacklistReport | undefined {
  const details = row.blacklist_report?.details;
  const named = (details ?? []).filter(({ is_listed }) => is_listed === true).map(({ blacklist }) => ({
    address: row.blacklist_report?.address || row.domain,
    blacklist,
  }));
  const counted = (row.domain_blacklist_count ?? 0) + (row.domain_ip_blacklist_count ?? 0);
  const unnamed = named.length === 0 && counted > 0
    ? [{
      address: (row.domain_blacklist_count ?? 0) > 0 ? row.domain : row.domain_ip ?? row.domain,
      blacklist: `${counted} that Instantly does not name`,
    }]
    : [];
  // Neither named nor counted: the report was not made, which is no proof that no list has the domain.
  if (details == null && row.domain_blacklist_count == null && row.domain_ip_blacklist_count == null) {
    return undefined;
  }
  return { domain: row.domain, at: row.timestamp_created, listings: [...named, ...unnamed] };
}

function readVitals({ domain, indeterminate, ...records }: z.infer<typeof vitals>): DomainVitals {
  const known = (name: 'spf' | 'dkim' | 'dmarc' | 'mx') =>
    indeterminate?.includes(name) ? null : records[name] ?? null;
  return { domain, spf: known('spf'), dkim: known('dkim'), dmarc: known('dmarc'), mx: known('mx') };
}
