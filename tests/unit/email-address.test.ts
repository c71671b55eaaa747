// One identity of an address, whatever a scraper, a mail program or a provider writes. That SQL agrees is tested with the database.
import { describe, expect, it } from 'vitest';
import {
  isTestAddress,
  normalizeEmailAddress,
  readAddress,
  withAddress,
} from '../../supabase/functions/_shared/events/email-address.ts';
import { composedAddresses, knownAddresses } from '../support/known-addresses.ts';
import { createRandom } from '../support/random.ts';

const onTheWire = (domain: string) => new URL(`http://${domain}`).hostname;

describe('the identity of an address', () => {
  it('is what is right', () => {
    expect(knownAddresses.map(([text]) => [text, normalizeEmailAddress(text)])).toEqual(knownAddresses);
  });

  it('stays as it is when it is normalised again', () => {
    const forms = [...knownAddresses.map(([text]) => text), ...composedAddresses(2_000)]
      .map(normalizeEmailAddress).filter((form) => form !== null);
    expect(forms.length).toBeGreaterThan(200);
    expect(forms.filter((form) => normalizeEmailAddress(form) !== form)).toEqual([]);
  });

  it.each([
    'bücher.test',
    'müller-öl.test',
    '例え.テスト',
    'правда.рф',
    'ελληνικά.test',
    'مثال.إختبار',
    '中文网.test',
    'đại.test',
  ])('agrees with the platform about %s', (domain) => {
    expect(normalizeEmailAddress(`a@${domain}`)).toBe(`a@${onTheWire(domain)}`);
  });

  it('agrees with the platform about any letters beside each other', () => {
    const random = createRandom(5);
    const letters = [...'abcxyz019äöüéñøåłđабвгджяαβγδεω例子中文网東京かなカナ한국어𠀀'];
    const label = () => Array.from({ length: 1 + random.integer(9) }, () => random.pick(letters)).join('');
    const domains = Array.from({ length: 300 }, () => `${label()}.test`);
    // Far apart, after many letters of the alphabet.
    domains.push(...['한', '例한', 'ü한', '𠀀', 'ü𠀀한'].map((odd) => `${'abcde'.repeat(6)}${odd}.test`));
    expect(domains.map((domain) => normalizeEmailAddress(`a@${domain}`)))
      .toEqual(domains.map((domain) => `a@${onTheWire(domain)}`));
  });
});

it('rows without a usable address are dropped', () => {
  const rows = [{ mail: ' Anna@X.test' }, { mail: 'none' }, { mail: 'b@x.test' }];
  expect(withAddress(rows, ({ mail }) => mail)).toEqual([
    { row: rows[0], email: 'anna@x.test' },
    { row: rows[2], email: 'b@x.test' },
  ]);
});

it('a value of a delivery is an address or nothing', () => {
  expect([' Anna@X.test', 'none', 7, null].map(readAddress))
    .toEqual(['anna@x.test', undefined, undefined, undefined]);
});

it('one address is reserved for test deliveries', () => {
  expect(['test@example.com', 'test2@example.com', undefined].map(isTestAddress)).toEqual([
    true,
    false,
    false,
  ]);
});
