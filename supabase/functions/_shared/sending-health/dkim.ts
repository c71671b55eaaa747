/** Whether receivers find a key with which to verify signatures (RFC 6376). A selector is only known from a mail's header, so the usual ones are tried. */
import { type Finding, readTags, type Resolver } from './finding.ts';

const usualSelectors = [
  'google',
  'selector1',
  'selector2',
  'default',
  'k1',
  'k2',
  's1',
  's2',
  'mail',
  'dkim',
  'zoho',
  'smtp',
];

/** Those of a mailbox provider come first, and end the search. */
const providerSelectors: Record<string, string[]> = {
  google: ['google'],
  microsoft: ['selector1', 'selector2'],
};

/** Bytes of an RSA key of 1,024 bits with what is around it; receivers ignore shorter ones. */
const shortestRsaKey = 158;

interface Key {
  selector: string;
  record: string;
  state: 'valid' | 'testing' | 'revoked' | 'invalid' | 'short';
}

export async function judgeDkim(
  domain: string,
  providerKinds: readonly string[],
  { lookup }: Pick<Resolver, 'lookup'>,
): Promise<Finding> {
  const first = providerKinds.flatMap((kind) => providerSelectors[kind] ?? []);
  const rest = usualSelectors.filter((selector) => !first.includes(selector));
  const keys: Key[] = [];
  for (const selectors of [first, rest]) {
    const found = await Promise.all(selectors.map(async (selector) => {
      const texts = await lookup(`${selector}._domainkey.${domain}`, 'TXT');
      // A wildcard record of the domain answers here too; it is no key.
      const record = texts.find((text) => /(?:^|;)\s*p\s*=/u.test(text) || /v\s*=\s*DKIM/iu.test(text));
      return record === undefined ? [] : [{ selector, record, state: stateOf(record) }];
    }));
    keys.push(...found.flat());
    if (keys.some(({ state }) => state === 'valid')) break;
  }
  return judgeKeys(keys);
}

function judgeKeys(keys: Key[]): Finding {
  const records = keys.map(({ selector, record }) => `${selector}: ${record}`);
  const of = (state: Key['state']) => keys.find((key) => key.state === state);
  const valid = of('valid');
  if (valid) {
    return {
      verdict: 'good',
      finding: 'valid',
      sentence: `A key was found under the selector “${valid.selector}”.`,
      advice: null,
      records,
    };
  }
  const testing = of('testing');
  if (testing) {
    return {
      verdict: 'warning',
      finding: 'testing',
      sentence:
        `The key of the selector “${testing.selector}” is marked as a test, so receivers may ignore it.`,
      advice: 'Remove “t=y” from the record.',
      records,
    };
  }
  const [broken] = keys;
  if (broken) {
    const what = {
      short: 'is shorter than 1,024 bits, so receivers ignore it',
      revoked: 'was revoked: its “p=” is empty',
      invalid: 'cannot be read',
    };
    return {
      verdict: 'bad',
      finding: broken.state,
      sentence: `The key of the selector “${broken.selector}” ${
        what[broken.state === 'short' || broken.state === 'revoked' ? broken.state : 'invalid']
      }.`,
      advice: 'Make a new key where the mailbox is hosted, and publish it as it is shown there.',
      records,
    };
  }
  return {
    verdict: 'unknown',
    finding: 'not_found',
    sentence:
      'Not found under the usual selectors. It may have another one, which only the header of an email shows.',
    advice:
      'Send yourself an email and look for “dkim=pass”. If it is missing, switch DKIM on where the mailbox is hosted.',
    records: [],
  };
}

function stateOf(record: string): Key['state'] {
  const tags = readTags(record);
  const version = tags.get('v');
  if (version !== undefined && version.toUpperCase() !== 'DKIM1') return 'invalid';
  const key = tags.get('p')?.replace(/\s+/gu, '');
  if (key === undefined) return 'invalid';
  if (key === '') return 'revoked';
  if (!/^[a-z0-9+/]+={0,2}$/iu.test(key)) return 'invalid';
  const type = tags.get('k')?.toLowerCase() ?? 'rsa';
  const bytes = Math.floor(key.replace(/=+$/u, '').length * 3 / 4);
  if (type === 'rsa' && bytes < shortestRsaKey) return 'short';
  if (type === 'ed25519' && bytes !== 32) return 'invalid';
  return tags.get('t')?.toLowerCase().split(':').includes('y') ? 'testing' : 'valid';
}
