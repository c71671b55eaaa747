import { hashText } from '../shared/random.ts';
import { dayLength, iso } from '../shared/time.ts';
import type { PlacementTestOptions } from './options.ts';
import type { PlacementMail, PlacementReport, WorkspaceRecord } from './records.ts';

/** Lists that every domain is looked up on, beside those that have it. */
const lists = ['Spamhaus DBL', 'SURBL', 'URIBL', 'Barracuda', 'SpamCop'];

const completed = 3;
const providers = [1, 2] as const;

/** Adds a test that is over, with its mails and its look at blacklists. Rows are in the order of their ids, which grow. */
export function addPlacementTest(
  record: Pick<WorkspaceRecord, 'id' | 'placement'>,
  { name = 'Placement test', daysAgo = 1, results, blacklists = {} }: PlacementTestOptions,
  now: number,
  nextId: (at: number) => string,
): { id: string } {
  const placement = record.placement ??= { tests: [], mails: [], reports: [] };
  const organization = record.id;
  const at = now - daysAgo * dayLength;
  const test = nextId(at);
  const row = (after: number) => ({
    id: nextId(at + after),
    timestamp_created: iso(at + after),
    timestamp_created_date: iso(at + after).slice(0, 10),
    organization_id: organization,
    test_id: test,
  });
  placement.tests.push({
    id: test,
    timestamp_created: iso(at),
    organization_id: organization,
    name,
    type: 1,
    status: completed,
    emails: results.map(({ email }) => email),
    recipients: ['seed1@placement.invalid', 'seed2@placement.invalid'],
  });
  for (const { email, inbox, promotions = 0, spam = 0 } of results) {
    const landings = [
      ...Array.from({ length: inbox }, () => ({ is_spam: false, has_category: false })),
      ...Array.from({ length: promotions }, () => ({ is_spam: false, has_category: true })),
      ...Array.from({ length: spam }, () => ({ is_spam: true, has_category: false })),
    ];
    for (const [index, landing] of landings.entries()) {
      const address = {
        sender_email: email,
        recipient_email: `seed${index}@placement.invalid`,
        recipient_esp: providers[index % providers.length] ?? 1,
      };
      const sent: PlacementMail = {
        ...row(1_000),
        ...address,
        record_type: 1,
        is_spam: null,
        has_category: null,
      };
      placement.mails.push(sent, { ...row(60_000), ...address, record_type: 2, ...landing });
    }
  }
  const domains = new Set(results.map(({ email }) => email.slice(email.lastIndexOf('@') + 1)));
  for (const domain of domains) {
    placement.reports.push(reportOf(row(120_000), domain, blacklists[domain] ?? []));
  }
  return { id: test };
}

function reportOf(
  row: Pick<
    PlacementReport,
    'id' | 'timestamp_created' | 'timestamp_created_date' | 'organization_id' | 'test_id'
  >,
  domain: string,
  listed: readonly string[],
): PlacementReport {
  const score = (hashText(domain) % 20) / 10;
  const names = [...new Set([...lists, ...listed])];
  return {
    ...row,
    domain,
    domain_ip: '192.0.2.25',
    domain_blacklist_count: listed.length,
    domain_ip_blacklist_count: 0,
    spam_assassin_score: score,
    blacklist_report: {
      address: domain,
      is_domain: true,
      ip: '192.0.2.25',
      is_blacklisted: listed.length > 0,
      blacklisted_count: listed.length,
      details: names.map((blacklist) => ({
        blacklist,
        is_listed: listed.includes(blacklist),
        test_type: 'domain',
      })),
    },
    spam_assassin_report: {
      is_spam: false,
      spam_score: Math.round(score),
      report: [{ name: 'HTML_MESSAGE', score: '0.0', description: 'HTML included in message' }],
    },
  };
}
