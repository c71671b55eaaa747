import { rmSync } from 'node:fs';
import { isAlive } from '../shared/process-identity.ts';
import { print } from './progress.ts';
import { endStack, leftovers, readRecord, requireNothingRuns } from '../stack/running-stack.ts';
import { statePaths } from './state.ts';

/** `stop`: ends the stack of this checkout, or the remaining processes of a killed one. */
export async function stop(): Promise<void> {
  const record = readRecord();
  const wasRunning = record !== undefined && (isAlive(record.supervisor) || leftovers(record).length > 0);
  if (record) await endStack(record);
  print(wasRunning ? 'The stack is stopped' : 'The stack of this checkout was not running');
}

/** `reset`: deletes the data, so that the next start has an empty database and empty simulators. */
export function reset(isEmpty: boolean): void {
  requireNothingRuns('Nothing was deleted');
  const paths = statePaths(isEmpty);
  for (const path of Object.values(paths)) rmSync(path, { recursive: true, force: true });
  print(
    isEmpty
      ? 'The data of the empty start is deleted; "npm start -- --empty" begins again'
      : 'The data is deleted; "npm start" creates new data',
  );
}
