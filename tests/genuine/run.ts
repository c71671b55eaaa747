// `npm run test:genuine`: the migrations, the schedule and the pgTAP files on Debian's Postgres with the genuine pg_cron, pgTAP and
// plpgsql_check. Where it is neither installed nor to be had, it says so and counts nothing.
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import process from 'node:process';
import { readRunReport } from '../support/run-report.ts';
import { findDebianPostgres } from './debian-postgres.ts';

const reportFile = '.replyloop/genuine-report.json';

const search = findDebianPostgres();
if ('missing' in search) {
  console.log(`not run: the tests on genuine extensions, because ${search.missing}`);
  console.log('\n0 passed, 0 failed');
} else {
  mkdirSync('.replyloop', { recursive: true });
  rmSync(reportFile, { force: true });
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'tests/genuine/vitest.config.ts'];
  const child = spawn(process.execPath, [...vitest, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, RUN_REPORT: reportFile },
  });
  await new Promise<void>((resolve) => child.on('close', () => resolve()));
  const { passed, failures } = readRunReport(reportFile);
  if (failures.length > 0) console.log(`\nFailures:\n${failures.join('\n')}`);
  console.log(`\n${passed} passed, ${failures.length} failed`);
  process.exitCode = failures.length === 0 ? 0 : 1;
}
