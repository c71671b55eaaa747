/** Whether replies can arrive: a sender without a mailbox behind it looks like a forger. */
import type { Finding, Resolver } from './finding.ts';

export async function judgeMx(domain: string, { lookup }: Pick<Resolver, 'lookup'>): Promise<Finding> {
  // DNS turns the order with every answer; the preference is part of a record.
  const records = [...await lookup(domain, 'MX')].sort((left, right) =>
    left.localeCompare(right, 'en', { numeric: true })
  );
  const hosts = records.map((record) => /^\s*\d+\s+(\S+?)\.?\s*$/u.exec(record)?.[1] ?? '');
  if (records.length === 0) {
    return {
      verdict: 'bad',
      finding: 'missing',
      sentence: 'No MX record: replies to this domain cannot arrive.',
      advice: 'Add the MX records that the mailbox provider names.',
      records,
    };
  }
  // RFC 7505: “0 .” says that the domain takes no mail.
  if (records.some((record) => /^\s*\d+\s+\.\s*$/u.test(record))) {
    return {
      verdict: 'bad',
      finding: 'refuses_mail',
      sentence: 'The MX record says that this domain takes no email, so replies come back.',
      advice: 'Replace it by the MX records that the mailbox provider names.',
      records,
    };
  }
  const broken = hosts.find((host) => host === '' || !host.includes('.') || /^[\d.]+$/u.test(host));
  if (broken !== undefined) {
    return {
      verdict: 'bad',
      finding: 'invalid',
      sentence: 'An MX record does not name a host, so some replies may not arrive.',
      advice: 'Correct it; an MX record has a number and the name of a host.',
      records,
    };
  }
  return { verdict: 'good', finding: 'valid', sentence: `Replies go to ${hosts[0]}.`, advice: null, records };
}
