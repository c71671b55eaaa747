// Values of custom variables, and the ideal-customer fields that agencies keep in them.
import { expect, it } from 'vitest';
import { splitName } from '../../supabase/functions/_shared/platform/person-name.ts';
import {
  asInteger,
  asText,
  isScalar,
  readCustomerProfile,
} from '../../supabase/functions/_shared/providers/custom-fields.ts';

it.each<[value: unknown, text: string | null]>([
  [' a b ', 'a b'],
  [' ', null],
  ['', null],
  [0, '0'],
  [4.5, '4.5'],
  [Number.NaN, null],
  [Infinity, null],
  [true, null],
  [null, null],
  [undefined, null],
  [{}, null],
  [['a'], null],
])('the text of %j is %j', (value, text) => expect(asText(value)).toBe(text));

it.each<[value: unknown, isOne: boolean]>([
  ['', true],
  [0, true],
  [false, true],
  [null, true],
  [undefined, false],
  [Number.NaN, false],
  [Infinity, false],
  [{}, false],
  [[], false],
])('%j is one value: %s', (value, isOne) => expect(isScalar(value)).toBe(isOne));

it.each<[value: unknown, integer: number | null]>([
  [0, 0],
  [-2_147_483_647, -2_147_483_647],
  [2_147_483_647, 2_147_483_647],
  [2_147_483_648, null],
  [-2_147_483_648, null],
  [1.5, null],
  ['1', null],
  [null, null],
])('the integer of %j is %s', (value, integer) => expect(asInteger(value)).toBe(integer));

it.each([
  ['job_title', ['job title', 'job_title', 'jobtitle', 'functie']],
  ['industry', ['industry', 'branche', 'category']],
  ['company_size', ['company size', 'company_size', 'companysize', 'bedrijfsgrootte']],
])('%s is read from the first of %o with a value', (field, names) => {
  const none = { job_title: null, industry: null, company_size: null };
  const variables: Record<string, unknown> = { [` ${(names[0] ?? '').toUpperCase()}`]: ' ', other: 'x' };
  expect(readCustomerProfile(variables)).toEqual(none);
  for (const name of [...names].reverse()) {
    variables[`${name.toUpperCase()} `] = ` of ${name} `;
    expect(readCustomerProfile(variables)).toEqual({ ...none, [field]: `of ${name}` });
  }
});

it('of two spellings of a name the first with a value counts', () => {
  expect(readCustomerProfile({ Functie: ' ', functie: 'CFO', FUNCTIE: 'CEO' }).job_title).toBe('CFO');
});

it.each([
  ['Anna Blum', 'Anna', 'Blum'],
  [' Anna  van den\nBerg ', 'Anna', 'van den Berg'],
  ['Dr. Prof Anna Berg', 'Anna', 'Berg'],
  ['Mr Berg', 'Berg', null],
  ['Mrs. A B', 'A', 'B'],
  ['Ms A B', 'A', 'B'],
  ['ing. A B', 'A', 'B'],
  ['Drs. A B', 'A', 'B'],
  ['IR A B', 'A', 'B'],
  ['Irma B', 'Irma', 'B'],
  ['Andr B', 'Andr', 'B'],
  ['Dr.', 'Dr.', null],
  ['Cher', 'Cher', null],
  ['  ', null, null],
  [null, null, null],
])('splits %j into %j and %j', (name, first, last) => expect(splitName(name)).toEqual({ first, last }));
