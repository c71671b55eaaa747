// A change of an installation as a list of steps. Each reads the project first and does only what is missing, so the command can be
// repeated, stops at the first failure, and continues there when it runs again.
import { dim, green, print } from '../cli/progress.ts';
import { Failure, messageOf } from '../shared/failure.ts';

export interface Step<Context> {
  name: string;
  /** What is missing, one line each; none when everything is as it should be. Changes nothing. */
  plan(context: Context): Promise<string[]>;
  /** Does what was planned; returns lines that somebody has to read, such as a link. */
  run(context: Context): Promise<string[] | void>;
}

export interface StepOptions {
  isDryRun: boolean;
  /** How to continue after a failure. */
  command: string;
  write?: (line: string) => void;
}

/** Returns the names of the steps that had something to do. */
export async function runSteps<Context>(
  steps: Step<Context>[],
  context: Context,
  { isDryRun, command, write = print }: StepOptions,
): Promise<string[]> {
  const changed: string[] = [];
  for (const step of steps) {
    try {
      const missing = await step.plan(context);
      if (missing.length === 0) {
        write(`${green('✓')} ${step.name.padEnd(18)} ${dim('nothing to do')}`);
        continue;
      }
      changed.push(step.name);
      if (isDryRun) {
        for (const line of missing) write(`→ ${step.name.padEnd(18)} ${line}`);
        continue;
      }
      const lines = await step.run(context) ?? [];
      for (const line of missing) write(`${green('✓')} ${step.name.padEnd(18)} ${line}`);
      for (const line of lines) write(line);
    } catch (error) {
      throw new Failure(
        `The step "${step.name}" failed: ${
          messageOf(error)
        }\nNothing after it was changed; "${command}" continues there`,
        { cause: error },
      );
    }
  }
  return changed;
}
