// What a list is: its encoding, its delimiter, its headings, its columns, and its parts.
import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { decodeBytes } from '../../supabase/functions/_shared/import/encoding.ts';
import { guessMapping } from '../../supabase/functions/_shared/import/guess-mapping.ts';
import { mapRow } from '../../supabase/functions/_shared/import/map-row.ts';
import { readParts } from '../../supabase/functions/_shared/import/parts.ts';
import { countRows, isBlank, readStart } from '../../supabase/functions/_shared/import/read-table.ts';
import type { Deliverability } from '../../supabase/functions/_shared/import/targets.ts';
import { readVerdict } from '../../supabase/functions/_shared/import/verifier-words.ts';
import { lists } from '../support/lists.ts';
import { createRandom } from '../support/random.ts';

describe.each(lists)('$name', ({ bytes, encoding, delimiter, header_row, columns, rows }) => {
  const decoded = decodeBytes(bytes);
  const start = readStart(decoded.text);

  it('is read as it was written', () => {
    expect({
      encoding: decoded.encoding,
      lost: decoded.lost,
      delimiter: start.delimiter,
      header_row: start.header_row,
    })
      .toEqual({ encoding, lost: 0, delimiter, header_row });
    expect(start.rows).toHaveLength(rows);
  });

  it('has the columns that a person would choose', () => {
    const guessed = guessMapping(start.headers, start.rows);
    const read = Object.keys(columns).map((key) => {
      const column = guessed.find(({ header }) => header === key) ?? guessed[Number(key)];
      return [key, column?.variable === undefined ? column?.target : `= ${column.variable}`];
    });
    expect(Object.fromEntries(read)).toEqual(columns);
  });

  it('comes in parts with the row numbers of a spreadsheet', () => {
    const sent = [...readParts(decoded.text, start)].flatMap((part) =>
      part.rows.map((cells, index) => ({ cells, row: part.first_row + index }))
    ).filter(({ cells }) => !isBlank(cells));
    expect(sent.map(({ cells }) => cells)).toEqual(start.rows);
    expect(sent[0]?.row).toBe((header_row ?? -1) + 2);
    expect(countRows(decoded.text, start)).toBe(sent.length);
  });
});

describe('countRows', () => {
  it('counts what gets an outcome: neither headings nor blank rows, wherever they are', () => {
    const text = '\n,,\nEmail,Name,City\n\na@x.test,A,\n ,\t,\n"b@x.test","B\n\nB",\n,,\n\n';
    expect(countRows(text, { delimiter: ',', header_row: 2 })).toBe(2);
    expect(countRows('a@x.test\n\nb@x.test', { delimiter: ',', header_row: null })).toBe(2);
    expect(countRows('', { delimiter: ',', header_row: null })).toBe(0);
  });
});

describe('decodeBytes', () => {
  it('keeps UTF-8 with one broken letter, and cuts a letter at the end of a sample', () => {
    const text = `Straße;Größe;${'Köln;'.repeat(20)}`;
    const broken = new Uint8Array([...Buffer.from(text), 0xe4, 0x3b, ...Buffer.from('x')]);
    expect(decodeBytes(broken)).toMatchObject({ encoding: 'utf-8', lost: 1 });
    expect(decodeBytes(new Uint8Array(Buffer.from('abö')).subarray(0, 3))).toEqual({
      encoding: 'utf-8',
      text: 'ab',
      lost: 0,
    });
  });

  it('knows UTF-16 without its mark', () => {
    const bytes = new Uint8Array(Buffer.from('email\tcompany\nx@one.test\tOne\n', 'utf16le'));
    expect(decodeBytes(bytes)).toMatchObject({
      encoding: 'utf-16le',
      text: expect.stringContaining('x@one.test'),
    });
  });
});

describe('readParts', () => {
  it('takes any text apart without losing a row, and the same way each time', () => {
    const random = createRandom(7);
    const pieces = ['a', 'x@y.test', '"q ""u"" q"', '"line\nbreak"', '', '🎉', '"a,b"', '+49', '=1'];
    const rows = Array.from(
      { length: 5_003 },
      () => Array.from({ length: 4 }, () => random.pick(pieces)).join(','),
    );
    const text = `A,B,C,D\n${rows.join('\r\n')}\n`;
    const format = { delimiter: ',' as const, header_row: 0 };
    const parts = [...readParts(text, format)];
    expect(parts.map(({ chunk, first_row }) => [chunk, first_row])).toEqual([[0, 2], [1, 2001], [2, 4001]]);
    expect(parts.flatMap((part) => part.rows)).toHaveLength(5_004);
    expect(parts.flatMap((part) => part.rows).slice(0, -1).every((row) => row.length === 4)).toBe(true);
    expect([...readParts(text, format)]).toEqual(parts);
  });

  it('keeps a part below a million letters, and a huge cell to what is refused by its length', () => {
    const text = `Email,Note\n${
      Array.from({ length: 200 }, (_, n) => `n${n}@x.test,${'y'.repeat(15_000)}`).join('\n')
    }\nz@x.test,${'z'.repeat(5_000_000)}\n`;
    const parts = [...readParts(text, { delimiter: ',', header_row: 0 })];
    expect(parts.length).toBeGreaterThan(2);
    for (const part of parts) expect(JSON.stringify(part).length).toBeLessThan(1_100_000);
    expect(parts.at(-1)?.rows.flat().some((cell) => cell.length === 20_001)).toBe(true);
    expect(parts.flatMap((part) => part.rows.map((_, row) => part.first_row + row - 2)))
      .toEqual(Array.from({ length: 202 }, (_, n) => n));
  });
});

describe('mapRow', () => {
  const columns = [
    { header: 'Email', target: 'email' },
    { header: 'Name', target: 'full_name' },
    { header: 'Status', target: 'email_deliverability' },
    { header: 'Web', target: 'website' },
    { header: 'Rating', target: 'rating' },
    { header: 'Second', target: 'email' },
  ] as const;
  const map = (...cells: unknown[]) => mapRow(cells, 2, columns, 'column');

  it('reads names, links, ratings and verdicts as they are meant', () => {
    expect(map('a@b.test', 'Blum, Anna Maria', 'Safe to Send', 'blum.test', '4,5')).toMatchObject({
      email: 'a@b.test',
      fields: {
        first_name: 'Anna',
        last_name: 'Blum',
        website: 'https://blum.test',
        rating: 4.5,
        email_deliverability: 'deliverable',
      },
      flags: [],
    });
    expect(map('a@b.test', 'Dr. Jo van Berg', '', 'n/a', 'four')).toMatchObject({
      fields: { first_name: 'Jo', last_name: 'van Berg' },
      flags: ['link_left_out', 'rating_left_out'],
    });
  });

  it('takes the next address where the first column has none, without its verdict', () => {
    expect(map('none', '', 'valid', '', '', 'Second@B.test, third@b.test')).toMatchObject({
      email: 'second@b.test',
      fields: {},
      variables: { email_2: 'third@b.test' },
      flags: ['several_addresses'],
    });
  });

  it('costs itself only, whatever it is', () => {
    const random = createRandom(3);
    const odd = [
      null,
      7,
      true,
      {},
      [],
      'x'.repeat(30_000),
      '\u0000',
      '\ud800',
      '__proto__',
      '=1+1',
    ];
    for (let run = 0; run < 500; run++) {
      const row = run % 5 === 0
        ? random.pick(odd)
        : Array.from({ length: random.integer(9) }, () => random.pick(odd));
      expect(JSON.stringify(mapRow(row, run + 1, columns, 'column')).isWellFormed()).toBe(true);
    }
  });
});

const meaning = (verdict: Deliverability | undefined, ...words: string[]) =>
  words.map((word): [string, Deliverability | undefined] => [word, verdict]);

describe('readVerdict', () => {
  const words: [word: string, meaning: Deliverability | undefined][] = [
    ...meaning('deliverable', 'valid', 'ok', 'good', 'Safe to Send', 'deliverable', 'Verified', 'TRUE', 'ja'),
    ...meaning('risky', 'catch-all', 'Accept-All', 'accept_all', 'risky', 'role', 'Riskier'),
    ...meaning('undeliverable', 'invalid', 'do_not_mail', 'spamtrap', 'Disposable', 'bounced', 'bad'),
    ...meaning('unknown', 'unknown', 'error', 'timeout'),
    ...meaning('unverified', 'Guessed', 'Unverified', 'Extrapolated', 'User Managed', 'no'),
    ...meaning('not_found', 'Unavailable'),
    ...meaning(undefined, '98', 'constructor'),
  ];

  it.each(words)('reads "%s" as %s', (word, meaning) => {
    expect(readVerdict(word)).toBe(meaning);
  });
});
