// What is written from supabase/access is up to date, and the tests that docs/isolation.md names are there.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fillMarks, isolationFiles } from '../../local/cli/isolation-page.ts';
import { listFunctions } from '../../local/platform/functions/functions.ts';
import { attacks } from '../../supabase/access/attacks.ts';
import { endpoints } from '../../supabase/access/endpoints.ts';
import { narrower, tables, views } from '../../supabase/access/relations.ts';

const root = join(import.meta.dirname, '..', '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

describe('what is written from supabase/access', () => {
  it('is as "npm run isolation" writes it', () => {
    const files = isolationFiles();
    expect(files.filter(({ path, text }) => read(path) !== text).map(({ path }) => path)).toEqual([]);
    const withLists = files.filter(({ text }) => /-- <declared \w+>\ncreate/.test(text));
    expect(withLists.map(({ path }) => path)).toEqual([
      'supabase/tests/001_isolation.test.sql',
      'supabase/tests/003_reading.test.sql',
      'supabase/tests/004_connections_and_secrets.test.sql',
    ]);
  });

  it('replaces what was between the marks, and refuses a list that it does not know', () => {
    const old = '-- <declared inner>\nselect 1;\n-- </declared>\nselect 2;';
    expect(fillMarks(old)).toMatch(
      /^-- <declared inner>\ncreate table pg_temp\.declared_columns[\s\S]+-- <\/declared>\nselect 2;$/,
    );
    expect(fillMarks(fillMarks(old))).toBe(fillMarks(old));
    expect(() => fillMarks('-- <declared nothing>\n-- </declared>')).toThrow('There is no list "nothing"');
  });

  it('names tests that are there', () => {
    const missing = attacks.flatMap(({ proof }) =>
      proof.flatMap(([file, ...titles]) =>
        titles.filter((title) => !read(file).includes(title)).map((title) => `${file}: ${title}`)
      )
    );
    expect(missing).toEqual([]);
  });

  it('has a row for each edge function, and notes about tables and views that are there', () => {
    expect(Object.keys(endpoints).sort()).toEqual(listFunctions());
    expect(Object.keys(narrower).filter((name) => !(name in tables || name in views))).toEqual([]);
  });
});
