// `npm run test:e2e`: the browser tests against a project of their own, started here.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import process from 'node:process';
import { z } from 'zod';
import { requireChromium } from './chromium.ts';
import { type History, startBrowserProject } from './project.ts';

const reportFile = '.replyloop/e2e.json';

export async function runPlaywright(
  parameters: string[],
  history: History = 'months',
): Promise<{ passed: number; failed: number }> {
  const chromium = requireChromium();
  const project = await startBrowserProject(history);
  try {
    mkdirSync('.replyloop', { recursive: true });
    rmSync(reportFile, { force: true });
    await new Promise<void>((resolve) => {
      const child = spawn(
        process.execPath,
        [
          'node_modules/@playwright/test/cli.js',
          'test',
          '--config',
          'tests/e2e/playwright.config.ts',
          ...parameters,
        ],
        {
          stdio: 'inherit',
          env: {
            ...process.env,
            CHROMIUM: chromium,
            DASHBOARD_URL: project.dashboard.url,
            DATABASE_URL: project.stack.adminDbUrl,
            API_URL: project.stack.apiUrl,
            SIMULATOR_URL: project.simulator.url,
            SMARTLEAD_SIMULATOR_URL: project.smartlead.url,
            HUBSPOT_SIMULATOR_URL: project.hubspot.url,
          },
        },
      );
      child.on('close', () => resolve());
    });
    return readReport();
  } finally {
    await project.stop();
  }
}

const report = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(z.unknown()),
});

/**
 * A skipped test has not passed; an error outside of any test is a failure too. What passed at its second try counts, and
 * is reported: a browser that shares its machine is late now and then.
 */
function readReport(): { passed: number; failed: number } {
  try {
    const { stats, errors } = report.parse(JSON.parse(readFileSync(reportFile, 'utf8')));
    if (stats.flaky > 0) console.log(`\n${stats.flaky} passed only at the second try; see "flaky" above`);
    return {
      passed: stats.expected + stats.flaky,
      failed: stats.unexpected + stats.skipped + errors.length,
    };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

if (process.argv[1]?.endsWith('run.ts')) {
  const { passed, failed } = await runPlaywright(['--project=tests', ...process.argv.slice(2)]);
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exit(failed === 0 && passed > 0 ? 0 : 1);
}
