// The verdicts on odd DNS records, as they exist: each judge by hand-written records, without a network.
import { describe, expect, it } from 'vitest';
import { checkDomain } from '../../supabase/functions/_shared/sending-health/check-domains.ts';
import { judgeDkim } from '../../supabase/functions/_shared/sending-health/dkim.ts';
import { judgeDmarc } from '../../supabase/functions/_shared/sending-health/dmarc.ts';
import {
  type Finding,
  type Resolver,
  ResolverError,
} from '../../supabase/functions/_shared/sending-health/finding.ts';
import { judgeMx } from '../../supabase/functions/_shared/sending-health/mx.ts';
import { judgeSpf } from '../../supabase/functions/_shared/sending-health/spf.ts';

/** A resolver over a table; a name that is null gets no answer. */
function dns(zone: Record<string, string[] | null>): Resolver & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    lookup: (name) => {
      asked.push(name);
      const records = zone[name];
      return records === null
        ? Promise.reject(new ResolverError(`No resolver answered for ${name}`))
        : Promise.resolve(records ?? []);
    },
  };
}

const short = ({ verdict, finding }: Finding) => `${verdict} ${finding}`;
const google = { '_spf.google.com': ['v=spf1 ip4:35.190.247.0/24 ~all'] };
const many = (count: number) =>
  Array.from({ length: count }, (_, index) => `include:s${index}.test`).join(' ');
const manyZone = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`s${index}.test`, ['v=spf1 ip4:192.0.2.1 -all']]),
  );

describe('SPF', () => {
  const spf = async (records: string[], kinds: string[] = [], zone: Record<string, string[] | null> = {}) =>
    short(await judgeSpf('agency.test', kinds, dns({ 'agency.test': records, ...google, ...zone })));

  it.each<[string, string[], string]>([
    ['nothing', [], 'bad missing'],
    ['other records only', ['google-site-verification=x', 'MS=ms1'], 'bad missing'],
    ['a plain one', ['v=spf1 ip4:192.0.2.0/24 -all'], 'good valid'],
    ['upper case', ['V=SPF1 IP4:192.0.2.0/24 -ALL'], 'good valid'],
    ['more spaces than needed', ['v=spf1   ip4:192.0.2.1   ~all '], 'good valid'],
    ['every kind of term', [
      'v=spf1 a mx a:x.test/24 mx:y.test//64 exists:%{i}.z.test ip6:2001:db8::/32 ?ip4:192.0.2.1 -all exp=e.x.test',
    ], 'good valid'],
    ['two records', ['v=spf1 -all', 'v=spf1 ~all'], 'bad multiple'],
    ['a version of tomorrow', ['v=spf10 -all'], 'bad invalid'],
    ['a space before the version', ['v = spf1 -all'], 'bad invalid'],
    ['+all', ['v=spf1 ip4:192.0.2.1 +all'], 'bad allows_everyone'],
    ['all without a sign', ['v=spf1 all'], 'bad allows_everyone'],
    ['?all', ['v=spf1 ip4:192.0.2.1 ?all'], 'warning neutral'],
    ['no all', ['v=spf1 ip4:192.0.2.1'], 'warning neutral'],
    ['nothing behind the version', ['v=spf1'], 'warning neutral'],
    ['what is behind all', ['v=spf1 -all include:nowhere.test'], 'good valid'],
    ['ptr', ['v=spf1 ptr -all'], 'warning uses_ptr'],
    ['a word that is no term', ['v=spf1 inlcude:_spf.google.com -all'], 'bad invalid'],
    ['a comma', ['v=spf1 ip4:192.0.2.1, -all'], 'bad invalid'],
    ['half an address', ['v=spf1 ip4:192.0.2 -all'], 'bad invalid'],
    ['an include without a name', ['v=spf1 include: -all'], 'bad invalid'],
    ['an include of a web address', ['v=spf1 include:https://x.test -all'], 'bad invalid'],
    ['an include that has no record', ['v=spf1 include:gone.test -all'], 'bad broken_include'],
  ])('%s: %o', async (_, records, expected) => {
    expect(await spf(records)).toBe(expected);
  });

  it('counts look-ups through includes and redirects, to ten and not further', async () => {
    expect(await spf([`v=spf1 ${many(10)} -all`], [], manyZone(10))).toBe('good valid');
    expect(await spf([`v=spf1 ${many(11)} -all`], [], manyZone(11))).toBe('bad too_many_lookups');
    expect(
      await spf(['v=spf1 include:deep.test -all'], [], {
        'deep.test': [`v=spf1 ${many(10)} -all`],
        ...manyZone(10),
      }),
    )
      .toBe('bad too_many_lookups');
    const { sentence } = await judgeSpf(
      'agency.test',
      [],
      dns({ 'agency.test': ['v=spf1 redirect=_spf.google.com'], ...google }),
    );
    expect(sentence).toBe('One valid record, 1 of 10 look-ups.');
  });

  it('does not run in circles', async () => {
    const looking = dns({ 'agency.test': ['v=spf1 include:agency.test -all'] });
    expect(short(await judgeSpf('agency.test', [], looking))).toBe('bad too_many_lookups');
    expect(looking.asked.length).toBeLessThan(15);
  });

  it.each<[string, string[], string]>([
    ['v=spf1 include:_spf.google.com ~all', ['google'], 'good valid'],
    ['v=spf1 redirect=_spf.google.com', ['google'], 'good valid'],
    ['v=spf1 include:bundle.test ~all', ['google'], 'good valid'],
    ['v=spf1 ip4:192.0.2.1 ~all', ['google'], 'warning provider_missing'],
    ['v=spf1 include:_spf.google.com ~all', ['google', 'microsoft'], 'warning provider_missing'],
    ['v=spf1 include:_spf.google.com.evil.test ~all', ['google'], 'warning provider_missing'],
    ['v=spf1 include:spf.protection.outlook.com -all', ['microsoft', 'imap'], 'good valid'],
  ])('%s for %o is %s', async (record, kinds, expected) => {
    expect(
      await spf([record], kinds, {
        'bundle.test': ['v=spf1 include:_spf.google.com -all'],
        'spf.protection.outlook.com': ['v=spf1 ip4:40.92.0.0/15 -all'],
        '_spf.google.com.evil.test': ['v=spf1 ip4:192.0.2.1 -all'],
      }),
    ).toBe(expected);
  });

  it('is unknown where an include gets no answer, instead of broken', async () => {
    await expect(spf(['v=spf1 include:slow.test -all'], [], { 'slow.test': null })).rejects.toThrow(
      ResolverError,
    );
  });
});

describe('DKIM', () => {
  const rsa2048 = 'A'.repeat(392);
  const rsa1024 = 'A'.repeat(216);
  const rsa512 = 'A'.repeat(128);
  const at = (selector: string, record: string) => ({ [`${selector}._domainkey.agency.test`]: [record] });
  const dkim = async (zone: Record<string, string[] | null>, kinds: string[] = []) =>
    short(await judgeDkim('agency.test', kinds, dns(zone)));

  it.each<[string, Record<string, string[]>, string]>([
    ['none', {}, 'unknown not_found'],
    ['google', at('google', `v=DKIM1; k=rsa; p=${rsa2048}`), 'good valid'],
    ['1,024 bits', at('k1', `p=${rsa1024}`), 'good valid'],
    ['without a version', at('s1', `k=rsa; p=${rsa2048}`), 'good valid'],
    [
      'spaces in the key',
      at('default', `v=DKIM1; p=${rsa2048.slice(0, 200)} ${rsa2048.slice(200)}`),
      'good valid',
    ],
    ['ed25519', at('s2', `v=DKIM1; k=ed25519; p=${'A'.repeat(43)}=`), 'good valid'],
    ['512 bits', at('default', `v=DKIM1; p=${rsa512}`), 'bad short'],
    ['revoked', at('google', 'v=DKIM1; p='), 'bad revoked'],
    ['no key', at('google', 'v=DKIM1; k=rsa'), 'bad invalid'],
    ['not base64', at('google', 'v=DKIM1; p=<paste your key here>'), 'bad invalid'],
    ['another version', at('google', `v=DKIM2; p=${rsa2048}`), 'bad invalid'],
    ['a test', at('google', `v=DKIM1; t=s:y; p=${rsa2048}`), 'warning testing'],
    [
      'an old revoked one beside a valid one',
      { ...at('k1', 'v=DKIM1; p='), ...at('s1', `p=${rsa2048}`) },
      'good valid',
    ],
    ['a wildcard that answers every name', at('google', 'v=spf1 -all'), 'unknown not_found'],
  ])('%s', async (_, zone, expected) => {
    expect(await dkim(zone)).toBe(expected);
  });

  it('asks the usual selectors of the provider first, and no other when one is valid', async () => {
    const looking = dns(at('selector1', `v=DKIM1; p=${rsa2048}`));
    expect(short(await judgeDkim('agency.test', ['microsoft'], looking))).toBe('good valid');
    expect(looking.asked).toEqual(['selector1._domainkey.agency.test', 'selector2._domainkey.agency.test']);
  });

  it('says that another selector is possible, instead of that DKIM is off', async () => {
    expect((await judgeDkim('agency.test', [], dns({}))).sentence).toContain('It may have another one');
  });
});

describe('DMARC', () => {
  const dmarc = async (
    records: string[],
    domain = 'agency.test',
    zone: Record<string, string[] | null> = {},
  ) => short(await judgeDmarc(domain, dns({ '_dmarc.agency.test': records, ...zone })));
  const rua = 'rua=mailto:d@agency.test';

  it.each<[string, string[], string]>([
    ['nothing', [], 'bad missing'],
    ['another record', ['hello'], 'bad missing'],
    ['reject with reports', [`v=DMARC1; p=reject; ${rua}`], 'good enforced'],
    ['quarantine without reports', ['v=DMARC1; p=quarantine'], 'good enforced_without_reports'],
    ['no spaces, upper case', ['v=DMARC1;P=REJECT;RUA=mailto:d@agency.test'], 'good enforced'],
    ['none', [`v=DMARC1; p=none; ${rua}`], 'warning only_watching'],
    ['none without reports', ['v=DMARC1; p=none;'], 'warning only_watching_without_reports'],
    [
      'reports to no address',
      ['v=DMARC1; p=none; rua=d@agency.test'],
      'warning only_watching_without_reports',
    ],
    ['half of the mails', [`v=DMARC1; p=reject; pct=50; ${rua}`], 'warning partly'],
    ['a share that is no number', [`v=DMARC1; p=reject; pct=x; ${rua}`], 'warning partly'],
    ['open subdomains', [`v=DMARC1; p=reject; sp=none; ${rua}`], 'warning open_subdomains'],
    ['no policy', [`v=DMARC1; ${rua}`], 'bad invalid'],
    ['a policy that does not exist', ['v=DMARC1; p=block'], 'bad invalid'],
    ['two records', ['v=DMARC1; p=none', 'v=DMARC1; p=reject'], 'bad multiple'],
    ['a wrong version', ['v=DMARC2; p=reject'], 'bad invalid'],
    ['a lower-case version', ['v=dmarc1; p=reject'], 'bad invalid'],
    ['one record beside another text', ['v=spf1 -all', `v=DMARC1; p=reject; ${rua}`], 'good enforced'],
    ['policy after another tag', [`v=DMARC1; ${rua}; p=reject`], 'good enforced'],
    ['a repeated policy', [`v=DMARC1; p=reject; p=none; ${rua}`], 'good enforced'],
  ])('%s', async (_, records, expected) => {
    expect(await dmarc(records)).toBe(expected);
  });

  it('of a subdomain is that of the domain above, with its policy for subdomains', async () => {
    expect(await dmarc([`v=DMARC1; p=reject; ${rua}`], 'try.agency.test')).toBe('good enforced');
    expect(await dmarc([`v=DMARC1; p=reject; sp=none; ${rua}`], 'try.agency.test')).toBe(
      'warning only_watching',
    );
    expect(await dmarc(['v=DMARC1; p=none; sp=reject'], 'a.b.agency.test')).toBe(
      'good enforced_without_reports',
    );
    expect(await dmarc([], 'try.agency.test', { '_dmarc.try.agency.test': [`v=DMARC1; p=reject; ${rua}`] }))
      .toBe('good enforced');
    const looking = dns({});
    await judgeDmarc('try.agency.test', looking);
    expect(looking.asked).toEqual(['_dmarc.try.agency.test', '_dmarc.agency.test']);
  });
});

describe('MX', () => {
  it.each<[string[], string]>([
    [['1 aspmx.l.google.com.', '5 alt1.aspmx.l.google.com.'], 'good valid'],
    [['10 mx.agency.test'], 'good valid'],
    [[], 'bad missing'],
    [['0 .'], 'bad refuses_mail'],
    [['10 192.0.2.1'], 'bad invalid'],
    [['10 localhost.'], 'bad invalid'],
    [['mx.agency.test'], 'bad invalid'],
  ])('%o is %s', async (records, expected) => {
    expect(short(await judgeMx('agency.test', dns({ 'agency.test': records })))).toBe(expected);
  });
});

describe('a domain', () => {
  it('keeps what was answered and names what was not', async () => {
    const { checks, error } = await checkDomain(
      'agency.test',
      [],
      dns({ 'agency.test': ['v=spf1 -all'], '_dmarc.agency.test': null }),
    );
    expect(checks.map(({ kind }) => kind)).toEqual(['spf', 'dkim', 'mx']);
    expect(error).toContain('_dmarc.agency.test');
  });

  it('has its records in one order, however DNS turns them', async () => {
    const hosts = ['5 b.test.', '1 a.test.'];
    const of = async (records: string[]) =>
      (await checkDomain('agency.test', [], {
        lookup: (_, type) => Promise.resolve(type === 'MX' ? records : []),
      }))
        .checks.find(({ kind }) => kind === 'mx');
    expect(await of(hosts)).toEqual(await of([...hosts].reverse()));
  });

  it('stores neither endless records nor endlessly many', async () => {
    const { checks } = await checkDomain(
      'agency.test',
      [],
      dns({ 'agency.test': Array.from({ length: 40 }, () => `v=spf1 ${'x'.repeat(3_000)}`) }),
    );
    const spf = checks.find(({ kind }) => kind === 'spf');
    expect(spf?.records.length).toBe(10);
    expect(spf?.records.every((record) => record.length <= 1_000)).toBe(true);
  });
});
