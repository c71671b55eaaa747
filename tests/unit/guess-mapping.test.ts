// What the columns of a list are: by what was decided before, by their headings, by their values.
import { describe, expect, it } from 'vitest';
import {
  guessMapping,
  nameVariables,
  type Remembered,
  rememberedKey,
} from '../../supabase/functions/_shared/import/guess-mapping.ts';

/** A list by its columns: heading → values. */
function guess(columns: Record<string, string[]>, remembered?: Remembered) {
  const lists = Object.values(columns);
  const rows = Array.from(
    { length: Math.max(0, ...lists.map((list) => list.length)) },
    (_, row) => lists.map((list) => list[row] ?? ''),
  );
  return guessMapping(Object.keys(columns), rows, remembered);
}
/** The target of the first column, and why. */
function first(columns: Record<string, string[]>, remembered?: Remembered) {
  const [column] = guess(columns, remembered);
  return [column?.target, column?.because];
}
const targets = (columns: Record<string, string[]>, remembered?: Remembered) =>
  guess(columns, remembered).map(({ target }) => target);
const times = (count: number, value: string) => new Array<string>(count).fill(value);

describe('a column', () => {
  it('is shown with its first three different values', () => {
    expect(guess({ Firma: [' A ', '', 'B', 'A', 'C', 'D'] })).toStrictEqual([
      { header: 'Firma', target: 'name', because: 'heading', samples: ['A', 'B', 'C'] },
    ]);
    expect(guess({ Odd: ['x'], Empty: ['', ' '] })).toStrictEqual([
      { header: 'Odd', target: 'variable', variable: 'Odd', because: 'nothing', samples: ['x'] },
      { header: 'Empty', target: 'skip', because: 'nothing', samples: [] },
    ]);
  });

  it('may have no cell in a row', () => {
    expect(guessMapping(['Odd', 'More'], [['x'], ['y', 'z']])).toMatchObject([
      { samples: ['x', 'y'] },
      { samples: ['z'] },
    ]);
  });

  it('is judged by its first hundred values', () => {
    const words = times(101, 'word').map((word, index) => `${word} ${index}`);
    expect(first({ Odd: [...words.slice(0, 100), ...times(200, 'a@b.test')] })).toEqual([
      'variable',
      'nothing',
    ]);
    expect(first({ Odd: [...words.slice(0, 50), ...times(50, 'a@b.test'), ...words] })).toEqual([
      'email',
      'values',
    ]);
  });
});

describe('what was decided before', () => {
  const remembered: Remembered = new Map([
    ['firma', { target: 'city', variable: null }],
    ['mine', { target: 'variable', variable: 'my_own' }],
    ['gone', { target: 'a_target_of_old', variable: null }],
  ]);

  it('counts most, whatever the case of the heading', () => {
    expect(first({ FIRMA: ['A'] }, remembered)).toEqual(['city', 'remembered']);
    expect(guess({ Mine: ['A'] }, remembered)).toMatchObject([{ target: 'variable', variable: 'my_own' }]);
    expect(first({ Gone: ['A'] }, remembered)).toEqual(['variable', 'nothing']);
  });

  it('is about the first column of a name', () => {
    expect(guessMapping(['Mine', 'mine'], [['A', 'B']], remembered)).toMatchObject([
      { because: 'remembered', variable: 'my_own' },
      { because: 'nothing', variable: 'mine' },
    ]);
  });

  it('takes a field before a heading does', () => {
    expect(targets({ City: ['Oslo'], Firma: ['Bergen'] }, remembered)).toEqual(['variable', 'city']);
  });

  it('goes by the first 300 characters', () => {
    expect(rememberedKey('AB'.repeat(200))).toBe('ab'.repeat(150));
  });
});

describe('a field', () => {
  it('is read from one column: the first by its heading, else the first by its values', () => {
    expect(targets({ Company: ['A'], Organization: ['B'] })).toEqual(['name', 'variable']);
    const profile = times(3, 'https://linkedin.com/in/anna');
    expect(targets({ Odd: profile, 'LinkedIn URL': profile })).toEqual(['variable', 'linkedin_url']);
    expect(targets({ Odd: profile, More: profile })).toEqual(['linkedin_url', 'variable']);
  });

  it('of addresses may be read from several', () => {
    expect(targets({ Email: ['a@b.test'], 'Email 2': ['c@d.test'], Odd: ['e@f.test'] })).toEqual(
      times(3, 'email'),
    );
  });
});

describe('a column of verdicts', () => {
  const words = (count: number, others: number) => [...times(count, 'valid'), ...times(others, 'x')];

  it('has them in three of five cells', () => {
    expect(first({ 'Email status': words(3, 2) })).toEqual(['email_deliverability', 'heading']);
    expect(first({ 'Email status': words(2, 3) })).toEqual(['variable', 'nothing']);
    expect(first({ Status: words(2, 3) })).toEqual(['variable', 'nothing']);
    expect(first({ Status: [] })).toEqual(['skip', 'nothing']);
    expect(first({ State: words(2, 3) })).toEqual(['state', 'heading']);
    expect(first({ State: words(3, 2) })).toEqual(['email_deliverability', 'heading']);
  });

  it.each([
    ['Verified', 'variable'],
    ['Email verified', 'email_deliverability'],
    ['E mail status', 'email_deliverability'],
    ['Deliverability', 'email_deliverability'],
    ['Geprüft', 'email_deliverability'],
    ['Geverifieerd', 'email_deliverability'],
    ['Verifiziert', 'email_deliverability'],
  ])('of yes and no is one if its heading says so: %s is %s', (heading, target) => {
    expect(first({ [heading]: times(3, 'true') })[0]).toBe(target);
  });

  it('is one if any cell has a verifier’s own word', () => {
    expect(first({ Verified: ['true', 'true', 'invalid'] })[0]).toBe('email_deliverability');
  });

  it('without a heading needs three values, four of five a verifier’s own words', () => {
    expect(first({ Odd: words(4, 1) })).toEqual(['email_deliverability', 'values']);
    expect(first({ Odd: words(3, 1) })).toEqual(['variable', 'nothing']);
    expect(first({ Odd: times(3, 'risky') })[0]).toBe('email_deliverability');
    expect(first({ Odd: times(2, 'risky') })[0]).toBe('variable');
    expect(first({ Odd: times(5, 'yes') })[0]).toBe('variable');
  });
});

describe('a column of addresses', () => {
  it('has them in half of its cells', () => {
    expect(first({ Odd: ['a@b.test', 'x'] })).toEqual(['email', 'values']);
    expect(first({ Odd: ['a@b.test', 'x', 'y'] })[0]).toBe('variable');
    expect(first({ Odd: ['Anna <a@b.test>', 'write to a@b.test, please', 'a@b.test;;|/c@d.test'] })[0]).toBe(
      'email',
    );
    expect(first({ Odd: ['@anna', 'a@b', 'at home'] })[0]).toBe('variable');
  });

  it('named so is about addresses where it has none, and one where it is empty', () => {
    expect(first({ Email: ['yes', 'no'] })).toEqual(['variable', 'nothing']);
    expect(first({ Email: [] })).toEqual(['email', 'heading']);
    expect(first({ Email: ['a@b.test'] })).toEqual(['email', 'heading']);
    expect(first({ City: ['a@b.test'] })).toEqual(['city', 'heading']);
  });
});

describe('a column of links', () => {
  const company = (count: number, others: number) => [
    ...times(count, 'https://linkedin.com/company/blum'),
    ...times(others, 'https://linkedin.com/in/anna'),
  ];

  it.each(['in', 'pub', 'sales'])('to profiles (%s) has them in three of five cells', (kind) => {
    const link = `https://LinkedIn.com/${kind}/anna`;
    expect(first({ Odd: [...times(3, link), 'x', 'y'] })).toEqual(['linkedin_url', 'values']);
    expect(first({ Odd: [...times(2, link), 'x', 'y'] })[0]).toBe('variable');
  });

  it('to firms is no profile, unless its heading has nothing else', () => {
    expect(first({ 'LinkedIn URL': company(3, 2) })).toEqual(['variable', 'nothing']);
    expect(first({ 'URL LinkedIn': company(3, 2) })[0]).toBe('variable');
    expect(first({ 'LinkedIn link': company(3, 2) })[0]).toBe('variable');
    expect(first({ 'LinkedIn URL': company(2, 3) })).toEqual(['linkedin_url', 'heading']);
    expect(first({ ' LinkedIn': company(5, 0) })).toEqual(['linkedin_url', 'heading']);
    expect(first({ Website: company(5, 0) })).toEqual(['website', 'heading']);
    expect(first({ 'LinkedIn URL': times(3, 'https://linkedin.com/SCHOOL/x') })[0]).toBe('variable');
    expect(first({ 'LinkedIn URL': times(3, 'https://linkedin.com/showcase/x') })[0]).toBe('variable');
  });

  it('to Facebook has them in three of five cells', () => {
    const link = 'https://Facebook.com/blum';
    expect(first({ Odd: [...times(3, link), 'x', 'y'] })).toEqual(['facebook_url', 'values']);
    expect(first({ Odd: [...times(2, link), 'x', 'y'] })[0]).toBe('variable');
  });
});

it.each(['LinkedIn URL', 'Linkedin Url', 'linkedin_url', 'linkedInUrl', 'LinkedIn Profile', 'LinkedIn'])(
  'a heading means the same however it is written: %s',
  (heading) => expect(first({ [heading]: [] })).toEqual(['linkedin_url', 'heading']),
);

describe('the name in a list', () => {
  const named = (heading: string, ...others: string[]) =>
    targets(Object.fromEntries([heading, ...others].map((one) => [one, ['A']])))[0];

  it.each([
    ['name', 'Address'],
    ['name', 'Rating'],
    ['name', 'Category'],
    ['name', 'Review count'],
    ['name', 'Place ID'],
    ['name', 'Google maps'],
    ['name', 'First name'],
    ['name', 'Contact person'],
    ['full_name', 'Email'],
    ['full_name', 'Last name'],
    ['full_name', 'Company'],
    ['full_name', 'Company', 'Rating'],
    ['variable', 'Company', 'First name'],
    ['variable', 'Company', 'Last name'],
    ['variable', 'Company', 'Contact person'],
  ])('is %s beside %s', (target, ...others) => {
    expect(named('Name', ...others)).toBe(target);
    expect(named('naam', ...others)).toBe(target);
  });

  it('alone is a person’s', () => {
    expect(named('Name')).toBe('full_name');
    expect(named('Names')).toBe('variable');
  });

  it.each([
    ['name', 'Rating'],
    ['job_title', 'Email'],
    ['job_title', 'Rating', 'Company'],
    ['job_title', 'Rating', 'First name'],
    ['job_title', 'Rating', 'Last name'],
    ['job_title', 'Rating', 'Contact person'],
  ])('called a title is %s beside %s', (target, ...others) => expect(named('Title', ...others)).toBe(target));
});

it('variables get names that differ: the wanted one, else the heading, else the place', () => {
  expect(nameVariables([
    { header: 'A', target: 'variable', variable: ' Mine ' },
    { header: ' Größe ', target: 'variable', variable: ' ' },
    { header: 'City', target: 'city', variable: 'x' },
    { header: ' ', target: 'variable' },
    { header: 'mine', target: 'variable' },
    { header: 'No', target: 'skip' },
  ])).toStrictEqual([
    { header: 'A', target: 'variable', variable: 'Mine' },
    { header: ' Größe ', target: 'variable', variable: 'groesse' },
    { header: 'City', target: 'city' },
    { header: ' ', target: 'variable', variable: 'column_4' },
    { header: 'mine', target: 'variable', variable: 'mine_2' },
    { header: 'No', target: 'skip' },
  ]);
});
