import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { stateDirectory } from '../shared/checkout.ts';
import { isAlive } from '../shared/process-identity.ts';
import { print } from './progress.ts';
import { endStack, leftovers, readRecord, requireNothingRuns } from '../stack/running-stack.ts';
import { dataDirectory } from '../shared/unprivileged.ts';

/** `stop`: ends the stack of this checkout, or the remaining processes of a killed one. */
export async function stop(): Promise<void> {
  const record = readRecord();
  const wasRunning = record !== undefined && (isAlive(record.supervisor) || leftovers(record).length > 0);
  if (record) await endStack(record);
  print(wasRunning ? 'The stack is stopped' : 'The stack of this checkout was not running');
}

/** `reset`: deletes the data, so that the next start has an empty database and empty simulators. */
export function reset(): void {
  requireNothingRuns('Nothing was deleted');
  rmSync(dataDirectory(), { recursive: true, force: true });
  rmSync(join(stateDirectory, 'outbox'), { recursive: true, force: true });
  for (const file of ['simulator.json', 'smartlead-simulator.json']) {
    rmSync(join(stateDirectory, file), { force: true });
  }
  print('The data is deleted; "npm start" creates new data');
}
