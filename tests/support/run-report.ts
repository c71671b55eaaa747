// The result of a whole run, written to a file: the counts, and every failure with its reason, also those that no test
// has (a hook, an error after the test ended), which the reporters at hand either leave out or do not count.
import { readFileSync, writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

export interface RunReport {
  passed: number;
  failures: string[];
}

/** What the run wrote about itself; a run that died before it could has failed. */
export function readRunReport(file: string): RunReport {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as RunReport;
  } catch {
    return { passed: 0, failures: ['vitest ended without a report'] };
  }
}

interface Failed {
  message?: unknown;
  stack?: unknown;
}

export default class RunReporter implements Reporter {
  readonly #file: string;

  constructor(options: { file: string }) {
    this.#file = options.file;
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly Failed[]): void {
    const report: RunReport = { passed: 0, failures: [] };
    const fail = (name: string, errors: readonly Failed[]) =>
      report.failures.push(`${name}\n  ${errors.map(reason).join('\n  ') || 'no reason given'}`);

    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state, errors } = test.result();
        const name = `${module.relativeModuleId} > ${test.fullName}`;
        if (state === 'passed') report.passed++;
        // What was skipped or never ran has not passed.
        else fail(`${name} (${state})`, errors ?? []);
      }
      for (const suite of module.children.allSuites()) {
        if (suite.errors().length > 0) {
          fail(`${module.relativeModuleId} > ${suite.fullName} (suite)`, suite.errors());
        }
      }
      if (module.errors().length > 0) fail(`${module.relativeModuleId} (file)`, module.errors());
    }
    if (unhandled.length > 0) fail('errors outside of any test', unhandled);
    writeFileSync(this.#file, JSON.stringify(report));
  }
}

function reason(error: Failed): string {
  const place = String(error.stack ?? '').split('\n').find((line) =>
    /^\s+at /.test(line) && !line.includes('node_modules')
  );
  return `${String(error.message)}${place ? ` ${place.trim()}` : ''}`;
}
