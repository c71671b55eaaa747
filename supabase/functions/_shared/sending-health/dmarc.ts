/** What receivers do with mails that fail SPF and DKIM, and to whom they report (RFC 7489; the policy's domain by a walk up the tree). */
import { type Finding, readTags, type Resolver } from './finding.ts';

const policies = ['none', 'quarantine', 'reject'] as const;
type Policy = typeof policies[number];

const isDmarc = (record: string): boolean => /^v\s*=\s*DMARC1\s*(?:;|$)/u.test(record);
const toPolicy = (text: string | undefined): Policy | undefined =>
  policies.find((policy) => policy === text?.toLowerCase());

/** Names above a domain that are asked; no sending domain is deeper. */
const maxNames = 5;

export async function judgeDmarc(domain: string, { lookup }: Pick<Resolver, 'lookup'>): Promise<Finding> {
  const labels = domain.split('.');
  // example.com of mail.example.com too, but never com alone.
  const names = labels.slice(0, -1).map((_, index) => labels.slice(index).join('.')).slice(0, maxNames);
  for (const name of names) {
    const texts = await lookup(`_dmarc.${name}`, 'TXT');
    const records = texts.filter(isDmarc).sort();
    const [record] = records;
    if (records.length > 1) {
      return {
        verdict: 'bad',
        finding: 'multiple',
        sentence:
          `There are ${records.length} DMARC records at _dmarc.${name}, so receivers use none of them.`,
        advice: 'Keep one of them and delete the others.',
        records,
      };
    }
    if (record !== undefined) return judgeRecord(record, name, domain);
    const almost = texts.find((text) => /v\s*=\s*dmarc/iu.test(text));
    if (almost !== undefined) {
      return {
        verdict: 'bad',
        finding: 'invalid',
        sentence: `The record at _dmarc.${name} does not begin with “v=DMARC1;”, so receivers ignore it.`,
        advice: 'Correct the record; it has to begin with “v=DMARC1; p=”.',
        records: [almost],
      };
    }
  }
  return {
    verdict: 'bad',
    finding: 'missing',
    sentence: 'No DMARC record: Google, Yahoo and Microsoft expect one from everybody who sends much.',
    advice:
      `Add a TXT record to _dmarc.${domain}: “v=DMARC1; p=none; rua=mailto:<your address>”, and make it p=quarantine when the reports are clean.`,
    records: [],
  };
}

function judgeRecord(record: string, name: string, domain: string): Finding {
  const tags = readTags(record);
  const isInherited = name !== domain;
  const reports = tags.get('rua');
  const hasReports = reports !== undefined && /^\s*mailto:[^@\s]+@[^@\s]+/iu.test(reports);
  const own = toPolicy(tags.get('p'));
  if (own === undefined) {
    return {
      verdict: 'bad',
      finding: 'invalid',
      sentence: `The record at _dmarc.${name} has no valid policy (“p=”).`,
      advice: 'Set “p=none”, “p=quarantine” or “p=reject”, right after “v=DMARC1;”.',
      records: [record],
    };
  }
  const forSubdomains = toPolicy(tags.get('sp')) ?? own;
  const policy = isInherited ? forSubdomains : own;
  const where = isInherited ? `, from ${name}` : '';
  const share = Number(tags.get('pct') ?? '100');
  const finding = (verdict: Finding['verdict'], word: string, sentence: string, advice: string | null) => ({
    verdict,
    finding: word,
    sentence,
    advice,
    records: [record],
  });
  if (policy === 'none') {
    return finding(
      'warning',
      hasReports ? 'only_watching' : 'only_watching_without_reports',
      `The policy is “none”${where}: receivers let forged emails through${
        hasReports ? '' : ', and report to no one'
      }.`,
      hasReports
        ? 'When the reports are clean, make it “p=quarantine”.'
        : 'Add “rua=mailto:<your address>”, read the reports for two weeks, then make it “p=quarantine”.',
    );
  }
  if (!(share >= 100)) {
    return finding(
      'warning',
      'partly',
      `The policy “${policy}”${where} holds for ${
        Number.isFinite(share) ? `${share} %` : 'a part'
      } of the emails only.`,
      'Remove “pct=” from the record.',
    );
  }
  if (!isInherited && forSubdomains === 'none') {
    return finding(
      'warning',
      'open_subdomains',
      `The policy is “${policy}”, but “sp=none” leaves every subdomain open.`,
      'Remove “sp=none”, unless a subdomain sends emails that fail.',
    );
  }
  return finding(
    'good',
    hasReports ? 'enforced' : 'enforced_without_reports',
    `The policy is “${policy}”${where}.`,
    hasReports ? null : 'Add “rua=mailto:<your address>” to learn who sends as this domain.',
  );
}
