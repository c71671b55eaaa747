import process from 'node:process';
import { defineConfig } from 'vitest/config';
import { vitestDirectory } from './tests/coverage/places.ts';
import LongestFirst from './tests/support/longest-first.ts';
import { workersOfThisMachine } from './tests/support/workers.ts';

const reportFile = process.env['RUN_REPORT'];

/**
 * Files share processes, which load the packages once. Each file has modules of its own all the same, and finds the globals as
 * they were.
 */
const shared = { isolate: false, setupFiles: ['tests/support/shared-process.ts'] };

export default defineConfig({
  test: {
    // Each integration file runs a whole stack.
    pool: 'forks',
    maxWorkers: workersOfThisMachine(),
    sequence: { sequencer: LongestFirst },
    testTimeout: 30_000,
    hookTimeout: 120_000,
    reporters: reportFile
      ? ['default', ['./tests/support/run-report.ts', { file: reportFile }]]
      : ['default'],
    coverage: {
      provider: 'istanbul',
      include: ['supabase/functions/**/*.ts'],
      reporter: ['json'],
      reportsDirectory: vitestDirectory,
      reportOnFailure: true,
    },
    projects: [
      {
        extends: true,
        test: {
          name: 'backend',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/unit/**'],
          globalSetup: ['tests/support/global-setup.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'dashboard',
          include: ['dashboard/tests/**/*.test.{ts,tsx}'],
          environment: 'happy-dom',
          ...shared,
        },
      },
      {
        extends: true,
        test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], ...shared },
      },
    ],
  },
});
