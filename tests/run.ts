// `npm test`: formatting, lint, types, generated types, database linters, pgTAP and all vitest suites, in one command.
import type { Buffer } from 'node:buffer';
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import process from 'node:process';
import { denoBinary } from '../local/shared/binaries.ts';
import { listFunctions } from '../local/platform/functions/functions.ts';
import { readRunReport } from './support/run-report.ts';

interface Step {
  name: string;
  command: string;
  parameters: string[];
  environment?: Record<string, string>;
}

const node = process.execPath;
const typescript = 'node_modules/typescript/bin/tsc';
const vitest = 'node_modules/vitest/vitest.mjs';
const tsx = ['--import', 'tsx'];
const reportFile = '.replyloop/test-report.json';
const parameters = process.argv.slice(2);
/** `npm test -- --coverage` also says how much of the product the tests reach; it takes a third longer. */
const isMeasured = parameters.includes('--coverage');
const only = parameters.filter((text) => text !== '--coverage');

const checks: Step[] = [
  { name: 'format', command: denoBinary(), parameters: ['fmt', '--check', '--quiet'] },
  { name: 'lint', command: denoBinary(), parameters: ['lint', '--quiet'] },
  { name: 'types (tsc)', command: node, parameters: [typescript, '--noEmit', '-p', '.'] },
  { name: 'types (dashboard)', command: node, parameters: [typescript, '--noEmit', '-p', 'dashboard'] },
  {
    name: 'types (deno check)',
    command: denoBinary(),
    parameters: ['check', '--quiet', ...listFunctions().map((slug) => `supabase/functions/${slug}/index.ts`)],
  },
  { name: 'database types, schema', command: node, parameters: [...tsx, 'local/cli/types.ts', '--check'] },
];

let passed = 0;
const failures: string[] = [];
process.exitCode = await main();

async function main(): Promise<number> {
  // With arguments it is a shortcut to vitest: `npm test -- tests/unit`.
  if (only.length > 0) {
    return (await runVitest(only)).code;
  }

  for (const step of checks) {
    const started = Date.now();
    const { code, output } = await run(step, true);
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    if (code === 0) passed++;
    else failures.push(step.name);
    console.log(`${code === 0 ? '✓' : '✗'} ${step.name.padEnd(24)} ${seconds.padStart(6)} s`);
    if (code !== 0) console.log(output.trim());
  }

  mkdirSync('.replyloop', { recursive: true });
  rmSync(reportFile, { force: true });
  await runVitest([], { RUN_REPORT: reportFile });
  const report = readRunReport(reportFile);
  passed += report.passed;
  failures.push(...report.failures);

  if (failures.length > 0) console.log(`\nFailures:\n${failures.join('\n')}`);
  console.log(`\n${passed} passed, ${failures.length} failed`);
  return failures.length === 0 ? 0 : 1;
}

async function runVitest(
  files: string[],
  environment: Record<string, string> = {},
): Promise<{ code: number; output: string }> {
  const step = { name: 'vitest', command: node, parameters: [vitest, 'run', ...files], environment };
  if (!isMeasured) return await run(step);
  const { instrumentFunctions } = await import('./coverage/instrument.ts');
  const { reportCoverage } = await import('./coverage/report.ts');
  await instrumentFunctions();
  const result = await run({
    ...step,
    parameters: [...step.parameters, '--coverage'],
    environment: { ...environment, REPLYLOOP_COVERAGE: 'yes' },
  });
  if (!await reportCoverage(console.log) && only.length === 0) failures.push('coverage');
  return result;
}

/** Runs a step; quietly when its output matters only if it fails. Ctrl-C reaches it through the process group. */
function run(step: Step, quiet = false): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(step.command, step.parameters, {
      env: { ...process.env, ...step.environment },
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    });
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on(
      'error',
      (error) => resolve({ code: 1, output: `${step.name} could not be started: ${error.message}` }),
    );
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
