// docs/reliability.md names the test behind each promise: file and title exist.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPage, root } from '../support/docs.ts';

const page = readPage('docs/reliability.md');
const named = [...page.matchAll(/`((?:tests|supabase\/tests)\/[\w./-]+\.test\.(?:ts|sql))` "([^"]+)"/g)]
  .map(([, file = '', title = '']) => ({ file, title }));

describe('docs/reliability.md', () => {
  it('has a test for every promise', () => {
    const promises = [...page.matchAll(/^\| \*\*([^*]+)\*\*(.*)\|$/gm)];
    expect(promises.length).toBeGreaterThan(8);
    for (const [, promise, rest = ''] of promises) {
      expect([promise, /`(tests|supabase\/tests)\/[^`]+` "/.test(rest)]).toEqual([promise, true]);
    }
  });

  it.each(named)('names "$title" in $file', ({ file, title }) => {
    expect(existsSync(join(root, file))).toBe(true);
    expect(readFileSync(join(root, file), 'utf8')).toContain(`'${title}'`);
  });
});
