// A row of a list as the database judges it: the address, the fields, the variables, and what is odd about it.
import { describe, expect, it } from 'vitest';
import { mapRow, type Verification } from '../../supabase/functions/_shared/import/map-row.ts';
import type { ColumnMapping, Target } from '../../supabase/functions/_shared/import/targets.ts';

/** Columns by their targets; the heading is the target's name. */
const columnsOf = (...targets: Target[]): ColumnMapping[] =>
  targets.map((target) => ({ header: target, target }));
/** A row with these cells, by target. */
const map = (cells: Partial<Record<Target, unknown>>, verification: Verification = 'column') =>
  mapRow(Object.values(cells), 2, columnsOf(...Object.keys(cells) as Target[]), verification);

describe('a row', () => {
  it('has every field that its columns have', () => {
    const texts = {
      job_title: 'Owner',
      name: 'Bakery Blum',
      phone: "'+49 30 1",
      category: ' Bakery ',
      icebreaker: 'Nice bread',
      subject_line: 'Rye',
      address: 'Main street 1',
      city: 'Berlin',
      state: 'BE',
      zip: '="010115"',
      email_source: 'website',
    };
    const cells = {
      email: ' Anna@Blum.test',
      ...texts,
      full_name: 'Dr. Anna van Blum',
      website: 'blum.test',
      linkedin_url: 'https://linkedin.test/in/anna',
      facebook_url: 'https://facebook.test/blum',
      rating: 4.567,
      email_deliverability: 'valid',
    };
    expect(map(cells)).toStrictEqual({
      n: 2,
      email: 'anna@blum.test',
      fields: {
        ...texts,
        phone: '+49 30 1',
        category: 'Bakery',
        zip: '010115',
        first_name: 'Anna',
        last_name: 'van Blum',
        website: 'https://blum.test',
        linkedin_url: 'https://linkedin.test/in/anna',
        facebook_url: 'https://facebook.test/blum',
        rating: 4.57,
        email_deliverability: 'deliverable',
      },
      variables: {},
      flags: [],
      cells: Object.values(cells).map(String),
    });
  });

  it('may be an object by heading, with numbers, truths and nothing in it', () => {
    const columns: ColumnMapping[] = [
      { header: 'Mail', target: 'email' },
      { header: 'Size', target: 'variable', variable: 'size' },
      { header: 'VIP', target: 'variable', variable: 'vip' },
      { header: 'None', target: 'variable', variable: 'none' },
      { header: 'constructor', target: 'variable', variable: 'odd' },
      { header: 'Unnamed', target: 'variable' },
    ];
    const row = { Mail: 'a@b.test', Size: 12, VIP: false, None: null, Unnamed: 'x', Other: 'y' };
    expect(mapRow(row, 7, columns, 'column')).toStrictEqual({
      n: 7,
      email: 'a@b.test',
      fields: {},
      variables: { size: '12', vip: 'false' },
      flags: [],
      cells: ['a@b.test', '12', 'false', '', '', 'x'],
    });
    expect(mapRow(['a@b.test', undefined], 7, columns, 'column')).toStrictEqual({
      n: 7,
      email: 'a@b.test',
      fields: {},
      variables: {},
      flags: [],
      cells: ['a@b.test', ''],
    });
    const wide: ColumnMapping[] = [...columnsOf('email', 'name'), {
      header: 'x',
      target: 'city',
      variable: 'x',
    }];
    const read = (...cells: string[]) => {
      const { fields, variables } = mapRow(cells, 7, wide, 'column');
      return { fields, variables };
    };
    expect(read('a@b.test', 'B', 'C')).toStrictEqual({ fields: { name: 'B', city: 'C' }, variables: {} });
    expect(read('a@b.test')).toStrictEqual({ fields: {}, variables: {} });
  });

  it.each([[null], [7], ['a@b.test'], [undefined]])('is none of %j', (row) => {
    expect(mapRow(row, 2, columnsOf('email'), 'column')).toStrictEqual({
      n: 2,
      email: '',
      fields: {},
      variables: {},
      flags: [],
      cells: [],
      problem: 'not_a_row',
    });
  });
});

describe('a row with a problem', () => {
  const problemOf = (...cells: unknown[]) => mapRow(cells, 2, columnsOf('email', 'name'), 'column');
  const nothing = { n: 2, email: '', fields: {}, variables: {}, flags: [] };

  it('has cells that are no text', () => {
    expect(problemOf('a@b.test', { a: 1 })).toStrictEqual({
      ...nothing,
      cells: ['a@b.test', ''],
      problem: 'not_text',
    });
  });

  it('has more cells than there are columns, unless they are blank', () => {
    expect(problemOf('a@b.test', 'B', ' ', 'x')).toStrictEqual({
      ...nothing,
      cells: ['a@b.test', 'B', ' ', 'x'],
      problem: 'more_cells_than_columns',
    });
    expect(problemOf('a@b.test', 'B', ' ', '')).toMatchObject({ email: 'a@b.test' });
    expect(problemOf('a@b.test', 'B', '')).not.toHaveProperty('problem');
  });

  it('has a cell that is too long, of which the beginning is kept', () => {
    expect(problemOf('a@b.test', 'x'.repeat(20_000)).email).toBe('a@b.test');
    expect(problemOf('a@b.test', 'x'.repeat(20_001))).toStrictEqual({
      ...nothing,
      cells: ['a@b.test', 'x'.repeat(20_000)],
      problem: 'cell_too_long',
    });
    expect(problemOf('', `${'x'.repeat(19_999)}🙂`).cells[1]).toBe(`${'x'.repeat(19_999)}\uFFFD`);
  });

  it('is too long as a whole', () => {
    const wide = columnsOf('email', ...new Array<Target>(10).fill('skip'));
    const long = (last: number) => [...new Array(9).fill('x'.repeat(20_000)), 'x'.repeat(last)];
    expect(mapRow(['', ...long(20_000)], 2, wide, 'column')).not.toHaveProperty('problem');
    expect(mapRow(['y', ...long(20_000)], 2, wide, 'column')).toStrictEqual({
      ...nothing,
      cells: ['y', ...new Array(10).fill('x'.repeat(200))],
      problem: 'row_too_long',
    });
    const cut = mapRow([`${'x'.repeat(199)}🙂`, ...long(20_000)], 2, wide, 'column');
    expect(cut.cells[0]).toBe(`${'x'.repeat(199)}\uFFFD`);
  });

  it('has the first of its problems', () => {
    expect(problemOf({}, 'x'.repeat(20_001), 'more').problem).toBe('not_text');
    expect(problemOf('x'.repeat(20_001), {}, 'more').problem).toBe('cell_too_long');
  });

  it('still says that characters were replaced, at the door or before it', () => {
    expect(problemOf('a\u0000', {}).flags).toEqual(['characters_replaced']);
    expect(problemOf('a\uFFFD', 'B').flags).toEqual(['characters_replaced']);
    const wide = columnsOf('email', ...new Array<Target>(11).fill('skip'));
    expect(mapRow(['\ud800', ...new Array(11).fill('x'.repeat(20_000))], 2, wide, 'column')).toMatchObject({
      flags: ['characters_replaced'],
      problem: 'row_too_long',
    });
  });
});

describe('a cell', () => {
  it.each([
    ['="0031"', '0031'],
    [' =" 31 " ', '31'],
    ['=""', ''],
    ['="a"b"', '="a"b"'],
    ['x="a"', 'x="a"'],
    ['="a"x', '="a"x'],
    ["'+31", '+31'],
    ["'=1+1", '=1+1'],
    ["'-1", '-1'],
    ["'@a", '@a'],
    ["'|a", '|a'],
    ["'%a", '%a'],
    ["'＝1", '＝1'],
    ["'quoted'", "'quoted'"],
    ["x'+31", "x'+31"],
    ['=1+1', '=1+1'],
  ])('%j is read as %j', (cell, value) => {
    expect(map({ name: cell }).fields['name'] ?? '').toBe(value);
  });
});

describe('the address', () => {
  const addresses = (...cells: string[]) => {
    const columns = [...columnsOf(...cells.map((): Target => 'email')), ...columnsOf('email_deliverability')];
    const { email, variables, flags, fields } = mapRow([...cells, 'valid'], 2, columns, 'column');
    return [email, Object.values(variables), flags, fields['email_deliverability']];
  };

  it.each([
    'a@b.test;c@d.test',
    'a@b.test, c@d.test',
    'a@b.test|c@d.test',
    'a@b.test/c@d.test',
    'a@b.test  c@d.test',
  ])(
    'is the first of several in a cell, as in %j',
    (cell) => {
      expect(addresses(cell)).toEqual(['a@b.test', ['c@d.test'], ['several_addresses'], 'deliverable']);
    },
  );

  it('is the first usable one of all columns, and a verdict is about the first column', () => {
    expect(addresses('a/b@c.test')[0]).toBe('a/b@c.test');
    expect(addresses('n/a', 'C@D.test')).toEqual(['c@d.test', [], [], undefined]);
    expect(addresses('a@b.test', 'c@d.test', 'e@f.test'))
      .toEqual(['a@b.test', ['c@d.test', 'e@f.test'], ['several_addresses'], 'deliverable']);
  });

  it('counts once, however often it is there', () => {
    expect(addresses('a@b.test, A@B.test', '<a@b.test>')).toEqual(['a@b.test', [], [], 'deliverable']);
  });

  it('is what the first filled cell has where none is usable', () => {
    expect(addresses(' ', "'=none", 'other')).toEqual(['=none', [], [], 'deliverable']);
    expect(addresses('', '')).toEqual(['', [], [], 'deliverable']);
  });

  it('is not looked for in prose', () => {
    const prose = (length: number) => `${'x '.repeat((length - 8) / 2)}a@b.test`;
    expect(addresses(prose(2_000))[0]).toBe('a@b.test');
    expect(addresses(prose(2_002))[0]).toBe(prose(2_002));
    expect(addresses('write to a@b.test or at home')[0]).toBe('a@b.test');
  });

  it('beside the first is a variable with a free name', () => {
    const columns: ColumnMapping[] = [
      ...columnsOf('email'),
      { header: 'Second', target: 'variable', variable: 'email_2' },
      { header: 'Other', target: 'variable', variable: 'email_2_2' },
    ];
    expect(mapRow(['a@b.test;c@d.test;e@f.test', 'x', 'y'], 2, columns, 'column').variables).toStrictEqual({
      email_2: 'x',
      email_2_2: 'y',
      email_2_2_2: 'c@d.test',
      email_3: 'e@f.test',
    });
  });
});

describe('the name', () => {
  it.each<[Partial<Record<Target, string>>, Record<string, string>]>([
    [{ full_name: 'Anna van Blum' }, { first_name: 'Anna', last_name: 'van Blum' }],
    [{ full_name: 'van Blum , Dr. Anna Maria' }, { first_name: 'Anna', last_name: 'van Blum' }],
    [{ full_name: 'Anna' }, { first_name: 'Anna' }],
    [{ full_name: 'Blum,' }, { first_name: 'Blum,' }],
    [{ full_name: ', Anna' }, { first_name: ',', last_name: 'Anna' }],
    [{ full_name: 'Blum, Anna, Dr.' }, { first_name: 'Blum,', last_name: 'Anna, Dr.' }],
    [{ full_name: ' ' }, {}],
    [{ full_name: 'Anna Blum', first_name: 'Ann', last_name: 'B' }, { first_name: 'Ann', last_name: 'B' }],
    [{ full_name: 'Anna Blum', first_name: '' }, { first_name: 'Anna', last_name: 'Blum' }],
  ])('of %o is %o', (cells, fields) => expect(map(cells).fields).toStrictEqual(fields));
});

describe('a link', () => {
  it('that cannot be one is left out, which is flagged once', () => {
    const odd = { website: 'n/a', linkedin_url: 'javascript:alert(1)', facebook_url: '' };
    const { fields, flags } = map(odd);
    expect({ fields, flags }).toStrictEqual({ fields: {}, flags: ['link_left_out'] });
    expect(map({ website: '', linkedin_url: ' ', facebook_url: '' }).flags).toEqual([]);
  });
});

describe('a rating', () => {
  it.each([
    ['4,5', 4.5],
    ['0', 0],
    ['5', 5],
    ['4.567', 4.57],
  ])(
    '%j is %s',
    (cell, rating) => expect(map({ rating: cell })).toMatchObject({ fields: { rating }, flags: [] }),
  );

  it.each(['5.1', '-1', 'four', 'Infinity', '4,5,5'])('%j is left out', (cell) => {
    const { fields, flags } = map({ rating: cell });
    expect({ fields, flags }).toStrictEqual({ fields: {}, flags: ['rating_left_out'] });
  });

  it('may be missing', () => {
    const { fields, flags } = map({ rating: ' ' });
    expect({ fields, flags }).toStrictEqual({ fields: {}, flags: [] });
  });
});

describe('the verdict', () => {
  it.each<[cell: string, verification: Verification, verdict: string | undefined]>([
    ['valid', 'column', 'deliverable'],
    ['catch-all', 'column', 'risky'],
    ['something new', 'column', 'unknown'],
    ['Unverified', 'column', undefined],
    ['', 'column', undefined],
    ['invalid', 'declared_verified', 'deliverable'],
    ['', 'declared_verified', 'deliverable'],
    ['valid', 'declared_unverified', undefined],
  ])('%j (%s) is %s', (cell, verification, verdict) => {
    const { fields } = map({ email: 'a@b.test', email_deliverability: cell }, verification);
    expect(fields).toStrictEqual(verdict === undefined ? {} : { email_deliverability: verdict });
  });
});
