// `npm run test:e2e`: the browser tests against projects of their own, started here: all of them by several workers, or with
// parameters for Playwright some of them by one.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import process from 'node:process';
import { z } from 'zod';
import { requireChromium } from './chromium.ts';
import type { History } from './project.ts';
import { workersOfThisMachine } from '../support/workers.ts';
import { startProjects } from './projects.ts';

const reportFile = '.replyloop/e2e.json';

let isInterrupted = false;

export interface Counts {
  passed: number;
  failed: number;
}

export async function runPlaywright(
  parameters: string[],
  { history = 'months', workers = 1 }: { history?: History; workers?: number } = {},
): Promise<Counts> {
  const chromium = requireChromium();
  const projects = await startProjects(workers, history);
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
          `--workers=${workers}`,
          ...parameters,
        ],
        {
          stdio: 'inherit',
          env: { ...process.env, CHROMIUM: chromium, E2E_PROJECTS: JSON.stringify(projects.addresses) },
        },
      );
      // Playwright ends by itself at a signal that reaches the whole group; then the projects do.
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
        process.on(signal, () => {
          isInterrupted = true;
          child.kill(signal);
        });
      }
      child.on('close', () => resolve());
    });
    return readReport();
  } finally {
    await projects.stop();
  }
}

/** All of them: by the workers, then alone what measures time. */
async function runAll(): Promise<Counts> {
  const together = await runPlaywright(['--project=tests', '--grep-invert=@alone'], {
    workers: workersOfThisMachine(),
  });
  if (isInterrupted) return together;
  const alone = await runPlaywright(['--project=tests', '--grep=@alone']);
  return { passed: together.passed + alone.passed, failed: together.failed + alone.failed };
}

const report = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(z.unknown()),
});

/**
 * A skipped test has not passed; an error outside of any test is a failure too. What passed at its second try counts, and
 * is reported: a browser that shares its machine is late now and then.
 */
function readReport(): Counts {
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
  const parameters = process.argv.slice(2);
  const { passed, failed } = parameters.length === 0
    ? await runAll()
    : await runPlaywright(['--project=tests', ...parameters]);
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exit(failed === 0 && passed > 0 ? 0 : 1);
}
