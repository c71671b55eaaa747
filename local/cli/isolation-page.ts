// docs/isolation.md and the lists in pgTAP files, written from what is declared in supabase/access.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { attacks } from '../../supabase/access/attacks.ts';
import { type Audience, endpoints, topics } from '../../supabase/access/endpoints.ts';
import { aggregates, type Callers, definers, functions, helpers } from '../../supabase/access/functions.ts';
import { inner } from '../../supabase/access/inner.ts';
import { narrower, type Rows, tables, views } from '../../supabase/access/relations.ts';
import { checkoutRoot } from '../shared/checkout.ts';
import { Failure } from '../shared/failure.ts';
import { format } from '../shared/format.ts';

const sqlTests = 'supabase/tests';

/** Every file that holds something of it, as it has to be. */
export function isolationFiles(): { path: string; text: string }[] {
  const read = (path: string) => readFileSync(join(checkoutRoot, path), 'utf8');
  const files = readdirSync(join(checkoutRoot, sqlTests)).sort().map((name) => `${sqlTests}/${name}`)
    .map((path) => ({ path, text: fillMarks(read(path)) }));
  return [{ path: 'docs/isolation.md', text: format(page(), 'md') }, ...files];
}

/** Puts each list between its marks: `-- <declared relations>` … `-- </declared>`. */
export function fillMarks(sql: string): string {
  return sql.replaceAll(/(-- <declared (\w+)>[^\n]*\n)[\s\S]*?(-- <\/declared>)/g, (_, begin, kind, end) => {
    const list = lists[kind as string];
    if (!list) throw new Failure(`There is no list "${kind}" in supabase/access`);
    return `${begin}${list()}${end}`;
  });
}

const lists: Record<string, () => string> = {
  relations: () =>
    table('declared_relations (name text, is_table boolean, rows text)', [
      ...byValue(tables).map(([rows, names]) => [names, 'true', `'${rows}'`]),
      ...byValue(views).map(([rows, names]) => [names, 'false', `'${rows}'`]),
    ]),
  functions: () =>
    table('declared_functions (name text, callers text)', [
      ...byValue(functions).map(([callers, names]) => [names, `'${callers}'`]),
      [aggregates, `'aggregate'`],
    ]),
  inner: () =>
    table(
      'declared_columns (name text, relation text, rows text)',
      Object.entries(inner).map((
        [name, { rows, columns }],
      ) => [columns.split(' '), `'${name}'`, `'${rows}'`]),
    ),
  helpers: () =>
    table('declared_helpers (name text, executed_by text, is_definer boolean)', [
      ...byValue(
        Object.fromEntries(Object.entries(definers).map(([name, [executedBy]]) => [name, executedBy])),
      )
        .map(([executedBy, names]) => [names, `'${executedBy}'`, 'true']),
      [helpers, `'people'`, 'false'],
    ]),
};

type Line = (readonly string[] | string)[];

/** A temporary table with a row for each name; all of a line have the same values. */
function table(definition: string, lines: Line[]): string {
  const name = definition.split(' ')[0];
  const selects = lines.map(([names = [], ...values]) =>
    `select unnest('{\n${wrap(names as readonly string[])}\n}'::text[]), ${values.join(', ')}`
  );
  return `create table pg_temp.${definition};\ninsert into pg_temp.${name}\n${
    selects.join('\nunion all\n')
  };\n` +
    `grant select on pg_temp.${name} to public;\n`;
}

/** Names in lines of up to 140 characters, a new one at each initial: a new name changes few lines. */
function wrap(names: readonly string[]): string {
  const lines: string[] = [];
  for (const [index, name] of names.entries()) {
    const word = index + 1 < names.length ? `${name},` : name;
    const line = lines.at(-1);
    const isNew = names[index - 1]?.[0] !== name[0];
    if (line === undefined || isNew || line.length + word.length > 139) lines.push(`  ${word}`);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines.join('\n');
}

/** What has the same value, together. */
function byValue<Value extends string>(record: Record<string, Value>): [Value, string[]][] {
  const values = [...new Set(Object.values(record))].sort();
  return values.map((value) => [value, Object.keys(record).filter((name) => record[name] === value).sort()]);
}

const rowsRead: Record<Rows, [client: string, operator: string]> = {
  own: ['own rows', 'all rows'],
  operators: ['–', 'all rows'],
  agency: ['–', 'all rows'],
};

const called: Record<Callers, [stranger: string, client: string, operator: string]> = {
  own: ['–', 'for its own', 'for all'],
  operators: ['–', '–', 'for all'],
  self: ['for oneself', 'for oneself', 'for oneself'],
  facts: ['yes', 'yes', 'yes'],
};

const admitted: Record<Audience, string[]> = {
  operators: ['–', '–', '–', 'yes', 'yes'],
  clients: ['–', '–', 'for its own', 'yes', 'yes'],
  people: ['–', '–', 'for its own', 'yes', '–'],
  provider: ['with the secret', 'with the secret', 'with the secret', 'with the secret', 'with the secret'],
  open: ['yes', 'yes', 'yes', 'yes', 'yes'],
};

function page(): string {
  const sorted = <Value>(record: Record<string, Value>) =>
    Object.entries(record).sort(([one], [other]) => one < other ? -1 : 1);
  const code = (name: string) => `\`${name}\``;
  const relations = (record: Record<string, Rows>) =>
    sorted(record).map(([name, rows]) => {
      const [client, operator] = rowsRead[rows];
      return [
        code(name),
        '–',
        narrower[name] === undefined ? client : `${client}, ${narrower[name]}`,
        operator,
      ];
    });
  /** Those with the same reason together. */
  const definersOf = (who: string) => {
    const reasons = Object.fromEntries(
      sorted(definers).filter(([, [executedBy]]) => executedBy === who).map(([name, [, why]]) => [name, why]),
    );
    return [...new Set(Object.values(reasons))].map((why) => {
      const names = Object.keys(reasons).filter((name) => reasons[name] === why);
      return `- ${names.map((name) => `\`private.${name}()\``).join(', ')}: ${why}`;
    });
  };
  return [
    '# Isolation\n',
    'Who may read, write and call what, object by object. Written from `supabase/access` by `npm run isolation`; `npm test` fails when an object has no row, when a row has no object, and when the database, PostgREST or a function answers otherwise than it says here. How the rules are made: [security](security.md).\n',
    'The check has three parts. `supabase/tests/001_isolation.test.sql` compares every privilege in the catalogue with these tables, on a hosted project too (`npx supabase test db --remote`). `supabase/tests/003_reading.test.sql` reads every table and view in the database as each kind of person. `tests/integration/isolation.test.ts` does so through the Data API with supabase-js and signed-in people, with two tenants that have rows in everything, and searches all that they were ever answered for anything of the other.\n',
    '## Roles\n',
    '| Role | Who |',
    '| --- | --- |',
    '| signed out | `anon`: the publishable key alone. No table, no view, no SQL function |',
    '| no membership | signed in, and member of no client and not of the agency |',
    '| client | signed in, member of one client: “own” is what has its `client_id` |',
    '| operator | signed in, member of the agency |',
    '| service role | a secret key: the functions, scripts of the agency, pg_cron. Row level security does not hold for it |',
    '',
    'An expired, forged or changed token is none of them: 401. A token of somebody who was removed or moved is refused with 403 from the next request on.\n',
    '## Tables\n',
    'People read (`select`) and never write: `insert`, `update` and `delete` are 403. The service role reads and writes all of them.\n',
    ...grid(['Table', 'no membership', 'client', 'operator'], relations(tables)),
    '## Views\n',
    'They read with the rights of the caller. Writing to one is 405 for everybody, the service role too.\n',
    ...grid(['View', 'no membership', 'client', 'operator'], relations(views)),
    '## SQL functions\n',
    'Of schema `public`, called with `supabase.rpc`. “–” is `FORBIDDEN` or, for something of another tenant, what is answered for something that does not exist. Signed out all of them are 401; the service role calls all of them.\n',
    ...grid(
      ['Function', 'no membership', 'client', 'operator'],
      sorted(functions).map(([name, callers]) => [code(name), ...called[callers]]),
    ),
    'Every function of schema `worker` is for the service role and for no one else. The schema holds no table and no view, and people have no `usage` of it.\n',
    '## Schema private\n',
    'The Data API does not expose it. For views of `public`, which run with the rights of the caller, signed-in people may read these columns of it, under the same policies:\n',
    ...grid(
      ['Table', 'Columns', 'client', 'operator'],
      sorted(inner).map(([name, { rows, columns }]) => [
        code(name),
        columns === '*' ? 'all' : columns.split(' ').map(code).join(', '),
        ...rowsRead[rows],
      ]),
    ),
    `They may execute these helpers as themselves: ${[...helpers].sort().map(code).join(', ')}.\n`,
    'Functions that see more than their caller (`security definer`) are these and no others. People may execute those that check who asks:\n',
    ...definersOf('people'),
    '\nand those that answer for the caller alone:\n',
    ...definersOf('caller'),
    '\nThe service role:\n',
    ...definersOf('service'),
    '\nNo role, only triggers and cron jobs:\n',
    ...definersOf('database'),
    '\n## Edge functions\n',
    '“–” is 401 signed out, else 403. Of another tenant’s objects a function says what it says of one that does not exist.\n',
    ...grid(
      ['Function', 'signed out', 'no membership', 'client', 'operator', 'secret key', ''],
      sorted(endpoints).map(([name, { audience, but }]) => [code(name), ...admitted[audience], but ?? '']),
    ),
    '## Realtime and storage\n',
    'Channels are private; joining asks a policy on `realtime.messages`, and no one may write to it. Broadcasts hold what changed and when, and no rows.\n',
    ...grid(['Topic', 'Who may join'], Object.entries(topics).map(([topic, who]) => [code(topic), who])),
    'Storage is off (`supabase/config.toml`): there is no bucket.\n',
    '## What is tried\n',
    'Each of these has a test that fails when it works.\n',
    ...attacks.map(({ what, answer, proof }) => {
      const tests = proof.map(([file, ...titles]) =>
        `${code(file)} (${titles.map((title) => `“${title}”`).join(', ')})`
      );
      return `- **${what}**: ${answer}. ${tests.join(', ')}`;
    }),
    '',
  ].join('\n');
}

function grid(head: string[], rows: string[][]): string[] {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line), ''];
}
