// What `npm run test:genuine` runs, one file after the other on one database.
import process from 'node:process';
import { defineConfig } from 'vitest/config';

const reportFile = process.env['RUN_REPORT'];

export default defineConfig({
  test: {
    include: ['tests/genuine/*.spec.ts'],
    testTimeout: 90_000,
    hookTimeout: 120_000,
    reporters: reportFile
      ? ['default', ['./tests/support/run-report.ts', { file: reportFile }]]
      : ['default'],
  },
});
