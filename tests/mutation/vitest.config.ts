// What mutation testing runs: the tests of pure logic, without the stack.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/unit/**/*.test.ts'],
    exclude: ['**/*house.test.ts', '**/{words,docs,report-pdf,simulated-texts}.test.ts'],
    pool: 'forks',
    testTimeout: 30_000,
  },
});
