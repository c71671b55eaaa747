import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openStore } from '../../local/archive/store.ts';
import { readOptions } from '../../local/cli/archive.ts';

const folder = mkdtempSync(join(tmpdir(), 'replyloop-store-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const now = new Date('2026-11-29T12:00:00Z');

describe('a folder as the store of the archive', () => {
  it('keeps whole files under their names', async () => {
    const store = openStore(join(folder, 'archive'), {});
    const [from, to] = [join(folder, 'from'), join(folder, 'to')];
    writeFileSync(from, 'first');
    await store.put('events/client=a/part.parquet', from);
    writeFileSync(from, 'second');
    await store.put('events/client=a/part.parquet', from);
    await store.get('events/client=a/part.parquet', to);
    expect(readFileSync(to, 'utf8')).toBe('second');
    await store.remove('events/client=a/part.parquet');
    await store.remove('events/client=a/part.parquet');
    await expect(store.get('events/client=a/part.parquet', to)).rejects.toThrow('cannot be read');
  });

  it('and a bucket needs its keys', () => {
    expect(() => openStore('s3://bucket/prefix', {})).toThrow('AWS_ACCESS_KEY_ID');
  });
});

describe('npm run archive', () => {
  it('takes a month, or how many months stay', () => {
    expect(readOptions(['--to', 'a', '--before', '2026-03'], now)).toMatchObject({
      before: '2026-03-01',
      to: 'a',
    });
    expect(readOptions(['--keep', '12', '--to', 'a'], now)).toMatchObject({
      before: '2025-11-01',
      isDryRun: false,
    });
    expect(readOptions(['--keep', '3', '--dry-run'], now)).toMatchObject({
      before: '2026-08-01',
      isDryRun: true,
    });
    expect(readOptions(['--to', 'a', '--erase'], now)).toMatchObject({ before: undefined });
  });

  it.each([
    [['--to', 'a'], 'Give one of'],
    [['--to', 'a', '--before', '2026-03', '--erase'], 'Give one of'],
    [['--before', '2026-03'], 'Say where the archive is'],
    [['--to', 'a', '--before', 'March'], '"March" is not a month'],
    [['--to', 'a', '--keep', 'some'], '"some" is not a number of months'],
    [['--to', 'a', '--before', '2026-09'], 'last three months'],
    [['--to', 'a', '--erase', '--dry-run'], '--dry-run needs'],
    [['--to', 'a', '--until', '2026-03'], 'until'],
  ])('refuses %j', (parameters, message) => {
    expect(() => readOptions(parameters, now)).toThrow(message);
  });
});
