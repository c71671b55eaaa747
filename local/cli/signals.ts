import process from 'node:process';
import { messageOf } from '../shared/failure.ts';

/** The first signal begins the stop; further ones change nothing, so that an impatient Ctrl-C leaves nothing behind. */
export function catchSignals(stopping: AbortController): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort());
  process.on('uncaughtException', (error) => {
    console.error(error);
    process.exitCode = 1;
    stopping.abort();
  });
  process.on('unhandledRejection', (error) => {
    console.error(`Unexpected: ${messageOf(error)}`);
  });
  // After SIGHUP there may be no terminal to write to.
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});
}
