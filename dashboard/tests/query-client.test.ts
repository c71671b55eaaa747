import { QueryObserver } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { FreshQueryClient } from '../src/data/query-client.ts';

/** A page that shows a value, whose reads end when the test says so. */
function page() {
  const client = new FreshQueryClient();
  let value = 'old';
  const reads: (() => void)[] = [];
  const observer = new QueryObserver<string>(client, {
    queryKey: ['value'],
    queryFn: () => {
      const seen = value;
      return new Promise((resolve) => reads.push(() => resolve(seen)));
    },
  });
  const close = observer.subscribe(() => undefined);
  return {
    client,
    reads,
    close,
    change: () => value = 'new',
    shown: () => observer.getCurrentResult().data,
  };
}

test('a change during the first read is read after it', async () => {
  const { client, reads, change, shown, close } = page();
  change();
  const changed = client.invalidateQueries({ queryKey: ['value'] });
  reads[0]?.();
  await expect.poll(() => reads.length).toBe(2);
  expect(shown()).toBe('old');
  reads[1]?.();
  await changed;
  expect(shown()).toBe('new');
  close();
});

test('a change after the first read is read once', async () => {
  const { client, reads, change, shown, close } = page();
  reads[0]?.();
  await expect.poll(shown).toBe('old');
  change();
  const changed = client.invalidateQueries();
  expect(reads).toHaveLength(2);
  reads[1]?.();
  await changed;
  expect(shown()).toBe('new');
  expect(reads).toHaveLength(2);
  close();
});
