// Input as an enemy, a broken tool or a careless person makes it.
import fc from 'fast-check';

/** Times that no chart may follow: before computers, after us, no time at all. */
const oddTimes = fc.constantFrom(
  '9999-12-31T23:59:59Z',
  '+275760-09-13T00:00:00.000Z',
  '0000-00-00T00:00:00Z',
  '0001-01-01T00:00:00Z',
  '-000001-01-01T00:00:00Z',
  '1969-12-31T23:59:59Z',
  '2262-04-12T00:00:00Z',
  '2026-02-30T10:00:00Z',
  '2026-10-05T24:61:61Z',
  '2026-10-05T08:00:00+99:99',
  'infinity',
  '-infinity',
  'now',
  'epoch',
  '',
  '2026-10-05',
  '05/10/2026 08:00',
);
export const times = fc.oneof(
  oddTimes,
  fc.date({ noInvalidDate: true, min: new Date(-8.64e15), max: new Date(8.64e15) }).map((date) =>
    date.toISOString()
  ),
  fc.date({ noInvalidDate: true, min: new Date('2020-01-01'), max: new Date('2030-01-01') }).map((date) =>
    date.toISOString()
  ),
  fc.integer({ min: -1e12, max: 1e14 }),
);

/** Texts that break what joins, quotes, counts or shows them. */
export const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom(
    '\u0000',
    '\ud800',
    '\udfff\ud800',
    '\ufeff\u200b\u202e',
    "'; drop table public.clients; --",
    '" or 1=1 --',
    '${jndi:ldap://x}',
    '{{unsubscribe}}',
    '%00%ff%c0%af',
    '../../etc/passwd',
    '<script>alert(1)</script>',
    '=cmd|" /C calc"!A0',
    'a'.repeat(5_000),
    '🙂'.repeat(500),
    '\\',
    '\\u0000',
    'null',
    '__proto__',
    'constructor',
    'NaN',
  ),
);

const numbers = fc.oneof(
  fc.integer(),
  fc.double(),
  fc.constantFrom(0, -0, -1, 1e308, Number.MAX_SAFE_INTEGER, 2 ** 31, 2 ** 53, 2 ** 63, 1e-320),
);

export const emails = fc.oneof(
  fc.emailAddress(),
  fc.constantFrom(
    'test@example.com',
    'A@B.test',
    ' "x" <y@z.test>',
    '@',
    'a@',
    'mailto:a@b.test',
    'ä@ö.test',
    'a@b@c.test',
  ),
);

/** One value of a field, whatever the field is. */
export const values: fc.Arbitrary<unknown> = fc.oneof(
  { arbitrary: texts, weight: 4 },
  { arbitrary: times, weight: 3 },
  { arbitrary: numbers, weight: 2 },
  { arbitrary: emails, weight: 2 },
  { arbitrary: fc.uuid(), weight: 1 },
  { arbitrary: fc.constantFrom(null, true, false, [], {}), weight: 2 },
  { arbitrary: fc.array(fc.oneof(texts, numbers), { maxLength: 4 }), weight: 1 },
  { arbitrary: fc.jsonValue({ maxDepth: 3 }), weight: 2 },
);

/** Arrays in arrays, deeper than any reader should go. */
const deep = fc.integer({ min: 10, max: 8_000 }).map((depth) => `${'['.repeat(depth)}${']'.repeat(depth)}`);
const deepObject = fc.integer({ min: 10, max: 4_000 }).map((depth) =>
  `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`
);

/** JSON that JSON.stringify would not write. */
const oddJson = fc.constantFrom(
  '{"a":1,"a":2}',
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '1e999',
  '-1e999',
  '[1e400,"\\ud800"]',
  '"\\u0000"',
  '{"\\u0000":"\\u0000"}',
  ' \n\t{} ',
  'null',
  'true',
  '""',
  '0',
);

export const jsonTexts = fc.oneof(
  fc.json({ maxDepth: 5 }),
  oddJson,
  deep,
  deepObject,
  fc.dictionary(texts, values, { maxKeys: 6 }).map((value) => JSON.stringify(value)),
);

/** Not JSON at all. */
export const rawTexts = fc.oneof(
  texts,
  fc.constantFrom('', '{', '[1,', '{"a":}', '\ufeff{}', '<xml/>', 'a=b&c=d', '{"a":1}{"b":2}', '\u0000'),
  fc.json().map((text) => text.slice(0, -1)),
);

/** A valid thing with some fields replaced, added or taken away. */
export const mutations = (base: fc.Arbitrary<Record<string, unknown>>, names: string[]) =>
  fc.tuple(
    base,
    fc.array(
      fc.tuple(fc.constantFrom(...names), fc.oneof({ arbitrary: values, weight: 5 }, fc.constant(undefined))),
      {
        maxLength: 4,
      },
    ),
    fc.dictionary(fc.string({ maxLength: 12 }), values, { maxKeys: 2 }),
  ).map(([valid, changes, more]) => ({ ...more, ...valid, ...Object.fromEntries(changes) }));
