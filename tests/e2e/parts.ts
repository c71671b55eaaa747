// The whole browser suite in parts, each with a project of its own, so that no part sees what another changes. A browser test mostly
// waits: alone, the suite used two thirds of one core.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { buildDashboard } from '../../local/dashboard/build.ts';

export interface Counts {
  passed: number;
  failed: number;
}

const closing = /^(\d+) passed, (\d+) failed$/;

/** Three on two cores; more than four want more memory than they save time. */
const parts = (): number => Math.min(4, availableParallelism() + 1);

export async function runInParts(): Promise<Counts> {
  // Once, before all of them ask for it.
  await buildDashboard();
  const count = parts();
  const all = await Promise.all(
    Array.from(
      { length: count },
      (_, index) => runPart(String(index + 1), [`--shard=${index + 1}/${count}`, '--grep-invert=@alone']),
    ),
  );
  // What measures time has the machine to itself.
  all.push(await runPart('-alone', ['--grep=@alone']));
  return all.reduce((sum, one) => ({ passed: sum.passed + one.passed, failed: sum.failed + one.failed }));
}

/** This command again for one part: its output is ours, but for its closing line. A part without one has failed. */
function runPart(part: string, parameters: string[]): Promise<Counts> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'tests/e2e/run.ts', ...parameters], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, E2E_PART: part },
    });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => child.kill(signal));
    }
    let counts: Counts = { passed: 0, failed: 1 };
    createInterface(child.stdout).on('line', (line) => {
      const [, passed, failed] = closing.exec(line) ?? [];
      if (passed === undefined) console.log(line);
      else counts = { passed: Number(passed), failed: Number(failed) };
    });
    child.on('close', () => resolve(counts));
  });
}
