// One identity of an address: SQL and TypeScript say the same of whatever a scraper, a mail program or a provider writes,
// and no table takes another form.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { normalizeEmailAddress } from '../../supabase/functions/_shared/events/email-address.ts';
import { type Project, startProject } from '../support/project.ts';

const point = (code: number) => String.fromCodePoint(code);
const hidden = [
  0xad,
  0x34f,
  0x61c,
  0x180e,
  0x200b,
  0x200c,
  0x200d,
  0x200e,
  0x202a,
  0x202e,
  0x2060,
  0x2064,
  0xfe0f,
  0xfeff,
  0xe0041,
];
const spaces = [
  9,
  10,
  11,
  12,
  13,
  32,
  0x85,
  0xa0,
  0x1680,
  ...Array.from({ length: 11 }, (_, n) => 0x2000 + n),
  0x2028,
  0x2029,
  0x202f,
  0x205f,
  0x3000,
];
const controls = [
  ...Array.from({ length: 31 }, (_, n) => n + 1),
  ...Array.from({ length: 33 }, (_, n) => n + 0x7f),
]
  .filter((code) => !spaces.includes(code));

/** What each text comes to; the expected side says what is right, the comparison below that SQL agrees. */
const known: [string, string | null][] = [
  ['anna@shop.test', 'anna@shop.test'],
  ['  Anna@SHOP.test\t', 'anna@shop.test'],
  ['mailto:m1@x.test', 'm1@x.test'],
  ['MAILTO:m1@x.test?subject=Hello%20you&body=a@b', 'm1@x.test'],
  ['mailto://m1@x.test', 'm1@x.test'],
  ['mailto:%20m1@x.test', 'm1@x.test'],
  ['<angle@x.test>', 'angle@x.test'],
  ['<mailto:angle@x.test>', 'angle@x.test'],
  ['"Anna van Berg" <anna@x.test>', 'anna@x.test'],
  ['Anna <anna@x.test>;', 'anna@x.test'],
  ['anna@x.test <anna@x.test>', 'anna@x.test'],
  ['bob@x.test <anna@x.test>', null],
  ['"quoted@x.test"', 'quoted@x.test'],
  ["'quoted@x.test'", 'quoted@x.test'],
  ['“curly@x.test”', 'curly@x.test'],
  ["o'brien@x.test", "o'brien@x.test"],
  ['(round@x.test)', 'round@x.test'],
  ['[square@x.test]', 'square@x.test'],
  ['trail@x.test.', 'trail@x.test'],
  ['semi@x.test;', 'semi@x.test'],
  ['comma@x.test,', 'comma@x.test'],
  ['many@x.test .;, ', 'many@x.test'],
  ['a@x.test, b@x.test', null],
  ['a@x.test;b@x.test', null],
  ['a@x.test\nb@x.test', null],
  ['a@x.test b@x.test', null],
  ['a@x.test/b@x.test', null],
  ['x@cell..test', null],
  ['x..y@cell.test', null],
  ['.x@cell.test', 'x@cell.test'],
  ['x.@cell.test', null],
  ['@cell.test', null],
  ['x@', null],
  ['x', null],
  ['', null],
  ['   ', null],
  ['x@localhost', null],
  ['x@cell.t', null],
  ['x@127.0.0.1', null],
  ['x@[127.0.0.1]', null],
  ['x@-cell.test', null],
  ['x@cell-.test', null],
  ['x@ce_ll.test', null],
  ['x@cell.test-', null],
  ['two words@cell.test', null],
  ['"two words"@cell.test', null],
  ['x@@cell.test', null],
  ['n/a', null],
  ['-', null],
  ['x+tag@cell.test', 'x+tag@cell.test'],
  ['x%y=z@cell.test', 'x%y=z@cell.test'],
  ['info@Bücher.test', 'info@xn--bcher-kva.test'],
  ['info@BU\u0308CHER.test', 'info@xn--bcher-kva.test'],
  ['info@xn--BCHER-kva.test', 'info@xn--bcher-kva.test'],
  ['info@straße.test', 'info@xn--strae-oqa.test'],
  ['info@例え.テスト', 'info@xn--r8jz45g.xn--zckzah'],
  ['info@правда.рф', 'info@xn--80aafi6cg.xn--p1ai'],
  ['info@ΣΊΣΥΦΟΣ.test', normalizeEmailAddress('info@σίσυφοσ.test')],
  ['info@İstanbul.test', normalizeEmailAddress('info@i\u0307stanbul.test')],
  ['jörg@x.test', 'jörg@x.test'],
  ['ｗｉｄｅ＠ｘ．ｔｅｓｔ', 'wide@x.test'],
  ['info@x。test', 'info@x.test'],
  ['𝐛𝐨𝐥𝐝@X.test', 'bold@x.test'],
  ['J\u030C@x.test', 'ǰ@x.test'],
  ['lost\ufffd@x.test', null],
  [`${'a'.repeat(64)}@x.test`, `${'a'.repeat(64)}@x.test`],
  [`${'a'.repeat(65)}@x.test`, null],
  [`${'ü'.repeat(33)}@x.test`, null],
  [`a@${'b'.repeat(63)}.test`, `a@${'b'.repeat(63)}.test`],
  [`a@${'b'.repeat(64)}.test`, null],
  [`a@${'ü'.repeat(64)}.test`, null],
  [
    `a@${`${'b'.repeat(49)}.`.repeat(4)}${'c'.repeat(52)}`,
    `a@${`${'b'.repeat(49)}.`.repeat(4)}${'c'.repeat(52)}`,
  ],
  [`a@${`${'b'.repeat(49)}.`.repeat(4)}${'c'.repeat(53)}`, null],
  [`a@x.test${' '.repeat(3000)}`, null],
  ['\ufeffbom4@cell.test', 'bom4@cell.test'],
  ...hidden.flatMap((code): [string, string][] => [
    [`${point(code)}h@x.test`, 'h@x.test'],
    [`h${point(code)}@x.te${point(code)}st${point(code)}`, 'h@x.test'],
  ]),
  ...controls.map((code): [string, string] => [`c${point(code)}@x.test${point(code)}`, 'c@x.test']),
  ...spaces.flatMap((code): [string, string | null][] => [
    [`${point(code)}s@x.test${point(code)}`, 's@x.test'],
    [`s${point(code)}t@x.test`, null],
  ]),
];

/** Texts put together from what makes addresses odd; the same ones in each run. */
function composed(count: number): string[] {
  const parts = [
    'a',
    'B',
    'anna',
    '@',
    '@',
    '.',
    '.',
    '..',
    'x.test',
    'Bücher',
    'ß',
    'İ',
    'ς',
    'Σ',
    '例',
    '🙂',
    '-',
    '_',
    '+',
    '%20',
    'mailto:',
    '?subject=a',
    '<',
    '>',
    '"',
    "'",
    '’',
    ' ',
    ',',
    ';',
    ':',
    '\u00a0',
    '\ufeff',
    '\u200b',
    '\u00ad',
    'u\u0308',
    'J\u030c',
    'ﬀ',
    'Ⅷ',
    '。',
    '．',
    '＠',
    'xn--',
    '\u0301',
  ];
  let state = 20261127;
  const next = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor(state / 2 ** 32 * below);
  };
  return Array.from(
    { length: count },
    () => {
      const piece = (most: number) =>
        Array.from({ length: 1 + next(most) }, () => parts[next(parts.length)] ?? '').join('');
      return next(3) === 0 ? piece(9) : `${piece(4)}@${piece(3)}.${piece(2)}`;
    },
  );
}

let project: Project;

beforeAll(async () => {
  project = await startProject({ functions: [], simulator: false });
});
afterAll(() => project?.stop());

async function inSql(texts: string[]): Promise<(string | null)[]> {
  const rows = await project.sql<{ email: string | null }>(
    `select private.normalize_email(t.text) as email from unnest($1::text[]) with ordinality as t (text, place) order by t.place`,
    [texts],
  );
  return rows.map((row) => row.email);
}

/** Where the two differ: text, TypeScript, SQL. */
async function differences(texts: string[]) {
  const found = await inSql(texts);
  return texts.map((text, index) => [text, normalizeEmailAddress(text), found[index]])
    .filter(([, typescript, sql]) => typescript !== sql);
}

describe('the identity of an address', () => {
  it('is what is right', () => {
    expect(known.map(([text]) => [text, normalizeEmailAddress(text)])).toEqual(known);
  });

  it('is the same in SQL and TypeScript', async () => {
    expect(await differences(known.map(([text]) => text))).toEqual([]);
    expect(await differences(composed(20_000))).toEqual([]);
  });

  it('is the same for every letter there is, in both halves', async () => {
    // A database of 2023 does not know the letters of later years; they stay as they are written there.
    // Chinese and Korean have no cases and thousands of letters alike.
    const letters = (await project.sql<{ letter: string }>(
      `select chr(code) as letter from generate_series(1, 131071) as code
       where code not between 13312 and 40959 and code not between 44032 and 57343 and code not between 92160 and 118783
         and code <> 64 and unicode_assigned(chr(code))`,
    )).map((row) => row.letter);
    expect(letters.length).toBeGreaterThan(20_000);
    const differing = await differences(
      letters.map((letter) => `${letter}a${letter}b@${letter}c.test${letter}`),
    );
    expect(differing.slice(0, 20)).toEqual([]);
  }, 90_000);

  it('stays as it is when it is normalised again', () => {
    const forms = [...known.map(([text]) => text), ...composed(20_000)].map(normalizeEmailAddress)
      .filter((form) => form !== null);
    expect(forms.length).toBeGreaterThan(500);
    expect(forms.filter((form) => normalizeEmailAddress(form) !== form)).toEqual([]);
  });

  it('agrees with the platform about domains in other scripts', () => {
    for (
      const domain of [
        'bücher.test',
        'müller-öl.test',
        '例え.テスト',
        'правда.рф',
        'ελληνικά.test',
        'مثال.إختبار',
        '中文网.test',
        'đại.test',
      ]
    ) {
      expect(normalizeEmailAddress(`a@${domain}`)).toBe(`a@${new URL(`http://${domain}`).hostname}`);
    }
  });
});

describe('stored addresses', () => {
  it('have no other form in any table', async () => {
    const { clientId } = await project.createTenant('Lakeside');
    const campaignId = await project.createCampaign(clientId, null);
    const connection = await project.createConnection(null);
    for (
      const email of [
        'Upper@x.test',
        ' space@x.test',
        '\ufeffbom@x.test',
        'dot@x.test.',
        'a@x',
        'info@bücher.test',
      ]
    ) {
      for (
        const [statement, values] of [
          ['insert into public.synced_leads (client_id, campaign_id, email) values ($1, $2, $3)', [
            clientId,
            campaignId,
            email,
          ]],
          [`insert into public.suppressions (client_id, email, reason) values ($1, $2, 'bounced')`, [
            clientId,
            email,
          ]],
          [
            `insert into public.email_accounts (connection_id, client_id, email, status) values ($1, $2, $3, 'active')`,
            [connection.id, clientId, email],
          ],
        ] as const
      ) {
        const failure = await project.sql(statement, [...values]).then(
          () => undefined,
          (error: unknown) => error,
        );
        expect(failure, `${statement} ${email}`).toMatchObject({ code: '23514' });
      }
    }
  });
});
