import { defineConfig } from '@playwright/test';
import process from 'node:process';

const results = '../../.replyloop/e2e';

// Each worker has its own project; its addresses are there before a test is read.
const worker = process.env['TEST_PARALLEL_INDEX'];
if (worker !== undefined) {
  const projects = JSON.parse(process.env['E2E_PROJECTS'] ?? '[]') as Record<string, string>[];
  Object.assign(process.env, projects[Number(worker)]);
}
const desktop = { width: 1_440, height: 900 };

export default defineConfig({
  testDir: '.',
  outputDir: results,
  fullyParallel: false,
  retries: 1,
  // A limit is for what never comes: a machine that was five times slower for an hour failed 27 tests by shorter ones.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: `${results}.json` }]],
  use: {
    baseURL: process.env['DASHBOARD_URL'] ?? 'http://127.0.0.1:54404',
    locale: 'en-GB',
    timezoneId: 'Europe/Amsterdam',
    viewport: desktop,
    screenshot: 'only-on-failure',
    trace: 'off',
    launchOptions: {
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'tests', testMatch: '*.spec.ts' },
    { name: 'screenshots', testMatch: '*.shots.ts' },
    { name: 'readme', testMatch: 'readme.pictures.ts' },
  ],
});
