// What runs for each change of a group: its unit tests, without the stack.
import process from 'node:process';
import { defineConfig } from 'vitest/config';
import { groups } from './groups.ts';

const group = groups[process.env['MUTATION_GROUP'] ?? ''];

export default defineConfig({
  test: {
    include: (group?.tests ?? []).map((name) => `tests/unit/${name}.test.ts`),
    // The slowest of these tests takes a tenth of it: one that waits longer waits for ever.
    testTimeout: 3_000,
  },
});
